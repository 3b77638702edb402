//! Edits: what is sent, and what the answer confirms.

use rundown_core::model::{Edit, PostStatus};
use rundown_core::service::{Accepted, ServiceError};

use super::*;

#[tokio::test]
async fn each_edit_is_sent_with_exactly_the_documented_fields() {
    let answer = ok(&json!({}));
    let (postato, transport) = postato(vec![answer.clone(), answer.clone(), answer]);
    let time = at(TIME);
    for edit in [Edit::move_to(time), Edit::pause(), Edit::schedule(time)] {
        postato.apply(&id(), &edit, &key()).await.unwrap();
    }
    assert_eq!(
        asked(&transport),
        [
            format!(r#"PATCH /posts/{ID} {{"scheduledAt":"2026-04-20T14:00:00Z"}}"#),
            format!(r#"PATCH /posts/{ID} {{"status":"draft"}}"#),
            format!(
                r#"PATCH /posts/{ID} {{"status":"scheduled","scheduledAt":"2026-04-20T14:00:00Z"}}"#
            ),
        ]
    );
    for request in transport.requests() {
        assert_eq!(request.headers()["content-type"], "application/json");
        assert!(!request.headers().contains_key("idempotency-key"), "only POST honours one");
    }
}

#[tokio::test]
async fn a_move_says_what_the_documents_example_says() {
    let example = fixture("003-reschedule");
    let (postato, transport) = postato(vec![ok(&json!({}))]);
    let time = at(example["scheduledAt"].as_str().unwrap());
    postato.apply(&id(), &Edit::move_to(time), &key()).await.unwrap();
    let sent: Value = serde_json::from_slice(transport.requests()[0].body()).unwrap();
    assert_eq!(sent, json!({ "scheduledAt": example["scheduledAt"] }));
    let path = transport.requests()[0].uri().path().to_owned();
    assert!(path.contains(example["workspaceId"].as_str().unwrap()));
    assert!(path.ends_with(example["postId"].as_str().unwrap()));
}

#[tokio::test]
async fn an_answer_confirms_only_what_it_says_with_id_and_status() {
    let said = |status, time: Option<&str>| Accepted {
        status: Some(status),
        time: time.map(at),
        ..Accepted::default()
    };
    let silent = Accepted::default();
    let bare = ID.trim_start_matches("pst_");
    for (body, accepted) in [
        (post("scheduled", json!(TIME)), said(PostStatus::Scheduled, Some(TIME))),
        (json!({ "data": post("draft", json!(null)) }), said(PostStatus::Draft, None)),
        (json!({ "post": post("draft", json!(TIME)) }), said(PostStatus::Draft, Some(TIME))),
        (
            json!({ "data": { "post": post("queued", json!(TIME)) } }),
            said(PostStatus::Queued, Some(TIME)),
        ),
        (json!({ "postId": ID, "status": "pending" }), said(PostStatus::Queued, None)),
        (json!({ "id": bare, "status": "draft" }), said(PostStatus::Draft, None)),
        (
            json!({ "id": ID, "status": "scheduled", "scheduledAt": "soon" }),
            said(PostStatus::Scheduled, None),
        ),
        (fixture("created-post"), said(PostStatus::Scheduled, None)),
        (json!({ "status": "draft" }), silent.clone()),
        (json!({ "id": ID }), silent.clone()),
        (json!({ "id": ID, "status": null, "scheduledAt": TIME }), silent.clone()),
        (json!({ "success": true }), silent.clone()),
        (json!({ "error": "something odd" }), silent),
    ] {
        let (postato, _) = postato(vec![ok(&body)]);
        let answer = postato.apply(&id(), &Edit::pause(), &key()).await.unwrap();
        assert_eq!(answer.value, accepted, "{body}");
    }
}

#[tokio::test]
async fn a_200_that_ignored_the_pause_is_reported_as_the_service_has_it() {
    let (postato, _) = postato(vec![ok(&post("scheduled", json!(TIME)))]);
    let answer = postato.apply(&id(), &Edit::pause(), &key()).await.unwrap();
    let still = Accepted {
        status: Some(PostStatus::Scheduled),
        time: Some(at(TIME)),
        ..Accepted::default()
    };
    assert_eq!(answer.value, still);
}

#[tokio::test]
async fn an_answer_about_another_post_or_none_at_all_cannot_be_read() {
    let other = json!({ "id": "pst_01HV3XG5S7V9X1Z3B5D7F9H1K3", "status": "draft" });
    for body in [other.clone(), json!({ "data": other }), json!([]), json!("done"), json!(null)] {
        let (postato, _) = postato(vec![ok(&body)]);
        let error = postato.apply(&id(), &Edit::pause(), &key()).await.unwrap_err();
        assert!(matches!(error, ServiceError::Unreadable { .. }), "{body}: {error}");
    }
}

#[tokio::test]
async fn an_id_that_postato_cannot_have_is_refused_unsent() {
    let (postato, transport) = postato(vec![]);
    let long = "a".repeat(65);
    for id in ["", "pst-01H", "pst_01H...", "pst_01H/", "../workspaces", "pst 01H", "pst_é", &long]
    {
        let id = RemoteId(id.to_owned());
        let errors = [
            postato.apply(&id, &Edit::pause(), &key()).await.unwrap_err(),
            postato.read(&id, &[]).await.unwrap_err(),
        ];
        for error in errors {
            assert!(matches!(error, ServiceError::Refused { status: 0, .. }), "{error}");
        }
    }
    assert!(transport.asked().is_empty());
}
