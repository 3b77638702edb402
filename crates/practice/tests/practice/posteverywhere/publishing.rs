//! The scheduler, failures and retries.

use chrono::TimeDelta;
use rundown_practice::posteverywhere::{DestinationStatus, Edit, PostStatus};
use serde_json::{Value, json};

use super::kit::{Bench, INSTAGRAM, LATER, LINKEDIN, data, refused};
use crate::kit::time;

const DUE: &str = "2026-03-02T09:00:00Z";

#[tokio::test]
async fn a_post_goes_out_when_its_time_has_come_and_not_before() {
    let bench = Bench::new().await;
    let id = bench.scheduled("2026-03-02T09:05:00Z");
    let draft = bench.seed(PostStatus::Draft, Some("2026-03-02T09:05:00Z"));
    bench.clock.advance(TimeDelta::seconds(299));
    bench.practice.tick();
    assert_eq!(bench.post(&id).status, PostStatus::Scheduled);
    bench.clock.advance(TimeDelta::seconds(1));
    bench.practice.tick();
    let post = bench.post(&id);
    assert_eq!((post.status, post.updated_at), (PostStatus::Published, bench.clock.now()));
    assert_eq!(bench.post(&draft).status, PostStatus::Draft);
    let shown = data(&bench.get(&format!("/posts/{id}")).await);
    let first = &shown["destinations"][0];
    assert_eq!((&first["status"], &first["attempts"]), (&json!("published"), &json!(1)));
    assert_eq!(first["published_at"], "2026-03-02T09:05:00.000Z");
    assert!(first["platform_post_url"].as_str().unwrap().starts_with("https://instagram.example/"));
}

#[tokio::test]
async fn a_publication_that_takes_time_is_publishing_meanwhile() {
    let bench = Bench::new().await;
    bench.posteverywhere().set_publishing_takes(TimeDelta::seconds(90));
    let id = bench.scheduled(DUE);
    bench.practice.tick();
    assert_eq!(bench.post(&id).status, PostStatus::Publishing);
    assert_eq!(bench.statuses(&id), [DestinationStatus::Publishing; 2]);
    let message = "Cannot update a post in publishing status.";
    refused(&bench.patch(&id, LATER).await, 409, "conflict", message);
    bench.clock.advance(TimeDelta::seconds(60));
    bench.practice.tick();
    assert_eq!(bench.post(&id).status, PostStatus::Publishing);
    bench.clock.advance(TimeDelta::seconds(60));
    bench.practice.tick();
    assert_eq!(bench.post(&id).status, PostStatus::Published);
}

#[tokio::test]
async fn an_ordered_failure_fails_one_publication_by_platform_or_account() {
    for order in ["linkedin".to_owned(), LINKEDIN.to_string()] {
        let bench = Bench::new().await;
        bench.posteverywhere().fail_next_publication(&order);
        let id = bench.scheduled(DUE);
        bench.practice.tick();
        assert_eq!(bench.post(&id).status, PostStatus::PartiallyFailed);
        let results = data(&bench.get(&format!("/posts/{id}/results")).await);
        assert_eq!(
            (&results["post_id"], &results["post_status"]),
            (&json!(id), &json!("partially_failed"))
        );
        let destinations = bench.post(&id).destinations;
        assert_eq!(
            results["results"][1],
            json!({
                "id": destinations[1].id,
                "platform": "linkedin",
                "status": "failed",
                "account_name": "My Brand",
                "account_id": LINKEDIN,
                "published_at": null,
                "platform_post_id": null,
                "platform_post_url": null,
                "error": "The account has to be reconnected.",
                "attempts": 1,
                "next_retry_at": null,
            })
        );
        assert_eq!(results["results"][0]["error"], Value::Null);
        let next = bench.scheduled(DUE);
        bench.practice.tick();
        assert_eq!(bench.post(&next).status, PostStatus::Published);
    }
}

#[tokio::test]
async fn a_retry_publishes_what_failed_and_nothing_else() {
    let bench = Bench::new().await;
    bench.posteverywhere().fail_next_publication("linkedin");
    let id = bench.scheduled(DUE);
    bench.practice.tick();
    bench.clock.advance(TimeDelta::minutes(5));
    let before = bench.post(&id).destinations[0].clone();
    let answer = data(&bench.retry(&id, "").await);
    assert_eq!((&answer["post_id"], &answer["retried_count"]), (&json!(id), &json!(1)));
    let [retried] = answer["destinations"].as_array().unwrap().as_slice() else { panic!() };
    assert_eq!(
        (&retried["account_id"], &retried["status"], &retried["attempts"]),
        (&json!(LINKEDIN), &json!("queued"), &json!(1))
    );
    assert_eq!(bench.post(&id).status, PostStatus::Publishing);
    bench.practice.tick();
    let post = bench.post(&id);
    assert_eq!((post.status, &post.destinations[0]), (PostStatus::Published, &before));
    assert_eq!(post.destinations[1].published_at, Some(time("2026-03-02T09:05:00Z")));
    let message = "There is no failed destination to retry.";
    refused(&bench.retry(&id, "").await, 409, "conflict", message);
    assert_eq!(bench.practice.violations(), []);
}

#[tokio::test]
async fn a_retry_may_name_accounts_and_ends_after_five_attempts() {
    let bench = Bench::new().await;
    let id = bench.seed(PostStatus::Failed, Some("2026-03-01T08:00:00Z"));
    let only = json!({ "account_ids": [INSTAGRAM] }).to_string();
    for _ in 0..4 {
        bench.posteverywhere().fail_next_publication("instagram");
        assert_eq!(data(&bench.retry(&id, &only).await)["retried_count"], 1);
        bench.practice.tick();
        assert_eq!(bench.post(&id).status, PostStatus::Failed);
    }
    let attempts: Vec<_> = bench.post(&id).destinations.iter().map(|one| one.attempts).collect();
    assert_eq!(attempts, [5, 1]);
    let message = "Failed 5 times with the same content: change it first.";
    let code = "permanent_failure_circuit_breaker";
    refused(&bench.retry(&id, &only).await, 422, code, message);
    assert_eq!(bench.practice.violations(), []);
}

#[tokio::test]
async fn an_edit_made_elsewhere_is_seen_and_not_recorded() {
    let bench = Bench::new().await;
    let posteverywhere = bench.posteverywhere();
    let id = bench.scheduled("2026-03-10T08:00:00Z");
    let edit = Edit {
        status: Some(PostStatus::Draft),
        scheduled_for: Some(time("2026-03-11T08:00:00Z")),
        content: Some("Edited".to_owned()),
    };
    assert!(posteverywhere.edit_elsewhere(&id, edit));
    let post = bench.post(&id);
    assert_eq!((post.status, post.content.as_str()), (PostStatus::Draft, "Edited"));
    assert_eq!(bench.times(&id), [Some(time("2026-03-11T08:00:00Z")); 2]);
    assert_eq!(post.updated_at, bench.clock.now());
    assert!(posteverywhere.delete_elsewhere(&id));
    assert!(!posteverywhere.edit_elsewhere(&id, Edit::default()));
    assert!(!posteverywhere.delete_elsewhere(&id));
    assert_eq!(bench.practice.requests(), []);
}
