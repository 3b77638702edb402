//! A limit of requests by the minute, told with every answer.
//!
//! A minute begins with the first request after the last one ended. Requests that are refused for
//! being too many count, too.

use std::collections::BTreeMap;

use axum::http::HeaderName;
use chrono::{DateTime, TimeDelta, Utc};

const WITHIN: TimeDelta = TimeDelta::minutes(1);

const LIMIT: HeaderName = HeaderName::from_static("x-ratelimit-limit");
const REMAINING: HeaderName = HeaderName::from_static("x-ratelimit-remaining");
const RESET: HeaderName = HeaderName::from_static("x-ratelimit-reset");

/// How many requests each key has sent in the running minute.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rates(BTreeMap<String, Minute>);

#[derive(Clone, Copy, Debug)]
struct Minute {
    start: DateTime<Utc>,
    requests: u64,
}

impl Minute {
    fn end(self) -> DateTime<Utc> {
        self.start + WITHIN
    }
}

impl Rates {
    /// Counts a request.
    pub fn count(&mut self, key: &str, now: DateTime<Utc>) {
        let mut minute = self.minute(key, now);
        minute.requests += 1;
        self.0.insert(key.to_owned(), minute);
    }

    /// How many requests were counted in the running minute.
    pub fn used(&self, key: &str, now: DateTime<Utc>) -> u64 {
        self.minute(key, now).requests
    }

    /// In how many seconds the next minute begins.
    pub fn wait(&self, key: &str, now: DateTime<Utc>) -> u64 {
        u64::try_from(full_seconds(self.minute(key, now).end() - now)).unwrap_or(1)
    }

    /// What an answer tells of the limit.
    pub fn headers(&self, key: &str, limit: u64, now: DateTime<Utc>) -> Vec<(HeaderName, String)> {
        let minute = self.minute(key, now);
        headers(limit, limit.saturating_sub(minute.requests), minute.end())
    }

    /// The running minute of a key, or a fresh one.
    fn minute(&self, key: &str, now: DateTime<Utc>) -> Minute {
        let running = self.0.get(key).copied();
        running
            .filter(|minute| minute.start <= now && now < minute.end())
            .unwrap_or(Minute { start: now, requests: 0 })
    }
}

/// What an answer tells of a limit that is used up for so many seconds.
pub(crate) fn used_up(limit: u64, seconds: u64, now: DateTime<Utc>) -> Vec<(HeaderName, String)> {
    let seconds = i64::try_from(seconds).unwrap_or(i64::MAX / 1000);
    headers(limit, 0, now + TimeDelta::seconds(seconds))
}

fn headers(limit: u64, remaining: u64, reset: DateTime<Utc>) -> Vec<(HeaderName, String)> {
    let reset = full_seconds(reset - DateTime::UNIX_EPOCH);
    vec![(LIMIT, limit.to_string()), (REMAINING, remaining.to_string()), (RESET, reset.to_string())]
}

/// In seconds, and never too early.
fn full_seconds(span: TimeDelta) -> i64 {
    let seconds = span.num_seconds();
    if span > TimeDelta::seconds(seconds) { seconds + 1 } else { seconds }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minute_begins_with_the_first_request_and_ends_with_the_last() {
        let start = DateTime::UNIX_EPOCH + TimeDelta::milliseconds(500);
        let mut rates = Rates::default();
        for used in 0..3 {
            assert_eq!(rates.used("a", start), used);
            rates.count("a", start);
        }
        assert_eq!(rates.used("b", start), 0);
        let later = start + TimeDelta::seconds(30);
        let told = rates.headers("a", 3, later);
        let told: Vec<_> = told.iter().map(|(_, value)| value.as_str()).collect();
        assert_eq!(told, ["3", "0", "61"]);
        assert_eq!(rates.wait("a", later), 30);
        assert_eq!(rates.used("a", start + WITHIN), 0);
        assert_eq!(rates.used("a", start - WITHIN), 0, "the clock was set back");
    }
}
