//! The control address, and what is done behind the API's back.

use rundown_practice::postato::{
    self, AccountStatus, Edit, Paging, Pausing, PostStatus, Settings, Words,
};
use serde_json::json;

use super::kit::{
    Bench, CANCEL, INSTAGRAM, KEY, NOBODY, PUBLISH, TWITTER, WORKSPACE, ids, start, time,
};

#[tokio::test]
async fn the_base_address_is_the_origin_without_a_version() {
    let bench = Bench::new().await;
    let url = format!("http://{}/postato", bench.running.addr);
    assert_eq!(bench.running.url(postato::BASE), url);
}

#[tokio::test]
async fn an_edit_made_elsewhere_is_seen_and_not_recorded() {
    let bench = Bench::new().await;
    let id = bench.scheduled("2026-03-10T08:00:00Z");
    let edit = Edit {
        status: Some(PostStatus::Draft),
        scheduled_at: Some(time("2026-03-11T08:00:00Z")),
        text: Some("Edited".to_owned()),
    };
    assert!(bench.postato().edit_elsewhere(&id, edit));
    let post = bench.post(&id);
    assert_eq!((post.status, post.items[0].text.as_str()), (PostStatus::Draft, "Edited"));
    assert_eq!(post.scheduled_at, Some(time("2026-03-11T08:00:00Z")));
    assert_eq!(post.updated_at, start());
    assert!(bench.postato().delete_elsewhere(&id));
    assert!(!bench.postato().edit_elsewhere(&id, Edit::default()));
    assert!(!bench.postato().delete_elsewhere(&id));
    assert_eq!(bench.practice.requests(), []);
}

#[tokio::test]
async fn the_control_address_seeds_a_world() {
    let bench = Bench::new().await;
    let workspace = "01HV7Y3M8Q2K4N6P8R0T2V4X80";
    let account = "01HV7Y4A1B3C5D7E9F1G3H5J80";
    for (path, order) in [
        ("/keys", json!({ "key": "smcp_new" })),
        ("/workspaces", json!({ "key": "smcp_new", "id": workspace, "name": "New" })),
        (
            "/accounts",
            json!({ "workspace": workspace, "id": account, "platform": "x", "username": "@new" }),
        ),
    ] {
        assert_eq!(bench.control("POST", path, &order).await.status, 204, "{path}");
    }
    let post = json!({
        "accountId": account,
        "texts": ["One", "Two"],
        "postType": "thread",
        "status": "scheduled",
        "scheduledAt": "2026-03-10T08:00:00Z",
    });
    let order = json!({ "workspace": workspace, "post": post });
    let made = bench.control("POST", "/posts", &order).await.json();
    let id = made["id"].as_str().unwrap();
    let path = format!("/posts/{id}");
    let seen = bench.control("GET", &path, &json!(null)).await.json();
    assert_eq!((&seen["status"], &seen["platform"]), (&json!("scheduled"), &json!("x")));
    assert_eq!(seen["items"][1]["text"], "Two");
    let edit = json!({ "status": "draft" });
    assert_eq!(bench.control("PATCH", &path, &edit).await.status, 204);
    assert_eq!(bench.status(id), PostStatus::Draft);
    assert_eq!(bench.control("DELETE", &path, &json!(null)).await.status, 204);
    assert_eq!(bench.control("GET", &path, &json!(null)).await.status, 404);
    let named = json!({ "workspace": WORKSPACE, "id": NOBODY, "post": { "accountId": TWITTER } });
    assert_eq!(bench.control("POST", "/posts", &named).await.json(), json!({ "id": NOBODY }));
    let posts = bench.control("GET", "/posts", &json!(null)).await.json();
    assert_eq!(posts[0]["id"], NOBODY);
    assert_eq!(bench.control("DELETE", "/keys/smcp_new", &json!(null)).await.status, 204);
    assert!(!bench.postato().has_key("smcp_new"));
}

#[tokio::test]
async fn the_control_address_refuses_what_names_nothing() {
    let bench = Bench::new().await;
    let nobody = "acc_01HV7Y4A1B3C5D7E9F1G3H5J90";
    let account = |workspace, id| json!({ "workspace": workspace, "id": id, "platform": "x", "username": "x" });
    for (method, path, order, status) in [
        ("POST", "/workspaces", json!({ "key": "smcp_no", "id": WORKSPACE, "name": "x" }), 404),
        ("POST", "/workspaces", json!({ "key": KEY, "id": "42", "name": "x" }), 422),
        ("POST", "/accounts", account("wks_no", nobody), 404),
        ("POST", "/accounts", account(WORKSPACE, "42"), 422),
        ("PATCH", "/accounts/acc_no", json!({ "status": "connected" }), 404),
        ("POST", "/posts", json!({ "workspace": WORKSPACE, "post": { "accountId": "x" } }), 404),
        (
            "POST",
            "/posts",
            json!({ "workspace": WORKSPACE, "id": "42", "post": { "accountId": TWITTER } }),
            422,
        ),
        ("PATCH", "/posts/42", json!({}), 404),
        ("DELETE", "/posts/42", json!(null), 404),
        ("PUT", "/settings", json!({ "pager": "cursor" }), 422),
    ] {
        assert_eq!(bench.control(method, path, &order).await.status, status, "{path} {order}");
    }
}

#[tokio::test]
async fn the_control_address_selects_a_reading() {
    let bench = Bench::new().await;
    let reading = json!({ "paging": "cursor", "words": "tools", "pausing": "ignored" });
    assert_eq!(bench.control("PUT", "/settings", &reading).await.status, 204);
    let expected = Settings {
        paging: Paging::Cursor,
        words: Words::Tools,
        pausing: Pausing::Ignored,
        ..Settings::default()
    };
    assert_eq!(bench.postato().settings(), expected);
    let shown = bench.control("GET", "/settings", &json!(null)).await.json();
    assert_eq!((&shown["paging"], &shown["errors"]), (&json!("cursor"), &json!("guide")));
    bench.scheduled("2026-03-10T08:00:00Z");
    assert_eq!(bench.get("/posts").await.json()["cursor"], json!(null));
}

#[tokio::test]
async fn the_control_address_orders_failures_and_expects_what_is_final() {
    let bench = Bench::new().await;
    let failing = bench.scheduled("2026-03-02T09:00:00Z");
    bench.control("POST", "/failures", &json!({ "target": "twitter" })).await;
    bench.practice.tick();
    assert_eq!(bench.status(&failing), PostStatus::Failed);
    bench.control("POST", "/publishing", &json!({ "takesSeconds": 60 })).await;
    for (word, body) in [("publish", PUBLISH), ("cancellation", CANCEL)] {
        assert_eq!(bench.control("POST", "/expectations", &json!(word)).await.status, 204);
        let id = bench.scheduled("2026-03-10T08:00:00Z");
        assert_eq!(bench.patch(&id, body).await.status, 200);
    }
    bench.practice.tick();
    assert_eq!(ids(&bench.get("/posts?status=queued").await).len(), 1);
    let expired = json!({ "status": "token_expired" });
    let path = format!("/accounts/{INSTAGRAM}");
    assert_eq!(bench.control("PATCH", &path, &expired).await.status, 204);
    let accounts = bench.get("/accounts").await.json();
    assert_eq!(accounts["accounts"][1]["status"], json!(AccountStatus::TokenExpired));
    assert_eq!(bench.practice.violations(), []);
}
