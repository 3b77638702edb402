//! Notifications: what the user must know while the window is closed, and what they can answer there.
//!
//! A notification may stand for hours: what it answers is only done where the post is still as it was
//! when it came, and one whose post was answered elsewhere is withdrawn.

use std::collections::HashMap;
use std::sync::atomic::{AtomicI32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Local, TimeDelta, Utc};
use rundown_core::events::{Notice, Reminder};
use rundown_core::model::PostId;
use rundown_core::{App, ErrorCode};
use tauri::{AppHandle, Manager, Wry};
use tauri_plugin_notification::{
    Action, ActionPerformed, ActionType, NotificationBuilder, NotificationExt,
};

use crate::wire::{parse_time, post_id, rfc3339};
use crate::{Failure, hand_over, window};

/// For how long a post is put off from a notification.
const SNOOZE: TimeDelta = TimeDelta::minutes(10);
/// More posts than this that come due at once are told in one notification.
const ONE_EACH: usize = 3;
/// How many excerpts such a notification has.
const EXCERPTS: usize = 5;

/// What a notification about a due post offers; once its text is copied, only the answers are left.
const DUE: &str = "due";
const COPIED: &str = "copied";
const HAND_OVER: &str = "hand-over";
const DONE: &str = "done";
const SNOOZED: &str = "snooze";

/// The notifications about due posts that may still be shown.
#[derive(Default)]
pub struct Shown {
    by_post: Mutex<HashMap<PostId, i32>>,
    last_id: AtomicI32,
}

impl Shown {
    fn by_post(&self) -> MutexGuard<'_, HashMap<PostId, i32>> {
        self.by_post.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn next_id(&self) -> i32 {
        self.last_id.fetch_add(1, Ordering::Relaxed) + 1
    }
}

/// Says what can be answered in a notification, and listens.
pub fn listen(handle: &AppHandle) -> Result<(), Failure> {
    let answers = || {
        [Action::builder(DONE, "Done").build(), Action::builder(SNOOZED, "Snooze 10 min").build()]
    };
    let all = [Action::builder(HAND_OVER, "Copy and open").build()].into_iter().chain(answers());
    handle.notification().register_action_types(vec![
        ActionType::builder(DUE).actions(all.collect()).build(),
        ActionType::builder(COPIED).actions(answers().to_vec()).build(),
    ])?;
    let answered = handle.clone();
    handle.notification().on_action(move |action| {
        let (handle, action) = (answered.clone(), action.clone());
        tauri::async_runtime::spawn_blocking(move || answer(&handle, &action));
    })?;
    Ok(())
}

/// A post goes out soon, or is soon to be published by hand.
pub fn reminder(handle: &AppHandle, reminder: &Reminder) {
    let at = reminder.time.with_timezone(&Local).format("%H:%M");
    let what = if reminder.by_hand { "Yours to publish at" } else { "Goes out at" };
    let title = format!("{what} {at} · {}", reminder.channels);
    show(about(handle, &reminder.post).title(title).body(&reminder.excerpt));
}

/// Posts came due while the computer slept.
pub fn missed(handle: &AppHandle, missed: &[Reminder]) {
    let title = match missed.len() {
        1 => "1 post was due while the computer slept".to_owned(),
        count => format!("{count} posts were due while the computer slept"),
    };
    show(handle.notification().builder().title(title).body(excerpts(missed)));
}

/// Posts have come due that the user publishes by hand.
pub fn due(handle: &AppHandle, due: &[Reminder]) {
    if let [first, ..] = due
        && due.len() > ONE_EACH
    {
        let title = format!("{} posts are yours to publish now", due.len());
        return show(about(handle, &first.post).title(title).body(excerpts(due)));
    }
    for reminder in due {
        let at = reminder.time.with_timezone(&Local).format("%H:%M");
        let title = format!("Yours to publish now · {} · {at}", reminder.channels);
        show(
            to_answer(handle, &reminder.post, reminder.time)
                .title(title)
                .body(&reminder.excerpt)
                .action_type_id(DUE),
        );
    }
}

/// A change did not have the effect that was asked for.
pub fn problem(handle: &AppHandle, notice: &Notice) {
    let builder = match &notice.post {
        Some(post) => about(handle, post),
        None => handle.notification().builder(),
    };
    show(builder.title("A change needs you").body(&notice.message));
}

