//! The scheduler, on a clock that moves when told to, and on the machine's.

use std::net::Ipv4Addr;
use std::time::Duration;

use chrono::TimeDelta;
use rundown_practice::postpost::{Plan, PlatformStatus, PostStatus, ProcessingStatus, SeedPost};
use rundown_practice::{Clock, Practice};
use tokio::time::{sleep, timeout};

use super::kit::{Bench, KEY, LINKEDIN, TWITTER, start};

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
    assert_eq!(post.status, PostStatus::Published);
    assert_eq!(post.processing_status, ProcessingStatus::Finished);
    assert_eq!(post.updated_at, bench.clock.now());
    assert!(post.platforms.iter().all(|platform| platform.posted_id.is_some()));
    assert_eq!(bench.post(&draft).status, PostStatus::Draft);
    let connections = bench.get("/platform-connections").await.json();
    let last = &connections["connections"][0]["lastSuccessfulPost"];
    assert_eq!(last, "2026-03-02T09:05:00.000Z");
}

#[tokio::test]
async fn a_publication_that_takes_time_is_pending_and_processing_meanwhile() {
    let bench = Bench::new().await;
    bench.postpost().set_publishing_takes(TimeDelta::seconds(90));
    let id = bench.scheduled("2026-03-02T09:00:00Z");
    bench.practice.tick();
    let post = bench.post(&id);
    assert_eq!(post.status, PostStatus::Scheduled);
    assert_eq!(post.processing_status, ProcessingStatus::Processing);
    let statuses: Vec<_> = post.platforms.iter().map(|platform| platform.status).collect();
    assert_eq!(statuses, [PlatformStatus::Processing, PlatformStatus::Pending]);
    bench.clock.advance(TimeDelta::seconds(60));
    bench.practice.tick();
    assert_eq!(bench.post(&id).status, PostStatus::Scheduled);
    bench.clock.advance(TimeDelta::seconds(60));
    bench.practice.tick();
    assert_eq!(bench.post(&id).status, PostStatus::Published);
}

#[tokio::test]
async fn an_ordered_failure_fails_one_publication_on_that_platform() {
    let bench = Bench::new().await;
    bench.postpost().fail_next_publication("linkedin");
    let ids = [bench.scheduled("2026-03-02T09:00:00Z"), bench.scheduled("2026-03-02T09:00:00Z")];
    bench.practice.tick();
    let mut statuses = ids.map(|id| format!("{:?}", bench.post(&id).status));
    statuses.sort_unstable();
    assert_eq!(statuses, ["PartiallyPublished", "Published"]);
    let connections = bench.get("/platform-connections").await.json();
    let error = &connections["connections"][1]["lastError"];
    assert_eq!(error["message"], "Error validating access token");
    assert_eq!(error["occurredAt"], "2026-03-02T09:00:00.000Z");
}

#[tokio::test]
async fn a_post_that_fails_on_every_platform_has_failed() {
    let bench = Bench::new().await;
    bench.postpost().fail_next_publication(TWITTER);
    bench.postpost().fail_next_publication(LINKEDIN);
    let id = bench.scheduled("2026-03-02T09:00:00Z");
    bench.practice.tick();
    let post = bench.post(&id);
    assert_eq!(post.status, PostStatus::Failed);
    let error = post.platforms[0].error.as_ref().unwrap();
    assert_eq!((error.code.as_str(), error.failed_at), ("PLATFORM_AUTH_EXPIRED", start()));
}

#[tokio::test]
async fn on_a_system_clock_a_new_minute_publishes_what_is_due() {
    let clock = Clock::system();
    let practice = Practice::new(clock.clone());
    let postpost = practice.postpost();
    postpost.add_user(KEY, Plan::Pro);
    let post = SeedPost {
        content: "Soon".to_owned(),
        status: PostStatus::Scheduled,
        scheduled_time: Some(clock.now() + TimeDelta::minutes(30)),
        platforms: vec![TWITTER.to_owned()],
        media_urls: Vec::new(),
    };
    let id = postpost.add_post(KEY, post);
    let running = practice.serve((Ipv4Addr::LOCALHOST, 0).into()).await.unwrap();
    let status = || postpost.post(&id).unwrap().status;
    assert_eq!(status(), PostStatus::Scheduled);
    clock.advance(TimeDelta::minutes(31));
    let published = async {
        while status() != PostStatus::Published {
            sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(Duration::from_secs(10), published).await.unwrap();
    running.stop().await;
}
