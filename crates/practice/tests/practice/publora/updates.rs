//! `update-post` and `delete-post` as the current documents have them.

use chrono::TimeDelta;
use rundown_practice::publora::{Deletion, Plan, PostStatus, SeedPost};
use rundown_practice::{Fault, Match, What};
use serde_json::json;

use super::bench::Bench;
use crate::kit::{KEY, LINKEDIN, TWITTER, start, time};

const LATER: &str = r#"{"scheduledTime":"2026-03-15T14:00:00.000Z"}"#;
const PAUSE: &str = r#"{"status":"draft"}"#;

#[tokio::test]
async fn an_answer_has_the_time_at_the_top_and_the_posts_text_and_platforms() {
    let bench = Bench::new().await;
    let id = bench.scheduled("2026-03-10T08:00:00Z");
    let answer = bench.put(&id, LATER).await;
    assert_eq!(answer.status, 200);
    assert_eq!(
        answer.json(),
        json!({
            "success": true,
            "message": "Post updated successfully",
            "scheduledTime": "2026-03-15T14:00:00.000Z",
            "postGroup": {
                "_id": id,
                "status": "scheduled",
                "content": "Hello",
                "platforms": [TWITTER, LINKEDIN],
                "scheduledTime": "2026-03-15T14:00:00.000Z",
            },
        })
    );
    assert_eq!(bench.post(&id).updated_at, start());
    assert!(bench.practice.requests()[0].applied);
    assert_eq!(bench.practice.violations(), []);
}

