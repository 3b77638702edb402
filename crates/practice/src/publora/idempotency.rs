//! `Idempotency-Key`: a repeated create or update is answered as it was the first time, and not
//! applied again.

use std::collections::BTreeMap;
use std::mem;

use axum::http::HeaderName;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;

use super::generation::Generation;
use super::quirks::Quirks;
use crate::answer::Answer;
use crate::family::{State, Write};

pub(super) const HEADER: HeaderName = HeaderName::from_static("idempotency-key");

/// How long an answer is kept after its request arrived.
const KEPT_FOR: TimeDelta = TimeDelta::hours(24);

/// The answers that are kept, by acting user and key.
#[derive(Clone, Debug, Default)]
pub(super) struct Kept(BTreeMap<(String, String), Record>);

#[derive(Clone, Debug)]
struct Record {
    at: DateTime<Utc>,
    /// The post that was updated, none for a creation.
    post: Option<String>,
    body: Value,
    answer: Answer,
}

/// Answers a write by `act`, unless its key was used before; `post` is the one to be updated.
pub(super) fn once(
    state: &mut State<Quirks>,
    post: Option<&str>,
    write: &Write<'_>,
    act: impl FnOnce(&mut State<Quirks>) -> Answer,
) -> Answer {
    let key = write.call.header(HEADER.as_str()).filter(|key| !key.is_empty());
    let Some(key) = key.filter(|_| state.own.generation == Generation::Current) else {
        return act(state);
    };
    if mem::take(&mut state.own.in_flight_once) {
        return Answer::coded(
            409,
            "IDEMPOTENCY_IN_FLIGHT",
            "A request with this idempotency key is still in flight",
        );
    }
    let slot = (write.user.to_owned(), key.to_owned());
    let known = state.own.kept.0.get(&slot);
    if let Some(record) = known.filter(|record| write.now - record.at < KEPT_FOR) {
        if record.post.as_deref() == post && record.body == write.body {
            return Answer { applied: false, ..record.answer.clone() };
        }
        return Answer::coded(
            422,
            "IDEMPOTENCY_KEY_CONFLICT",
            "Idempotency key was already used with a different request body",
        );
    }
    let answer = act(state);
    let record = Record {
        at: write.now,
        post: post.map(str::to_owned),
        body: write.body.clone(),
        answer: answer.clone(),
    };
    state.own.kept.0.insert(slot, record);
    answer
}
