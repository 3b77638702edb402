//! The pages' own examples, sent as written.

use std::path::PathBuf;

use rundown_practice::postato::{PostStatus, Settings, UpdateRules};
use serde_json::{Value, json};

use super::kit::{Bench, INSTAGRAM, OTHER_WORKSPACE, TWITTER, creation, time, tweet, within};

/// The post that the examples are about.
const ID: &str = "pst_01H0000000000000000000000Z";

fn fixture(name: &str) -> Value {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/postato").join(name);
    let text = std::fs::read_to_string(&path).unwrap();
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The arguments of a tool without those that the path has.
fn arguments(name: &str) -> String {
    let mut body = fixture(name);
    let fields = body.as_object_mut().unwrap();
    assert!(fields.remove("workspaceId").is_some() && fields.remove("postId").is_some());
    body.to_string()
}

fn names(value: &Value) -> Vec<&String> {
    let mut names: Vec<_> = value.as_object().unwrap().keys().collect();
    names.sort();
    names
}

async fn bench_with_the_post(status: PostStatus, settings: Settings) -> Bench {
    let bench = Bench::reading(settings).await;
    let mut post = tweet("From the documents");
    post.status = status;
    post.scheduled_at = Some(time("2026-03-10T08:00:00Z"));
    bench.postato().add_post_with_id(super::kit::WORKSPACE, ID, post);
    bench
}

#[tokio::test]
async fn the_documents_arguments_reschedule_the_post() {
    let bench = bench_with_the_post(PostStatus::Scheduled, Settings::default()).await;
    let answer = bench.patch(ID, &arguments("reschedule.request.json")).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.json()["scheduledAt"], "2026-04-20T14:00:00.000Z");
    assert_eq!(bench.post(ID).scheduled_at, Some(time("2026-04-20T14:00:00Z")));
    assert_eq!(bench.practice.violations(), []);
}

#[tokio::test]
async fn the_documents_own_table_refuses_their_own_example() {
    let table = Settings { update_rules: UpdateRules::Table, ..Settings::default() };
    let bench = bench_with_the_post(PostStatus::Scheduled, table).await;
    let answer = bench.patch(ID, &arguments("reschedule.request.json")).await;
    assert_eq!(answer.status, 400);
    assert_eq!(answer.json()["details"], json!({ "status": ["Required"] }));
}

#[tokio::test]
async fn the_documents_arguments_publish_a_draft() {
    for update_rules in [UpdateRules::Prose, UpdateRules::Table] {
        let settings = Settings { update_rules, ..Settings::default() };
        let bench = bench_with_the_post(PostStatus::Draft, settings).await;
        bench.postato().expect_publish();
        let answer = bench.patch(ID, &arguments("publish-draft.request.json")).await;
        assert_eq!((answer.status, &answer.json()["status"]), (200, &json!("queued")));
        assert_eq!(bench.practice.violations(), []);
    }
}

#[tokio::test]
async fn the_arguments_of_a_tool_are_no_body_of_the_rest_api() {
    let bench = bench_with_the_post(PostStatus::Scheduled, Settings::default()).await;
    bench.patch(ID, &fixture("reschedule.request.json").to_string()).await;
    assert_eq!(bench.kinds(), ["unknownField", "unknownField"]);
}

#[tokio::test]
async fn the_documents_payload_creates_a_post_with_the_documents_answer() {
    let bench = Bench::new().await;
    let mut body = fixture("create-post.request.json");
    body["accountId"] = json!(TWITTER);
    assert_eq!(body, creation(json!({})));
    let answer = bench.create(&body, "a").await;
    let (given, mut documented) = (answer.json(), fixture("create-post.response.json"));
    assert_eq!(answer.status, 201);
    assert_eq!(names(&given), names(&documented));
    let item = documented["items"][0].as_object_mut().unwrap();
    item.retain(|name, _| !name.starts_with("property"));
    for name in item.keys() {
        let (given, documented) = (&given["items"][0][name], &item[name]);
        assert_eq!(
            (given.is_string(), given.is_number()),
            (documented.is_string(), documented.is_number()),
            "{name}"
        );
    }
    assert_eq!(bench.practice.violations(), []);
}

#[tokio::test]
async fn accounts_are_answered_as_documented() {
    let bench = Bench::new().await;
    let postato = bench.postato();
    postato.add_account(OTHER_WORKSPACE, TWITTER, "twitter", "@postato_br", "Postato");
    postato.add_account(OTHER_WORKSPACE, INSTAGRAM, "instagram", "postato.br", "");
    let path = within("/accounts").replace(super::kit::WORKSPACE, OTHER_WORKSPACE);
    let answer = bench.try_send("GET", &path, &[super::kit::BEARER], "").await.unwrap();
    let mut documented = fixture("list-accounts.response.json");
    documented["accounts"][0]["id"] = json!(TWITTER);
    documented["accounts"][1]["id"] = json!(INSTAGRAM);
    assert_eq!(answer.json(), documented);
}

#[tokio::test]
async fn a_refusal_is_worded_as_documented() {
    let bench = Bench::new().await;
    let mut body = creation(json!({}));
    body.as_object_mut().unwrap().remove("content");
    let refused = bench.create(&body, "a").await;
    assert_eq!((refused.status, refused.json()), (400, fixture("error.response.json")));
}
