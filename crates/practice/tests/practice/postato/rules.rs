//! What counts as a violation, and what does not.

use rundown_practice::KeySeen;
use rundown_practice::postato::PostStatus;
use serde_json::{Value, json};

use super::kit::{
    BEARER, Bench, CANCEL, JSON, KEY, LATER, NOBODY, ONCE, PAUSE, PUBLISH, RESUME, creation, within,
};

#[tokio::test]
async fn a_request_is_recorded_with_everything_but_the_key() {
    let bench = Bench::new().await;
    let id = bench.scheduled("2026-03-10T08:00:00Z");
    bench.patch(&id, LATER).await;
    let record = &bench.practice.requests()[0];
    assert_eq!(record.path, format!("/postato{}", within(&format!("/posts/{id}"))));
    assert_eq!(
        (record.headers["authorization"].as_str(), record.key),
        ("[redacted]", KeySeen::Known)
    );
    assert!(!format!("{record:?}").contains(KEY));
}

#[tokio::test]
async fn what_a_careful_client_sends_breaks_no_rule() {
    let bench = Bench::new().await;
    let id = bench.scheduled("2026-03-10T08:00:00Z");
    let published = bench.seed(PostStatus::Published, Some("2026-03-01T08:00:00Z"));
    bench.try_send("GET", "/v1/workspaces", &[BEARER], "").await.unwrap();
    bench.get("/accounts?platform=twitter").await;
    bench.get("/posts?status=pending&limit=100&page=2&accountId=acc_1&postType=tweet").await;
    bench.get("/posts?cursor=abc").await;
    bench.get(&format!("/posts/{}", &id[4..])).await;
    for body in [LATER, PAUSE, RESUME, r#"{"content":"x"}"#] {
        bench.patch(&id, body).await;
    }
    bench.patch(&published, LATER).await;
    bench.patch(NOBODY, r#"{"status":"scheduled","scheduledAt":"2026-03-02T09:02:00Z"}"#).await;
    bench.create(&creation(json!({ "options": {} })), "a").await;
    bench.create(&creation(json!({ "status": "draft" })), "b").await;
    bench.delete(&id).await;
    let mistyped = [("authorization", "Bearer smcp_mistyped")];
    bench.try_send("GET", &within("/posts"), &mistyped, "").await.unwrap();
    assert_eq!(bench.practice.violations(), []);
}

#[tokio::test]
async fn every_broken_rule_of_an_update_is_a_violation() {
    for (body, kind) in [
        (r#"{"scheduledAt":"2026-03-02T08:59:00Z"}"#, "pastTime"),
        (r#"{"scheduledAt":"2026-03-02T09:01:58Z"}"#, "lateTime"),
        (r#"{"scheduledAt":"2026-03-15 14:00"}"#, "malformedTime"),
        (r#"{"scheduledAt":null}"#, "malformedTime"),
        (r#"{"scheduledAt":"2026-03-15T14:00:00-03:00"}"#, "offsetNotUtc"),
        (r#"{"status":"scheduled"}"#, "scheduledWithoutTime"),
        (r#"{"status":"draft","platform":"x"}"#, "unknownField"),
        (PUBLISH, "publishesAtOnce"),
        (CANCEL, "unexpectedCancellation"),
        (r#"{"idempotencyKey":"x"}"#, "emptyUpdate"),
        ("{}", "emptyUpdate"),
        ("", "emptyUpdate"),
        ("[]", "malformedBody"),
    ] {
        let bench = Bench::new().await;
        let id = bench.scheduled("2026-03-10T08:00:00Z");
        bench.patch(&id, body).await;
        assert_eq!(bench.kinds(), [kind], "{body}");
    }
}

#[tokio::test]
async fn every_broken_rule_of_a_creation_is_a_violation() {
    for (replace, kind) in [
        (json!({ "scheduledAt": "2026-03-02T08:59:00Z" }), "pastTime"),
        (json!({ "status": "draft", "scheduledAt": "2026-03-02T09:01:00Z" }), "lateTime"),
        (json!({ "status": "publish" }), "publishesAtOnce"),
        (json!({ "title": "x" }), "unknownField"),
        (json!({ "idempotencyKey": "x" }), "unknownField"),
    ] {
        let bench = Bench::new().await;
        bench.create(&creation(replace.clone()), "a").await;
        assert_eq!(bench.kinds(), [kind], "{replace}");
    }
    let bench = Bench::new().await;
    let mut timeless = creation(json!({}));
    timeless.as_object_mut().unwrap().remove("scheduledAt");
    bench.create(&timeless, "a").await;
    bench.create(&creation(json!({})), "").await;
    assert_eq!(bench.kinds(), ["scheduledWithoutTime", "missingIdempotencyKey"]);
}

#[tokio::test]
async fn each_publication_and_each_cancellation_has_to_be_expected_by_itself() {
    let bench = Bench::new().await;
    bench.postato().expect_publish();
    bench.postato().expect_cancellation();
    for body in [PUBLISH, CANCEL] {
        let id = bench.scheduled("2026-03-10T08:00:00Z");
        bench.patch(&id, body).await;
        assert_eq!(bench.practice.violations(), []);
    }
    let refused = bench.seed(PostStatus::Published, None);
    bench.patch(&refused, PUBLISH).await;
    bench.patch(&refused, CANCEL).await;
    assert_eq!(bench.kinds(), ["publishesAtOnce", "unexpectedCancellation"]);
}

#[tokio::test]
async fn every_broken_rule_of_headers_paths_and_queries_is_a_violation() {
    let post = within(&format!("/posts/{NOBODY}"));
    let posts = within("/posts");
    let tweet = creation(json!({})).to_string();
    let basic = ("authorization", "Basic c21jcA==");
    for (method, path, headers, body, kinds) in [
        ("PATCH", post.as_str(), vec![BEARER], PAUSE, vec!["wrongContentType"]),
        ("POST", &posts, vec![BEARER, ONCE], tweet.as_str(), vec!["wrongContentType"]),
        ("PATCH", &post, vec![JSON], PAUSE, vec!["missingKey"]),
        ("GET", &posts, vec![basic], "", vec!["malformedKey"]),
        ("GET", &posts, vec![("x-api-key", KEY)], "", vec!["missingKey", "keyInWrongHeader"]),
        ("GET", &posts, vec![BEARER, ("x-api-key", "x")], "", vec!["keyInWrongHeader"]),
        ("GET", &posts, vec![("authorization", "Bearer pe_live_1")], "", vec!["malformedKey"]),
        ("PATCH", &post, vec![BEARER, JSON, ONCE], PAUSE, vec!["idempotencyKeyInVain"]),
        ("DELETE", &post, vec![BEARER, ONCE], "", vec!["idempotencyKeyInVain"]),
        ("POST", &posts, vec![BEARER, JSON], &tweet, vec!["missingIdempotencyKey"]),
        ("GET", "/v1/posts", vec![BEARER], "", vec!["missingWorkspace"]),
        ("GET", "/v1/workspaces//posts", vec![BEARER], "", vec!["missingWorkspace"]),
        ("PUT", &post, vec![BEARER, JSON], PAUSE, vec!["wrongMethod"]),
        ("POST", "/v1/workspaces", vec![BEARER], "", vec!["wrongMethod"]),
        ("GET", "/v1/workspaces/w/media", vec![BEARER], "", vec!["unknownPath"]),
        ("GET", "/workspaces", vec![BEARER], "", vec!["unknownPath"]),
        ("GET", "/v1/workspaces?page=1", vec![BEARER], "", vec!["unknownQueryParam"]),
    ] {
        let bench = Bench::new().await;
        bench.try_send(method, path, &headers, body).await.unwrap();
        assert_eq!(bench.kinds(), kinds, "{method} {path} {headers:?}");
    }
}

#[tokio::test]
async fn every_wrong_query_and_id_is_a_violation() {
    for (path, kind) in [
        ("/posts?state=draft", "unknownQueryParam"),
        ("/posts?offset=25", "unknownQueryParam"),
        ("/accounts?limit=1", "unknownQueryParam"),
        ("/posts?status=retired", "badQueryValue"),
        ("/posts?limit=101", "badQueryValue"),
        ("/posts?page=0", "badQueryValue"),
        ("/posts?cursor=", "badQueryValue"),
        ("/posts/42", "malformedPostId"),
        ("/posts/507f1f77bcf86cd799439011", "malformedPostId"),
        ("/posts/acc_01HV7Y5B2C4D6E8F0G2H4J6K8M", "malformedPostId"),
    ] {
        let bench = Bench::new().await;
        bench.get(path).await;
        assert_eq!(bench.kinds(), [kind], "{path}");
    }
}

#[tokio::test]
async fn an_unknown_path_is_not_found_and_a_violation_says_which() {
    let bench = Bench::new().await;
    bench.get("/media").await.refused(404, "not_found");
    let violation = serde_json::to_value(&bench.practice.violations()[0]).unwrap();
    assert_eq!(violation["path"], Value::from(format!("/postato{}", within("/media"))));
}
