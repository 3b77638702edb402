//! Answers without success, and answers that are none.

use std::time::Duration;

use rundown_core::model::Edit;
use rundown_core::service::ServiceError;

use super::*;

async fn refusal(response: Response<Vec<u8>>) -> ServiceError {
    let (postato, _) = postato(vec![response]);
    postato.apply(&id(), &Edit::pause(), &key()).await.unwrap_err()
}

fn refused(status: u16, sentence: &str) -> ServiceError {
    ServiceError::Refused { status, sentence: sentence.to_owned() }
}

#[tokio::test]
async fn a_refusal_keeps_the_services_own_sentence_however_it_is_dressed() {
    let sentence = "Cannot update a post that is already published";
    for body in [
        json!({ "error": sentence }),
        json!({ "message": sentence }),
        json!({ "error": { "code": "conflict", "message": sentence } }),
        json!({ "error": "conflict", "message": sentence, "details": null }),
    ] {
        assert_eq!(refusal(scripted::json(409, &body)).await, refused(409, sentence), "{body}");
    }
    let body = json!({ "success": false, "error": sentence });
    assert_eq!(refusal(ok(&body)).await, refused(200, sentence));
}

#[tokio::test]
async fn what_is_wrong_with_each_field_is_told() {
    for (status, body, sentence) in [
        (400, fixture("invalid-request"), "Body failed validation: content: Required"),
        (422, fixture("validation-failed"), "Text is longer than 280 characters"),
        (403, fixture("forbidden"), "The key lacks a permission"),
        (403, json!({ "error": "plan_inactive" }), "plan_inactive"),
        (422, json!({ "error": "VALIDATION_FAILED", "errors": [{}, 3] }), "VALIDATION_FAILED"),
    ] {
        let error = refusal(scripted::json(status, &body)).await;
        assert_eq!(error, refused(status, sentence), "{body}");
    }
}

#[tokio::test]
async fn a_workspace_that_is_asked_for_is_to_be_chosen_again() {
    let told = "The workspace of this account is not clear to the service. Connect the account \
                again and choose its workspace.";
    for status in [400, 403] {
        for body in [
            fixture("workspace-required"),
            json!({ "error": { "code": "workspace_required", "message": "Which workspace?" } }),
        ] {
            assert_eq!(refusal(scripted::json(status, &body)).await, refused(status, told));
        }
    }
}

#[tokio::test]
async fn a_key_that_is_not_accepted_is_named_so_and_seen_nowhere() {
    let told = json!({ "error": "unauthorized", "message": format!("Invalid API key {KEY}") });
    let (postato, _) = postato(vec![scripted::json(401, &told)]);
    assert!(!format!("{postato:?}").contains(KEY));
    let error = postato.channels().await.unwrap_err();
    let sentence = "Invalid API key …".to_owned();
    assert_eq!(error, ServiceError::KeyRefused { sentence });
}

#[tokio::test]
async fn a_wait_that_is_asked_for_is_handed_on() {
    let mut response = scripted::json(429, &json!({ "error": "rate_limited" }));
    response.headers_mut().insert("retry-after", "7".parse().unwrap());
    match refusal(response).await {
        ServiceError::RateLimited { retry_after, .. } => {
            assert_eq!(retry_after, Some(Duration::from_secs(7)));
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_redirect_names_the_other_host_and_is_no_success() {
    let mut response = scripted::json(307, &json!(null));
    response.headers_mut().insert("location", "https://evil.example/v1".parse().unwrap());
    let (postato, transport) = postato(vec![response]);
    match postato.apply(&id(), &Edit::pause(), &key()).await.unwrap_err() {
        ServiceError::Refused { status: 307, sentence } => {
            assert!(sentence.contains("evil.example"), "{sentence}");
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(transport.asked().len(), 1);
}

#[tokio::test]
async fn a_server_in_trouble_leaves_the_outcome_open() {
    let html = "<html><head><title>502 Bad Gateway</title></head></html>";
    let error = refusal(scripted::text(502, "text/html", html)).await;
    let sentence = "The server sent a web page, “502 Bad Gateway”.".to_owned();
    assert_eq!(error, ServiceError::ServerTrouble { status: 502, sentence });
    for body in ["", "{\"id\":\"ps", html] {
        let error = refusal(scripted::text(200, "application/json", body)).await;
        assert!(matches!(error, ServiceError::Unreadable { .. }), "{error:?}");
    }
}

#[tokio::test]
async fn an_edit_that_is_denied_does_not_make_the_post_gone() {
    let sentence = "There is no such post, or it can no longer be changed: Post not found";
    assert_eq!(refusal(not_found()).await, refused(404, sentence));
    let error = refusal(no_route()).await;
    assert!(matches!(error, ServiceError::Refused { status: 404, .. }), "{error:?}");
}

#[tokio::test]
async fn another_servers_json_is_not_taken_for_an_empty_account() {
    for body in [json!({}), json!("hello"), json!({ "items": "none" }), json!({ "data": {} })] {
        let (postato, _) = postato(vec![ok(&body), ok(&body), ok(&body)]);
        let errors = [
            postato.list(&ListQuery::Drafts, None).await.unwrap_err(),
            postato.channels().await.unwrap_err(),
            postato.workspaces().await.unwrap_err(),
        ];
        for error in errors {
            assert!(matches!(error, ServiceError::Unreadable { .. }), "{body}: {error}");
        }
    }
}
