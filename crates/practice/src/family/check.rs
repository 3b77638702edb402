//! Which rules a call to a service of the family breaks, whatever the service answers to it.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

use super::list;
use super::routes::{Endpoint, Route, is_object_id, route};
use super::vendor::Vendor;
use super::write::is_absent;
use crate::call::Call;
use crate::rules;
use crate::violations::{Finding, ViolationKind};

pub(crate) fn inspect<V: Vendor>(call: &Call, now: DateTime<Utc>) -> Vec<Finding> {
    let mut findings = Vec::new();
    rules::inspect_key(call, V::NAME, &V::KEY_HEADER, &mut findings);
    let endpoint = match route(V::BASE, &call.method, &call.path) {
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
    let params: &[&str] = if endpoint == Endpoint::ListPosts { &list::PARAMS } else { &[] };
    rules::inspect_query(call, params, list::is_good, &mut findings);
    match endpoint {
        Endpoint::GetPost(id) | Endpoint::UpdatePost(id) | Endpoint::DeletePost(id)
            if !is_object_id(id) =>
        {
            let sentence = format!("{id} is not an id of 24 hexadecimal digits.");
            findings.push(Finding::new(ViolationKind::MalformedPostId, sentence));
        }
        _ => {}
    }
    match endpoint {
        Endpoint::CreatePost => {
            if let Some(body) = rules::inspect_body(call, V::CREATE_FIELDS, &mut findings) {
                inspect_time(body, now, &mut findings);
            }
        }
        Endpoint::UpdatePost(_) => {
            if let Some(body) = rules::inspect_body(call, V::UPDATE_FIELDS, &mut findings) {
                inspect_time(body, now, &mut findings);
                inspect_update(body, V::UPDATE_FIELDS, &mut findings);
            }
        }
        _ => {}
    }
    findings.extend(V::inspect(call, endpoint));
    findings
}

fn inspect_time(body: &Map<String, Value>, now: DateTime<Utc>, findings: &mut Vec<Finding>) {
    if let Some(time) = body.get("scheduledTime") {
        rules::inspect_time(time, now, findings);
    }
}

fn inspect_update(body: &Map<String, Value>, fields: &[&str], findings: &mut Vec<Finding>) {
    let is_absent = |name: &str| is_absent(name, body.get(name));
    if fields.iter().all(|name| is_absent(name)) {
        let sentence = format!("The update names none of {}.", fields.join(", "));
        findings.push(Finding::new(ViolationKind::EmptyUpdate, sentence));
    }
    if body.get("status").is_some_and(|status| status == "scheduled") && is_absent("scheduledTime")
    {
        let sentence = "The post is to be scheduled, but not said for when.";
        findings.push(Finding::new(ViolationKind::ScheduledWithoutTime, sentence));
    }
}
