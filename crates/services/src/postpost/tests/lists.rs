//! Lists and channels: what is asked for, and what is made of the answers.

use rundown_core::model::{PostStatus, Standing};
use rundown_core::service::{ListQuery, PageToken, SchedulingService, ServiceError};
use serde_json::{Value, json};

use super::*;

/// The single post of a page made of this body.
async fn single(body: Value) -> rundown_core::service::RemotePost {
    let (postpost, _) = postpost(vec![ok(&body)]);
    let page = postpost.list(&ListQuery::Drafts, None).await.unwrap().value;
    assert_eq!((page.posts.len(), page.unreadable), (1, 0));
    page.posts.into_iter().next().unwrap()
}

#[tokio::test]
async fn the_documented_list_is_read_field_by_field() {
    let (postpost, _) = postpost(vec![ok(&fixture("list-posts"))]);
    let query =
        ListQuery::Dated { from: at("2026-03-01T00:00:00Z"), to: at("2026-04-01T00:00:00Z") };
    let answer = postpost.list(&query, None).await.unwrap();
    assert_eq!(answer.heard.date, Some(at("2026-03-10T09:00:00Z")));
    let page = answer.value;
    assert_eq!((page.total, page.unreadable), (Some(47), 0));
    assert!(page.next.is_some(), "it says that there is a next page");
    let [post] = page.posts.as_slice() else { panic!("{page:?}") };
    assert_eq!(post.id, id());
    assert_eq!(post.text, "Excited to share our new product launch!");
    assert_eq!(post.standing, Standing::scheduled(at("2026-03-15T14:30:00Z")));
    assert_eq!(post.media.len(), 1);
    let targets: Vec<_> =
        post.targets.iter().map(|t| (t.channel.as_str(), t.network.as_str(), &t.status)).collect();
    assert_eq!(
        targets,
        [
            ("twitter-123456789", "twitter", &PostStatus::Scheduled),
            ("linkedin-ABC123", "linkedin", &PostStatus::Scheduled),
        ]
    );
}

#[tokio::test]
async fn pages_follow_each_other_until_the_service_says_that_it_was_the_last() {
    let page = |id: &str, more: bool| {
        let post = json!({ "postGroupId": id, "status": "draft" });
        ok(&json!({ "posts": [post], "pagination": { "hasNextPage": more } }))
    };
    let (postpost, transport) = postpost(vec![page("a", true), page("b", true), page("c", false)]);
    let (mut next, mut seen) = (None, Vec::new());
    loop {
        let page = postpost.list(&ListQuery::Drafts, next.as_ref()).await.unwrap().value;
        seen.extend(page.posts.into_iter().map(|post| post.id.0));
        next = page.next;
        if next.is_none() {
            break;
        }
    }
    assert_eq!(seen, ["a", "b", "c"]);
    assert!(transport.asked()[2].starts_with("GET /list-posts?page=3&limit=100&status=draft"));
}

#[tokio::test]
async fn without_a_word_on_further_pages_a_short_page_is_the_last() {
    let entries = |count: usize| -> Vec<Value> {
        (0..count)
            .map(|n| json!({ "postGroupId": format!("{n:024x}"), "status": "draft" }))
            .collect()
    };
    for (count, pagination, more) in [
        (99, json!(null), false),
        (100, json!(null), true),
        (20, json!({ "limit": 20 }), true),
        (0, json!({ "hasNextPage": true }), false),
        (3, json!({ "hasNextPage": "yes" }), false),
    ] {
        let body = json!({ "posts": entries(count), "pagination": pagination });
        let (postpost, _) = postpost(vec![ok(&body)]);
        let page = postpost.list(&ListQuery::Drafts, None).await.unwrap().value;
        assert_eq!(page.next.is_some(), more, "{count} entries with {pagination}");
    }
}

#[tokio::test]
async fn a_server_that_gives_the_same_page_for_ever_is_asked_twice() {
    let same = ok(&fixture("list-posts"));
    let (postpost, _) = postpost(vec![same.clone(), same]);
    let first = postpost.list(&ListQuery::Drafts, None).await.unwrap().value;
    let second = postpost.list(&ListQuery::Drafts, first.next.as_ref()).await.unwrap().value;
    assert_eq!(second.next, None);
}

#[tokio::test]
async fn a_page_token_of_another_service_is_refused_unsent() {
    let (postpost, transport) = postpost(vec![]);
    let token = PageToken("eyJvZmZzZXQiOjEwMH0".to_owned());
    let error = postpost.list(&ListQuery::Drafts, Some(&token)).await.unwrap_err();
    assert!(matches!(error, ServiceError::Refused { status: 0, .. }), "{error}");
    assert!(transport.asked().is_empty());
}

