//! Creations, updates and deletions under the settings to begin with.

use rundown_practice::posteverywhere::{PostStatus, SeedPost};
use serde_json::json;

use super::kit::{Bench, INSTAGRAM, KEY, LATER, LINKEDIN, PAUSE, RESUME, X, data, refused, seed};
use crate::kit::{start, time};

const OTHER_KEY: &str = "pe_live_fedcba9876543210fedcba9876543210";
const NO_POST: &str = "f47ac10b-58cc-4372-a567-0e02b2c3d479";

#[tokio::test]
async fn a_reschedule_moves_the_post_with_its_destinations_and_nothing_else() {
    let bench = Bench::new().await;
    let id = bench.scheduled("2026-03-10T08:00:00Z");
    let before = bench.post(&id);
    let answer = data(&bench.patch(&id, LATER).await);
    assert_eq!(answer["scheduled_for"], "2026-03-15T14:00:00.000Z");
    assert_eq!(answer["destinations"][1]["scheduled_for"], "2026-03-15T14:00:00.000Z");
    assert_eq!(answer["updated_at"], "2026-03-02T09:00:00.000Z");
    assert_eq!(
        answer["next_step"],
        format!(
            "Post rescheduled to 2026-03-15T14:00:00.000Z. \
             Call GET /v1/posts/{id} to check status."
        )
    );
    let post = bench.post(&id);
    assert_eq!((post.status, &post.content), (PostStatus::Scheduled, &before.content));
    assert_eq!(bench.times(&id), [Some(time("2026-03-15T14:00:00Z")); 2]);
    assert!(bench.practice.requests()[0].applied);
    assert_eq!(bench.practice.violations(), []);
}

#[tokio::test]
async fn a_pause_keeps_the_time_and_a_resume_takes_the_one_it_is_sent() {
    let bench = Bench::new().await;
    let id = bench.scheduled("2026-03-10T08:00:00Z");
    let paused = data(&bench.patch(&id, PAUSE).await);
    assert_eq!(
        (&paused["status"], &paused["scheduled_for"]),
        (&json!("draft"), &json!("2026-03-10T08:00:00.000Z"))
    );
    let moved = data(&bench.patch(&id, LATER).await);
    assert_eq!(moved["status"], "draft");
    let resumed = data(&bench.patch(&id, RESUME).await);
    assert_eq!(resumed["status"], "scheduled");
    assert_eq!(bench.times(&id), [Some(time("2026-03-15T14:00:00Z")); 2]);
    assert_eq!(bench.practice.violations(), []);
}

#[tokio::test]
async fn a_draft_resumed_without_a_time_goes_by_the_stored_one_or_goes_out() {
    let bench = Bench::new().await;
    let resume = r#"{"status":"scheduled"}"#;
    let timed = bench.seed(PostStatus::Draft, Some("2026-03-10T08:00:00Z"));
    let answer = data(&bench.patch(&timed, resume).await);
    assert_eq!(answer["scheduled_for"], "2026-03-10T08:00:00.000Z");
    let untimed = bench.seed(PostStatus::Draft, None);
    assert_eq!(data(&bench.patch(&untimed, resume).await)["status"], "publishing");
    bench.practice.tick();
    assert_eq!(bench.post(&timed).status, PostStatus::Scheduled);
    assert_eq!(bench.post(&untimed).status, PostStatus::Published);
    assert_eq!(bench.kinds(), ["scheduledWithoutTime", "scheduledWithoutTime"]);
}

