//! What `create-post`, `update-post` and `delete-post` have in common.

use chrono::{DateTime, SubsecRound, Utc};
use serde_json::{Map, Value, json};

use super::limits::{self, Wish};
use super::post::{PostState, PostStatus};
use super::routes::is_object_id;
use super::state::{NewPost, State, TimeOnDraft};
use super::vendor::Vendor;
use crate::answer::Answer;
use crate::call::Call;
use crate::time;
use crate::twist::Twist;

/// A write as it reaches a service: who, what, when, and what is ordered to go wrong with it.
pub(crate) struct Write<'a> {
    /// An API key, or the id of a user that the key manages.
    pub user: &'a str,
    pub call: &'a Call,
    pub body: Value,
    pub now: DateTime<Utc>,
    pub twist: Twist,
}

/// What an update asks of a post's status and time.
pub(crate) struct Asked {
    pub status: Option<PostStatus>,
    pub time: Option<DateTime<Utc>>,
}

impl Write<'_> {
    /// Whether an update's status is ordered to be ignored.
    pub fn is_ignored(&self) -> bool {
        matches!(self.twist, Twist::IgnoreStatus { .. })
    }

    /// Whether the body names one of these fields.
    pub fn names_any(&self, fields: &[&str]) -> bool {
        fields.iter().any(|name| !is_absent(name, self.body.get(name)))
    }

    /// The body's status, none if there is none; any other word than the two is refused with
    /// `sentence`.
    pub fn status(&self, sentence: &str) -> Result<Option<PostStatus>, Answer> {
        match &self.body["status"] {
            _ if !self.names_any(&["status"]) => Ok(None),
            Value::String(word) if word == "draft" => Ok(Some(PostStatus::Draft)),
            Value::String(word) if word == "scheduled" => Ok(Some(PostStatus::Scheduled)),
            _ => Err(Answer::error(400, sentence)),
        }
    }

    /// The body's time as it was sent, cut to milliseconds; one that is malformed is refused with
    /// `sentence`.
    pub fn time(&self, sentence: &str) -> Result<Option<DateTime<Utc>>, Answer> {
        if !self.names_any(&["scheduledTime"]) {
            return Ok(None);
        }
        let time = self.body["scheduledTime"].as_str().and_then(time::parse);
        time.map(|time| Some(time.trunc_subsecs(3))).ok_or_else(|| Answer::error(400, sentence))
    }

    /// What is asked, after what is ordered to go wrong with it.
    pub fn asked(&self, status: Option<PostStatus>, time: Option<DateTime<Utc>>) -> Asked {
        let time = time.map(|time| self.twist.shift(time));
        match self.twist {
            Twist::IgnoreStatus { time_applied } => {
                Asked { status: None, time: time.filter(|_| time_applied) }
            }
            _ => Asked { status, time },
        }
    }

    /// The draft that a `create-post` asks for; `is_id` says which platform ids are well-formed.
    pub fn draft(&self, is_id: impl Fn(&str) -> bool) -> Result<NewPost, Answer> {
        let content = self.body["content"].as_str().filter(|content| !content.trim().is_empty());
        let content = content.ok_or_else(|| Answer::error(400, "Content is required"))?;
        Ok(NewPost {
            id: None,
            key: self.user.to_owned(),
            content: content.to_owned(),
            status: PostStatus::Draft,
            scheduled_time: None,
            created_at: self.now,
            platforms: platforms(&self.body["platforms"], is_id)?,
            media_urls: Vec::new(),
            platform_settings: platform_settings(&self.body["platformSettings"])?,
        })
    }
}

impl NewPost {
    /// The same, going out at `time` if there is one.
    pub fn at(self, time: Option<DateTime<Utc>>) -> Self {
        let status = if time.is_some() { PostStatus::Scheduled } else { PostStatus::Draft };
        Self { status, scheduled_time: time, ..self }
    }
}

impl PostState {
    /// The status that forbids an update, if one does. "Update Scheduled Post" counts pending and
    /// processing among them, although they are statuses of a platform's part.
    pub(crate) fn refusing_status(&self) -> Option<&'static str> {
        match self.status {
            PostStatus::Draft => None,
            PostStatus::Scheduled => self.is_processing().then_some("processing"),
            other => Some(other.word()),
        }
    }
}

impl<V> State<V> {
    /// Stores a new post if the plan allows it; answers its id.
    pub fn create(&mut self, post: NewPost, write: &Write<'_>) -> Result<String, Answer> {
        self.allow(None, &post.platforms, post.scheduled_time, write)?;
        let id = self.insert(post, write.now);
        self.stale.hide_write(&id, None, write.now, write.twist);
        Ok(id)
    }

