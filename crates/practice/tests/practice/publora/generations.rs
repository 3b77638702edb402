//! What differs between the generations of the documents.

use chrono::TimeDelta;
use rundown_practice::publora::{Generation, Plan, PostStatus};
use rundown_practice::{Fault, Match, What};
use serde_json::{Value, json};

use super::bench::Bench;
use crate::kit::{KEY, time};

const LATER: &str = r#"{"scheduledTime":"2026-03-15T14:00:00.000Z"}"#;

#[tokio::test]
async fn each_generation_refuses_an_update_in_its_own_words() {
    for (generation, status, published, time) in [
        (
            Generation::First,
            "Status must be draft or scheduled",
            "Cannot update published or failed posts",
            "Invalid scheduled time",
        ),
        (
            Generation::Second,
            "Status must be either 'draft' or 'scheduled'",
            "Cannot update post: post is currently in published status",
            "Invalid scheduled time format",
        ),
    ] {
        let bench = Bench::of(generation).await;
        let id = bench.scheduled("2026-03-10T08:00:00Z");
        bench.put(&id, r#"{"status":"queued"}"#).await.refused(400, status);
        bench.put(&id, r#"{"scheduledTime":"soon"}"#).await.refused(400, time);
        let gone = bench.seed(PostStatus::Published, Some("2026-03-01T08:00:00Z"));
        let refused = bench.put(&gone, LATER).await;
        refused.refused(400, published);
        assert_eq!(refused.json().get("code"), None);
        let nowhere = "507f1f77bcf86cd799439011";
        bench.put(nowhere, LATER).await.refused(404, "Post group not found");
    }
}

#[tokio::test]
async fn an_earlier_generation_refuses_a_post_that_is_going_out_with_400() {
    for (generation, sentence) in [
        (Generation::First, "Cannot update published or failed posts"),
        (Generation::Second, "Cannot update post: post is currently in processing status"),
    ] {
        let bench = Bench::of(generation).await;
        bench.publora().set_publishing_takes(TimeDelta::seconds(30));
        let id = bench.scheduled("2026-03-02T09:00:00Z");
        bench.practice.tick();
        bench.put(&id, LATER).await.refused(400, sentence);
    }
}

#[tokio::test]
async fn an_earlier_generation_passes_a_text_over_or_finds_nothing_to_update() {
    for generation in [Generation::First, Generation::Second] {
        let bench = Bench::of(generation).await;
        let id = bench.scheduled("2026-03-10T08:00:00Z");
        let nothing = "Either status or scheduledTime must be provided";
        bench.put(&id, r#"{"content":"New"}"#).await.refused(400, nothing);
        let both = json!({ "content": "New", "scheduledTime": "2026-03-15T14:00:00.000Z" });
        let answer = bench.put(&id, &both.to_string()).await;
        assert_eq!((answer.status, answer.json()["postGroup"].get("content")), (200, None));
        assert_eq!(bench.post(&id).content, "Hello");
        assert_eq!(bench.post(&id).scheduled_time, Some(time("2026-03-15T14:00:00Z")));
        assert_eq!(bench.practice.violations(), []);
    }
}

#[tokio::test]
async fn the_second_generation_says_in_every_answer_how_many_requests_are_left() {
    let bench = Bench::of(Generation::Second).await;
    let id = bench.scheduled("2026-03-10T08:00:00Z");
    let listed = bench.get("/list-posts").await;
    assert_eq!(listed.headers["x-ratelimit-limit"], "60");
    assert_eq!(listed.headers["x-ratelimit-remaining"], "59");
    let end = time("2026-03-02T09:01:00Z").timestamp().to_string();
    assert_eq!(listed.headers["x-ratelimit-reset"], end);
    bench.clock.advance(TimeDelta::seconds(15));
    let refused = bench.put(&id, r#"{"status":"queued"}"#).await;
    assert_eq!((refused.status, refused.headers["x-ratelimit-remaining"].as_str()), (400, "58"));
    for generation in [Generation::First, Generation::Current] {
        bench.publora().set_generation(generation);
        assert_eq!(bench.get("/list-posts").await.headers.get("x-ratelimit-limit"), None);
    }
}

#[tokio::test]
async fn the_second_generation_limits_requests_by_the_minute_and_the_plan() {
    for (plan, limit) in [(Plan::Starter, 30), (Plan::Pro, 60), (Plan::Premium, 120)] {
        let bench = Bench::of(Generation::Second).await;
        bench.publora().set_plan(KEY, plan);
        let id = bench.scheduled("2026-03-05T08:00:00Z");
        assert_eq!(bench.get("/list-posts").await.status, 200);
        bench.clock.advance(TimeDelta::seconds(15));
        for _ in 1..limit {
            assert_eq!(bench.get("/list-posts").await.status, 200);
        }
        let refused = bench.put(&id, LATER).await;
        assert_eq!(refused.status, 429);
        let body = json!({ "success": false, "error": "Rate limit exceeded", "retryAfter": 45 });
        assert_eq!(refused.json(), body);
        assert_eq!(refused.headers["x-ratelimit-limit"], limit.to_string());
        assert_eq!(refused.headers["x-ratelimit-remaining"], "0");
        assert_eq!(bench.post(&id).scheduled_time, Some(time("2026-03-05T08:00:00Z")));
        bench.clock.advance(TimeDelta::seconds(45));
        assert_eq!(bench.get("/list-posts").await.status, 200);
    }
}

#[tokio::test]
async fn an_ordered_429_has_the_shape_of_the_generation() {
    for (generation, error, wait, header) in [
        (Generation::First, "Too many requests", None, Some("7")),
        (Generation::Second, "Rate limit exceeded", Some("retryAfter"), None),
        (
            Generation::Current,
            "Media URL ingestion rate limit reached (60 URLs/hour). Retry later or use the presigned get-upload-url flow.",
            Some("retryAfterSec"),
            Some("7"),
        ),
    ] {
        let bench = Bench::of(generation).await;
        let what = What::TooMany429 { retry_after_secs: 7 };
        bench.practice.fault(Fault::once(Match::any(), what));
        let refused = bench.get("/list-posts").await;
        refused.refused(429, error);
        assert_eq!(refused.headers.get("retry-after").map(String::as_str), header);
        if let Some(wait) = wait {
            assert_eq!(refused.json()[wait], Value::from(7));
        }
        let remaining = refused.headers.get("x-ratelimit-remaining").map(String::as_str);
        assert_eq!(remaining, (generation == Generation::Second).then_some("0"));
    }
}

#[tokio::test]
async fn ordered_refusals_answer_once_and_apply_nothing() {
    for (what, status, error) in [
        (What::Unauthorized401, 401, "Invalid API key"),
        (What::PlanLimit403, 403, "Scheduled post limit reached"),
        (What::NotFound404, 404, "Post group not found"),
        (What::Internal500, 500, "Internal server error"),
    ] {
        let bench = Bench::new().await;
        let id = bench.scheduled("2026-03-10T08:00:00Z");
        bench.practice.fault(Fault::once(Match::method("PUT"), what));
        bench.put(&id, LATER).await.refused(status, error);
        assert_eq!(bench.post(&id).scheduled_time, Some(time("2026-03-10T08:00:00Z")));
        assert_eq!(bench.put(&id, LATER).await.status, 200);
    }
}