#[tokio::test]
async fn a_text_is_replaced_and_nothing_else() {
    let bench = Bench::new().await;
    let id = bench.scheduled("2026-03-10T08:00:00Z");
    let answer = bench.put(&id, r#"{"content":"Corrected"}"#).await.json();
    assert_eq!(answer["postGroup"]["content"], "Corrected");
    assert_eq!(answer["scheduledTime"], "2026-03-10T08:00:00.000Z");
    let post = bench.post(&id);
    assert_eq!((post.status, post.content.as_str()), (PostStatus::Scheduled, "Corrected"));
    let single = bench.get(&format!("/get-post/{id}")).await.json();
    assert_eq!(single["posts"][1]["content"], "Corrected");
    assert_eq!(bench.practice.violations(), []);
}

#[tokio::test]
async fn platforms_are_replaced_as_a_set_and_those_that_stay_keep_their_part() {
    let bench = Bench::new().await;
    bench.publora().add_connection(KEY, "bluesky-did:plc:abc123", "studio", "Studio");
    let id = bench.scheduled("2026-03-10T08:00:00Z");
    let before = bench.post(&id).platforms;
    let body = json!({ "platforms": ["bluesky-did:plc:abc123", LINKEDIN] }).to_string();
    let answer = bench.put(&id, &body).await.json();
    assert_eq!(answer["postGroup"]["platforms"], json!(["bluesky-did:plc:abc123", LINKEDIN]));
    let after = bench.post(&id).platforms;
    assert_eq!(after.len(), 2);
    assert_eq!(after[1], before[1]);
    assert!(before.iter().all(|part| part.id != after[0].id));
    assert_eq!(after[0].status, before[0].status);
    assert_eq!(bench.practice.violations(), []);
}

#[tokio::test]
async fn a_draft_may_lose_its_text_and_platforms_but_is_not_scheduled_without_them() {
    let bench = Bench::new().await;
    let id = bench.seed(PostStatus::Draft, None);
    assert_eq!(bench.put(&id, r#"{"platforms":[]}"#).await.status, 200);
    let resume = r#"{"status":"scheduled","scheduledTime":"2026-03-15T14:00:00.000Z"}"#;
    let refused = bench.put(&id, resume).await;
    refused.coded(400, "PLATFORMS_REQUIRED", "PLATFORMS_REQUIRED");
    assert!(refused.json()["message"].is_string());
    let body = json!({ "platforms": [TWITTER], "content": "" }).to_string();
    assert_eq!(bench.put(&id, &body).await.status, 200);
    let refused = bench.put(&id, resume).await;
    refused.refused(400, "Validation failed");
    let errors = &refused.json()["validation"]["errors"];
    assert_eq!(errors[0]["code"], "CONTENT_OR_MEDIA_REQUIRED");
    assert_eq!(bench.post(&id).status, PostStatus::Draft);
    assert_eq!(bench.practice.violations(), []);
}

#[tokio::test]
async fn wrong_texts_and_platforms_are_refused_with_a_code_and_change_nothing() {
    let bench = Bench::new().await;
    let id = bench.scheduled("2026-03-10T08:00:00Z");
    let before = bench.post(&id);
    for (body, code, error) in [
        (json!({ "content": 7 }), "INVALID_CONTENT", "Content must be a string"),
        (json!({ "platforms": TWITTER }), "INVALID_PLATFORMS", "Platforms must be an array"),
        (
            json!({ "platforms": [TWITTER, TWITTER] }),
            "INVALID_PLATFORMS",
            "Platforms must not contain duplicates",
        ),
        (
            json!({ "content": "x", "platforms": [TWITTER, "linkedin-NOPE"] }),
            "INVALID_PLATFORM_CONNECTION",
            "Invalid platform connection(s): linkedin-NOPE. Check connected accounts or call GET /platform-connections.",
        ),
    ] {
        bench.put(&id, &body.to_string()).await.coded(400, code, error);
    }
    let foreign = json!({ "platforms": ["linkedin-NOPE"] }).to_string();
    let foreign = bench.put(&id, &foreign).await.json();
    assert_eq!(foreign["invalidPlatforms"], json!(["linkedin-NOPE"]));
    assert_eq!(bench.post(&id), before);
    assert!(bench.practice.requests().iter().all(|request| !request.applied));
}

#[tokio::test]
async fn an_added_platform_needs_a_place_in_the_plan() {
    let bench = Bench::new().await;
    bench.publora().set_plan(KEY, Plan::Starter);
    bench.publora().add_connection(KEY, "bluesky-1", "studio", "Studio");
    let post = SeedPost {
        content: "Hello".to_owned(),
        status: PostStatus::Scheduled,
        scheduled_time: Some(time("2026-03-05T09:00:00Z")),
        platforms: vec![LINKEDIN.to_owned()],
        media_urls: Vec::new(),
    };
    let id = bench.publora().add_post(KEY, post.clone());
    let full =
        SeedPost { platforms: vec![LINKEDIN.to_owned(), "bluesky-1".to_owned()], ..post.clone() };
    bench.publora().add_post(KEY, full);
    let body = json!({ "platforms": [LINKEDIN, "bluesky-1"] }).to_string();
    let refused = bench.put(&id, &body).await;
    assert_eq!(refused.status, 403);
    assert_eq!(refused.json()["code"], "SCHEDULED_POST_LIMIT_REACHED");
    let draft = bench
        .publora()
        .add_post(KEY, SeedPost { status: PostStatus::Draft, scheduled_time: None, ..post });
    let refused = bench.put(&draft, &json!({ "platforms": [TWITTER] }).to_string()).await;
    assert_eq!((refused.status, &refused.json()["code"]), (403, &json!("PLATFORM_NOT_AVAILABLE")));
    assert_eq!(bench.put(&draft, &body).await.status, 200);
}

#[tokio::test]
async fn settings_are_merged_by_platform_and_only_those_on_the_list_are_taken() {
    let bench = Bench::new().await;
    let id = bench.scheduled("2026-03-10T08:00:00Z");
    for settings in [
        json!({ "youtube": { "privacy": "public", "title": "One" } }),
        json!({ "youtube": { "title": "Two" }, "threads": { "replyControl": "everyone" } }),
    ] {
        let body = json!({ "platformSettings": settings }).to_string();
        assert_eq!(bench.put(&id, &body).await.status, 200);
    }
    let single = bench.get(&format!("/get-post/{id}")).await.json();
    assert_eq!(
        single["platformSettings"],
        json!({
            "youtube": { "privacy": "public", "title": "Two" },
            "threads": { "replyControl": "everyone" },
        })
    );
    assert_eq!(bench.practice.violations(), []);
    for (settings, path) in [
        (json!({ "myspace": {} }), "myspace"),
        (json!({ "youtube": { "titel": "x" } }), "youtube.titel"),
    ] {
        let refused = bench.put(&id, &json!({ "platformSettings": settings }).to_string()).await;
        let sentence = format!("Unknown platformSettings path: {path}");
        refused.coded(400, "PLATFORM_SETTING_UNKNOWN", &sentence);
        assert_eq!(refused.json()["field"], path);
    }
    assert_eq!(bench.kinds(), ["unknownField", "unknownField"]);
}

#[tokio::test]
async fn media_are_appended_and_have_to_be_https() {
    let bench = Bench::new().await;
    let id = bench.scheduled("2026-03-10T08:00:00Z");
    for name in ["a.jpg", "b.mp4"] {
        let body = json!({ "mediaUrls": [format!("https://media.example.com/{name}")] });
        assert_eq!(bench.put(&id, &body.to_string()).await.status, 200);
    }
    let single = bench.get(&format!("/get-post/{id}")).await.json();
    let kinds: Vec<_> =
        single["media"].as_array().unwrap().iter().map(|media| media["type"].clone()).collect();
    assert_eq!(kinds, ["image", "video"]);
    for (urls, error) in [
        (json!([]), "mediaUrls must contain at least one URL when provided"),
        (json!("https://a.example"), "mediaUrls must be an array of public https URLs"),
        (json!(vec!["https://a.example"; 11]), "mediaUrls supports at most 10 URLs per request"),
        (json!([""]), "Every mediaUrls entry must be a non-empty string"),
        (json!(["http://a.example/a.jpg"]), "Media ingestion failed"),
    ] {
        bench.put(&id, &json!({ "mediaUrls": urls }).to_string()).await.refused(400, error);
    }
    assert_eq!(bench.post(&id).media_urls.len(), 2);
}

#[tokio::test]
async fn only_drafts_and_scheduled_posts_can_be_updated() {
    let bench = Bench::new().await;
    for (status, word) in [
        (PostStatus::Published, "published"),
        (PostStatus::Failed, "failed"),
        (PostStatus::PartiallyPublished, "partially_published"),
    ] {
        let id = bench.seed(status, Some("2026-03-01T08:00:00Z"));
        let sentence = format!("Cannot update post: post is currently in {word} status");
        bench.put(&id, LATER).await.coded(400, "POST_NOT_EDITABLE", &sentence);
        bench.put(&id, r#"{"content":"x"}"#).await.coded(400, "POST_NOT_EDITABLE", &sentence);
        assert_eq!(bench.post(&id).status, status);
    }
    assert_eq!(bench.practice.violations(), []);
}

#[tokio::test]
async fn a_post_that_is_going_out_conflicts_with_an_update() {
    let bench = Bench::new().await;
    bench.publora().set_publishing_takes(TimeDelta::seconds(30));
    let id = bench.scheduled("2026-03-02T09:00:00Z");
    bench.practice.tick();
    let sentence = "Post publishing has already started; the post can no longer be edited.";
    bench.put(&id, PAUSE).await.coded(409, "POST_PUBLISH_IN_PROGRESS", sentence);
    let single = bench.get(&format!("/get-post/{id}")).await.json();
    assert_eq!(
        (&single["status"], &single["posts"][0]["status"]),
        (&json!("scheduled"), &json!("processing"))
    );
}

#[tokio::test]
async fn an_ordered_version_conflict_refuses_one_update_and_changes_nothing() {
    let bench = Bench::new().await;
    let id = bench.scheduled("2026-03-10T08:00:00Z");
    bench.publora().set_version_conflict_once();
    let sentence = "Post group state changed concurrently; please retry.";
    bench.put(&id, LATER).await.coded(409, "POST_GROUP_VERSION_CONFLICT", sentence);
    assert_eq!(bench.post(&id).scheduled_time, Some(time("2026-03-10T08:00:00Z")));
    assert_eq!(bench.put(&id, LATER).await.status, 200);
}

#[tokio::test]
async fn wrong_updates_are_refused_in_the_documents_words() {
    let bench = Bench::new().await;
    let id = bench.scheduled("2026-03-10T08:00:00Z");
    let nothing = "At least one of status, scheduledTime, content, platforms, platformSettings, or mediaUrls must be provided";
    for body in ["{}", r#"{"status":""}"#, r#"{"content":null,"scheduledTime":0}"#] {
        bench.put(&id, body).await.refused(400, nothing);
    }
    let sentence = "Status must be either 'draft' or 'scheduled'";
    bench.put(&id, r#"{"status":"published"}"#).await.refused(400, sentence);
    for wrong in ["2026-03-15 10:00:00", "March 15, 2026", "2026-03-15"] {
        let body = json!({ "scheduledTime": wrong }).to_string();
        bench.put(&id, &body).await.refused(400, "Invalid scheduled time format");
    }
    assert_eq!(bench.post(&id).status, PostStatus::Scheduled);
}

#[tokio::test]
async fn an_ignored_status_is_answered_with_200_and_the_old_status() {
    let bench = Bench::new().await;
    let id = bench.scheduled("2026-03-10T08:00:00Z");
    let ignored = What::StatusIgnored { time_applied: false };
    bench.practice.fault(Fault::once(Match::any(), ignored));
    let answer = bench.put(&id, PAUSE).await.json();
    assert_eq!(answer["postGroup"]["status"], "scheduled");
    assert_eq!(answer["scheduledTime"], "2026-03-10T08:00:00.000Z");
    assert!(!bench.practice.requests()[0].applied);
}

#[tokio::test]
async fn a_deletion_takes_any_post_or_only_what_is_not_live_as_selected() {
    let bench = Bench::new().await;
    let published = bench.seed(PostStatus::Published, Some("2026-03-01T08:00:00Z"));
    let answer = bench.delete(&published).await;
    assert_eq!((answer.status, answer.json()), (200, json!({ "success": true })));
    bench.delete(&published).await.refused(404, "Post group not found");

    bench.publora().set_deletion(Deletion::Unpublished);
    for (status, code) in [
        (PostStatus::Published, "POST_IS_PUBLISHED"),
        (PostStatus::PartiallyPublished, "POST_HAS_LIVE_CONTENT"),
    ] {
        let id = bench.seed(status, Some("2026-03-01T08:00:00Z"));
        let refused = bench.delete(&id).await;
        assert_eq!((refused.status, &refused.json()["code"]), (409, &json!(code)));
        assert_eq!(bench.post(&id).status, status);
    }
    bench.publora().set_publishing_takes(TimeDelta::seconds(30));
    let going = bench.scheduled("2026-03-02T09:00:00Z");
    bench.practice.tick();
    assert_eq!(bench.delete(&going).await.json()["code"], "POST_IS_PROCESSING");
    let waiting = bench.scheduled("2026-03-10T08:00:00Z");
    assert_eq!(bench.delete(&waiting).await.status, 200);
}