/// Withdraws the notifications about posts that are no longer due.
pub fn withdraw_answered(handle: &AppHandle, changed: &[PostId]) {
    let shown = handle.state::<Shown>();
    let asked: Vec<PostId> = {
        let by_post = shown.by_post();
        changed.iter().filter(|post| by_post.contains_key(post)).cloned().collect()
    };
    if asked.is_empty() {
        return;
    }
    let app = handle.state::<Arc<App>>();
    let (Ok(by_hand), Ok(posts)) = (app.by_hand(), app.posts(&asked)) else { return };
    let is_due = |id: &PostId| posts.iter().any(|post| post.id == *id && by_hand.is_due(post));
    let answered: Vec<i32> = asked
        .iter()
        .filter(|post| !is_due(post))
        .filter_map(|post| shown.by_post().remove(post))
        .collect();
    if let Err(error) = handle.notification().remove_active(answered) {
        tracing::warn!(%error, "a notification could not be withdrawn");
    }
}

/// Does what was chosen in a notification.
fn answer(handle: &AppHandle, action: &ActionPerformed) {
    let extra = |name: &str| {
        let value = action.notification()?.extra().get(name)?;
        Some(value.as_str()?.to_owned())
    };
    let post = extra("post").map(post_id);
    let due = extra("due").and_then(|time| parse_time(&time).ok());
    let app = handle.state::<Arc<App>>();
    let done = match (action.action_id(), &post, due) {
        (HAND_OVER, Some(post), Some(due)) => return copy_and_open(handle, post, due),
        (DONE, Some(post), Some(due)) => app.published_by_hand(post, due),
        (SNOOZED, Some(post), Some(due)) => app.snooze(post, due, SNOOZE),
        _ => return show_window(handle, post),
    };
    match done {
        Ok(_) => {}
        // The window shows what became of it.
        Err(error) if error.code == ErrorCode::MovedOn => show_window(handle, post),
        Err(error) => {
            show(handle.notification().builder().title("Nothing was done").body(&error.message));
        }
    }
}

fn copy_and_open(handle: &AppHandle, post: &PostId, due: DateTime<Utc>) {
    let (title, body) = match hand_over::copy_and_open(handle, post) {
        Ok(answer) if answer.copied => {
            ("The text is copied", "Paste it where it belongs, publish it, then choose Done.")
        }
        Ok(_) => ("The text could not be copied", "Open the post in Rundown and copy it there."),
        Err(error) => {
            tracing::warn!(%error, "a post could not be handed over");
            return show_window(handle, Some(post.clone()));
        }
    };
    show(to_answer(handle, post, due).title(title).body(body).action_type_id(COPIED));
}

fn show_window(handle: &AppHandle, post: Option<PostId>) {
    let inside = handle.clone();
    let shown = handle.run_on_main_thread(move || match post {
        Some(post) => window::show_post(&inside, &post),
        None => {
            if let Err(error) = window::show(&inside) {
                tracing::error!(%error, "the window could not be shown");
            }
        }
    });
    if let Err(error) = shown {
        tracing::error!(%error, "the window could not be shown");
    }
}

/// A notification that shows a post when it is clicked.
fn about(handle: &AppHandle, post: &PostId) -> NotificationBuilder<Wry> {
    handle.notification().builder().extra("post", post.to_string())
}

/// A notification that answers a post which was due at that time, in place of one before.
fn to_answer(handle: &AppHandle, post: &PostId, due: DateTime<Utc>) -> NotificationBuilder<Wry> {
    let shown = handle.state::<Shown>();
    let id = shown.next_id();
    let before = shown.by_post().insert(post.clone(), id);
    if let Err(error) = handle.notification().remove_active(before.into_iter().collect()) {
        tracing::warn!(%error, "a notification could not be withdrawn");
    }
    about(handle, post).id(id).extra("due", rfc3339(due))
}

fn excerpts(reminders: &[Reminder]) -> String {
    let mut lines: Vec<_> =
        reminders.iter().take(EXCERPTS).map(|reminder| reminder.excerpt.as_str()).collect();
    if reminders.len() > EXCERPTS {
        lines.push("…");
    }
    lines.join("\n")
}

fn show(builder: NotificationBuilder<Wry>) {
    if let Err(error) = builder.show() {
        tracing::warn!(%error, "a notification could not be shown");
    }
}

/// Says why there is no window. All that is to be had then is the terminal.
#[expect(clippy::print_stderr, reason = "the log may be filtered, and there is no window")]
pub fn could_not_start(why: &str) {
    eprintln!("Rundown could not start: {why}");
}
