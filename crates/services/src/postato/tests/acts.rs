//! What can't be taken back: what is sent, and what its answer confirms.

use rundown_core::model::{Act, PostStatus};
use rundown_core::service::{Accepted, Answer, Disposition, ServiceError};

use super::*;

type Outcome = Result<Answer<Accepted>, ServiceError>;

async fn act(act: Act, answers: Vec<Response<Vec<u8>>>) -> (Outcome, Vec<String>) {
    let (postato, transport) = postato(answers);
    let outcome = postato.act(&id(), act, &key()).await;
    for request in transport.requests() {
        assert!(!request.headers().contains_key("idempotency-key"), "only POST honours one");
    }
    (outcome, asked(&transport))
}

fn said(status: Option<PostStatus>, time: Option<&str>) -> Accepted {
    Accepted { status, time: time.map(at), text: None }
}

#[tokio::test]
async fn publishing_now_is_one_update_that_says_so() {
    for (body, accepted) in [
        (post("queued", json!(TIME)), said(Some(PostStatus::Queued), Some(TIME))),
        (post("pending", json!(null)), said(Some(PostStatus::Queued), None)),
        (post("published", json!(null)), said(Some(PostStatus::Published), None)),
        // Ignored, or not said: that is looked up.
        (post("draft", json!(null)), said(Some(PostStatus::Draft), None)),
        (json!({ "success": true }), said(None, None)),
        (json!({}), said(None, None)),
    ] {
        let (outcome, asked) = act(Act::PublishNow, vec![ok(&body)]).await;
        assert_eq!(outcome.unwrap().value, accepted, "{body}");
        assert_eq!(asked, [format!(r#"PATCH /posts/{ID} {{"status":"publish"}}"#)]);
    }
}

#[tokio::test]
async fn a_publication_that_is_refused_keeps_the_services_own_sentence() {
    let sentence = "Cannot update a post that is already published";
    let refusal = json!({ "error": "conflict", "message": sentence });
    let (outcome, _) = act(Act::PublishNow, vec![scripted::json(409, &refusal)]).await;
    let refused = ServiceError::Refused { status: 409, sentence: sentence.to_owned() };
    assert_eq!(outcome.unwrap_err(), refused);
    let (outcome, _) = act(Act::PublishNow, vec![not_found()]).await;
    let error = outcome.unwrap_err();
    assert!(matches!(error, ServiceError::Refused { status: 404, .. }), "{error:?}");
}

#[tokio::test]
async fn a_deletion_is_one_request_and_done_where_the_answer_says_so() {
    for (body, accepted) in [
        (json!({ "success": true }), said(None, None)),
        (json!({ "id": ID, "success": true }), said(None, None)),
        (post("cancelled", json!(null)), said(Some(PostStatus::Cancelled), None)),
    ] {
        let (outcome, asked) = act(Act::Delete, vec![ok(&body)]).await;
        assert_eq!(outcome.unwrap().value, accepted, "{body}");
        assert_eq!(asked, [format!("DELETE /posts/{ID}")]);
    }
}

#[tokio::test]
async fn a_deletion_whose_answer_does_not_say_that_it_was_done_is_open() {
    let mut still = post("scheduled", json!(TIME));
    still["success"] = json!(true);
    let other = json!({ "id": "pst_01HV3XG5S7V9X1Z3B5D7F9H1K3", "success": true });
    for answer in [
        ok(&json!({})),
        ok(&json!({ "success": "yes" })),
        ok(&post("scheduled", json!(TIME))),
        ok(&still),
        ok(&other),
        ok(&json!([])),
        scripted::text(204, "application/json", ""),
        scripted::json(500, &json!({ "error": "internal_error" })),
    ] {
        let (outcome, asked) = act(Act::Delete, vec![answer]).await;
        assert_eq!(outcome.unwrap_err().disposition(), Disposition::Unknown);
        assert_eq!(asked.len(), 1);
    }
    let failed = json!({ "success": false, "message": "Not now" });
    let (outcome, _) = act(Act::Delete, vec![ok(&failed)]).await;
    assert_eq!(outcome.unwrap_err().disposition(), Disposition::Refused);
}

#[tokio::test]
async fn a_denied_deletion_of_a_post_that_is_cancelled_already_is_done() {
    let cancelled = ok(&post("cancelled", json!(TIME)));
    let (outcome, asked) = act(Act::Delete, vec![not_found(), cancelled]).await;
    assert_eq!(outcome.unwrap().value.status, Some(PostStatus::Cancelled));
    assert_eq!(asked, [format!("DELETE /posts/{ID}"), format!("GET /posts/{ID}")]);
}

#[tokio::test]
async fn a_denied_deletion_of_a_post_that_is_gone_says_so() {
    let found = ok(&post("scheduled", json!(TIME)));
    let answers = vec![found, not_found(), not_found(), nothing(), nothing(), nothing()];
    let (postato, _) = postato(answers);
    postato.read(&id(), &[]).await.unwrap();
    let error = postato.act(&id(), Act::Delete, &key()).await.unwrap_err();
    assert!(matches!(error, ServiceError::NotFound { .. }), "{error:?}");
}

#[tokio::test]
async fn any_other_denied_deletion_is_a_refusal() {
    let stands = |status: &str| vec![not_found(), ok(&post(status, json!(TIME)))];
    let unclear = vec![not_found(), not_found(), nothing(), nothing(), nothing()];
    for answers in [stands("scheduled"), stands("publishing"), stands("published"), unclear] {
        let (outcome, _) = act(Act::Delete, answers).await;
        let error = outcome.unwrap_err();
        assert!(matches!(error, ServiceError::Refused { status: 404, .. }), "{error:?}");
        assert!(error.to_string().contains("no longer be cancelled"), "{error}");
    }
    let (outcome, asked) = act(Act::Delete, vec![no_route()]).await;
    assert!(matches!(outcome, Err(ServiceError::Refused { status: 404, .. })), "{outcome:?}");
    assert_eq!(asked.len(), 1);
}

#[tokio::test]
async fn a_denied_deletion_that_cannot_be_looked_up_is_open() {
    let (outcome, _) = act(Act::Delete, vec![not_found()]).await;
    let error = outcome.unwrap_err();
    assert!(matches!(error, ServiceError::Unsettled { .. }), "{error:?}");
    assert_eq!(error.disposition(), Disposition::Unknown);
}

#[tokio::test]
async fn what_postato_has_no_request_for_is_refused_unsent() {
    for wanted in [Act::Retry, Act::Skip] {
        let (outcome, asked) = act(wanted, vec![]).await;
        assert!(matches!(outcome, Err(ServiceError::Refused { status: 0, .. })), "{outcome:?}");
        assert!(asked.is_empty());
    }
    let (postato, transport) = postato(vec![]);
    for wanted in [Act::PublishNow, Act::Delete] {
        let id = RemoteId("../workspaces".to_owned());
        let error = postato.act(&id, wanted, &key()).await.unwrap_err();
        assert!(matches!(error, ServiceError::Refused { status: 0, .. }), "{error:?}");
    }
    assert!(transport.asked().is_empty());
}
