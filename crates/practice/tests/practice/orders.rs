//! Being the server's master: the control address, a server that is down, edits made elsewhere.

use std::io;

use rundown_practice::postpost::{self, Edit, PlatformStatus, PostStatus};
use rundown_practice::{Clock, Practice};
use serde_json::{Value, json};
use tokio::io::AsyncReadExt;

use super::kit::{Bench, KEY, TWITTER, send, start, time, write};

const LIST: &str = "/postpost/api/v1/list-posts";

#[tokio::test]
async fn a_stopped_server_breaks_open_connections_and_refuses_new_ones() {
    let bench = Bench::new().await;
    bench.practice.fault(rundown_practice::Fault::once(
        rundown_practice::Match::any(),
        rundown_practice::What::Delay(60_000),
    ));
    let addr = bench.running.addr;
    let mut waiting = write(addr, "GET", LIST, &[("x-api-key", KEY)], "").await.unwrap();
    while bench.practice.requests().is_empty() {
        tokio::task::yield_now().await;
    }
    bench.running.stop().await;
    let mut answer = Vec::new();
    let _ = waiting.read_to_end(&mut answer).await;
    assert_eq!(answer, b"");
    let refused = send(addr, "GET", LIST, &[("x-api-key", KEY)], "").await.unwrap_err();
    assert_eq!(refused.kind(), io::ErrorKind::ConnectionRefused);
}

#[tokio::test]
async fn a_server_started_again_has_the_same_port_and_the_same_posts() {
    let bench = Bench::new().await;
    let id = bench.scheduled("2026-03-10T08:00:00Z");
    let Bench { practice, running, .. } = bench;
    let addr = running.addr;
    let key = [("x-api-key", KEY)];
    let before = send(addr, "GET", LIST, &key, "").await.unwrap();
    running.stop().await;
    let again = practice.serve(addr).await.unwrap();
    assert_eq!(again.addr, addr);
    let after = send(addr, "GET", LIST, &key, "").await.unwrap();
    assert_eq!(after.json(), before.json());
    assert_eq!(after.json()["posts"][0]["postGroupId"], json!(id));
}

#[tokio::test]
async fn only_loopback_addresses_are_served() {
    let practice = Practice::new(Clock::manual(start()));
    let error = practice.serve(([0, 0, 0, 0], 0).into()).await.unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::InvalidInput);
}

#[tokio::test]
async fn the_addresses_are_those_to_connect_to() {
    let bench = Bench::new().await;
    let port = bench.running.addr.port();
    assert_eq!(
        bench.running.url(postpost::BASE),
        format!("http://127.0.0.1:{port}/postpost/api/v1")
    );
    assert_eq!(bench.running.url("/control"), format!("http://127.0.0.1:{port}/control"));
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
    assert!(bench.postpost().edit_elsewhere(&id, edit));
    let post = bench.post(&id);
    assert_eq!((post.status, post.content.as_str()), (PostStatus::Draft, "Edited"));
    assert_eq!(post.scheduled_time, Some(time("2026-03-11T08:00:00Z")));
    assert_eq!(post.platforms[0].status, PlatformStatus::Draft);
    assert_eq!(post.updated_at, start());
    assert!(bench.postpost().delete_elsewhere(&id));
    assert!(!bench.postpost().edit_elsewhere(&id, Edit::default()));
    assert!(!bench.postpost().delete_elsewhere(&id));
    assert_eq!(bench.practice.requests(), []);
}

