//! `PATCH …/posts/{id}`.

use chrono::TimeDelta;
use rundown_practice::postato::{
    PausedTime, Pausing, PostStatus, ReplacedMedia, SeedPost, Settings, TimeOnDraft, Uneditable,
    UpdateAnswer, UpdateRules,
};
use serde_json::{Value, json};

use super::kit::{
    BEARER, Bench, CANCEL, JSON, LATER, NOBODY, PAUSE, PUBLISH, RESUME, WORKSPACE, start, time,
    tweet, within,
};

const SOON: &str = "2026-03-10T08:00:00Z";

fn usual() -> Settings {
    Settings::default()
}

#[tokio::test]
async fn a_reschedule_moves_the_time_and_nothing_else() {
    let bench = Bench::new().await;
    let id = bench.scheduled(SOON);
    let answer = bench.patch(&id, LATER).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.json(), bench.get("/posts").await.json()["items"][0]);
    let post = bench.post(&id);
    assert_eq!(post.status, PostStatus::Scheduled);
    assert_eq!(post.scheduled_at, Some(time("2026-03-15T14:00:00Z")));
    assert_eq!(post.updated_at, start());
    assert!(bench.practice.requests()[0].applied);
}

#[tokio::test]
async fn an_update_is_answered_as_selected() {
    for (update_answer, body) in
        [(UpdateAnswer::Success, json!({ "success": true })), (UpdateAnswer::Empty, json!({}))]
    {
        let bench = Bench::reading(Settings { update_answer, ..usual() }).await;
        let id = bench.scheduled(SOON);
        assert_eq!(bench.patch(&id, LATER).await.json(), body);
        assert_eq!(bench.post(&id).scheduled_at, Some(time("2026-03-15T14:00:00Z")));
    }
}

#[tokio::test]
async fn a_pause_is_accepted_refused_or_ignored_as_selected() {
    for (pausing, status, becomes) in [
        (Pausing::Accepted, 200, PostStatus::Draft),
        (Pausing::Refused, 400, PostStatus::Scheduled),
        (Pausing::Ignored, 200, PostStatus::Scheduled),
    ] {
        let bench = Bench::reading(Settings { pausing, ..usual() }).await;
        let id = bench.scheduled(SOON);
        let answer = bench.patch(&id, PAUSE).await;
        assert_eq!((answer.status, bench.status(&id)), (status, becomes), "{pausing:?}");
        if status == 200 {
            assert_eq!(answer.json()["status"], json!(becomes));
        }
    }
}

