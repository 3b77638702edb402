//! From the start of the process to a window that shows its page, beside a window with an empty
//! page that is built in the same way.
//!
//! Both are watched from outside, on the screen: a window is there once its pixels are those that
//! it stays at. With Rundown that takes the cards, drawn by the same task of the page that makes
//! them answer; with the empty page it takes its colour.

use std::{env, path::PathBuf, time::Duration};

use rundown_tests::{API_KEY, Desktop, Profile, Result, Service, Spawned, Tray, until};
use tokio::time::Instant;

use crate::posts::{self, POSTS};
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
        let empty = time_blank(&blank, &blank_profile, &screen).await?;
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

async fn time_blank(desktop: &Desktop, profile: &Profile, screen: &Screen) -> Result<Duration> {
    let started = Instant::now();
    let app = Spawned::start(desktop, profile, &[])?;
    // It ends when it is dropped.
    screen.settled(app.pid(), started).await
}
