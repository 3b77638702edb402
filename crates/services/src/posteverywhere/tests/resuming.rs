//! Resuming, which may take a second request: when it is made, and when it never may be.

use http::Request;
use rundown_core::model::{Edit, PostStatus};
use rundown_core::service::{Accepted, Answer, Disposition, SchedulingService, ServiceError};
use serde_json::json;

use super::*;
use crate::transport::TransportError;

const NINE: &str = "2026-04-20T09:00:00Z";
const PATCH: &str = r#"PATCH /posts/f47ac10b-58cc-4372-a567-0e02b2c3d479 {"status":"scheduled","scheduled_for":"2026-04-20T09:00:00.000Z"}"#;
const POST: &str = r#"POST /posts/f47ac10b-58cc-4372-a567-0e02b2c3d479/schedule {"scheduled_for":"2026-04-20T09:00:00.000Z"}"#;
const GET: &str = "GET /posts/f47ac10b-58cc-4372-a567-0e02b2c3d479";

type Outcome = Result<Answer<Accepted>, ServiceError>;

async fn resume(answers: Vec<Response<Vec<u8>>>) -> (Outcome, Vec<String>) {
    let (posteverywhere, transport) = posteverywhere(answers);
    let outcome = posteverywhere.apply(&id(), &Edit::schedule(at(NINE)), &key()).await;
    (outcome, transport.asked())
}

/// What `…/schedule` answers, by the type of the vendor's MCP server.
fn scheduled() -> Response<Vec<u8>> {
    ok(&enveloped(json!({
        "post_id": ID, "status": "scheduled", "scheduled_for": NINE, "publish_now": false,
        "destinations": [{ "account_id": 2280, "platform": "instagram", "status": "queued" }],
        "message": "Scheduled",
    })))
}

fn refused(status: u16, code: &str, message: &str) -> Response<Vec<u8>> {
    scripted::json(status, &refusal(code, message))
}

fn still_a_draft() -> Response<Vec<u8>> {
    ok(&enveloped(post(json!({ "status": "draft", "scheduled_for": NINE }))))
}

fn by_patch_refused() -> Response<Vec<u8>> {
    refused(400, "validation_error", "status is not a field of this request.")
}

fn as_asked() -> Accepted {
    Accepted { status: Some(PostStatus::Scheduled), time: Some(at(NINE)), ..Accepted::default() }
}

#[tokio::test]
async fn a_patch_that_schedules_is_all_that_is_asked() {
    let (outcome, asked) = resume(vec![ok(&fixture("004-update-post"))]).await;
    assert_eq!(outcome.unwrap().value, as_asked());
    assert_eq!(asked, [PATCH]);
}

#[tokio::test]
async fn a_patch_that_is_refused_or_ignored_is_followed_by_schedule_with_the_time() {
    for first in [
        by_patch_refused(),
        refused(400, "invalid_field_name", "Unknown field: status."),
        refused(409, "conflict", "The post is a draft. Use POST /posts/{id}/schedule."),
        refused(422, "validation_error", "Drafts are not scheduled by an update."),
        scripted::json(400, &json!({ "error": "Invalid status" })),
        still_a_draft(),
    ] {
        let (outcome, asked) = resume(vec![first, scheduled()]).await;
        assert_eq!(outcome.unwrap().value, as_asked());
        assert_eq!(asked, [PATCH, POST]);
    }
}

#[tokio::test]
async fn a_refusal_over_time_text_or_publication_is_not_followed() {
    let details = json!({ "error": {
        "code": "validation_error", "message": "Validation failed.",
        "details": { "validation_errors": [{ "message": "scheduled_for must be in the future" }] },
    } });
    for first in [
        scripted::json(409, &fixture("004-already-published")),
        refused(409, "conflict", "The post is publishing."),
        refused(400, "past_schedule_time", "Choose a later time."),
        refused(400, "validation_error", "scheduled_for is in the past."),
        refused(400, "validation_error", "Must be at least 1 minute from now."),
        scripted::json(400, &details),
        refused(400, "content_too_long", "The text is too long for X."),
        refused(422, "permanent_failure_circuit_breaker", "Failed five times."),
        refused(401, "unauthorized", "Invalid or expired API key"),
        refused(402, "no_subscription", "The trial has ended."),
        refused(403, "forbidden", "This key lacks the write scope."),
        refused(404, "not_found", "Post not found."),
        refused(429, "rate_limited", "Slow down."),
        scripted::text(400, "text/html", "<h1>Bad Request</h1>"),
        scripted::json(400, &json!(null)),
    ] {
        let (outcome, asked) = resume(vec![first, scheduled()]).await;
        assert!(outcome.is_err());
        assert_eq!(asked, [PATCH], "{outcome:?}");
    }
}

#[tokio::test]
async fn an_outcome_that_is_unknown_is_never_followed() {
    for first in [
        refused(500, "internal_error", "Something went wrong."),
        scripted::json(503, &json!({ "error": { "message": "No.", "retryable": false } })),
        scripted::text(502, "text/html", "<title>Bad Gateway</title>"),
        scripted::text(200, "application/json", "{\"data\":{\"stat"),
        ok(&enveloped(json!({ "post_id": "another", "status": "draft" }))),
    ] {
        let (outcome, asked) = resume(vec![first, scheduled()]).await;
        assert_eq!(outcome.unwrap_err().disposition(), Disposition::Unknown);
        assert_eq!(asked, [PATCH]);
    }
    // An answer that does not say is read back by the outbox.
    let (outcome, asked) = resume(vec![ok(&enveloped(json!({}))), scheduled()]).await;
    assert_eq!(outcome.unwrap().value, Accepted::default());
    assert_eq!(asked, [PATCH]);
}

