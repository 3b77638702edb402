//! Answers without success, and answers that are none.

use std::time::Duration;

use rundown_core::model::Edit;
use rundown_core::service::{ListQuery, PlanLimit, SchedulingService, ServiceError};
use serde_json::{Value, json};

use super::*;

async fn refusal(response: Response<Vec<u8>>) -> ServiceError {
    let (postpost, _) = postpost(vec![response]);
    postpost.apply(&id(), &Edit::pause(), &key()).await.unwrap_err()
}

#[tokio::test]
async fn a_refusal_keeps_the_services_own_sentence_however_it_is_dressed() {
    let sentence = "Cannot update post: post is currently in published status";
    for body in [
        json!({ "error": sentence }),
        json!({ "message": sentence }),
        json!({ "error": { "message": sentence, "code": 7 } }),
        json!({ "error": "NotEditableError", "message": sentence }),
    ] {
        let refused = ServiceError::Refused { status: 400, sentence: sentence.to_owned() };
        assert_eq!(refusal(scripted::json(400, &body)).await, refused, "{body}");
    }
    let refused = ServiceError::Refused { status: 200, sentence: sentence.to_owned() };
    let body = json!({ "success": false, "error": sentence });
    assert_eq!(refusal(ok(&body)).await, refused);
}

#[tokio::test]
async fn a_plan_limit_keeps_its_numbers() {
    let limit = PlanLimit {
        sentence: "Monthly post limit reached. Your Pro plan allows 50 platform posts per month."
            .to_owned(),
        code: Some("POST_LIMIT_REACHED".to_owned()),
        metric: Some("posts.platform_monthly".to_owned()),
        limit: Some(50),
        used: Some(48),
        remaining: Some(2),
        horizon: None,
        plan: Some("Pro".to_owned()),
    };
    let error = refusal(scripted::json(403, &fixture("limit-exceeded"))).await;
    assert_eq!(error, ServiceError::PlanLimit(limit));

    let horizon = json!({
        "error": "Schedule horizon reached", "code": "SCHEDULE_HORIZON_REACHED",
        "metric": "posts.schedule_horizon_days", "limit": 7, "used": null, "remaining": null,
        "maxScheduledDate": "2026-03-17T09:00:00.000Z",
    });
    match refusal(scripted::json(403, &horizon)).await {
        ServiceError::PlanLimit(limit) => {
            assert_eq!(limit.sentence, "Schedule horizon reached");
            assert_eq!((limit.limit, limit.used), (Some(7), None));
            assert_eq!(limit.horizon, Some(at("2026-03-17T09:00:00Z")));
        }
        other => panic!("{other:?}"),
    }

    let sentence = "API access is not enabled for this account".to_owned();
    let error = refusal(scripted::json(403, &json!({ "error": sentence }))).await;
    assert_eq!(error, ServiceError::Refused { status: 403, sentence });
}

#[tokio::test]
async fn a_page_instead_of_an_answer_is_told_in_a_few_words() {
    let html = "<!DOCTYPE html><html><head><title>\n 502 Bad  Gateway</title></head><p>nginx</p>";
    let sentence = "The server sent a web page, “502 Bad Gateway”.".to_owned();
    let error = refusal(scripted::text(502, "text/html", html)).await;
    assert_eq!(error, ServiceError::ServerTrouble { status: 502, sentence });

    let reason = "it is a web page, “502 Bad Gateway”".to_owned();
    let error = refusal(scripted::text(200, "application/json", html)).await;
    assert_eq!(error, ServiceError::Unreadable { reason });

    for (body, reason) in [("", "it is empty"), ("{\"success\":tr", "it is not JSON")] {
        let error = refusal(scripted::text(200, "application/json", body)).await;
        assert_eq!(error, ServiceError::Unreadable { reason: reason.to_owned() });
    }
}

#[tokio::test]
async fn a_wait_is_read_in_seconds_as_a_date_or_from_the_body() {
    let limited = |header: Option<&str>, body: Value| {
        let mut response = scripted::json(429, &body);
        if let Some(value) = header {
            response.headers_mut().insert("retry-after", value.parse().unwrap());
        }
        response
    };
    let seconds = |n| Some(Duration::from_secs(n));
    for (response, wait) in [
        (limited(Some("7"), json!({ "error": "Slow down, please" })), seconds(7)),
        (limited(Some("Tue, 10 Mar 2026 09:01:30 GMT"), json!({})), seconds(90)),
        (limited(Some("Tue, 10 Mar 2026 08:00:00 GMT"), json!({})), None),
        (limited(None, json!({ "retryAfter": 12 })), seconds(12)),
        (limited(None, json!({ "retryAfter": "12" })), seconds(12)),
        (limited(Some("-3"), json!({})), None),
        (limited(Some("NaN"), json!({})), None),
        (limited(Some("99999999999999999999"), json!({})), seconds(24 * 60 * 60)),
        (limited(None, json!({})), None),
    ] {
        match refusal(response).await {
            ServiceError::RateLimited { retry_after, .. } => assert_eq!(retry_after, wait),
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn a_redirect_names_the_other_host_and_is_no_success() {
    for (location, names) in [
        (Some("https://evil.example/api"), "evil.example"),
        (Some("/login"), "another address"),
        (None, "another address"),
    ] {
        let mut response = scripted::json(307, &json!(null));
        if let Some(location) = location {
            response.headers_mut().insert("location", location.parse().unwrap());
        }
        match refusal(response).await {
            ServiceError::Refused { status: 307, sentence } => {
                assert!(sentence.contains(names), "{sentence}");
            }
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn a_404_means_no_such_post_only_in_the_apis_own_words() {
    let sentence = "Post group not found".to_owned();
    let error = refusal(scripted::json(404, &json!({ "error": sentence }))).await;
    assert_eq!(error, ServiceError::NotFound { sentence });
    let error = refusal(scripted::text(404, "text/html", "<h1>Cannot PUT /update-post</h1>")).await;
    assert!(matches!(error, ServiceError::Refused { status: 404, .. }), "{error:?}");

    let (postpost, _) = postpost(vec![scripted::json(404, &json!({ "error": "No such route" }))]);
    match postpost.list(&ListQuery::Drafts, None).await.unwrap_err() {
        ServiceError::Refused { status: 404, sentence } => {
            assert_eq!(sentence, "There is no PostPost at this server address: No such route");
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn another_servers_json_is_not_taken_for_an_empty_account() {
    for body in [json!({}), json!([]), json!("hello"), json!({ "posts": "none" })] {
        let (postpost, _) = postpost(vec![ok(&body), ok(&body)]);
        let list = postpost.list(&ListQuery::Drafts, None).await.unwrap_err();
        let channels = postpost.channels().await.unwrap_err();
        for error in [list, channels] {
            assert!(matches!(error, ServiceError::Unreadable { .. }), "{error}");
        }
    }
}

#[tokio::test]
async fn the_key_is_in_no_debug_output_and_no_sentence() {
    let told = json!({ "error": format!("Invalid API key {KEY}") });
    let (postpost, _) = postpost(vec![scripted::json(401, &told)]);
    assert!(!format!("{postpost:?}").contains(KEY));
    let error = postpost.channels().await.unwrap_err();
    let sentence = "Invalid API key …".to_owned();
    assert_eq!(error, ServiceError::KeyRefused { sentence });
}
