//! New posts: always drafts, on channels that PostPost takes posts for.

use rundown_core::service::{Accepted, Created, Disposition, SchedulingService, ServiceError};
use serde_json::json;

use super::*;

async fn creation(response: Response<Vec<u8>>) -> Result<Created, ServiceError> {
    let (postpost, _) = postpost(vec![response]);
    let post = new_post("Hello", &["twitter-123456789"], None);
    Ok(postpost.create(&post, &key()).await?.value)
}

#[tokio::test]
async fn a_new_post_is_sent_with_exactly_the_documented_fields_and_never_a_time() {
    let (postpost, transport) = postpost(vec![ok(&fixture("create-post"))]);
    let channels = ["twitter-123456789", "telegram--1001234567890", "linkedin-Tz9W_5i"];
    let answer = postpost.create(&new_post("Hello", &channels, None), &key()).await.unwrap();
    assert_eq!(answer.value.id, id());
    assert_eq!(answer.heard.date, Some(at("2026-03-10T09:00:00Z")));
    assert_eq!(bodies(&transport), [json!({ "content": "Hello", "platforms": channels })]);
    assert!(transport.asked()[0].starts_with("POST /create-post "));
    let headers = transport.requests()[0].headers().clone();
    assert_eq!(headers["x-api-key"], KEY);
    assert_eq!(headers["content-type"], "application/json");
    assert!(!headers.contains_key("idempotency-key"), "none is documented");
}

#[tokio::test]
async fn where_a_new_post_stands_is_not_told_and_not_assumed() {
    for body in [
        fixture("create-post"),
        json!({ "postGroupId": ID, "status": "draft", "scheduledTime": null }),
    ] {
        let created = Created { id: id(), accepted: Accepted::default() };
        assert_eq!(creation(ok(&body)).await, Ok(created), "{body}");
    }
}

#[tokio::test]
async fn a_new_post_with_a_time_is_refused_unsent() {
    let (postpost, transport) = postpost(vec![]);
    let post = new_post("Hello", &["twitter-123456789"], Some("2026-03-15T14:00:00Z"));
    let error = postpost.create(&post, &key()).await.unwrap_err();
    assert!(matches!(error, ServiceError::Refused { status: 0, .. }), "{error}");
    assert!(transport.asked().is_empty());
}

#[tokio::test]
async fn a_channel_that_postpost_takes_no_posts_for_is_refused_unsent_and_named() {
    let (postpost, transport) = postpost(vec![]);
    for channel in
        ["bluesky-did:plc:abc123", "twitter", "twitter-", "-1", "X-1", "a b-1", "x-é", ""]
    {
        let post = new_post("Hello", &["twitter-123456789", channel], None);
        match postpost.create(&post, &key()).await.unwrap_err() {
            ServiceError::Refused { status: 0, sentence } => {
                assert!(sentence.starts_with("Nothing was sent: PostPost lists the channel"));
                assert!(sentence.contains(channel), "{sentence}");
                assert!(sentence.contains("Leave this channel out"), "{sentence}");
            }
            other => panic!("{other:?}"),
        }
    }
    assert!(transport.asked().is_empty());
}

#[tokio::test]
async fn a_text_goes_as_it_is() {
    for text in texts() {
        let (postpost, transport) = postpost(vec![ok(&fixture("create-post"))]);
        postpost.create(&new_post(&text, &["twitter-1"], None), &key()).await.unwrap();
        assert_eq!(bodies(&transport)[0]["content"], json!(text));
    }
}

#[tokio::test]
async fn every_documented_refusal_keeps_its_sentence() {
    for (status, sentence) in [
        (400, "Content is required"),
        (400, "Platforms are required"),
        (400, "At least one platform is required"),
        (400, "Platforms must be an array"),
        (400, "Invalid platform ID format: bluesky-did:plc:abc123"),
        (400, "Invalid scheduled time format"),
        (400, "Invalid platformSettings JSON"),
        (400, "Invalid x-postpost-user-id"),
        (403, "API access is not enabled for this account"),
        (403, "User is not managed by key"),
        (409, "Duplicate or conflicting operation"),
    ] {
        let error = creation(scripted::json(status, &json!({ "error": sentence }))).await;
        let sentence = sentence.to_owned();
        assert_eq!(error, Err(ServiceError::Refused { status, sentence }));
    }
    let error = creation(scripted::json(401, &json!({ "error": "Invalid API key" }))).await;
    assert_eq!(error.unwrap_err().disposition(), Disposition::NeedsKey);
    let error = creation(scripted::json(403, &fixture("limit-exceeded"))).await.unwrap_err();
    assert!(matches!(error, ServiceError::PlanLimit(_)), "{error:?}");
}

#[tokio::test]
async fn a_creation_whose_post_cannot_be_named_leaves_the_outcome_open() {
    for response in [
        scripted::json(500, &json!({ "error": "Failed to create post group" })),
        ok(&json!({ "success": true })),
        ok(&json!({ "success": true, "postGroupId": "" })),
        ok(&json!({ "success": true, "postGroupId": 7 })),
        ok(&json!([])),
        scripted::text(200, "text/html", "<title>Welcome</title>"),
    ] {
        let error = creation(response).await.unwrap_err();
        assert_eq!(error.disposition(), Disposition::Unknown, "{error}");
    }
}

#[tokio::test]
async fn a_creation_at_a_wrong_address_says_so_instead_of_denying_a_post() {
    let error = creation(scripted::json(404, &json!({ "error": "No such route" }))).await;
    assert_eq!(
        error.unwrap_err().to_string(),
        "There is no PostPost at this server address: No such route"
    );
}
