//! What PostPost does in its own way.

use axum::http::HeaderName;
use chrono::{DateTime, SubsecRound, Utc};
use serde::{Deserialize, Serialize};

use super::BASE;
use crate::answer::Answer;
use crate::call::Call;
use crate::family::{self, Handle, PostStatus, State, Vendor, Write, is_object_id, is_platform_id};
use crate::world::World;

/// What only PostPost knows.
#[derive(Clone, Debug, Default)]
pub struct Quirks {
    past_time: PastTime,
}

/// What can be selected over the control address.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Settings {
    past_time: Option<PastTime>,
}

/// What happens to a `scheduledTime` that has passed: PostPost's documents say both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum PastTime {
    /// 400 `Scheduled time cannot be in the past` ("Update Scheduled Post").
    Refuse,
    /// Silently the current time, so the post goes out ("Scheduling Posts"). The default, since it
    /// is the dangerous one.
    #[default]
    Now,
}

impl Handle<Quirks> {
    /// Selects what happens to a time that has passed.
    pub fn set_past_time(&self, past_time: PastTime) {
        self.with(|state, _| state.own.past_time = past_time);
    }
}

impl Vendor for Quirks {
    const NAME: &'static str = "PostPost";
    const BASE: &'static str = BASE;
    const KEY_HEADER: HeaderName = HeaderName::from_static("x-api-key");
    const CREATE_FIELDS: &'static [&'static str] =
        &["content", "platforms", "scheduledTime", "platformSettings"];
    const UPDATE_FIELDS: &'static [&'static str] = &["status", "scheduledTime"];

    type Settings = Settings;

    fn state(world: &mut World) -> &mut State<Self> {
        &mut world.postpost
    }

    fn select(&mut self, settings: Settings) {
        self.past_time = settings.past_time.unwrap_or(self.past_time);
    }

    fn admit(state: &mut State<Self>, call: &Call, now: DateTime<Utc>) -> Result<String, Answer> {
        state.known_key(call, "API key is required", now)
    }

    fn get(state: &State<Self>, user: &str, id: &str) -> Answer {
        if !is_object_id(id) {
            return Answer::error(500, "Failed to fetch post group");
        }
        match state.find(user, id) {
            Ok(post) => Answer::read(family::single(post)),
            Err(refusal) => refusal,
        }
    }

    fn create(state: &mut State<Self>, write: &Write<'_>) -> Answer {
        match try_create(state, write) {
            Ok(id) => Answer::applied(family::created(&id)),
            Err(refusal) => refusal,
        }
    }

    fn update(state: &mut State<Self>, id: &str, write: &Write<'_>) -> Answer {
        try_update(state, id, write).unwrap_or_else(|refusal| refusal)
    }
}

fn try_create(state: &mut State<Quirks>, write: &Write<'_>) -> Result<String, Answer> {
    let draft = write.draft(is_platform_id)?;
    let time = state.own.requested_time(write)?;
    state.create(draft.at(time.map(|time| write.twist.shift(time))), write)
}

fn try_update(state: &mut State<Quirks>, id: &str, write: &Write<'_>) -> Result<Answer, Answer> {
    let status = write.status("Status must be either 'draft' or 'scheduled'")?;
    if !write.names_any(Quirks::UPDATE_FIELDS) {
        return Err(Answer::error(400, "Either status or scheduledTime must be provided"));
    }
    state.update(id, write, |state, post| {
        if let Some(word) = post.refusing_status() {
            let sentence = format!("Cannot update post: post is currently in {word} status");
            return Err(Answer::error(400, &sentence));
        }
        let asked = write.asked(status, state.own.requested_time(write)?);
        let (status, time) = state.outcome(post, &asked, write);
        if status == PostStatus::Scheduled {
            state.allow(Some(id), &post.connections(), time, write)?;
        }
        post.become_status(status, write.now);
        post.scheduled_time = time;
        Ok(family::updated(post))
    })
}

impl Quirks {
    /// The body's time; a past one is refused or becomes now, as selected.
    fn requested_time(&self, write: &Write<'_>) -> Result<Option<DateTime<Utc>>, Answer> {
        let sent = write.time("Invalid scheduled time format")?;
        match (sent, self.past_time) {
            (Some(time), PastTime::Now) => Ok(Some(time.max(write.now.trunc_subsecs(3)))),
            (Some(time), PastTime::Refuse) if time <= write.now => {
                Err(Answer::error(400, "Scheduled time cannot be in the past"))
            }
            (sent, _) => Ok(sent),
        }
    }
}
