//! The same with no network: changes wait visibly and go out in order once the service answers.

use chrono::TimeDelta;
use rundown_core::model::{PostStatus, SyncState};
use rundown_practice::{Fault, Match, What};
use serde_json::json;

use crate::desk::{Desk, at};
use crate::offices::{connect, one_post_each, publora_form};

#[tokio::test(start_paused = true)]
async fn a_change_made_offline_waits_visibly_and_goes_out_once() {
    let desk = Desk::connected().await;
    let post = desk.scheduled("12:00").await;
    desk.take_down();
    desk.app.reschedule(&desk.id(&post), at("14:30")).unwrap();
    desk.pass(TimeDelta::minutes(20)).await;
    let shown = desk.shown(&post);
    assert!(matches!(shown.sync, SyncState::Waiting { .. }), "{:?}", shown.sync);
    assert_eq!(shown.shown().time, Some(at("14:30")));
    assert_eq!(shown.confirmed.time, Some(at("12:00")));
    assert_eq!(desk.app.open_change_count().unwrap(), 1);

    desk.bring_up();
    desk.pass(TimeDelta::minutes(10)).await;
    assert_eq!(desk.puts(), [json!({"scheduledTime": "2026-03-10T14:30:00.000Z"})]);
    assert_eq!(desk.shown(&post).sync, SyncState::Synced);
}

#[tokio::test(start_paused = true)]
async fn a_pause_absorbs_a_move_that_waits_and_no_time_follows_it() {
    let desk = Desk::connected().await;
    let post = desk.scheduled("12:00").await;
    desk.take_down();
    desk.app.reschedule(&desk.id(&post), at("14:30")).unwrap();
    desk.pass(TimeDelta::minutes(1)).await;
    desk.app.pause(&desk.id(&post)).unwrap();
    desk.app.reschedule(&desk.id(&post), at("16:00")).unwrap();
    desk.bring_up();
    desk.pass(TimeDelta::minutes(10)).await;
    assert_eq!(desk.puts(), [json!({"status": "draft"})]);
    let shown = desk.shown(&post);
    assert_eq!(shown.confirmed.status, PostStatus::Draft);
    assert_eq!(shown.remembered, Some(at("16:00")));
}

#[tokio::test(start_paused = true)]
async fn a_change_survives_a_crash_and_is_sent_once() {
    let mut desk = Desk::connected().await;
    let post = desk.scheduled("12:00").await;
    desk.take_down();
    desk.app.reschedule(&desk.id(&post), at("14:30")).unwrap();
    desk.restart().await;
    assert!(matches!(desk.shown(&post).sync, SyncState::Waiting { .. }));
    desk.bring_up();
    desk.pass(TimeDelta::minutes(10)).await;
    assert_eq!(desk.puts(), [json!({"scheduledTime": "2026-03-10T14:30:00.000Z"})]);
}

#[tokio::test(start_paused = true)]
async fn a_change_that_came_too_late_is_never_sent() {
    let desk = Desk::connected().await;
    let post = desk.scheduled("12:00").await;
    desk.take_down();
    desk.app.reschedule(&desk.id(&post), at("08:30")).unwrap();
    desk.pass(TimeDelta::minutes(29)).await;
    desk.bring_up();
    desk.pass(TimeDelta::minutes(10)).await;
    assert!(desk.puts().is_empty());
    let shown = desk.shown(&post);
    assert!(matches!(shown.sync, SyncState::NeedsYou { .. }), "{:?}", shown.sync);
    assert_eq!(shown.shown().time, Some(at("12:00")), "the card is back where it goes out");
}

#[tokio::test(start_paused = true)]
async fn pauses_go_first_and_then_what_is_due_soonest() {
    let desk = Desk::connected().await;
    let late = desk.scheduled("18:00").await;
    let soon = desk.scheduled("09:00").await;
    let paused = desk.scheduled("20:00").await;
    desk.take_down();
    desk.app.reschedule(&desk.id(&late), at("19:00")).unwrap();
    desk.app.reschedule(&desk.id(&soon), at("09:30")).unwrap();
    desk.app.pause(&desk.id(&paused)).unwrap();
    desk.bring_up();
    desk.pass(TimeDelta::minutes(10)).await;
    assert_eq!(
        desk.puts(),
        [
            json!({"status": "draft"}),
            json!({"scheduledTime": "2026-03-10T09:30:00.000Z"}),
            json!({"scheduledTime": "2026-03-10T19:00:00.000Z"}),
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn an_older_wish_that_comes_too_late_does_not_hide_what_a_newer_one_asks() {
    let desk = Desk::bare();
    let [_, remote, ..] = one_post_each(&desk);
    connect(&desk, publora_form()).await;
    desk.pass(TimeDelta::seconds(5)).await;
    let post = desk.id(&remote);
    desk.practice.fault(Fault::once(Match::method("PUT"), What::CutBeforeApplying));
    desk.app.reschedule(&post, at("08:04")).unwrap();
    desk.pass(TimeDelta::seconds(3)).await;
    // What became of the first is found out after the second came too late.
    desk.take_down();
    desk.app.edit_text(&post, "Better words".to_owned()).unwrap();
    desk.pass(TimeDelta::minutes(4)).await;
    desk.bring_up();
    desk.pass(TimeDelta::minutes(8)).await;
    match desk.shown(&remote).sync {
        SyncState::NeedsYou { wanted, .. } => {
            assert_eq!(wanted.text.as_deref(), Some("Better words"));
        }
        other => panic!("nothing is asked: {other:?}"),
    }
}
