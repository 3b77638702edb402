//! Where things are kept. `RUNDOWN_HOME` redirects every directory.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;

use tauri::plugin::TauriPlugin;
use tauri::{AppHandle, Manager, Wry};
use tauri_plugin_window_state::StateFlags;

use crate::{Failure, failed_start, window};

/// The folder set by `RUNDOWN_HOME`, if any.
pub struct Paths {
    home: Option<PathBuf>,
}

impl Paths {
    /// Reads `RUNDOWN_HOME`.
    pub fn from_env() -> Self {
        let home = std::env::var_os("RUNDOWN_HOME").filter(|home| !home.is_empty());
        Self { home: home.map(PathBuf::from) }
    }

    /// The folder for everything that is kept.
    fn data(&self, handle: &AppHandle) -> Result<PathBuf, tauri::Error> {
        match &self.home {
            Some(home) => Ok(home.clone()),
            None => handle.path().app_data_dir(),
        }
    }

    /// The database.
    pub fn database(&self, handle: &AppHandle) -> Result<PathBuf, tauri::Error> {
        Ok(self.data(handle)?.join("rundown.db"))
    }

    /// The preferences.
    pub fn preferences(&self, handle: &AppHandle) -> Result<PathBuf, tauri::Error> {
        Ok(self.data(handle)?.join("preferences.json"))
    }

    /// The pictures of posts that were fetched.
    pub fn pictures(&self, handle: &AppHandle) -> Result<PathBuf, tauri::Error> {
        let cache = match &self.home {
            Some(home) => home.join("cache"),
            None => handle.path().app_cache_dir()?,
        };
        Ok(cache.join("pictures"))
    }

    /// What the webview keeps.
    pub fn webview(&self, handle: &AppHandle) -> Result<PathBuf, tauri::Error> {
        Ok(self.data(handle)?.join("webview"))
    }

    /// Makes the folder for everything that is kept, down to where the webview keeps its part.
    ///
    /// # Errors
    /// It can't be made; says what to do.
    pub fn prepare(&self, handle: &AppHandle) -> Result<(), Failure> {
        fs::create_dir_all(self.webview(handle)?).map_err(|error| {
            format!(
                "Rundown could not use its data folder: {error}. Check that the folder is yours to \
                 change and that its disk can be written."
            )
            .into()
        })
    }

    /// The plugin that keeps the window's place. It never makes a hidden window visible.
    pub fn window_state(&self) -> TauriPlugin<Wry> {
        let builder = tauri_plugin_window_state::Builder::new()
            .with_state_flags(StateFlags::all() & !StateFlags::VISIBLE)
            .with_denylist(&[failed_start::LABEL]);
        match &self.home {
            Some(home) => builder.with_filename(home.join("window.json").to_string_lossy()).build(),
            None => builder.build(),
        }
    }

    /// The plugin that hands a second start over to the first: one for each home.
    pub fn single_instance(&self) -> TauriPlugin<Wry> {
        let builder =
            tauri_plugin_single_instance::Builder::new().callback(|handle, arguments, _| {
                if arguments.iter().any(|argument| argument == "--hidden") {
                    return;
                }
                let shown = if failed_start::is_told(handle) {
                    failed_start::bring_to_front(handle)
                } else {
                    window::show(handle)
                };
                if let Err(error) = shown {
                    tracing::error!(%error, "the window could not be shown");
                }
            });
        match &self.home {
            Some(home) => {
                let mut hasher = DefaultHasher::new();
                home.hash(&mut hasher);
                builder.dbus_id(format!("dev.rundown.desktop.home{:x}", hasher.finish())).build()
            }
            None => builder.build(),
        }
    }
}
