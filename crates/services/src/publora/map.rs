//! The words that only Publora has turned into Rundown's. Pure: JSON in, posts out.

use chrono::{DateTime, Utc};
use rundown_core::model::{Edit, PostStatus, RemoteId, Standing};
use rundown_core::service::{Accepted, Created, RemotePost, RemoteTarget};
use serde_json::Value;

use super::wire::{Data, GetPost, UpdatePost, Warning, Written};
use crate::answer::{shape, time};
use crate::family::map as family;
use crate::media::media;

/// The body of an update.
pub fn update(edit: &Edit) -> UpdatePost<'_> {
    UpdatePost { standing: family::update(edit.step), content: edit.text.as_deref() }
}

/// What the answer to an `edit` of `asked` says; an error where it is about something else.
pub fn accepted(body: Value, asked: &RemoteId, edit: &Edit) -> Result<Accepted, String> {
    let told: Written = shape(body.clone());
    let Accepted { status, time: of_group, .. } = family::accepted(body, asked)?;
    let coerced = told.warnings.unwrap_or_default().into_iter().find_map(coerced_to);
    let time = match told.scheduled_time {
        Some(value) => value.as_str().and_then(time).or(coerced),
        None => coerced.or(of_group),
    };
    let text = told.post_group.and_then(|group| group.content).filter(|_| edit.text.is_some());
    Ok(Accepted { status, time, text })
}

/// What the answer to a creation says. Its time also tells the status: null is a draft's.
pub fn created(body: Value) -> Result<Created, String> {
    let told: Written = shape(body.clone());
    let id = family::created(body)?;
    let coerced = told.warnings.unwrap_or_default().into_iter().find_map(coerced_to);
    let (status, time) = match (told.scheduled_time, coerced) {
        (Some(Value::Null), None) => (Some(PostStatus::Draft), None),
        (Some(Value::Null), coerced) => (None, coerced),
        (stored, coerced) => {
            let stored = stored.as_ref().and_then(Value::as_str).and_then(time);
            let time = stored.or(coerced);
            (time.map(|_| PostStatus::Scheduled), time)
        }
    };
    Ok(Created { id, accepted: Accepted { status, time, text: None } })
}

fn coerced_to(warning: Value) -> Option<DateTime<Utc>> {
    let warning: Warning = shape(warning);
    let is_coercion = warning.code.as_deref() == Some("SCHEDULED_TIME_COERCED");
    warning.effective.as_deref().filter(|_| is_coercion).and_then(time)
}

/// A post as get-post alone tells it.
#[derive(Debug)]
pub struct Told {
    pub post: RemotePost,
    /// Whether its text and its media are told as well: then no list has to be asked.
    pub is_whole: bool,
}

impl Told {
    /// The post with what a list alone shows: its text and media, and when it was last changed.
    pub fn completed(self, listed: RemotePost) -> RemotePost {
        let RemotePost { text, media, changed_at, .. } = listed;
        RemotePost { text, media, changed_at, ..self.post }
    }
}

/// What get-post says of the post `asked`; none where it does not say where the whole post stands, or
/// contradicts itself.
pub fn told(body: Value, asked: &RemoteId) -> Option<Told> {
    let body: GetPost = shape(body);
    let posts = body.posts?;
    let Standing { status, time } = family::standing(body.status, body.scheduled_time)?;
    if time.is_none() && status != PostStatus::Draft {
        return None;
    }
    let text = common_text(&posts);
    let mut targets: Vec<RemoteTarget> = Vec::new();
    for entry in posts {
        family::include(&mut targets, family::target(entry, &status));
    }
    if family::is_contradicted(&status, &targets) {
        return None;
    }
    for platform in body.platforms.unwrap_or_default() {
        // A channel without a connection has no id in `posts`.
        let named = family::target(platform, &status);
        if let Some(named) = named
            && !targets.iter().any(|known| known.channel == named.channel)
        {
            targets.push(named);
        }
    }
    Some(Told {
        is_whole: text.is_some() && body.media.is_some(),
        post: RemotePost {
            id: asked.clone(),
            text: text.unwrap_or_default(),
            standing: Standing { status: family::of_group(status, &targets), time },
            changed_at: None,
            targets,
            media: body.media.as_deref().map(media).unwrap_or_default(),
        },
    })
}

/// The text of the whole post, if all its channels have the same.
fn common_text(posts: &[Value]) -> Option<String> {
    let mut texts = posts.iter().map(|post| post["content"].as_str());
    let first = texts.next()??;
    texts.all(|text| text == Some(first)).then(|| first.to_owned())
}

/// The list of connections, wherever it is.
pub fn connections(body: Value) -> Option<Vec<Value>> {
    if let Some(connections) = family::connections(body.clone()) {
        return Some(connections);
    }
    let undocumented = match body {
        Value::Array(entries) => Some(entries),
        other => shape::<Data>(other).data,
    };
    undocumented.filter(|entries| entries.iter().any(|entry| entry["platformId"].is_string()))
}
