//! Undo is a new wish for what was before.

use chrono::TimeDelta;
use rundown_core::ErrorCode;
use rundown_core::model::{Act, PostStatus, SyncState};
use rundown_practice::postpost::{Edit, PostStatus as AtService};
use rundown_practice::{Fault, Match, What};
use serde_json::json;

use crate::desk::{Desk, at};

#[tokio::test(start_paused = true)]
async fn undo_takes_a_move_back_at_the_service() {
    let desk = Desk::connected().await;
    let post = desk.scheduled("12:00").await;
    desk.app.reschedule(&desk.id(&post), at("14:30")).unwrap();
    desk.settle().await;
    desk.app.undo().unwrap();
    desk.settle().await;
    assert_eq!(
        desk.puts(),
        [
            json!({"scheduledTime": "2026-03-10T14:30:00.000Z"}),
            json!({"scheduledTime": "2026-03-10T12:00:00.000Z"}),
        ]
    );
    assert_eq!(desk.shown(&post).confirmed.time, Some(at("12:00")));
}

#[tokio::test(start_paused = true)]
async fn undo_of_a_pause_schedules_with_both_fields() {
    let desk = Desk::connected().await;
    let post = desk.scheduled("12:00").await;
    desk.app.pause(&desk.id(&post)).unwrap();
    desk.settle().await;
    desk.app.undo().unwrap();
    desk.settle().await;
    assert_eq!(
        desk.puts()[1],
        json!({"status": "scheduled", "scheduledTime": "2026-03-10T12:00:00.000Z"})
    );
    assert_eq!(desk.shown(&post).remembered, None);
}

#[tokio::test(start_paused = true)]
async fn undo_of_a_change_that_still_waits_sends_nothing_at_all() {
    let desk = Desk::connected().await;
    let post = desk.scheduled("12:00").await;
    desk.take_down();
    desk.app.reschedule(&desk.id(&post), at("14:30")).unwrap();
    desk.app.undo().unwrap();
    desk.bring_up();
    desk.pass(TimeDelta::minutes(10)).await;
    assert!(desk.puts().is_empty());
    assert_eq!(desk.shown(&post).sync, SyncState::Synced);
}

#[tokio::test(start_paused = true)]
async fn undo_never_goes_back_to_a_time_that_has_passed() {
    let desk = Desk::connected().await;
    let post = desk.scheduled("08:10").await;
    desk.app.reschedule(&desk.id(&post), at("14:30")).unwrap();
    desk.pass(TimeDelta::minutes(15)).await;
    assert_eq!(desk.app.undo().unwrap_err().code, ErrorCode::PastTime);
    desk.settle().await;
    assert_eq!(desk.puts().len(), 1);
    assert_eq!(desk.at_service(&post).scheduled_time, Some(at("14:30")));
}

#[tokio::test(start_paused = true)]
async fn undo_is_refused_where_the_post_has_changed_since() {
    let desk = Desk::connected().await;
    let post = desk.scheduled("12:00").await;
    desk.app.reschedule(&desk.id(&post), at("14:30")).unwrap();
    desk.settle().await;
    let elsewhere = Edit { scheduled_time: Some(at("16:00")), ..Default::default() };
    desk.practice.postpost().edit_elsewhere(&post, elsewhere);
    desk.pass(TimeDelta::minutes(10)).await;
    assert_eq!(desk.app.undo().unwrap_err().code, ErrorCode::MovedOn);
    assert_eq!(desk.app.undo().unwrap_err().code, ErrorCode::NothingToUndo);
}

#[tokio::test(start_paused = true)]
async fn undo_of_a_resume_makes_a_draft_again() {
    let desk = Desk::connected().await;
    let post = desk.draft().await;
    desk.app.resume(&desk.id(&post), at("15:00")).unwrap();
    desk.settle().await;
    desk.app.undo().unwrap();
    desk.settle().await;
    assert_eq!(desk.puts()[1], json!({"status": "draft"}));
    assert_eq!(desk.shown(&post).confirmed.status, PostStatus::Draft);
}

