//! Edits that take one request: what is sent, and what the answer confirms.

use rundown_core::model::{Edit, PostStatus, RemoteId};
use rundown_core::service::{Accepted, SchedulingService, ServiceError};
use serde_json::{Value, json};

use super::*;

const NINE: &str = "2026-04-20T09:00:00Z";

fn scheduled(time: &str) -> Accepted {
    Accepted { status: Some(PostStatus::Scheduled), time: Some(at(time)), ..Accepted::default() }
}

#[tokio::test]
async fn each_edit_is_sent_with_exactly_what_changes() {
    let answer = ok(&fixture("004-update-post"));
    let (posteverywhere, transport) = posteverywhere(vec![answer.clone(), answer.clone(), answer]);
    let time = at(NINE);
    for edit in [Edit::move_to(time), Edit::pause(), Edit::schedule(time)] {
        posteverywhere.apply(&id(), &edit, &key()).await.unwrap();
    }
    assert_eq!(
        transport.asked(),
        [
            r#"PATCH /posts/f47ac10b-58cc-4372-a567-0e02b2c3d479 {"scheduled_for":"2026-04-20T09:00:00.000Z"}"#,
            r#"PATCH /posts/f47ac10b-58cc-4372-a567-0e02b2c3d479 {"status":"draft"}"#,
            r#"PATCH /posts/f47ac10b-58cc-4372-a567-0e02b2c3d479 {"status":"scheduled","scheduled_for":"2026-04-20T09:00:00.000Z"}"#,
        ]
    );
    for request in transport.requests() {
        assert_eq!(request.headers()["content-type"], "application/json");
        assert_eq!(request.headers()["authorization"], format!("Bearer {KEY}"));
        assert!(request.headers()["authorization"].is_sensitive());
        assert!(!request.headers().contains_key("idempotency-key"));
    }
}

#[tokio::test]
async fn an_answer_confirms_what_it_says_and_nothing_else() {
    let silent = Accepted::default();
    let draft = Accepted { status: Some(PostStatus::Draft), time: None, ..Accepted::default() };
    for (body, accepted) in [
        (fixture("004-update-post"), scheduled(NINE)),
        (enveloped(json!({ "message": "Post updated" })), silent.clone()),
        (enveloped(post(json!({ "status": "draft", "scheduled_for": null }))), draft.clone()),
        (enveloped(post(json!({ "status": 3, "scheduled_for": "soon" }))), silent.clone()),
        // Without the envelope.
        (post(json!({ "status": "draft" })), draft),
        (json!({ "id": ID.to_uppercase(), "status": null, "surprise": [1] }), silent),
    ] {
        let (posteverywhere, _) = posteverywhere(vec![ok(&body)]);
        let answer = posteverywhere.apply(&id(), &Edit::pause(), &key()).await.unwrap();
        assert_eq!(answer.value, accepted, "{body}");
    }
}

#[tokio::test]
async fn the_time_of_a_destination_that_was_left_behind_is_the_answer() {
    let destination = |account: u32, status: &str, time: Value| json!({ "account_id": account, "status": status, "scheduled_for": time });
    let eight = json!("2026-04-20T08:00:00.000Z");
    let seven = json!("2026-04-20T07:00:00.000Z");
    let nine = json!("2026-04-20T11:00:00+02:00");
    for (destinations, time) in [
        (vec![destination(1, "queued", nine.clone())], NINE),
        (vec![destination(1, "queued", json!(null)), destination(2, "queued", json!(7))], NINE),
        (
            vec![destination(1, "queued", nine.clone()), destination(2, "queued", eight.clone())],
            "2026-04-20T08:00:00Z",
        ),
        (
            vec![destination(1, "scheduled", eight.clone()), destination(2, "draft", seven)],
            "2026-04-20T07:00:00Z",
        ),
        // Of a word nobody knows it is assumed that it is still to come.
        (vec![destination(1, "simmering", eight.clone())], "2026-04-20T08:00:00Z"),
        // What has gone out is history.
        (vec![destination(1, "published", eight.clone()), destination(2, "queued", nine)], NINE),
        (vec![destination(1, "queued", json!("2026-04-20T09:00:00.400Z"))], NINE),
    ] {
        let body = post(json!({
            "status": "scheduled", "scheduled_for": NINE, "destinations": destinations,
        }));
        let (posteverywhere, _) = posteverywhere(vec![ok(&enveloped(body))]);
        let answer = posteverywhere.apply(&id(), &Edit::move_to(at(NINE)), &key()).await.unwrap();
        assert_eq!(answer.value, scheduled(time), "{destinations:?}");
    }
}

#[tokio::test]
async fn another_time_for_the_whole_post_is_handed_back() {
    let body = post(json!({ "status": "scheduled", "scheduled_for": "2026-04-20T09:05:00Z" }));
    let (posteverywhere, _) = posteverywhere(vec![ok(&enveloped(body))]);
    let answer = posteverywhere.apply(&id(), &Edit::move_to(at(NINE)), &key()).await.unwrap();
    assert_eq!(answer.value, scheduled("2026-04-20T09:05:00Z"));
}

#[tokio::test]
async fn a_pause_that_came_while_a_destination_was_publishing_is_not_called_a_draft() {
    let destinations = json!([
        { "account_id": 2280, "status": "publishing" },
        { "account_id": 2282, "status": "queued" },
    ]);
    let body = post(json!({ "status": "draft", "destinations": destinations }));
    let (posteverywhere, _) = posteverywhere(vec![ok(&enveloped(body))]);
    let answer = posteverywhere.apply(&id(), &Edit::pause(), &key()).await.unwrap();
    assert_eq!(answer.value.status, Some(PostStatus::Publishing));
}

#[tokio::test]
async fn an_answer_about_another_post_or_about_nothing_is_not_taken_for_this_one() {
    let other = json!({ "post_id": "0b7c2f9e-0000-4000-8000-000000000000", "status": "draft" });
    for body in [enveloped(other), enveloped(json!(null)), json!([]), json!("done")] {
        let (posteverywhere, _) = posteverywhere(vec![ok(&body)]);
        let error = posteverywhere.apply(&id(), &Edit::pause(), &key()).await.unwrap_err();
        assert!(matches!(error, ServiceError::Unreadable { .. }), "{body}: {error}");
    }
}

#[tokio::test]
async fn an_id_that_posteverywhere_cannot_have_is_refused_unsent() {
    let (adapter, transport) = posteverywhere(vec![]);
    let long = "a".repeat(65);
    for id in ["", " ", "a/../b", "../accounts", "a?b", "a%2Fb", "pöst", long.as_str()] {
        let id = RemoteId(id.to_owned());
        let errors = [
            adapter.apply(&id, &Edit::pause(), &key()).await.unwrap_err(),
            adapter.apply(&id, &Edit::schedule(at(NINE)), &key()).await.unwrap_err(),
            adapter.read(&id, &[]).await.unwrap_err(),
        ];
        for error in errors {
            assert!(matches!(error, ServiceError::Refused { status: 0, .. }), "{error}");
        }
    }
    assert!(transport.asked().is_empty());

    let older = post(json!({ "post_id": "post_8f3k2j1", "id": null, "status": "draft" }));
    let (adapter, transport) = posteverywhere(vec![ok(&enveloped(older))]);
    let older = RemoteId("post_8f3k2j1".to_owned());
    adapter.apply(&older, &Edit::pause(), &key()).await.unwrap();
    assert_eq!(transport.asked(), [r#"PATCH /posts/post_8f3k2j1 {"status":"draft"}"#]);
}
