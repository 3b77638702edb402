//! Which rules a call to PostPost breaks, whatever the service answers to it.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

use super::list;
use super::routes::{Endpoint, KEY_HEADER, Route, is_post_id, route};
use super::write::is_falsy;
use crate::call::Call;
use crate::rules;
use crate::violations::{Finding, ViolationKind};

pub(crate) fn inspect(call: &Call, now: DateTime<Utc>) -> Vec<Finding> {
    let mut findings = Vec::new();
    rules::inspect_key(call, "PostPost", &KEY_HEADER, &mut findings);
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
    let params: &[&str] = if endpoint == Endpoint::ListPosts { &list::PARAMS } else { &[] };
    rules::inspect_query(call, params, list::is_good, &mut findings);
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
            if let Some(body) = rules::inspect_body(call, &known, &mut findings) {
                inspect_time(body, now, &mut findings);
            }
        }
        Endpoint::UpdatePost(_) => {
            let known = ["status", "scheduledTime"];
            if let Some(body) = rules::inspect_body(call, &known, &mut findings) {
                inspect_time(body, now, &mut findings);
                inspect_update(body, &mut findings);
            }
        }
        _ => {}
    }
    findings
}

fn inspect_time(body: &Map<String, Value>, now: DateTime<Utc>, findings: &mut Vec<Finding>) {
    if let Some(time) = body.get("scheduledTime") {
        rules::inspect_time(time, now, findings);
    }
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
