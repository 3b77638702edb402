//! Edits: what is sent and under which key, and which of an answer's times counts.

use rundown_core::model::{Act, Edit, IdempotencyKey, PostStatus, RemoteId, Step};
use rundown_core::service::{Accepted, SchedulingService, ServiceError};
use serde_json::json;

use super::*;

#[tokio::test]
async fn each_edit_is_sent_with_the_documented_body_and_a_key_for_that_body() {
    let answer = ok(&fixture("current/update-post"));
    let (publora, transport) = publora(vec![answer; 3]);
    let (time, change) = (at("2026-03-15T14:00:00Z"), key());
    for edit in [Edit::move_to(time), Edit::pause(), Edit::schedule(time)] {
        publora.apply(&id(), &edit, &change).await.unwrap();
    }
    assert_eq!(
        transport.asked(),
        [
            r#"PUT /update-post/507f1f77bcf86cd799439011 {"scheduledTime":"2026-03-15T14:00:00.000Z"}"#,
            r#"PUT /update-post/507f1f77bcf86cd799439011 {"status":"draft"}"#,
            r#"PUT /update-post/507f1f77bcf86cd799439011 {"status":"scheduled","scheduledTime":"2026-03-15T14:00:00.000Z"}"#,
        ]
    );
    for request in transport.requests() {
        let headers = request.headers();
        assert_eq!(headers["x-publora-key"], KEY);
        assert!(headers["x-publora-key"].is_sensitive());
        assert_eq!(headers["content-type"], "application/json");
        assert_eq!(headers["idempotency-key"], change.for_body(request.body()).as_str());
        assert!(!headers.contains_key("x-publora-user-id"));
    }
}

#[tokio::test]
async fn another_text_goes_with_status_and_time_in_one_request() {
    let (publora, transport) = publora(vec![ok(&fixture("current/update-post")); 4]);
    let time = at("2026-03-15T14:00:00Z");
    let (content, stamp) = ("Good\nmorning ", "2026-03-15T14:00:00.000Z");
    for step in [None, Some(Step::MoveTo(time)), Some(Step::Pause), Some(Step::Schedule(time))] {
        let edit = Edit { step, text: Some(content.to_owned()) };
        publora.apply(&id(), &edit, &key()).await.unwrap();
    }
    assert_eq!(
        bodies(&transport),
        [
            json!({ "content": content }),
            json!({ "content": content, "scheduledTime": stamp }),
            json!({ "content": content, "status": "draft" }),
            json!({ "content": content, "status": "scheduled", "scheduledTime": stamp }),
        ]
    );
}

#[tokio::test]
async fn a_text_goes_as_it_is_and_comes_back_as_the_answer_has_it() {
    for text in texts() {
        let group = json!({ "_id": ID, "status": "draft", "content": text });
        let answer = json!({ "success": true, "scheduledTime": null, "postGroup": group });
        let (publora, transport) = publora(vec![ok(&answer)]);
        let edit = Edit::text(text.as_str());
        let accepted = publora.apply(&id(), &edit, &key()).await.unwrap().value;
        assert_eq!(bodies(&transport), [json!({ "content": text })]);
        assert_eq!(accepted.text, Some(text));
    }
}

#[tokio::test]
async fn a_text_is_confirmed_by_the_answers_own_and_by_nothing_else() {
    let edit = Edit::text("Hi");
    for (content, text) in [
        (json!("Hi"), Some("Hi")),
        (json!("Hello"), Some("Hello")),
        (json!(""), Some("")),
        (json!(null), None),
        (json!(["Hi"]), None),
    ] {
        let body = json!({ "content": "Hi", "postGroup": { "_id": ID, "content": content } });
        let (publora, _) = publora(vec![ok(&body)]);
        let accepted = publora.apply(&id(), &edit, &key()).await.unwrap().value;
        assert_eq!(accepted.text.as_deref(), text, "{body}");
    }
    // The earlier generations may pass over a text without a word.
    for name in ["gen1/update-post", "gen2/update-post"] {
        let (publora, _) = publora(vec![ok(&fixture(name))]);
        assert_eq!(publora.apply(&id(), &edit, &key()).await.unwrap().value.text, None, "{name}");
    }
}

#[tokio::test]
async fn the_same_change_asked_for_again_has_the_same_key_and_no_other_has_it() {
    let (publora, transport) = publora(vec![ok(&fixture("current/update-post")); 4]);
    let (time, change) = (at("2026-03-15T14:00:00Z"), key());
    let stored = IdempotencyKey::from(change.as_str().to_owned());
    for (edit, key) in [
        (Edit::move_to(time), &change),
        (Edit::move_to(time), &stored),
        (Edit::move_to(at("2026-03-15T15:00:00Z")), &change),
        (Edit::move_to(time), &key()),
    ] {
        publora.apply(&id(), &edit, key).await.unwrap();
    }
    let keys: Vec<_> = transport
        .requests()
        .iter()
        .map(|asked| asked.headers()["idempotency-key"].clone())
        .collect();
    assert_eq!(keys[0], keys[1]);
    assert_ne!(keys[0], keys[2]);
    assert_ne!(keys[0], keys[3]);
}

