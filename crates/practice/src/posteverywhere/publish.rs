//! `POST /posts/{id}/schedule`, `POST /posts/{id}/retry` and `GET /posts/{id}/results`.

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use serde_json::Value;

use super::envelope::{Outcome, Refusal};
use super::fields::{Fields, flag};
use super::settings::PastTime;
use super::state::{DestinationStatus, PostStatus, State};
use super::wire;
use super::write::past;
use crate::twist::Twist;

/// After so many failures in vain, a destination is not tried again.
const ATTEMPTS: u32 = 5;

/// Schedules or publishes a draft.
pub(super) fn schedule(
    state: &mut State,
    key: &str,
    id: &str,
    body: &Value,
    now: DateTime<Utc>,
    twist: Twist,
) -> Result<Outcome, Refusal> {
    let fields = Fields::read(body)?;
    let publish_now = flag(body, "publish_now")?;
    let time = match fields.time {
        _ if publish_now => None,
        Some(time) => Some(time),
        None => return Err(Refusal::invalid("Either scheduled_for or publish_now is required.")),
    };
    let post = state.find(key, id)?;
    if post.status != PostStatus::Draft {
        let message = format!("Only drafts can be scheduled; this post is {}.", post.status.word());
        return Err(Refusal::new(409, "conflict", message));
    }
    let former = post.scheduled_for;
    let least = now + TimeDelta::minutes(1);
    if state.settings.past_time == PastTime::Refuse && time.is_some_and(|time| time < least) {
        return Err(past("scheduled_for must be at least 1 minute in the future."));
    }
    let accounts = fields.account_ids.as_ref().map(|ids| state.accounts(key, ids)).transpose()?;
    let added = accounts.map(|accounts| state.destinations(accounts, former, now));
    let takes = state.publishing_takes;
    state.change(id, now, twist, |post| {
        post.timezone = fields.timezone.unwrap_or(post.timezone.clone());
        if let Some(destinations) = added {
            post.retarget(destinations);
        }
        let time = time.map(|time| twist.shift(time));
        if time.is_some() {
            post.set_time(time);
        }
        post.status = PostStatus::Scheduled;
        if time.is_none_or(|time| time <= now) {
            post.publish_at_once(now, takes);
        }
    });
    Ok(Outcome::applied(wire::scheduled(state.find(key, id)?, publish_now)))
}

/// Queues what failed once more, for now.
pub(super) fn retry(
    state: &mut State,
    key: &str,
    id: &str,
    body: &Value,
    now: DateTime<Utc>,
    twist: Twist,
) -> Result<Outcome, Refusal> {
    let only = Fields::read(body)?.account_ids;
    let post = state.find(key, id)?;
    let is_wanted = |account: u64| only.as_ref().is_none_or(|only| only.contains(&account));
    let mut failed = post
        .destinations
        .iter()
        .filter(|one| one.status == DestinationStatus::Failed && is_wanted(one.account_id));
    if failed.clone().next().is_none() {
        return Err(Refusal::new(409, "conflict", "There is no failed destination to retry."));
    }
    if failed.any(|one| one.attempts >= ATTEMPTS) {
        let message = format!("Failed {ATTEMPTS} times with the same content: change it first.");
        return Err(Refusal::new(422, "permanent_failure_circuit_breaker", message));
    }
    let mut retried = Vec::new();
    state.change(id, now, twist, |post| {
        let failed = post
            .destinations
            .iter_mut()
            .filter(|one| one.status == DestinationStatus::Failed && is_wanted(one.account_id));
        for destination in failed {
            destination.queue();
            destination.scheduled_for = Some(now.trunc_subsecs(3));
            retried.push(destination.clone());
        }
        post.status = PostStatus::Publishing;
    });
    Ok(Outcome::applied(wire::retried(id, &retried, &state.settings)))
}

pub(super) fn results(state: &State, key: &str, id: &str) -> Result<Outcome, Refusal> {
    state.find(key, id).map(|post| Outcome::read(wire::results(post)))
}
