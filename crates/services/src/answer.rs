//! What every adapter needs to read an answer: errors in any dress, HTML, clocks and waits.

use std::time::Duration;

use chrono::{DateTime, Datelike, NaiveDateTime, SecondsFormat, TimeDelta, Utc};
use http::header::{CONTENT_TYPE, DATE, LOCATION, RETRY_AFTER};
use http::{HeaderName, Response, StatusCode};
use rundown_core::service::{Allowance, Answer, Heard, Reading, ServiceError};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use url::Url;

/// A sentence on screen is not longer than this, in characters.
const SENTENCE: usize = 300;

/// Nobody plans with a longer wait; it also keeps sums of times in range.
const LONGEST_WAIT: Duration = Duration::from_secs(24 * 60 * 60);

/// What came with an answer: the service's clock, and what is left of its limit of requests.
pub fn heard(response: &Response<Vec<u8>>) -> Heard {
    Heard { date: date(response), allowance: allowance(response) }
}

/// `X-RateLimit-Remaining` and `-Reset`, the latter in seconds since 1970 (PostEverywhere, and the
/// second generation of Publora's documents); a small number is taken for seconds from now.
fn allowance(response: &Response<Vec<u8>>) -> Option<Allowance> {
    const FIRST_EPOCH: i64 = 1_000_000_000;
    let number = |name| header(response, HeaderName::from_static(name))?.trim().parse::<i64>().ok();
    let remaining = u32::try_from(number("x-ratelimit-remaining")?).ok()?;
    let reset = number("x-ratelimit-reset")?;
    let renewed_at = if reset >= FIRST_EPOCH {
        DateTime::from_timestamp_secs(reset)?
    } else {
        date(response)?.checked_add_signed(TimeDelta::try_seconds(reset)?)?
    };
    Some(Allowance { remaining, renewed_at })
}

/// The service's clock (`Date`).
fn date(response: &Response<Vec<u8>>) -> Option<DateTime<Utc>> {
    http_date(header(response, DATE)?)
}

/// What reading a post comes to that its service denies.
pub fn gone() -> Answer<Reading> {
    Answer { value: Reading::Gone, heard: Heard::default() }
}

/// The JSON of a 2xx.
pub fn json(response: &Response<Vec<u8>>) -> Result<Value, ServiceError> {
    serde_json::from_slice(response.body()).map_err(|_| {
        let reason = if is_html(response) {
            format!("it is {}", page(response))
        } else if response.body().is_empty() {
            "it is empty".to_owned()
        } else {
            "it is not JSON".to_owned()
        };
        ServiceError::Unreadable { reason }
    })
}

/// A value as the shape it should have; what does not fit counts as missing.
pub fn shape<T: DeserializeOwned + Default>(value: Value) -> T {
    T::deserialize(value).unwrap_or_default()
}

/// For `deserialize_with`: a field of another kind than it should be counts as missing.
pub fn lenient<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    let value = Value::deserialize(deserializer)?;
    Ok(T::deserialize(value).ok())
}

/// RFC 3339 with any offset; without one it is UTC, in which every service works. A year that RFC 3339
/// cannot write is no time: sums with it could leave the calendar.
pub fn time(text: &str) -> Option<DateTime<Utc>> {
    let time = match DateTime::parse_from_rfc3339(text) {
        Ok(time) => time.to_utc(),
        Err(_) => NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f").ok()?.and_utc(),
    };
    (0..=9999).contains(&time.year()).then_some(time)
}

