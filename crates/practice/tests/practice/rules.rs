//! What is recorded, and what counts as a violation.

use rundown_practice::postpost::PostStatus;
use rundown_practice::{KeySeen, ViolationKind};
use serde_json::json;

use super::kit::{Bench, JSON, KEY, send, start};

const LATER: &str = r#"{"scheduledTime":"2026-03-15T14:00:00.000Z"}"#;

#[tokio::test]
async fn a_request_is_recorded_with_everything_but_the_key() {
    let bench = Bench::new().await;
    let id = bench.scheduled("2026-03-10T08:00:00Z");
    bench.put(&id, LATER).await;
    bench.get("/list-posts?status=draft&fromDate=2026-03-01T00:00:00%2B00:00").await;
    let records = bench.practice.requests();
    assert_eq!(records.len(), 2);
    let put = &records[0];
    assert_eq!((put.at, put.method.as_str()), (start(), "PUT"));
    assert_eq!(put.path, format!("/postpost/api/v1/update-post/{id}"));
    assert_eq!(put.headers["content-type"], "application/json");
    assert_eq!((put.headers["x-api-key"].as_str(), put.key), ("[redacted]", KeySeen::Known));
    assert_eq!(put.body, json!({ "scheduledTime": "2026-03-15T14:00:00.000Z" }));
    assert_eq!((put.status, put.applied), (Some(200), true));
    let get = &records[1];
    assert_eq!(get.query["fromDate"], "2026-03-01T00:00:00+00:00");
    assert_eq!((get.status, get.applied), (Some(200), false));
    assert!(!format!("{records:?}").contains(KEY));
    bench.practice.clear_requests();
    assert_eq!(bench.practice.requests(), []);
}

#[tokio::test]
async fn what_a_careful_client_sends_breaks_no_rule() {
    let bench = Bench::new().await;
    let id = bench.scheduled("2026-03-10T08:00:00Z");
    let published = bench.seed(PostStatus::Published, Some("2026-03-01T08:00:00Z"));
    bench.put(&id, LATER).await;
    bench.put(&id, r#"{"status":"draft"}"#).await;
    bench.put(&id, r#"{"status":"scheduled","scheduledTime":"2026-03-02T09:02:00Z"}"#).await;
    bench.put(&published, LATER).await;
    bench.put("507f1f77bcf86cd799439011", LATER).await;
    let mistyped = [("x-api-key", "sk_mistyped")];
    bench.try_send("GET", "/platform-connections", &mistyped, "").await.unwrap();
    bench.get("/list-posts?sortBy=scheduledTime&sortOrder=asc&limit=100&page=1").await;
    assert_eq!(bench.practice.violations(), []);
    assert_eq!(bench.practice.requests()[5].key, KeySeen::Unknown);
}

#[tokio::test]
async fn every_broken_rule_of_an_update_is_a_violation() {
    for (body, kind) in [
        (r#"{"scheduledTime":"2026-03-02T08:59:00Z"}"#, "pastTime"),
        (r#"{"scheduledTime":"2026-03-02T09:00:00Z"}"#, "pastTime"),
        (r#"{"scheduledTime":"2026-03-02T09:01:58Z"}"#, "lateTime"),
        (r#"{"scheduledTime":"2026-03-15 14:00"}"#, "malformedTime"),
        (r#"{"scheduledTime":"2026-03-15T14:00:00+01:00"}"#, "offsetNotUtc"),
        (r#"{"status":"scheduled"}"#, "scheduledWithoutTime"),
        (r#"{"status":"draft","content":"x"}"#, "unknownField"),
        ("{}", "emptyUpdate"),
        ("", "emptyUpdate"),
        ("[]", "malformedBody"),
        ("draft", "malformedBody"),
    ] {
        let bench = Bench::new().await;
        let id = bench.scheduled("2026-03-10T08:00:00Z");
        bench.put(&id, body).await;
        assert_eq!(bench.kinds(), [kind], "{body}");
    }
}

#[tokio::test]
async fn every_broken_rule_of_headers_paths_and_queries_is_a_violation() {
    let key = ("x-api-key", KEY);
    let json = JSON[0];
    let draft = r#"{"status":"draft"}"#;
    let update = "/update-post/507f1f77bcf86cd799439011";
    for (method, path, headers, body, kinds) in [
        ("PUT", update, vec![key], draft, vec!["wrongContentType"]),
        ("PUT", update, vec![key, ("content-type", "text/plain")], draft, vec!["wrongContentType"]),
        ("PUT", update, vec![json], draft, vec!["missingKey"]),
        ("PUT", "/update-post/42", vec![key, json], draft, vec!["malformedPostId"]),
        ("PATCH", update, vec![key, json], draft, vec!["wrongMethod"]),
        ("GET", "/posts", vec![key], "", vec!["unknownPath"]),
        (
            "GET",
            "/list-posts",
            vec![("authorization", "Bearer sk_x")],
            "",
            vec!["missingKey", "keyInWrongHeader"],
        ),
        ("GET", "/list-posts", vec![key, ("x-publora-key", "sk_x")], "", vec!["keyInWrongHeader"]),
        ("GET", "/list-posts?state=draft", vec![key], "", vec!["unknownQueryParam"]),
        ("GET", "/platform-connections?page=1", vec![key], "", vec!["unknownQueryParam"]),
        ("GET", "/list-posts?limit=101", vec![key], "", vec!["badQueryValue"]),
        ("GET", "/list-posts?page=0", vec![key], "", vec!["badQueryValue"]),
        ("GET", "/list-posts?status=queued", vec![key], "", vec!["badQueryValue"]),
        ("GET", "/list-posts?sortOrder=up", vec![key], "", vec!["badQueryValue"]),
        (
            "POST",
            "/create-post",
            vec![key, json],
            r#"{"content":"x","platforms":["twitter-1"],"status":"draft"}"#,
            vec!["unknownField"],
        ),
    ] {
        let bench = Bench::new().await;
        bench.try_send(method, path, &headers, body).await.unwrap();
        assert_eq!(bench.kinds(), kinds, "{method} {path} {body}");
    }
}

#[tokio::test]
async fn an_address_of_no_service_is_a_violation() {
    let bench = Bench::new().await;
    let answer = send(bench.running.addr, "GET", "/api/v1/list-posts", &[], "").await.unwrap();
    assert_eq!(answer.status, 404);
    let violations = bench.practice.violations();
    assert_eq!(violations.len(), 1);
    assert_eq!(violations[0].kind, ViolationKind::UnknownPath);
    assert_eq!(violations[0].path, "/api/v1/list-posts");
}
