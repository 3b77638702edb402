//! Misbehaviour on order, in PostEverywhere's words.

use chrono::TimeDelta;
use rundown_practice::posteverywhere::{BASE, PostStatus};
use rundown_practice::{Fault, Match, What};
use serde_json::json;

use super::kit::{Bench, JSON, KEY, LATER, PAUSE, data, refused};
use crate::kit::{send, time};

async fn bench(method: &str, what: What) -> (Bench, String) {
    let bench = Bench::new().await;
    let id = bench.scheduled("2026-03-10T08:00:00Z");
    bench.practice.fault(Fault::once(Match::method(method).of_key(KEY), what));
    (bench, id)
}

#[tokio::test]
async fn ordered_refusals_answer_once_and_apply_nothing() {
    for (what, status, code, message) in [
        (What::Unauthorized401, 401, "unauthorized", "Invalid API key."),
        (What::PlanLimit403, 403, "quota_exceeded", "Your plan's post quota is used up."),
        (What::NotFound404, 404, "not_found", "Post not found."),
        (What::TooMany429 { retry_after_secs: 7 }, 429, "rate_limited", "Rate limit exceeded."),
        (What::Internal500, 500, "internal_error", "Internal server error."),
    ] {
        let (bench, id) = bench("PATCH", what).await;
        let answer = bench.patch(&id, LATER).await;
        refused(&answer, status, code, message);
        let retry_after = answer.headers.get("retry-after").map(String::as_str);
        assert_eq!(retry_after, (status == 429).then_some("7"));
        if status == 429 {
            assert_eq!(answer.headers["x-ratelimit-remaining"], "0");
            assert_eq!(answer.headers["x-ratelimit-reset"], "1772442007");
        }
        assert_eq!(bench.post(&id).scheduled_for, Some(time("2026-03-10T08:00:00Z")));
        data(&bench.patch(&id, LATER).await);
    }
}

#[tokio::test]
async fn a_write_may_be_applied_before_it_fails() {
    let (bench, id) = bench("PATCH", What::Unavailable503AfterApplying).await;
    let answer = bench.patch(&id, LATER).await;
    refused(&answer, 503, "service_unavailable", "Service temporarily unavailable.");
    assert_eq!(bench.post(&id).scheduled_for, Some(time("2026-03-15T14:00:00Z")));
    bench.practice.fault(Fault::once(Match::method("PATCH"), What::CutAfterApplying));
    let path = format!("{BASE}/posts/{id}");
    send(bench.running.addr, "PATCH", &path, &JSON, PAUSE).await.unwrap_err();
    assert_eq!(bench.post(&id).status, PostStatus::Draft);
    assert!(bench.practice.requests().iter().all(|request| request.applied));
}

#[tokio::test]
async fn a_shifted_time_is_stored_and_answered() {
    let (bench, id) = bench("PATCH", What::TimeShifted { minutes: 7 }).await;
    let answer = data(&bench.patch(&id, LATER).await);
    assert_eq!(answer["scheduled_for"], "2026-03-15T14:07:00.000Z");
    let draft = bench.seed(PostStatus::Draft, None);
    for _ in 0..2 {
        let shifted = Fault::once(Match::method("POST"), What::TimeShifted { minutes: 7 });
        bench.practice.fault(shifted);
    }
    let scheduled = data(&bench.schedule(&draft, LATER).await);
    assert_eq!(scheduled["scheduled_for"], "2026-03-15T14:07:00.000Z");
    let body = r#"{"content":"x","account_ids":[2280],"scheduled_for":"2026-03-15T14:00:00Z"}"#;
    let created = data(&bench.create(body).await);
    assert_eq!(created["scheduled_for"], "2026-03-15T14:07:00.000Z");
    assert_eq!(bench.times(&id), [Some(time("2026-03-15T14:07:00Z")); 2]);
}

#[tokio::test]
async fn an_ignored_status_is_answered_with_200_and_the_old_status() {
    let both = r#"{"status":"draft","scheduled_for":"2026-03-15T14:00:00.000Z"}"#;
    for (time_applied, shown) in
        [(false, "2026-03-10T08:00:00.000Z"), (true, "2026-03-15T14:00:00.000Z")]
    {
        let (bench, id) = bench("PATCH", What::StatusIgnored { time_applied }).await;
        let answer = data(&bench.patch(&id, both).await);
        assert_eq!(
            (&answer["status"], &answer["scheduled_for"]),
            (&json!("scheduled"), &json!(shown))
        );
        assert_eq!(bench.practice.requests()[0].applied, time_applied);
    }
}

#[tokio::test]
async fn a_stale_list_shows_what_was_before_the_write_for_a_while() {
    let (bench, id) = bench("PATCH", What::StaleList { seconds: 60 }).await;
    let gone = bench.scheduled("2026-03-11T08:00:00Z");
    for method in ["DELETE", "POST"] {
        let stale = What::StaleList { seconds: 60 };
        bench.practice.fault(Fault::once(Match::method(method), stale));
    }
    data(&bench.patch(&id, PAUSE).await);
    data(&bench.delete(&gone).await);
    data(&bench.create(r#"{"content":"x","account_ids":[2280],"draft":true}"#).await);
    let listed = async || {
        let posts = data(&bench.get("/posts").await)["posts"].clone();
        let mut statuses: Vec<_> = posts
            .as_array()
            .unwrap()
            .iter()
            .map(|post| (post["id"] == gone, post["status"].as_str().unwrap().to_owned()))
            .collect();
        statuses.sort();
        statuses
    };
    let scheduled = || "scheduled".to_owned();
    assert_eq!(listed().await, [(false, scheduled()), (true, scheduled())]);
    let single = data(&bench.get(&format!("/posts/{id}")).await);
    assert_eq!(single["status"], "draft");
    bench.clock.advance(TimeDelta::seconds(60));
    assert_eq!(listed().await, [(false, "draft".to_owned()), (false, "draft".to_owned())]);
}