/// `2026-03-15T14:00:00.000Z`
pub fn stamp(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// What an answer without success means, `asked` being the address that was asked.
///
/// A 403 is a refusal here; a service with plan limits looks for them first. A 404 means that the
/// thing asked for does not exist only if the API itself says so, in JSON: a wrong address or a
/// gateway answers 404 too, and must not make posts vanish.
pub fn failure(response: &Response<Vec<u8>>, asked: &Url) -> ServiceError {
    let status = response.status();
    let body = serde_json::from_slice(response.body()).unwrap_or(Value::Null);
    let sentence = sentence(&body).unwrap_or_else(|| stand_in(response));
    match status {
        StatusCode::UNAUTHORIZED => ServiceError::KeyRefused { sentence },
        StatusCode::NOT_FOUND if body.is_object() => ServiceError::NotFound { sentence },
        StatusCode::TOO_MANY_REQUESTS => {
            ServiceError::RateLimited { retry_after: retry_after(response, &body), sentence }
        }
        _ if status.is_redirection() => {
            ServiceError::Refused { status: status.as_u16(), sentence: redirected(response, asked) }
        }
        // The server gave up waiting for the request, or a gateway did on its behalf.
        StatusCode::REQUEST_TIMEOUT => {
            ServiceError::ServerTrouble { status: status.as_u16(), sentence }
        }
        _ if status.is_server_error() => {
            ServiceError::ServerTrouble { status: status.as_u16(), sentence }
        }
        _ => ServiceError::Refused { status: status.as_u16(), sentence },
    }
}

/// The sentence in an error body: `error` as text or as an object, or `message`. A bare code such
/// as `LimitExceededError` gives way to a `message` beside it.
pub fn sentence(body: &Value) -> Option<String> {
    let error = &body["error"];
    let told = [error, &error["message"], &body["message"]];
    let told = || told.iter().filter_map(|value| value.as_str()).map(plain);
    let is_sentence = |text: &String| text.contains(' ');
    told().find(is_sentence).or_else(|| told().find(|text| !text.is_empty()))
}

/// Text of others made fit to show: one line, no control or direction characters, not too long.
pub fn plain(text: &str) -> String {
    let visible: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .filter(|c| !matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
        .collect();
    let line = visible.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(SENTENCE) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

/// A sentence of ours for an error that came without one.
fn stand_in(response: &Response<Vec<u8>>) -> String {
    if is_html(response) {
        return format!("The server sent {}.", page(response));
    }
    let status = response.status();
    match status.canonical_reason() {
        Some(reason) => format!("The server answered {} {reason}.", status.as_u16()),
        None => format!("The server answered {}.", status.as_u16()),
    }
}

fn is_html(response: &Response<Vec<u8>>) -> bool {
    header(response, CONTENT_TYPE).is_some_and(|kind| kind.starts_with("text/html"))
        || response.body().trim_ascii_start().starts_with(b"<")
}

/// A web page in a few words, by its title.
fn page(response: &Response<Vec<u8>>) -> String {
    let text = String::from_utf8_lossy(response.body());
    let lower = text.to_ascii_lowercase();
    let title = lower.find("<title").and_then(|open| {
        let start = open + lower[open..].find('>')? + 1;
        let end = start + lower[start..].find('<')?;
        Some(plain(&text[start..end]))
    });
    match title.filter(|title| !title.is_empty()) {
        Some(title) => format!("a web page, “{title}”"),
        None => "a web page".to_owned(),
    }
}

fn redirected(response: &Response<Vec<u8>>, asked: &Url) -> String {
    let target = header(response, LOCATION).and_then(|location| asked.join(location).ok());
    let here = asked.host_str().unwrap_or_default();
    match target.as_ref().and_then(Url::host_str) {
        Some(there) if there != here => format!(
            "{here} sends requests on to {there}. Rundown did not follow, so that the key stays with \
             {here}. Check the server address."
        ),
        _ => format!(
            "{here} sends requests on to another address. Rundown does not follow. Check the server \
             address."
        ),
    }
}

/// `Retry-After`, in seconds or as a date, or the same in the body. A date is read against the
/// answer's own clock, since that is the clock it was written by.
fn retry_after(response: &Response<Vec<u8>>, body: &Value) -> Option<Duration> {
    let told = header(response, RETRY_AFTER).and_then(|text| {
        seconds(text).or_else(|| (http_date(text)? - date(response)?).to_std().ok())
    });
    let in_body = || {
        [&body["retryAfter"], &body["retryAfterSec"]].into_iter().find_map(|value| match value {
            Value::Number(number) => number.as_f64().and_then(from_seconds),
            Value::String(text) => seconds(text),
            _ => None,
        })
    };
    told.or_else(in_body).map(|wait| wait.min(LONGEST_WAIT))
}

fn seconds(text: &str) -> Option<Duration> {
    text.trim().parse().ok().and_then(from_seconds)
}

fn from_seconds(seconds: f64) -> Option<Duration> {
    let longest = LONGEST_WAIT.as_secs_f64();
    (seconds.is_finite() && seconds >= 0.0).then(|| Duration::from_secs_f64(seconds.min(longest)))
}

fn http_date(text: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc2822(text).ok().map(|time| time.to_utc())
}

fn header(response: &Response<Vec<u8>>, name: HeaderName) -> Option<&str> {
    response.headers().get(name)?.to_str().ok()
}
