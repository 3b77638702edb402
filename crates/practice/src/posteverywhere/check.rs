//! Which rules a call to PostEverywhere breaks, whatever the service answers to it.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

use super::fields::{MISNAMED, OLD_TIME, TIME};
use super::list;
use super::routes::{Endpoint, KEY_PREFIX, Route, is_uuid, route};
use super::state::State;
use crate::call::{Body, Call};
use crate::rules;
use crate::violations::{Finding, ViolationKind};

const CREATE: [&str; 8] = [
    "content",
    "account_ids",
    TIME,
    "timezone",
    "media_ids",
    "platform_content",
    "draft",
    "campaign_id",
];
const UPDATE: [&str; 7] =
    ["content", "account_ids", TIME, "timezone", "media_ids", "platform_content", "status"];
const SCHEDULE: [&str; 4] = [TIME, "publish_now", "account_ids", "timezone"];
const RETRY: [&str; 1] = ["account_ids"];

pub(super) fn inspect(state: &mut State, call: &Call, now: DateTime<Utc>) -> Vec<Finding> {
    let mut findings = Vec::new();
    rules::inspect_bearer(call, "PostEverywhere", KEY_PREFIX, &mut findings);
    if state.rate.is_used_up(call.bearer().unwrap_or_default(), now) {
        let sentence = "The rate limit of this minute is used up already.";
        findings.push(Finding::new(ViolationKind::OverRateLimit, sentence));
    }
    let endpoint = match route(&call.method, &call.path) {
        Route::To(endpoint) => endpoint,
        Route::WrongMethod => {
            findings.push(rules::wrong_method(call));
            return findings;
        }
        Route::Unknown => {
            findings.push(rules::unknown_path(call));
            return findings;
        }
    };
    let params: &[&str] = if endpoint == Endpoint::List { &list::PARAMS } else { &[] };
    rules::inspect_query(call, params, list::is_good, &mut findings);
    if let Some(id) = endpoint.post().filter(|id| !is_uuid(id)) {
        let sentence = format!("{id} is not a UUID.");
        findings.push(Finding::new(ViolationKind::MalformedPostId, sentence));
    }
    match endpoint {
        Endpoint::Create => {
            if let Some(body) = inspect_body(call, &CREATE, now, &mut findings)
                && !has_time(body)
                && !is_true(body, "draft")
            {
                let sentence = "Neither scheduled_for nor draft: true: the post goes out at once.";
                findings.push(Finding::new(ViolationKind::PublishesAtOnce, sentence));
            }
        }
        Endpoint::Update(_) => {
            if let Some(body) = inspect_body(call, &UPDATE, now, &mut findings) {
                inspect_update(body, &mut findings);
            }
        }
        Endpoint::Schedule(id) => {
            if let Some(body) = inspect_body(call, &SCHEDULE, now, &mut findings) {
                inspect_schedule(state, id, body, &mut findings);
            }
        }
        Endpoint::Retry(_) if call.body != Body::Empty => {
            inspect_body(call, &RETRY, now, &mut findings);
        }
        _ => {}
    }
    findings
}

/// The rules of every body; answers its fields.
fn inspect_body<'a>(
    call: &'a Call,
    known: &[&str],
    now: DateTime<Utc>,
    findings: &mut Vec<Finding>,
) -> Option<&'a Map<String, Value>> {
    let known: Vec<_> = known.iter().copied().chain([OLD_TIME]).chain(MISNAMED).collect();
    let body = rules::inspect_body(call, &known, findings)?;
    for name in MISNAMED.into_iter().filter(|name| body.contains_key(*name)) {
        let sentence = format!("{name} is refused: media are named by media_ids.");
        findings.push(Finding::new(ViolationKind::MisnamedField, sentence));
    }
    if body.contains_key(OLD_TIME) {
        let sentence = format!("{OLD_TIME} is the old name of {TIME}.");
        findings.push(Finding::new(ViolationKind::DeprecatedField, sentence));
    }
    for time in [TIME, OLD_TIME].into_iter().filter_map(|name| body.get(name)) {
        rules::inspect_time(time, now, findings);
    }
    Some(body)
}

fn inspect_update(body: &Map<String, Value>, findings: &mut Vec<Finding>) {
    if !body.keys().any(|name| UPDATE.contains(&name.as_str()) || name == OLD_TIME) {
        let sentence = "The update names nothing to change.";
        findings.push(Finding::new(ViolationKind::EmptyUpdate, sentence));
    }
    if body.get("status").is_some_and(|status| status == "scheduled") && !has_time(body) {
        let sentence = "The post is to be scheduled, but not said for when.";
        findings.push(Finding::new(ViolationKind::ScheduledWithoutTime, sentence));
    }
}

fn inspect_schedule(
    state: &mut State,
    id: &str,
    body: &Map<String, Value>,
    findings: &mut Vec<Finding>,
) {
    if is_true(body, "publish_now") {
        let expected = state.publish_now_expected.iter().position(|expected| expected == id);
        if let Some(expected) = expected {
            state.publish_now_expected.remove(expected);
        } else {
            let sentence = "publish_now publishes at once, which no test expects.";
            findings.push(Finding::new(ViolationKind::PublishesAtOnce, sentence));
        }
    } else if !has_time(body) {
        let sentence = "The draft is to be scheduled, but not said for when.";
        findings.push(Finding::new(ViolationKind::ScheduledWithoutTime, sentence));
    }
}

fn has_time(body: &Map<String, Value>) -> bool {
    [TIME, OLD_TIME].iter().any(|name| body.get(*name).is_some_and(|time| !time.is_null()))
}

fn is_true(body: &Map<String, Value>, name: &str) -> bool {
    body.get(name) == Some(&Value::Bool(true))
}
