//! Where Rundown can't start: a window says why and what to do, and closing it ends the process.

use std::sync::atomic::{AtomicBool, Ordering};

use tauri::{AppHandle, Manager, Url, WebviewUrl, WebviewWindowBuilder};

use crate::paths::Paths;
use crate::{Failure, window};

/// The window's label. It has no permission of its own.
pub const LABEL: &str = "failure";

/// Whether Rundown could not start and the window says so.
#[derive(Default)]
pub struct FailedStart(AtomicBool);

/// Whether Rundown could not start.
pub fn is_told(handle: &AppHandle) -> bool {
    handle.state::<FailedStart>().0.load(Ordering::Relaxed)
}

/// What the process ends with.
pub fn exit_code(handle: &AppHandle) -> i32 {
    i32::from(is_told(handle))
}

/// Brings the window to the front.
pub fn bring_to_front(handle: &AppHandle) -> Result<(), tauri::Error> {
    handle.get_webview_window(LABEL).as_ref().map_or(Ok(()), window::bring_to_front)
}

/// Tells the terminal, and shows the window in the place of the main one. Where no window can be
/// shown, this ends the process.
#[expect(clippy::print_stderr, reason = "the log may be filtered, and a display may be missing")]
pub fn tell(handle: &AppHandle, why: &Failure) {
    eprintln!("Rundown could not start: {why}");
    handle.state::<FailedStart>().0.store(true, Ordering::Relaxed);
    if let Err(error) = show(handle, why) {
        tracing::error!(%error, "the window that says so could not be shown");
        handle.exit(exit_code(handle));
    }
    window::discard(handle);
}

fn show(handle: &AppHandle, why: &Failure) -> Result<(), Failure> {
    let place = match handle.state::<Paths>().database(handle) {
        Ok(path) => {
            format!("Your posts, drafts and waiting changes are kept in {}.", path.display())
        }
        Err(_) => String::new(),
    };
    let said = [("why", why.to_string()), ("place", place)];
    // Only for its query, encoded.
    let url = Url::parse_with_params("page:failure.html", said)?;
    let page = format!("failure.html?{}", url.query().unwrap_or_default());
    WebviewWindowBuilder::new(handle, LABEL, WebviewUrl::App(page.into()))
        .title("Rundown could not start")
        .inner_size(560.0, 300.0)
        .center()
        .incognito(true)
        // It keeps nothing, but the folder has to be there, and Rundown's own may be what can't be
        // used.
        .data_directory(std::env::temp_dir())
        .build()?;
    Ok(())
}
