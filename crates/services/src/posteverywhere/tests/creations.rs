//! Creations: always drafts, and what the answer says of the new post.

use rundown_core::model::PostStatus;
use rundown_core::service::{
    Accepted, Answer, Created, Disposition, NewPost, NewTarget, ServiceError,
};

use super::*;

fn target(channel: &str) -> NewTarget {
    NewTarget { channel: RemoteId(channel.to_owned()), network: "instagram".to_owned() }
}

fn new(channels: &[&str]) -> NewPost {
    let channels = channels.iter().map(|channel| target(channel)).collect();
    NewPost { text: "Hello".to_owned(), channels, time: None }
}

async fn create(
    post: &NewPost,
    answer: Response<Vec<u8>>,
) -> (Result<Answer<Created>, ServiceError>, Arc<Scripted>) {
    let (posteverywhere, transport) = posteverywhere(vec![answer]);
    (posteverywhere.create(post, &key()).await, transport)
}

#[tokio::test]
async fn a_creation_is_sent_as_a_draft_with_its_text_and_accounts_and_nothing_else() {
    let draft = ok(&enveloped(post(json!({ "status": "draft" }))));
    let (outcome, transport) = create(&new(&["2280", "2282"]), draft).await;
    assert!(outcome.is_ok());
    let asked = r#"POST /posts {"content":"Hello","account_ids":[2280,2282],"draft":true}"#;
    assert_eq!(transport.asked(), [asked]);
    let request = &transport.requests()[0];
    assert_eq!(request.headers()["content-type"], "application/json");
    assert!(!request.headers().contains_key("idempotency-key"), "none is documented");
}

#[tokio::test]
async fn a_creation_with_a_time_is_refused_unsent() {
    let timed = NewPost { time: Some(at("2026-04-20T09:00:00Z")), ..new(&["2280"]) };
    let (outcome, transport) = create(&timed, ok(&json!({}))).await;
    assert!(matches!(outcome, Err(ServiceError::Refused { status: 0, .. })), "{outcome:?}");
    assert!(transport.asked().is_empty());
}

#[tokio::test]
async fn a_creation_for_no_account_or_for_one_that_is_no_number_is_refused_unsent() {
    let cases: [&[&str]; 6] =
        [&[], &[""], &["acc_01H"], &["2280", "-1"], &["02280"], &["99999999999999999999"]];
    for channels in cases {
        let (outcome, transport) = create(&new(channels), ok(&json!({}))).await;
        assert!(matches!(outcome, Err(ServiceError::Refused { status: 0, .. })), "{outcome:?}");
        assert!(transport.asked().is_empty(), "{channels:?}");
    }
}

#[tokio::test]
async fn what_the_answer_says_of_the_new_post_is_handed_back_in_both_shapes() {
    let text = |text: &str| Some(text.to_owned());
    let full = post(json!({ "status": "draft", "scheduled_for": null }));
    let published = post(json!({ "status": "publishing" }));
    let summary = json!({
        "post_id": ID, "status": "draft", "scheduled_for": null, "accounts_count": 1,
        "message": "Draft saved",
    });
    let older = Accepted {
        status: Some(PostStatus::Scheduled),
        time: Some(at("2026-03-15T14:00:00Z")),
        text: None,
    };
    let draft = |text| Accepted { status: Some(PostStatus::Draft), time: None, text };
    let at_once =
        Accepted { status: Some(PostStatus::Publishing), time: None, text: text("Hello") };
    for (body, id, accepted) in [
        (enveloped(full.clone()), ID, draft(text("Hello"))),
        (full, ID, draft(text("Hello"))),
        (enveloped(summary), ID, draft(None)),
        (enveloped(json!({ "id": ID })), ID, Accepted::default()),
        (fixture("create-post-older"), "post_8f3k2j1", older),
        // A server that does not know drafts: it is told as it is.
        (enveloped(published), ID, at_once),
    ] {
        let (outcome, _) = create(&new(&["2280"]), scripted::json(201, &body)).await;
        let created = outcome.unwrap().value;
        assert_eq!(created, Created { id: RemoteId(id.to_owned()), accepted }, "{body}");
    }
}

#[tokio::test]
async fn an_answer_that_names_no_post_leaves_the_outcome_open() {
    for body in [
        enveloped(json!({ "status": "draft", "message": "Draft saved" })),
        enveloped(json!({ "post_id": "", "id": 7 })),
        enveloped(json!({ "post_id": "../accounts" })),
        json!([]),
        json!("done"),
    ] {
        let (outcome, _) = create(&new(&["2280"]), scripted::json(201, &body)).await;
        assert_eq!(outcome.unwrap_err().disposition(), Disposition::Unknown, "{body}");
    }
}

#[tokio::test]
async fn every_refusal_of_a_creation_is_one_and_never_a_post_that_is_gone() {
    let refused =
        |status, code: &str, message: &str| scripted::json(status, &refusal(code, message));
    for answer in [
        refused(400, "validation_error", "Validation failed."),
        refused(400, "content_too_long", "The text is too long for X."),
        refused(402, "no_subscription", "The trial has ended."),
        refused(403, "quota_exceeded", "Your plan has no room for this post."),
        refused(404, "not_found", "Not found."),
        refused(422, "permanent_failure_circuit_breaker", "Failed five times."),
        ok(&refusal("post_creation_failed", "Nothing was made.")),
    ] {
        let (outcome, _) = create(&new(&["2280"]), answer).await;
        let error = outcome.unwrap_err();
        assert_eq!(error.disposition(), Disposition::Refused, "{error:?}");
        assert!(!matches!(error, ServiceError::NotFound { .. }));
    }
    for (answer, disposition) in [
        (refused(401, "unauthorized", "Invalid API key."), Disposition::NeedsKey),
        (
            refused(429, "rate_limit_exceeded", "Slow down."),
            Disposition::Later { retry_after: None },
        ),
        (refused(500, "internal_error", "Something went wrong."), Disposition::Unknown),
        (scripted::text(502, "text/html", "<h1>Bad Gateway</h1>"), Disposition::Unknown),
    ] {
        let (outcome, transport) = create(&new(&["2280"]), answer).await;
        assert_eq!(outcome.unwrap_err().disposition(), disposition);
        assert_eq!(transport.asked().len(), 1);
    }
}
