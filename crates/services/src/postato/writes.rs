//! What is asked of Postato about a post, and what the answers confirm. Pure.

use chrono::{DateTime, SecondsFormat, Utc};
use rundown_core::model::{Edit, PostStatus, RemoteId, Step};
use rundown_core::service::{Accepted, Created, NewPost};
use serde_json::Value;

use super::map::{is_id, is_same, status, text, told_id, unwrapped};
use super::wire::{
    CreatePost, EditStatus, MediaId, NewContent, NewPart, NewStanding, Post, UpdatePost,
};
use crate::answer::{shape, time};

/// The body of a creation; a reason, after “nothing was sent”, where there can be none.
pub fn creation(post: &NewPost) -> Result<CreatePost<'_>, String> {
    let [target] = post.channels.as_slice() else {
        return Err("at Postato a post goes to one channel".to_owned());
    };
    let (account_id, platform) = (target.channel.as_str(), target.network.as_str());
    // A lane of posts that name no account is called after its network.
    if !is_id(account_id) || account_id == platform {
        return Err("Postato does not say which account this channel is".to_owned());
    }
    let post_type = post_type(platform)
        .ok_or_else(|| format!("Postato’s documents name no kind of post for “{platform}”"))?;
    let standing = match post.time {
        None => NewStanding::Draft,
        Some(time) => NewStanding::Scheduled { scheduled_at: stamp(time) },
    };
    Ok(CreatePost { platform, account_id, post_type, content: &post.text, standing })
}

/// The kind of post that has one text, the first of its platform in the documents (concepts/posts,
/// publish_post).
fn post_type(platform: &str) -> Option<&'static str> {
    Some(match platform {
        "twitter" | "x" => "tweet",
        "linkedin" => "post",
        "instagram" => "feed",
        "tiktok" | "youtube" => "video",
        "pinterest" => "pin",
        _ => return None,
    })
}

/// The body of an update: what changes, and nothing else. A new text replaces all that the post
/// consists of, so `media`, which it has now, goes with it.
pub fn update(edit: &Edit, media: Vec<String>) -> UpdatePost<'_> {
    let content = edit.text.as_deref().map(|text| {
        if media.is_empty() {
            return NewContent::Text(text);
        }
        let media = media.into_iter().map(|id| MediaId { id }).collect();
        NewContent::Parts([NewPart { text, media }])
    });
    let status = edit.step.and_then(|step| match step {
        Step::MoveTo(_) => None,
        Step::Pause => Some(EditStatus::Draft),
        Step::Schedule(_) => Some(EditStatus::Scheduled),
    });
    let scheduled_at = edit.step.and_then(|step| step.aim().time()).map(stamp);
    UpdatePost { content, status, scheduled_at }
}

/// `2026-04-20T14:00:00Z`, exactly as the documents show it.
fn stamp(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// What the answer to an update of `asked` says; an error where it is about something else. Its shape
/// is not documented: without both an id and a status it confirms nothing.
pub fn accepted(body: Value, asked: &RemoteId) -> Result<Accepted, String> {
    let said = answered(body)?;
    let id = told_id(&said);
    if id.as_deref().is_some_and(|id| !is_same(id, asked.as_str())) {
        return Err("it is about another post".to_owned());
    }
    Ok(if id.is_some() { standing(said) } else { Accepted::default() })
}

/// What the answer to a creation says; an error where it names no post.
pub fn created(body: Value) -> Result<Created, String> {
    let said = answered(body)?;
    let id = told_id(&said).ok_or("it does not name the post that was made")?;
    Ok(Created { id: RemoteId(id), accepted: standing(said) })
}

/// What the answer to a cancellation of `asked` says; an error where it does not say that it was done.
pub fn cancelled(body: Value, asked: &RemoteId) -> Result<Accepted, String> {
    let succeeded = body["success"] == Value::Bool(true);
    let said = Accepted { text: None, ..accepted(body, asked)? };
    match said.status {
        Some(PostStatus::Cancelled) => Ok(said),
        None if succeeded => Ok(said),
        _ => Err("it does not say that the post was cancelled".to_owned()),
    }
}

/// The post of a write's answer.
fn answered(body: Value) -> Result<Post, String> {
    if !body.is_object() {
        return Err("it is not an object".to_owned());
    }
    Ok(shape(unwrapped(body)))
}

fn standing(said: Post) -> Accepted {
    let Some(word) = said.status.as_deref().filter(|word| !word.is_empty()) else {
        return Accepted::default();
    };
    Accepted {
        status: Some(status(word)),
        time: said.scheduled_at.as_ref().and_then(Value::as_str).and_then(time),
        text: text(said),
    }
}
