//! What goes wrong on the way, and that it is never worse than it has to be.

use chrono::TimeDelta;
use rundown_core::ErrorCode;
use rundown_core::model::{HealthState, PostStatus, Problem, SyncState};
use rundown_practice::postpost::{Edit, PostStatus as AtService};
use rundown_practice::{Fault, Match, What};
use secrecy::SecretString;
use serde_json::json;

use crate::desk::{Desk, KEY, at};

fn put() -> Match {
    Match::method("PUT")
}

fn problem(sync: &SyncState) -> (Problem, &str) {
    match sync {
        SyncState::NeedsYou { problem, why, .. } => (*problem, why),
        other => panic!("no problem is shown: {other:?}"),
    }
}

#[tokio::test(start_paused = true)]
async fn a_200_that_ignored_the_pause_is_said_loudly() {
    let mut desk = Desk::connected().await;
    let post = desk.scheduled("12:00").await;
    desk.practice.fault(Fault::once(put(), What::StatusIgnored { time_applied: false }));
    desk.news();
    desk.app.pause(&desk.id(&post)).unwrap();
    desk.settle().await;
    let shown = desk.shown(&post);
    let (kind, why) = problem(&shown.sync);
    assert_eq!(kind, Problem::Ignored);
    assert!(why.contains("NOT paused"), "{why}");
    assert_eq!(shown.shown().status, PostStatus::Scheduled);
    let said = desk.news().into_iter().any(|event| {
        matches!(event, rundown_core::events::Event::Notice(notice) if notice.message == why)
    });
    assert!(said, "a closed window hears of it too");
}

#[tokio::test(start_paused = true)]
async fn another_time_than_the_one_asked_for_is_shown_and_said() {
    let desk = Desk::connected().await;
    let post = desk.scheduled("12:00").await;
    desk.practice.fault(Fault::once(put(), What::TimeShifted { minutes: 7 }));
    desk.app.reschedule(&desk.id(&post), at("14:00")).unwrap();
    desk.settle().await;
    let shown = desk.shown(&post);
    assert_eq!(problem(&shown.sync).0, Problem::Shifted);
    assert_eq!(shown.shown().time, Some(at("14:07")));
}

#[tokio::test(start_paused = true)]
async fn a_post_that_went_out_meanwhile_returns_with_the_services_sentence() {
    let desk = Desk::connected().await;
    let post = desk.scheduled("12:00").await;
    let published = Edit { status: Some(AtService::Published), ..Edit::default() };
    desk.practice.postpost().edit_elsewhere(&post, published);
    desk.app.reschedule(&desk.id(&post), at("14:00")).unwrap();
    desk.settle().await;
    let shown = desk.shown(&post);
    let (kind, why) = problem(&shown.sync);
    assert_eq!(kind, Problem::Refused);
    assert!(why.contains("Cannot update post: post is currently in published status"), "{why}");
    assert_eq!(shown.confirmed.status, PostStatus::Published, "it was read again");
}

#[tokio::test(start_paused = true)]
async fn a_write_that_was_applied_before_the_503_is_not_repeated() {
    let desk = Desk::connected().await;
    let post = desk.scheduled("12:00").await;
    desk.practice.fault(Fault::once(put(), What::Unavailable503AfterApplying));
    desk.app.reschedule(&desk.id(&post), at("14:00")).unwrap();
    desk.pass(TimeDelta::minutes(5)).await;
    assert_eq!(desk.puts().len(), 1);
    assert_eq!(desk.shown(&post).sync, SyncState::Synced);
    assert_eq!(desk.shown(&post).confirmed.time, Some(at("14:00")));
}

#[tokio::test(start_paused = true)]
async fn a_cut_after_applying_is_found_out_by_reading() {
    let desk = Desk::connected().await;
    let post = desk.scheduled("12:00").await;
    desk.practice.fault(Fault::once(put(), What::CutAfterApplying));
    desk.app.pause(&desk.id(&post)).unwrap();
    desk.pass(TimeDelta::minutes(5)).await;
    assert_eq!(desk.puts(), [json!({"status": "draft"})]);
    assert_eq!(desk.shown(&post).confirmed.status, PostStatus::Draft);
}

#[tokio::test(start_paused = true)]
async fn a_write_cut_before_applying_is_repeated_only_after_two_reads_half_a_minute_apart() {
    let desk = Desk::connected().await;
    let post = desk.scheduled("12:00").await;
    desk.practice.fault(Fault::once(put(), What::CutBeforeApplying));
    desk.app.reschedule(&desk.id(&post), at("14:00")).unwrap();
    desk.pass(TimeDelta::seconds(25)).await;
    assert_eq!(desk.puts().len(), 1);
    assert!(matches!(desk.shown(&post).sync, SyncState::Sending { .. }));
    desk.pass(TimeDelta::minutes(2)).await;
    let puts = desk.requests("PUT");
    assert_eq!(puts.len(), 2);
    assert!(puts[1].at - puts[0].at >= TimeDelta::seconds(30));
    assert_eq!(desk.shown(&post).confirmed.time, Some(at("14:00")));
}

