//! Edits: what is sent, and what the answer confirms.

use rundown_core::model::{Act, Edit, PostStatus, RemoteId};
use rundown_core::service::{Accepted, SchedulingService, ServiceError};
use serde_json::json;

use super::*;

#[tokio::test]
async fn each_edit_is_sent_with_exactly_the_documented_body() {
    let answer = ok(&fixture("000-update-post"));
    let (postpost, transport) = postpost(vec![answer.clone(), answer.clone(), answer]);
    let time = at("2026-03-15T14:00:00Z");
    for edit in [Edit::move_to(time), Edit::pause(), Edit::schedule(time)] {
        postpost.apply(&id(), &edit, &key()).await.unwrap();
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
        assert_eq!(request.headers()["content-type"], "application/json");
        assert_eq!(request.headers()["x-api-key"], KEY);
    }
}

#[tokio::test]
async fn an_edit_with_another_text_is_refused_unsent_and_so_is_all_that_goes_with_it() {
    let (postpost, transport) = postpost(vec![]);
    let moved = Edit { text: Some("Hi".to_owned()), ..Edit::move_to(at("2026-03-15T14:00:00Z")) };
    for edit in [Edit::text("Hi"), Edit::text(""), moved] {
        let error = postpost.apply(&id(), &edit, &key()).await.unwrap_err();
        assert!(matches!(error, ServiceError::Refused { status: 0, .. }), "{error}");
        assert_eq!(error.to_string(), "This service has no way to change the text of a post.");
    }
    assert!(transport.asked().is_empty());
}

#[tokio::test]
async fn an_answer_confirms_what_it_says_and_nothing_else() {
    let scheduled = |time| Accepted {
        status: Some(PostStatus::Scheduled),
        time: Some(at(time)),
        ..Accepted::default()
    };
    let silent = Accepted::default();
    let draft = Accepted { status: Some(PostStatus::Draft), time: None, ..Accepted::default() };
    for (body, accepted) in [
        (fixture("000-update-post"), scheduled("2026-03-15T14:00:00Z")),
        (fixture("002-update-post"), scheduled("2026-03-20T09:00:00Z")),
        (json!({ "success": true, "message": "Post updated successfully" }), silent.clone()),
        (json!({ "postGroup": { "_id": ID, "status": "draft" } }), draft),
        (json!({ "postGroup": { "status": null, "scheduledTime": "soon" } }), silent),
    ] {
        let (postpost, _) = postpost(vec![ok(&body)]);
        let answer = postpost.apply(&id(), &Edit::pause(), &key()).await.unwrap();
        assert_eq!(answer.value, accepted, "{body}");
    }
}

#[tokio::test]
async fn an_answer_about_another_post_is_not_taken_for_this_one() {
    let other = RemoteId("664f1a2b3c4d5e6f7a8b9c0d".to_owned());
    let (postpost, _) = postpost(vec![ok(&fixture("000-update-post"))]);
    let error = postpost.apply(&other, &Edit::pause(), &key()).await.unwrap_err();
    assert!(matches!(error, ServiceError::Unreadable { .. }), "{error}");
}

#[tokio::test]
async fn an_id_that_postpost_cannot_have_is_refused_unsent() {
    let (postpost, transport) = postpost(vec![]);
    for id in
        ["", "pst_01H", "507f1f77bcf86cd79943901", "507f1f77bcf86cd79943901/", "../../delete-post"]
    {
        let id = RemoteId(id.to_owned());
        let errors = [
            postpost.apply(&id, &Edit::pause(), &key()).await.unwrap_err(),
            postpost.read(&id, &[]).await.unwrap_err(),
            postpost.act(&id, Act::Delete, &key()).await.unwrap_err(),
        ];
        for error in errors {
            assert!(matches!(error, ServiceError::Refused { status: 0, .. }), "{error}");
        }
    }
    assert!(transport.asked().is_empty());
}
