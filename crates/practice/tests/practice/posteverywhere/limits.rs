//! The rate limit of 60 requests a minute.

use chrono::TimeDelta;
use rundown_practice::{Fault, Match, What};

use super::kit::{BEARER, Bench, LATER, data, refused};
use crate::kit::Answer;

/// What an answer tells of the limit: how many, how many are left, and until when.
fn told(answer: &Answer) -> [Option<&str>; 3] {
    ["x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset"]
        .map(|name| answer.headers.get(name).map(String::as_str))
}

/// Nine o'clock and a minute, in Unix seconds.
const RESET: Option<&str> = Some("1772442060");

#[tokio::test]
async fn every_answer_tells_how_much_is_left_of_the_minute() {
    let bench = Bench::new().await;
    assert_eq!(told(&bench.get("/posts").await), [Some("60"), Some("59"), RESET]);
    bench.clock.advance(TimeDelta::seconds(30));
    assert_eq!(told(&bench.get("/nowhere").await), [Some("60"), Some("58"), RESET]);
    bench.practice.fault(Fault::once(Match::any(), What::Unavailable503AfterApplying));
    assert_eq!(told(&bench.get("/posts").await), [Some("60"), Some("57"), RESET]);
    bench.clock.advance(TimeDelta::seconds(30));
    let fresh = bench.get("/posts").await;
    assert_eq!(told(&fresh), [Some("60"), Some("59"), Some("1772442120")]);
}

#[tokio::test]
async fn the_61st_request_is_refused_until_the_minute_ends() {
    let bench = Bench::new().await;
    let id = bench.scheduled("2026-03-10T08:00:00Z");
    for _ in 0..60 {
        assert_eq!(bench.get("/accounts").await.status, 200);
    }
    assert_eq!(bench.practice.violations(), []);
    bench.clock.advance(TimeDelta::milliseconds(15_500));
    let before = bench.post(&id);
    let answer = bench.patch(&id, LATER).await;
    refused(&answer, 429, "rate_limited", "Rate limit exceeded.");
    assert_eq!(answer.headers["retry-after"], "45");
    assert_eq!(told(&answer), [Some("60"), Some("0"), RESET]);
    assert_eq!(bench.post(&id), before);
    assert_eq!(bench.kinds(), ["overRateLimit"]);
    bench.clock.advance(TimeDelta::seconds(45));
    data(&bench.patch(&id, LATER).await);
    assert_eq!(bench.kinds().len(), 1);
}

#[tokio::test]
async fn each_key_has_a_limit_of_its_own() {
    let bench = Bench::new().await;
    let other = "pe_live_fedcba9876543210fedcba9876543210";
    bench.posteverywhere().add_key(other);
    for _ in 0..60 {
        bench.get("/accounts").await;
    }
    let bearer = format!("Bearer {other}");
    let theirs = bench.send("GET", "/accounts", &[("authorization", &bearer)], "").await;
    assert_eq!((theirs.status, told(&theirs)[1]), (200, Some("59")));
    assert_ne!(bearer, BEARER);
}

#[tokio::test]
async fn without_limits_nothing_is_refused_or_told() {
    let bench = Bench::new().await;
    bench.posteverywhere().set_limits_off();
    for _ in 0..70 {
        assert_eq!(bench.get("/accounts").await.status, 200);
    }
    assert_eq!(told(&bench.get("/accounts").await), [None; 3]);
    assert_eq!(bench.practice.violations(), []);
}
