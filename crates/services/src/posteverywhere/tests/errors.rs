//! Answers without success, and answers that are none.

use std::time::Duration;

use rundown_core::model::Edit;
use rundown_core::service::{Disposition, ListQuery, PlanLimit, SchedulingService, ServiceError};
use serde_json::{Value, json};

use super::*;

async fn refused(response: Response<Vec<u8>>) -> ServiceError {
    let (posteverywhere, _) = posteverywhere(vec![response]);
    posteverywhere.apply(&id(), &Edit::pause(), &key()).await.unwrap_err()
}

#[tokio::test]
async fn a_published_post_is_refused_in_the_documents_own_words() {
    let sentence = "Cannot update a post that has already been published.".to_owned();
    let error = refused(scripted::json(409, &fixture("004-already-published"))).await;
    assert_eq!(error, ServiceError::Refused { status: 409, sentence });
}

#[tokio::test]
async fn a_refusal_keeps_the_services_own_sentence_however_it_is_dressed() {
    let sentence = "The post cannot be changed now";
    for body in [
        json!({ "data": null, "error": { "message": sentence, "code": "conflict" } }),
        json!({ "data": null, "error": sentence, "meta": { "requestId": "e5f6g7h8" } }),
        json!({ "error": { "message": sentence } }),
        json!({ "error": "Conflict", "message": sentence }),
    ] {
        let expected = ServiceError::Refused { status: 409, sentence: sentence.to_owned() };
        assert_eq!(refused(scripted::json(409, &body)).await, expected, "{body}");
    }
    let expected = ServiceError::Refused { status: 200, sentence: sentence.to_owned() };
    assert_eq!(refused(ok(&refusal("conflict", sentence))).await, expected);
}

#[tokio::test]
async fn a_refusal_says_what_failed_where_the_service_does() {
    let with = |details: Value| {
        let mut body = refusal("validation_error", "Validation failed.");
        body["error"]["details"] = details;
        scripted::json(422, &body)
    };
    for (details, sentence) in [
        (
            json!({ "validation_errors": [{ "field": "status", "message": "Is\nunknown" }, "Late", 3] }),
            "Validation failed: Is unknown; Late",
        ),
        (json!(["One", "Two", "", "Three", "Four"]), "Validation failed: One; Two; Three"),
        (json!({ "max": 50 }), "Validation failed."),
        (json!(null), "Validation failed."),
    ] {
        let expected = ServiceError::Refused { status: 422, sentence: sentence.to_owned() };
        assert_eq!(refused(with(details)).await, expected);
    }
}

#[tokio::test]
async fn a_plan_limit_is_told_from_a_missing_scope() {
    let quota = json!({ "data": null, "error": {
        "message": "You have reached the scheduled posts of your plan.", "code": "quota_exceeded",
        "details": { "limit": 50, "used": 50, "remaining": 0, "metric": "scheduled_posts", "plan": "Starter" },
    } });
    let limit = PlanLimit {
        sentence: "You have reached the scheduled posts of your plan.".to_owned(),
        code: Some("quota_exceeded".to_owned()),
        metric: Some("scheduled_posts".to_owned()),
        limit: Some(50),
        used: Some(50),
        remaining: Some(0),
        horizon: None,
        plan: Some("Starter".to_owned()),
    };
    for status in [402, 403] {
        let error = refused(scripted::json(status, &quota)).await;
        assert_eq!(error, ServiceError::PlanLimit(limit.clone()));
    }
    for (status, body, is_limit) in [
        (403, refusal("plan_limit_reached", "No room left."), true),
        (402, json!({ "error": { "message": "No room left.", "used": 3, "limit": 3 } }), true),
        (403, refusal("insufficient_scope", "This key lacks the write scope."), false),
        (403, refusal("rate_limit_exceeded", "Too many requests."), false),
        (402, refusal("subscription_required", "The trial has ended."), false),
        (403, json!({ "error": "Forbidden for this key" }), false),
        (409, refusal("quota_exceeded", "No room left."), false),
    ] {
        let error = refused(scripted::json(status, &body)).await;
        assert_eq!(matches!(error, ServiceError::PlanLimit(_)), is_limit, "{body}");
        assert_eq!(error.disposition(), Disposition::Refused, "{body}");
    }
}

