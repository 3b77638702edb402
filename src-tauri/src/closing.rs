//! Before the window closes: what is still being typed in it is kept first, for which it has half a
//! second.

use std::pin::pin;
use std::time::Duration;

use tauri::{AppHandle, Manager};
use tauri_specta::Event;
use tokio::sync::Notify;

use crate::window;
use crate::wire::WindowClosing;

/// How long a window has to keep what is typed in it.
const LONGEST: Duration = Duration::from_millis(500);

/// Tells those who wait for it that all that was typed is kept.
#[derive(Default)]
pub struct Closing(Notify);

impl Closing {
    /// All that was typed is kept.
    pub fn answer(&self) {
        self.0.notify_waiters();
    }
}

/// Lets the window keep what is typed in it; at once where there is none.
pub async fn let_it_keep(handle: &AppHandle) {
    if !window::is_open(handle) {
        return;
    }
    let closing = handle.state::<Closing>();
    let mut kept = pin!(closing.0.notified());
    // From here on no answer is missed.
    kept.as_mut().enable();
    if let Err(error) = WindowClosing.emit(handle) {
        tracing::warn!(%error, "the window could not be told that it closes");
        return;
    }
    if tokio::time::timeout(LONGEST, kept).await.is_err() {
        tracing::warn!("the window did not say whether all that was typed is kept");
    }
}
