//! Another text: by itself, with another standing, and where a resume takes more than one request.

use rundown_core::model::{Edit, PostStatus, Step};
use rundown_core::service::{Accepted, Answer, Disposition, NewPost, NewTarget, ServiceError};

use super::*;
use crate::scripted::texts;

const NINE: &str = "2026-04-20T09:00:00Z";
const STAMP: &str = "2026-04-20T09:00:00.000Z";

fn patch(body: &str) -> String {
    format!("PATCH /posts/{ID} {body}")
}

fn resumed() -> String {
    patch(&format!(r#"{{"content":"New","status":"scheduled","scheduled_for":"{STAMP}"}}"#))
}

fn schedule() -> String {
    format!(r#"POST /posts/{ID}/schedule {{"scheduled_for":"{STAMP}"}}"#)
}

fn with(step: Step) -> Edit {
    Edit { step: Some(step), text: Some("New".to_owned()) }
}

fn draft_with(text: &str) -> Response<Vec<u8>> {
    ok(&enveloped(post(json!({ "status": "draft", "content": text }))))
}

fn scheduled() -> Response<Vec<u8>> {
    ok(&enveloped(json!({ "post_id": ID, "status": "scheduled", "scheduled_for": NINE })))
}

fn refused(status: u16, code: &str, message: &str) -> Response<Vec<u8>> {
    scripted::json(status, &refusal(code, message))
}

fn by_patch_refused() -> Response<Vec<u8>> {
    refused(400, "validation_error", "status is not a field of this request.")
}

fn as_asked() -> Accepted {
    Accepted {
        status: Some(PostStatus::Scheduled),
        time: Some(at(NINE)),
        text: Some("New".to_owned()),
    }
}

async fn apply(
    edit: Edit,
    answers: Vec<Response<Vec<u8>>>,
) -> (Result<Answer<Accepted>, ServiceError>, Vec<String>) {
    let (posteverywhere, transport) = posteverywhere(answers);
    (posteverywhere.apply(&id(), &edit, &key()).await, transport.asked())
}

#[tokio::test]
async fn a_text_goes_in_the_same_request_as_what_else_changes_and_media_never_do() {
    let answer = || ok(&fixture("004-update-post"));
    for (edit, body) in [
        (Edit::text("New"), r#"{"content":"New"}"#.to_owned()),
        (with(Step::MoveTo(at(NINE))), format!(r#"{{"content":"New","scheduled_for":"{STAMP}"}}"#)),
        (with(Step::Pause), r#"{"content":"New","status":"draft"}"#.to_owned()),
        (
            with(Step::Schedule(at(NINE))),
            format!(r#"{{"content":"New","status":"scheduled","scheduled_for":"{STAMP}"}}"#),
        ),
    ] {
        let (outcome, asked) = apply(edit, vec![answer()]).await;
        let shown = outcome.unwrap().value.text;
        assert_eq!(shown.as_deref(), Some("Updated caption — new launch date confirmed!"));
        assert_eq!(asked, [patch(&body)]);
    }
}

#[tokio::test]
async fn every_text_is_sent_to_the_letter() {
    for text in texts() {
        let body = enveloped(post(json!({ "status": "draft", "content": text })));
        let (adapter, transport) = posteverywhere(vec![ok(&body), scripted::json(201, &body)]);
        let edited = adapter.apply(&id(), &Edit::text(&text), &key()).await.unwrap().value;
        assert_eq!(edited.text.as_deref(), Some(text.as_str()));
        let channel = RemoteId("2280".to_owned());
        let channels = vec![NewTarget { channel, network: "facebook".to_owned() }];
        let new = NewPost { text: text.clone(), channels, time: None };
        let created = adapter.create(&new, &key()).await.unwrap().value;
        assert_eq!(created.accepted.text.as_deref(), Some(text.as_str()));
        for request in transport.requests() {
            let sent: Value = serde_json::from_slice(request.body()).unwrap();
            assert_eq!(sent["content"], text);
        }
    }
}

#[tokio::test]
async fn an_edit_of_nothing_is_refused_unsent() {
    let (outcome, asked) = apply(Edit { step: None, text: None }, vec![]).await;
    assert!(matches!(outcome, Err(ServiceError::Refused { status: 0, .. })), "{outcome:?}");
    assert!(asked.is_empty());
}

#[tokio::test]
async fn an_answer_without_the_text_does_not_confirm_it() {
    let silent = ok(&enveloped(json!({ "post_id": ID, "status": "draft" })));
    let (outcome, _) = apply(Edit::text("New"), vec![silent]).await;
    let draft = Accepted { status: Some(PostStatus::Draft), ..Accepted::default() };
    assert_eq!(outcome.unwrap().value, draft);
}

#[tokio::test]
async fn a_draft_left_with_the_new_text_is_scheduled_by_its_own_address() {
    let (outcome, asked) =
        apply(with(Step::Schedule(at(NINE))), vec![draft_with("New"), scheduled()]).await;
    assert_eq!(outcome.unwrap().value, as_asked(), "the text as the PATCH's answer shows it");
    assert_eq!(asked, [resumed(), schedule()]);
}

#[tokio::test]
async fn a_draft_that_is_not_shown_with_the_new_text_is_never_scheduled() {
    let silent = ok(&enveloped(json!({ "post_id": ID, "status": "draft" })));
    for left in [draft_with("Old"), silent] {
        let (outcome, asked) = apply(with(Step::Schedule(at(NINE))), vec![left, scheduled()]).await;
        assert_eq!(outcome.unwrap().value.status, Some(PostStatus::Draft));
        assert_eq!(asked, [resumed()]);
    }
}

#[tokio::test]
async fn a_text_refused_together_with_the_status_is_asked_for_by_itself_before_the_schedule() {
    let (outcome, asked) = apply(
        with(Step::Schedule(at(NINE))),
        vec![by_patch_refused(), draft_with("New"), scheduled()],
    )
    .await;
    assert_eq!(outcome.unwrap().value, as_asked());
    assert_eq!(asked, [resumed(), patch(r#"{"content":"New"}"#), schedule()]);

    let silent = ok(&enveloped(json!({ "post_id": ID, "status": "draft" })));
    for second in [draft_with("Old"), silent, scheduled()] {
        let (outcome, asked) =
            apply(with(Step::Schedule(at(NINE))), vec![by_patch_refused(), second, scheduled()])
                .await;
        assert!(outcome.is_ok());
        assert_eq!(asked.len(), 2, "the old text is never scheduled");
    }
    for (second, disposition) in [
        (refused(400, "content_too_long", "Too long for X."), Disposition::Refused),
        (refused(400, "validation_error", "content is odd."), Disposition::Refused),
        (refused(500, "internal_error", "Something went wrong."), Disposition::Unknown),
    ] {
        let (outcome, asked) =
            apply(with(Step::Schedule(at(NINE))), vec![by_patch_refused(), second, scheduled()])
                .await;
        assert_eq!(outcome.unwrap_err().disposition(), disposition);
        assert_eq!(asked.len(), 2);
    }
}

#[tokio::test]
async fn what_turns_out_scheduled_with_the_old_text_is_not_called_done() {
    let no_draft = || refused(409, "conflict", "Only drafts can be scheduled.");
    let stands = |text: &str| {
        let fields = json!({ "status": "scheduled", "scheduled_for": NINE, "content": text });
        ok(&enveloped(post(fields)))
    };
    let resume = with(Step::Schedule(at(NINE)));
    let (outcome, _) =
        apply(resume.clone(), vec![draft_with("New"), no_draft(), stands("New")]).await;
    assert_eq!(outcome.unwrap().value, as_asked());
    let (outcome, _) = apply(resume, vec![draft_with("New"), no_draft(), stands("Old")]).await;
    assert!(matches!(outcome, Err(ServiceError::Refused { status: 409, .. })), "{outcome:?}");
}

#[tokio::test]
async fn the_time_that_all_answers_took_together_counts_for_a_sleep() {
    let answers = [by_patch_refused(), draft_with("New"), scheduled()];
    let transport = Arc::new(Scripted::new(answers));
    let posteverywhere = over(transport.clone(), TimeDelta::seconds(46));
    let outcome = posteverywhere.apply(&id(), &with(Step::Schedule(at(NINE))), &key()).await;
    assert_eq!(outcome.unwrap().value.status, Some(PostStatus::Draft));
    assert_eq!(transport.asked().len(), 2);
}
