//! Clocks: sleep, clocks that disagree, and times that are past when their turn comes.

use chrono::TimeDelta;
use rundown_core::ErrorCode;
use rundown_core::model::{Act, PostStatus, Problem, SyncState};
use rundown_practice::postpost::{Edit, PastTime, PostStatus as AtService, TimeOnDraft};
use rundown_practice::{Fault, Match, What};
use serde_json::json;

use crate::desk::{Desk, at};
use crate::offices::{connect, one_post_each, publora_form};

fn put() -> Match {
    Match::method("PUT")
}

fn is_too_late(desk: &Desk, post: &str) -> bool {
    matches!(desk.shown(post).sync, SyncState::NeedsYou { problem: Problem::TooLate, .. })
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_came_over_a_sleep_is_not_believed_but_looked_up() {
    let desk = Desk::connected().await;
    let post = desk.scheduled("12:00").await;
    desk.practice.fault(Fault::once(put(), What::DelayAfterApplying(5_000)));
    desk.app.reschedule(&desk.id(&post), at("14:00")).unwrap();
    desk.pass(TimeDelta::seconds(1)).await;
    let moved = Edit { scheduled_time: Some(at("17:00")), ..Edit::default() };
    desk.practice.postpost().edit_elsewhere(&post, moved);
    desk.clock.jump(TimeDelta::hours(2));
    desk.pass(TimeDelta::minutes(2)).await;
    assert_eq!(desk.puts().len(), 1);
    assert_eq!(desk.shown(&post).confirmed.time, Some(at("17:00")));
    assert!(matches!(desk.shown(&post).sync, SyncState::Conflict { .. }));
}

#[tokio::test(start_paused = true)]
async fn a_read_that_slept_is_not_good_enough_to_write_on() {
    let mut desk = Desk::connected().await;
    let post = desk.scheduled("12:00").await;
    desk.take_down();
    desk.app.reschedule(&desk.id(&post), at("14:00")).unwrap();
    desk.restart().await;
    desk.practice.fault(Fault::once(Match::path("list-posts"), What::DelayAfterApplying(20_000)));
    desk.bring_up();
    desk.app.refresh();
    desk.pass(TimeDelta::seconds(10)).await;
    let paused = Edit { status: Some(AtService::Draft), ..Edit::default() };
    desk.practice.postpost().edit_elsewhere(&post, paused);
    desk.clock.jump(TimeDelta::hours(1));
    desk.pass(TimeDelta::minutes(5)).await;
    assert!(desk.puts().is_empty());
    assert!(matches!(desk.shown(&post).sync, SyncState::Conflict { .. }));
}

#[tokio::test(start_paused = true)]
async fn after_a_sleep_the_post_is_read_before_it_is_written() {
    let desk = Desk::connected().await;
    let post = desk.scheduled("12:00").await;
    let paused = Edit { status: Some(AtService::Draft), ..Edit::default() };
    desk.practice.postpost().edit_elsewhere(&post, paused);
    desk.clock.jump(TimeDelta::hours(1));
    desk.app.reschedule(&desk.id(&post), at("14:00")).unwrap();
    desk.pass(TimeDelta::minutes(1)).await;
    assert!(desk.puts().is_empty());
    assert!(matches!(desk.shown(&post).sync, SyncState::Conflict { .. }));
}

#[tokio::test(start_paused = true)]
async fn a_clock_that_is_set_back_stops_no_news_and_makes_no_old_read_fresh() {
    let desk = Desk::connected().await;
    let post = desk.scheduled("12:00").await;
    desk.clock.jump(TimeDelta::hours(-1));
    let paused = Edit { status: Some(AtService::Draft), ..Edit::default() };
    desk.practice.postpost().edit_elsewhere(&post, paused);
    desk.pass(TimeDelta::minutes(1)).await;
    assert_eq!(desk.shown(&post).confirmed.status, PostStatus::Draft);
}

#[tokio::test(start_paused = true)]
async fn a_time_that_has_passed_by_the_services_clock_is_refused_at_the_drop() {
    let desk = Desk::connected().await;
    *desk.road.ahead.lock().unwrap() = TimeDelta::hours(1);
    let post = desk.scheduled("12:00").await;
    let refused = |time| desk.app.reschedule(&desk.id(&post), at(time)).unwrap_err().code;
    assert_eq!(refused("08:59"), ErrorCode::PastTime);
    assert_eq!(refused("09:01"), ErrorCode::TooLate);
    desk.app.reschedule(&desk.id(&post), at("09:10")).unwrap();
    desk.settle().await;
    assert_eq!(desk.puts().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_clock_that_turns_out_to_be_behind_is_noticed_before_anything_is_sent() {
    let mut desk = Desk::connected().await;
    let post = desk.scheduled("12:00").await;
    desk.restart().await;
    desk.take_down();
    desk.app.reschedule(&desk.id(&post), at("08:30")).unwrap();
    *desk.road.ahead.lock().unwrap() = TimeDelta::hours(1);
    desk.pass(TimeDelta::minutes(6)).await;
    desk.bring_up();
    desk.pass(TimeDelta::minutes(6)).await;
    assert!(desk.puts().is_empty());
    assert!(is_too_late(&desk, &post));
}

#[tokio::test(start_paused = true)]
async fn a_time_that_passed_on_the_way_is_never_sent_whatever_the_service_makes_of_such_times() {
    for past_time in [PastTime::Now, PastTime::Refuse] {
        let desk = Desk::connected().await;
        desk.practice.postpost().set_past_time(past_time);
        let moved = desk.scheduled("12:00").await;
        let resumed = desk.draft().await;
        desk.take_down();
        desk.app.reschedule(&desk.id(&moved), at("08:30")).unwrap();
        desk.app.resume(&desk.id(&resumed), at("08:31")).unwrap();
        desk.pass(TimeDelta::minutes(40)).await;
        desk.bring_up();
        desk.pass(TimeDelta::minutes(10)).await;
        assert!(desk.puts().is_empty(), "{past_time:?}");
        assert!(is_too_late(&desk, &moved) && is_too_late(&desk, &resumed), "{past_time:?}");
        assert_eq!(desk.at_service(&moved).scheduled_time, Some(at("12:00")));
        assert_eq!(desk.at_service(&resumed).status, AtService::Draft);
    }
}

#[tokio::test(start_paused = true)]
async fn a_draft_stays_one_whatever_the_service_makes_of_a_time_alone() {
    for time_on_draft in [TimeOnDraft::StaysDraft, TimeOnDraft::Arms] {
        let desk = Desk::connected().await;
        desk.practice.postpost().set_time_on_draft(time_on_draft);
        let post = desk.scheduled("12:00").await;
        desk.app.pause(&desk.id(&post)).unwrap();
        desk.settle().await;
        desk.app.reschedule(&desk.id(&post), at("15:00")).unwrap();
        desk.pass(TimeDelta::minutes(10)).await;
        assert_eq!(desk.puts(), [json!({"status": "draft"})], "{time_on_draft:?}");
        assert_eq!(desk.at_service(&post).status, AtService::Draft, "{time_on_draft:?}");
        assert_eq!(desk.shown(&post).remembered, Some(at("15:00")));

        desk.app.resume(&desk.id(&post), at("15:00")).unwrap();
        desk.settle().await;
        assert_eq!(desk.shown(&post).sync, SyncState::Synced, "{time_on_draft:?}");
        assert_eq!(desk.at_service(&post).scheduled_time, Some(at("15:00")));
    }
}

#[tokio::test(start_paused = true)]
async fn a_change_that_can_not_be_sent_for_want_of_a_key_becomes_a_question_in_time() {
    let mut desk = Desk::connected().await;
    let post = desk.scheduled("12:00").await;
    desk.practice.fault(Fault::always(Match::any(), What::Unauthorized401));
    desk.app.refresh();
    desk.settle().await;
    desk.app.reschedule(&desk.id(&post), at("09:00")).unwrap();
    desk.news();
    desk.pass(TimeDelta::minutes(57)).await;
    assert!(matches!(desk.shown(&post).sync, SyncState::Waiting { .. }));
    desk.pass(TimeDelta::minutes(2)).await;
    assert!(is_too_late(&desk, &post));
    assert_eq!(desk.shown(&post).shown().time, Some(at("12:00")));
    assert_eq!(desk.problems().len(), 1, "a closed window hears of it too");
    assert!(desk.puts().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_creation_is_not_sent_before_it_is_known_what_time_it_is_at_the_service() {
    let mut desk = Desk::bare();
    one_post_each(&desk);
    connect(&desk, publora_form()).await;
    desk.pass(TimeDelta::seconds(5)).await;
    desk.take_down();
    let post = desk.create("Over by then", Some(at("08:30")));
    *desk.road.ahead.lock().unwrap() = TimeDelta::minutes(25);
    desk.restart().await;
    desk.pass(TimeDelta::minutes(6)).await;
    desk.bring_up();
    desk.pass(TimeDelta::minutes(6)).await;
    assert!(desk.requests("POST").is_empty());
    let shown = desk.app.posts(&[post]).unwrap().remove(0);
    assert!(
        matches!(shown.sync, SyncState::NeedsYou { problem: Problem::TooLate, .. }),
        "{shown:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn nothing_waits_for_a_time_that_was_meant_by_a_clock_that_is_set_back() {
    let waits = [What::TooMany429 { retry_after_secs: 60 }, What::CutBeforeApplying];
    for what in waits {
        let desk = Desk::connected().await;
        let post = desk.scheduled("12:00").await;
        desk.practice.fault(Fault::once(put(), what.clone()));
        desk.app.pause(&desk.id(&post)).unwrap();
        desk.pass(TimeDelta::seconds(2)).await;
        desk.clock.jump(TimeDelta::hours(-2));
        desk.pass(TimeDelta::minutes(5)).await;
        assert_eq!(desk.at_service(&post).status, AtService::Draft, "after {what:?}");
    }
    let desk = Desk::connected().await;
    let post = desk.draft().await;
    desk.app.act(&desk.id(&post), Act::Delete).unwrap();
    desk.pass(TimeDelta::seconds(2)).await;
    desk.clock.jump(TimeDelta::hours(-2));
    desk.pass(TimeDelta::minutes(5)).await;
    assert_eq!(desk.practice.postpost().post(&post), None);
}
