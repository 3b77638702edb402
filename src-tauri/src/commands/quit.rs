//! Commands on quitting.

use tauri::AppHandle;

use crate::quit;
use crate::wire::{Error, QuitQuestion};

/// What waits unsent, where a quit was asked for and is not answered yet.
#[tauri::command]
#[specta::specta]
pub fn quit_question(handle: AppHandle) -> Result<Option<QuitQuestion>, Error> {
    quit::question(&handle)
}

/// Quits, or stays.
#[tauri::command]
#[specta::specta]
pub fn answer_quit(handle: AppHandle, quit: bool) {
    quit::answer(&handle, quit);
}
