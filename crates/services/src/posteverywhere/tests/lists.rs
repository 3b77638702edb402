//! Lists and channels: what is asked for, and how a list is read to its end by any server.

use rundown_core::model::PostStatus;
use rundown_core::service::{Page, PageToken, SchedulingService, ServiceError};
use serde_json::{Value, json};

use super::*;

fn numbered(n: usize, fields: Value) -> Value {
    let mut post = post(fields);
    post["post_id"] = json!(format!("{n:08}-0000-4000-8000-000000000000"));
    post
}

fn draft(n: usize) -> Value {
    numbered(n, json!({ "status": "draft" }))
}

/// Reads a list to its end.
async fn whole(posteverywhere: &PostEverywhere, query: &ListQuery) -> Vec<Page> {
    let (mut pages, mut next) = (Vec::new(), None);
    loop {
        let page = posteverywhere.list(query, next.as_ref()).await.unwrap().value;
        next = page.next.clone();
        pages.push(page);
        if next.is_none() {
            return pages;
        }
    }
}

fn numbers(pages: &[Page]) -> Vec<usize> {
    let posts = pages.iter().flat_map(|page| &page.posts);
    posts.map(|post| post.id.as_str()[..8].parse().unwrap()).collect()
}

#[tokio::test]
async fn each_list_is_asked_for_with_the_filters_that_the_newer_clients_send() {
    let nothing = ok(&page(&[]));
    let (posteverywhere, transport) =
        posteverywhere(vec![nothing.clone(), nothing.clone(), nothing]);
    for query in [april(), ListQuery::Drafts, ListQuery::RecentlyChanged] {
        posteverywhere.list(&query, None).await.unwrap();
    }
    assert_eq!(
        transport.asked(),
        [
            "GET /posts?limit=100&offset=0&scheduled_after=2026-03-31T23%3A59%3A59.000Z\
             &scheduled_before=2026-05-01T00%3A00%3A01.000Z&sort=scheduled_for&order=asc",
            "GET /posts?limit=100&offset=0&status=draft&sort=created_at&order=desc",
            "GET /posts?limit=100&offset=0&sort=updated_at&order=desc",
        ]
    );
    for request in transport.requests() {
        assert_eq!(request.headers()["authorization"], format!("Bearer {KEY}"));
    }
}

#[tokio::test]
async fn a_server_that_ignores_every_filter_gives_the_same_lists() {
    let time = |day: usize| json!(format!("2026-04-{day:02}T09:00:00.000Z"));
    let with = |n, status: &str, time: Value, changed: &str| {
        numbered(n, json!({ "status": status, "scheduled_for": time, "updated_at": changed }))
    };
    // By created_at, newest first, whatever is asked for.
    let entries = [
        with(1, "scheduled", time(20), "2026-04-12T08:00:00Z"),
        with(2, "draft", json!(null), "2026-04-12T11:00:00+02:00"),
        with(3, "scheduled", json!("2026-07-01T09:00:00.000Z"), "2026-04-10T08:00:00Z"),
        with(4, "failed", time(3), "2026-04-11T08:00:00Z"),
        with(5, "published", time(2), "a while ago"),
        with(6, "draft", time(15), "2026-04-09T08:00:00Z"),
        with(7, "published", json!("2025-04-02T09:00:00.000Z"), "2025-04-02T09:00:05Z"),
    ];
    let mut body = page(&entries);
    body["data"]["pagination"]["total"] = json!(7);
    for (query, expected, total) in [
        (april(), vec![5, 4, 6, 1], None),
        (ListQuery::Drafts, vec![2, 6], None),
        (ListQuery::RecentlyChanged, vec![2, 1, 4, 3, 6, 7, 5], Some(7)),
    ] {
        let (posteverywhere, _) = posteverywhere(vec![ok(&body)]);
        let pages = whole(&posteverywhere, &query).await;
        assert_eq!(numbers(&pages), expected, "{query:?}");
        assert_eq!(pages[0].total, total, "{query:?}");
    }
}

#[tokio::test]
async fn pages_without_a_post_of_the_window_do_not_end_the_list() {
    let later: Vec<_> = (0..100)
        .map(|n| {
            numbered(n, json!({ "status": "scheduled", "scheduled_for": "2026-07-01T09:00:00Z" }))
        })
        .collect();
    let wanted =
        numbered(100, json!({ "status": "scheduled", "scheduled_for": "2026-04-15T09:00:00Z" }));
    let (posteverywhere, transport) = posteverywhere(vec![ok(&page(&later)), ok(&page(&[wanted]))]);
    let pages = whole(&posteverywhere, &april()).await;
    assert_eq!((pages[0].posts.len(), numbers(&pages)), (0, vec![100]));
    assert!(transport.asked()[1].starts_with("GET /posts?limit=100&offset=100&scheduled_after="));
}

