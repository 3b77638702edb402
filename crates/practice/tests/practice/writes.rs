//! `create-post`, `update-post` and `delete-post`.

use chrono::TimeDelta;
use rundown_practice::postpost::{PastTime, PostStatus, TimeOnDraft};
use serde_json::json;

use super::kit::{Bench, JSON, KEY, TWITTER, start, time};

const LATER: &str = r#"{"scheduledTime":"2026-03-15T14:00:00.000Z"}"#;
const RESUME: &str = r#"{"status":"scheduled","scheduledTime":"2026-03-15T14:00:00.000Z"}"#;
const PAUSE: &str = r#"{"status":"draft"}"#;
const PAST: &str = r#"{"scheduledTime":"2026-03-01T14:00:00.000Z"}"#;

#[tokio::test]
async fn a_reschedule_moves_the_time_and_nothing_else() {
    let bench = Bench::new().await;
    let id = bench.scheduled("2026-03-10T08:00:00Z");
    let answer = bench.put(&id, LATER).await;
    assert_eq!(answer.status, 200);
    assert_eq!(
        answer.json(),
        json!({
            "success": true,
            "message": "Post updated successfully",
            "postGroup": {
                "_id": id, "status": "scheduled", "scheduledTime": "2026-03-15T14:00:00.000Z",
            },
        })
    );
    let post = bench.post(&id);
    assert_eq!(post.status, PostStatus::Scheduled);
    assert_eq!(post.scheduled_time, Some(time("2026-03-15T14:00:00Z")));
    assert_eq!(post.updated_at, start());
    assert!(bench.practice.requests()[0].applied);
}

#[tokio::test]
async fn a_draft_without_a_time_is_answered_without_one() {
    let bench = Bench::new().await;
    let id = bench.seed(PostStatus::Draft, None);
    let answer = bench.put(&id, PAUSE).await.json();
    assert_eq!(answer["postGroup"], json!({ "_id": id, "status": "draft" }));
}

