//! Commands on everything that accounts send out.

use std::sync::Arc;

use rundown_core::App;
use tauri::State;

use crate::wire::{Error, PausableView, PauseView, ResumeHow, ResumedView, account_ids};

type TheApp<'a> = State<'a, Arc<App>>;

/// What pausing each account would do.
#[tauri::command]
#[specta::specta]
pub async fn pausable(app: TheApp<'_>) -> Result<Vec<PausableView>, Error> {
    Ok(app.pausable()?.into_iter().map(PausableView::from).collect())
}

/// Pauses every post that these accounts are to send out.
#[tauri::command]
#[specta::specta]
pub async fn pause_all(app: TheApp<'_>, accounts: Vec<String>) -> Result<(), Error> {
    Ok(app.pause_all(&account_ids(accounts))?)
}

/// The accounts that are paused as a whole, with what became of each post.
#[tauri::command]
#[specta::specta]
pub async fn pauses(app: TheApp<'_>) -> Result<Vec<PauseView>, Error> {
    Ok(app.pauses()?.into_iter().map(PauseView::from).collect())
}

/// Lets what was paused go out again.
#[tauri::command]
#[specta::specta]
pub async fn resume_all(
    app: TheApp<'_>,
    accounts: Vec<String>,
    how: ResumeHow,
) -> Result<ResumedView, Error> {
    Ok(app.resume_all(&account_ids(accounts), &how.try_into()?)?.into())
}

/// Ends the pauses of these accounts: what is a draft stays one.
#[tauri::command]
#[specta::specta]
pub async fn end_pauses(app: TheApp<'_>, accounts: Vec<String>) -> Result<(), Error> {
    Ok(app.end_pauses(&account_ids(accounts))?)
}
