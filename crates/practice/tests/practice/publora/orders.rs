//! Publora's control address.

use rundown_practice::publora::{Edit, PostStatus};
use serde_json::json;

use super::bench::Bench;
use crate::kit::{KEY, TWITTER, time};

const LATER: &str = r#"{"scheduledTime":"2026-03-15T14:00:00.000Z"}"#;

#[tokio::test]
async fn the_control_address_seeds_a_world() {
    let bench = Bench::new().await;
    let user = json!({ "key": "sk_new", "plan": "starter" }).to_string();
    assert_eq!(bench.control("POST", "/publora/users", &user).await.status, 204);
    let connection = json!({ "key": "sk_new", "platformId": TWITTER, "username": "x" }).to_string();
    assert_eq!(bench.control("POST", "/publora/connections", &connection).await.status, 204);
    assert_eq!(bench.publora().connections("sk_new"), [TWITTER]);
    let post = json!({
        "key": "sk_new", "content": "Hello", "status": "scheduled",
        "scheduledTime": "2026-03-10T08:00:00Z", "platforms": [TWITTER],
    });
    let made = bench.control("POST", "/publora/posts", &post.to_string()).await.json();
    let path = format!("/publora/posts/{}", made["postGroupId"].as_str().unwrap());
    assert_eq!(bench.control("GET", &path, "").await.json()["content"], "Hello");
    assert_eq!(bench.control("PATCH", &path, r#"{"status":"draft"}"#).await.status, 204);
    assert_eq!(bench.control("GET", "/publora/posts", "").await.json()[0]["status"], "draft");
    assert_eq!(bench.control("DELETE", &path, "").await.status, 204);
    assert_eq!(bench.control("GET", &path, "").await.status, 404);
    assert_eq!(bench.control("DELETE", "/publora/users/sk_new", "").await.status, 204);
    assert!(!bench.publora().has_user("sk_new"));
    assert_eq!(bench.postpost().posts(), []);
}

#[tokio::test]
async fn the_control_address_selects_between_the_documented_behaviours() {
    let bench = Bench::new().await;
    let settings = json!({
        "generation": "second",
        "pastTime": "clamp",
        "pausedTime": "kept",
        "deletion": "unpublished",
        "timeOnDraft": "arms",
        "publishingTakesSeconds": 60,
        "plan": "premium",
        "key": KEY,
    });
    let answer = bench.control("POST", "/publora/settings", &settings.to_string()).await;
    assert_eq!(answer.status, 204);
    let id = bench.scheduled("2026-03-10T08:00:00Z");
    let paused = bench.put(&id, r#"{"status":"draft"}"#).await;
    assert_eq!(paused.json()["postGroup"]["scheduledTime"], "2026-03-10T08:00:00.000Z");
    assert_eq!(paused.headers["x-ratelimit-limit"], "120");
    assert_eq!(bench.put(&id, LATER).await.json()["postGroup"]["status"], "scheduled");
    let past = r#"{"scheduledTime":"2026-03-01T08:00:00.000Z"}"#;
    assert_eq!(bench.put(&id, past).await.status, 200);
    bench.practice.tick();
    assert_eq!(bench.delete(&id).await.json()["code"], "POST_IS_PROCESSING");
}

#[tokio::test]
async fn the_control_address_orders_what_happens_once() {
    let bench = Bench::new().await;
    let id = bench.scheduled("2026-03-10T08:00:00Z");
    for (once, code) in [
        ("idempotencyInFlight", "IDEMPOTENCY_IN_FLIGHT"),
        ("versionConflict", "POST_GROUP_VERSION_CONFLICT"),
    ] {
        let order = json!({ "once": once }).to_string();
        assert_eq!(bench.control("POST", "/publora/settings", &order).await.status, 204);
        let refused = bench.put_once(once, &id, LATER).await;
        assert_eq!((refused.status, &refused.json()["code"]), (409, &json!(code)));
    }
    let order = json!({ "once": "postChanged" }).to_string();
    assert_eq!(bench.control("POST", "/publora/settings", &order).await.status, 204);
    let refused = bench.delete(&id).await;
    assert_eq!((refused.status, &refused.json()["code"]), (409, &json!("POST_CHANGED")));
    assert_eq!(bench.delete(&id).await.status, 200);
}

#[tokio::test]
async fn the_control_address_refuses_what_it_does_not_know_and_selects_nothing_of_it() {
    let bench = Bench::new().await;
    for wrong in [r#"{"x":1}"#, r#"{"generation":"third","timeOnDraft":"arms"}"#] {
        assert_eq!(bench.control("POST", "/publora/settings", wrong).await.status, 422, "{wrong}");
    }
    let draft = bench.seed(PostStatus::Draft, None);
    assert_eq!(bench.put(&draft, LATER).await.json()["postGroup"]["status"], "draft");
}

#[tokio::test]
async fn an_edit_made_elsewhere_is_seen_and_not_recorded() {
    let bench = Bench::new().await;
    let id = bench.scheduled("2026-03-10T08:00:00Z");
    let edit = Edit {
        status: Some(PostStatus::Draft),
        scheduled_time: Some(time("2026-03-11T08:00:00Z")),
        content: Some("Edited".to_owned()),
    };
    assert!(bench.publora().edit_elsewhere(&id, edit));
    assert_eq!(bench.practice.requests(), []);
    let single = bench.get(&format!("/get-post/{id}")).await.json();
    assert_eq!(
        (&single["status"], &single["posts"][0]["content"]),
        (&json!("draft"), &json!("Edited"))
    );
    assert!(bench.publora().delete_elsewhere(&id));
    bench.get(&format!("/get-post/{id}")).await.refused(404, "Post group not found");
}
