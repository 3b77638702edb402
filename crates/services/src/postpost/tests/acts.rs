//! What is done once: deleting, and nothing else.

use rundown_core::model::Act;
use rundown_core::service::{Accepted, Disposition, SchedulingService, ServiceError};
use serde_json::json;

use super::*;

async fn deletion(response: Response<Vec<u8>>) -> Result<Accepted, ServiceError> {
    let (postpost, _) = postpost(vec![response]);
    Ok(postpost.act(&id(), Act::Delete, &key()).await?.value)
}

#[tokio::test]
async fn a_deletion_is_one_request_without_a_body() {
    let (postpost, transport) = postpost(vec![ok(&json!({ "success": true }))]);
    let answer = postpost.act(&id(), Act::Delete, &key()).await.unwrap();
    assert_eq!(answer.value, Accepted::default());
    assert_eq!(answer.heard.date, Some(at("2026-03-10T09:00:00Z")));
    assert_eq!(transport.asked(), ["DELETE /delete-post/507f1f77bcf86cd799439011"]);
    let headers = transport.requests()[0].headers().clone();
    assert_eq!(headers["x-api-key"], KEY);
    assert!(!headers.contains_key("content-type") && !headers.contains_key("idempotency-key"));
}

#[tokio::test]
async fn a_post_that_is_not_there_is_told_from_one_that_may_not_be_deleted() {
    let denied = json!({ "error": "Post group not found" });
    let sentence = "Post group not found".to_owned();
    let error = deletion(scripted::json(404, &denied)).await.unwrap_err();
    assert_eq!(error, ServiceError::NotFound { sentence });
    // A page that is not there says nothing about the post.
    let error = deletion(scripted::text(404, "text/html", "<h1>Nothing here</h1>")).await;
    assert!(matches!(error, Err(ServiceError::Refused { status: 404, .. })), "{error:?}");

    let sentence = "Duplicate or conflicting operation".to_owned();
    for status in [400, 409] {
        let error = deletion(scripted::json(status, &json!({ "error": sentence }))).await;
        assert_eq!(error, Err(ServiceError::Refused { status, sentence: sentence.clone() }));
    }
    let error = deletion(ok(&json!({ "success": false, "error": "Not yours" }))).await;
    assert_eq!(error.unwrap_err().disposition(), Disposition::Refused);
}

#[tokio::test]
async fn a_deletion_in_trouble_leaves_the_outcome_open() {
    let trouble = json!({ "error": "Failed to delete post group" });
    for response in [
        scripted::json(500, &trouble),
        scripted::text(502, "text/html", "<title>Bad Gateway</title>"),
        scripted::text(200, "application/json", ""),
        scripted::text(200, "text/html", "<title>Welcome</title>"),
    ] {
        let error = deletion(response).await.unwrap_err();
        assert_eq!(error.disposition(), Disposition::Unknown, "{error}");
    }
}

#[tokio::test]
async fn what_postpost_has_no_request_for_is_refused_unsent() {
    let (postpost, transport) = postpost(vec![]);
    for (act, sentence) in [
        (Act::PublishNow, "This service has no way to publish a post before its time."),
        (Act::Retry, "This service has no way to try a failed post again."),
        (Act::Skip, "This service has no way to pass over a post."),
    ] {
        let error = postpost.act(&id(), act, &key()).await.unwrap_err();
        assert_eq!(error, ServiceError::Refused { status: 0, sentence: sentence.to_owned() });
    }
    assert!(transport.asked().is_empty());
}
