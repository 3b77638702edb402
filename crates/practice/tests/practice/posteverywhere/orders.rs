//! The control address, and what is done behind the API's back.

use rundown_practice::posteverywhere::{PausedTime, PostStatus};
use serde_json::{Value, json};

use super::kit::*;
use crate::kit::Answer;

const NEW: &str = "pe_live_new";
const NOBODY: &str = "f47ac10b-58cc-4372-a567-0e02b2c3d479";

impl Bench {
    async fn control(&self, method: &str, path: &str, body: &Value) -> Answer {
        let path = format!("/control/posteverywhere{path}");
        let json = [("content-type", "application/json")];
        let body = if body.is_null() { String::new() } else { body.to_string() };
        crate::kit::send(self.running.addr, method, &path, &json, &body).await.unwrap()
    }
}

#[tokio::test]
async fn the_control_address_seeds_a_world() {
    let bench = Bench::new().await;
    let account = json!({ "key": NEW, "id": 7, "platform": "x", "name": "@new" });
    assert_eq!(bench.control("POST", "/accounts", &account).await.status, 404);
    assert_eq!(bench.control("POST", "/keys", &json!({ "key": NEW })).await.status, 204);
    assert_eq!(bench.control("POST", "/accounts", &account).await.status, 204);
    let post = json!({
        "content": "One", "accountIds": [7], "status": "scheduled",
        "scheduledFor": "2026-03-10T08:00:00Z",
    });
    let order = json!({ "key": NEW, "post": post });
    let made = bench.control("POST", "/posts", &order).await.json();
    let path = format!("/posts/{}", made["id"].as_str().unwrap());
    let seen = bench.control("GET", &path, &Value::Null).await.json();
    assert_eq!((&seen["status"], &seen["content"]), (&json!("scheduled"), &json!("One")));
    assert_eq!(seen["destinations"][0]["platform"], "x");
    assert!(seen.get("key").is_none(), "{seen}");
    assert_eq!(bench.control("PATCH", &path, &json!({ "status": "draft" })).await.status, 204);
    assert_eq!(bench.control("GET", &path, &Value::Null).await.json()["status"], "draft");
    assert_eq!(bench.control("DELETE", &path, &Value::Null).await.status, 204);
    assert_eq!(bench.control("GET", &path, &Value::Null).await.status, 404);

    let named = json!({ "key": KEY, "id": NOBODY, "post": { "accountIds": [X] } });
    assert_eq!(bench.control("POST", "/posts", &named).await.json(), json!({ "id": NOBODY }));
    assert_eq!(bench.control("GET", "/posts", &Value::Null).await.json()[0]["id"], NOBODY);
    assert_eq!(bench.control("DELETE", &format!("/keys/{NEW}"), &Value::Null).await.status, 204);
    assert!(!bench.posteverywhere().has_key(NEW));
}

#[tokio::test]
async fn orders_that_cannot_be_carried_out_are_refused() {
    let bench = Bench::new().await;
    for (path, order, status) in [
        ("/keys", json!({ "key": "sk_new" }), 422),
        ("/posts", json!({ "key": KEY, "id": "42", "post": { "accountIds": [X] } }), 422),
        ("/posts", json!({ "key": KEY, "post": { "accountIds": [1] } }), 404),
        ("/posts", json!({ "key": NEW, "post": {} }), 404),
    ] {
        assert_eq!(bench.control("POST", path, &order).await.status, status, "{order}");
    }
    let settings = json!({ "surprise": true });
    assert_eq!(bench.control("PUT", "/settings", &settings).await.status, 422);
}

#[tokio::test]
async fn the_control_address_changes_how_the_service_behaves() {
    let bench = Bench::new().await;
    let cleared = json!({ "pausedTime": "cleared" });
    assert_eq!(bench.control("PUT", "/settings", &cleared).await.status, 204);
    assert_eq!(bench.posteverywhere().settings().paused_time, PausedTime::Cleared);
    let told = bench.control("GET", "/settings", &Value::Null).await.json();
    assert_eq!((&told["pausedTime"], &told["filters"]), (&json!("cleared"), &json!("honoured")));

    let id = bench.scheduled("2026-03-02T09:01:00Z");
    for (path, order) in [
        ("/failures", json!({ "target": "linkedin" })),
        ("/publishing", json!({ "takesSeconds": 0 })),
    ] {
        assert_eq!(bench.control("POST", path, &order).await.status, 204, "{path}");
    }
    bench.clock.advance(chrono::TimeDelta::minutes(1));
    bench.practice.tick();
    assert_eq!(bench.post(&id).status, PostStatus::PartiallyFailed);

    let draft = bench.seed(PostStatus::Draft, None);
    let expected = json!({ "publishNow": draft });
    assert_eq!(bench.control("POST", "/expectations", &expected).await.status, 204);
    let body = r#"{"publish_now":true}"#;
    assert_eq!(
        bench.send("POST", &format!("/posts/{draft}/schedule"), &JSON, body).await.status,
        200
    );
    assert_eq!(bench.practice.violations(), []);

    let left = json!({ "accountId": LINKEDIN });
    assert_eq!(bench.control("POST", "/left-behind", &left).await.status, 204);
    let id = bench.scheduled("2026-03-10T08:00:00Z");
    bench.send("PATCH", &format!("/posts/{id}"), &JSON, LATER).await;
    let times = bench.times(&id);
    assert_ne!(times[0], times[1]);

    assert_eq!(bench.control("DELETE", "/limits", &Value::Null).await.status, 204);
    assert_eq!(bench.get("/posts").await.headers.get("x-ratelimit-limit"), None);
}
