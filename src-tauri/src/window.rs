//! The main window. Closing it destroys the webview; the tray and the reminders go on.

use std::sync::Arc;

use rundown_core::App;
use rundown_core::model::PostId;
use serde::Serialize;
use tauri::{
    AppHandle, Manager, WebviewUrl, WebviewWindow, WebviewWindowBuilder, Window, WindowEvent,
};
use tauri_specta::Event;

use crate::paths::Paths;
use crate::wire::{ShowPauses, ShowPost};
use crate::{closing, failed_start, quit, tray};

const LABEL: &str = "main";

/// Brings the window to the front, making it where it was closed.
pub fn show(handle: &AppHandle) -> Result<(), tauri::Error> {
    show_at(handle, "index.html")
}

/// Brings a window that is there to the front.
pub fn bring_to_front(window: &WebviewWindow) -> Result<(), tauri::Error> {
    window.show()?;
    window.unminimize()?;
    window.set_focus()
}

/// Takes the window away at once.
pub fn discard(handle: &AppHandle) {
    if let Some(Err(error)) = handle.get_webview_window(LABEL).map(|window| window.destroy()) {
        tracing::warn!(%error, "the window could not be closed");
    }
}

fn show_at(handle: &AppHandle, page: &str) -> Result<(), tauri::Error> {
    if let Some(window) = handle.get_webview_window(LABEL) {
        return bring_to_front(&window);
    }
    let paths = handle.state::<Paths>();
    WebviewWindowBuilder::new(handle, LABEL, WebviewUrl::App(page.into()))
        .title("Rundown")
        .inner_size(1280.0, 820.0)
        .min_inner_size(760.0, 480.0)
        .data_directory(paths.webview(handle)?)
        .build()?;
    Ok(())
}

/// Shows a post in the window's panel.
pub fn show_post(handle: &AppHandle, post: &PostId) {
    tell(handle, ShowPost(post.to_string()), &format!("post={post}"));
}

/// Lets the window ask what to pause, or how to resume.
pub fn show_pauses(handle: &AppHandle) {
    tell(handle, ShowPauses, "pauses=1");
}

/// Brings the window to the front with an event. One that has to be made reads the same from its
/// address.
fn tell(handle: &AppHandle, event: impl Event + Serialize + Clone, address: &str) {
    let shown = if is_open(handle) {
        show(handle).and_then(|()| event.emit(handle))
    } else {
        show_at(handle, &format!("index.html#{address}"))
    };
    if let Err(error) = shown {
        tracing::error!(%error, "the window could not be shown");
    }
}

fn close(handle: AppHandle) {
    tauri::async_runtime::spawn(async move {
        closing::let_it_keep(&handle).await;
        discard(&handle);
    });
}

/// Whether the window is there and has the focus.
pub fn is_in_front(handle: &AppHandle) -> bool {
    handle.get_webview_window(LABEL).is_some_and(|window| window.is_focused().unwrap_or(false))
}

/// Whether the window is there.
pub fn is_open(handle: &AppHandle) -> bool {
    handle.get_webview_window(LABEL).is_some()
}

/// A window closes once what is typed in it is kept. Without a tray it could not be had back: closing
/// it quits then, and asks where something waits.
pub fn on_event(window: &Window, event: &WindowEvent) {
    let handle = window.app_handle();
    match event {
        WindowEvent::Destroyed if window.label() == failed_start::LABEL => {
            handle.exit(failed_start::exit_code(handle));
        }
        _ if window.label() != LABEL => {}
        WindowEvent::CloseRequested { api, .. } => {
            api.prevent_close();
            if tray::is_there(handle) {
                close(handle.clone());
            } else {
                quit::ask(handle);
            }
        }
        WindowEvent::Destroyed => {
            // There is none where Rundown could not start.
            let Some(app) = handle.try_state::<Arc<App>>() else { return };
            app.set_in_front(false);
            // What was open in it is gone.
            app.cancel_connect();
            quit::forget(handle);
        }
        _ => {}
    }
}
