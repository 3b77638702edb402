//! What Publora does in its own way.

use std::mem;

use axum::http::HeaderName;
use axum::http::header::RETRY_AFTER;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::generation::Generation;
use super::past_time::PastTime;
use super::{BASE, idempotency, patch, rate_limit, wire, write};
use crate::answer::Answer;
use crate::call::{Body, Call};
use crate::dialect::Failure;
use crate::family::{self, Endpoint, PostState, PostStatus, State, Vendor, Write, is_object_id};
use crate::rates::Rates;
use crate::violations::{Finding, ViolationKind};
use crate::world::World;

/// For whom a key acts, when not for its owner.
const USER_HEADER: &str = "x-publora-user-id";

/// What only Publora knows.
#[derive(Clone, Debug, Default)]
pub struct Quirks {
    pub(super) generation: Generation,
    /// None goes by the generation.
    pub(super) past_time: Option<PastTime>,
    pub(super) paused_time: PausedTime,
    pub(super) deletion: Deletion,
    pub(super) in_flight_once: bool,
    pub(super) version_conflict_once: bool,
    pub(super) changed_once: bool,
    pub(super) kept: idempotency::Kept,
    rates: Rates,
}

/// What a pause does to `scheduledTime`: Publora's documents say both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum PausedTime {
    /// It is gone and answered as null ("Get Post", and "Update Post" of its answer). The default,
    /// since a client then has to remember it.
    #[default]
    Dropped,
    /// It stays and is answered ("Update Post" of its timing constraints).
    Kept,
}

/// What can be deleted: Publora's documents say both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Deletion {
    /// Any post; what is on the platforms stays there.
    #[default]
    Anything,
    /// Only what is not published or being published; else 409 with a code.
    Unpublished,
}

/// What can be selected over the control address.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Settings {
    generation: Option<Generation>,
    past_time: Option<PastTime>,
    paused_time: Option<PausedTime>,
    deletion: Option<Deletion>,
    once: Option<Once>,
}

/// What is to happen once.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
enum Once {
    IdempotencyInFlight,
    VersionConflict,
    PostChanged,
}

