//! `get-post`, `list-posts`, `platform-connections`, and for whom they are.

use std::collections::BTreeSet;

use rundown_practice::publora::{Generation, PostStatus, SeedPost};
use serde_json::json;

use super::bench::{Bench, JSON, KEY_HEADER};
use crate::kit::{KEY, LINKEDIN, TWITTER, time};

/// A user whom the bench's key manages.
const MANAGED: &str = "64b1f77bcf86cd7994390aaa";

#[tokio::test]
async fn a_single_post_has_a_status_a_time_its_platforms_and_its_media() {
    let bench = Bench::new().await;
    let post = SeedPost {
        content: "Hello".to_owned(),
        status: PostStatus::PartiallyPublished,
        scheduled_time: Some(time("2026-03-01T12:00:00Z")),
        platforms: vec![TWITTER.to_owned(), LINKEDIN.to_owned()],
        media_urls: vec!["https://media.example.com/a.jpg".to_owned()],
    };
    let id = bench.publora().add_post(KEY, post);
    let parts = bench.post(&id).platforms;
    let posted = parts[0].posted_id.as_deref().unwrap();
    let answer = bench.get(&format!("/get-post/{id}")).await.json();
    assert_eq!(
        answer,
        json!({
            "success": true,
            "postGroupId": id,
            "status": "partially_published",
            "scheduledTime": "2026-03-01T12:00:00.000Z",
            "platforms": [TWITTER, LINKEDIN],
            "platformSettings": {},
            "posts": [
                {
                    "_id": parts[0].id, "platform": "twitter", "platformId": "123456789",
                    "content": "Hello", "status": "published", "postedId": posted,
                    "permalink": format!("https://x.com/practice/status/{posted}"),
                },
                {
                    "_id": parts[1].id, "platform": "linkedin", "platformId": "Tz9W5i6ZYG",
                    "content": "Hello", "status": "failed", "postedId": null, "permalink": null,
                    "error": {
                        "code": "PLATFORM_AUTH_EXPIRED",
                        "message": "Error validating access token",
                        "platformStatusCode": 401,
                        "platformError": "Invalid OAuth access token",
                        "failedAt": "2026-03-01T12:00:00.000Z",
                        "retryable": false,
                    },
                },
            ],
            "media": [{
                "mediaId": answer["media"][0]["mediaId"],
                "sourceFileName": "a.jpg",
                "fileName": null,
                "type": "image",
                "mimeType": null,
                "status": "ready",
                "failureReason": null,
                "url": "https://media.example.com/a.jpg",
            }],
        })
    );
}

#[tokio::test]
async fn a_draft_without_a_time_is_read_with_null() {
    let bench = Bench::new().await;
    let id = bench.seed(PostStatus::Draft, None);
    let answer = bench.get(&format!("/get-post/{id}")).await.json();
    assert_eq!((&answer["status"], &answer["scheduledTime"]), (&json!("draft"), &json!(null)));
    assert!(answer.as_object().unwrap().contains_key("scheduledTime"));
}

#[tokio::test]
async fn an_earlier_generation_reads_a_post_without_a_status_and_a_time() {
    for generation in [Generation::First, Generation::Second] {
        let bench = Bench::of(generation).await;
        let id = bench.scheduled("2026-03-10T08:00:00Z");
        let answer = bench.get(&format!("/get-post/{id}")).await.json();
        let names: BTreeSet<&str> =
            answer.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(names, BTreeSet::from(["postGroupId", "posts", "success"]));
        assert!(answer["posts"][0].get("postedId").is_none());
        bench.get("/get-post/42").await.refused(500, "Failed to fetch post group");
    }
}

#[tokio::test]
async fn lists_and_connections_are_those_of_the_family() {
    let bench = Bench::new().await;
    let id = bench.scheduled("2026-03-10T08:00:00Z");
    let range = "fromDate=2026-03-10T00:00:00.000Z&toDate=2026-03-11T00:00:00.000Z";
    let listed = bench.get(&format!("/list-posts?{range}")).await.json();
    assert_eq!(listed["posts"][0]["postGroupId"], json!(id));
    assert_eq!(listed["posts"][0]["platforms"][0]["platformId"], TWITTER);
    assert_eq!(listed["pagination"]["totalItems"], 1);
    let connections = bench.get("/platform-connections").await.json();
    assert_eq!(connections["connections"][1]["platformId"], LINKEDIN);
    bench
        .get("/list-posts?sortBy=content")
        .await
        .refused(400, "Invalid sortBy. Must be one of: createdAt, updatedAt, scheduledTime");
}

