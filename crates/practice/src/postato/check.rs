//! Which rules a call to Postato breaks, whatever the service answers to it.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

use super::ids;
use super::list;
use super::routes::{Endpoint, IDEMPOTENCY_KEY, Route, route};
use super::state::State;
use crate::call::{Body, Call};
use crate::rules;
use crate::violations::{Finding, ViolationKind};

/// What every key begins with.
const KEY_PREFIX: &str = "smcp_";
const CREATED: [&str; 8] =
    ["platform", "accountId", "status", "postType", "content", "media", "options", "scheduledAt"];
const EDITABLE: [&str; 4] = ["content", "media", "scheduledAt", "status"];
/// "Scheduled Posts" recommends `idempotencyKey` for an update, too; nothing honours it there.
const UPDATED: [&str; 5] = ["content", "media", "scheduledAt", "status", "idempotencyKey"];

pub(super) fn inspect(state: &mut State, call: &Call, now: DateTime<Utc>) -> Vec<Finding> {
    let mut findings = Vec::new();
    rules::inspect_bearer(call, "Postato", KEY_PREFIX, &mut findings);
    let endpoint = match route(&call.method, &call.path) {
        Route::Within(_, endpoint) => Some(endpoint),
        Route::ListWorkspaces => None,
        Route::NoWorkspace => {
            let sentence = format!("{} does not say of which workspace.", call.path);
            findings.push(Finding::new(ViolationKind::MissingWorkspace, sentence));
            return findings;
        }
        Route::WrongMethod => {
            findings.push(rules::wrong_method(call));
            return findings;
        }
        Route::Unknown => {
            findings.push(rules::unknown_path(call));
            return findings;
        }
    };
    let params: &[&str] = match endpoint {
        Some(Endpoint::ListPosts) => &list::PARAMS,
        Some(Endpoint::ListAccounts) => &["platform"],
        _ => &[],
    };
    rules::inspect_query(call, params, list::is_good, &mut findings);
    match endpoint {
        Some(Endpoint::GetPost(id) | Endpoint::UpdatePost(id) | Endpoint::DeletePost(id))
            if !ids::is_id(id, ids::POST) =>
        {
            let sentence = format!("{id} is not a ULID, with or without {}.", ids::POST);
            findings.push(Finding::new(ViolationKind::MalformedPostId, sentence));
        }
        _ => {}
    }
    inspect_idempotency(state, endpoint, call, &mut findings);
    match endpoint {
        Some(Endpoint::CreatePost) => {
            if let Some(body) = rules::inspect_body(call, &CREATED, &mut findings) {
                inspect_schedule(body, now, &mut findings);
                inspect_finality(state, body, &mut findings);
            }
        }
        Some(Endpoint::UpdatePost(_)) => {
            if let Some(body) = rules::inspect_body(call, &UPDATED, &mut findings) {
                inspect_schedule(body, now, &mut findings);
                inspect_finality(state, body, &mut findings);
                if !EDITABLE.iter().any(|name| body.contains_key(*name)) {
                    let sentence = "The update names nothing that could be updated.";
                    findings.push(Finding::new(ViolationKind::EmptyUpdate, sentence));
                }
            }
        }
        _ => {}
    }
    findings
}

fn inspect_idempotency(
    state: &State,
    endpoint: Option<Endpoint<'_>>,
    call: &Call,
    findings: &mut Vec<Finding>,
) {
    let key = call.header(IDEMPOTENCY_KEY).filter(|key| !key.is_empty());
    match (endpoint, key) {
        (Some(Endpoint::CreatePost), None) => {
            let sentence = "The creation has no idempotency key, so that it can't be repeated.";
            findings.push(Finding::new(ViolationKind::MissingIdempotencyKey, sentence));
        }
        (Some(Endpoint::CreatePost), Some(key)) => {
            let is_other = |body: &Value| !matches!(&call.body, Body::Json(sent) if sent == body);
            if state.created.get(key).is_some_and(|created| is_other(&created.body)) {
                let sentence = "The idempotency key has created a post from another body.";
                findings.push(Finding::new(ViolationKind::IdempotencyKeyReused, sentence));
            }
        }
        (_, Some(_)) => {
            let sentence = format!("{} does not honour an idempotency key.", call.method);
            findings.push(Finding::new(ViolationKind::IdempotencyKeyInVain, sentence));
        }
        (_, None) => {}
    }
}

fn inspect_schedule(body: &Map<String, Value>, now: DateTime<Utc>, findings: &mut Vec<Finding>) {
    if let Some(time) = body.get("scheduledAt") {
        rules::inspect_time(time, now, findings);
    } else if body.get("status").is_some_and(|status| status == "scheduled") {
        let sentence = "The post is to be scheduled, but not said for when.";
        findings.push(Finding::new(ViolationKind::ScheduledWithoutTime, sentence));
    }
}

/// What can't be taken back has to be expected.
fn inspect_finality(state: &mut State, body: &Map<String, Value>, findings: &mut Vec<Finding>) {
    match body.get("status").and_then(Value::as_str) {
        Some("publish") if !take_one(&mut state.publications_expected) => {
            let sentence = "The post is published at once, which no test expects.";
            findings.push(Finding::new(ViolationKind::PublishesAtOnce, sentence));
        }
        Some("cancelled") if !take_one(&mut state.cancellations_expected) => {
            let sentence = "The post is cancelled for good, which no test expects.";
            findings.push(Finding::new(ViolationKind::UnexpectedCancellation, sentence));
        }
        _ => {}
    }
}

/// Whether one more was expected; then one fewer is.
fn take_one(expected: &mut u32) -> bool {
    let is_expected = *expected > 0;
    *expected = expected.saturating_sub(1);
    is_expected
}
