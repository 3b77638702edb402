//! Creating and deleting.

use chrono::TimeDelta;
use rundown_practice::postato::{CancelledPosts, ErrorShape, PostStatus, Settings};
use serde_json::{Value, json};

use super::kit::{
    BEARER, Bench, INSTAGRAM, JSON, NOBODY, ONCE, TWITTER, creation, ids, start, time, within,
};

fn id_of(answer: &super::kit::Answer) -> String {
    answer.json()["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_created_post_is_answered_without_account_and_time_but_has_them() {
    let bench = Bench::new().await;
    let answer = bench.create(&creation(json!({})), "a").await;
    let id = id_of(&answer);
    let post = bench.post(&id);
    assert_eq!(answer.status, 201);
    assert_eq!(
        answer.json(),
        json!({
            "id": id,
            "status": "scheduled",
            "platform": "twitter",
            "postType": "tweet",
            "createdAt": "2026-03-02T09:00:00.000Z",
            "items": [{
                "id": post.items[0].id, "index": 0, "text": "Launch day.", "status": "scheduled",
                "media": [],
            }],
        })
    );
    assert_eq!(post.account_id, TWITTER);
    assert_eq!(post.scheduled_at, Some(time("2026-04-20T14:00:00Z")));
    assert_eq!(post.created_at, start());
    assert!(bench.practice.requests()[0].applied);
}

#[tokio::test]
async fn a_thread_has_an_item_for_each_text_with_its_own_media() {
    let bench = Bench::new().await;
    let thread = json!([{ "text": "One", "media": [{ "id": "med_1" }] }, { "text": "Two" }]);
    let body = creation(json!({ "status": "draft", "postType": "thread", "content": thread }));
    let answer = bench.create(&body, "a").await.json();
    assert_eq!(answer["status"], "draft");
    assert_eq!(answer["items"][0]["media"], json!([{ "id": "med_1" }]));
    assert_eq!(
        (&answer["items"][1]["index"], &answer["items"][1]["text"]),
        (&json!(1), &json!("Two"))
    );
    let both = creation(json!({ "content": thread, "media": [{ "id": "med_2" }] }));
    let refused = bench.create(&both, "b").await;
    assert_eq!(refused.json()["details"]["media"], json!(["Only valid with a string as content"]));
}

#[tokio::test]
async fn the_same_idempotency_key_creates_once_and_answers_the_same() {
    let bench = Bench::new().await;
    let first = bench.create(&creation(json!({})), "a").await;
    let again = bench.create(&creation(json!({})), "a").await;
    assert_eq!((again.status, again.json()), (201, first.json()));
    bench.delete(&id_of(&first)).await;
    let after_deletion = bench.create(&creation(json!({})), "a").await;
    assert_eq!(after_deletion.json(), first.json());
    assert_eq!(bench.postato().posts().len(), 1);
    let applied = bench.practice.requests().iter().map(|one| one.applied).collect::<Vec<_>>();
    assert_eq!(applied, [true, false, true, false]);
    assert_ne!(bench.create(&creation(json!({})), "b").await.json()["id"], first.json()["id"]);
    assert_eq!(bench.practice.violations(), []);
}

#[tokio::test]
async fn an_idempotency_key_with_another_body_answers_the_former_post() {
    let bench = Bench::new().await;
    let first = bench.create(&creation(json!({})), "a").await;
    let other = bench.create(&creation(json!({ "content": "Another" })), "a").await;
    assert_eq!(other.json(), first.json());
    assert_eq!(bench.kinds(), ["idempotencyKeyReused"]);
}

#[tokio::test]
async fn a_refused_creation_leaves_its_idempotency_key_free() {
    let bench = Bench::new().await;
    let past = creation(json!({ "scheduledAt": "2026-03-01T00:00:00Z" }));
    assert_eq!(bench.create(&past, "a").await.status, 400);
    assert_eq!(bench.create(&creation(json!({})), "a").await.status, 201);
}

#[tokio::test]
async fn a_minute_takes_120_creations() {
    let bench = Bench::new().await;
    let draft = creation(json!({ "status": "draft" }));
    for number in 0..120 {
        assert_eq!(bench.create(&draft, &number.to_string()).await.status, 201);
        if number == 0 {
            bench.clock.advance(TimeDelta::milliseconds(30_500));
        }
    }
    let refused = bench.create(&draft, "120").await;
    refused.refused(429, "rate_limited");
    assert_eq!(refused.headers["retry-after"], "30");
    assert_eq!(bench.create(&draft, "0").await.status, 201);
    bench.clock.advance(TimeDelta::milliseconds(29_500));
    assert_eq!(bench.create(&draft, "120").await.status, 201);
    assert_eq!(bench.create(&draft, "121").await.status, 429);
    assert_eq!(bench.get("/posts").await.status, 200);
}

#[tokio::test]
async fn wrong_creations_are_refused_field_by_field() {
    let bench = Bench::new().await;
    for (replace, name) in [
        (json!({ "platform": "myspace", "accountId": "" }), "platform"),
        (json!({ "accountId": INSTAGRAM }), "accountId"),
        (json!({ "accountId": "acc_other" }), "accountId"),
        (json!({ "status": "pending" }), "status"),
        (json!({ "postType": 1 }), "postType"),
        (json!({ "content": [] }), "content"),
        (json!({ "content": [{ "body": "x" }] }), "content"),
        (json!({ "media": ["med_1"] }), "media"),
        (json!({ "scheduledAt": "2026-04-20" }), "scheduledAt"),
        (json!({ "scheduledAt": null }), "scheduledAt"),
        (json!({ "scheduledAt": "2026-03-02T09:00:00Z" }), "scheduledAt"),
    ] {
        let refused = bench.create(&creation(replace.clone()), "a").await;
        refused.refused(400, "INVALID_REQUEST");
        assert!(refused.json()["details"][name].is_array(), "{replace}: {}", refused.text);
    }
    let mut timeless = creation(json!({}));
    timeless.as_object_mut().unwrap().remove("scheduledAt");
    assert!(bench.create(&timeless, "a").await.json()["details"]["scheduledAt"].is_array());
    let undeclared = [BEARER, ONCE];
    let body = creation(json!({})).to_string();
    let unread = bench.try_send("POST", &within("/posts"), &undeclared, &body).await.unwrap();
    unread.refused(400, "INVALID_REQUEST");
    let broken = bench.try_send("POST", &within("/posts"), &[BEARER, ONCE, JSON], "{").await;
    broken.unwrap().refused(400, "INVALID_REQUEST");
    assert_eq!(bench.postato().posts(), []);
}

#[tokio::test]
async fn the_platforms_rule_holds_for_what_goes_out_and_not_for_drafts() {
    let bench = Bench::new().await;
    let long = "x".repeat(281);
    let refused = bench.create(&creation(json!({ "content": long })), "a").await;
    refused.refused(422, "VALIDATION_FAILED");
    assert_eq!(
        refused.json()["errors"],
        json!([{
            "field": "content",
            "message": "Text is longer than 280 characters",
            "platform": "twitter",
            "code": "TEXT_TOO_LONG",
        }])
    );
    let draft = creation(json!({ "content": long, "status": "draft" }));
    assert_eq!(bench.create(&draft, "a").await.status, 201);
    let elsewhere = json!({ "content": long, "platform": "instagram", "accountId": INSTAGRAM });
    assert_eq!(bench.create(&creation(elsewhere), "b").await.status, 201);
}

#[tokio::test]
async fn refusals_have_the_shape_that_is_selected() {
    let details = json!({ "status": ["Nothing to update"] });
    let (code, message) = ("INVALID_REQUEST", "Body failed validation");
    for (errors, body) in [
        (ErrorShape::Guide, json!({ "error": code, "message": message, "details": details })),
        (ErrorShape::Reference, json!({ "error": code, "details": details })),
        (
            ErrorShape::Nested,
            json!({ "error": { "code": code, "message": message, "details": details } }),
        ),
        (ErrorShape::Message, json!({ "message": message })),
    ] {
        let bench = Bench::reading(Settings { errors, ..Settings::default() }).await;
        let refused = bench.patch(NOBODY, "{}").await;
        assert_eq!((refused.status, refused.json()), (400, body));
    }
}

#[tokio::test]
async fn a_deletion_cancels_for_good_and_a_second_one_finds_nothing() {
    let bench = Bench::new().await;
    for status in
        [PostStatus::Draft, PostStatus::Scheduled, PostStatus::Queued, PostStatus::PendingApproval]
    {
        let id = bench.seed(status, Some("2026-03-10T08:00:00Z"));
        let answer = bench.delete(&id).await;
        assert_eq!((answer.status, answer.json()), (200, json!({ "success": true })));
        assert_eq!(bench.status(&id), PostStatus::Cancelled);
        bench.delete(&id).await.refused(404, "not_found");
    }
    for status in [PostStatus::Publishing, PostStatus::Published, PostStatus::Failed] {
        let id = bench.seed(status, Some("2026-03-01T08:00:00Z"));
        bench.delete(&id).await.refused(404, "not_found");
        assert_eq!(bench.status(&id), status);
    }
    bench.delete(NOBODY).await.refused(404, "not_found");
    assert_eq!(bench.practice.violations(), []);
}

#[tokio::test]
async fn a_deleted_post_is_shown_as_cancelled_or_not_at_all() {
    for cancelled_posts in [CancelledPosts::Shown, CancelledPosts::Hidden] {
        let bench = Bench::reading(Settings { cancelled_posts, ..Settings::default() }).await;
        let id = bench.scheduled("2026-03-10T08:00:00Z");
        bench.delete(&id).await;
        let single = bench.get(&format!("/posts/{id}")).await;
        let listed = ids(&bench.get("/posts").await);
        if cancelled_posts == CancelledPosts::Shown {
            assert_eq!((single.status, &single.json()["status"]), (200, &json!("cancelled")));
            assert_eq!(listed, [id.as_str()]);
            bench.patch(&id, super::kit::RESUME).await.refused(409, "conflict");
        } else {
            single.refused(404, "not_found");
            assert_eq!(listed, [""; 0]);
            bench.patch(&id, super::kit::RESUME).await.refused(404, "not_found");
        }
        assert_eq!(bench.status(&id), PostStatus::Cancelled);
    }
}

#[tokio::test]
async fn publishing_at_once_on_creation_queues_the_post() {
    let bench = Bench::new().await;
    bench.postato().expect_publish();
    let mut body = creation(json!({ "status": "publish" }));
    body.as_object_mut().unwrap().remove("scheduledAt");
    let answer = bench.create(&body, "a").await;
    assert_eq!(answer.json()["status"], Value::from("queued"));
    bench.practice.tick();
    assert_eq!(bench.status(&id_of(&answer)), PostStatus::Published);
    assert_eq!(bench.practice.violations(), []);
}
