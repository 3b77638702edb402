//! The examples of "Update Post", run as written.

use rundown_practice::publora::{Generation, PostStatus, SeedPost};
use serde_json::Value;

use super::bench::Bench;
use crate::documents::{fixture, run_json};
use crate::kit::{KEY, time};

/// The post that the examples are about.
const ID: &str = "507f1f77bcf86cd799439011";

const GENERATIONS: [Generation; 3] = [Generation::First, Generation::Second, Generation::Current];

async fn bench_with_the_post(generation: Generation, status: PostStatus) -> Bench {
    let bench = Bench::of(generation).await;
    let post = SeedPost {
        content: "From the documents".to_owned(),
        status,
        scheduled_time: Some(time("2026-03-10T08:00:00Z")),
        platforms: vec!["twitter-123".to_owned(), "linkedin-ABC".to_owned()],
        media_urls: Vec::new(),
    };
    bench.publora().add_post_with_id(KEY, ID, post);
    bench
}

fn documented_answer() -> Value {
    serde_json::from_str(&fixture("001-update-post.response.json")).unwrap()
}

/// The documented answer is the first generation's; the current one adds to it.
#[track_caller]
fn assert_as_documented(generation: Generation, mut answer: Value) {
    if generation == Generation::Current {
        let answer = answer.as_object_mut().unwrap();
        assert_eq!(answer.remove("scheduledTime").unwrap(), "2026-03-15T10:00:00.000Z");
        let group = answer["postGroup"].as_object_mut().unwrap();
        assert!(group.remove("content").is_some() && group.remove("platforms").is_some());
    }
    assert_eq!(answer, documented_answer(), "{generation:?}");
}

#[tokio::test]
async fn the_documents_curl_reschedules_the_post_in_every_generation() {
    for generation in GENERATIONS {
        let bench = bench_with_the_post(generation, PostStatus::Scheduled).await;
        let answer = run_json(&bench, "curl/001-reschedule.sh", &[]).await;
        assert_as_documented(generation, answer);
        assert_eq!(bench.post(ID).scheduled_time, Some(time("2026-03-15T10:00:00Z")));
        assert_eq!(bench.practice.violations(), []);
    }
}

#[tokio::test]
async fn the_documents_payloads_are_understood_in_every_generation() {
    for generation in GENERATIONS {
        let bench = bench_with_the_post(generation, PostStatus::Scheduled).await;
        let moved = bench.put(ID, &fixture("001-reschedule.request.json")).await;
        assert_as_documented(generation, moved.json());
        let paused = bench.put(ID, &fixture("001-pause.request.json")).await;
        assert_eq!(paused.json()["postGroup"]["status"], "draft");
        assert_eq!(bench.post(ID).status, PostStatus::Draft);
        let resumed = bench.put(ID, &fixture("001-schedule-draft.request.json")).await.json();
        assert_eq!(resumed["postGroup"]["status"], "scheduled");
        assert_eq!(resumed["postGroup"]["scheduledTime"], "2026-04-01T12:00:00.000Z");
        assert_eq!(bench.post(ID).scheduled_time, Some(time("2026-04-01T12:00:00Z")));
        assert_eq!(bench.practice.violations(), []);
    }
}
