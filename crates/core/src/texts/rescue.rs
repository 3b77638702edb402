//! Rescue a text whose post is gone at its service: it becomes a draft that is kept here.

use crate::error::Error;
use crate::model::{Form, Post, PostId, SyncState, same_text};
use crate::store::{StoreError, Tx};

/// Keeps, as a draft that no service knows, the text that was written for a post and never reached
/// it. Answers the draft.
pub(crate) fn rescue_text(tx: &Tx<'_>, post: &Post) -> Result<Option<PostId>, Error> {
    let Some(text) = unsent_text(tx, post)? else { return Ok(None) };
    let id = PostId::generate();
    let channels: Vec<_> = post.targets.iter().map(|target| target.channel.clone()).collect();
    tx.insert_new_post(&id, &post.account, &text, &channels)?;
    tx.remember(&id, post.shown().time.or(post.remembered))?;
    Ok(Some(id))
}

/// What was typed last, or else what was asked for.
fn unsent_text(tx: &Tx<'_>, post: &Post) -> Result<Option<String>, StoreError> {
    let typed = tx.unsaved(&Form::Edit(post.id.clone()))?.map(|typed| typed.text);
    let asked = match &post.sync {
        SyncState::NeedsYou { wanted, .. } => wanted.text.clone(),
        SyncState::Conflict { mine, .. } => mine.text.clone(),
        _ => post.open.as_ref().and_then(|open| open.text.clone()),
    };
    Ok(typed.or(asked).filter(|text| !text.trim().is_empty() && !same_text(text, &post.text)))
}
