//! `list-posts`, `get-post` and `platform-connections`.

use rundown_practice::postpost::{Plan, PostStatus, SeedPost};
use serde_json::json;

use super::kit::{Answer, Bench, KEY, LINKEDIN, TWITTER, time};

fn ids(answer: &Answer) -> Vec<String> {
    let posts = answer.json()["posts"].as_array().unwrap().clone();
    posts.iter().map(|post| post["postGroupId"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_listed_post_has_the_documented_shape() {
    let bench = Bench::new().await;
    let post = SeedPost {
        content: "Hello 👋🏽".to_owned(),
        status: PostStatus::Scheduled,
        scheduled_time: Some(time("2026-03-15T14:30:00Z")),
        platforms: vec![TWITTER.to_owned(), LINKEDIN.to_owned()],
        media_urls: vec!["https://media.example.com/a.jpg".to_owned()],
    };
    let id = bench.postpost().add_post(KEY, post);
    let answer = bench.get("/list-posts").await;
    assert_eq!(answer.status, 200);
    assert_eq!(
        answer.json(),
        json!({
            "success": true,
            "posts": [{
                "postGroupId": id,
                "content": "Hello 👋🏽",
                "status": "scheduled",
                "scheduledTime": "2026-03-15T14:30:00.000Z",
                "createdAt": "2026-02-27T09:00:00.000Z",
                "updatedAt": "2026-02-27T09:00:00.000Z",
                "platforms": [
                    { "platformId": TWITTER, "platform": "twitter", "status": "scheduled" },
                    { "platformId": LINKEDIN, "platform": "linkedin", "status": "scheduled" },
                ],
                "mediaUrls": ["https://media.example.com/a.jpg"],
            }],
            "pagination": {
                "page": 1, "limit": 20, "totalItems": 1, "totalPages": 1,
                "hasNextPage": false, "hasPrevPage": false,
            },
        })
    );
}

#[tokio::test]
async fn pages_are_clamped_and_together_hold_every_post_once() {
    let bench = Bench::new().await;
    let mut all: Vec<_> =
        (0..47).map(|minute| bench.scheduled(&format!("2026-03-15T14:{minute:02}:00Z"))).collect();
    let first = bench.get("/list-posts?page=0&limit=0").await.json();
    assert_eq!(
        first["pagination"],
        json!({
            "page": 1, "limit": 20, "totalItems": 47, "totalPages": 3,
            "hasNextPage": true, "hasPrevPage": false,
        })
    );
    let mut listed = Vec::new();
    for page in 1..=3 {
        listed.extend(ids(&bench.get(&format!("/list-posts?page={page}&limit=20")).await));
    }
    listed.sort();
    all.sort();
    assert_eq!(listed, all);
    assert_eq!(bench.get("/list-posts?limit=500").await.json()["pagination"]["limit"], 100);
    assert_eq!(bench.get("/list-posts?limit=-4").await.json()["pagination"]["limit"], 1);
    let beyond = bench.get("/list-posts?page=9").await;
    assert_eq!(ids(&beyond), [""; 0]);
    assert_eq!(beyond.json()["pagination"]["hasPrevPage"], true);
}

#[tokio::test]
async fn a_date_filter_is_inclusive_and_drops_posts_without_a_time() {
    let bench = Bench::new().await;
    let early = bench.scheduled("2026-03-10T00:00:00Z");
    let late = bench.scheduled("2026-03-12T00:00:00Z");
    bench.scheduled("2026-03-12T00:00:01Z");
    let undated = bench.seed(PostStatus::Draft, None);
    let range = "fromDate=2026-03-10&toDate=2026-03-12T00:00:00.000Z";
    let sorted = "sortBy=scheduledTime&sortOrder=asc";
    let found = ids(&bench.get(&format!("/list-posts?{range}&{sorted}")).await);
    assert_eq!(found, [early, late]);
    assert_eq!(ids(&bench.get("/list-posts?status=draft").await), [undated]);
    assert_eq!(ids(&bench.get("/list-posts?status=draft&fromDate=2020-01-01").await), [""; 0]);
}

#[tokio::test]
async fn filters_and_orders_select_what_they_say() {
    let bench = Bench::new().await;
    let second = bench.scheduled("2026-03-12T00:00:00Z");
    let first = bench.scheduled("2026-03-10T00:00:00Z");
    let partly = bench.seed(PostStatus::PartiallyPublished, Some("2026-02-20T00:00:00Z"));
    assert_eq!(ids(&bench.get("/list-posts?status=published").await), [""; 0]);
    assert_eq!(ids(&bench.get("/list-posts?status=partially_published").await), [partly]);
    assert_eq!(ids(&bench.get("/list-posts?platform=twitter").await).len(), 3);
    assert_eq!(ids(&bench.get("/list-posts?platform=foobar").await), [""; 0]);
    let by_time = "/list-posts?status=scheduled&sortBy=scheduledTime";
    assert_eq!(ids(&bench.get(by_time).await), [second.clone(), first.clone()]);
    let odd = bench.get(&format!("{by_time}&sortOrder=sideways")).await;
    assert_eq!(ids(&odd), [second.clone(), first.clone()]);
    assert_eq!(ids(&bench.get(&format!("{by_time}&sortOrder=asc")).await), [first, second]);
}

#[tokio::test]
async fn wrong_filters_are_refused_in_the_documents_words() {
    let bench = Bench::new().await;
    bench.get("/list-posts?status=pending").await.refused(
        400,
        "Invalid status. Must be one of: draft, scheduled, published, failed, partially_published",
    );
    bench
        .get("/list-posts?sortBy=content")
        .await
        .refused(400, "Invalid sortBy. Must be one of: createdAt, updatedAt, scheduledTime");
    bench.get("/list-posts?fromDate=soon").await.refused(400, "Invalid fromDate format");
    bench.get("/list-posts?toDate=later").await.refused(400, "Invalid toDate format");
}

#[tokio::test]
async fn a_single_post_has_raw_ids_and_neither_a_group_status_nor_a_time() {
    let bench = Bench::new().await;
    let id = bench.seed(PostStatus::PartiallyPublished, Some("2026-03-01T12:00:00Z"));
    let answer = bench.get(&format!("/get-post/{id}")).await.json();
    let parts = bench.post(&id).platforms;
    assert_eq!(
        answer,
        json!({
            "success": true,
            "postGroupId": id,
            "posts": [
                {
                    "_id": parts[0].id, "platform": "twitter", "platformId": "123456789",
                    "content": "Hello", "status": "published", "postedId": parts[0].posted_id,
                },
                {
                    "_id": parts[1].id, "platform": "linkedin", "platformId": "Tz9W5i6ZYG",
                    "content": "Hello", "status": "failed",
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
        })
    );
}

#[tokio::test]
async fn a_post_that_is_not_there_or_not_yours_is_not_found() {
    let bench = Bench::new().await;
    bench.postpost().add_user("sk_other", Plan::Pro);
    let theirs = bench.postpost().add_post("sk_other", SeedPost::default());
    for id in [theirs.as_str(), "507f1f77bcf86cd799439011"] {
        bench.get(&format!("/get-post/{id}")).await.refused(404, "Post group not found");
        bench.delete(id).await.refused(404, "Post group not found");
        bench.put(id, r#"{"status":"draft"}"#).await.refused(404, "Post group not found");
    }
    assert_eq!(ids(&bench.get("/list-posts").await), [""; 0]);
    bench.get("/get-post/42").await.refused(500, "Failed to fetch post group");
}

#[tokio::test]
async fn connections_have_every_documented_field() {
    let bench = Bench::new().await;
    let connections = bench.get("/platform-connections").await.json();
    assert_eq!(connections["success"], true);
    assert_eq!(
        connections["connections"][0],
        json!({
            "platformId": TWITTER,
            "username": "studio",
            "displayName": "Studio",
            "profileImageUrl": null,
            "profileUrl": null,
            "accessTokenExpiresAt": null,
            "tokenStatus": "unknown",
            "tokenExpiresIn": null,
            "lastSuccessfulPost": null,
            "lastError": null,
        })
    );
    assert_eq!(connections["connections"][1]["platformId"], LINKEDIN);
}

#[tokio::test]
async fn a_key_is_needed_and_must_be_known() {
    let bench = Bench::new().await;
    let missing = bench.try_send("GET", "/list-posts", &[], "").await.unwrap();
    missing.refused(401, "API key is required");
    let wrong = [("x-api-key", "sk_wrong")];
    let unknown = bench.try_send("GET", "/list-posts", &wrong, "").await.unwrap();
    unknown.refused(401, "Invalid API key");
    bench.postpost().remove_user(KEY);
    bench.get("/list-posts").await.refused(401, "Invalid API key");
}

#[tokio::test]
async fn every_answer_carries_the_practice_clocks_date() {
    let bench = Bench::new().await;
    let dated = bench.get("/list-posts").await;
    assert_eq!(dated.headers["date"], "Mon, 02 Mar 2026 09:00:00 GMT");
    bench.clock.set(time("2026-07-01T23:59:58Z"));
    let refused = bench.get("/nowhere").await;
    assert_eq!(refused.status, 404);
    assert_eq!(refused.headers["date"], "Wed, 01 Jul 2026 23:59:58 GMT");
}