#[tokio::test]
async fn scheduling_a_draft_without_any_time_means_now() {
    let bench = Bench::new().await;
    let id = bench.seed(PostStatus::Draft, None);
    let answer = bench.put(&id, r#"{"status":"scheduled"}"#).await.json();
    assert_eq!(answer["postGroup"]["scheduledTime"], "2026-03-02T09:00:00.000Z");
    bench.practice.tick();
    assert_eq!(bench.post(&id).status, PostStatus::Published);
    assert_eq!(bench.kinds(), ["scheduledWithoutTime"]);
}

#[tokio::test]
async fn a_paused_post_resumes_at_its_kept_time_when_none_is_sent() {
    let bench = Bench::new().await;
    let id = bench.scheduled("2026-03-10T08:00:00Z");
    bench.put(&id, PAUSE).await;
    let answer = bench.put(&id, r#"{"status":"scheduled"}"#).await.json();
    assert_eq!(answer["postGroup"]["scheduledTime"], "2026-03-10T08:00:00.000Z");
}

#[tokio::test]
async fn a_past_time_is_refused_or_becomes_now_as_selected() {
    let bench = Bench::new().await;
    let id = bench.scheduled("2026-03-10T08:00:00Z");
    bench.postpost().set_past_time(PastTime::Refuse);
    bench.put(&id, PAST).await.refused(400, "Scheduled time cannot be in the past");
    assert_eq!(bench.post(&id).scheduled_time, Some(time("2026-03-10T08:00:00Z")));
    bench.postpost().set_past_time(PastTime::Now);
    let answer = bench.put(&id, PAST).await.json();
    assert_eq!(answer["postGroup"]["scheduledTime"], "2026-03-02T09:00:00.000Z");
    bench.practice.tick();
    assert_eq!(bench.post(&id).status, PostStatus::Published);
    assert_eq!(bench.kinds(), ["pastTime", "pastTime"]);
}

#[tokio::test]
async fn a_time_sent_to_a_draft_is_kept_or_arms_it_as_selected() {
    let bench = Bench::new().await;
    let id = bench.seed(PostStatus::Draft, None);
    let answer = bench.put(&id, LATER).await.json();
    assert_eq!(
        answer["postGroup"],
        json!({ "_id": id, "status": "draft", "scheduledTime": "2026-03-15T14:00:00.000Z" })
    );
    bench.postpost().set_time_on_draft(TimeOnDraft::Arms);
    assert_eq!(bench.put(&id, LATER).await.json()["postGroup"]["status"], "scheduled");
    assert_eq!(bench.put(&id, PAUSE).await.json()["postGroup"]["status"], "draft");
    assert_eq!(bench.practice.violations(), []);
}

#[tokio::test]
async fn only_drafts_and_scheduled_posts_can_be_updated() {
    let bench = Bench::new().await;
    for (status, word) in [
        (PostStatus::Published, "published"),
        (PostStatus::Failed, "failed"),
        (PostStatus::PartiallyPublished, "partially_published"),
    ] {
        let id = bench.seed(status, Some("2026-03-01T08:00:00Z"));
        let sentence = format!("Cannot update post: post is currently in {word} status");
        bench.put(&id, RESUME).await.refused(400, &sentence);
        assert_eq!(bench.post(&id).status, status);
    }
    assert_eq!(bench.practice.violations(), []);
    assert!(bench.practice.requests().iter().all(|request| !request.applied));
}

#[tokio::test]
async fn a_post_that_is_going_out_cannot_be_updated() {
    let bench = Bench::new().await;
    bench.postpost().set_publishing_takes(TimeDelta::seconds(30));
    let id = bench.scheduled("2026-03-02T09:00:00Z");
    bench.practice.tick();
    let sentence = "Cannot update post: post is currently in processing status";
    bench.put(&id, PAUSE).await.refused(400, sentence);
}

#[tokio::test]
async fn wrong_updates_are_refused_in_the_documents_words() {
    let bench = Bench::new().await;
    let id = bench.scheduled("2026-03-10T08:00:00Z");
    let nothing = "Either status or scheduledTime must be provided";
    for body in ["{}", r#"{"status":""}"#, r#"{"status":null,"scheduledTime":0}"#] {
        bench.put(&id, body).await.refused(400, nothing);
    }
    let undeclared = [("x-api-key", KEY)];
    let path = format!("/update-post/{id}");
    let unread = bench.try_send("PUT", &path, &undeclared, PAUSE).await.unwrap();
    unread.refused(400, nothing);
    let sentence = "Status must be either 'draft' or 'scheduled'";
    bench.put(&id, r#"{"status":"published"}"#).await.refused(400, sentence);
    for wrong in ["2026-03-15 10:00:00", "March 15, 2026", "2026-03-15"] {
        let body = json!({ "scheduledTime": wrong }).to_string();
        bench.put(&id, &body).await.refused(400, "Invalid scheduled time format");
    }
    let broken = bench.put(&id, r#"{"status":"#).await;
    assert_eq!((broken.status, broken.json()["message"].is_string()), (400, true));
    bench.put("not-an-id", PAUSE).await.refused(500, "Failed to update post");
    assert_eq!(bench.post(&id).status, PostStatus::Scheduled);
}

#[tokio::test]
async fn wrong_creations_are_refused_in_the_documents_words() {
    let bench = Bench::new().await;
    let error = "Invalid platform ID format: bluesky-did:plc:abc123";
    for (body, error) in [
        (json!({}), "Content is required"),
        (json!({ "content": "  " }), "Content is required"),
        (json!({ "content": "x" }), "Platforms are required"),
        (json!({ "content": "x", "platforms": [] }), "At least one platform is required"),
        (json!({ "content": "x", "platforms": {} }), "Platforms must be an array"),
        (json!({ "content": "x", "platforms": "[" }), "Invalid platforms JSON format"),
        (json!({ "content": "x", "platforms": ["bluesky-did:plc:abc123"] }), error),
        (
            json!({ "content": "x", "platforms": [TWITTER], "platformSettings": [] }),
            "platformSettings must be an object",
        ),
        (
            json!({ "content": "x", "platforms": [TWITTER], "platformSettings": "{" }),
            "Invalid platformSettings JSON",
        ),
        (
            json!({ "content": "x", "platforms": [TWITTER], "scheduledTime": "tomorrow" }),
            "Invalid scheduled time format",
        ),
    ] {
        bench.create(&body.to_string()).await.refused(400, error);
    }
    assert_eq!(bench.postpost().posts(), []);
}

#[tokio::test]
async fn a_created_post_gets_an_id_of_24_hexadecimal_digits() {
    let bench = Bench::new().await;
    let body = json!({ "content": "x", "platforms": [TWITTER] }).to_string();
    let first = bench.create(&body).await.json();
    let second = bench.create(&body).await.json();
    let id = first["postGroupId"].as_str().unwrap();
    assert!(id.len() == 24 && id.bytes().all(|byte| byte.is_ascii_hexdigit()), "{id}");
    assert_ne!(first["postGroupId"], second["postGroupId"]);
    assert_eq!(bench.post(id).created_at, start());
}

#[tokio::test]
async fn a_deleted_post_is_gone_and_a_second_deletion_finds_nothing() {
    let bench = Bench::new().await;
    let id = bench.seed(PostStatus::Published, Some("2026-03-01T08:00:00Z"));
    let answer = bench.delete(&id).await;
    assert_eq!((answer.status, answer.json()), (200, json!({ "success": true })));
    assert_eq!(bench.postpost().post(&id), None);
    bench.delete(&id).await.refused(404, "Post group not found");
    bench.delete("42").await.refused(500, "Failed to delete post group");
}

#[tokio::test]
async fn a_declared_charset_does_not_hide_a_json_body() {
    let bench = Bench::new().await;
    let id = bench.scheduled("2026-03-10T08:00:00Z");
    let headers = [JSON[1], ("content-type", "application/json; charset=utf-8")];
    let path = format!("/update-post/{id}");
    let answer = bench.try_send("PUT", &path, &headers, PAUSE).await.unwrap();
    assert_eq!(answer.status, 200);
    assert_eq!(bench.practice.violations(), []);
}
