//! `/schedule`: the way to schedule and to publish a draft.

use rundown_practice::posteverywhere::{PastTime, PostStatus};
use serde_json::json;

use super::kit::{Bench, INSTAGRAM, LATER, LINKEDIN, X, data, refused};
use crate::kit::time;

const NOW: &str = r#"{"publish_now":true}"#;

#[tokio::test]
async fn a_draft_is_scheduled_with_its_destinations() {
    let bench = Bench::new().await;
    let id = bench.seed(PostStatus::Draft, None);
    let answer = data(&bench.schedule(&id, LATER).await);
    assert_eq!(
        answer,
        json!({
            "post_id": id,
            "status": "scheduled",
            "scheduled_for": "2026-03-15T14:00:00.000Z",
            "publish_now": false,
            "destinations": [
                { "account_id": INSTAGRAM, "platform": "instagram", "status": "queued" },
                { "account_id": LINKEDIN, "platform": "linkedin", "status": "queued" },
            ],
            "message": "Draft scheduled.",
        })
    );
    assert_eq!(bench.times(&id), [Some(time("2026-03-15T14:00:00Z")); 2]);
    assert!(bench.practice.requests()[0].applied);
    assert_eq!(bench.practice.violations(), []);
}

#[tokio::test]
async fn scheduling_may_name_other_accounts_and_a_time_zone() {
    let bench = Bench::new().await;
    let id = bench.seed(PostStatus::Draft, None);
    let body = json!({
        "scheduled_for": "2026-03-15T14:00:00Z", "account_ids": [X], "timezone": "Asia/Tokyo",
    });
    data(&bench.schedule(&id, &body.to_string()).await);
    let post = bench.post(&id);
    assert_eq!((post.destinations[0].account_id, post.timezone.as_str()), (X, "Asia/Tokyo"));
    assert_eq!(bench.times(&id), [Some(time("2026-03-15T14:00:00Z"))]);
}

#[tokio::test]
async fn only_drafts_can_be_scheduled() {
    let bench = Bench::new().await;
    for (status, word) in [
        (PostStatus::Scheduled, "scheduled"),
        (PostStatus::Publishing, "publishing"),
        (PostStatus::Published, "published"),
        (PostStatus::PartiallyFailed, "partially_failed"),
        (PostStatus::Failed, "failed"),
    ] {
        let id = bench.seed(status, Some("2026-03-10T08:00:00Z"));
        let message = format!("Only drafts can be scheduled; this post is {word}.");
        refused(&bench.schedule(&id, LATER).await, 409, "conflict", &message);
        assert_eq!(bench.post(&id).scheduled_for, Some(time("2026-03-10T08:00:00Z")));
    }
    assert_eq!(bench.practice.violations(), []);
}

#[tokio::test]
async fn publishing_now_begins_at_once() {
    let bench = Bench::new().await;
    let id = bench.seed(PostStatus::Draft, Some("2026-03-10T08:00:00Z"));
    let answer = data(&bench.schedule(&id, NOW).await);
    assert_eq!((&answer["status"], &answer["publish_now"]), (&json!("publishing"), &json!(true)));
    bench.practice.tick();
    let post = bench.post(&id);
    assert_eq!(
        (post.status, post.destinations[0].published_at),
        (PostStatus::Published, Some(bench.clock.now()))
    );
}

#[tokio::test]
async fn publishing_now_is_a_violation_unless_it_is_expected_each_time() {
    let bench = Bench::new().await;
    let ids = [bench.seed(PostStatus::Draft, None), bench.seed(PostStatus::Draft, None)];
    bench.posteverywhere().expect_publish_now(&ids[0]);
    bench.schedule(&ids[0], NOW).await;
    assert_eq!(bench.practice.violations(), []);
    bench.schedule(&ids[0], NOW).await;
    bench.schedule(&ids[1], NOW).await;
    assert_eq!(bench.kinds(), ["publishesAtOnce", "publishesAtOnce"]);
}

#[tokio::test]
async fn scheduling_for_no_time_is_refused_even_where_one_is_stored() {
    let bench = Bench::new().await;
    let id = bench.seed(PostStatus::Draft, Some("2026-03-10T08:00:00Z"));
    let message = "Either scheduled_for or publish_now is required.";
    for body in ["{}", r#"{"publish_now":false}"#] {
        refused(&bench.schedule(&id, body).await, 400, "validation_error", message);
    }
    assert_eq!(bench.post(&id).status, PostStatus::Draft);
    assert_eq!(bench.kinds(), ["scheduledWithoutTime", "scheduledWithoutTime"]);
}

#[tokio::test]
async fn a_past_time_publishes_the_draft_or_takes_a_minutes_lead_as_selected() {
    let bench = Bench::new().await;
    let past = r#"{"scheduled_for":"2026-03-01T14:00:00Z"}"#;
    let id = bench.seed(PostStatus::Draft, None);
    assert_eq!(data(&bench.schedule(&id, past).await)["status"], "publishing");
    bench.posteverywhere().set(|settings| settings.past_time = PastTime::Refuse);
    let id = bench.seed(PostStatus::Draft, None);
    let message = "scheduled_for must be at least 1 minute in the future.";
    for body in [past, r#"{"scheduled_for":"2026-03-02T09:00:59Z"}"#] {
        refused(&bench.schedule(&id, body).await, 400, "past_schedule_time", message);
    }
    let soon = r#"{"scheduled_for":"2026-03-02T09:01:00Z"}"#;
    assert_eq!(data(&bench.schedule(&id, soon).await)["status"], "scheduled");
    assert_eq!(bench.kinds(), ["pastTime", "pastTime", "lateTime", "lateTime"]);
}
