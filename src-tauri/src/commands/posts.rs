//! Commands on posts.

use std::sync::Arc;

use rundown_core::App;
use rundown_core::model::{Act, Post};
use tauri::{AppHandle, State};

use crate::hand_over;
use crate::wire::{
    ChangeReceipt, Error, HandOverAnswer, HistoryEntry, KeepView, NewPostForm, PostView,
    parse_time, post_id,
};

type TheApp<'a> = State<'a, Arc<App>>;

fn views(app: &App, posts: Vec<Post>) -> Result<Vec<PostView>, Error> {
    let by_hand = app.by_hand()?;
    Ok(posts.into_iter().map(|post| PostView::new(post, &by_hand)).collect())
}

/// Everything that stands in `[from, to)` by its shown, confirmed or remembered time.
#[tauri::command]
#[specta::specta]
pub async fn posts_in_range(
    app: TheApp<'_>,
    from: String,
    to: String,
) -> Result<Vec<PostView>, Error> {
    let posts = app.posts_in_range(parse_time(&from)?, parse_time(&to)?)?;
    views(&app, posts)
}

/// The posts shown as drafts, newest first.
#[tauri::command]
#[specta::specta]
pub async fn drafts(app: TheApp<'_>) -> Result<Vec<PostView>, Error> {
    views(&app, app.drafts()?)
}

/// Those of these posts that are still here.
#[tauri::command]
#[specta::specta]
pub async fn posts(app: TheApp<'_>, ids: Vec<String>) -> Result<Vec<PostView>, Error> {
    let ids: Vec<_> = ids.into_iter().map(post_id).collect();
    views(&app, app.posts(&ids)?)
}

/// What was asked of a post and what became of it, newest first.
#[tauri::command]
#[specta::specta]
pub async fn post_history(app: TheApp<'_>, post: String) -> Result<Vec<HistoryEntry>, Error> {
    Ok(app.post_history(&post_id(post))?.into_iter().map(HistoryEntry::from).collect())
}

/// Moves a post to another time.
#[tauri::command]
#[specta::specta]
pub async fn reschedule_post(
    app: TheApp<'_>,
    post: String,
    time: String,
) -> Result<ChangeReceipt, Error> {
    Ok(app.reschedule(&post_id(post), parse_time(&time)?)?.into())
}

/// Makes a scheduled post a draft.
#[tauri::command]
#[specta::specta]
pub async fn pause_post(app: TheApp<'_>, post: String) -> Result<ChangeReceipt, Error> {
    Ok(app.pause(&post_id(post))?.into())
}

/// Schedules a draft.
#[tauri::command]
#[specta::specta]
pub async fn resume_post(
    app: TheApp<'_>,
    post: String,
    time: String,
) -> Result<ChangeReceipt, Error> {
    Ok(app.resume(&post_id(post), parse_time(&time)?)?.into())
}

/// Creates a post, or one for each channel where its service has one channel per post.
#[tauri::command]
#[specta::specta]
pub async fn create_post(app: TheApp<'_>, form: NewPostForm) -> Result<Vec<ChangeReceipt>, Error> {
    let receipts = app.create_post(&form.try_into()?)?;
    Ok(receipts.into_iter().map(ChangeReceipt::from).collect())
}

/// Gives a post another text.
#[tauri::command]
#[specta::specta]
pub async fn edit_post(
    app: TheApp<'_>,
    post: String,
    text: String,
) -> Result<ChangeReceipt, Error> {
    Ok(app.edit_text(&post_id(post), text)?.into())
}

/// Deletes a post, after ten seconds in which that can be undone.
#[tauri::command]
#[specta::specta]
pub async fn delete_post(app: TheApp<'_>, post: String) -> Result<ChangeReceipt, Error> {
    Ok(app.act(&post_id(post), Act::Delete)?.into())
}

/// Calls a post off for good at its service, and keeps its text as a draft here; answers the draft.
#[tauri::command]
#[specta::specta]
pub async fn cancel_post(app: TheApp<'_>, post: String) -> Result<ChangeReceipt, Error> {
    Ok(app.cancel_keeping_draft(&post_id(post))?.into())
}

/// Publishes a post now; one that is published by hand is marked as done.
#[tauri::command]
#[specta::specta]
pub async fn publish_post_now(app: TheApp<'_>, post: String) -> Result<ChangeReceipt, Error> {
    Ok(app.act(&post_id(post), Act::PublishNow)?.into())
}

/// Tries again to publish a post that failed.
#[tauri::command]
#[specta::specta]
pub async fn retry_post(app: TheApp<'_>, post: String) -> Result<ChangeReceipt, Error> {
    Ok(app.act(&post_id(post), Act::Retry)?.into())
}

/// Passes over a post that is published by hand.
#[tauri::command]
#[specta::specta]
pub async fn skip_post(app: TheApp<'_>, post: String) -> Result<ChangeReceipt, Error> {
    Ok(app.act(&post_id(post), Act::Skip)?.into())
}

/// Copies the text of a post that is published by hand, and opens its network's own page.
#[tauri::command]
#[specta::specta]
pub async fn hand_over_post(handle: AppHandle, post: String) -> Result<HandOverAnswer, Error> {
    hand_over::copy_and_open(&handle, &post_id(post))
}

/// Takes the last step back, or the last one of a post.
#[tauri::command]
#[specta::specta]
pub async fn undo(app: TheApp<'_>, post: Option<String>) -> Result<ChangeReceipt, Error> {
    let receipt = match post {
        Some(post) => app.undo_of(&post_id(post))?,
        None => app.undo()?,
    };
    Ok(receipt.into())
}

/// Takes the step again that was undone last.
#[tauri::command]
#[specta::specta]
pub async fn redo(app: TheApp<'_>) -> Result<ChangeReceipt, Error> {
    Ok(app.redo()?.into())
}

/// The user has read what a card says of its last change.
#[tauri::command]
#[specta::specta]
pub async fn dismiss_problem(app: TheApp<'_>, post: String) -> Result<(), Error> {
    Ok(app.dismiss_problem(&post_id(post))?)
}

/// Asks once more for what the last change wanted and did not get.
#[tauri::command]
#[specta::specta]
pub async fn try_again(app: TheApp<'_>, post: String) -> Result<ChangeReceipt, Error> {
    Ok(app.try_again(&post_id(post))?.into())
}

/// Decides a conflict, field by field.
#[tauri::command]
#[specta::specta]
pub async fn resolve_conflict(
    app: TheApp<'_>,
    post: String,
    keep: KeepView,
) -> Result<ChangeReceipt, Error> {
    Ok(app.resolve_conflict(&post_id(post), keep)?.into())
}
