//! What counts as a violation.

use rundown_practice::posteverywhere::PostStatus;

use super::kit::{Bench, JSON, LATER, PAUSE, RESUME};

const ID: &str = "/posts/f47ac10b-58cc-4372-a567-0e02b2c3d479";

#[tokio::test]
async fn what_a_careful_client_sends_breaks_no_rule() {
    let bench = Bench::new().await;
    let id = bench.scheduled("2026-03-10T08:00:00Z");
    let published = bench.seed(PostStatus::Published, Some("2026-03-01T08:00:00Z"));
    bench.patch(&id, LATER).await;
    bench.patch(&id, PAUSE).await;
    bench.schedule(&id, r#"{"scheduled_for":"2026-03-02T09:02:00Z"}"#).await;
    bench.schedule(&id, LATER).await;
    bench.patch(&id, RESUME).await;
    bench.patch(&published, LATER).await;
    bench.create(r#"{"content":"x","account_ids":[2280],"draft":true}"#).await;
    bench.get("/posts?status=draft&limit=100&offset=0&sort=scheduled_for&order=asc").await;
    bench.get("/accounts").await;
    bench.retry(&published, "").await;
    bench.delete(&id).await;
    let mistyped = [("authorization", "Bearer pe_live_00000000000000000000000000000000")];
    bench.send("GET", "/accounts", &mistyped, "").await;
    assert_eq!(bench.practice.violations(), []);
}

#[tokio::test]
async fn every_broken_rule_of_an_update_is_a_violation() {
    for (body, kinds) in [
        (r#"{"scheduled_for":"2026-03-02T08:59:00Z"}"#, vec!["pastTime"]),
        (r#"{"scheduled_for":"2026-03-02T09:01:58Z"}"#, vec!["lateTime"]),
        (r#"{"scheduled_for":"2026-03-15T14:00:00"}"#, vec!["malformedTime"]),
        (r#"{"scheduled_for":null}"#, vec!["malformedTime"]),
        (r#"{"scheduled_for":"2026-03-15T14:00:00+01:00"}"#, vec!["offsetNotUtc"]),
        (r#"{"scheduled_at":"2026-03-15T14:00:00Z"}"#, vec!["deprecatedField"]),
        (r#"{"scheduled_at":"2026-03-01T14:00:00Z"}"#, vec!["deprecatedField", "pastTime"]),
        (r#"{"status":"scheduled"}"#, vec!["scheduledWithoutTime"]),
        (r#"{"status":"draft","media":[]}"#, vec!["misnamedField"]),
        (r#"{"status":"draft","attachments":[]}"#, vec!["misnamedField"]),
        (r#"{"status":"draft","destinations":[]}"#, vec!["unknownField"]),
        (r#"{"draft":true}"#, vec!["unknownField", "emptyUpdate"]),
        ("{}", vec!["emptyUpdate"]),
        ("", vec!["emptyUpdate"]),
        ("[]", vec!["malformedBody"]),
        ("draft", vec!["malformedBody"]),
    ] {
        let bench = Bench::new().await;
        let id = bench.scheduled("2026-03-10T08:00:00Z");
        bench.patch(&id, body).await;
        assert_eq!(bench.kinds(), kinds, "{body}");
    }
}

#[tokio::test]
async fn every_broken_rule_of_the_other_writes_is_a_violation() {
    let schedule = format!("{ID}/schedule");
    let retry = format!("{ID}/retry");
    for (path, body, kinds) in [
        ("/posts", r#"{"content":"x","account_ids":[1]}"#, vec!["publishesAtOnce"]),
        ("/posts", r#"{"content":"x","account_ids":[1],"draft":false}"#, vec!["publishesAtOnce"]),
        (
            "/posts",
            r#"{"content":"x","account_ids":[1],"scheduled_for":null}"#,
            vec!["malformedTime", "publishesAtOnce"],
        ),
        ("/posts", r#"{"content":"x","draft":true,"status":"draft"}"#, vec!["unknownField"]),
        ("/posts", r#"{"scheduled_for":"2026-03-02T09:01:00Z"}"#, vec!["lateTime"]),
        ("/posts", "", vec!["malformedBody"]),
        (&schedule, "{}", vec!["scheduledWithoutTime"]),
        (&schedule, r#"{"publish_now":true}"#, vec!["publishesAtOnce"]),
        (&schedule, r#"{"scheduled_for":"2026-03-01T14:00:00Z"}"#, vec!["pastTime"]),
        (
            &schedule,
            r#"{"scheduled_for":"2026-03-15T14:00:00Z","content":"x"}"#,
            vec!["unknownField"],
        ),
        (&retry, r#"{"account_ids":[1],"force":true}"#, vec!["unknownField"]),
    ] {
        let bench = Bench::new().await;
        bench.send("POST", path, &JSON, body).await;
        assert_eq!(bench.kinds(), kinds, "{path} {body}");
    }
}

#[tokio::test]
async fn every_broken_rule_of_headers_paths_and_queries_is_a_violation() {
    let [json, key] = JSON;
    let short = ("authorization", "Bearer 0123");
    let bare = ("authorization", &key.1["Bearer ".len()..]);
    for (method, path, headers, body, kinds) in [
        ("PATCH", ID, vec![key], PAUSE, vec!["wrongContentType"]),
        ("PATCH", ID, vec![key, ("content-type", "text/plain")], PAUSE, vec!["wrongContentType"]),
        ("PATCH", ID, vec![json], PAUSE, vec!["missingKey"]),
        ("PATCH", ID, vec![json, short], PAUSE, vec!["malformedKey"]),
        ("PATCH", ID, vec![json, bare], PAUSE, vec!["malformedKey"]),
        (
            "GET",
            "/posts",
            vec![("x-api-key", "pe_live_0")],
            "",
            vec!["missingKey", "keyInWrongHeader"],
        ),
        ("GET", "/posts", vec![key, ("x-publora-key", "sk_x")], "", vec!["keyInWrongHeader"]),
        ("PATCH", "/posts/post_8f3k2j1", vec![key, json], PAUSE, vec!["malformedPostId"]),
        ("GET", "/posts/42/results", vec![key], "", vec!["malformedPostId"]),
        ("PUT", ID, vec![key, json], PAUSE, vec!["wrongMethod"]),
        ("GET", "/list-posts", vec![key], "", vec!["unknownPath"]),
        ("GET", "/posts?page=2", vec![key], "", vec!["unknownQueryParam"]),
        ("GET", "/accounts?limit=5", vec![key], "", vec!["unknownQueryParam"]),
        (
            "DELETE",
            &format!("{ID}?delete_on_platforms=x"),
            vec![key],
            "",
            vec!["unknownQueryParam"],
        ),
        ("GET", "/posts?limit=101", vec![key], "", vec!["badQueryValue"]),
        ("GET", "/posts?status=queued", vec![key], "", vec!["badQueryValue"]),
        ("GET", "/posts?order=up", vec![key], "", vec!["badQueryValue"]),
    ] {
        let bench = Bench::new().await;
        bench.send(method, path, &headers, body).await;
        assert_eq!(bench.kinds(), kinds, "{method} {path} {body}");
    }
}
