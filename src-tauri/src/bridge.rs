//! From the app's events to the window, the tray and the notifications.

use std::sync::Arc;
use std::time::Duration;

use rundown_core::App;
use rundown_core::events::{Event as Happened, Notice, NoticeLevel};
use tauri::AppHandle;
use tokio::sync::broadcast::error::RecvError;

use crate::{notify, tray, window, wire};

/// How soon after a change, and how often without one, the tray menu is renewed.
const TRAY_SOON: Duration = Duration::from_millis(300);
const TRAY_EVERY: Duration = Duration::from_secs(30);

/// Passes everything on from now on.
pub fn connect(handle: &AppHandle, app: &Arc<App>) {
    let mut events = app.events();
    let mut trouble = app.disk_trouble();
    let handle = handle.clone();
    tauri::async_runtime::spawn(async move {
        let mut tray_due = tokio::time::Instant::now();
        loop {
            tokio::select! {
                event = events.recv() => {
                    match event {
                        Ok(event) => pass_on(&handle, event),
                        Err(RecvError::Lagged(_)) => emit(&handle, changed(Vec::new(), true, true)),
                        Err(RecvError::Closed) => return,
                    }
                    tray_due = tray_due.min(tokio::time::Instant::now() + TRAY_SOON);
                }
                Ok(()) = trouble.changed() => emit(&handle, changed(Vec::new(), true, false)),
                () = tokio::time::sleep_until(tray_due) => {
                    let handle = handle.clone();
                    // The menu belongs to the main thread.
                    let renewing = handle.clone();
                    if let Err(error) = handle.run_on_main_thread(move || tray::refresh(&renewing)) {
                        tracing::warn!(%error, "the tray menu could not be renewed");
                    }
                    tray_due = tokio::time::Instant::now() + TRAY_EVERY;
                }
            }
        }
    });
}

fn pass_on(handle: &AppHandle, event: Happened) {
    match event {
        Happened::PostsChanged(posts) => {
            notify::withdraw_answered(handle, &posts);
            let posts = posts.iter().map(ToString::to_string).collect();
            emit(handle, changed(posts, false, false));
        }
        Happened::AccountsChanged => emit(handle, changed(Vec::new(), true, false)),
        Happened::Notice(notice) => pass_on_notice(handle, &notice),
        Happened::Reminder(reminder) => notify::reminder(handle, &reminder),
        Happened::MissedReminders(missed) => notify::missed(handle, &missed),
        Happened::HandOver(due) => notify::due(handle, &due),
    }
}

fn pass_on_notice(handle: &AppHandle, notice: &Notice) {
    let level = match notice.level {
        NoticeLevel::Info => wire::NoticeLevel::Info,
        NoticeLevel::Problem => wire::NoticeLevel::Error,
    };
    let post = notice.post.as_ref().map(ToString::to_string);
    emit(handle, wire::Notice { level, message: notice.message.clone(), post });
    if notice.level == NoticeLevel::Problem && !window::is_in_front(handle) {
        notify::problem(handle, notice);
    }
}

fn changed(posts: Vec<String>, accounts: bool, everything: bool) -> wire::Changed {
    wire::Changed { posts, accounts, everything }
}

fn emit<E: tauri_specta::Event + serde::Serialize + Clone>(handle: &AppHandle, event: E) {
    if let Err(error) = event.emit(handle) {
        tracing::warn!(%error, "an event could not be passed to the window");
    }
}
