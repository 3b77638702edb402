//! Notifications: what the user must know while the window is closed.

use chrono::Local;
use rundown_core::events::{Notice, Reminder};
use tauri::AppHandle;
use tauri_plugin_notification::NotificationExt;

/// A post goes out soon.
pub fn reminder(handle: &AppHandle, reminder: &Reminder) {
    let at = reminder.time.with_timezone(&Local).format("%H:%M");
    show(handle, &format!("Goes out at {at} · {}", reminder.channels), &reminder.excerpt);
}

/// Posts came due while the computer slept.
pub fn missed(handle: &AppHandle, missed: &[Reminder]) {
    let title = match missed.len() {
        1 => "1 post was due while the computer slept".to_owned(),
        count => format!("{count} posts were due while the computer slept"),
    };
    let excerpts: Vec<_> = missed.iter().map(|reminder| reminder.excerpt.as_str()).collect();
    show(handle, &title, &excerpts.join("\n"));
}

/// A change did not have the effect that was asked for.
pub fn problem(handle: &AppHandle, notice: &Notice) {
    show(handle, "A change needs you", &notice.message);
}

fn show(handle: &AppHandle, title: &str, body: &str) {
    if let Err(error) = handle.notification().builder().title(title).body(body).show() {
        tracing::warn!(%error, "a notification could not be shown");
    }
}

/// Says why there is no window. All that is to be had then is the terminal.
#[expect(clippy::print_stderr, reason = "the log may be filtered, and there is no window")]
pub fn could_not_start(why: &str) {
    eprintln!("Rundown could not start: {why}");
}
