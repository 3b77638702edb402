//! `Idempotency-Key`: replays, conflicts, and how long they last.

use chrono::TimeDelta;
use rundown_practice::publora::{Generation, PastTime, PostStatus};
use rundown_practice::{Fault, Match, What};
use serde_json::json;

use super::bench::{Bench, JSON, KEY_HEADER};
use crate::kit::{KEY, TWITTER, time};

const LATER: &str = r#"{"scheduledTime":"2026-03-15T14:00:00.000Z"}"#;
const EVEN_LATER: &str = r#"{"scheduledTime":"2026-03-16T14:00:00.000Z"}"#;
const CONFLICT: &str = "Idempotency key was already used with a different request body";

fn new_post() -> String {
    json!({ "content": "x", "platforms": [TWITTER] }).to_string()
}

#[tokio::test]
async fn a_repeated_creation_is_answered_as_before_and_creates_nothing() {
    let bench = Bench::new().await;
    let first = bench.create_once("k", &new_post()).await;
    let second = bench.create_once("k", &new_post()).await;
    assert_eq!((second.status, second.json()), (200, first.json()));
    assert_eq!(bench.publora().posts().len(), 1);
    let applied: Vec<_> =
        bench.practice.requests().into_iter().map(|request| request.applied).collect();
    assert_eq!(applied, [true, false]);
    bench.create_once("another", &new_post()).await;
    bench.create(&new_post()).await;
    assert_eq!(bench.publora().posts().len(), 3);
    assert_eq!(bench.practice.violations(), []);
}

#[tokio::test]
async fn a_repeated_update_is_not_applied_over_what_came_between() {
    let bench = Bench::new().await;
    let id = bench.scheduled("2026-03-10T08:00:00Z");
    let first = bench.put_once("k", &id, LATER).await;
    bench.put_once("l", &id, r#"{"status":"draft"}"#).await;
    let spaced = r#" { "scheduledTime" : "2026-03-15T14:00:00.000Z" } "#;
    let again = bench.put_once("k", &id, spaced).await;
    assert_eq!((again.status, again.json()), (200, first.json()));
    assert_eq!(bench.post(&id).status, PostStatus::Draft);
}

#[tokio::test]
async fn a_key_with_another_body_post_or_endpoint_conflicts() {
    let bench = Bench::new().await;
    let id = bench.scheduled("2026-03-10T08:00:00Z");
    let other = bench.scheduled("2026-03-11T08:00:00Z");
    bench.put_once("k", &id, LATER).await;
    let code = "IDEMPOTENCY_KEY_CONFLICT";
    bench.put_once("k", &id, EVEN_LATER).await.coded(422, code, CONFLICT);
    bench.put_once("k", &other, LATER).await.coded(422, code, CONFLICT);
    bench.create_once("k", &new_post()).await.coded(422, code, CONFLICT);
    assert_eq!(bench.post(&id).scheduled_time, Some(time("2026-03-15T14:00:00Z")));
    assert_eq!(bench.post(&other).scheduled_time, Some(time("2026-03-11T08:00:00Z")));
    assert_eq!(bench.publora().posts().len(), 2);
}

#[tokio::test]
async fn a_refusal_is_replayed_like_any_other_answer() {
    let bench = Bench::new().await;
    bench.publora().set_past_time(PastTime::Strict);
    let id = bench.scheduled("2026-03-10T08:00:00Z");
    bench.publora().set_version_conflict_once();
    let refused = bench.put_once("k", &id, LATER).await;
    assert_eq!(refused.status, 409);
    let again = bench.put_once("k", &id, LATER).await;
    assert_eq!((again.status, again.json()), (409, refused.json()));
    assert_eq!(bench.put_once("l", &id, LATER).await.status, 200);
}

#[tokio::test]
async fn a_write_whose_answer_was_lost_is_answered_by_its_key() {
    let bench = Bench::new().await;
    let id = bench.scheduled("2026-03-10T08:00:00Z");
    let lost = What::Unavailable503AfterApplying;
    bench.practice.fault(Fault::once(Match::method("PUT"), lost));
    assert_eq!(bench.put_once("k", &id, LATER).await.status, 503);
    let again = bench.put_once("k", &id, LATER).await;
    assert_eq!(
        (again.status, &again.json()["scheduledTime"]),
        (200, &json!("2026-03-15T14:00:00.000Z"))
    );
    let applied: Vec<_> =
        bench.practice.requests().into_iter().map(|request| request.applied).collect();
    assert_eq!(applied, [true, false]);
}

#[tokio::test]
async fn a_write_that_failed_before_applying_leaves_its_key_unused() {
    let bench = Bench::new().await;
    let id = bench.scheduled("2026-03-10T08:00:00Z");
    bench.practice.fault(Fault::once(Match::method("PUT"), What::Internal500));
    assert_eq!(bench.put_once("k", &id, LATER).await.status, 500);
    assert_eq!(bench.put_once("k", &id, LATER).await.status, 200);
    assert_eq!(bench.post(&id).scheduled_time, Some(time("2026-03-15T14:00:00Z")));
}

#[tokio::test]
async fn an_ordered_request_in_flight_is_met_once() {
    let bench = Bench::new().await;
    let id = bench.scheduled("2026-03-10T08:00:00Z");
    bench.publora().set_idempotency_in_flight_once();
    assert_eq!(bench.put(&id, EVEN_LATER).await.status, 200);
    let sentence = "A request with this idempotency key is still in flight";
    bench.put_once("k", &id, LATER).await.coded(409, "IDEMPOTENCY_IN_FLIGHT", sentence);
    assert_eq!(bench.post(&id).scheduled_time, Some(time("2026-03-16T14:00:00Z")));
    assert_eq!(bench.put_once("k", &id, LATER).await.status, 200);
    assert_eq!(bench.post(&id).scheduled_time, Some(time("2026-03-15T14:00:00Z")));
}

#[tokio::test]
async fn a_key_is_forgotten_after_24_hours() {
    let bench = Bench::new().await;
    let first = bench.create_once("k", &new_post()).await.json();
    bench.clock.advance(TimeDelta::hours(24) - TimeDelta::seconds(1));
    assert_eq!(bench.create_once("k", &new_post()).await.json(), first);
    bench.clock.advance(TimeDelta::seconds(1));
    let second = bench.create_once("k", &new_post()).await.json();
    assert_ne!(second["postGroupId"], first["postGroupId"]);
    assert_eq!(bench.publora().posts().len(), 2);
}

#[tokio::test]
async fn keys_of_two_acting_users_never_collide() {
    let bench = Bench::new().await;
    let managed = "64b1f77bcf86cd7994390aaa";
    bench.publora().add_managed_user(KEY, managed);
    bench.create_once("k", &new_post()).await;
    let headers = [KEY_HEADER, JSON, ("idempotency-key", "k"), ("x-publora-user-id", managed)];
    let body = json!({ "content": "y", "platforms": [TWITTER] }).to_string();
    let other = bench.send("POST", "/create-post", &headers, &body).await;
    assert_eq!(other.status, 200);
    assert_eq!(bench.publora().posts().len(), 2);
}

#[tokio::test]
async fn the_earlier_generations_pass_a_key_over() {
    for generation in [Generation::First, Generation::Second] {
        let bench = Bench::of(generation).await;
        let first = bench.create_once("k", &new_post()).await.json();
        let second = bench.create_once("k", &new_post()).await.json();
        assert_ne!(first["postGroupId"], second["postGroupId"]);
        assert_eq!(bench.publora().posts().len(), 2);
    }
}
