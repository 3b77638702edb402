//! Commands on the app as a whole.

use std::sync::Arc;

use rundown_core::App;
use tauri::{AppHandle, State};

use crate::link;
use crate::status::status_view;
use crate::wire::{Error, StatusView};

/// What the status bar and the banners show.
#[tauri::command]
#[specta::specta]
pub async fn status(app: State<'_, Arc<App>>, handle: AppHandle) -> Result<StatusView, Error> {
    status_view(&app, &handle).await
}

/// Looks for news at every account now.
#[tauri::command]
#[specta::specta]
pub fn refresh(app: State<'_, Arc<App>>) {
    app.refresh();
}

/// The window came to the front, or left it.
#[tauri::command]
#[specta::specta]
pub fn window_focused(app: State<'_, Arc<App>>, focused: bool) {
    app.set_in_front(focused);
}

/// Opens a web page in the user's browser; anything but http and https is refused.
#[tauri::command]
#[specta::specta]
pub fn open_link(handle: AppHandle, url: String) -> Result<(), Error> {
    link::open(&handle, &url)
}
