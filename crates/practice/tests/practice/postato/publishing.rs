//! The scheduler.

use chrono::TimeDelta;
use rundown_practice::postato::{AccountStatus, PostStatus};
use serde_json::json;

use super::kit::{Bench, PUBLISH, TWITTER};

const DUE: &str = "2026-03-02T09:05:00Z";

#[tokio::test]
async fn a_post_goes_out_when_its_time_has_come_and_not_before() {
    let bench = Bench::new().await;
    let id = bench.scheduled(DUE);
    let draft = bench.seed(PostStatus::Draft, Some(DUE));
    bench.clock.advance(TimeDelta::seconds(299));
    bench.practice.tick();
    assert_eq!(bench.status(&id), PostStatus::Scheduled);
    bench.clock.advance(TimeDelta::seconds(1));
    bench.practice.tick();
    let post = bench.post(&id);
    assert_eq!((post.status, post.updated_at), (PostStatus::Published, bench.clock.now()));
    assert!(post.publication.unwrap().url.starts_with("https://twitter.example/"));
    assert_eq!(bench.status(&draft), PostStatus::Draft);
}

#[tokio::test]
async fn a_publication_that_takes_time_is_queued_and_then_publishing() {
    let bench = Bench::new().await;
    bench.postato().set_publishing_takes(TimeDelta::seconds(120));
    let id = bench.scheduled("2026-03-02T09:00:00Z");
    for expected in [PostStatus::Queued, PostStatus::Publishing, PostStatus::Published] {
        bench.practice.tick();
        assert_eq!(bench.status(&id), expected);
        bench.clock.advance(TimeDelta::seconds(60));
    }
}

#[tokio::test]
async fn a_queued_post_can_still_be_deleted_and_does_not_go_out() {
    let bench = Bench::new().await;
    bench.postato().set_publishing_takes(TimeDelta::seconds(120));
    let id = bench.scheduled("2026-03-02T09:00:00Z");
    bench.practice.tick();
    assert_eq!(bench.delete(&id).await.status, 200);
    bench.clock.advance(TimeDelta::seconds(120));
    bench.practice.tick();
    assert_eq!(bench.status(&id), PostStatus::Cancelled);
}

#[tokio::test]
async fn an_ordered_failure_fails_one_publication_on_that_platform_or_account() {
    for target in ["twitter", TWITTER] {
        let bench = Bench::new().await;
        bench.postato().fail_next_publication(target);
        let ids = [bench.scheduled(DUE), bench.scheduled(DUE)];
        bench.clock.advance(TimeDelta::minutes(5));
        bench.practice.tick();
        assert_eq!(ids.map(|id| bench.status(&id)), [PostStatus::Failed, PostStatus::Published]);
    }
}

#[tokio::test]
async fn nothing_goes_out_on_an_account_that_has_to_be_connected_again() {
    let bench = Bench::new().await;
    let id = bench.scheduled(DUE);
    assert!(bench.postato().set_account_status(TWITTER, AccountStatus::TokenExpired));
    bench.clock.advance(TimeDelta::minutes(5));
    bench.practice.tick();
    let post = bench.get(&format!("/posts/{id}")).await.json();
    assert_eq!(post["status"], "failed");
    assert_eq!(post["error"], json!("The account has to be connected again"));
}

#[tokio::test]
async fn a_post_published_by_hand_does_not_go_out_again_at_its_time() {
    let bench = Bench::new().await;
    let id = bench.scheduled(DUE);
    bench.postato().expect_publish();
    bench.patch(&id, PUBLISH).await;
    bench.practice.tick();
    let published = bench.post(&id);
    bench.clock.advance(TimeDelta::minutes(5));
    bench.practice.tick();
    assert_eq!(bench.post(&id), published);
}
