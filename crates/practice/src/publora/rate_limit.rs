//! The second generation's rate limit: so many requests a minute by plan, said in every answer.

use chrono::{DateTime, Utc};
use serde_json::json;

use crate::answer::Answer;
use crate::family::Plan;
use crate::rates::{self, Rates};

/// How many requests a plan allows.
pub(super) fn of(plan: Plan) -> u64 {
    match plan {
        Plan::Starter => 30,
        Plan::Pro => 60,
        Plan::Premium => 120,
    }
}

/// Counts a request, and refuses it if it is one too many.
pub(super) fn admit(
    rates: &mut Rates,
    key: &str,
    plan: Plan,
    now: DateTime<Utc>,
) -> Result<(), Answer> {
    rates.count(key, now);
    if rates.used(key, now) > of(plan) { Err(too_many(rates.wait(key, now))) } else { Ok(()) }
}

/// A refusal on order, with the headers of a Pro plan.
pub(super) fn refusal(retry_after_secs: u64, now: DateTime<Utc>) -> Answer {
    let headers = rates::used_up(of(Plan::Pro), retry_after_secs, now);
    Answer { headers, ..too_many(retry_after_secs) }
}

fn too_many(retry_after_secs: u64) -> Answer {
    let body = json!({
        "success": false,
        "error": "Rate limit exceeded",
        "retryAfter": retry_after_secs,
    });
    Answer::refused(429, body)
}
