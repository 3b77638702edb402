//! The second generation's rate limit: so many requests a minute by plan, said in every answer.

use std::collections::BTreeMap;

use axum::http::HeaderName;
use chrono::{DateTime, Utc};
use serde_json::json;

use crate::answer::Answer;
use crate::family::Plan;

const LIMIT: HeaderName = HeaderName::from_static("x-ratelimit-limit");
const REMAINING: HeaderName = HeaderName::from_static("x-ratelimit-remaining");
const RESET: HeaderName = HeaderName::from_static("x-ratelimit-reset");

/// How many requests each key has sent in the minute that it sent its last one in.
#[derive(Clone, Debug, Default)]
pub(super) struct Rates(BTreeMap<String, (i64, u64)>);

impl Rates {
    /// Counts a request, unless there were as many as the plan allows.
    pub fn count(&mut self, key: &str, plan: Plan, now: DateTime<Utc>) -> Result<(), Answer> {
        let used = self.used(key, now);
        if used >= limit(plan) {
            return Err(too_many(seconds_to_next_minute(now)));
        }
        self.0.insert(key.to_owned(), (minute(now), used + 1));
        Ok(())
    }

    /// What an answer says of them.
    pub fn headers(&self, key: &str, plan: Plan, now: DateTime<Utc>) -> Vec<(HeaderName, String)> {
        let remaining = limit(plan).saturating_sub(self.used(key, now));
        headers(limit(plan), remaining, (minute(now) + 1) * 60)
    }

    fn used(&self, key: &str, now: DateTime<Utc>) -> u64 {
        self.0.get(key).filter(|(at, _)| *at == minute(now)).map_or(0, |(_, used)| *used)
    }
}

/// A refusal on order, with the headers of a Pro plan.
pub(super) fn refusal(retry_after_secs: u64, now: DateTime<Utc>) -> Answer {
    let reset = now.timestamp().saturating_add_unsigned(retry_after_secs);
    Answer { headers: headers(limit(Plan::Pro), 0, reset), ..too_many(retry_after_secs) }
}

fn too_many(retry_after_secs: u64) -> Answer {
    let body = json!({
        "success": false,
        "error": "Rate limit exceeded",
        "retryAfter": retry_after_secs,
    });
    Answer::refused(429, body)
}

fn headers(limit: u64, remaining: u64, reset: i64) -> Vec<(HeaderName, String)> {
    vec![(LIMIT, limit.to_string()), (REMAINING, remaining.to_string()), (RESET, reset.to_string())]
}

fn limit(plan: Plan) -> u64 {
    match plan {
        Plan::Starter => 30,
        Plan::Pro => 60,
        Plan::Premium => 120,
    }
}

fn minute(now: DateTime<Utc>) -> i64 {
    now.timestamp().div_euclid(60)
}

fn seconds_to_next_minute(now: DateTime<Utc>) -> u64 {
    60 - now.timestamp().rem_euclid(60).unsigned_abs()
}