/// Breaks each connection after the request was written.
struct Cut(Mutex<Vec<String>>);

#[async_trait]
impl Transport for Cut {
    async fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
        self.0.lock().unwrap().push(request.method().to_string());
        Err(TransportError::Interrupted { reason: "the connection was reset".to_owned() })
    }
}

#[tokio::test]
async fn a_patch_that_was_cut_is_never_followed() {
    let cut = Arc::new(Cut(Mutex::new(Vec::new())));
    let posteverywhere = over(cut.clone(), TimeDelta::seconds(1));
    let outcome = posteverywhere.apply(&id(), &Edit::schedule(at(NINE)), &key()).await;
    assert_eq!(outcome.unwrap_err().disposition(), Disposition::Unknown);
    assert_eq!(*cut.0.lock().unwrap(), ["PATCH"]);
}

#[tokio::test]
async fn an_answer_that_came_after_a_sleep_is_not_followed_since_the_time_may_have_passed() {
    for (took, requests) in [(44, 2), (46, 1), (8 * 60 * 60, 1), (-46, 1)] {
        let transport = Arc::new(Scripted::new([still_a_draft(), scheduled()]));
        let posteverywhere = over(transport.clone(), TimeDelta::seconds(took));
        let outcome = posteverywhere.apply(&id(), &Edit::schedule(at(NINE)), &key()).await;
        assert_eq!(transport.asked().len(), requests, "{took} s");
        let status = outcome.unwrap().value.status;
        let draft = status == Some(PostStatus::Draft);
        assert_eq!(draft, requests == 1, "what the PATCH came to stands");
    }
}

#[tokio::test]
async fn a_move_and_a_pause_never_lead_to_schedule() {
    for edit in [Edit::move_to(at(NINE)), Edit::pause()] {
        for answer in [still_a_draft(), by_patch_refused()] {
            let (posteverywhere, transport) = posteverywhere(vec![answer, scheduled()]);
            let _ = posteverywhere.apply(&id(), &edit, &key()).await;
            assert_eq!(transport.asked().len(), 1, "{edit:?}");
        }
    }
}

#[tokio::test]
async fn what_schedule_answers_is_the_outcome() {
    let disposition = |answer| async {
        let (outcome, _) = resume(vec![by_patch_refused(), answer]).await;
        outcome.unwrap_err().disposition()
    };
    let later = refused(429, "rate_limited", "Slow down.");
    assert_eq!(disposition(later).await, Disposition::Later { retry_after: None });
    let trouble = refused(500, "internal_error", "Something went wrong.");
    assert_eq!(disposition(trouble).await, Disposition::Unknown);
    let quota = refused(403, "quota_exceeded", "Your plan has no room for this post.");
    assert_eq!(disposition(quota).await, Disposition::Refused);
    let late = refused(400, "past_schedule_time", "Choose a later time.");
    let (outcome, _) = resume(vec![still_a_draft(), late]).await;
    let sentence = "Choose a later time.".to_owned();
    assert_eq!(outcome.unwrap_err(), ServiceError::Refused { status: 400, sentence });

    // Nothing was sent the second time, and the first did nothing.
    let (outcome, asked) = resume(vec![by_patch_refused()]).await;
    assert_eq!(outcome.unwrap_err().disposition(), Disposition::Later { retry_after: None });
    assert_eq!(asked, [PATCH, POST]);

    let at_once = json!({ "post_id": ID, "status": "publishing", "publish_now": true });
    let (outcome, _) = resume(vec![by_patch_refused(), ok(&enveloped(at_once))]).await;
    assert_eq!(outcome.unwrap().value.status, Some(PostStatus::Publishing));
}

#[tokio::test]
async fn on_a_server_without_schedule_what_the_patch_came_to_stands() {
    for missing in [
        refused(404, "not_found", "Endpoint not found."),
        scripted::text(404, "text/html", "<h1>Not Found</h1>"),
        refused(405, "method_not_allowed", "Method not allowed."),
    ] {
        let (outcome, _) = resume(vec![by_patch_refused(), missing.clone()]).await;
        let sentence = "status is not a field of this request.".to_owned();
        assert_eq!(outcome.unwrap_err(), ServiceError::Refused { status: 400, sentence });
        let (outcome, _) = resume(vec![still_a_draft(), missing]).await;
        assert_eq!(outcome.unwrap().value.status, Some(PostStatus::Draft));
    }
}

#[tokio::test]
async fn where_it_turns_out_to_be_no_draft_the_post_itself_is_asked() {
    let no_draft = || refused(409, "conflict", "Only drafts can be scheduled.");
    let stands = |status: &str, time: &str| {
        ok(&enveloped(post(json!({ "status": status, "scheduled_for": time }))))
    };
    let (outcome, asked) =
        resume(vec![still_a_draft(), no_draft(), stands("scheduled", NINE)]).await;
    assert_eq!(outcome.unwrap().value, as_asked());
    assert_eq!(asked, [PATCH, POST, GET]);

    let sentence = "Only drafts can be scheduled.".to_owned();
    let conflict = ServiceError::Refused { status: 409, sentence };
    for third in [
        stands("scheduled", "2026-04-20T10:00:00Z"),
        stands("publishing", NINE),
        stands("draft", NINE),
        scripted::json(404, &fixture("004-not-found")),
    ] {
        let (outcome, _) = resume(vec![still_a_draft(), no_draft(), third]).await;
        assert_eq!(outcome.unwrap_err(), conflict);
    }
    let third = refused(500, "internal_error", "Something went wrong.");
    let (outcome, _) = resume(vec![still_a_draft(), no_draft(), third]).await;
    assert_eq!(outcome.unwrap_err().disposition(), Disposition::Unknown);
}