#[tokio::test]
async fn postposts_posts_are_not_publoras() {
    let bench = Bench::new().await;
    let theirs = bench.postpost().add_post(KEY, SeedPost::default());
    bench.get(&format!("/get-post/{theirs}")).await.refused(404, "Post group not found");
    assert_eq!(bench.get("/list-posts").await.json()["posts"], json!([]));
}

#[tokio::test]
async fn a_post_that_is_not_there_is_not_found() {
    let bench = Bench::new().await;
    let nowhere = "507f1f77bcf86cd799439011";
    bench.get(&format!("/get-post/{nowhere}")).await.refused(404, "Post group not found");
    bench.put(nowhere, r#"{"status":"draft"}"#).await.refused(404, "Post group not found");
    bench.delete(nowhere).await.refused(404, "Post group not found");
    assert_eq!(bench.kinds(), [""; 0]);
    bench.get("/get-post/42").await.refused(400, "Invalid post group ID");
    bench.put("42", r#"{"status":"draft"}"#).await.refused(500, "Failed to update post");
    bench.delete("42").await.refused(500, "Failed to delete post group");
    assert_eq!(bench.kinds(), ["malformedPostId"; 3]);
}

#[tokio::test]
async fn a_key_is_needed_and_must_be_known() {
    let bench = Bench::new().await;
    bench.send("GET", "/list-posts", &[], "").await.refused(401, "API key is required");
    let wrong = [("x-publora-key", "sk_wrong")];
    bench.send("GET", "/list-posts", &wrong, "").await.refused(401, "Invalid API key");
    bench.publora().set_generation(Generation::First);
    bench.send("GET", "/list-posts", &[], "").await.refused(401, "Invalid API key");
}

#[tokio::test]
async fn a_call_for_a_managed_user_sees_that_users_posts_and_no_others() {
    let bench = Bench::new().await;
    bench.publora().add_managed_user(KEY, MANAGED);
    bench.publora().add_connection(MANAGED, "bluesky-1", "client", "Client");
    let post = SeedPost { content: "Theirs".to_owned(), ..SeedPost::default() };
    let theirs = bench.publora().add_post(MANAGED, post);
    let ours = bench.scheduled("2026-03-10T08:00:00Z");

    let headers = [KEY_HEADER, ("x-publora-user-id", MANAGED)];
    let listed = bench.send("GET", "/list-posts", &headers, "").await.json();
    assert_eq!(listed["posts"].as_array().unwrap().len(), 1);
    assert_eq!(listed["posts"][0]["postGroupId"], json!(theirs));
    let connections = bench.send("GET", "/platform-connections", &headers, "").await.json();
    assert_eq!(connections["connections"][0]["platformId"], "bluesky-1");
    let path = format!("/update-post/{ours}");
    let headers = [KEY_HEADER, JSON, ("x-publora-user-id", MANAGED)];
    let foreign = bench.send("PUT", &path, &headers, r#"{"status":"draft"}"#).await;
    foreign.refused(404, "Post group not found");
    bench.get(&format!("/get-post/{theirs}")).await.refused(404, "Post group not found");
    assert_eq!(bench.practice.violations(), []);
}

#[tokio::test]
async fn a_key_acts_for_nobody_it_does_not_manage_and_an_id_is_no_key() {
    let bench = Bench::new().await;
    let stranger = [KEY_HEADER, ("x-publora-user-id", MANAGED)];
    let refused = bench.send("GET", "/list-posts", &stranger, "").await;
    refused.refused(403, "User is not managed by key");
    bench.publora().add_managed_user(KEY, MANAGED);
    let as_key = [("x-publora-key", MANAGED)];
    bench.send("GET", "/list-posts", &as_key, "").await.refused(401, "Invalid API key");
    assert_eq!(bench.practice.violations(), []);
}
