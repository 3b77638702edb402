//! Destinations with a time of their own, which the scheduler goes by.

use rundown_practice::posteverywhere::{DestinationStatus, PostStatus};
use serde_json::json;

use super::kit::{Bench, INSTAGRAM, LATER, LINKEDIN, PAUSE, X, data, refused};
use crate::kit::time;

/// A post that was moved to 15 March, of which Instagram still goes out on the 10th.
async fn bench_with_one_left_behind() -> (Bench, String) {
    let bench = Bench::new().await;
    let id = bench.scheduled("2026-03-10T08:00:00Z");
    bench.posteverywhere().leave_behind_next(INSTAGRAM);
    let answer = data(&bench.patch(&id, LATER).await);
    assert_eq!(answer["scheduled_for"], "2026-03-15T14:00:00.000Z");
    assert_eq!(answer["destinations"][0]["scheduled_for"], "2026-03-10T08:00:00.000Z");
    assert_eq!(answer["destinations"][1]["scheduled_for"], "2026-03-15T14:00:00.000Z");
    (bench, id)
}

#[tokio::test]
async fn a_destination_left_behind_follows_the_next_update() {
    let (bench, id) = bench_with_one_left_behind().await;
    bench.patch(&id, LATER).await;
    assert_eq!(bench.times(&id), [Some(time("2026-03-15T14:00:00Z")); 2]);
}

#[tokio::test]
async fn leaving_behind_waits_for_an_update_of_a_time_with_that_account() {
    let bench = Bench::new().await;
    let id = bench.scheduled("2026-03-10T08:00:00Z");
    bench.posteverywhere().leave_behind_next(X);
    bench.posteverywhere().leave_behind_next(LINKEDIN);
    bench.patch(&id, r#"{"content":"Edited"}"#).await;
    bench.patch(&id, LATER).await;
    let [former, new] = [time("2026-03-10T08:00:00Z"), time("2026-03-15T14:00:00Z")];
    assert_eq!(bench.times(&id), [Some(new), Some(former)]);
}

#[tokio::test]
async fn each_destination_goes_out_at_its_own_time() {
    let (bench, id) = bench_with_one_left_behind().await;
    bench.clock.set(time("2026-03-10T08:00:00Z"));
    bench.practice.tick();
    assert_eq!(bench.statuses(&id), [DestinationStatus::Published, DestinationStatus::Queued]);
    assert_eq!(bench.post(&id).status, PostStatus::Scheduled);
    bench.clock.set(time("2026-03-15T14:00:00Z"));
    bench.practice.tick();
    assert_eq!(bench.statuses(&id), [DestinationStatus::Published; 2]);
    assert_eq!(bench.post(&id).status, PostStatus::Published);
}

#[tokio::test]
async fn what_went_out_stays_so_and_its_account_cannot_be_removed() {
    let (bench, id) = bench_with_one_left_behind().await;
    bench.clock.set(time("2026-03-10T08:00:00Z"));
    bench.practice.tick();
    let without = bench.patch(&id, &json!({ "account_ids": [LINKEDIN] }).to_string()).await;
    let message = "Accounts already published to cannot be removed.";
    refused(&without, 400, "validation_error", message);
    let with = json!({ "account_ids": [X, INSTAGRAM] }).to_string();
    assert_eq!(data(&bench.patch(&id, &with).await)["account_ids"], json!([X, INSTAGRAM]));
    data(&bench.patch(&id, r#"{"scheduled_for":"2026-03-20T14:00:00Z"}"#).await);
    let times = [Some(time("2026-03-20T14:00:00Z")), Some(time("2026-03-10T08:00:00Z"))];
    assert_eq!(bench.times(&id), times);
    assert_eq!(data(&bench.patch(&id, PAUSE).await)["status"], "draft");
    assert_eq!(bench.statuses(&id), [DestinationStatus::Queued, DestinationStatus::Published]);
    let message = "Cannot delete a post that has already been published. Delete it from the \
                   platform directly.";
    refused(&bench.delete(&id).await, 409, "post_already_published", message);
}
