//! Times that have passed, and what a pause does to the time.

use chrono::TimeDelta;
use rundown_practice::publora::{Generation, PastTime, PausedTime, PostStatus, TimeOnDraft};
use rundown_practice::{Fault, Match, What};
use serde_json::json;

use super::bench::Bench;
use crate::kit::{TWITTER, time};

const PAUSE: &str = r#"{"status":"draft"}"#;
const RESUME: &str = r#"{"status":"scheduled"}"#;
/// Five minutes before the bench's clock, to the second.
const STALE: &str = r#"{"scheduledTime":"2026-03-02T08:55:00.000Z"}"#;
/// A second less.
const TOLERATED: &str = r#"{"scheduledTime":"2026-03-02T08:55:01.000Z"}"#;

#[tokio::test]
async fn a_past_time_becomes_now_with_a_warning_and_goes_out() {
    let bench = Bench::new().await;
    let id = bench.scheduled("2026-03-10T08:00:00Z");
    let answer = bench.put(&id, STALE).await.json();
    assert_eq!(answer["scheduledTime"], "2026-03-02T09:00:00.000Z");
    assert_eq!(answer["postGroup"]["scheduledTime"], "2026-03-02T09:00:00.000Z");
    assert_eq!(
        answer["warnings"],
        json!([{
            "code": "SCHEDULED_TIME_COERCED",
            "message":
                "Requested scheduled time 2026-03-02T08:55:00.000Z was in the past and was changed to server time 2026-03-02T09:00:00.000Z.",
            "requested": "2026-03-02T08:55:00.000Z",
            "effective": "2026-03-02T09:00:00.000Z",
        }])
    );
    bench.practice.tick();
    assert_eq!(bench.post(&id).status, PostStatus::Published);
    assert_eq!(bench.kinds(), ["pastTime"]);
}

#[tokio::test]
async fn in_strict_mode_five_minutes_are_too_many() {
    let bench = Bench::new().await;
    bench.publora().set_past_time(PastTime::Strict);
    let id = bench.scheduled("2026-03-10T08:00:00Z");
    let refused = bench.put(&id, STALE).await;
    let sentence = "Scheduled time is in the past. Server time is 2026-03-02T09:00:00.000Z UTC.";
    refused.coded(400, "SCHEDULED_TIME_IN_PAST", sentence);
    assert_eq!(refused.json()["serverTime"], "2026-03-02T09:00:00.000Z");
    assert_eq!(bench.post(&id).scheduled_time, Some(time("2026-03-10T08:00:00Z")));
    let tolerated = bench.put(&id, TOLERATED).await.json();
    assert_eq!(tolerated["warnings"][0]["code"], "SCHEDULED_TIME_COERCED");
    assert_eq!(tolerated["scheduledTime"], "2026-03-02T09:00:00.000Z");
}

#[tokio::test]
async fn a_refused_past_time_is_refused_in_the_generations_words() {
    for (generation, sentence) in [
        (Generation::First, "Invalid scheduled time"),
        (Generation::Second, "Scheduled time cannot be in the past"),
        (Generation::Current, "Scheduled time cannot be in the past"),
    ] {
        let bench = Bench::of(generation).await;
        bench.publora().set_past_time(PastTime::Refuse);
        let id = bench.scheduled("2026-03-10T08:00:00Z");
        bench.put(&id, TOLERATED).await.refused(400, sentence);
        assert_eq!(bench.post(&id).scheduled_time, Some(time("2026-03-10T08:00:00Z")));
    }
}

#[tokio::test]
async fn an_earlier_generation_clamps_silently_and_only_when_selected() {
    let bench = Bench::of(Generation::Second).await;
    let id = bench.scheduled("2026-03-10T08:00:00Z");
    bench.put(&id, STALE).await.refused(400, "Scheduled time cannot be in the past");
    bench.publora().set_past_time(PastTime::Clamp);
    assert_eq!(
        bench.put(&id, STALE).await.json(),
        json!({
            "success": true,
            "message": "Post updated successfully",
            "postGroup": {
                "_id": id, "status": "scheduled", "scheduledTime": "2026-03-02T09:00:00.000Z",
            },
        })
    );
}

#[tokio::test]
async fn a_creation_with_a_past_time_is_clamped_or_refused_like_an_update() {
    let bench = Bench::new().await;
    let body = json!({
        "content": "x", "platforms": [TWITTER], "scheduledTime": "2026-03-02T08:00:00.000Z",
    });
    let created = bench.create(&body.to_string()).await.json();
    assert_eq!(created["scheduledTime"], "2026-03-02T09:00:00.000Z");
    assert_eq!(created["warnings"][0]["requested"], "2026-03-02T08:00:00.000Z");
    bench.publora().set_past_time(PastTime::Strict);
    let refused = bench.create(&body.to_string()).await;
    assert_eq!((refused.status, &refused.json()["code"]), (400, &json!("SCHEDULED_TIME_IN_PAST")));
    assert_eq!(bench.publora().posts().len(), 1);
    assert_eq!(bench.kinds(), ["pastTime", "pastTime"]);
}