#[tokio::test(start_paused = true)]
async fn undo_while_the_step_is_under_way_follows_it() {
    let desk = Desk::connected().await;
    let post = desk.scheduled("12:00").await;
    desk.practice.fault(Fault::once(Match::method("PUT"), What::CutAfterApplying));
    desk.app.reschedule(&desk.id(&post), at("14:00")).unwrap();
    desk.settle().await;
    desk.app.undo().unwrap();
    assert_eq!(desk.shown(&post).shown().time, Some(at("12:00")));
    desk.pass(TimeDelta::minutes(3)).await;
    assert_eq!(
        desk.puts(),
        [
            json!({"scheduledTime": "2026-03-10T14:00:00.000Z"}),
            json!({"scheduledTime": "2026-03-10T12:00:00.000Z"}),
        ]
    );
    assert_eq!(desk.shown(&post).sync, SyncState::Synced);
}

#[tokio::test(start_paused = true)]
async fn undo_of_a_step_that_never_arrived_sends_nothing_more() {
    let desk = Desk::connected().await;
    let post = desk.scheduled("12:00").await;
    desk.practice.fault(Fault::once(Match::method("PUT"), What::CutBeforeApplying));
    desk.app.reschedule(&desk.id(&post), at("14:00")).unwrap();
    desk.settle().await;
    desk.app.undo().unwrap();
    desk.pass(TimeDelta::minutes(3)).await;
    assert_eq!(desk.puts().len(), 1);
    assert_eq!(desk.shown(&post).sync, SyncState::Synced);
    assert_eq!(desk.at_service(&post).scheduled_time, Some(at("12:00")));
}

#[tokio::test(start_paused = true)]
async fn redo_takes_the_step_again_that_was_undone_and_a_new_step_forgets_it() {
    let desk = Desk::connected().await;
    let post = desk.scheduled("12:00").await;
    desk.app.reschedule(&desk.id(&post), at("14:30")).unwrap();
    desk.settle().await;
    desk.app.pause(&desk.id(&post)).unwrap();
    desk.settle().await;
    desk.app.undo().unwrap();
    desk.settle().await;
    desk.app.undo().unwrap();
    desk.settle().await;
    assert_eq!(desk.shown(&post).confirmed.time, Some(at("12:00")));
    desk.app.redo().unwrap();
    desk.settle().await;
    assert_eq!(desk.shown(&post).confirmed.time, Some(at("14:30")));
    desk.app.redo().unwrap();
    desk.settle().await;
    assert_eq!(desk.at_service(&post).status, AtService::Draft);
    assert_eq!(desk.app.redo().unwrap_err().code, ErrorCode::NothingToRedo);
    desk.app.undo().unwrap();
    desk.settle().await;
    desk.app.reschedule(&desk.id(&post), at("16:00")).unwrap();
    assert_eq!(desk.app.redo().unwrap_err().code, ErrorCode::NothingToRedo);
}

#[tokio::test(start_paused = true)]
async fn redo_never_goes_to_a_time_that_has_passed_and_not_over_what_changed_elsewhere() {
    let desk = Desk::connected().await;
    let post = desk.scheduled("12:00").await;
    desk.app.reschedule(&desk.id(&post), at("09:00")).unwrap();
    desk.settle().await;
    desk.app.undo().unwrap();
    desk.pass(TimeDelta::hours(2)).await;
    assert_eq!(desk.app.redo().unwrap_err().code, ErrorCode::PastTime);
    desk.app.reschedule(&desk.id(&post), at("13:00")).unwrap();
    desk.settle().await;
    desk.app.undo().unwrap();
    desk.settle().await;
    let moved = Edit { scheduled_time: Some(at("18:00")), ..Edit::default() };
    desk.practice.postpost().edit_elsewhere(&post, moved);
    desk.app.refresh();
    desk.pass(TimeDelta::minutes(2)).await;
    assert_eq!(desk.app.redo().unwrap_err().code, ErrorCode::MovedOn);
    assert_eq!(desk.shown(&post).confirmed.time, Some(at("18:00")));
}

