//! What is done once: deleting, and what stands in its way by the code it carries.

use rundown_core::model::Act;
use rundown_core::service::{Accepted, Disposition, SchedulingService, ServiceError};
use serde_json::json;

use super::*;

async fn deletion(response: Response<Vec<u8>>) -> Result<Accepted, ServiceError> {
    let (publora, _) = publora(vec![response]);
    Ok(publora.act(&id(), Act::Delete, &key()).await?.value)
}

#[tokio::test]
async fn a_deletion_is_one_request_without_a_body_or_an_idempotency_key() {
    let (publora, transport) = publora(vec![ok(&json!({ "success": true }))]);
    let answer = publora.act(&id(), Act::Delete, &key()).await.unwrap();
    assert_eq!(answer.value, Accepted::default());
    assert_eq!(transport.asked(), ["DELETE /delete-post/507f1f77bcf86cd799439011"]);
    let headers = transport.requests()[0].headers().clone();
    assert_eq!(headers["x-publora-key"], KEY);
    assert!(!headers.contains_key("idempotency-key"), "no document has one");
}

#[tokio::test]
async fn what_is_live_is_refused_and_what_is_not_settled_is_looked_into() {
    let sentence = "Published posts cannot be deleted through this operation.".to_owned();
    let refused = ServiceError::Refused { status: 409, sentence: sentence.clone() };
    let unsettled = ServiceError::Unsettled { sentence: sentence.clone() };
    for (code, error) in [
        (json!("POST_IS_PUBLISHED"), &refused),
        (json!("POST_HAS_LIVE_CONTENT"), &refused),
        (json!("POST_IS_PROCESSING"), &unsettled),
        (json!("POST_CHANGED"), &unsettled),
        (json!("SOMETHING_NEW"), &refused),
        (json!(null), &refused),
    ] {
        let body = json!({ "error": sentence, "code": code });
        assert_eq!(deletion(scripted::json(409, &body)).await.as_ref(), Err(error), "{code}");
    }
    assert_eq!(unsettled.disposition(), Disposition::Unknown);
}

#[tokio::test]
async fn every_other_documented_answer_to_a_deletion_is_told_apart() {
    let said = |status, sentence: &str| scripted::json(status, &json!({ "error": sentence }));
    for (status, sentence, disposition) in [
        (400, "Invalid post group ID", Disposition::Refused),
        (400, "Invalid x-publora-user-id", Disposition::Refused),
        (401, "Invalid API key", Disposition::NeedsKey),
        (403, "User is not managed by key", Disposition::Refused),
        (500, "Failed to delete post group", Disposition::Unknown),
    ] {
        let error = deletion(said(status, sentence)).await.unwrap_err();
        assert_eq!(error.disposition(), disposition, "{error}");
        assert!(error.to_string().contains(sentence), "{error}");
    }
    let sentence = "Post group not found".to_owned();
    let error = deletion(said(404, &sentence)).await.unwrap_err();
    assert_eq!(error, ServiceError::NotFound { sentence });
}

#[tokio::test]
async fn publishing_at_once_and_trying_again_are_refused_unsent() {
    let (publora, transport) = publora(vec![]);
    for act in [Act::PublishNow, Act::Retry, Act::Skip] {
        let error = publora.act(&id(), act, &key()).await.unwrap_err();
        assert!(matches!(error, ServiceError::Refused { status: 0, .. }), "{act:?}: {error}");
    }
    assert!(transport.asked().is_empty());
}
