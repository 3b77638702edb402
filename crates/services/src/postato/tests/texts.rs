//! Another text: what a post consists of is read first, and kept.

use rundown_core::model::{Edit, PostStatus, Step};
use rundown_core::service::{Accepted, Answer, Disposition, ServiceError};

use super::*;
use crate::scripted::texts;

type Outcome = Result<Answer<Accepted>, ServiceError>;

async fn apply(edit: Edit, answers: Vec<Response<Vec<u8>>>) -> (Outcome, Vec<String>) {
    let (postato, transport) = postato(answers);
    let outcome = postato.apply(&id(), &edit, &key()).await;
    (outcome, asked(&transport))
}

fn get() -> String {
    format!("GET /posts/{ID}")
}

fn patch(body: &str) -> String {
    format!("PATCH /posts/{ID} {body}")
}

fn reads(content: Value) -> Value {
    let mut body = post("scheduled", json!(TIME));
    body["content"] = content;
    body
}

fn refused_unsent(outcome: &Outcome) -> bool {
    matches!(outcome, Err(ServiceError::Refused { status: 0, .. }))
}

#[tokio::test]
async fn a_text_goes_in_the_same_request_as_what_else_changes() {
    let with = |step| Edit { step: Some(step), text: Some("New".to_owned()) };
    let time = at(TIME);
    for (edit, body) in [
        (Edit::text("New"), r#"{"content":"New"}"#.to_owned()),
        (with(Step::MoveTo(time)), format!(r#"{{"content":"New","scheduledAt":"{TIME}"}}"#)),
        (with(Step::Pause), r#"{"content":"New","status":"draft"}"#.to_owned()),
        (
            with(Step::Schedule(time)),
            format!(r#"{{"content":"New","status":"scheduled","scheduledAt":"{TIME}"}}"#),
        ),
    ] {
        let answers = vec![ok(&reads(json!("Old"))), ok(&reads(json!("New")))];
        let (outcome, asked) = apply(edit, answers).await;
        let accepted = Accepted {
            status: Some(PostStatus::Scheduled),
            time: Some(time),
            text: Some("New".to_owned()),
        };
        assert_eq!(outcome.unwrap().value, accepted);
        assert_eq!(asked, [get(), patch(&body)]);
    }
}

#[tokio::test]
async fn every_text_is_sent_to_the_letter() {
    for text in texts() {
        let (postato, transport) = postato(vec![ok(&reads(json!("Old"))), ok(&reads(json!(text)))]);
        let outcome = postato.apply(&id(), &Edit::text(&text), &key()).await;
        assert_eq!(outcome.unwrap().value.text.as_deref(), Some(text.as_str()));
        let sent: Value = serde_json::from_slice(transport.requests()[1].body()).unwrap();
        assert_eq!(sent, json!({ "content": text }));
    }
}

#[tokio::test]
async fn a_text_is_confirmed_only_where_the_answer_shows_it() {
    for (body, text) in [
        (reads(json!("Old")), Some("Old")),
        (json!({ "id": ID, "status": "scheduled", "items": [{ "text": "New" }] }), Some("New")),
        (json!({ "id": ID, "status": "scheduled" }), None),
        (json!({ "content": "New" }), None),
        (json!({ "success": true }), None),
    ] {
        let (outcome, _) =
            apply(Edit::text("New"), vec![ok(&reads(json!("Old"))), ok(&body)]).await;
        assert_eq!(outcome.unwrap().value.text.as_deref(), text, "{body}");
    }
    let (outcome, _) = apply(Edit::pause(), vec![ok(&reads(json!("Old")))]).await;
    assert_eq!(outcome.unwrap().value.text, None, "it was not asked for");
}

#[tokio::test]
async fn a_thread_is_not_made_one_post() {
    let parts = json!([{ "text": "One" }, { "text": "Two" }, { "text": "Three" }]);
    let mut delivered = post("scheduled", json!(TIME));
    delivered["content"] = json!(null);
    delivered["items"] = parts.clone();
    let mut both = reads(json!("One\n\nTwo\n\nThree"));
    both["items"] = parts.clone();
    for body in [reads(parts), delivered, both] {
        let (outcome, asked) = apply(Edit::text("New"), vec![ok(&body)]).await;
        assert!(refused_unsent(&outcome), "{outcome:?}");
        assert!(outcome.unwrap_err().to_string().contains("a thread of 3 parts"));
        assert_eq!(asked, [get()]);
    }
}

#[tokio::test]
async fn pictures_are_attached_again_by_their_ids() {
    let pictures = json!([{ "id": "med_01" }, "med_02", { "mediaId": "med_03", "type": "image" }]);
    let mut own = reads(json!("Old"));
    own["media"] = pictures.clone();
    let parts = reads(json!([{ "text": "Old", "media": pictures }]));
    for body in [own, parts] {
        let (outcome, asked) =
            apply(Edit::text("New"), vec![ok(&body), ok(&reads(json!("New")))]).await;
        assert!(outcome.is_ok(), "{outcome:?}");
        let kept = r#"{"content":[{"text":"New","media":[{"id":"med_01"},{"id":"med_02"},{"id":"med_03"}]}]}"#;
        assert_eq!(asked, [get(), patch(kept)]);
    }
    let nameless = reads(json!([{ "text": "Old", "media": [{ "url": "https://cdn.example/a" }] }]));
    let (outcome, asked) = apply(Edit::text("New"), vec![ok(&nameless)]).await;
    assert!(refused_unsent(&outcome), "{outcome:?}");
    assert_eq!(asked, [get()]);
}

#[tokio::test]
async fn what_a_post_consists_of_is_looked_up_in_the_lists_where_it_does_not_say_so_itself() {
    let silent = ok(&json!({ "id": ID, "status": "scheduled" }));
    for first in [not_found(), no_route(), silent] {
        let listed = ok(&listed(json!([reads(json!("Old"))])));
        let (outcome, asked) =
            apply(Edit::text("New"), vec![first, listed, ok(&reads(json!("New")))]).await;
        assert!(outcome.is_ok(), "{outcome:?}");
        assert_eq!(asked.last(), Some(&patch(r#"{"content":"New"}"#)));
    }
    let nowhere = vec![not_found(), nothing(), nothing(), nothing()];
    let (outcome, asked) = apply(Edit::text("New"), nowhere).await;
    assert!(refused_unsent(&outcome), "{outcome:?}");
    assert!(asked.iter().all(|line| line.starts_with("GET")), "{asked:?}");
}

#[tokio::test]
async fn where_the_post_cannot_be_read_nothing_is_written() {
    for (answer, disposition) in [
        (scripted::json(401, &json!({ "error": "unauthorized" })), Disposition::NeedsKey),
        (
            scripted::json(429, &json!({ "error": "rate_limited" })),
            Disposition::Later { retry_after: None },
        ),
        (scripted::json(500, &json!({ "error": "internal_error" })), Disposition::Unknown),
    ] {
        let (outcome, asked) = apply(Edit::text("New"), vec![answer]).await;
        assert_eq!(outcome.unwrap_err().disposition(), disposition);
        assert_eq!(asked, [get()]);
    }
}

#[tokio::test]
async fn an_edit_of_nothing_is_refused_unsent() {
    let (outcome, asked) = apply(Edit { step: None, text: None }, vec![]).await;
    assert!(refused_unsent(&outcome), "{outcome:?}");
    assert!(asked.is_empty());
}

#[tokio::test]
async fn a_text_that_the_platform_would_not_take_is_refused_in_its_words() {
    let refusal = scripted::json(422, &fixture("validation-failed"));
    let (outcome, _) = apply(Edit::text("New"), vec![ok(&reads(json!("Old"))), refusal]).await;
    let sentence = "Text is longer than 280 characters".to_owned();
    assert_eq!(outcome.unwrap_err(), ServiceError::Refused { status: 422, sentence });
}
