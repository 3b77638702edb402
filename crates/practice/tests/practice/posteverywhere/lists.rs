//! `GET /posts`: filters, order and pages.

use rundown_practice::posteverywhere::{Filters, PostStatus, SeedPost, Totals};
use serde_json::json;

use super::kit::{Bench, INSTAGRAM, KEY, LINKEDIN, X, data, refused, seed};
use crate::kit::{Answer, time};

fn ids(answer: &Answer) -> Vec<String> {
    let posts = data(answer)["posts"].as_array().unwrap().clone();
    posts.iter().map(|post| post["id"].as_str().unwrap().to_owned()).collect()
}

/// A draft, a scheduled and a published post, created one, two and three days before March.
async fn bench_with_three() -> (Bench, [String; 3]) {
    let bench = Bench::new().await;
    let add = |status, at, created, account, content: &str| {
        let post = SeedPost {
            content: content.to_owned(),
            account_ids: vec![account],
            created_at: Some(time(created)),
            ..seed(status, at)
        };
        bench.posteverywhere().add_post(KEY, post)
    };
    let later = Some("2026-03-10T08:00:00Z");
    let past = Some("2026-03-01T08:00:00Z");
    let draft = add(PostStatus::Draft, None, "2026-02-28T00:00:00Z", X, "One");
    let scheduled = add(PostStatus::Scheduled, later, "2026-02-27T00:00:00Z", LINKEDIN, "Two");
    let published = add(PostStatus::Published, past, "2026-02-26T00:00:00Z", INSTAGRAM, "Three");
    (bench, [draft, scheduled, published])
}

#[tokio::test]
async fn a_post_is_listed_as_it_is_shown_alone() {
    let bench = Bench::new().await;
    let id = bench.scheduled("2026-03-10T08:00:00Z");
    let single = data(&bench.get(&format!("/posts/{id}")).await);
    assert_eq!(
        single,
        json!({
            "post_id": id,
            "id": id,
            "status": "scheduled",
            "content": "Hello",
            "account_ids": [INSTAGRAM, LINKEDIN],
            "scheduled_for": "2026-03-10T08:00:00.000Z",
            "timezone": "UTC",
            "media_ids": [],
            "media": [],
            "platform_content": {},
            "destinations": [
                {
                    "account_id": INSTAGRAM, "account_name": "@mybrand", "platform": "instagram",
                    "status": "queued", "scheduled_for": "2026-03-10T08:00:00.000Z",
                    "platform_post_id": null, "platform_post_url": null, "published_at": null,
                    "error": null, "attempts": 0,
                },
                {
                    "account_id": LINKEDIN, "account_name": "My Brand", "platform": "linkedin",
                    "status": "queued", "scheduled_for": "2026-03-10T08:00:00.000Z",
                    "platform_post_id": null, "platform_post_url": null, "published_at": null,
                    "error": null, "attempts": 0,
                },
            ],
            "created_at": "2026-02-27T09:00:00.000Z",
            "updated_at": "2026-02-27T09:00:00.000Z",
        })
    );
    let listed = data(&bench.get("/posts").await);
    assert_eq!(listed["posts"], json!([single]));
    assert_eq!(
        listed["pagination"],
        json!({ "limit": 20, "offset": 0, "total": 1, "has_more": false })
    );
}

#[tokio::test]
async fn filters_select_what_they_say() {
    let (bench, [draft, scheduled, published]) = bench_with_three().await;
    for (query, found) in [
        ("", vec![&draft, &scheduled, &published]),
        ("status=draft", vec![&draft]),
        ("status=draft,published", vec![&draft, &published]),
        ("status=partially_failed,failed,publishing", vec![]),
        ("platform=linkedin", vec![&scheduled]),
        ("platform=linkedin,x", vec![&draft, &scheduled]),
        ("account_id=2280", vec![&published]),
        ("created_after=2026-02-27T00:00:00Z", vec![&draft, &scheduled]),
        ("created_before=2026-02-27", vec![&scheduled, &published]),
        ("scheduled_after=2026-03-02T00:00:00Z", vec![&scheduled]),
        ("scheduled_before=2026-03-10T08:00:00Z", vec![&scheduled, &published]),
        ("published_after=2026-03-01T08:00:00Z", vec![&published]),
        ("published_before=2026-03-01T07:59:59Z", vec![]),
        ("updated_after=2026-02-28T00:00:00Z", vec![&draft]),
        ("search=TWO", vec![&scheduled]),
        ("order=asc", vec![&published, &scheduled, &draft]),
        ("sort=scheduled_for", vec![&scheduled, &published, &draft]),
        ("sort=scheduled_for&order=asc&status=scheduled,published", vec![&published, &scheduled]),
        ("sort=published_at&limit=1", vec![&published]),
        ("sort=updated_at&limit=1&offset=1", vec![&scheduled]),
    ] {
        let answer = bench.get(&format!("/posts?{query}")).await;
        assert_eq!(ids(&answer).iter().collect::<Vec<_>>(), found, "{query}");
    }
    assert_eq!(bench.practice.violations(), []);
}

