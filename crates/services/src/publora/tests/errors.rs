//! Answers without success, by the code they carry.

use std::time::Duration;

use rundown_core::model::Edit;
use rundown_core::service::{Disposition, ListQuery, SchedulingService, ServiceError};
use serde_json::json;

use super::*;

async fn refusal(response: Response<Vec<u8>>) -> ServiceError {
    let (publora, _) = publora(vec![response]);
    publora.apply(&id(), &Edit::pause(), &key()).await.unwrap_err()
}

#[tokio::test]
async fn what_is_refused_keeps_the_services_sentence_in_every_generation() {
    let not_started = "Post publishing has already started; the post can no longer be edited.";
    let reused = "Idempotency key was already used with a different request body";
    for (status, sentence, code) in [
        (400, "Cannot update published or failed posts", None),
        (400, "Invalid scheduled time", None),
        (400, "Scheduled time cannot be in the past", None),
        (400, "Cannot update post: post is currently in published status", None),
        (
            400,
            "Cannot update post: post is currently in published status",
            Some("POST_NOT_EDITABLE"),
        ),
        (400, "Cannot edit a post with a child in published status.", Some("POST_NOT_EDITABLE")),
        (
            400,
            "Scheduled time is in the past. Server time is 2026-09-01T14:02:11.412Z UTC.",
            Some("SCHEDULED_TIME_IN_PAST"),
        ),
        (
            400,
            "Idempotency-Key request body is too deeply nested",
            Some("IDEMPOTENCY_BODY_TOO_COMPLEX"),
        ),
        (400, "Media is not ready", Some("MEDIA_NOT_READY")),
        (403, "User is not managed by key", None),
        (409, not_started, Some("POST_PUBLISH_IN_PROGRESS")),
        (409, "Duplicate or conflicting operation", None),
        (409, "Something new is in the way", Some("SOMETHING_NEW")),
        (422, reused, Some("IDEMPOTENCY_KEY_CONFLICT")),
    ] {
        let error =
            refusal(scripted::json(status, &json!({ "error": sentence, "code": code }))).await;
        assert_eq!(error, ServiceError::Refused { status, sentence: sentence.to_owned() });
    }
}

#[tokio::test]
async fn a_bare_code_gives_way_to_the_sentence_beside_it() {
    let sentence = "At least one platform is required to schedule a post. Add a platform or keep \
                    the post as a draft.";
    let body = json!({
        "error": "PLATFORMS_REQUIRED", "code": "PLATFORMS_REQUIRED", "message": sentence,
    });
    let refused = ServiceError::Refused { status: 400, sentence: sentence.to_owned() };
    assert_eq!(refusal(scripted::json(400, &body)).await, refused);
}

#[tokio::test]
async fn a_conflict_that_leaves_something_open_is_looked_into_before_anything_is_repeated() {
    for (sentence, code) in [
        ("A request with this idempotency key is still in flight", "IDEMPOTENCY_IN_FLIGHT"),
        ("Idempotency claim was superseded by another request", "IDEMPOTENCY_IN_FLIGHT"),
        ("Post group state changed concurrently; please retry.", "POST_GROUP_VERSION_CONFLICT"),
    ] {
        let error = refusal(scripted::json(409, &json!({ "error": sentence, "code": code }))).await;
        assert_eq!(error, ServiceError::Unsettled { sentence: sentence.to_owned() });
        assert_eq!(error.disposition(), Disposition::Unknown, "{code}");
    }
    // The code says so only together with its status.
    let stray = json!({ "error": "No, thank you", "code": "IDEMPOTENCY_IN_FLIGHT" });
    assert_eq!(refusal(scripted::json(400, &stray)).await.disposition(), Disposition::Refused);
}

#[tokio::test]
async fn every_limit_of_a_plan_is_known_by_its_code() {
    for code in [
        "CHANNEL_LIMIT_REACHED",
        "CONNECTIONS_OVER_LIMIT",
        "SCHEDULE_HORIZON_REACHED",
        "SCHEDULED_POST_LIMIT_REACHED",
        "POST_LIMIT_REACHED",
        "PLATFORM_NOT_AVAILABLE",
    ] {
        let body = json!({ "success": false, "error": "Not on this plan", "code": code });
        match refusal(scripted::json(403, &body)).await {
            ServiceError::PlanLimit(limit) => {
                assert_eq!(limit.code.as_deref(), Some(code));
                assert_eq!(limit.sentence, "Not on this plan");
            }
            other => panic!("{code}: {other:?}"),
        }
    }
    match refusal(scripted::json(403, &fixture("current/limit-exceeded"))).await {
        ServiceError::PlanLimit(limit) => {
            assert_eq!((limit.used, limit.limit, limit.remaining), (Some(48), Some(50), Some(2)));
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_wait_is_read_from_the_header_or_from_either_field_of_the_body() {
    let media = json!({
        "error": "Media URL ingestion rate limit reached (60 URLs/hour). Retry later or use the presigned get-upload-url flow.",
        "code": "MEDIA_URL_RATE_LIMITED", "retryAfterSec": 60,
    });
    let mut with_header = scripted::json(429, &media);
    with_header.headers_mut().insert("retry-after", "59".parse().unwrap());
    for (response, seconds) in [
        (scripted::json(429, &fixture("gen2/rate-limited")), 45),
        (scripted::json(429, &media), 60),
        (with_header, 59),
    ] {
        let retry_after = Some(Duration::from_secs(seconds));
        assert_eq!(refusal(response).await.disposition(), Disposition::Later { retry_after });
    }
}

#[tokio::test]
async fn a_key_and_a_post_that_are_not_known_are_told_from_each_other() {
    let sentence = "Invalid API key".to_owned();
    let error = refusal(scripted::json(401, &json!({ "error": sentence }))).await;
    assert_eq!(error, ServiceError::KeyRefused { sentence });

    let sentence = "Post group not found".to_owned();
    let error = refusal(scripted::json(404, &json!({ "error": sentence }))).await;
    assert_eq!(error, ServiceError::NotFound { sentence });

    let (publora, _) = publora(vec![scripted::json(404, &json!({ "error": "No such route" }))]);
    let error = publora.list(&ListQuery::Drafts, None).await.unwrap_err();
    assert_eq!(error.to_string(), "There is no Publora at this server address: No such route");
}

#[tokio::test]
async fn trouble_of_the_server_leaves_the_outcome_open() {
    for status in [500, 503] {
        let error =
            refusal(scripted::json(status, &json!({ "error": "Failed to update post" }))).await;
        assert_eq!(error.disposition(), Disposition::Unknown);
    }
}

#[tokio::test]
async fn the_key_is_in_no_debug_output_and_no_sentence() {
    let told = json!({ "error": format!("Invalid API key {KEY}") });
    let (publora, _) = publora(vec![scripted::json(401, &told)]);
    assert!(!format!("{publora:?}").contains(KEY));
    let error = publora.channels().await.unwrap_err();
    assert_eq!(error, ServiceError::KeyRefused { sentence: "Invalid API key …".to_owned() });
}
