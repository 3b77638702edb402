//! `create-post`, `update-post` and `delete-post`.

use chrono::{DateTime, SubsecRound, Utc};
use serde_json::Value;

use super::limits::{self, Wish};
use super::routes::is_post_id;
use super::state::{NewPost, PastTime, PostState, PostStatus, Stale, State, TimeOnDraft};
use super::wire;
use crate::answer::Answer;
use crate::time;
use crate::twist::Twist;

pub(super) fn create(
    state: &mut State,
    key: &str,
    body: &Value,
    now: DateTime<Utc>,
    twist: Twist,
) -> Answer {
    match try_create(state, key, body, now, twist) {
        Ok(id) => {
            state.hide_write(&id, None, now, twist);
            Answer::applied(wire::created(&id))
        }
        Err(answer) => answer,
    }
}

fn try_create(
    state: &mut State,
    key: &str,
    body: &Value,
    now: DateTime<Utc>,
    twist: Twist,
) -> Result<String, Answer> {
    let refuse = |sentence: &str| Answer::error(400, sentence);
    let content = body["content"].as_str().filter(|content| !content.trim().is_empty());
    let content = content.ok_or_else(|| refuse("Content is required"))?.to_owned();
    let platforms = platforms(&body["platforms"])?;
    match &body["platformSettings"] {
        Value::Null | Value::Object(_) => {}
        Value::String(text) => match serde_json::from_str(text) {
            Ok(Value::Object(_)) => {}
            Ok(_) => return Err(refuse("platformSettings must be an object")),
            Err(_) => return Err(refuse("Invalid platformSettings JSON")),
        },
        _ => return Err(refuse("platformSettings must be an object")),
    }
    let time = state.requested_time(body, now)?.map(|time| twist.shift(time));
    let plan = state.users.get(key).map(|user| user.plan);
    let plan = plan.ok_or_else(|| Answer::error(401, "Invalid API key"))?;
    let others: Vec<_> = state.posts.values().filter(|post| post.key == key).collect();
    let allowed = match time {
        None => limits::check_platforms(plan, &platforms, now),
        Some(time) => {
            limits::check(&Wish { plan, platforms: &platforms, time, now, others: &others })
        }
    };
    allowed.map_err(|body| Answer::refused(403, body))?;
    let status = if time.is_some() { PostStatus::Scheduled } else { PostStatus::Draft };
    Ok(state.insert(
        NewPost {
            id: None,
            key: key.to_owned(),
            content,
            status,
            scheduled_time: time,
            created_at: now,
            platforms,
            media_urls: Vec::new(),
        },
        now,
    ))
}

fn platforms(value: &Value) -> Result<Vec<String>, Answer> {
    let refuse = |sentence: &str| Answer::error(400, sentence);
    let parsed;
    let value = match value {
        Value::String(text) => {
            parsed = serde_json::from_str::<Value>(text)
                .map_err(|_| refuse("Invalid platforms JSON format"))?;
            &parsed
        }
        other => other,
    };
    let list = match value {
        Value::Null => return Err(refuse("Platforms are required")),
        Value::Array(list) if list.is_empty() => {
            return Err(refuse("At least one platform is required"));
        }
        Value::Array(list) => list,
        _ => return Err(refuse("Platforms must be an array")),
    };
    let checked = list.iter().map(|id| {
        let text = id.as_str().filter(|id| is_platform_id(id));
        text.map(str::to_owned).ok_or_else(|| {
            let shown = id.as_str().map_or_else(|| id.to_string(), str::to_owned);
            refuse(&format!("Invalid platform ID format: {shown}"))
        })
    });
    checked.collect()
}

/// `/^[a-z]+-[a-zA-Z0-9_-]+$/`
fn is_platform_id(id: &str) -> bool {
    id.split_once('-').is_some_and(|(platform, raw)| {
        !platform.is_empty()
            && platform.bytes().all(|byte| byte.is_ascii_lowercase())
            && !raw.is_empty()
            && raw.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
    })
}

pub(super) fn update(
    state: &mut State,
    key: &str,
    id: &str,
    body: &Value,
    now: DateTime<Utc>,
    twist: Twist,
) -> Answer {
    let former = state.posts.get(id).cloned();
    match try_update(state, key, id, body, now, twist) {
        Ok((status, time)) => {
            let ignored = matches!(twist, Twist::IgnoreStatus { .. });
            let applied = !ignored || state.posts.get(id) != former.as_ref();
            state.hide_write(id, former, now, twist);
            Answer { applied, ..Answer::read(wire::updated(id, status, time)) }
        }
        Err(answer) => answer,
    }
}