#[tokio::test]
async fn an_answer_of_any_generation_confirms_what_it_says() {
    let scheduled = |time| Accepted {
        status: Some(PostStatus::Scheduled),
        time: Some(at(time)),
        ..Accepted::default()
    };
    for (name, accepted) in [
        ("gen1/update-post", scheduled("2026-03-15T10:00:00Z")),
        ("gen2/update-post", scheduled("2026-03-15T10:00:00Z")),
        ("current/update-post", scheduled("2026-03-15T14:00:00Z")),
        ("current/update-post-coerced", scheduled("2026-03-01T14:02:11.412Z")),
    ] {
        let (publora, _) = publora(vec![ok(&fixture(name))]);
        let answer = publora.apply(&id(), &Edit::pause(), &key()).await.unwrap();
        assert_eq!(answer.value, accepted, "{name}");
    }
}

#[tokio::test]
async fn the_time_at_the_top_counts_then_the_warnings_then_the_groups() {
    const TOP: &str = "2026-03-15T14:00:00Z";
    const WARNED: &str = "2026-03-15T13:00:00Z";
    const GROUP: &str = "2026-03-15T12:00:00Z";
    let warnings = json!([
        null,
        { "code": "MEDIA_VALIDATION_PENDING", "effective": TOP },
        { "code": "SCHEDULED_TIME_COERCED", "effective": "soon" },
        { "code": "SCHEDULED_TIME_COERCED", "effective": WARNED },
    ]);
    let group = json!({ "_id": ID, "status": "scheduled", "scheduledTime": GROUP });
    for (body, time) in [
        (json!({ "scheduledTime": TOP, "warnings": warnings, "postGroup": group }), Some(TOP)),
        (json!({ "warnings": warnings, "postGroup": group }), Some(WARNED)),
        (json!({ "scheduledTime": null, "warnings": warnings, "postGroup": group }), Some(WARNED)),
        (json!({ "warnings": {}, "postGroup": group }), Some(GROUP)),
        (json!({ "scheduledTime": null, "postGroup": group }), None),
        (json!({ "scheduledTime": "soon", "postGroup": group }), None),
        (json!({ "postGroup": { "status": "scheduled" } }), None),
    ] {
        let (publora, _) = publora(vec![ok(&body)]);
        let answer = publora.apply(&id(), &Edit::pause(), &key()).await.unwrap();
        let accepted = Accepted {
            status: Some(PostStatus::Scheduled),
            time: time.map(at),
            ..Accepted::default()
        };
        assert_eq!(answer.value, accepted, "{body}");
    }
}

#[tokio::test]
async fn a_pause_is_confirmed_with_or_without_a_time_and_silence_confirms_nothing() {
    let draft = Accepted { status: Some(PostStatus::Draft), time: None, ..Accepted::default() };
    for (body, accepted) in [
        (
            json!({ "scheduledTime": null, "postGroup": { "_id": ID, "status": "draft" } }),
            draft.clone(),
        ),
        (json!({ "postGroup": { "_id": ID, "status": "draft" } }), draft),
        (json!({ "success": true, "scheduledTime": null }), Accepted::default()),
    ] {
        let (publora, _) = publora(vec![ok(&body)]);
        let answer = publora.apply(&id(), &Edit::pause(), &key()).await.unwrap();
        assert_eq!(answer.value, accepted, "{body}");
    }
}

#[tokio::test]
async fn an_answer_about_another_post_is_not_taken_for_this_one() {
    let other = RemoteId("664f1a2b3c4d5e6f7a8b9c0d".to_owned());
    let (publora, _) = publora(vec![ok(&fixture("current/update-post"))]);
    let error = publora.apply(&other, &Edit::pause(), &key()).await.unwrap_err();
    assert!(matches!(error, ServiceError::Unreadable { .. }), "{error}");
}

#[tokio::test]
async fn an_id_that_publora_cannot_have_is_refused_unsent() {
    let (publora, transport) = publora(vec![]);
    let id = RemoteId("pst_01H".to_owned());
    let errors = [
        publora.apply(&id, &Edit::pause(), &key()).await.unwrap_err(),
        publora.read(&id, &[]).await.unwrap_err(),
        publora.act(&id, Act::Delete, &key()).await.unwrap_err(),
    ];
    for error in errors {
        assert_eq!(
            error.to_string(),
            "This post’s id is not one of Publora’s, so nothing was sent."
        );
    }
    assert!(transport.asked().is_empty());
}

#[tokio::test]
async fn a_managed_user_is_named_in_every_request() {
    const USER: &str = "507f1f77bcf86cd799439099";
    let answers = vec![
        ok(&fixture("current/update-post")),
        ok(&fixture("current/get-post")),
        ok(&fixture("current/list-posts")),
        ok(&fixture("current/platform-connections")),
        ok(&fixture("current/create-post")),
        ok(&json!({ "success": true })),
    ];
    let (publora, transport) = acting_for(Some(USER), answers);
    publora.apply(&id(), &Edit::pause(), &key()).await.unwrap();
    publora.read(&id(), &[]).await.unwrap();
    publora.list(&rundown_core::service::ListQuery::Drafts, None).await.unwrap();
    publora.channels().await.unwrap();
    publora.create(&new_post("Hello", &["twitter-1"], None), &key()).await.unwrap();
    publora.act(&id(), Act::Delete, &key()).await.unwrap();
    let requests = transport.requests();
    assert_eq!(requests.len(), 6);
    assert!(requests.iter().all(|asked| asked.headers()["x-publora-user-id"] == USER));

    let (publora, transport) = acting_for(Some("a\nb"), vec![]);
    let error = publora.channels().await.unwrap_err();
    assert!(matches!(error, ServiceError::Refused { status: 0, .. }), "{error}");
    assert!(transport.asked().is_empty());
}
