//! What the user has set, kept as JSON beside the database.

use std::sync::Arc;

use rundown_core::App;
use tauri::{AppHandle, Manager};
use tauri_plugin_store::StoreExt;

use crate::paths::Paths;
use crate::wire::{Error, Preferences};

const KEY: &str = "preferences";

/// Reads the preferences; what can't be read is as if it had never been set.
pub fn load(handle: &AppHandle) -> Result<Preferences, Error> {
    let stored = store(handle)?.get(KEY);
    Ok(stored.and_then(|value| serde_json::from_value(value).ok()).unwrap_or_default())
}

/// Keeps the preferences on disk and goes by them.
pub fn save(handle: &AppHandle, preferences: Preferences) -> Result<(), Error> {
    if ![0, 5, 15, 30, 60].contains(&preferences.reminder_minutes) {
        return Err(Error::internal("Reminders are off, or 5, 15, 30 or 60 minutes before."));
    }
    let store = store(handle)?;
    store.set(KEY, serde_json::to_value(preferences).map_err(Error::internal)?);
    store.save().map_err(Error::internal)?;
    apply(handle)
}

/// Goes by the preferences as they are kept.
pub fn apply(handle: &AppHandle) -> Result<(), Error> {
    let preferences = load(handle)?;
    handle.state::<Arc<App>>().set_reminder_minutes(preferences.reminder_minutes);
    Ok(())
}

fn store(handle: &AppHandle) -> Result<Arc<tauri_plugin_store::Store<tauri::Wry>>, Error> {
    let path = handle.state::<Paths>().preferences(handle).map_err(Error::internal)?;
    handle.store(path).map_err(Error::internal)
}