#[tokio::test(start_paused = true)]
async fn undoing_a_creation_that_was_not_sent_keeps_its_text_as_a_draft_here() {
    let desk = Desk::connected().await;
    desk.take_down();
    let made = desk.create("Not yet", Some(at("15:00")));
    let receipt = desk.app.undo().unwrap();
    assert!(!receipt.will_send);
    desk.bring_up();
    desk.pass(TimeDelta::minutes(10)).await;
    assert!(desk.requests("POST").is_empty());
    let kept = desk.app.posts(std::slice::from_ref(&made)).unwrap().remove(0);
    assert_eq!((kept.text.as_str(), kept.remembered), ("Not yet", Some(at("15:00"))));
    assert_eq!(desk.app.redo().unwrap_err().code, ErrorCode::MovedOn, "it is not created again");
}

#[tokio::test(start_paused = true)]
async fn undoing_the_resume_of_a_draft_that_was_only_here_makes_it_a_draft_at_its_service() {
    for is_under_way in [false, true] {
        let desk = Desk::connected().await;
        desk.take_down();
        let made = desk.create("Not yet", Some(at("15:00")));
        desk.app.undo().unwrap();
        desk.bring_up();
        desk.practice.fault(Fault::once(Match::method("POST"), What::DelayAfterApplying(3_000)));
        desk.app.resume(&made, at("16:00")).unwrap();
        desk.pass(TimeDelta::seconds(if is_under_way { 1 } else { 60 })).await;
        desk.app.undo().unwrap();
        desk.pass(TimeDelta::minutes(2)).await;
        let shown = desk.app.posts(&[made]).unwrap().remove(0);
        assert_eq!(
            (&shown.confirmed.status, &shown.sync),
            (&PostStatus::Draft, &SyncState::Synced)
        );
        let there = desk.practice.postpost().posts();
        assert_eq!(there.len(), 1);
        assert_eq!(there[0].status, AtService::Draft);
    }
}

#[tokio::test(start_paused = true)]
async fn undoing_a_creation_that_was_sent_deletes_it_after_the_grace_and_redo_stops_that() {
    let desk = Desk::connected().await;
    let create = async |text: &str| {
        let made = desk.create(text, Some(at("15:00")));
        desk.pass(TimeDelta::minutes(1)).await;
        made
    };
    let kept = create("Kept").await;
    desk.app.undo().unwrap();
    desk.app.redo().unwrap();
    desk.pass(TimeDelta::minutes(1)).await;
    let shown = desk.app.posts(std::slice::from_ref(&kept)).unwrap().remove(0);
    assert_eq!((shown.confirmed.status, shown.sync), (PostStatus::Scheduled, SyncState::Synced));
    let gone = create("Gone").await;
    desk.app.undo().unwrap();
    desk.pass(TimeDelta::minutes(1)).await;
    assert!(desk.app.posts(std::slice::from_ref(&gone)).unwrap().is_empty());
    assert_eq!(desk.requests("DELETE").len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_deletion_whose_grace_is_over_and_that_was_not_sent_can_still_be_taken_back() {
    let desk = Desk::connected().await;
    let post = desk.scheduled("12:00").await;
    desk.take_down();
    desk.app.act(&desk.id(&post), Act::Delete).unwrap();
    desk.pass(TimeDelta::minutes(2)).await;
    desk.app.undo().unwrap();
    desk.bring_up();
    desk.pass(TimeDelta::minutes(10)).await;
    assert!(desk.requests("DELETE").is_empty());
    assert_eq!(desk.shown(&post).sync, SyncState::Synced);
}