#[tokio::test]
async fn a_broken_entry_is_counted_and_loses_no_other() {
    let mut body = fixture("list-posts");
    let broken = [
        json!(null),
        json!(7),
        json!({}),
        json!({ "postGroupId": 12, "status": "scheduled" }),
        json!({ "postGroupId": ID }),
        json!({ "postGroupId": ID, "status": "scheduled", "scheduledTime": "next Tuesday" }),
        json!({ "postGroupId": ID, "status": "published", "scheduledTime": 1773585000 }),
        json!({ "postGroupId": ID, "status": "scheduled", "scheduledTime": "+262142-12-31T23:59:59" }),
    ];
    let posts = body["posts"].as_array_mut().unwrap();
    for (index, entry) in broken.iter().enumerate() {
        posts.insert(index % 2, entry.clone());
    }
    let (postpost, _) = postpost(vec![ok(&body)]);
    let page = postpost.list(&ListQuery::Drafts, None).await.unwrap().value;
    assert_eq!((page.posts.len(), page.unreadable), (1, broken.len()));
}

#[tokio::test]
async fn nulls_and_missing_fields_are_no_reason_to_lose_a_post() {
    let post = single(json!({ "posts": [{
        "postGroupId": ID, "status": "draft", "content": null, "scheduledTime": null,
        "platforms": null, "processingStatus": "pending", "surprise": { "new": true },
    }] }))
    .await;
    assert_eq!(post.standing, Standing::draft());
    assert_eq!((post.text.as_str(), post.media.len(), post.targets.len()), ("", 0, 0));
}

#[tokio::test]
async fn times_are_read_in_every_form_the_documents_accept() {
    for text in [
        "2026-03-15T14:00:00.000Z",
        "2026-03-15T14:00:00Z",
        "2026-03-15T14:00:00+00:00",
        "2026-03-15T16:00:00+02:00",
        "2026-03-15T14:00:00.000",
    ] {
        let post = single(listed("scheduled", json!(text), json!([]))).await;
        assert_eq!(post.standing.time, Some(at("2026-03-15T14:00:00Z")), "{text}");
    }
}

#[tokio::test]
async fn statuses_are_mapped_and_unknown_ones_kept_as_they_are() {
    for (word, status) in [
        ("draft", PostStatus::Draft),
        ("scheduled", PostStatus::Scheduled),
        ("pending", PostStatus::Queued),
        ("processing", PostStatus::Publishing),
        ("published", PostStatus::Published),
        ("failed", PostStatus::Failed),
        ("partially_published", PostStatus::PartiallyPublished),
        ("simmering", PostStatus::Other("simmering".to_owned())),
    ] {
        let post = single(listed(word, json!("2026-03-15T14:00:00Z"), json!([]))).await;
        assert_eq!(post.standing.status, status);
    }
}

#[tokio::test]
async fn a_channel_under_way_puts_the_whole_post_under_way() {
    for (channel, whole) in [
        ("pending", PostStatus::Queued),
        ("processing", PostStatus::Publishing),
        ("published", PostStatus::Published),
        ("failed", PostStatus::Failed),
        ("scheduled", PostStatus::Scheduled),
    ] {
        let post =
            single(listed("scheduled", json!("2026-03-15T14:00:00Z"), on_twitter(channel))).await;
        assert_eq!(post.standing.status, whole, "{channel}");
    }
    let half = json!([
        { "platformId": "twitter-1", "status": "published" },
        { "platformId": "linkedin-2", "status": "scheduled" },
    ]);
    let post = single(listed("scheduled", json!("2026-03-15T14:00:00Z"), half)).await;
    assert_eq!(post.standing.status, PostStatus::Scheduled);
    assert!(!post.targets[0].status.is_editable());
}

#[tokio::test]
async fn a_channel_is_one_target_however_its_id_is_written() {
    let platforms = json!([
        { "platformId": "telegram--1001234567890", "platform": "telegram", "status": "scheduled" },
        { "platformId": "-1001234567890", "platform": "telegram", "status": "pending" },
        "bluesky-did:plc:abc123",
    ]);
    let post = single(listed("scheduled", json!("2026-03-15T14:00:00Z"), platforms)).await;
    let targets: Vec<_> =
        post.targets.iter().map(|t| (t.channel.as_str(), t.network.as_str(), &t.status)).collect();
    assert_eq!(
        targets,
        [
            ("telegram--1001234567890", "telegram", &PostStatus::Queued),
            ("bluesky-did:plc:abc123", "bluesky", &PostStatus::Scheduled),
        ]
    );
}

