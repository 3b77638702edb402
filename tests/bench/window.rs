//! From the start of the process to a window that shows its page, beside a window with an empty
//! page that is built in the same way.
//!
//! Both are watched from outside, on the screen: a window is there once its pixels are those that
//! it stays at. With Rundown that takes the cards, drawn by the same task of the page that makes
//! them answer; with the empty page it takes its colour.

use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{env, fs};

use rundown_tests::{API_KEY, Desktop, Profile, Result, Service, Spawned, Tray, until};
use tokio::time::Instant;

use crate::posts::{self, POSTS};
use crate::reschedule;
use crate::screen::Screen;
use crate::statistics::{median, milliseconds, span};
use crate::table::{Bar, Row};

const RUNS: usize = 9;
/// How long reading all posts may take at first.
const FILLED_WITHIN: Duration = Duration::from_secs(60);

/// Measures it.
pub async fn measure(desktop: &Desktop) -> Result<Row> {
    let service = Service::start().await?;
    posts::fill(&service.practice);
    let profile = filled(desktop, &service).await?;

    let mut blank = desktop.clone();
    blank.app = PathBuf::from(env::var_os("RUNDOWN_BLANK").ok_or("RUNDOWN_BLANK is not set")?);
    let blank_profile = Profile::new()?;
    let screen = Screen::connect()?;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    // The first of each only warms the caches.
    for run in 0..=RUNS {
        let empty = time_until_killed(&blank, &blank_profile, &screen).await?;
        let full = time_ours(desktop, &profile, &screen).await?;
        if run > 0 {
            theirs.push(milliseconds(empty));
            ours.push(milliseconds(full));
        }
    }
    Ok(Row {
        what: format!("Window to interactive, {POSTS} posts"),
        ours: median(&ours),
        beside: ("blank window", median(&theirs)),
        bar: Bar::Times(1.5),
        note: format!(
            "medians of {RUNS} starts each, in turn ({}; blank {}), until the window's pixels on \
             the X screen are those it stays at.",
            span(&ours),
            span(&theirs),
        ),
    })
}

/// Measures what a long queue adds: the same start with as many changes waiting as there are posts to
/// go out, at most a thousand, beside one without any. The service is down, so that none is sent.
pub async fn measure_with_queue(desktop: &Desktop) -> Result<Row> {
    let mut service = Service::start().await?;
    posts::fill(&service.practice);
    let idle = filled(desktop, &service).await?;
    let busy = Profile::new()?;
    let database = "rundown.db";
    // An app that was killed leaves the most of it in the journal.
    for file in [database, "rundown.db-wal"] {
        let from = idle.home().join(file);
        if from.exists() {
            fs::copy(from, busy.home().join(file))?;
        }
    }
    let waiting = queue(&busy.home().join(database))?;
    if waiting == 0 {
        return Err("nothing waits, so there is nothing to measure".into());
    }
    service.go_down().await;
    let screen = Screen::connect()?;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for run in 0..=RUNS {
        let without = time_until_killed(desktop, &idle, &screen).await?;
        let with = time_until_killed(desktop, &busy, &screen).await?;
        if run > 0 {
            theirs.push(milliseconds(without));
            ours.push(milliseconds(with));
        }
    }
    Ok(Row {
        what: format!("Window with {waiting} changes waiting"),
        ours: median(&ours),
        beside: ("none waiting", median(&theirs)),
        bar: Bar::Times(1.1),
        note: format!(
            "medians of {RUNS} starts each, in turn ({}; without {}), the service down.",
            span(&ours),
            span(&theirs),
        ),
    })
}

/// Moves every post that is to go out, up to a thousand; says how many.
fn queue(database: &Path) -> Result<usize> {
    let practice = rundown_practice::Practice::new(rundown_practice::Clock::system());
    let app = reschedule::open(database, &practice)?;
    let posts = reschedule::movable(&app)?;
    for (post, time) in posts.iter().take(1_000) {
        app.reschedule(&post.id, *time)?;
    }
    Ok(posts.len().min(1_000))
}

/// A profile whose store holds all posts, left by an app that has quit.
pub async fn filled(desktop: &Desktop, service: &Service) -> Result<Profile> {
    let profile = Profile::new()?;
    let mut app = rundown_tests::App::open(desktop, &profile).await?;
    let window = app.window()?;
    window.press("Add account").await?;
    window.fill("Account name", "Studio").await?;
    window.fill("API key", API_KEY).await?;
    window.press("Advanced").await?;
    window.fill("Server address", service.base_url()).await?;
    window.press("Connect").await?;
    let database = profile.home().join("rundown.db");
    until("store with all posts", FILLED_WITHIN, async || {
        let store = rusqlite::Connection::open(&database)?;
        let swept = "SELECT COUNT(*) FROM posts WHERE account IN \
                     (SELECT id FROM accounts WHERE swept_at IS NOT NULL)";
        let count: isize = store.query_row(swept, [], |row| row.get(0))?;
        Ok((count.unsigned_abs() >= POSTS).then_some(()))
    })
    .await?;
    Tray::of_process(app.pid()).await?.choose("Quit").await?;
    app.wait_for_end().await?;
    Ok(profile)
}

async fn time_ours(desktop: &Desktop, profile: &Profile, screen: &Screen) -> Result<Duration> {
    let started = Instant::now();
    let mut app = Spawned::start(desktop, profile, &[])?;
    let painted = screen.settled(app.pid(), started).await?;
    Tray::of_process(app.pid()).await?.choose("Quit").await?;
    app.wait_for_end().await?;
    Ok(painted)
}

/// For a blank window, and where quitting would ask about what waits: it is killed when dropped.
async fn time_until_killed(
    desktop: &Desktop,
    profile: &Profile,
    screen: &Screen,
) -> Result<Duration> {
    let started = Instant::now();
    let app = Spawned::start(desktop, profile, &[])?;
    screen.settled(app.pid(), started).await
}