    /// Lets `act` change a user's post and answer it, and notes when it changed and what lists show
    /// meanwhile.
    pub fn update(
        &mut self,
        id: &str,
        write: &Write<'_>,
        act: impl FnOnce(&mut Self, &mut PostState) -> Result<Value, Answer>,
    ) -> Result<Answer, Answer> {
        if !is_object_id(id) {
            return Err(Answer::error(500, "Failed to update post"));
        }
        let former = self.find(write.user, id)?.clone();
        let mut post = former.clone();
        let body = act(self, &mut post)?;
        let applied = !write.is_ignored() || post != former;
        if applied {
            post.updated_at = write.now.trunc_subsecs(3);
        }
        self.posts.insert(id.to_owned(), post);
        self.stale.hide_write(id, Some(former), write.now, write.twist);
        Ok(Answer { applied, ..Answer::read(body) })
    }

    /// The status and time that a post takes when that is asked: a draft may be armed by a time
    /// alone, and what is scheduled without any time goes out now.
    pub fn outcome(
        &self,
        post: &PostState,
        asked: &Asked,
        write: &Write<'_>,
    ) -> (PostStatus, Option<DateTime<Utc>>) {
        let arms = match self.time_on_draft {
            TimeOnDraft::StaysDraft => false,
            TimeOnDraft::Arms => asked.time.is_some() && !write.is_ignored(),
        };
        let status = asked.status.unwrap_or(if arms { PostStatus::Scheduled } else { post.status });
        let stored = asked.time.or(post.scheduled_time);
        match status {
            PostStatus::Scheduled => (status, Some(stored.unwrap_or(write.now.trunc_subsecs(3)))),
            _ => (status, stored),
        }
    }

    /// Refuses what the plan does not allow to be scheduled at `time`, or, without one, to be kept
    /// as a draft. `except` is the post itself, which takes no further place.
    pub fn allow(
        &self,
        except: Option<&str>,
        platforms: &[String],
        time: Option<DateTime<Utc>>,
        write: &Write<'_>,
    ) -> Result<(), Answer> {
        let (user, now) = (write.user, write.now);
        let plan = self.plan(user).ok_or_else(|| Answer::error(401, "Invalid API key"))?;
        let others = self.posts.values();
        let others: Vec<_> =
            others.filter(|post| post.key == user && Some(post.id.as_str()) != except).collect();
        let allowed = match time {
            None => limits::check_platforms(plan, platforms, now),
            Some(time) => limits::check(&Wish { plan, platforms, time, now, others: &others }),
        };
        allowed.map_err(|body| Answer::refused(403, body))
    }
}

impl<V: Vendor> State<V> {
    /// `delete-post`
    pub(super) fn delete(&mut self, id: &str, write: &Write<'_>) -> Answer {
        if !is_object_id(id) {
            return Answer::error(500, "Failed to delete post group");
        }
        let refusal = match self.find(write.user, id).cloned() {
            Ok(post) => self.own.refuse_deletion(&post),
            Err(refusal) => Some(refusal),
        };
        if let Some(refusal) = refusal {
            return refusal;
        }
        let former = self.posts.remove(id);
        self.stale.hide_write(id, former, write.now, write.twist);
        Answer::applied(json!({ "success": true }))
    }
}

fn platforms(value: &Value, is_id: impl Fn(&str) -> bool) -> Result<Vec<String>, Answer> {
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
        let text = id.as_str().filter(|id| is_id(id));
        text.map(str::to_owned).ok_or_else(|| {
            let shown = id.as_str().map_or_else(|| id.to_string(), str::to_owned);
            refuse(&format!("Invalid platform ID format: {shown}"))
        })
    });
    checked.collect()
}

/// `/^[a-z]+-[a-zA-Z0-9_-]+$/`
pub(crate) fn is_platform_id(id: &str) -> bool {
    id.split_once('-').is_some_and(|(platform, raw)| {
        !platform.is_empty()
            && platform.bytes().all(|byte| byte.is_ascii_lowercase())
            && !raw.is_empty()
            && raw.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
    })
}

/// The settings for single platforms, which may also be an object in a string.
pub(crate) fn platform_settings(value: &Value) -> Result<Map<String, Value>, Answer> {
    let refuse = |sentence: &str| Answer::error(400, sentence);
    let parsed = match value {
        Value::Null => return Ok(Map::new()),
        Value::String(text) => {
            serde_json::from_str(text).map_err(|_| refuse("Invalid platformSettings JSON"))?
        }
        other => other.clone(),
    };
    match parsed {
        Value::Object(settings) => Ok(settings),
        _ => Err(refuse("platformSettings must be an object")),
    }
}

/// Whether a field of an update counts as absent: of status and time also what JavaScript takes for
/// false.
pub(super) fn is_absent(name: &str, value: Option<&Value>) -> bool {
    match (name, value) {
        (_, None | Some(Value::Null)) => true,
        ("status" | "scheduledTime", Some(value)) => match value {
            Value::Bool(truth) => !truth,
            Value::String(text) => text.is_empty(),
            Value::Number(number) => number.as_f64() == Some(0.0),
            _ => false,
        },
        _ => false,
    }
}
