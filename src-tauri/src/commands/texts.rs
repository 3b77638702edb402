//! Commands on what is typed before it is saved, and on the texts a post has had.

use std::sync::Arc;

use rundown_core::App;
use tauri::State;

use crate::closing::Closing;
use crate::wire::{Error, FormKey, TextVersionView, Unsaved, post_id};

type TheApp<'a> = State<'a, Arc<App>>;

/// Everything that was typed and not saved, last typed first.
#[tauri::command]
#[specta::specta]
pub async fn unsaved(app: TheApp<'_>) -> Result<Vec<Unsaved>, Error> {
    Ok(app.unsaved()?.into_iter().map(Into::into).collect())
}

/// Keeps what is typed into a form.
#[tauri::command]
#[specta::specta]
pub async fn keep_unsaved(app: TheApp<'_>, typed: Unsaved) -> Result<(), Error> {
    Ok(app.keep_unsaved(&typed.into())?)
}

/// Forgets what was typed into a form.
#[tauri::command]
#[specta::specta]
pub async fn forget_unsaved(app: TheApp<'_>, form: FormKey) -> Result<(), Error> {
    Ok(app.forget_unsaved(&form.into())?)
}

/// All that was typed is kept: the window may close.
#[tauri::command]
#[specta::specta]
pub fn window_may_close(closing: State<'_, Closing>) {
    closing.answer();
}

/// The texts that a post had or was to have, newest first.
#[tauri::command]
#[specta::specta]
pub async fn text_versions(app: TheApp<'_>, post: String) -> Result<Vec<TextVersionView>, Error> {
    Ok(app.text_versions(&post_id(post))?.into_iter().map(Into::into).collect())
}