#[tokio::test]
async fn every_field_of_an_update_is_taken_over_and_shown() {
    let bench = Bench::new().await;
    let id = bench.scheduled("2026-03-10T08:00:00Z");
    let media = "a1b2c3d4-e5f6-7890-abcd-ef1234567890";
    let body = json!({
        "content": "Edited 👋🏽",
        "account_ids": [LINKEDIN, X],
        "timezone": "America/New_York",
        "media_ids": [media],
        "platform_content": { "x": { "content": "Short" } },
    });
    let linkedin = bench.post(&id).destinations[1].clone();
    let answer = data(&bench.patch(&id, &body.to_string()).await);
    for (name, value) in body.as_object().unwrap() {
        assert_eq!(&answer[name], value, "{name}");
    }
    assert_eq!(answer["media"][0]["media_id"], media);
    assert_eq!(answer["scheduled_for"], "2026-03-10T08:00:00.000Z");
    let destinations = bench.post(&id).destinations;
    assert_eq!(destinations[0], linkedin);
    assert_eq!(
        (destinations[1].account_id, destinations[1].scheduled_for),
        (X, Some(time("2026-03-10T08:00:00Z")))
    );
    let cleared = data(&bench.patch(&id, r#"{"media_ids":[]}"#).await);
    assert_eq!((&cleared["media"], &cleared["media_ids"]), (&json!([]), &json!([])));
    assert_eq!(bench.practice.violations(), []);
}

#[tokio::test]
async fn an_answer_can_be_sent_back_once_its_media_are_taken_out() {
    let bench = Bench::new().await;
    let id = bench.scheduled("2026-03-10T08:00:00Z");
    let mut post = data(&bench.get(&format!("/posts/{id}")).await);
    let whole = bench.patch(&id, &post.to_string()).await;
    refused(&whole, 400, "invalid_field_name", "Unknown field media: did you mean media_ids?");
    post.as_object_mut().unwrap().remove("media");
    let again = bench.patch(&id, &post.to_string()).await;
    assert_eq!(data(&again)["content"], post["content"]);
    let kinds = bench.kinds();
    assert!(kinds.contains(&"misnamedField".to_owned()), "{kinds:?}");
    assert!(kinds.contains(&"unknownField".to_owned()), "{kinds:?}");
}

#[tokio::test]
async fn only_drafts_and_scheduled_posts_can_be_updated() {
    let bench = Bench::new().await;
    for (status, code, message) in [
        (
            PostStatus::Published,
            "post_already_published",
            "Cannot update a post that has already been published.",
        ),
        (PostStatus::Publishing, "conflict", "Cannot update a post in publishing status."),
        (PostStatus::Failed, "conflict", "Cannot update a post in failed status."),
        (
            PostStatus::PartiallyFailed,
            "conflict",
            "Cannot update a post in partially_failed status.",
        ),
    ] {
        let id = bench.seed(status, Some("2026-03-01T08:00:00Z"));
        refused(&bench.patch(&id, RESUME).await, 409, code, message);
        assert_eq!(bench.post(&id).status, status);
    }
    assert!(bench.practice.requests().iter().all(|request| !request.applied));
    assert_eq!(bench.practice.violations(), []);
}

#[tokio::test]
async fn wrong_updates_are_refused_and_change_nothing() {
    let bench = Bench::new().await;
    let id = bench.scheduled("2026-03-10T08:00:00Z");
    let before = bench.post(&id);
    for (body, code, message) in [
        ("", "invalid_json", "The request body is not valid JSON."),
        ("{", "invalid_json", "The request body is not valid JSON."),
        ("[]", "validation_error", "The request body must be a JSON object."),
        (r#"{"status":"published"}"#, "validation_error", "Invalid status."),
        (r#"{"content":""}"#, "validation_error", "Invalid content."),
        (r#"{"account_ids":[]}"#, "validation_error", "Invalid account_ids."),
        (r#"{"account_ids":["2280"]}"#, "validation_error", "Invalid account_ids."),
        (r#"{"account_ids":[7]}"#, "validation_error", "Account 7 not found."),
        (r#"{"scheduled_for":"soon"}"#, "validation_error", "Invalid scheduled_for."),
        (r#"{"scheduled_for":1772442000}"#, "validation_error", "Invalid scheduled_for."),
        (r#"{"scheduled_at":"2026-03-15"}"#, "validation_error", "Invalid scheduled_at."),
        (r#"{"media_ids":["x"]}"#, "validation_error", "Invalid media_ids."),
        (r#"{"platform_content":[]}"#, "validation_error", "Invalid platform_content."),
        (
            r#"{"mediaId":"a1"}"#,
            "invalid_field_name",
            "Unknown field mediaId: did you mean media_ids?",
        ),
    ] {
        refused(&bench.patch(&id, body).await, 400, code, message);
    }
    assert_eq!(bench.post(&id), before);
}

#[tokio::test]
async fn an_empty_update_changes_nothing() {
    let bench = Bench::new().await;
    let id = bench.scheduled("2026-03-10T08:00:00Z");
    let before = bench.post(&id);
    assert_eq!(data(&bench.patch(&id, "{}").await)["status"], "scheduled");
    assert_eq!(bench.post(&id), before);
    assert_eq!(bench.kinds(), ["emptyUpdate"]);
}

#[tokio::test]
async fn a_creation_schedules_saves_or_goes_out_at_once() {
    let bench = Bench::new().await;
    let accounts = [INSTAGRAM, X];
    let create = async |extra: serde_json::Value| {
        let mut body = json!({ "content": "x", "account_ids": accounts });
        body.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
        let answer = bench.create(&body.to_string()).await;
        assert_eq!(answer.status, 201);
        data(&answer)
    };
    let later = "2026-03-15T14:00:00.000Z";
    let scheduled = create(json!({ "scheduled_for": later, "timezone": "Asia/Tokyo" })).await;
    assert_eq!(
        (&scheduled["status"], &scheduled["scheduled_for"]),
        (&json!("scheduled"), &json!(later))
    );
    assert_eq!(scheduled["timezone"], "Asia/Tokyo");
    assert_eq!(scheduled["account_ids"], json!(accounts));
    let draft = create(json!({ "draft": true })).await;
    assert_eq!((&draft["status"], &draft["scheduled_for"]), (&json!("draft"), &json!(null)));
    let timed = create(json!({ "draft": true, "scheduled_for": later })).await;
    assert_eq!((&timed["status"], &timed["scheduled_for"]), (&json!("draft"), &json!(later)));
    assert_eq!(bench.practice.violations(), []);

    let at_once = create(json!({})).await;
    assert_eq!(at_once["status"], "publishing");
    bench.practice.tick();
    let post = bench.post(at_once["id"].as_str().unwrap());
    assert_eq!((post.status, post.created_at), (PostStatus::Published, start()));
    assert_eq!(bench.kinds(), ["publishesAtOnce"]);
    for (answer, status) in [(&draft, PostStatus::Draft), (&scheduled, PostStatus::Scheduled)] {
        assert_eq!(bench.post(answer["post_id"].as_str().unwrap()).status, status);
    }
}

#[tokio::test]
async fn wrong_creations_are_refused() {
    let bench = Bench::new().await;
    let later = "2026-03-15T14:00:00Z";
    for (body, message) in [
        (json!({ "account_ids": [X], "draft": true }), "content is required."),
        (json!({ "content": "x", "draft": true }), "account_ids is required."),
        (json!({ "content": "x", "account_ids": [7], "draft": true }), "Account 7 not found."),
        (
            json!({ "content": "x", "account_ids": [X], "scheduled_for": later, "draft": "no" }),
            "Invalid draft.",
        ),
    ] {
        let answer = bench.create(&body.to_string()).await;
        refused(&answer, 400, "validation_error", message);
    }
    assert_eq!(bench.posteverywhere().posts(), []);
}

#[tokio::test]
async fn a_deleted_post_is_gone_and_a_published_one_stays() {
    let bench = Bench::new().await;
    let id = bench.scheduled("2026-03-10T08:00:00Z");
    let answer = data(&bench.delete(&id).await);
    assert_eq!(answer, json!({ "post_id": id, "deleted": true }));
    assert_eq!(bench.posteverywhere().post(&id), None);
    refused(&bench.delete(&id).await, 404, "not_found", "Post not found.");
    let message = "Cannot delete a post that has already been published. Delete it from the \
                   platform directly.";
    for status in [PostStatus::Published, PostStatus::PartiallyFailed] {
        let id = bench.seed(status, Some("2026-03-01T08:00:00Z"));
        refused(&bench.delete(&id).await, 409, "post_already_published", message);
    }
    let under_way = bench.seed(PostStatus::Publishing, Some("2026-03-02T09:00:00Z"));
    let message = "Cannot delete a post in publishing status.";
    refused(&bench.delete(&under_way).await, 409, "conflict", message);
    let failed = bench.seed(PostStatus::Failed, Some("2026-03-01T08:00:00Z"));
    assert_eq!(bench.delete(&failed).await.status, 200);
}

#[tokio::test]
async fn a_post_that_is_not_there_or_of_another_key_is_not_found() {
    let bench = Bench::new().await;
    bench.posteverywhere().add_key(OTHER_KEY);
    bench.posteverywhere().add_account(OTHER_KEY, 1, "x", "@other");
    let theirs = SeedPost { account_ids: vec![1], ..seed(PostStatus::Draft, None) };
    let theirs = bench.posteverywhere().add_post(OTHER_KEY, theirs);
    for id in [theirs.as_str(), NO_POST] {
        for answer in [
            bench.get(&format!("/posts/{id}")).await,
            bench.get(&format!("/posts/{id}/results")).await,
            bench.patch(id, LATER).await,
            bench.schedule(id, LATER).await,
            bench.retry(id, "").await,
            bench.delete(id).await,
        ] {
            refused(&answer, 404, "not_found", "Post not found.");
        }
    }
    assert_eq!(data(&bench.get("/posts").await)["posts"], json!([]));
    let taken = json!({ "content": "x", "account_ids": [1], "draft": true }).to_string();
    refused(&bench.create(&taken).await, 400, "validation_error", "Account 1 not found.");
    assert_eq!(
        bench.posteverywhere().post(&theirs).map(|post| post.status),
        Some(PostStatus::Draft)
    );
    bench.posteverywhere().add_post_with_id(KEY, NO_POST, seed(PostStatus::Draft, None));
    assert_eq!(bench.get(&format!("/posts/{NO_POST}")).await.status, 200);
    assert_eq!(bench.practice.violations(), []);
    let older = bench.get("/posts/post_8f3k2j1").await;
    refused(&older, 404, "not_found", "Post not found.");
}