#[tokio::test(start_paused = true)]
async fn a_change_in_flight_at_a_crash_is_looked_up_before_it_is_repeated() {
    let mut desk = Desk::connected().await;
    let post = desk.scheduled("12:00").await;
    desk.practice.fault(Fault::once(put(), What::DelayAfterApplying(20_000)));
    desk.app.reschedule(&desk.id(&post), at("14:00")).unwrap();
    desk.pass(TimeDelta::seconds(5)).await;
    assert!(matches!(desk.shown(&post).sync, SyncState::Sending { note: None, .. }));
    desk.restart().await;
    desk.pass(TimeDelta::minutes(5)).await;
    assert_eq!(desk.puts().len(), 1);
    assert_eq!(desk.shown(&post).sync, SyncState::Synced);
    assert_eq!(desk.shown(&post).confirmed.time, Some(at("14:00")));
}

#[tokio::test(start_paused = true)]
async fn a_newer_wish_made_while_one_is_under_way_follows_it() {
    let desk = Desk::connected().await;
    let post = desk.scheduled("12:00").await;
    desk.practice.fault(Fault::once(put(), What::Delay(5_000)));
    desk.app.reschedule(&desk.id(&post), at("14:00")).unwrap();
    desk.pass(TimeDelta::seconds(1)).await;
    desk.app.pause(&desk.id(&post)).unwrap();
    assert_eq!(desk.shown(&post).shown().status, PostStatus::Draft);
    desk.pass(TimeDelta::minutes(1)).await;
    assert_eq!(
        desk.puts(),
        [json!({"scheduledTime": "2026-03-10T14:00:00.000Z"}), json!({"status": "draft"})]
    );
    assert_eq!(desk.shown(&post).remembered, Some(at("14:00")));
    assert_eq!(desk.shown(&post).sync, SyncState::Synced);
}

#[tokio::test(start_paused = true)]
async fn a_429_is_waited_out_as_long_as_it_says() {
    let desk = Desk::connected().await;
    let post = desk.scheduled("12:00").await;
    desk.practice.fault(Fault::once(put(), What::TooMany429 { retry_after_secs: 90 }));
    desk.app.reschedule(&desk.id(&post), at("14:00")).unwrap();
    desk.pass(TimeDelta::seconds(85)).await;
    assert_eq!(desk.requests("PUT").len(), 1);
    desk.pass(TimeDelta::seconds(40)).await;
    let puts = desk.requests("PUT");
    assert_eq!(puts.len(), 2);
    assert!(puts[1].at - puts[0].at >= TimeDelta::seconds(90));
}

#[tokio::test(start_paused = true)]
async fn a_refused_key_stops_the_lane_until_it_is_replaced() {
    let desk = Desk::connected().await;
    let post = desk.scheduled("12:00").await;
    desk.practice.fault(Fault::always(Match::any(), What::Unauthorized401));
    desk.app.reschedule(&desk.id(&post), at("14:00")).unwrap();
    desk.pass(TimeDelta::minutes(30)).await;
    let account = desk.connected_accounts().remove(0).account;
    assert_eq!(account.health.state, HealthState::NeedsKey);
    assert_eq!(desk.requests("PUT").len(), 1, "a refused key is not tried again");

    desk.practice.clear_faults();
    let key = SecretString::from(KEY);
    desk.app.replace_key(&account.id, &key, account.key_kept).await.unwrap();
    desk.pass(TimeDelta::minutes(1)).await;
    assert_eq!(desk.shown(&post).confirmed.time, Some(at("14:00")));
}

#[tokio::test(start_paused = true)]
async fn a_plan_limit_is_explained_and_the_card_returns() {
    let desk = Desk::connected().await;
    let post = desk.draft().await;
    desk.practice.fault(Fault::once(put(), What::PlanLimit403));
    desk.app.resume(&desk.id(&post), at("14:00")).unwrap();
    desk.settle().await;
    let shown = desk.shown(&post);
    let (kind, why) = problem(&shown.sync);
    assert_eq!(kind, Problem::PlanLimit);
    assert!(why.contains("are used"), "{why}");
    assert_eq!(shown.shown().status, PostStatus::Draft);
}

