//! Handing a post to the user, who publishes it by hand: its text goes to the clipboard, and the
//! network's own page to the browser.

use std::sync::{Arc, Mutex, PoisonError};

use rundown_core::App;
use rundown_core::model::PostId;
use tauri::{AppHandle, Manager};

use crate::link;
use crate::wire::{Error, HandOverAnswer};

/// The clipboard. On X11 what was copied is served by the process that copied it, so this is kept.
#[derive(Default)]
pub struct Clipboard(Mutex<Option<arboard::Clipboard>>);

impl Clipboard {
    fn copy(&self, text: &str) -> Result<(), arboard::Error> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let clipboard = match &mut *kept {
            Some(clipboard) => clipboard,
            empty => empty.insert(arboard::Clipboard::new()?),
        };
        clipboard.set_text(text)
    }
}

/// Copies a text.
pub fn copy(handle: &AppHandle, text: &str) -> Result<(), Error> {
    let copied = handle.state::<Clipboard>().copy(text);
    copied.map_err(|error| Error::internal(format!("It could not be copied: {error}")))
}

/// Copies the text of a post and opens the page to write it on, where there is one.
pub fn copy_and_open(handle: &AppHandle, post: &PostId) -> Result<HandOverAnswer, Error> {
    let handed = handle.state::<Arc<App>>().hand_over(post)?;
    let copied = match handle.state::<Clipboard>().copy(&handed.text) {
        Ok(()) => true,
        Err(error) => {
            tracing::warn!(%error, "the text could not be copied");
            false
        }
    };
    let opened_url = handed.page.filter(|page| match link::open(handle, page.as_str()) {
        Ok(()) => true,
        Err(error) => {
            tracing::warn!(%error, "the network's page could not be opened");
            false
        }
    });
    Ok(HandOverAnswer { copied, opened_url: opened_url.map(String::from) })
}
