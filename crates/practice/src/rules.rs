//! The rules that hold at every service: the key, the body and the time of a request.

use axum::http::HeaderName;
use axum::http::header::AUTHORIZATION;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Map, Value};

use crate::call::{Body, Call};
use crate::time;
use crate::violations::{Finding, ViolationKind};

/// "Schedule at least 2 minutes ahead", less a second for the journey.
const LEAD: TimeDelta = TimeDelta::seconds(119);

/// Headers in which one service or another expects a key, or is thought to.
const KEY_HEADERS: [&str; 5] =
    ["authorization", "x-api-key", "x-publora-key", "api-key", "x-postpost-key"];

/// The key has to be in the header `right`, and in none of another service.
pub(crate) fn inspect_key(
    call: &Call,
    service: &str,
    right: &HeaderName,
    findings: &mut Vec<Finding>,
) {
    if call.header(right.as_str()).is_none_or(str::is_empty) {
        let sentence = format!("There is no key in {right}.");
        findings.push(Finding::new(ViolationKind::MissingKey, sentence));
    }
    let wrong = KEY_HEADERS.into_iter().filter(|name| *name != right.as_str());
    for wrong in wrong.filter(|name| call.headers.contains_key(*name)) {
        let sentence = format!("{wrong} is not a header of {service}: the key goes to {right}.");
        findings.push(Finding::new(ViolationKind::KeyInWrongHeader, sentence));
    }
}

/// The same for a key that is a bearer's, and begins with `prefix`.
pub(crate) fn inspect_bearer(
    call: &Call,
    service: &str,
    prefix: &str,
    findings: &mut Vec<Finding>,
) {
    inspect_key(call, service, &AUTHORIZATION, findings);
    let is_sent = call.header(AUTHORIZATION.as_str()).is_some_and(|value| !value.is_empty());
    if is_sent && !call.bearer().is_some_and(|key| key.starts_with(prefix)) {
        let sentence =
            format!("The authorization is not Bearer and a key that begins with {prefix}.");
        findings.push(Finding::new(ViolationKind::MalformedKey, sentence));
    }
}

/// An endpoint has to be called by a method of its own.
pub(crate) fn wrong_method(call: &Call) -> Finding {
    let sentence = format!("{} is not a method of {}.", call.method, call.path);
    Finding::new(ViolationKind::WrongMethod, sentence)
}

/// A path has to be an endpoint.
pub(crate) fn unknown_path(call: &Call) -> Finding {
    let sentence = format!("{} is no endpoint spoken here.", call.path);
    Finding::new(ViolationKind::UnknownPath, sentence)
}

/// The body has to be declared and be a JSON object of the fields `known`; answers its fields.
pub(crate) fn inspect_body<'a>(
    call: &'a Call,
    known: &[&str],
    findings: &mut Vec<Finding>,
) -> Option<&'a Map<String, Value>> {
    if !call.is_declared_json() {
        let sentence = format!("{} without Content-Type: application/json.", call.method);
        findings.push(Finding::new(ViolationKind::WrongContentType, sentence));
    }
    let Body::Json(Value::Object(body)) = &call.body else {
        let (kind, sentence) = match call.body {
            Body::Empty if matches!(call.method.as_str(), "PUT" | "PATCH") => {
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
    Some(body)
}

/// A time has to be well-formed, in UTC, and a lead ahead.
pub(crate) fn inspect_time(value: &Value, now: DateTime<Utc>, findings: &mut Vec<Finding>) {
    let text = value.as_str().unwrap_or_default();
    let Some(at) = time::parse(text) else {
        let sentence = format!("{value} is not a time in ISO 8601 with seconds and an offset.");
        findings.push(Finding::new(ViolationKind::MalformedTime, sentence));
        return;
    };
    if !text.ends_with('Z') && !text.ends_with("+00:00") {
        let sentence = format!("{text} is not in UTC.");
        findings.push(Finding::new(ViolationKind::OffsetNotUtc, sentence));
    }
    let ahead = at - now;
    if ahead <= TimeDelta::zero() {
        let sentence = format!("{text} has passed: it is {}.", time::text(now));
        findings.push(Finding::new(ViolationKind::PastTime, sentence));
    } else if ahead < LEAD {
        let sentence = format!("{text} is only {} s ahead.", ahead.num_seconds());
        findings.push(Finding::new(ViolationKind::LateTime, sentence));
    }
}

/// Each query parameter has to be one of `known`, and its value one that `is_good` accepts.
pub(crate) fn inspect_query(
    call: &Call,
    known: &[&str],
    is_good: impl Fn(&str, &str) -> bool,
    findings: &mut Vec<Finding>,
) {
    for (name, value) in &call.query {
        if !known.contains(&name.as_str()) {
            let sentence = format!("{name} is not a query parameter of this endpoint.");
            findings.push(Finding::new(ViolationKind::UnknownQueryParam, sentence));
        } else if !is_good(name, value) {
            let sentence = format!("{name} cannot be {value:?}.");
            findings.push(Finding::new(ViolationKind::BadQueryValue, sentence));
        }
    }
}