#[tokio::test(start_paused = true)]
async fn a_post_paused_elsewhere_is_never_armed_again_without_a_question() {
    let desk = Desk::connected().await;
    let post = desk.scheduled("12:00").await;
    desk.take_down();
    desk.app.reschedule(&desk.id(&post), at("14:00")).unwrap();
    desk.settle().await;
    let paused = Edit { status: Some(AtService::Draft), ..Edit::default() };
    desk.practice.postpost().edit_elsewhere(&post, paused);
    desk.bring_up();
    desk.pass(TimeDelta::minutes(10)).await;
    assert!(desk.puts().is_empty());
    assert!(matches!(desk.shown(&post).sync, SyncState::Conflict { .. }));

    desk.app.resolve_conflict(&desk.id(&post), rundown_core::KeepSide::Mine).unwrap();
    desk.settle().await;
    assert_eq!(
        desk.puts(),
        [json!({"status": "scheduled", "scheduledTime": "2026-03-10T14:00:00.000Z"})]
    );
    assert_eq!(desk.shown(&post).sync, SyncState::Synced);
}

#[tokio::test(start_paused = true)]
async fn a_second_wish_on_a_waiting_one_does_not_hide_that_it_was_paused_elsewhere() {
    let desk = Desk::connected().await;
    let post = desk.scheduled("12:00").await;
    desk.practice.fault(Fault::always(put(), What::TooMany429 { retry_after_secs: 600 }));
    desk.app.reschedule(&desk.id(&post), at("14:00")).unwrap();
    desk.settle().await;
    let paused = Edit { status: Some(AtService::Draft), ..Edit::default() };
    desk.practice.postpost().edit_elsewhere(&post, paused);
    desk.practice.clear_faults();
    desk.app.reschedule(&desk.id(&post), at("15:00")).unwrap();
    desk.pass(TimeDelta::minutes(15)).await;
    assert_eq!(desk.requests("PUT").len(), 1, "only the one that was put off");
    assert!(matches!(desk.shown(&post).sync, SyncState::Conflict { .. }));
}

#[tokio::test(start_paused = true)]
async fn one_stuck_post_blocks_no_other() {
    let desk = Desk::connected().await;
    let stuck = desk.scheduled("12:00").await;
    let other = desk.scheduled("13:00").await;
    desk.practice.fault(Fault::always(put().of_post(&stuck), What::Internal500));
    desk.app.reschedule(&desk.id(&stuck), at("14:00")).unwrap();
    desk.settle().await;
    desk.app.reschedule(&desk.id(&other), at("15:00")).unwrap();
    desk.pass(TimeDelta::minutes(3)).await;
    assert_eq!(desk.shown(&other).confirmed.time, Some(at("15:00")));
    assert!(matches!(
        desk.shown(&stuck).sync,
        SyncState::Sending { .. } | SyncState::Waiting { .. }
    ));
}

#[tokio::test(start_paused = true)]
async fn a_conflict_is_said_to_a_closed_window_too() {
    let mut desk = Desk::connected().await;
    let post = desk.scheduled("12:00").await;
    desk.take_down();
    desk.app.reschedule(&desk.id(&post), at("14:00")).unwrap();
    desk.settle().await;
    let moved = Edit { scheduled_time: Some(at("17:00")), ..Edit::default() };
    desk.practice.postpost().edit_elsewhere(&post, moved);
    desk.news();
    desk.bring_up();
    desk.pass(TimeDelta::minutes(10)).await;
    assert!(matches!(desk.shown(&post).sync, SyncState::Conflict { .. }));
    let problems = desk.problems();
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(problems[0].contains("changed at PostPost"), "{problems:?}");
}

#[tokio::test(start_paused = true)]
async fn a_time_alone_that_met_a_post_paused_just_then_is_said_to_have_no_effect() {
    let desk = Desk::connected().await;
    let post = desk.scheduled("12:00").await;
    let paused = Edit { status: Some(AtService::Draft), ..Edit::default() };
    desk.practice.postpost().edit_elsewhere(&post, paused);
    desk.app.reschedule(&desk.id(&post), at("14:00")).unwrap();
    desk.settle().await;
    let shown = desk.shown(&post);
    assert!(matches!(shown.sync, SyncState::NeedsYou { problem: Problem::Ignored, .. }));
    assert_eq!(shown.shown().status, PostStatus::Draft);
}

#[tokio::test(start_paused = true)]
async fn a_post_that_a_write_does_not_find_is_not_forgotten_while_lists_still_show_it() {
    let desk = Desk::connected().await;
    let post = desk.scheduled("12:00").await;
    desk.practice.fault(Fault::always(Match::path("-post/").of_post(&post), What::NotFound404));
    desk.app.reschedule(&desk.id(&post), at("14:00")).unwrap();
    desk.pass(TimeDelta::minutes(30)).await;
    let shown = desk.shown(&post);
    assert!(matches!(shown.sync, SyncState::NeedsYou { problem: Problem::Gone, .. }));
    assert_eq!(shown.shown().time, Some(at("12:00")));
}

