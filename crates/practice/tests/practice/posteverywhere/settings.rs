//! The behaviours that the documents leave open, one by one.

use rundown_practice::posteverywhere::{
    AccountIdField, CreatedShape, DeletedShape, DestinationTimes, Drafts, ListShape, PastTime,
    PatchedStatus, PausedTime, PostStatus, RetriedShape, SeedPost,
};
use serde_json::{Value, json};

use super::kit::{Bench, INSTAGRAM, KEY, LATER, PAUSE, RESUME, X, data, refused, seed};
use crate::kit::time;

const ID: &str = "f47ac10b-58cc-4372-a567-0e02b2c3d479";
const PAST: &str = r#"{"scheduled_for":"2026-03-01T14:00:00.000Z"}"#;
const BOTH: &str = r#"{"status":"draft","scheduled_for":"2026-03-15T14:00:00.000Z"}"#;

#[tokio::test]
async fn a_patched_status_may_be_refused_with_the_whole_update() {
    let bench = Bench::with(|settings| settings.patched_status = PatchedStatus::Refused).await;
    let id = bench.scheduled("2026-03-10T08:00:00Z");
    for body in [PAUSE, BOTH] {
        let answer = bench.patch(&id, body).await;
        refused(&answer, 400, "validation_error", "status cannot be updated.");
    }
    assert_eq!(bench.post(&id).scheduled_for, Some(time("2026-03-10T08:00:00Z")));
    assert_eq!(data(&bench.patch(&id, LATER).await)["scheduled_for"], "2026-03-15T14:00:00.000Z");
    assert_eq!(bench.practice.violations(), []);
}

#[tokio::test]
async fn a_patched_status_may_be_ignored_while_the_rest_is_applied() {
    let bench = Bench::with(|settings| settings.patched_status = PatchedStatus::Ignored).await;
    let id = bench.scheduled("2026-03-10T08:00:00Z");
    assert_eq!(data(&bench.patch(&id, PAUSE).await)["status"], "scheduled");
    let both = data(&bench.patch(&id, BOTH).await);
    assert_eq!(
        (&both["status"], &both["scheduled_for"]),
        (&json!("scheduled"), &json!("2026-03-15T14:00:00.000Z"))
    );
    let applied: Vec<_> = bench.practice.requests().iter().map(|one| one.applied).collect();
    assert_eq!(applied, [false, true]);
    let draft = bench.seed(PostStatus::Draft, None);
    let resumed = data(&bench.patch(&draft, RESUME).await);
    assert_eq!(
        (&resumed["status"], &resumed["scheduled_for"]),
        (&json!("draft"), &json!("2026-03-15T14:00:00.000Z"))
    );
    assert_eq!(data(&bench.schedule(&draft, LATER).await)["status"], "scheduled");
}

#[tokio::test]
async fn a_pause_may_clear_the_time_but_not_one_that_comes_with_it() {
    let bench = Bench::with(|settings| settings.paused_time = PausedTime::Cleared).await;
    let id = bench.scheduled("2026-03-10T08:00:00Z");
    let paused = data(&bench.patch(&id, PAUSE).await);
    assert_eq!((&paused["status"], &paused["scheduled_for"]), (&json!("draft"), &Value::Null));
    assert_eq!(bench.times(&id), [None, None]);
    let other = bench.scheduled("2026-03-10T08:00:00Z");
    bench.patch(&other, BOTH).await;
    assert_eq!(bench.post(&other).scheduled_for, Some(time("2026-03-15T14:00:00Z")));
}