#[tokio::test]
async fn an_older_server_ignores_all_filters_but_its_own() {
    let (bench, [draft, scheduled, published]) = bench_with_three().await;
    bench.posteverywhere().set(|settings| settings.filters = Filters::Ignored);
    let all = vec![&draft, &scheduled, &published];
    for (query, found) in [
        ("status=published", vec![&published]),
        ("platform=x", vec![&draft]),
        ("limit=1&offset=2", vec![&published]),
        ("status=draft,published", all.clone()),
        ("status=failed", all.clone()),
        ("platform=linkedin,x", all.clone()),
        ("account_id=2280", all.clone()),
        ("scheduled_after=2026-03-02T00:00:00Z&scheduled_before=2026-03-03T00:00:00Z", all.clone()),
        ("search=nothing&sort=scheduled_for&order=asc", all.clone()),
    ] {
        let answer = bench.get(&format!("/posts?{query}")).await;
        assert_eq!(ids(&answer).iter().collect::<Vec<_>>(), found, "{query}");
    }
}

#[tokio::test]
async fn pages_together_hold_every_post_once() {
    let bench = Bench::new().await;
    let mut all: Vec<_> =
        (0..47).map(|minute| bench.scheduled(&format!("2026-03-15T14:{minute:02}:00Z"))).collect();
    let mut listed = Vec::new();
    for offset in [0, 20, 40] {
        let answer = bench.get(&format!("/posts?offset={offset}")).await;
        listed.extend(ids(&answer));
        assert_eq!(
            data(&answer)["pagination"],
            json!({ "limit": 20, "offset": offset, "total": 47, "has_more": offset < 40 })
        );
    }
    listed.sort();
    all.sort();
    assert_eq!(listed, all);
    assert_eq!(ids(&bench.get("/posts?limit=100").await).len(), 47);
    assert_eq!(ids(&bench.get("/posts?offset=47").await), [""; 0]);
}

#[tokio::test]
async fn a_list_may_not_count() {
    let bench = Bench::with(|settings| settings.totals = Totals::Missing).await;
    let answer = data(&bench.get("/posts?limit=5").await);
    assert_eq!(answer["pagination"], json!({ "limit": 5, "offset": 0 }));
}

#[tokio::test]
async fn wrong_values_are_refused_as_far_as_they_are_read() {
    let bench = Bench::new().await;
    for (query, message) in [
        ("limit=0", "Invalid limit: 0."),
        ("limit=101", "Invalid limit: 101."),
        ("offset=-1", "Invalid offset: -1."),
        ("status=queued", "Invalid status: queued."),
        ("status=draft,", "Invalid status: draft,."),
        ("account_id=x", "Invalid account_id: x."),
        ("scheduled_after=soon", "Invalid scheduled_after: soon."),
        ("sort=content", "Invalid sort: content."),
        ("order=up", "Invalid order: up."),
    ] {
        let answer = bench.get(&format!("/posts?{query}")).await;
        refused(&answer, 400, "validation_error", message);
    }
    assert_eq!(bench.kinds(), ["badQueryValue"; 9]);
    bench.posteverywhere().set(|settings| settings.filters = Filters::Ignored);
    assert_eq!(bench.get("/posts?sort=content").await.status, 200);
    assert_eq!(bench.get("/posts?limit=101").await.status, 400);
}