#[tokio::test]
async fn resuming_a_stale_draft_without_a_time_checks_the_stored_one() {
    let bench = Bench::new().await;
    let id = bench.seed(PostStatus::Draft, Some("2026-03-01T08:00:00Z"));
    bench.publora().set_past_time(PastTime::Strict);
    let refused = bench.put(&id, RESUME).await;
    assert_eq!((refused.status, &refused.json()["code"]), (400, &json!("SCHEDULED_TIME_IN_PAST")));
    bench.publora().set_past_time(PastTime::Clamp);
    let clamped = bench.put(&id, RESUME).await.json();
    assert_eq!(clamped["warnings"][0]["requested"], "2026-03-01T08:00:00.000Z");
    assert_eq!(clamped["scheduledTime"], "2026-03-02T09:00:00.000Z");
    assert_eq!(bench.kinds(), ["scheduledWithoutTime", "scheduledWithoutTime"]);
}

#[tokio::test]
async fn a_pause_drops_the_time_or_keeps_it_as_selected() {
    let bench = Bench::new().await;
    let id = bench.scheduled("2026-03-10T08:00:00Z");
    let answer = bench.put(&id, PAUSE).await.json();
    assert_eq!(answer["scheduledTime"], json!(null));
    assert!(answer.as_object().unwrap().contains_key("scheduledTime"));
    assert!(answer["postGroup"].get("scheduledTime").is_none());
    assert_eq!(bench.post(&id).scheduled_time, None);

    bench.publora().set_paused_time(PausedTime::Kept);
    let id = bench.scheduled("2026-03-10T08:00:00Z");
    let answer = bench.put(&id, PAUSE).await.json();
    assert_eq!(answer["scheduledTime"], "2026-03-10T08:00:00.000Z");
    let single = bench.get(&format!("/get-post/{id}")).await.json();
    assert_eq!(
        (&single["status"], &single["scheduledTime"]),
        (&json!("draft"), &json!("2026-03-10T08:00:00.000Z"))
    );
    let resumed = bench.put(&id, RESUME).await.json();
    assert_eq!(resumed["scheduledTime"], "2026-03-10T08:00:00.000Z");
    assert!(resumed.get("warnings").is_none());
}

#[tokio::test]
async fn resuming_without_any_time_means_now() {
    let bench = Bench::new().await;
    let id = bench.scheduled("2026-03-10T08:00:00Z");
    bench.put(&id, PAUSE).await;
    assert_eq!(bench.put(&id, RESUME).await.json()["scheduledTime"], "2026-03-02T09:00:00.000Z");
    bench.practice.tick();
    assert_eq!(bench.post(&id).status, PostStatus::Published);
    assert_eq!(bench.kinds(), ["scheduledWithoutTime"]);
}

#[tokio::test]
async fn a_time_sent_to_a_draft_is_kept_or_arms_it_as_selected() {
    let bench = Bench::new().await;
    let id = bench.seed(PostStatus::Draft, None);
    let later = r#"{"scheduledTime":"2026-03-15T14:00:00.000Z"}"#;
    assert_eq!(bench.put(&id, later).await.json()["postGroup"]["status"], "draft");
    bench.publora().set_time_on_draft(TimeOnDraft::Arms);
    assert_eq!(bench.put(&id, later).await.json()["postGroup"]["status"], "scheduled");
}

#[tokio::test]
async fn an_ordered_shift_is_stored_and_answered_without_a_warning() {
    let bench = Bench::new().await;
    let id = bench.scheduled("2026-03-10T08:00:00Z");
    bench.practice.fault(Fault::once(Match::any(), What::TimeShifted { minutes: 7 }));
    let later = r#"{"scheduledTime":"2026-03-15T14:00:00.000Z"}"#;
    let answer = bench.put(&id, later).await.json();
    assert_eq!(answer["scheduledTime"], "2026-03-15T14:07:00.000Z");
    assert!(answer.get("warnings").is_none());
    assert_eq!(bench.post(&id).scheduled_time, Some(time("2026-03-15T14:07:00Z")));
}

#[tokio::test]
async fn a_post_goes_out_when_its_time_has_come() {
    let bench = Bench::new().await;
    let id = bench.scheduled("2026-03-02T09:05:00Z");
    bench.clock.advance(TimeDelta::minutes(5));
    bench.practice.tick();
    let answer = bench.get(&format!("/get-post/{id}")).await.json();
    assert_eq!(answer["status"], "published");
    assert_eq!(answer["posts"][1]["status"], "published");
}
