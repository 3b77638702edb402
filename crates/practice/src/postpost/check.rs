//! Which rules a call to PostPost breaks, whatever the service answers to it.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Map, Value};

use super::list;
use super::routes::{Endpoint, KEY_HEADER, Route, is_post_id, route};
use super::state::PostStatus;
use super::wire;
use super::write::is_falsy;
use crate::call::{Body, Call};
use crate::violations::{Finding, ViolationKind};

/// "Schedule at least 2 minutes ahead", less a second for the journey.
const LEAD: TimeDelta = TimeDelta::seconds(119);

/// Headers in which other services expect a key.
const WRONG_KEY_HEADERS: [&str; 4] =
    ["authorization", "x-publora-key", "api-key", "x-postpost-key"];

pub(crate) fn inspect(call: &Call, now: DateTime<Utc>) -> Vec<Finding> {
    let mut findings = Vec::new();
    inspect_key(call, &mut findings);
    let endpoint = match route(&call.method, &call.path) {
        Route::To(endpoint) => endpoint,
        Route::WrongMethod => {
            let sentence = format!("{} is not the method of {}.", call.method, call.path);
            findings.push(Finding::new(ViolationKind::WrongMethod, sentence));
            return findings;
        }
        Route::Unknown => {
            let sentence = format!("{} is no endpoint spoken here.", call.path);
            findings.push(Finding::new(ViolationKind::UnknownPath, sentence));
            return findings;
        }
    };
    inspect_query(call, endpoint, &mut findings);
    match endpoint {
        Endpoint::GetPost(id) | Endpoint::UpdatePost(id) | Endpoint::DeletePost(id)
            if !is_post_id(id) =>
        {
            let sentence = format!("{id} is not an id of 24 hexadecimal digits.");
            findings.push(Finding::new(ViolationKind::MalformedPostId, sentence));
        }
        _ => {}
    }
    match endpoint {
        Endpoint::CreatePost => {
            let known = ["content", "platforms", "scheduledTime", "platformSettings"];
            inspect_body(call, &known, now, &mut findings);
        }
        Endpoint::UpdatePost(_) => {
            let known = ["status", "scheduledTime"];
            if let Some(body) = inspect_body(call, &known, now, &mut findings) {
                inspect_update(body, &mut findings);
            }
        }
        _ => {}
    }
    findings
}

fn inspect_key(call: &Call, findings: &mut Vec<Finding>) {
    if call.header(KEY_HEADER).is_none_or(str::is_empty) {
        let sentence = format!("There is no key in {KEY_HEADER}.");
        findings.push(Finding::new(ViolationKind::MissingKey, sentence));
    }
    for wrong in WRONG_KEY_HEADERS.into_iter().filter(|name| call.headers.contains_key(*name)) {
        let sentence =
            format!("{wrong} is not a header of PostPost: the key goes to {KEY_HEADER}.");
        findings.push(Finding::new(ViolationKind::KeyInWrongHeader, sentence));
    }
}

fn inspect_query(call: &Call, endpoint: Endpoint<'_>, findings: &mut Vec<Finding>) {
    let known: &[&str] = if endpoint == Endpoint::ListPosts { &list::PARAMS } else { &[] };
    for (name, value) in &call.query {
        if !known.contains(&name.as_str()) {
            let sentence = format!("{name} is not a query parameter of this endpoint.");
            findings.push(Finding::new(ViolationKind::UnknownQueryParam, sentence));
            continue;
        }
        let number = || value.parse::<u64>().ok();
        let good = match name.as_str() {
            "page" => number().is_some_and(|page| page >= 1),
            "limit" => number().is_some_and(|limit| (1..=100).contains(&limit)),
            "status" => PostStatus::parse(value).is_some(),
            "sortBy" => ["createdAt", "scheduledTime", "updatedAt"].contains(&value.as_str()),
            "sortOrder" => ["asc", "desc"].contains(&value.as_str()),
            "fromDate" | "toDate" => wire::parse_date(value).is_some(),
            _ => !value.is_empty(),
        };
        if !good {
            let sentence = format!("{name} cannot be {value:?}.");
            findings.push(Finding::new(ViolationKind::BadQueryValue, sentence));
        }
    }
}

/// Looks at what create and update have in common; answers the fields for more.
fn inspect_body<'a>(
    call: &'a Call,
    known: &[&str],
    now: DateTime<Utc>,
    findings: &mut Vec<Finding>,
) -> Option<&'a Map<String, Value>> {
    if !call.is_declared_json() {
        let sentence = format!("{} without Content-Type: application/json.", call.method);
        findings.push(Finding::new(ViolationKind::WrongContentType, sentence));
    }
    let Body::Json(Value::Object(body)) = &call.body else {
        let (kind, sentence) = match call.body {
            Body::Empty if call.method == "PUT" => {
                (ViolationKind::EmptyUpdate, "The update has no body.")
            }
            _ => (ViolationKind::MalformedBody, "The body is not a JSON object."),
        };
        findings.push(Finding::new(kind, sentence));
        return None;
    };
    for name in body.keys().filter(|name| !known.contains(&name.as_str())) {
        let sentence = format!("{name} is not a field of this endpoint.");
        findings.push(Finding::new(ViolationKind::UnknownField, sentence));
    }
    if let Some(time) = body.get("scheduledTime") {
        inspect_time(time, now, findings);
    }
    Some(body)
}

fn inspect_update(body: &Map<String, Value>, findings: &mut Vec<Finding>) {
    let is_absent = |name: &str| body.get(name).is_none_or(is_falsy);
    if is_absent("status") && is_absent("scheduledTime") {
        let sentence = "The update names neither a status nor a time.";
        findings.push(Finding::new(ViolationKind::EmptyUpdate, sentence));
    }
    if body.get("status").is_some_and(|status| status == "scheduled") && is_absent("scheduledTime")
    {
        let sentence = "The post is to be scheduled, but not said for when.";
        findings.push(Finding::new(ViolationKind::ScheduledWithoutTime, sentence));
    }
}

fn inspect_time(value: &Value, now: DateTime<Utc>, findings: &mut Vec<Finding>) {
    let text = value.as_str().unwrap_or_default();
    let Some(time) = wire::parse_time(text) else {
        let sentence = format!("{value} is not a time in ISO 8601 with seconds and an offset.");
        findings.push(Finding::new(ViolationKind::MalformedTime, sentence));
        return;
    };
    if !text.ends_with('Z') && !text.ends_with("+00:00") {
        let sentence = format!("{text} is not in UTC.");
        findings.push(Finding::new(ViolationKind::OffsetNotUtc, sentence));
    }
    let ahead = time - now;
    if ahead <= TimeDelta::zero() {
        let sentence = format!("{text} has passed: it is {}.", wire::time(now));
        findings.push(Finding::new(ViolationKind::PastTime, sentence));
    } else if ahead < LEAD {
        let sentence = format!("{text} is only {} s ahead.", ahead.num_seconds());
        findings.push(Finding::new(ViolationKind::LateTime, sentence));
    }
}
