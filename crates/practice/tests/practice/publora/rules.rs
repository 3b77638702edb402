//! What counts as a violation at Publora.

use rundown_practice::KeySeen;
use rundown_practice::publora::{Generation, PostStatus};
use serde_json::json;

use super::bench::{Bench, JSON, KEY_HEADER};
use crate::kit::{KEY, TWITTER};

const LATER: &str = r#"{"scheduledTime":"2026-03-15T14:00:00.000Z"}"#;

#[tokio::test]
async fn what_a_careful_client_sends_breaks_no_rule_in_any_generation() {
    for generation in [Generation::First, Generation::Second, Generation::Current] {
        let bench = Bench::of(generation).await;
        let id = bench.scheduled("2026-03-10T08:00:00Z");
        let published = bench.seed(PostStatus::Published, Some("2026-03-01T08:00:00Z"));
        bench.put_once("1", &id, LATER).await;
        bench.put_once("2", &id, r#"{"status":"draft"}"#).await;
        let resume = r#"{"status":"scheduled","scheduledTime":"2026-03-02T09:02:00Z"}"#;
        bench.put_once("3", &id, resume).await;
        bench.put_once("4", &id, r#"{"content":"","platforms":[]}"#).await;
        bench.put_once("5", &published, LATER).await;
        let post = json!({ "content": "x", "platforms": [TWITTER], "platformSettings": {} });
        bench.create_once("6", &post.to_string()).await;
        bench.get("/list-posts?sortBy=scheduledTime&sortOrder=asc&limit=100&page=1").await;
        bench.get(&format!("/get-post/{id}")).await;
        let headers = [KEY_HEADER, ("x-publora-user-id", "64b1f77bcf86cd7994390aaa")];
        bench.send("GET", "/platform-connections", &headers, "").await;
        bench.delete(&id).await;
        assert_eq!(bench.practice.violations(), []);
    }
}

#[tokio::test]
async fn every_broken_rule_of_an_update_is_a_violation() {
    for (body, kind) in [
        (r#"{"scheduledTime":"2026-03-02T08:59:00Z"}"#, "pastTime"),
        (r#"{"scheduledTime":"2026-03-02T09:01:58Z"}"#, "lateTime"),
        (r#"{"scheduledTime":"2026-03-15 14:00"}"#, "malformedTime"),
        (r#"{"scheduledTime":"2026-03-15T14:00:00+01:00"}"#, "offsetNotUtc"),
        (r#"{"status":"scheduled"}"#, "scheduledWithoutTime"),
        (r#"{"status":"draft","text":"x"}"#, "unknownField"),
        (r#"{"platformSettings":{"x":{}}}"#, "unknownField"),
        ("{}", "emptyUpdate"),
        ("", "emptyUpdate"),
        (r#"{"content":null}"#, "emptyUpdate"),
        ("[]", "malformedBody"),
    ] {
        let bench = Bench::new().await;
        let id = bench.scheduled("2026-03-10T08:00:00Z");
        bench.put(&id, body).await;
        assert_eq!(bench.kinds(), [kind], "{body}");
    }
}

#[tokio::test]
async fn a_creation_that_would_go_out_at_once_is_a_violation() {
    for (at, kind) in [("2026-03-02T09:00:00Z", "pastTime"), ("2026-03-02T09:01:00Z", "lateTime")] {
        let bench = Bench::new().await;
        let body = json!({ "content": "x", "platforms": [TWITTER], "scheduledTime": at });
        bench.create(&body.to_string()).await;
        assert_eq!(bench.kinds(), [kind]);
    }
}

#[tokio::test]
async fn every_broken_rule_of_headers_paths_and_queries_is_a_violation() {
    let draft = r#"{"status":"draft"}"#;
    let update = "/update-post/507f1f77bcf86cd799439011";
    let delete = "/delete-post/507f1f77bcf86cd799439011";
    let idempotency = ("idempotency-key", "k");
    for (method, path, headers, body, kinds) in [
        ("PUT", update, vec![KEY_HEADER], draft, vec!["wrongContentType"]),
        ("PUT", update, vec![JSON], draft, vec!["missingKey"]),
        ("PUT", "/update-post/42", vec![KEY_HEADER, JSON], draft, vec!["malformedPostId"]),
        ("PATCH", update, vec![KEY_HEADER, JSON], draft, vec!["wrongMethod"]),
        ("GET", "/posts", vec![KEY_HEADER], "", vec!["unknownPath"]),
        (
            "GET",
            "/list-posts",
            vec![("x-api-key", KEY)],
            "",
            vec!["missingKey", "keyInWrongHeader"],
        ),
        ("GET", "/list-posts", vec![KEY_HEADER, ("x-api-key", KEY)], "", vec!["keyInWrongHeader"]),
        ("GET", "/list-posts?state=draft", vec![KEY_HEADER], "", vec!["unknownQueryParam"]),
        ("GET", "/list-posts?limit=101", vec![KEY_HEADER], "", vec!["badQueryValue"]),
        (
            "GET",
            "/list-posts",
            vec![KEY_HEADER, ("x-publora-user-id", "me")],
            "",
            vec!["malformedUserId"],
        ),
        ("DELETE", delete, vec![KEY_HEADER, idempotency], "", vec!["idempotencyKeyInVain"]),
        ("GET", "/list-posts", vec![KEY_HEADER, idempotency], "", vec!["idempotencyKeyInVain"]),
    ] {
        let bench = Bench::new().await;
        bench.send(method, path, &headers, body).await;
        assert_eq!(bench.kinds(), kinds, "{method} {path} {body}");
    }
}

#[tokio::test]
async fn a_malformed_user_id_is_refused_and_the_key_is_not_recorded() {
    let bench = Bench::new().await;
    let headers = [KEY_HEADER, ("x-publora-user-id", "me")];
    let refused = bench.send("GET", "/list-posts", &headers, "").await;
    refused.refused(400, "Invalid x-publora-user-id");
    let recorded = &bench.practice.requests()[0];
    assert_eq!(recorded.headers["x-publora-key"], "[redacted]");
    assert_eq!(recorded.key, KeySeen::Known);
    assert!(!format!("{recorded:?}").contains(KEY));
}
