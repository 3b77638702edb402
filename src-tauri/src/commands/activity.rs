//! Commands on the outbox and its history.

use std::sync::Arc;

use rundown_core::App;
use tauri::{AppHandle, State};

use crate::hand_over;
use crate::wire::{ActivityFilter, ActivityView, Error, account_id, change_id};

type TheApp<'a> = State<'a, Arc<App>>;

/// The changes that match, of one account or all, after the first `skip` of them.
#[tauri::command]
#[specta::specta]
pub async fn activity(
    app: TheApp<'_>,
    filter: ActivityFilter,
    account: Option<String>,
    skip: u32,
) -> Result<ActivityView, Error> {
    let account = account.map(account_id);
    Ok(app.activity(filter.into(), account.as_ref(), skip)?.into())
}

/// Does not let a change wait any longer.
#[tauri::command]
#[specta::specta]
pub async fn retry_change(app: TheApp<'_>, change: String) -> Result<(), Error> {
    Ok(app.retry_now(change_id(&change)?)?)
}

/// Gives a change up.
#[tauri::command]
#[specta::specta]
pub async fn discard_change(app: TheApp<'_>, change: String) -> Result<(), Error> {
    Ok(app.discard(change_id(&change)?)?)
}

/// Copies what is known of a change, to be passed on. No key is in it.
#[tauri::command]
#[specta::specta]
pub async fn copy_change_details(
    handle: AppHandle,
    app: TheApp<'_>,
    change: String,
) -> Result<(), Error> {
    hand_over::copy(&handle, &app.change_details(change_id(&change)?)?)
}
