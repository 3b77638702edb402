//! `create-post`

use rundown_practice::publora::{Generation, PostStatus};
use serde_json::{Value, json};

use super::bench::Bench;
use crate::kit::{LINKEDIN, TWITTER, start, time};

#[tokio::test]
async fn a_creation_with_a_time_is_scheduled_and_says_when() {
    let bench = Bench::new().await;
    let body = json!({
        "content": "x",
        "platforms": [TWITTER, LINKEDIN],
        "scheduledTime": "2026-03-15T14:30:00Z",
        "platformSettings": { "threads": { "replyControl": "everyone" } },
        "mediaUrls": ["https://media.example.com/a.jpg"],
    });
    let answer = bench.create(&body.to_string()).await;
    assert_eq!(answer.status, 200);
    let answer = answer.json();
    let id = answer["postGroupId"].as_str().unwrap();
    let expected = json!({
        "success": true, "postGroupId": id, "scheduledTime": "2026-03-15T14:30:00.000Z",
    });
    assert_eq!(answer, expected);
    let post = bench.post(id);
    assert_eq!(post.status, PostStatus::Scheduled);
    assert_eq!(post.scheduled_time, Some(time("2026-03-15T14:30:00Z")));
    assert_eq!(post.created_at, start());
    assert_eq!(post.media_urls, ["https://media.example.com/a.jpg"]);
    assert_eq!(post.platform_settings["threads"]["replyControl"], "everyone");
    assert_eq!(bench.practice.violations(), []);
}

#[tokio::test]
async fn a_creation_without_a_time_is_a_draft() {
    let bench = Bench::new().await;
    let body = json!({ "content": "x", "platforms": [TWITTER] });
    let answer = bench.create(&body.to_string()).await.json();
    let id = answer["postGroupId"].as_str().unwrap();
    assert_eq!(answer, json!({ "success": true, "postGroupId": id, "scheduledTime": null }));
    bench.practice.tick();
    assert_eq!(bench.post(id).status, PostStatus::Draft);
    assert_eq!(bench.practice.violations(), []);
}

#[tokio::test]
async fn an_earlier_generation_answers_a_creation_with_the_id_alone() {
    let bench = Bench::of(Generation::Second).await;
    let body = json!({
        "content": "x", "platforms": [TWITTER], "scheduledTime": "2026-03-15T14:30:00.000Z",
    });
    let answer = bench.create(&body.to_string()).await.json();
    assert_eq!(answer, json!({ "success": true, "postGroupId": answer["postGroupId"] }));
}

#[tokio::test]
async fn wrong_creations_are_refused_in_the_documents_words() {
    let bench = Bench::new().await;
    let with = |name: &str, value: Value| {
        let mut body = json!({ "content": "x", "platforms": [TWITTER] });
        body[name] = value;
        body
    };
    for (body, error) in [
        (json!({}), "Content is required"),
        (json!({ "content": "x" }), "Platforms are required"),
        (with("platforms", json!([])), "At least one platform is required"),
        (with("platforms", json!(["twitter"])), "Invalid platform ID format: twitter"),
        (with("platforms", json!(["twitter-a b"])), "Invalid platform ID format: twitter-a b"),
        (with("platforms", json!([TWITTER, TWITTER])), "Platforms must not contain duplicates"),
        (with("scheduledTime", json!("tomorrow")), "Invalid scheduled time format"),
        (with("platformSettings", json!("{")), "Invalid platformSettings JSON"),
        (with("platformSettings", json!({ "x": {} })), "Unknown platformSettings path: x"),
        (with("mediaUrls", json!(["http://a.example"])), "Media ingestion failed"),
    ] {
        bench.create(&body.to_string()).await.refused(400, error);
    }
    assert_eq!(bench.publora().posts(), []);
}

#[tokio::test]
async fn a_connections_id_with_colons_is_taken_by_the_current_generation_only() {
    let bench = Bench::new().await;
    let body = json!({ "content": "x", "platforms": ["bluesky-did:plc:abc123"] }).to_string();
    assert_eq!(bench.create(&body).await.status, 200);
    bench.publora().set_generation(Generation::Second);
    let sentence = "Invalid platform ID format: bluesky-did:plc:abc123";
    bench.create(&body).await.refused(400, sentence);
}
