//! The envelope, and the key that every call needs.

use rundown_practice::KeySeen;
use serde_json::{Value, json};

use super::kit::{BEARER, Bench, KEY, data, refused};

#[tokio::test]
async fn every_answer_comes_in_the_envelope_with_an_id_of_its_own() {
    let bench = Bench::new().await;
    let good = bench.get("/accounts").await.json();
    let bad = bench.get("/nowhere").await.json();
    assert_eq!((&good["error"], &bad["data"]), (&Value::Null, &Value::Null));
    assert_eq!(
        bad["error"],
        json!({ "message": "Not found.", "code": "not_found", "retryable": false })
    );
    for body in [&good, &bad] {
        assert_eq!(body.as_object().unwrap().len(), 3);
        assert_eq!(body["meta"]["timestamp"], "2026-03-02T09:00:00.000Z");
        let id = body["meta"]["request_id"].as_str().unwrap();
        assert!(id.len() == 8 && id.bytes().all(|byte| byte.is_ascii_hexdigit()), "{id}");
    }
    assert_ne!(good["meta"]["request_id"], bad["meta"]["request_id"]);
}

#[tokio::test]
async fn a_key_is_needed_and_must_be_known() {
    let bench = Bench::new().await;
    let other = "Bearer pe_live_00000000000000000000000000000000";
    for headers in [
        vec![],
        vec![("authorization", KEY)],
        vec![("authorization", other)],
        vec![("x-api-key", KEY)],
    ] {
        let answer = bench.send("GET", "/posts", &headers, "").await;
        refused(&answer, 401, "unauthorized", "Invalid API key.");
    }
    bench.posteverywhere().remove_key(KEY);
    assert_eq!(bench.get("/posts").await.status, 401);
    bench.posteverywhere().add_key(KEY);
    assert!(bench.posteverywhere().has_key(KEY));
    assert_eq!(data(&bench.get("/accounts").await)["accounts"], json!([]));
    let seen: Vec<_> = bench.practice.requests().iter().map(|request| request.key).collect();
    let [missing, unknown, known] = [KeySeen::Missing, KeySeen::Unknown, KeySeen::Known];
    assert_eq!(seen, [missing, missing, unknown, missing, unknown, known]);
}

#[tokio::test]
async fn a_request_is_recorded_without_its_key() {
    let bench = Bench::new().await;
    bench.get("/accounts").await;
    let records = bench.practice.requests();
    assert_eq!(records[0].headers["authorization"], "[redacted]");
    let records = format!("{records:?}");
    assert!(!records.contains(KEY) && !records.contains(BEARER));
}