#[tokio::test]
async fn a_5xx_stays_unknown_also_where_the_service_says_not_to_ask_again() {
    for retryable in [json!(true), json!(false), json!(null)] {
        let mut body = refusal("internal_error", "Something went wrong.");
        body["error"]["retryable"] = retryable;
        let sentence = "Something went wrong.".to_owned();
        let error = refused(scripted::json(500, &body)).await;
        assert_eq!(error, ServiceError::ServerTrouble { status: 500, sentence });
        assert_eq!(error.disposition(), Disposition::Unknown);
    }
}

#[tokio::test]
async fn a_wait_is_as_long_as_the_service_asks_under_either_name() {
    for code in ["rate_limited", "rate_limit_exceeded"] {
        let mut response = scripted::json(429, &refusal(code, "Slow down, please."));
        response.headers_mut().insert("retry-after", "7".parse().unwrap());
        let sentence = "Slow down, please.".to_owned();
        let retry_after = Some(Duration::from_secs(7));
        assert_eq!(refused(response).await, ServiceError::RateLimited { retry_after, sentence });
    }
}

#[tokio::test]
async fn what_is_left_of_the_limit_is_heard() {
    let mut response = ok(&fixture("004-update-post"));
    for (name, value) in [
        ("x-ratelimit-limit", "60"),
        ("x-ratelimit-remaining", "41"),
        ("x-ratelimit-reset", "1775980860"),
    ] {
        response.headers_mut().insert(name, value.parse().unwrap());
    }
    let (posteverywhere, _) = posteverywhere(vec![response]);
    let answer = posteverywhere.apply(&id(), &Edit::pause(), &key()).await.unwrap();
    let allowance = answer.heard.allowance.unwrap();
    assert_eq!(allowance.remaining, 41);
    assert_eq!(allowance.renewed_at, at("2026-04-12T08:01:00Z"));
}

#[tokio::test]
async fn a_404_means_no_such_post_only_in_the_apis_own_envelope() {
    let sentence = "Post not found.".to_owned();
    let error = refused(scripted::json(404, &fixture("004-not-found"))).await;
    assert_eq!(error, ServiceError::NotFound { sentence });
    let textual = json!({ "data": null, "error": "Post not found." });
    assert!(matches!(refused(scripted::json(404, &textual)).await, ServiceError::NotFound { .. }));

    for response in [
        scripted::json(404, &json!({ "error": "No such route" })),
        scripted::json(404, &json!({ "message": "Not Found" })),
        scripted::json(404, &refusal("route_not_found", "No such route")),
        scripted::json(404, &json!({})),
        scripted::text(404, "text/html", "<h1>Cannot PATCH /posts</h1>"),
    ] {
        let error = refused(response).await;
        assert!(matches!(error, ServiceError::Refused { status: 404, .. }), "{error:?}");
    }
}

#[tokio::test]
async fn a_list_that_is_not_there_is_another_server() {
    for body in [fixture("004-not-found"), json!({ "error": "Post not found." })] {
        let (posteverywhere, _) =
            posteverywhere(vec![scripted::json(404, &body), scripted::json(404, &body)]);
        let list = posteverywhere.list(&ListQuery::Drafts, None).await.unwrap_err();
        let channels = posteverywhere.channels().await.unwrap_err();
        let sentence =
            "There is no PostEverywhere at this server address: Post not found.".to_owned();
        let expected = ServiceError::Refused { status: 404, sentence };
        assert_eq!([list, channels], [expected.clone(), expected]);
    }
}

#[tokio::test]
async fn another_servers_json_is_not_taken_for_an_empty_account() {
    for body in [json!({}), json!([]), json!("hello"), enveloped(json!({ "posts": "none" }))] {
        let (posteverywhere, _) = posteverywhere(vec![ok(&body), ok(&body), ok(&body)]);
        let errors = [
            posteverywhere.list(&ListQuery::Drafts, None).await.unwrap_err(),
            posteverywhere.channels().await.unwrap_err(),
            posteverywhere.read(&id(), &[]).await.unwrap_err(),
        ];
        for error in errors {
            assert!(matches!(error, ServiceError::Unreadable { .. }), "{body}: {error}");
        }
    }
}

#[tokio::test]
async fn the_key_is_in_no_debug_output_and_no_sentence() {
    let told = refusal("unauthorized", &format!("Invalid API key {KEY}"));
    let (posteverywhere, _) = posteverywhere(vec![scripted::json(401, &told)]);
    assert!(!format!("{posteverywhere:?}").contains(KEY));
    let error = posteverywhere.channels().await.unwrap_err();
    let sentence = "Invalid API key …".to_owned();
    assert_eq!(error, ServiceError::KeyRefused { sentence });
}