#[tokio::test]
async fn a_post_is_in_the_window_by_its_own_time_or_by_a_destinations() {
    let inside = [
        json!({ "status": "scheduled", "scheduled_for": "2026-04-01T00:00:00Z" }),
        json!({ "status": "published", "scheduled_for": "2026-05-01T00:00:00.000Z" }),
        json!({ "status": "scheduled", "scheduled_for": "2026-05-01T03:30:00+03:30" }),
        json!({ "status": "published", "scheduled_for": null, "destinations": [
            { "account_id": 1, "status": "published", "scheduled_for": "2026-04-02T00:00:00Z" },
        ] }),
        json!({ "status": "scheduled", "scheduled_for": "2026-06-01T00:00:00Z", "destinations": [
            { "account_id": 1, "status": "queued", "scheduled_for": "2026-04-30T00:00:00Z" },
        ] }),
    ];
    let outside = [
        json!({ "status": "scheduled", "scheduled_for": "2026-03-31T23:59:59Z" }),
        json!({ "status": "scheduled", "scheduled_for": "2026-05-01T00:00:01Z" }),
        json!({ "status": "published" }),
    ];
    let entries = inside.iter().chain(&outside).cloned();
    let entries: Vec<_> = entries.enumerate().map(|(n, fields)| numbered(n, fields)).collect();
    let (posteverywhere, _) = posteverywhere(vec![ok(&page(&entries))]);
    let mut found = numbers(&whole(&posteverywhere, &april()).await);
    found.sort_unstable();
    assert_eq!(found, [0, 1, 2, 3, 4]);
}

#[tokio::test]
async fn a_server_that_refuses_what_it_does_not_know_is_asked_in_documented_words() {
    let unknown = || scripted::json(400, &refusal("bad_request", "Unknown parameter: sort"));
    let full: Vec<_> = (0..100).map(draft).collect();
    let (adapter, transport) =
        posteverywhere(vec![unknown(), ok(&page(&full)), ok(&page(&[draft(100)]))]);
    let pages = whole(&adapter, &ListQuery::Drafts).await;
    assert_eq!(numbers(&pages).len(), 101);
    assert_eq!(
        transport.asked(),
        [
            "GET /posts?limit=100&offset=0&status=draft&sort=created_at&order=desc",
            "GET /posts?limit=100&offset=0&status=draft",
            "GET /posts?limit=100&offset=100&status=draft",
        ]
    );

    let (adapter, transport) = posteverywhere(vec![unknown(), unknown()]);
    let error = adapter.list(&april(), None).await.unwrap_err();
    assert!(matches!(error, ServiceError::Refused { status: 400, .. }), "{error}");
    assert_eq!(transport.asked()[1], "GET /posts?limit=100&offset=0");
}

#[tokio::test]
async fn without_a_word_on_further_pages_a_short_page_is_the_last() {
    for (count, pagination, more) in [
        (99, json!(null), false),
        (100, json!(null), true),
        (100, json!({ "limit": 100, "offset": 0 }), true),
        (20, json!({ "limit": 20 }), true),
        (19, json!({ "limit": 20 }), false),
        (50, json!({ "limit": 100, "total": 51 }), true),
        (50, json!({ "limit": 100, "total": 50 }), false),
        (100, json!({ "limit": 100, "total": 100, "has_more": false }), false),
        (3, json!({ "has_more": true }), true),
        (3, json!({ "has_more": "yes", "total": "many" }), false),
        (0, json!({ "has_more": true }), false),
    ] {
        let entries: Vec<_> = (0..count).map(draft).collect();
        let body = enveloped(json!({ "posts": entries, "pagination": pagination }));
        let (posteverywhere, _) = posteverywhere(vec![ok(&body)]);
        let page = posteverywhere.list(&ListQuery::Drafts, None).await.unwrap().value;
        assert_eq!(page.next.is_some(), more, "{count} entries with {pagination}");
    }
}

#[tokio::test]
async fn the_next_page_begins_after_what_came_and_what_comes_twice_is_harmless() {
    let mut first: Vec<_> = (0..20).map(draft).collect();
    first[7] = json!(null);
    let clamped =
        |posts: &[Value]| ok(&enveloped(json!({ "posts": posts, "pagination": { "limit": 20 } })));
    // A post was created meanwhile, and the list moved on by one.
    let (posteverywhere, transport) =
        posteverywhere(vec![clamped(&first), clamped(&[draft(19), draft(20)])]);
    let pages = whole(&posteverywhere, &ListQuery::Drafts).await;
    assert_eq!((pages[0].posts.len(), pages[0].unreadable), (19, 1));
    assert_eq!(numbers(&pages[1..]), [19, 20]);
    assert!(transport.asked()[1].starts_with("GET /posts?limit=100&offset=20&status=draft"));
}

#[tokio::test]
async fn a_server_that_gives_the_same_page_for_ever_is_asked_twice() {
    let full: Vec<_> = (0..100).map(draft).collect();
    let same = ok(&page(&full));
    for query in [april(), ListQuery::Drafts] {
        let (posteverywhere, transport) =
            posteverywhere(vec![same.clone(), same.clone(), same.clone()]);
        assert_eq!(whole(&posteverywhere, &query).await.len(), 2);
        assert_eq!(transport.asked().len(), 2);
    }
}