#[tokio::test]
async fn the_control_address_seeds_a_world() {
    let bench = Bench::new().await;
    let user = json!({ "key": "sk_new", "plan": "starter" }).to_string();
    assert_eq!(bench.control("POST", "/postpost/users", &user).await.status, 204);
    let connection = json!({ "key": "sk_new", "platformId": TWITTER, "username": "x" }).to_string();
    assert_eq!(bench.control("POST", "/postpost/connections", &connection).await.status, 204);
    assert_eq!(bench.postpost().connections("sk_new"), [TWITTER]);
    let post = json!({
        "key": "sk_new",
        "content": "Hello",
        "status": "scheduled",
        "scheduledTime": "2026-03-10T08:00:00Z",
        "platforms": [TWITTER],
        "mediaUrls": [],
    });
    let made = bench.control("POST", "/postpost/posts", &post.to_string()).await.json();
    let id = made["postGroupId"].as_str().unwrap();
    let path = format!("/postpost/posts/{id}");
    let seen = bench.control("GET", &path, "").await.json();
    assert_eq!((&seen["status"], &seen["content"]), (&json!("scheduled"), &json!("Hello")));
    assert_eq!(seen["platforms"][0]["platformId"], TWITTER);
    assert_eq!(bench.control("PATCH", &path, r#"{"status":"draft"}"#).await.status, 204);
    assert_eq!(bench.post(id).status, PostStatus::Draft);
    assert_eq!(bench.control("DELETE", &path, "").await.status, 204);
    assert_eq!(bench.control("GET", &path, "").await.status, 404);
    let fixed = "507f1f77bcf86cd799439011";
    let named = json!({ "key": "sk_new", "id": fixed, "content": "Named" }).to_string();
    bench.control("POST", "/postpost/posts", &named).await;
    assert_eq!(bench.post(fixed).content, "Named");
    assert_eq!(bench.control("GET", "/postpost/posts", "").await.json()[0]["id"], fixed);
    assert_eq!(bench.control("DELETE", "/postpost/users/sk_new", "").await.status, 204);
    assert!(!bench.postpost().has_user("sk_new"));
}

#[tokio::test]
async fn the_control_address_refuses_what_names_nothing() {
    let bench = Bench::new().await;
    let nobody = json!({ "key": "sk_no", "platformId": TWITTER, "username": "x" }).to_string();
    assert_eq!(bench.control("POST", "/postpost/connections", &nobody).await.status, 404);
    let post = json!({ "key": "sk_no", "content": "x" }).to_string();
    assert_eq!(bench.control("POST", "/postpost/posts", &post).await.status, 404);
    let short = json!({ "key": KEY, "id": "42", "content": "x" }).to_string();
    assert_eq!(bench.control("POST", "/postpost/posts", &short).await.status, 422);
    let plan = json!({ "key": "sk_no", "plan": "pro" }).to_string();
    assert_eq!(bench.control("POST", "/postpost/settings", &plan).await.status, 404);
    assert_eq!(bench.control("POST", "/faults", r#"{"what":"sulk"}"#).await.status, 422);
    assert_eq!(bench.control("POST", "/postpost/settings", r#"{"x":1}"#).await.status, 422);
}

#[tokio::test]
async fn the_control_address_orders_faults_and_shows_what_was_sent() {
    let bench = Bench::new().await;
    let fault = json!({
        "on": { "pathContains": "list-posts" },
        "times": "always",
        "what": { "tooMany429": { "retryAfterSecs": 3 } },
    });
    assert_eq!(bench.control("POST", "/faults", &fault.to_string()).await.status, 204);
    assert_eq!(bench.get("/list-posts").await.status, 429);
    assert_eq!(bench.control("DELETE", "/faults", "").await.status, 204);
    assert_eq!(bench.get("/list-posts?nonsense=1").await.status, 200);
    let requests = bench.control("GET", "/requests", "").await.json();
    assert_eq!(requests.as_array().unwrap().len(), 2);
    assert_eq!((&requests[0]["status"], &requests[0]["key"]), (&json!(429), &json!("known")));
    let violations = bench.control("GET", "/violations", "").await.json();
    assert_eq!(violations[0]["kind"], "unknownQueryParam");
    assert_eq!(bench.control("DELETE", "/requests", "").await.status, 204);
    assert_eq!(bench.control("GET", "/requests", "").await.json(), json!([]));
}

#[tokio::test]
async fn the_control_address_moves_the_clock_and_publishes() {
    let bench = Bench::new().await;
    let id = bench.scheduled("2026-03-02T09:10:00Z");
    let fail = json!({ "platform": "twitter" }).to_string();
    assert_eq!(bench.control("POST", "/postpost/failures", &fail).await.status, 204);
    let moved = bench.control("POST", "/clock", r#"{"advanceSeconds":600}"#).await.json();
    assert_eq!(moved["now"], Value::from("2026-03-02T09:10:00Z"));
    assert_eq!(bench.control("POST", "/tick", "").await.status, 204);
    assert_eq!(bench.post(&id).status, PostStatus::PartiallyPublished);
    bench.control("POST", "/clock", r#"{"set":"2026-03-01T00:00:00Z"}"#).await;
    assert_eq!(bench.clock.now(), time("2026-03-01T00:00:00Z"));
}

#[tokio::test]
async fn the_control_address_selects_between_the_documented_behaviours() {
    let bench = Bench::new().await;
    let settings = json!({
        "pastTime": "refuse",
        "timeOnDraft": "arms",
        "publishingTakesSeconds": 60,
        "plan": "starter",
        "key": KEY,
    });
    let answer = bench.control("POST", "/postpost/settings", &settings.to_string()).await;
    assert_eq!(answer.status, 204);
    let draft = bench.seed(PostStatus::Draft, None);
    let past = r#"{"scheduledTime":"2026-03-01T00:00:00Z"}"#;
    bench.put(&draft, past).await.refused(400, "Scheduled time cannot be in the past");
    let refused = bench.put(&draft, r#"{"scheduledTime":"2026-03-05T00:00:00Z"}"#).await;
    assert_eq!(refused.json()["code"], "PLATFORM_NOT_AVAILABLE");
    let due = bench.scheduled("2026-03-02T09:00:00Z");
    bench.practice.tick();
    assert_eq!(bench.post(&due).platforms[0].status, PlatformStatus::Processing);
}