impl Vendor for Quirks {
    const NAME: &'static str = "Publora";
    const BASE: &'static str = BASE;
    const KEY_HEADER: HeaderName = HeaderName::from_static("x-publora-key");
    const CREATE_FIELDS: &'static [&'static str] =
        &["content", "platforms", "scheduledTime", "platformSettings", "mediaUrls"];
    const UPDATE_FIELDS: &'static [&'static str] = Generation::Current.fields();

    type Settings = Settings;

    fn state(world: &mut World) -> &mut State<Self> {
        &mut world.publora
    }

    fn select(&mut self, settings: Settings) {
        self.generation = settings.generation.unwrap_or(self.generation);
        self.past_time = settings.past_time.or(self.past_time);
        self.paused_time = settings.paused_time.unwrap_or(self.paused_time);
        self.deletion = settings.deletion.unwrap_or(self.deletion);
        match settings.once {
            None => {}
            Some(Once::IdempotencyInFlight) => self.in_flight_once = true,
            Some(Once::VersionConflict) => self.version_conflict_once = true,
            Some(Once::PostChanged) => self.changed_once = true,
        }
    }

    fn inspect(call: &Call, endpoint: Endpoint<'_>) -> Vec<Finding> {
        let mut findings = Vec::new();
        if let Some(user) = call.header(USER_HEADER).filter(|user| !is_object_id(user)) {
            let sentence = format!("{user} is not a user's id of 24 hexadecimal digits.");
            findings.push(Finding::new(ViolationKind::MalformedUserId, sentence));
        }
        if matches!(endpoint, Endpoint::CreatePost | Endpoint::UpdatePost(_)) {
            let settings = match &call.body {
                Body::Json(body) => body["platformSettings"].as_object(),
                _ => None,
            };
            if let Some(path) = settings.and_then(patch::unknown_setting) {
                let sentence = format!("platformSettings.{path} is not a setting.");
                findings.push(Finding::new(ViolationKind::UnknownField, sentence));
            }
        } else if call.headers.contains_key(idempotency::HEADER) {
            let sentence = format!("{} does not honour an idempotency key.", call.path);
            findings.push(Finding::new(ViolationKind::IdempotencyKeyInVain, sentence));
        }
        findings
    }

    fn admit(state: &mut State<Self>, call: &Call, now: DateTime<Utc>) -> Result<String, Answer> {
        let key = state.known_key(call, state.own.generation.missing_key(), now)?;
        if let Some(plan) = state.plan(&key).filter(|_| state.own.limits_rates()) {
            rate_limit::admit(&mut state.own.rates, &key, plan, now)?;
        }
        let Some(user) = call.header(USER_HEADER) else { return Ok(key) };
        if !is_object_id(user) {
            return Err(Answer::error(400, "Invalid x-publora-user-id"));
        }
        let managed_by = state.users.get(user).and_then(|user| user.managed_by.as_ref());
        if managed_by != Some(&key) {
            return Err(Answer::error(403, "User is not managed by key"));
        }
        Ok(user.to_owned())
    }

    fn headers(state: &State<Self>, key: &str, now: DateTime<Utc>) -> Vec<(HeaderName, String)> {
        let plan = state.plan(key).filter(|_| state.own.limits_rates());
        let rates = &state.own.rates;
        plan.map(|plan| rates.headers(key, rate_limit::of(plan), now)).unwrap_or_default()
    }

    fn get(state: &State<Self>, user: &str, id: &str) -> Answer {
        if !is_object_id(id) {
            return state.own.generation.malformed_id();
        }
        match state.find(user, id) {
            Ok(post) => Answer::read(wire::single(state.own.generation, post)),
            Err(refusal) => refusal,
        }
    }

    fn create(state: &mut State<Self>, write: &Write<'_>) -> Answer {
        write::create(state, write)
    }

    fn update(state: &mut State<Self>, id: &str, write: &Write<'_>) -> Answer {
        write::update(state, id, write)
    }

    fn refuse_deletion(&mut self, post: &PostState) -> Option<Answer> {
        if mem::take(&mut self.changed_once) {
            let sentence =
                "This post was changed while it was being deleted. Reload it and try again.";
            return Some(Answer::coded(409, "POST_CHANGED", sentence));
        }
        let (code, sentence) = match post.status {
            _ if self.deletion == Deletion::Anything => return None,
            PostStatus::Published => {
                ("POST_IS_PUBLISHED", "This post is published and can no longer be deleted.")
            }
            PostStatus::PartiallyPublished => (
                "POST_HAS_LIVE_CONTENT",
                "This post is partially published — deleting it would also remove the already-live post's record and media. Use 'Duplicate as draft' to retry the failed platforms.",
            ),
            _ if post.is_processing() => {
                ("POST_IS_PROCESSING", "This post is being published right now.")
            }
            _ => return None,
        };
        Some(Answer::coded(409, code, sentence))
    }

    fn failure(&self, failure: Failure, now: DateTime<Utc>) -> Answer {
        match (failure, self.generation) {
            (Failure::TooMany { retry_after_secs }, Generation::Second) => {
                rate_limit::refusal(retry_after_secs, now)
            }
            (Failure::TooMany { retry_after_secs }, Generation::Current) => {
                let body = json!({
                    "error": "Media URL ingestion rate limit reached (60 URLs/hour). Retry later or use the presigned get-upload-url flow.",
                    "code": "MEDIA_URL_RATE_LIMITED",
                    "retryAfterSec": retry_after_secs,
                });
                Answer::refused(429, body).with_header(RETRY_AFTER, retry_after_secs.to_string())
            }
            (failure, _) => family::failure(failure, now),
        }
    }
}

impl Quirks {
    /// Why a post cannot be updated, if it cannot.
    pub(super) fn refuse_update(&mut self, post: &PostState) -> Option<Answer> {
        self.generation.refuse_update(post).or_else(|| {
            let races = self.generation == Generation::Current
                && mem::take(&mut self.version_conflict_once);
            races.then(|| {
                Answer::coded(
                    409,
                    "POST_GROUP_VERSION_CONFLICT",
                    "Post group state changed concurrently; please retry.",
                )
            })
        })
    }

    fn limits_rates(&self) -> bool {
        self.generation == Generation::Second
    }
}