#[tokio::test]
async fn a_page_token_of_another_service_is_refused_unsent() {
    let (posteverywhere, transport) = posteverywhere(vec![]);
    for token in
        ["eyJvZmZzZXQiOjEwMH0", "2 507f1f77bcf86cd799439011", "100 sideways a", "-1 plain ", ""]
    {
        let token = PageToken(token.to_owned());
        let error = posteverywhere.list(&ListQuery::Drafts, Some(&token)).await.unwrap_err();
        assert!(matches!(error, ServiceError::Refused { status: 0, .. }), "{error}");
    }
    assert!(transport.asked().is_empty());
}

#[tokio::test]
async fn a_broken_entry_is_counted_and_loses_no_other() {
    let good = fixture("list-posts")["data"]["posts"][0].clone();
    let broken = [
        json!(null),
        json!(7),
        json!({}),
        json!({ "post_id": 12, "status": "scheduled" }),
        json!({ "post_id": "", "id": null, "status": "scheduled" }),
        json!({ "post_id": ID }),
        json!({ "post_id": ID, "status": "scheduled", "scheduled_for": "next Tuesday" }),
        json!({ "post_id": ID, "status": "published", "scheduled_for": 1776243600 }),
        json!({ "post_id": ID, "status": "scheduled", "scheduled_for": "+262142-12-31T23:59:59" }),
    ];
    let mut entries = vec![good];
    for (index, entry) in broken.iter().enumerate() {
        entries.insert(index % 2, entry.clone());
    }
    let (posteverywhere, _) = posteverywhere(vec![ok(&page(&entries))]);
    let page = posteverywhere.list(&april(), None).await.unwrap().value;
    assert_eq!((page.posts.len(), page.unreadable), (1, broken.len()));
    assert_eq!(page.posts[0].standing.status, PostStatus::Scheduled);
}

#[tokio::test]
async fn channels_have_a_name_a_handle_and_their_trouble_in_words() {
    let expired = "PostEverywhere is no longer signed in here, so posts will fail. \
                   Reconnect it at PostEverywhere.";
    for (name, expected) in [
        (
            "list-accounts",
            [
                ("2280", "instagram", "mybrand", Some("mybrand"), None),
                ("2282", "x", "mybrand", Some("mybrand"), None),
                ("2285", "linkedin", "My Brand Inc.", None, Some(expired)),
            ],
        ),
        (
            "list-accounts-older",
            [
                ("1", "instagram", "acme", Some("acme"), None),
                ("4", "linkedin", "Acme Inc.", None, None),
                ("7", "x", "acme_tweets", Some("acme_tweets"), Some(expired)),
            ],
        ),
    ] {
        let (posteverywhere, transport) = posteverywhere(vec![ok(&fixture(name))]);
        let channels = posteverywhere.channels().await.unwrap().value;
        let told: Vec<_> = channels
            .iter()
            .map(|c| {
                let (handle, problem) = (c.handle.as_deref(), c.problem.as_deref());
                (c.id.as_str(), c.network.as_str(), c.name.as_str(), handle, problem)
            })
            .collect();
        assert_eq!(told, expected);
        assert_eq!(transport.asked(), ["GET /accounts"]);
    }
}

#[tokio::test]
async fn an_account_that_cannot_post_says_what_to_do() {
    let off =
        "This account is switched off at PostEverywhere. Switch it on there, or reconnect it.";
    let unable =
        "PostEverywhere can’t post here, so posts will fail. Reconnect it at PostEverywhere.";
    let expired = "PostEverywhere is no longer signed in here, so posts will fail. Reconnect it \
         at PostEverywhere.";
    for (fields, problem) in [
        (
            json!({ "is_active": false, "health": { "status": "healthy", "can_post": true } }),
            Some(off),
        ),
        (
            json!({ "is_active": true, "health": { "status": "unhealthy", "can_post": false } }),
            Some(unable),
        ),
        (json!({ "health": { "can_post": false } }), Some(unable)),
        (json!({ "health": { "status": "unhealthy", "can_post": true } }), None),
        (json!({ "health": { "status": "expired", "can_post": true } }), None),
        (json!({ "health": { "status": "expired" } }), Some(expired)),
        (json!({ "health": { "status": "healthy" } }), None),
        (json!({ "is_active": "no", "health": "bad" }), None),
        (json!({ "is_active": null, "health": null }), None),
        (json!({}), None),
    ] {
        let mut entry =
            json!({ "account_id": 2280, "platform": "Instagram", "account_name": null });
        entry.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        let accounts = json!([null, {}, { "account_id": 1.5 }, { "id": "" }, entry]);
        // Without the envelope, as anything may be.
        let (posteverywhere, _) = posteverywhere(vec![ok(&json!({ "accounts": accounts }))]);
        let channels = posteverywhere.channels().await.unwrap().value;
        assert_eq!(channels.len(), 1);
        assert_eq!(channels[0].problem.as_deref(), problem, "{fields}");
        assert_eq!(
            (channels[0].name.as_str(), channels[0].network.as_str()),
            ("2280", "instagram")
        );
    }
}
