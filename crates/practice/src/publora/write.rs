//! `create-post` and `update-post`.

use serde_json::Value;

use super::generation::Generation;
use super::past_time::Taken;
use super::patch::{self, Patch};
use super::quirks::{PausedTime, Quirks};
use super::{idempotency, wire};
use crate::answer::Answer;
use crate::family::{PostState, PostStatus, State, Write};

pub(super) fn create(state: &mut State<Quirks>, write: &Write<'_>) -> Answer {
    idempotency::once(state, None, write, |state| {
        try_create(state, write).unwrap_or_else(|refusal| refusal)
    })
}

fn try_create(state: &mut State<Quirks>, write: &Write<'_>) -> Result<Answer, Answer> {
    let generation = state.own.generation;
    let mut draft = write.draft(|id| generation.is_platform_id(id))?;
    if generation == Generation::Current {
        patch::refuse_duplicates(&draft.platforms)?;
        draft.platform_settings = patch::settings(&write.body["platformSettings"])?;
        draft.media_urls = patch::media_urls(&write.body)?;
    }
    let sent = write.time(generation.malformed_time())?;
    let taken = sent.map(|time| state.own.take(time, write.now)).transpose()?;
    let id = state.create(draft.at(taken.map(|taken| write.twist.shift(taken.time))), write)?;
    let post = state.find(write.user, &id)?;
    Ok(Answer::applied(wire::created(generation, post, &warnings(taken, post))))
}

pub(super) fn update(state: &mut State<Quirks>, id: &str, write: &Write<'_>) -> Answer {
    idempotency::once(state, Some(id), write, |state| {
        try_update(state, id, write).unwrap_or_else(|refusal| refusal)
    })
}

fn try_update(state: &mut State<Quirks>, id: &str, write: &Write<'_>) -> Result<Answer, Answer> {
    let generation = state.own.generation;
    let asked_status = write.status(generation.bad_status())?;
    if !write.names_any(generation.fields()) {
        return Err(Answer::error(400, generation.nothing_to_update()));
    }
    let patch = match generation {
        Generation::First | Generation::Second => Patch::default(),
        Generation::Current => Patch::read(&write.body)?,
    };
    state.update(id, write, |state, post| {
        if let Some(refusal) = state.own.refuse_update(post) {
            return Err(refusal);
        }
        let sent = write.time(generation.malformed_time())?;
        let stored = match (generation, asked_status) {
            // "The same check applies to the post's existing scheduledTime".
            (Generation::Current, Some(PostStatus::Scheduled)) => {
                post.scheduled_time.filter(|_| post.status == PostStatus::Draft)
            }
            _ => None,
        };
        let taken = sent.or(stored).map(|time| state.own.take(time, write.now)).transpose()?;
        let asked = write.asked(asked_status, taken.map(|taken| taken.time));

        let former = post.status;
        let retargets = patch.platforms.is_some();
        patch.apply(state, post, write)?;
        let (status, time) = state.outcome(post, &asked, write);
        if status == PostStatus::Scheduled {
            if generation == Generation::Current {
                patch::refuse_scheduling(post)?;
            }
            if former != status || asked.time.is_some() || retargets {
                state.allow(Some(id), &post.connections(), time, write)?;
            }
        } else if retargets {
            state.allow(Some(id), &post.connections(), None, write)?;
        }
        let is_paused = former == PostStatus::Scheduled && status == PostStatus::Draft;
        let drops = is_paused && state.own.paused_time == PausedTime::Dropped;
        post.become_status(status, write.now);
        post.scheduled_time = if drops { asked.time } else { time };
        let warnings = warnings(taken.filter(|_| asked.time.is_some()), post);
        Ok(wire::updated(generation, post, &warnings))
    })
}

/// The warnings about the time that a post took.
fn warnings(taken: Option<Taken>, post: &PostState) -> Vec<Value> {
    let effective = |taken: Taken| Some(Taken { time: post.scheduled_time?, ..taken });
    taken.and_then(effective).and_then(|taken| taken.warning()).into_iter().collect()
}