#[tokio::test]
async fn a_paused_post_keeps_its_time_or_not_as_selected() {
    for (paused_time, kept) in [(PausedTime::Kept, Some(time(SOON))), (PausedTime::Cleared, None)] {
        let bench = Bench::reading(Settings { paused_time, ..usual() }).await;
        let id = bench.scheduled(SOON);
        bench.patch(&id, PAUSE).await;
        assert_eq!(bench.post(&id).scheduled_at, kept);
        let without = bench.patch(&id, r#"{"status":"scheduled"}"#).await;
        assert_eq!(without.status, if kept.is_some() { 200 } else { 400 });
        let answer = bench.patch(&id, RESUME).await.json();
        assert_eq!(answer["scheduledAt"], "2026-03-15T14:00:00.000Z");
        assert_eq!(bench.status(&id), PostStatus::Scheduled);
    }
}

#[tokio::test]
async fn a_time_sent_to_a_draft_is_kept_or_arms_it_as_selected() {
    for (time_on_draft, becomes) in
        [(TimeOnDraft::StaysDraft, PostStatus::Draft), (TimeOnDraft::Arms, PostStatus::Scheduled)]
    {
        let bench = Bench::reading(Settings { time_on_draft, ..usual() }).await;
        let id = bench.seed(PostStatus::Draft, None);
        bench.patch(&id, LATER).await;
        assert_eq!(bench.status(&id), becomes);
        assert_eq!(bench.post(&id).scheduled_at, Some(time("2026-03-15T14:00:00Z")));
    }
}

#[tokio::test]
async fn a_past_time_is_refused_whether_sent_or_stored() {
    let bench = Bench::new().await;
    let id = bench.scheduled(SOON);
    for past in ["2026-03-01T00:00:00Z", "2026-03-02T09:00:00Z"] {
        let refused = bench.patch(&id, &json!({ "scheduledAt": past }).to_string()).await;
        refused.refused(400, "INVALID_REQUEST");
        assert_eq!(refused.json()["details"]["scheduledAt"], json!(["Must be in the future"]));
    }
    assert_eq!(bench.post(&id).scheduled_at, Some(time(SOON)));
    let draft = bench.seed(PostStatus::Draft, Some("2026-03-01T00:00:00Z"));
    let stored = bench.patch(&draft, r#"{"status":"scheduled"}"#).await;
    stored.refused(400, "INVALID_REQUEST");
    assert_eq!(bench.status(&draft), PostStatus::Draft);
}

#[tokio::test]
async fn text_and_media_are_replaced_each_by_itself() {
    let bench = Bench::new().await;
    let id = bench.scheduled(SOON);
    let media = json!({ "media": [{ "id": "med_1" }] }).to_string();
    let answer = bench.patch(&id, &media).await.json();
    assert_eq!(answer["items"][0]["text"], "Hello");
    bench.patch(&id, r#"{"content":"Goodbye"}"#).await;
    let post = bench.post(&id);
    assert_eq!((post.items[0].text.as_str(), post.items[0].media.len()), ("Goodbye", 1));
    assert_eq!((post.status, post.scheduled_at), (PostStatus::Scheduled, Some(time(SOON))));
    let thread = json!({ "content": [{ "text": "One" }, { "text": "Two" }] }).to_string();
    assert_eq!(bench.patch(&id, &thread).await.json()["items"][1]["text"], "Two");
    assert_eq!(bench.practice.violations(), []);
}

#[tokio::test]
async fn a_text_alone_may_drop_the_media_of_the_one_it_replaces() {
    let reading = Settings { replaced_media: ReplacedMedia::Dropped, ..usual() };
    let bench = Bench::reading(reading).await;
    let seed = || SeedPost { media: vec!["med_1".to_owned()], ..tweet("Hello") };
    for (body, media) in [
        (r#"{"content":"Goodbye"}"#, vec![]),
        (r#"{"content":"Goodbye","media":[{"id":"med_1"}]}"#, vec!["med_1"]),
        (r#"{"content":[{"text":"Goodbye","media":[{"id":"med_1"}]}]}"#, vec!["med_1"]),
    ] {
        let id = bench.postato().add_post(WORKSPACE, seed());
        assert_eq!(bench.patch(&id, body).await.status, 200);
        assert_eq!(bench.post(&id).items[0].media, media, "{body}");
    }
}

#[tokio::test]
async fn a_text_meets_the_platforms_rule_only_with_a_new_status() {
    let bench = Bench::new().await;
    let id = bench.scheduled(SOON);
    let long = json!({ "content": "x".repeat(281) }).to_string();
    assert_eq!(bench.patch(&id, &long).await.status, 200);
    bench.patch(&id, RESUME).await.refused(422, "VALIDATION_FAILED");
    bench.clock.set(time(SOON));
    bench.practice.tick();
    let post = bench.post(&id);
    assert_eq!(post.status, PostStatus::Failed);
    assert_eq!(post.error.as_deref(), Some("Text is longer than 280 characters"));
}

#[tokio::test]
async fn what_is_on_its_way_or_over_can_no_longer_be_updated() {
    for uneditable in [Uneditable::Conflict, Uneditable::NotFound] {
        let bench = Bench::reading(Settings { uneditable, ..usual() }).await;
        for (status, word) in [
            (PostStatus::Queued, "queued"),
            (PostStatus::Publishing, "publishing"),
            (PostStatus::Published, "published"),
            (PostStatus::Failed, "failed"),
            (PostStatus::Cancelled, "cancelled"),
            (PostStatus::PendingApproval, "pending_approval"),
        ] {
            let id = bench.seed(status, Some("2026-03-01T08:00:00Z"));
            for body in [RESUME, PAUSE, r#"{"content":"x"}"#] {
                let refused = bench.patch(&id, body).await;
                if uneditable == Uneditable::Conflict {
                    refused.refused(409, "conflict");
                    let sentence = format!("Cannot update a post that is already {word}");
                    assert_eq!(refused.json()["message"], Value::from(sentence));
                } else {
                    refused.refused(404, "not_found");
                }
                assert_eq!(bench.status(&id), status);
            }
        }
        assert!(bench.practice.requests().iter().all(|request| !request.applied));
        assert_eq!(bench.practice.violations(), []);
    }
}

#[tokio::test]
async fn a_post_is_published_at_once_when_told_to() {
    let bench = Bench::new().await;
    for id in [bench.seed(PostStatus::Draft, None), bench.scheduled(SOON)] {
        bench.postato().expect_publish();
        assert_eq!(bench.patch(&id, PUBLISH).await.json()["status"], "queued");
        bench.patch(&id, PAUSE).await.refused(409, "conflict");
        bench.practice.tick();
        assert_eq!(bench.status(&id), PostStatus::Published);
    }
    assert_eq!(bench.practice.violations(), []);
}

#[tokio::test]
async fn a_cancelled_post_stays_cancelled() {
    let bench = Bench::new().await;
    let id = bench.scheduled(SOON);
    bench.postato().expect_cancellation();
    assert_eq!(bench.patch(&id, CANCEL).await.json()["status"], "cancelled");
    bench.patch(&id, RESUME).await.refused(409, "conflict");
    bench.clock.advance(TimeDelta::days(30));
    bench.practice.tick();
    assert_eq!(bench.status(&id), PostStatus::Cancelled);
    assert_eq!(bench.practice.violations(), []);
}

#[tokio::test]
async fn the_table_publishes_drafts_cancels_what_waits_and_knows_nothing_else() {
    let bench = Bench::reading(Settings { update_rules: UpdateRules::Table, ..usual() }).await;
    let id = bench.scheduled(SOON);
    for body in [LATER, PAUSE, RESUME, r#"{"content":"x"}"#] {
        bench.patch(&id, body).await.refused(400, "INVALID_REQUEST");
    }
    bench.patch(&id, PUBLISH).await.refused(409, "conflict");
    assert_eq!(
        (bench.status(&id), bench.post(&id).scheduled_at),
        (PostStatus::Scheduled, Some(time(SOON)))
    );
    for id in [id, bench.seed(PostStatus::Queued, None)] {
        assert_eq!(bench.patch(&id, CANCEL).await.json()["status"], "cancelled");
    }
    let draft = bench.seed(PostStatus::Draft, None);
    bench.patch(&draft, CANCEL).await.refused(409, "conflict");
    assert_eq!(bench.patch(&draft, PUBLISH).await.json()["status"], "queued");
}

#[tokio::test]
async fn wrong_updates_are_refused() {
    let bench = Bench::new().await;
    let id = bench.scheduled(SOON);
    for body in [
        "{}",
        "[]",
        "{",
        r#"{"status":"published"}"#,
        r#"{"status":null}"#,
        r#"{"scheduledAt":"2026-03-15 14:00:00"}"#,
        r#"{"content":7}"#,
        r#"{"platform":"x"}"#,
    ] {
        bench.patch(&id, body).await.refused(400, "INVALID_REQUEST");
    }
    let path = within(&format!("/posts/{id}"));
    let undeclared = bench.try_send("PATCH", &path, &[BEARER], PAUSE).await.unwrap();
    undeclared.refused(400, "INVALID_REQUEST");
    bench.patch(NOBODY, PAUSE).await.refused(404, "not_found");
    let charset = [BEARER, (JSON.0, "application/json; charset=utf-8")];
    let declared = bench.try_send("PATCH", &path, &charset, PAUSE).await.unwrap();
    assert_eq!(declared.status, 200);
}