#[tokio::test(start_paused = true)]
async fn a_post_that_a_write_does_not_find_goes_once_lists_have_lost_it_too() {
    let desk = Desk::connected().await;
    let post = desk.scheduled("12:00").await;
    desk.practice.postpost().delete_elsewhere(&post);
    desk.app.reschedule(&desk.id(&post), at("14:00")).unwrap();
    desk.pass(TimeDelta::minutes(1)).await;
    assert_eq!(desk.posts(), []);
}

#[tokio::test(start_paused = true)]
async fn what_was_ignored_or_put_at_another_time_can_be_tried_again() {
    let desk = Desk::connected().await;
    let post = desk.scheduled("12:00").await;
    desk.practice.fault(Fault::once(put(), What::StatusIgnored { time_applied: false }));
    desk.app.pause(&desk.id(&post)).unwrap();
    desk.settle().await;
    assert_eq!(problem(&desk.shown(&post).sync).0, Problem::Ignored);
    desk.app.try_again(&desk.id(&post)).unwrap();
    desk.settle().await;
    assert_eq!(desk.at_service(&post).status, AtService::Draft);
    assert_eq!(desk.shown(&post).sync, SyncState::Synced);

    desk.practice.fault(Fault::once(put(), What::TimeShifted { minutes: 7 }));
    desk.app.resume(&desk.id(&post), at("14:00")).unwrap();
    desk.settle().await;
    let shifted = desk.shown(&post);
    assert_eq!(problem(&shifted.sync).0, Problem::Shifted);
    assert_eq!(shifted.confirmed.time, Some(at("14:07")));
    desk.app.try_again(&desk.id(&post)).unwrap();
    desk.settle().await;
    assert_eq!(desk.shown(&post).confirmed.time, Some(at("14:00")));
    assert_eq!(desk.app.try_again(&desk.id(&post)).unwrap_err().code, ErrorCode::NotFound);
}

#[tokio::test(start_paused = true)]
async fn what_came_too_late_is_not_tried_again_at_the_same_time() {
    let desk = Desk::connected().await;
    let post = desk.scheduled("12:00").await;
    desk.take_down();
    desk.app.reschedule(&desk.id(&post), at("09:00")).unwrap();
    desk.pass(TimeDelta::minutes(59)).await;
    assert_eq!(problem(&desk.shown(&post).sync).0, Problem::TooLate);
    let refused = desk.app.try_again(&desk.id(&post)).unwrap_err();
    assert_eq!(refused.code, ErrorCode::TooLate);
    assert_eq!(problem(&desk.shown(&post).sync).0, Problem::TooLate, "the question stands");
}

#[tokio::test(start_paused = true)]
async fn trying_again_does_not_arm_a_post_that_was_paused_elsewhere_since() {
    let desk = Desk::connected().await;
    let post = desk.scheduled("12:00").await;
    desk.practice.fault(Fault::once(put(), What::PlanLimit403));
    desk.app.reschedule(&desk.id(&post), at("14:00")).unwrap();
    desk.settle().await;
    assert_eq!(problem(&desk.shown(&post).sync).0, Problem::PlanLimit);
    let paused = Edit { status: Some(AtService::Draft), ..Edit::default() };
    desk.practice.postpost().edit_elsewhere(&post, paused);
    desk.app.refresh();
    desk.pass(TimeDelta::minutes(1)).await;
    let refused = desk.app.try_again(&desk.id(&post)).unwrap_err();
    assert_eq!(refused.code, ErrorCode::MovedOn);
    desk.pass(TimeDelta::minutes(1)).await;
    assert_eq!(desk.at_service(&post).status, AtService::Draft);
}

#[tokio::test(start_paused = true)]
async fn trying_again_for_another_time_does_not_arm_what_was_paused_elsewhere_since() {
    let desk = Desk::connected().await;
    let post = desk.draft().await;
    desk.practice.fault(Fault::once(put(), What::TimeShifted { minutes: 7 }));
    desk.app.resume(&desk.id(&post), at("14:00")).unwrap();
    desk.settle().await;
    assert_eq!(problem(&desk.shown(&post).sync).0, Problem::Shifted);
    desk.pass(TimeDelta::minutes(2)).await;
    let paused = Edit { status: Some(AtService::Draft), ..Edit::default() };
    desk.practice.postpost().edit_elsewhere(&post, paused);
    desk.app.refresh();
    desk.pass(TimeDelta::minutes(1)).await;
    assert_eq!(desk.app.try_again(&desk.id(&post)).unwrap_err().code, ErrorCode::MovedOn);
    assert_eq!(desk.at_service(&post).status, AtService::Draft);
}
