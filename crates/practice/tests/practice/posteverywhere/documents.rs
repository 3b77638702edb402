//! The example payloads of "Update post", as written.

use std::path::PathBuf;

use rundown_practice::posteverywhere::{DestinationTimes, PostStatus, SeedPost};
use serde_json::{Value, json};

use super::kit::{Bench, INSTAGRAM, KEY, LINKEDIN, X};
use crate::kit::time;

/// The post that the examples are about.
const ID: &str = "f47ac10b-58cc-4372-a567-0e02b2c3d479";

fn fixture(name: &str) -> String {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/posteverywhere");
    let path = folder.join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn documented(name: &str) -> Value {
    serde_json::from_str(&fixture(name)).unwrap()
}

async fn bench() -> Bench {
    let bench = Bench::at(time("2026-04-12T08:30:00Z")).await;
    bench.posteverywhere().set(|settings| settings.destination_times = DestinationTimes::Absent);
    bench
}

async fn bench_with_the_post(status: PostStatus) -> Bench {
    let bench = bench().await;
    let post = SeedPost {
        content: "From the documents".to_owned(),
        status,
        scheduled_for: Some(time("2026-04-19T09:00:00Z")),
        account_ids: vec![INSTAGRAM, LINKEDIN, X],
        media_ids: Vec::new(),
        created_at: Some(time("2026-04-10T12:00:00Z")),
    };
    bench.posteverywhere().add_post_with_id(KEY, ID, post);
    bench
}

/// Request ids are each server's own; so is `retryable`, which the page on errors has.
#[track_caller]
fn assert_as_documented(mut answer: Value, mut documented: Value) {
    let id = answer["meta"]["request_id"].take();
    let length = documented["meta"]["request_id"].take().as_str().map(str::len);
    assert_eq!(id.as_str().map(str::len), length);
    if let Value::Object(error) = &mut answer["error"] {
        assert_eq!(error.remove("retryable"), Some(json!(false)));
    }
    assert_eq!(answer, documented);
}

#[tokio::test]
async fn the_documents_request_is_answered_as_documented() {
    let bench = bench_with_the_post(PostStatus::Scheduled).await;
    let updated = bench.patch(ID, &fixture("update-post.request.json")).await;
    assert_eq!(updated.status, 200);
    let mut answer = updated.json();
    let destinations = answer["data"]["destinations"].as_array_mut().unwrap();
    assert_eq!(destinations.len(), 3);
    destinations.truncate(1);
    assert_as_documented(answer, documented("update-post.response.json"));
    assert_eq!(bench.post(ID).scheduled_for, Some(time("2026-04-20T09:00:00Z")));
    assert_eq!(bench.practice.violations(), []);
}

#[tokio::test]
async fn a_post_that_is_not_there_is_answered_as_documented() {
    let bench = bench().await;
    let missing = bench.patch(ID, &fixture("update-post.request.json")).await;
    assert_eq!(missing.status, 404);
    assert_as_documented(missing.json(), documented("not-found.response.json"));
}

#[tokio::test]
async fn a_published_post_is_answered_as_documented() {
    let bench = bench_with_the_post(PostStatus::Published).await;
    let refused = bench.patch(ID, &fixture("update-post.request.json")).await;
    assert_eq!(refused.status, 409);
    assert_as_documented(refused.json(), documented("already-published.response.json"));
    assert_eq!(bench.practice.violations(), []);
}
