//! The faults on order, in Postato's words and on its writes.

use chrono::TimeDelta;
use rundown_practice::postato::PostStatus;
use rundown_practice::{Fault, Match, What};
use serde_json::{Value, json};

use super::kit::{Bench, KEY, LATER, PAUSE, RESUME, creation, ids, time};

const SOON: &str = "2026-03-10T08:00:00Z";

async fn bench(what: What) -> (Bench, String) {
    let bench = Bench::new().await;
    let id = bench.scheduled(SOON);
    bench.practice.fault(Fault::once(Match::method("PATCH").of_post(&id).of_key(KEY), what));
    (bench, id)
}

#[tokio::test]
async fn ordered_refusals_answer_once_and_apply_nothing() {
    for (what, status, error) in [
        (What::Unauthorized401, 401, "unauthorized"),
        (What::PlanLimit403, 403, "plan_inactive"),
        (What::NotFound404, 404, "not_found"),
        (What::TooMany429 { retry_after_secs: 7 }, 429, "rate_limited"),
        (What::Internal500, 500, "internal_error"),
    ] {
        let (bench, id) = bench(what).await;
        let refused = bench.patch(&id, LATER).await;
        refused.refused(status, error);
        assert!(refused.json()["message"].is_string());
        let retry_after = refused.headers.get("retry-after").map(String::as_str);
        assert_eq!(retry_after, (status == 429).then_some("7"));
        assert_eq!(bench.post(&id).scheduled_at, Some(time(SOON)));
        assert_eq!(bench.patch(&id, LATER).await.status, 200);
    }
}

#[tokio::test]
async fn a_write_may_be_applied_though_the_answer_is_lost_or_broken() {
    for (what, applied) in [
        (What::Unavailable503AfterApplying, true),
        (What::BadJson, true),
        (What::CutAfterApplying, true),
        (What::CutBeforeApplying, false),
        (What::BadGatewayHtml502, false),
    ] {
        let (bench, id) = bench(what).await;
        let _ = bench.try_patch(&id, PAUSE).await;
        assert_eq!(bench.status(&id) == PostStatus::Draft, applied);
        assert_eq!(bench.practice.requests()[0].applied, applied);
    }
}

#[tokio::test]
async fn a_creation_that_was_cut_is_repeated_with_its_key_and_made_once() {
    let bench = Bench::new().await;
    for (what, key) in [(What::CutBeforeApplying, "a"), (What::CutAfterApplying, "b")] {
        bench.practice.fault(Fault::once(Match::method("POST"), what));
        let headers = [super::kit::BEARER, super::kit::JSON, ("idempotency-key", key)];
        let body = creation(json!({})).to_string();
        let path = super::kit::within("/posts");
        bench.try_send("POST", &path, &headers, &body).await.unwrap_err();
        assert_eq!(bench.create(&creation(json!({})), key).await.status, 201);
    }
    assert_eq!(bench.postato().posts().len(), 2);
    assert_eq!(bench.practice.violations(), []);
}

#[tokio::test]
async fn a_shifted_time_is_stored_and_answered() {
    let (bench, id) = bench(What::TimeShifted { minutes: 7 }).await;
    let answer = bench.patch(&id, LATER).await.json();
    assert_eq!(answer["scheduledAt"], "2026-03-15T14:07:00.000Z");
    assert_eq!(bench.post(&id).scheduled_at, Some(time("2026-03-15T14:07:00Z")));
}

#[tokio::test]
async fn an_ignored_status_is_answered_with_200_and_the_old_status() {
    let both = r#"{"status":"draft","scheduledAt":"2026-03-15T14:00:00Z"}"#;
    for (body, time_applied, shown, applied) in [
        (PAUSE, false, "2026-03-10T08:00:00.000Z", false),
        (PAUSE, true, "2026-03-10T08:00:00.000Z", false),
        (both, false, "2026-03-10T08:00:00.000Z", false),
        (both, true, "2026-03-15T14:00:00.000Z", true),
    ] {
        let (bench, id) = bench(What::StatusIgnored { time_applied }).await;
        let answer = bench.patch(&id, body).await;
        assert_eq!(answer.status, 200);
        let answer = answer.json();
        assert_eq!(
            (&answer["status"], &answer["scheduledAt"]),
            (&json!("scheduled"), &json!(shown))
        );
        assert_eq!(bench.status(&id), PostStatus::Scheduled);
        assert_eq!(bench.practice.requests()[0].applied, applied, "{body} {time_applied}");
    }
}

#[tokio::test]
async fn a_stale_list_shows_the_former_value_for_a_minute_after_a_write() {
    let (bench, id) = bench(What::StaleList { seconds: 60 }).await;
    bench.patch(&id, PAUSE).await;
    let listed = async || bench.get("/posts").await.json()["items"][0]["status"].clone();
    assert_eq!(listed().await, "scheduled");
    assert_eq!(bench.get(&format!("/posts/{id}")).await.json()["status"], "draft");
    bench.clock.advance(TimeDelta::seconds(60));
    assert_eq!(listed().await, "draft");
}

#[tokio::test]
async fn a_stale_list_still_shows_the_deleted_and_not_yet_the_created() {
    let bench = Bench::new().await;
    let id = bench.scheduled(SOON);
    for method in ["DELETE", "POST"] {
        bench.practice.fault(Fault::once(Match::method(method), What::StaleList { seconds: 60 }));
    }
    bench.delete(&id).await;
    let created = bench.create(&creation(json!({})), "a").await.json()["id"].clone();
    let listed = bench.get("/posts").await;
    assert_eq!(ids(&listed), [id.as_str()]);
    assert_eq!(listed.json()["items"][0]["status"], "scheduled");
    bench.clock.advance(TimeDelta::seconds(60));
    let listed = bench.get("/posts").await;
    assert_eq!(ids(&listed).iter().map(|id| json!(id)).collect::<Vec<_>>(), [created, json!(id)]);
    assert_eq!(listed.json()["items"][1]["status"], Value::from("cancelled"));
}

#[tokio::test]
async fn a_fault_of_the_other_service_is_left_alone() {
    let bench = Bench::new().await;
    let id = bench.scheduled(SOON);
    bench.practice.fault(Fault::always(Match::path("/postpost/"), What::Internal500));
    assert_eq!(bench.patch(&id, RESUME).await.status, 200);
}
