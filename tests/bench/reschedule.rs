//! A reschedule from the command to its commit, beside a bare SQLite transaction that reads and
//! writes the same rows with the same safety, both with 50,000 posts in the store.

use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use chrono::{DateTime, TimeDelta, Utc};
use rundown_core::{
    App, ConnectForm, Seams,
    clock::{Clock, SystemClock},
    model::{KeepKey, Post, PostStatus, ServiceKind},
    secrets::SessionSecrets,
};
use rundown_practice::Practice;
use rundown_services::{Catalogue, Limits};
use rundown_tests::{API_KEY, Result, RouterTransport, until};
use rusqlite::{Connection, Transaction, TransactionBehavior, params};

use crate::posts::{self, POSTS};
use crate::statistics::{median, milliseconds, percentile};
use crate::table::{Bar, Row};
use crate::week::{self, COPIES};

const MOVES: usize = 400;
const FILLED_WITHIN: Duration = Duration::from_secs(60);
/// No request leaves this process, so that its host is never looked up.
const BASE_URL: &str = "https://practice.example/postpost/api/v1";

/// Measures it.
pub async fn measure() -> Result<Row> {
    let folder = tempfile::tempdir()?;
    let (ours_file, bare_file) = (folder.path().join("ours.db"), folder.path().join("bare.db"));
    fill(&folder.path().join("filled.db"), &[&ours_file, &bare_file]).await?;

    week::multiply(&ours_file)?;
    week::multiply(&bare_file)?;

    // It is not started, so that no lane answers a change by writing between two measurements.
    let app = open(&ours_file, &Practice::new(rundown_practice::Clock::system()))?;
    let mut bare = Connection::open(&bare_file)?;
    bare.pragma_update(None, "journal_mode", "WAL")?;
    bare.pragma_update(None, "synchronous", "FULL")?;
    bare.pragma_update(None, "foreign_keys", true)?;

    let posts = movable(&app)?;
    if posts.len() < MOVES {
        return Err(format!("there are only {} posts to move", posts.len()).into());
    }
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for (post, time) in posts.iter().take(MOVES) {
        let started = Instant::now();
        app.reschedule(&post.id, *time)?;
        ours.push(milliseconds(started.elapsed()));

        let started = Instant::now();
        insert_change(&mut bare, post, *time)?;
        theirs.push(milliseconds(started.elapsed()));
    }
    Ok(Row {
        what: format!("Reschedule to committed, {} posts", POSTS * COPIES),
        ours: median(&ours),
        beside: ("bare transaction", median(&theirs)),
        bar: Bar::Times(2.0),
        note: format!(
            "medians of {MOVES} moves each, in turn (95th percentiles {:.3} and {:.3} ms), WAL \
             with synchronous=FULL.",
            percentile(&ours, 95),
            percentile(&theirs, 95),
        ),
    })
}

/// Reads all posts of a practice server into a store, and copies that as it is.
pub async fn fill(file: &Path, copies: &[&Path]) -> Result {
    let practice = Practice::new(rundown_practice::Clock::system());
    practice.postpost().add_user(API_KEY, rundown_practice::postpost::Plan::Premium);
    posts::fill(&practice);
    let app = open(file, &practice)?;
    let form = ConnectForm {
        kind: ServiceKind("postpost".to_owned()),
        label: "Studio".to_owned(),
        base_url: BASE_URL.to_owned(),
        key: API_KEY.into(),
        keep: KeepKey::Session,
        workspace: None,
        managed_user: String::new(),
    };
    app.connect(form).await?;
    until("account that is read", FILLED_WITHIN, async || {
        let all_read = app.accounts()?.iter().all(|account| account.progress.is_none());
        Ok((all_read && all_posts(&app)?.len() >= POSTS).then_some(()))
    })
    .await?;
    app.stop();
    let connection = Connection::open(file)?;
    for copy in copies {
        connection.execute("VACUUM INTO ?1", [copy.to_string_lossy()])?;
    }
    Ok(())
}

pub fn open(file: &Path, practice: &Practice) -> Result<Arc<App>> {
    let transport = RouterTransport::new(practice.router(), Limits::default());
    let seams = Seams {
        clock: Arc::new(SystemClock),
        catalogue: Arc::new(Catalogue::new(Arc::new(transport))),
        keychain: Arc::new(SessionSecrets::default()),
    };
    Ok(App::open(file, seams)?)
}

fn all_posts(app: &App) -> Result<Vec<Post>> {
    let now = SystemClock.now();
    let quarter = TimeDelta::days(100);
    Ok(app.posts_in_range(now - quarter, now + quarter)?)
}

/// The posts that can be moved, each with the time it will be moved to.
pub fn movable(app: &App) -> Result<Vec<(Post, DateTime<Utc>)>> {
    let soon = SystemClock.now() + TimeDelta::hours(1);
    let scheduled = all_posts(app)?.into_iter().filter_map(|post| {
        let time = post.confirmed.time.filter(|time| *time > soon)?;
        let is_scheduled = post.confirmed.status == PostStatus::Scheduled;
        is_scheduled.then_some((post, time + TimeDelta::days(1)))
    });
    Ok(scheduled.collect())
}

/// What a reschedule reads and writes, with nothing around it: the post and its targets, the
/// change, the question that the user has now seen, and the post as it then is.
fn insert_change(connection: &mut Connection, post: &Post, time: DateTime<Utc>) -> Result {
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    read_post(&tx, post)?;
    let desired = format!(r#"{{"v":1,"status":"scheduled","time":"{}"}}"#, time.to_rfc3339());
    tx.prepare_cached(
        "INSERT INTO changes (post, account, desired, desired_time, base_status, base_time, state, \
         made_at) VALUES (?1, ?2, ?3, ?4, 'scheduled', ?5, 'waiting', ?6)",
    )?
    .execute(params![
        post.id.as_str(),
        post.account.as_str(),
        desired,
        time.timestamp_millis(),
        post.confirmed.time.map(|time| time.timestamp_millis()),
        SystemClock.now().timestamp_millis(),
    ])?;
    tx.prepare_cached(
        "UPDATE changes SET seen = 1 \
         WHERE post = ?1 AND seen = 0 AND state IN ('failed', 'conflict')",
    )?
    .execute([post.id.as_str()])?;
    read_post(&tx, post)?;
    tx.commit()?;
    Ok(())
}

fn read_post(tx: &Transaction<'_>, post: &Post) -> Result {
    for query in [
        "SELECT * FROM posts WHERE id = ?1",
        "SELECT * FROM targets WHERE post = ?1",
        "SELECT * FROM changes WHERE post = ?1 AND state = 'waiting'",
    ] {
        let mut query = tx.prepare_cached(query)?;
        let mut rows = query.query([post.id.as_str()])?;
        while rows.next()?.is_some() {}
    }
    Ok(())
}
