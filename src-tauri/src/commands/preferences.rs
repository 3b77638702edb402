//! Commands on preferences.

use tauri::AppHandle;

use crate::preferences as store;
use crate::wire::{Error, Preferences};

/// What the user has set.
#[tauri::command]
#[specta::specta]
pub fn preferences(handle: AppHandle) -> Result<Preferences, Error> {
    store::load(&handle)
}

/// Keeps what the user has set, and goes by it from now on.
#[tauri::command]
#[specta::specta]
pub fn save_preferences(handle: AppHandle, preferences: Preferences) -> Result<(), Error> {
    store::save(&handle, preferences)
}
