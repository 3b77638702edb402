//! What can't be taken back: one request each, and what its answer confirms.

use rundown_core::model::{Act, PostStatus};
use rundown_core::service::{Accepted, Answer, Disposition, ServiceError};

use super::*;

type Outcome = Result<Answer<Accepted>, ServiceError>;

async fn act(act: Act, answer: Response<Vec<u8>>) -> (Outcome, Vec<String>) {
    let (posteverywhere, transport) = posteverywhere(vec![answer]);
    (posteverywhere.act(&id(), act, &key()).await, transport.asked())
}

fn refused(status: u16, code: &str, message: &str) -> Response<Vec<u8>> {
    scripted::json(status, &refusal(code, message))
}

fn said(status: Option<PostStatus>) -> Accepted {
    Accepted { status, ..Accepted::default() }
}

#[tokio::test]
async fn each_act_is_one_request() {
    let publishing = json!({ "post_id": ID, "status": "publishing", "publish_now": true });
    for (wanted, answer, request) in [
        (
            Act::PublishNow,
            enveloped(publishing),
            format!(r#"POST /posts/{ID}/schedule {{"publish_now":true}}"#),
        ),
        (Act::Retry, fixture("retry-failed-post"), format!("POST /posts/{ID}/retry")),
        (Act::Delete, fixture("delete-post"), format!("DELETE /posts/{ID}")),
    ] {
        let (outcome, asked) = act(wanted, ok(&answer)).await;
        assert!(outcome.is_ok(), "{outcome:?}");
        assert_eq!(asked, [request]);
    }
    let (outcome, asked) = act(Act::Skip, ok(&json!({}))).await;
    assert!(matches!(outcome, Err(ServiceError::Refused { status: 0, .. })), "{outcome:?}");
    assert!(asked.is_empty());
}

#[tokio::test]
async fn an_act_on_an_id_that_posteverywhere_cannot_have_is_refused_unsent() {
    let (posteverywhere, transport) = posteverywhere(vec![]);
    for wanted in [Act::PublishNow, Act::Retry, Act::Delete] {
        let id = RemoteId("../accounts".to_owned());
        let error = posteverywhere.act(&id, wanted, &key()).await.unwrap_err();
        assert!(matches!(error, ServiceError::Refused { status: 0, .. }), "{error}");
    }
    assert!(transport.asked().is_empty());
}

#[tokio::test]
async fn publishing_now_confirms_what_the_answer_says() {
    for (body, status) in [
        (json!({ "post_id": ID, "status": "publishing" }), Some(PostStatus::Publishing)),
        (json!({ "id": ID, "status": "published" }), Some(PostStatus::Published)),
        // Not on its way by its own word: that is looked up.
        (json!({ "post_id": ID, "status": "draft" }), Some(PostStatus::Draft)),
        (json!({ "message": "Draft is being published." }), None),
    ] {
        let (outcome, _) = act(Act::PublishNow, ok(&enveloped(body.clone()))).await;
        assert_eq!(outcome.unwrap().value, said(status), "{body}");
    }
}

#[tokio::test]
async fn a_post_that_is_no_draft_is_not_made_one_on_the_way_to_being_published() {
    let no_draft = refused(409, "conflict", "Only drafts can be scheduled.");
    let (outcome, asked) = act(Act::PublishNow, no_draft).await;
    let sentence = "Only drafts can be scheduled. PostEverywhere publishes only drafts at once: \
                    make a draft of a scheduled post first, then publish it."
        .to_owned();
    assert_eq!(outcome.unwrap_err(), ServiceError::Refused { status: 409, sentence });
    assert_eq!(asked.len(), 1);

    let (outcome, _) =
        act(Act::PublishNow, scripted::json(409, &fixture("004-already-published"))).await;
    let sentence = "Cannot update a post that has already been published.".to_owned();
    assert_eq!(outcome.unwrap_err(), ServiceError::Refused { status: 409, sentence });
}

#[tokio::test]
async fn a_retry_is_on_its_way_where_destinations_are_queued_again() {
    let queued = said(Some(PostStatus::Queued));
    let with = |words: Value| json!({ "retried_count": 2, "destinations": words });
    for (body, accepted) in [
        (fixture("retry-failed-post"), queued.clone()),
        (enveloped(with(json!([{ "id": "a", "new_status": "queued" }]))), queued.clone()),
        (enveloped(json!({ "retried_count": 1 })), queued),
        (
            enveloped(with(json!([{ "status": "queued" }, { "status": "publishing" }]))),
            said(Some(PostStatus::Publishing)),
        ),
        (enveloped(with(json!([{ "status": "queued" }, { "status": "failed" }]))), said(None)),
        (enveloped(with(json!([{ "status": "queued" }, {}, 7]))), said(None)),
        (enveloped(json!({ "message": "Retrying" })), said(None)),
    ] {
        let (outcome, _) = act(Act::Retry, ok(&body)).await;
        assert_eq!(outcome.unwrap().value, accepted, "{body}");
    }
    let nothing = enveloped(json!({ "post_id": ID, "retried_count": 0, "destinations": [] }));
    let (outcome, _) = act(Act::Retry, ok(&nothing)).await;
    assert_eq!(outcome.unwrap_err().disposition(), Disposition::Refused);
}

#[tokio::test]
async fn a_deletion_is_done_in_each_of_its_documented_shapes() {
    for body in [
        fixture("delete-post"),
        enveloped(json!({ "deleted": true, "id": ID })),
        enveloped(json!({ "message": "Post deleted successfully" })),
    ] {
        let (outcome, _) = act(Act::Delete, ok(&body)).await;
        assert_eq!(outcome.unwrap().value, Accepted::default(), "{body}");
    }
    let kept = enveloped(json!({ "post_id": ID, "deleted": false, "message": "Kept" }));
    let (outcome, _) = act(Act::Delete, ok(&kept)).await;
    assert_eq!(outcome.unwrap_err().disposition(), Disposition::Refused);
}

#[tokio::test]
async fn a_deletion_is_open_where_the_answer_does_not_say_that_this_post_is_gone() {
    let other = "0b7c2f9e-0000-4000-8000-000000000000";
    for answer in [
        ok(&enveloped(json!({ "post_id": other, "deleted": true }))),
        ok(&enveloped(json!({ "post_id": ID, "status": "draft" }))),
        ok(&enveloped(json!({ "deleted": "yes", "message": "" }))),
        ok(&enveloped(json!(null))),
        scripted::text(204, "application/json", ""),
    ] {
        let (outcome, _) = act(Act::Delete, answer).await;
        assert_eq!(outcome.unwrap_err().disposition(), Disposition::Unknown);
    }
}

#[tokio::test]
async fn a_published_post_is_not_deleted_and_one_that_is_gone_is_said_to_be() {
    let published = scripted::json(409, &fixture("delete-already-published"));
    let (outcome, _) = act(Act::Delete, published).await;
    let sentence = "Cannot delete a post that has already been published. Delete it from the \
                    platform directly."
        .to_owned();
    assert_eq!(outcome.unwrap_err(), ServiceError::Refused { status: 409, sentence });
    let (outcome, _) = act(Act::Delete, scripted::json(404, &fixture("004-not-found"))).await;
    assert!(matches!(outcome, Err(ServiceError::NotFound { .. })), "{outcome:?}");
    let no_route = scripted::text(404, "text/html", "<h1>Cannot DELETE /posts</h1>");
    let (outcome, _) = act(Act::Delete, no_route).await;
    assert!(matches!(outcome, Err(ServiceError::Refused { status: 404, .. })), "{outcome:?}");
}

#[tokio::test]
async fn a_404_below_a_posts_address_does_not_make_the_post_gone() {
    for wanted in [Act::PublishNow, Act::Retry] {
        let (outcome, _) = act(wanted, scripted::json(404, &fixture("004-not-found"))).await;
        let error = outcome.unwrap_err();
        assert!(matches!(error, ServiceError::Refused { status: 404, .. }), "{error:?}");
        assert!(error.to_string().contains("Post not found."), "{error}");
    }
}

#[tokio::test]
async fn an_acts_error_means_what_an_edits_does() {
    for wanted in [Act::PublishNow, Act::Retry, Act::Delete] {
        for (answer, disposition) in [
            (refused(401, "unauthorized", "Invalid API key."), Disposition::NeedsKey),
            (refused(403, "forbidden", "This key lacks the write scope."), Disposition::Refused),
            (refused(409, "conflict", "The post is publishing."), Disposition::Refused),
            (
                refused(422, "permanent_failure_circuit_breaker", "Failed five times."),
                Disposition::Refused,
            ),
            (refused(429, "rate_limited", "Wait."), Disposition::Later { retry_after: None }),
            (refused(500, "internal_error", "Something went wrong."), Disposition::Unknown),
            (scripted::text(200, "application/json", "{\"data\":{"), Disposition::Unknown),
            (ok(&enveloped(json!([]))), Disposition::Unknown),
        ] {
            let (outcome, asked) = act(wanted, answer).await;
            assert_eq!(outcome.unwrap_err().disposition(), disposition, "{wanted:?}");
            assert_eq!(asked.len(), 1, "nothing is asked again");
        }
    }
}
