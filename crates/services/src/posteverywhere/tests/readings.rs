//! Reading one post.

use rundown_core::model::{PostStatus, RemoteId, Standing};
use rundown_core::service::{Reading, SchedulingService, ServiceError};
use serde_json::json;

use super::*;

#[tokio::test]
async fn a_reading_takes_one_request_with_or_without_the_envelope() {
    let body = fixture("004-update-post");
    for body in [body.clone(), body["data"].clone()] {
        let (posteverywhere, transport) = posteverywhere(vec![ok(&body)]);
        let answer = posteverywhere.read(&id(), &[at("2026-04-20T09:00:00Z")]).await.unwrap();
        let Reading::Found(post) = answer.value else { panic!("{answer:?}") };
        assert_eq!(post.id, id());
        assert_eq!(post.text, "Updated caption — new launch date confirmed!");
        assert_eq!(post.standing, Standing::scheduled(at("2026-04-20T09:00:00Z")));
        assert_eq!(post.targets.len(), 3);
        assert_eq!(transport.asked(), ["GET /posts/f47ac10b-58cc-4372-a567-0e02b2c3d479"]);
    }
}

#[tokio::test]
async fn a_move_that_reached_the_post_but_not_its_destinations_is_not_read_as_done() {
    let entry = post(json!({
        "status": "scheduled", "scheduled_for": "2026-04-20T10:00:00Z",
        "destinations": [
            { "account_id": 2280, "status": "queued", "scheduled_for": "2026-04-20T10:00:00Z" },
            { "account_id": 2282, "status": "queued", "scheduled_for": "2026-04-20T09:00:00Z" },
        ],
    }));
    let (posteverywhere, _) = posteverywhere(vec![ok(&enveloped(entry))]);
    let answer = posteverywhere.read(&id(), &[]).await.unwrap();
    let Reading::Found(post) = answer.value else { panic!("{answer:?}") };
    assert_eq!(post.standing, Standing::scheduled(at("2026-04-20T09:00:00Z")));
}

#[tokio::test]
async fn a_post_is_gone_only_where_the_api_says_so() {
    let (adapter, _) = posteverywhere(vec![scripted::json(404, &fixture("004-not-found"))]);
    assert_eq!(adapter.read(&id(), &[]).await.unwrap().value, Reading::Gone);

    for response in [
        scripted::json(404, &json!({ "error": "Post not found." })),
        scripted::text(404, "text/html", "<h1>Not Found</h1>"),
    ] {
        let (adapter, _) = posteverywhere(vec![response]);
        let error = adapter.read(&id(), &[]).await.unwrap_err();
        assert!(matches!(error, ServiceError::Refused { status: 404, .. }), "{error:?}");
    }
}

#[tokio::test]
async fn a_post_that_does_not_say_where_it_stands_is_unclear() {
    for fields in [
        json!({}),
        json!({ "status": null, "scheduled_for": "2026-04-20T09:00:00Z" }),
        json!({ "status": "scheduled", "scheduled_for": "soon" }),
    ] {
        let (posteverywhere, _) = posteverywhere(vec![ok(&enveloped(post(fields)))]);
        assert_eq!(posteverywhere.read(&id(), &[]).await.unwrap().value, Reading::Unclear);
    }
}

#[tokio::test]
async fn a_reading_of_another_post_is_not_taken_for_this_one() {
    let (adapter, _) = posteverywhere(vec![ok(&fixture("004-update-post"))]);
    let other = RemoteId("0b7c2f9e-0000-4000-8000-000000000000".to_owned());
    let error = adapter.read(&other, &[]).await.unwrap_err();
    assert!(matches!(error, ServiceError::Unreadable { .. }), "{error}");

    let loud = post(json!({ "post_id": ID.to_uppercase(), "status": "draft" }));
    let (adapter, _) = posteverywhere(vec![ok(&enveloped(loud))]);
    let answer = adapter.read(&id(), &[]).await.unwrap();
    let Reading::Found(post) = answer.value else { panic!("{answer:?}") };
    assert_eq!((post.id, post.standing.status), (id(), PostStatus::Draft));
}