#[tokio::test]
async fn a_past_time_is_refused_or_publishes_at_once_as_selected() {
    let bench = Bench::with(|settings| settings.past_time = PastTime::Refuse).await;
    let id = bench.scheduled("2026-03-10T08:00:00Z");
    let draft = bench.seed(PostStatus::Draft, Some("2026-03-01T08:00:00Z"));
    let create = json!({
        "content": "x", "account_ids": [X], "scheduled_for": "2026-03-02T09:00:00Z",
    });
    let create = create.to_string();
    let message = "scheduled_for must be in the future.";
    for answer in [
        bench.patch(&id, PAST).await,
        bench.patch(&draft, PAST).await,
        bench.patch(&draft, r#"{"status":"scheduled"}"#).await,
        bench.create(&create).await,
    ] {
        refused(&answer, 400, "past_schedule_time", message);
    }
    assert_eq!(bench.post(&id).scheduled_for, Some(time("2026-03-10T08:00:00Z")));
    assert_eq!(bench.posteverywhere().posts().len(), 2);

    bench.posteverywhere().set(|settings| settings.past_time = PastTime::Publish);
    assert_eq!(data(&bench.patch(&id, PAST).await)["status"], "publishing");
    assert_eq!(data(&bench.patch(&draft, PAST).await)["status"], "draft");
    assert_eq!(data(&bench.create(&create).await)["status"], "publishing");
    bench.practice.tick();
    assert_eq!(bench.post(&id).status, PostStatus::Published);
    assert_eq!(bench.post(&draft).status, PostStatus::Draft);
}

#[tokio::test]
async fn destinations_may_hide_their_own_time() {
    let bench = Bench::with(|settings| settings.destination_times = DestinationTimes::Absent).await;
    let id = bench.scheduled("2026-03-10T08:00:00Z");
    let answer = data(&bench.patch(&id, LATER).await);
    assert_eq!(answer["destinations"][0].get("scheduled_for"), None);
    assert_eq!(bench.times(&id), [Some(time("2026-03-15T14:00:00Z")); 2]);
}

#[tokio::test]
async fn accounts_name_their_id_as_the_clients_or_as_the_page() {
    let bench = Bench::new().await;
    let answer = data(&bench.get("/accounts").await);
    assert_eq!(answer.get("account_ids"), None);
    assert_eq!(
        answer["accounts"][0],
        json!({
            "id": INSTAGRAM,
            "platform": "instagram",
            "account_name": "@mybrand",
            "avatar_url": null,
            "is_active": true,
            "created_at": "2026-03-02T09:00:00.000Z",
            "health": { "status": "healthy", "can_post": true },
        })
    );
    bench.posteverywhere().set(|settings| settings.account_id_field = AccountIdField::AccountId);
    let answer = data(&bench.get("/accounts").await);
    assert_eq!(answer["account_ids"][0], INSTAGRAM);
    let first = &answer["accounts"][0];
    assert_eq!((&first["account_id"], first.get("id")), (&json!(INSTAGRAM), None));
}

#[tokio::test]
async fn an_older_list_has_neither_post_ids_nor_account_ids() {
    let bench = Bench::with(|settings| settings.list_shape = ListShape::Older).await;
    let media = "a1b2c3d4-e5f6-7890-abcd-ef1234567890";
    let post = SeedPost {
        media_ids: vec![media.to_owned()],
        ..seed(PostStatus::Scheduled, Some("2026-03-10T08:00:00Z"))
    };
    let id = bench.posteverywhere().add_post(KEY, post);
    let listed = data(&bench.get("/posts").await)["posts"][0].take();
    assert_eq!(listed["id"], id);
    for absent in ["post_id", "account_ids", "media_ids"] {
        assert_eq!(listed.get(absent), None, "{absent}");
    }
    assert_eq!(listed["destinations"][0].get("platform_post_url"), None);
    assert_eq!(listed["destinations"][0]["account_id"], INSTAGRAM);
    let url = format!("https://media.example/{media}.jpg");
    assert_eq!(listed["media"], json!([{ "id": media, "url": url, "type": "image" }]));
    let single = data(&bench.get(&format!("/posts/{id}")).await);
    assert_eq!(single["post_id"], id);
}

#[tokio::test]
async fn a_creation_may_answer_a_summary() {
    let bench = Bench::with(|settings| settings.created_shape = CreatedShape::Summary).await;
    let body = json!({ "content": "x", "account_ids": [INSTAGRAM, X], "draft": true });
    let answer = data(&bench.create(&body.to_string()).await);
    let id = bench.posteverywhere().posts()[0].id.clone();
    assert_eq!(
        answer,
        json!({
            "post_id": id,
            "status": "draft",
            "scheduled_for": null,
            "accounts_count": 2,
            "message": "Draft saved.",
        })
    );
}

#[tokio::test]
async fn a_creation_may_not_know_drafts_and_publish_them_at_once() {
    let bench = Bench::with(|settings| settings.drafts = Drafts::Unknown).await;
    let create = json!({ "content": "x", "account_ids": [X], "draft": true }).to_string();
    assert_eq!(data(&bench.create(&create).await)["status"], "publishing");
    assert_eq!(bench.practice.violations(), [], "the client could not know");
}

#[tokio::test]
async fn a_deletion_answers_in_the_shape_selected() {
    for (shape, answer) in [
        (DeletedShape::Page, json!({ "post_id": ID, "deleted": true })),
        (DeletedShape::Client, json!({ "id": ID, "deleted": true })),
        (DeletedShape::Message, json!({ "message": "Post deleted successfully." })),
    ] {
        let bench = Bench::with(|settings| settings.deleted_shape = shape).await;
        let post = SeedPost { account_ids: vec![X], ..SeedPost::default() };
        bench.posteverywhere().add_post_with_id(KEY, ID, post);
        assert_eq!(data(&bench.delete(ID).await), answer);
        assert_eq!(bench.posteverywhere().post(ID), None);
    }
}

#[tokio::test]
async fn a_retry_may_answer_as_the_vendors_client_reads_it() {
    let bench = Bench::with(|settings| settings.retried_shape = RetriedShape::Client).await;
    let id = bench.seed(PostStatus::Failed, Some("2026-03-01T08:00:00Z"));
    let answer = data(&bench.retry(&id, "").await);
    assert_eq!(answer["retried_count"], bench.post(&id).destinations.len());
    let first = &bench.post(&id).destinations[0];
    assert_eq!(
        answer["destinations"][0],
        json!({ "id": first.id, "platform": first.platform, "new_status": "queued" })
    );
}
