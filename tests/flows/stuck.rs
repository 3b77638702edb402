//! Trouble stays where it is: a post, or an account, holds up no other.

use std::sync::atomic::Ordering;

use chrono::TimeDelta;
use rundown_core::model::{PostStatus, SyncState};
use rundown_practice::postpost::{Edit, Plan, PostStatus as AtService, SeedPost};
use rundown_practice::{Fault, Match, What};
use serde_json::json;

use crate::desk::{Desk, at, filled};

fn put() -> Match {
    Match::method("PUT")
}

#[tokio::test(start_paused = true)]
async fn a_post_whose_outcome_can_not_be_looked_up_blocks_no_other() {
    let desk = Desk::connected().await;
    let stuck = desk.scheduled("12:00").await;
    let other = desk.scheduled("13:00").await;
    let elsewhere = desk.scheduled("14:00").await;
    desk.practice.fault(Fault::once(put().of_post(&stuck), What::CutBeforeApplying));
    desk.practice.fault(Fault::always(Match::path("get-post").of_post(&stuck), What::Internal500));
    desk.app.reschedule(&desk.id(&stuck), at("15:00")).unwrap();
    desk.app.reschedule(&desk.id(&other), at("16:00")).unwrap();
    let moved = Edit { scheduled_time: Some(at("17:00")), ..Edit::default() };
    desk.practice.postpost().edit_elsewhere(&elsewhere, moved);
    desk.pass(TimeDelta::minutes(7)).await;
    assert_eq!(desk.shown(&other).confirmed.time, Some(at("16:00")));
    assert_eq!(desk.shown(&elsewhere).confirmed.time, Some(at("17:00")), "news still come");
    assert!(matches!(desk.shown(&stuck).sync, SyncState::Sending { note: Some(_), .. }));
    assert!(desk.practice.requests().len() < 60, "{}", desk.practice.requests().len());

    desk.practice.clear_faults();
    desk.pass(TimeDelta::minutes(3)).await;
    assert_eq!(desk.shown(&stuck).confirmed.time, Some(at("15:00")));
}

#[tokio::test(start_paused = true)]
async fn a_post_that_can_not_be_read_before_its_write_blocks_no_other() {
    let mut desk = Desk::connected().await;
    let stuck = desk.scheduled("12:00").await;
    let other = desk.scheduled("13:00").await;
    desk.take_down();
    desk.app.reschedule(&desk.id(&stuck), at("15:00")).unwrap();
    desk.app.reschedule(&desk.id(&other), at("16:00")).unwrap();
    desk.practice.fault(Fault::always(Match::path("get-post").of_post(&stuck), What::Internal500));
    desk.restart().await;
    desk.bring_up();
    desk.pass(TimeDelta::minutes(7)).await;
    assert_eq!(desk.shown(&other).confirmed.time, Some(at("16:00")));
    assert_eq!(desk.shown(&stuck).confirmed.time, Some(at("15:00")), "a list has shown it");
}

#[tokio::test(start_paused = true)]
async fn what_waited_for_a_connection_goes_out_as_soon_as_there_is_one() {
    let desk = Desk::connected().await;
    let post = desk.scheduled("12:00").await;
    desk.take_down();
    desk.app.pause(&desk.id(&post)).unwrap();
    desk.pass(TimeDelta::minutes(20)).await;
    desk.bring_up();
    desk.app.refresh();
    desk.pass(TimeDelta::seconds(5)).await;
    assert_eq!(desk.puts(), [json!({"status": "draft"})]);
}

#[tokio::test(start_paused = true)]
async fn a_flood_of_wishes_does_not_hammer_a_service_that_is_down() {
    let desk = Desk::connected().await;
    let post = desk.scheduled("12:00").await;
    desk.take_down();
    desk.app.reschedule(&desk.id(&post), at("14:00")).unwrap();
    for minute in 10..50 {
        desk.app.reschedule(&desk.id(&post), at(&format!("14:{minute}"))).unwrap();
        desk.pass(TimeDelta::milliseconds(50)).await;
    }
    let in_vain = desk.road.in_vain.load(Ordering::Relaxed);
    assert!(in_vain <= 3, "{in_vain} connections in two seconds");
    desk.bring_up();
    desk.pass(TimeDelta::seconds(10)).await;
    assert_eq!(desk.puts(), [json!({"scheduledTime": "2026-03-10T14:49:00.000Z"})]);
}

#[tokio::test(start_paused = true)]
async fn a_second_accounts_trouble_does_not_slow_the_first() {
    const OTHER: &str = "sk_other.0123456789";
    let desk = Desk::connected().await;
    let post = desk.scheduled("12:00").await;
    desk.practice.postpost().add_user(OTHER, Plan::Pro);
    desk.practice.postpost().add_connection(OTHER, "linkedin-Other", "other", "Other");
    let theirs = desk.practice.postpost().add_post(
        OTHER,
        SeedPost {
            status: AtService::Scheduled,
            scheduled_time: Some(at("11:00")),
            ..filled(SeedPost::default())
        },
    );
    desk.connect(OTHER).await.unwrap();
    desk.settle().await;
    desk.practice.fault(Fault::always(Match::any().of_key(OTHER), What::Delay(29_000)));
    desk.app.reschedule(&desk.id(&theirs), at("13:00")).unwrap();
    desk.app.reschedule(&desk.id(&post), at("14:00")).unwrap();
    desk.settle().await;
    assert_eq!(desk.shown(&post).confirmed.time, Some(at("14:00")));
    assert!(matches!(desk.shown(&theirs).sync, SyncState::Sending { note: None, .. }));
}

#[tokio::test(start_paused = true)]
async fn one_account_has_one_request_under_way_at_most() {
    let desk = Desk::connected().await;
    let mut posts = Vec::new();
    for hour in 12..18 {
        posts.push(desk.scheduled(&format!("{hour}:00")).await);
    }
    desk.practice.fault(Fault::always(Match::any(), What::Delay(700)));
    for post in &posts {
        desk.app.reschedule(&desk.id(post), at("19:00")).unwrap();
        desk.app.refresh();
        desk.pass(TimeDelta::milliseconds(300)).await;
        desk.app.pause(&desk.id(post)).unwrap();
    }
    desk.pass(TimeDelta::minutes(3)).await;
    for post in &posts {
        assert_eq!(desk.at_service(post).status, AtService::Draft);
    }
    assert_eq!(desk.road.most_under_way.load(Ordering::Relaxed), 1);
}

#[tokio::test(start_paused = true)]
async fn a_wish_behind_a_refused_one_is_not_sent_before_looking() {
    let desk = Desk::connected().await;
    let post = desk.scheduled("12:00").await;
    desk.practice.fault(Fault::once(put(), What::Delay(5_000)));
    desk.app.reschedule(&desk.id(&post), at("14:00")).unwrap();
    desk.pass(TimeDelta::seconds(1)).await;
    desk.app.reschedule(&desk.id(&post), at("15:00")).unwrap();
    let published = Edit { status: Some(AtService::Published), ..Edit::default() };
    desk.practice.postpost().edit_elsewhere(&post, published);
    desk.pass(TimeDelta::minutes(1)).await;
    assert_eq!(desk.puts().len(), 1);
    assert_eq!(desk.shown(&post).confirmed.status, PostStatus::Published);
}
