//! What an answer of PostEverywhere without success means. Pure.

use http::{Response, StatusCode};
use rundown_core::service::{PlanLimit, ServiceError};
use serde_json::Value;
use url::Url;

use super::NAME;
use crate::answer;
use crate::wording::not_done;

/// So many of a refusal's details are shown.
const DETAILS: usize = 3;

/// Refusals of a PATCH that `…/schedule` must not be asked after: it would be asked for the same
/// that was refused, and a time that is past may publish there.
const FINAL_CODES: [&str; 5] = [
    "post_already_published",
    "past_schedule_time",
    "permanent_failure_circuit_breaker",
    "content_too_long",
    "invalid_json",
];
/// Words by which a refusal without one of these codes is over the time or a publication.
const FINAL_WORDS: [&str; 7] =
    ["past", "future", "ahead", "minute", "minutes", "published", "publishing"];

/// What an answer without success means, `asked` being the address that was asked.
pub fn failure(response: &Response<Vec<u8>>, asked: &Url) -> ServiceError {
    let body = body(response);
    match answer::failure(response, asked) {
        ServiceError::NotFound { sentence } if !says_not_found(&body) => {
            ServiceError::Refused { status: StatusCode::NOT_FOUND.as_u16(), sentence }
        }
        ServiceError::Refused { status: status @ (402 | 403), sentence } => {
            match plan_limit(&body, &sentence) {
                Some(limit) => ServiceError::PlanLimit(limit),
                None => ServiceError::Refused { status, sentence },
            }
        }
        ServiceError::Refused { status, sentence } => {
            ServiceError::Refused { status, sentence: with_details(sentence, &body) }
        }
        other => other,
    }
}

/// The refusal in the envelope of a 2xx, if it is one.
pub fn refused_within(status: StatusCode, body: &Value) -> Option<ServiceError> {
    if !body.get("data")?.is_null() || body["error"].is_null() {
        return None;
    }
    let sentence = with_details(not_done(NAME, body), body);
    Some(ServiceError::Refused { status: status.as_u16(), sentence })
}

/// Whether a refused PATCH may have been refused for its way of scheduling a draft, so that
/// `…/schedule` is the way: the API's own word, and not over the time, the text or a publication.
pub fn leaves_scheduling_to_post(response: &Response<Vec<u8>>) -> bool {
    if !matches!(response.status().as_u16(), 400 | 409 | 422) {
        return false;
    }
    let body = body(response);
    let Some(sentence) = answer::sentence(&body) else { return false };
    let sentence = with_details(sentence, &body).to_ascii_lowercase();
    let mut words = sentence.split(|c: char| !c.is_ascii_alphanumeric());
    !code(&body).is_some_and(|code| FINAL_CODES.contains(&code))
        && !words.any(|word| FINAL_WORDS.contains(&word))
}

/// Whether a refusal says that the post went out already.
pub fn says_published(response: &Response<Vec<u8>>) -> bool {
    code(&body(response)) == Some("post_already_published")
}

/// A gateway or another server answers 404 too; the envelope has `data` beside the error.
fn says_not_found(body: &Value) -> bool {
    match code(body) {
        Some(code) => code == "not_found",
        None => body.get("data").is_some() && !body["error"].is_null(),
    }
}

/// The plan's limit that a 402 or 403 is about, if it is about one: no document shows its shape, so
/// a code that names a limit or a quota counts, or numbers.
fn plan_limit(body: &Value, sentence: &str) -> Option<PlanLimit> {
    let error = &body["error"];
    let told = |name: &str| {
        [&error["details"][name], &error[name]].into_iter().find(|value| !value.is_null())
    };
    let number = |name| told(name)?.as_i64();
    let text = |name| Some(answer::plain(told(name)?.as_str()?)).filter(|text| !text.is_empty());
    let limit = PlanLimit {
        sentence: sentence.to_owned(),
        code: code(body).map(answer::plain),
        metric: text("metric"),
        limit: number("limit"),
        used: number("used"),
        remaining: number("remaining"),
        horizon: None,
        plan: text("plan"),
    };
    let is_named = code(body).is_some_and(|code| {
        code.split('_').any(|word| matches!(word, "limit" | "limits" | "quota"))
            && !code.starts_with("rate_")
    });
    let has_numbers = limit.limit.or(limit.used).or(limit.remaining).is_some();
    (is_named || has_numbers).then_some(limit)
}

/// A sentence such as “Validation failed.” together with what failed.
fn with_details(sentence: String, body: &Value) -> String {
    let details = &body["error"]["details"];
    let told = details["validation_errors"].as_array().or_else(|| details.as_array());
    let told: Vec<_> = told
        .into_iter()
        .flatten()
        .filter_map(|detail| detail.as_str().or_else(|| detail["message"].as_str()))
        .map(answer::plain)
        .filter(|text| !text.is_empty())
        .take(DETAILS)
        .collect();
    if told.is_empty() {
        return sentence;
    }
    format!("{}: {}", sentence.trim_end_matches(['.', ':']), told.join("; "))
}

fn code(body: &Value) -> Option<&str> {
    body["error"]["code"].as_str()
}

fn body(response: &Response<Vec<u8>>) -> Value {
    serde_json::from_slice(response.body()).unwrap_or(Value::Null)
}
