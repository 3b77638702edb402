//! Quitting: where changes wait unsent, they are named and the user decides.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::TimeDelta;
use rundown_core::App;
use tauri::{AppHandle, Manager};
use tauri_specta::Event;

use crate::wire::{Error, QuitAsked, QuitQuestion, describe};
use crate::{closing, failed_start, window};

/// Whether a quit was asked for and is not answered.
#[derive(Default)]
pub struct State {
    asked: AtomicBool,
}

/// For how long quitting waits for deletions that could still be undone.
const LAST_DELETIONS: TimeDelta = TimeDelta::seconds(3);

/// Quits, or asks first where something waits.
pub fn ask(handle: &AppHandle) {
    let handle = handle.clone();
    tauri::async_runtime::spawn(async move {
        closing::let_it_keep(&handle).await;
        let app = Arc::clone(&handle.state::<Arc<App>>());
        if let Err(error) = app.send_deletions(LAST_DELETIONS).await {
            tracing::warn!(%error, "deletions could not be sent before quitting");
        }
        quit_or_ask(&handle, &app);
    });
}

fn quit_or_ask(handle: &AppHandle, app: &App) {
    if app.open_change_count().unwrap_or(0) == 0 {
        handle.exit(0);
        return;
    }
    handle.state::<State>().asked.store(true, Ordering::Relaxed);
    let shown = window::show(handle).and_then(|()| QuitAsked.emit(handle));
    if let Err(error) = shown {
        // No window to ask in: the changes are on disk and go out at the next start.
        tracing::warn!(%error, "quitting without asking");
        handle.exit(0);
    }
}

/// The question to ask, if there is one.
pub fn question(handle: &AppHandle) -> Result<Option<QuitQuestion>, Error> {
    if !handle.state::<State>().asked.load(Ordering::Relaxed) {
        return Ok(None);
    }
    let changes = handle
        .state::<Arc<App>>()
        .open_changes()?
        .into_iter()
        .map(|(change, post)| describe(&post, &change.desired))
        .collect();
    Ok(Some(QuitQuestion { changes }))
}

/// The window that asked is gone, and with it the question.
pub fn forget(handle: &AppHandle) {
    handle.state::<State>().asked.store(false, Ordering::Relaxed);
}

/// Quits, or forgets that it was asked for.
pub fn answer(handle: &AppHandle, quit: bool) {
    if quit {
        handle.exit(failed_start::exit_code(handle));
    } else {
        forget(handle);
    }
}