#[tokio::test]
async fn channels_have_a_name_a_handle_and_their_trouble_in_words() {
    let (postpost, _) = postpost(vec![ok(&fixture("platform-connections"))]);
    let channels = postpost.channels().await.unwrap().value;
    let told: Vec<_> = channels
        .iter()
        .map(|c| (c.network.as_str(), c.name.as_str(), c.handle.as_deref(), c.problem.as_deref()))
        .collect();
    assert_eq!(
        told,
        [
            ("twitter", "Your Name", Some("yourhandle"), None),
            ("linkedin", "John Doe", None, None),
            (
                "instagram",
                "Your Brand",
                Some("yourinstagram"),
                Some("PostPost’s sign-in here expires soon (in 2d 12h). Reconnect it at PostPost.")
            ),
        ]
    );
}

#[tokio::test]
async fn a_channel_tells_of_its_last_error_until_a_post_succeeds_and_of_its_sign_in() {
    let failed = "The last post here failed: Too long. Check the connection at PostPost.";
    let expired = "PostPost is no longer signed in here. Reconnect it at PostPost.";
    let error = json!({ "message": "Too long", "occurredAt": "2026-02-21T16:45:00Z" });
    let (past, ahead) = ("2026-02-01T00:00:00Z", "2026-04-03T00:00:00Z");
    let ran_out = "PostPost’s sign-in here was valid until 1 February 2026, and PostPost does not \
         say whether it was renewed. Check it at PostPost.";
    let soon = "PostPost’s sign-in here expires soon (on 3 April 2026). Reconnect it at PostPost.";
    for (connection, problem) in [
        (json!({ "lastError": "Too long." }), Some(failed)),
        (json!({ "lastError": error }), Some(failed)),
        (json!({ "lastError": error, "lastSuccessfulPost": "2026-02-20T00:00:00Z" }), Some(failed)),
        (json!({ "lastError": error, "lastSuccessfulPost": "2026-02-22T00:00:00Z" }), None),
        (json!({ "lastError": { "code": 3 } }), None),
        (json!({ "lastError": error, "tokenStatus": "expired" }), Some(expired)),
        (json!({ "tokenStatus": "unknown" }), None),
        (json!({ "tokenStatus": "unknown", "accessTokenExpiresAt": past }), Some(ran_out)),
        (json!({ "accessTokenExpiresAt": past }), Some(ran_out)),
        (json!({ "accessTokenExpiresAt": ahead }), None),
        (json!({ "tokenStatus": "valid", "accessTokenExpiresAt": past }), None),
        (json!({ "tokenStatus": "expiring_soon", "accessTokenExpiresAt": ahead }), Some(soon)),
        (
            json!({ "tokenStatus": "expiring_soon", "tokenExpiresIn": "5h" }),
            Some("PostPost’s sign-in here expires soon (in 5h). Reconnect it at PostPost."),
        ),
    ] {
        let mut entry = json!({ "platformId": "twitter-1", "username": "@studio" });
        entry.as_object_mut().unwrap().extend(connection.as_object().unwrap().clone());
        let mut answer = ok(&json!({ "connections": [null, {}, entry] }));
        let date = "Tue, 10 Mar 2026 08:00:00 GMT".parse().unwrap();
        answer.headers_mut().insert(http::header::DATE, date);
        let (postpost, _) = postpost(vec![answer]);
        let channels = postpost.channels().await.unwrap().value;
        assert_eq!(channels.len(), 1);
        assert_eq!(channels[0].problem.as_deref(), problem, "{connection}");
        assert_eq!(channels[0].name, "studio");
    }
}

#[tokio::test]
async fn each_list_is_asked_for_as_documented_and_with_the_key_in_its_header() {
    let (postpost, transport) = postpost(vec![ok(&nothing()), ok(&nothing()), ok(&nothing())]);
    let dated =
        ListQuery::Dated { from: at("2026-03-01T00:00:00Z"), to: at("2026-04-01T00:00:00Z") };
    for query in [dated, ListQuery::Drafts, ListQuery::RecentlyChanged] {
        postpost.list(&query, None).await.unwrap();
    }
    assert_eq!(
        transport.asked(),
        [
            "GET /list-posts?page=1&limit=100&fromDate=2026-03-01T00%3A00%3A00.000Z\
             &toDate=2026-04-01T00%3A00%3A00.000Z&sortBy=scheduledTime&sortOrder=asc",
            "GET /list-posts?page=1&limit=100&status=draft&sortBy=createdAt&sortOrder=desc",
            "GET /list-posts?page=1&limit=100&sortBy=updatedAt&sortOrder=desc",
        ]
    );
    for request in transport.requests() {
        assert_eq!(request.headers()["x-api-key"], KEY);
        assert!(request.headers()["x-api-key"].is_sensitive());
    }
}