fn try_update(
    state: &mut State,
    key: &str,
    id: &str,
    body: &Value,
    now: DateTime<Utc>,
    twist: Twist,
) -> Result<(PostStatus, Option<DateTime<Utc>>), Answer> {
    let refuse = |sentence: &str| Answer::error(400, sentence);
    let asked = match &body["status"] {
        absent if is_falsy(absent) => None,
        Value::String(word) if word == "draft" => Some(PostStatus::Draft),
        Value::String(word) if word == "scheduled" => Some(PostStatus::Scheduled),
        _ => return Err(refuse("Status must be either 'draft' or 'scheduled'")),
    };
    if asked.is_none() && is_falsy(&body["scheduledTime"]) {
        return Err(refuse("Either status or scheduledTime must be provided"));
    }
    if !is_post_id(id) {
        return Err(Answer::error(500, "Failed to update post"));
    }
    let post = state.posts.get(id).filter(|post| post.key == key);
    let post = post.ok_or_else(|| Answer::error(404, "Post group not found"))?;
    if let Some(word) = refusing_status(post) {
        let sentence = format!("Cannot update post: post is currently in {word} status");
        return Err(refuse(&sentence));
    }
    let requested = state.requested_time(body, now)?.map(|time| twist.shift(time));
    let (asked, requested) = match twist {
        Twist::IgnoreStatus { time_applied } => (None, requested.filter(|_| time_applied)),
        _ => (asked, requested),
    };
    let arms = match (twist, state.time_on_draft) {
        (Twist::IgnoreStatus { .. }, _) | (_, TimeOnDraft::StaysDraft) => false,
        (_, TimeOnDraft::Arms) => requested.is_some(),
    };
    let status = asked.unwrap_or(if arms { PostStatus::Scheduled } else { post.status });
    let stored = requested.or(post.scheduled_time);
    let time = match status {
        PostStatus::Scheduled => Some(stored.unwrap_or(now.trunc_subsecs(3))),
        _ => stored,
    };
    if let (PostStatus::Scheduled, Some(time)) = (status, time) {
        let others: Vec<_> =
            state.posts.values().filter(|other| other.key == key && other.id != id).collect();
        let platforms: Vec<_> =
            post.platforms.iter().map(|platform| platform.platform_id.clone()).collect();
        let plan = state.users.get(key).map(|user| user.plan);
        let plan = plan.ok_or_else(|| Answer::error(401, "Invalid API key"))?;
        limits::check(&Wish { plan, platforms: &platforms, time, now, others: &others })
            .map_err(|body| Answer::refused(403, body))?;
    }
    if let Some(post) = state.posts.get_mut(id) {
        let ignored = matches!(twist, Twist::IgnoreStatus { .. });
        if !ignored || post.scheduled_time != time {
            post.updated_at = now.trunc_subsecs(3);
        }
        post.become_status(status, now);
        post.scheduled_time = time;
    }
    Ok((status, time))
}

/// The status that forbids an update, if one does. "Update Scheduled Post" counts pending and
/// processing among them, although they are statuses of a platform's part.
fn refusing_status(post: &PostState) -> Option<&'static str> {
    match post.status {
        PostStatus::Draft => None,
        PostStatus::Scheduled => post.is_processing().then_some("processing"),
        other => Some(other.word()),
    }
}

/// Whether JavaScript takes a value for false, and the API therefore for absent.
pub(super) fn is_falsy(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.is_empty(),
        Value::Number(number) => number.as_f64() == Some(0.0),
        _ => false,
    }
}

pub(super) fn delete(
    state: &mut State,
    key: &str,
    id: &str,
    now: DateTime<Utc>,
    twist: Twist,
) -> Answer {
    if !is_post_id(id) {
        return Answer::error(500, "Failed to delete post group");
    }
    if state.posts.get(id).is_none_or(|post| post.key != key) {
        return Answer::error(404, "Post group not found");
    }
    let former = state.posts.remove(id);
    state.hide_write(id, former, now, twist);
    Answer::applied(serde_json::json!({ "success": true }))
}

impl State {
    /// The body's time, cut to milliseconds; a past one is refused or becomes now, as selected.
    fn requested_time(
        &self,
        body: &Value,
        now: DateTime<Utc>,
    ) -> Result<Option<DateTime<Utc>>, Answer> {
        let value = &body["scheduledTime"];
        if is_falsy(value) {
            return Ok(None);
        }
        let time = value
            .as_str()
            .and_then(time::parse)
            .ok_or_else(|| Answer::error(400, "Invalid scheduled time format"))?
            .trunc_subsecs(3);
        match self.past_time {
            _ if time > now => Ok(Some(time)),
            PastTime::Now => Ok(Some(now.trunc_subsecs(3))),
            PastTime::Refuse => Err(Answer::error(400, "Scheduled time cannot be in the past")),
        }
    }

    /// On order, lets lists show the former value of what was just written for a while.
    fn hide_write(
        &mut self,
        id: &str,
        former: Option<PostState>,
        now: DateTime<Utc>,
        twist: Twist,
    ) {
        let Some(until) = twist.stale_until(now) else { return };
        self.stale.retain(|stale| stale.id != id);
        self.stale.push(Stale { id: id.to_owned(), former, until });
    }
}
