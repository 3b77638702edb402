//! Move, pause and resume, with the service at hand.

use chrono::TimeDelta;
use rundown_core::ErrorCode;
use rundown_core::model::{PostStatus, SyncState};
use serde_json::json;

use crate::desk::{Desk, at};

#[tokio::test(start_paused = true)]
async fn a_drag_becomes_one_put_of_the_time_alone() {
    let desk = Desk::connected().await;
    let post = desk.scheduled("12:00").await;
    desk.app.reschedule(&desk.id(&post), at("14:30")).unwrap();
    desk.settle().await;
    assert_eq!(desk.puts(), [json!({"scheduledTime": "2026-03-10T14:30:00.000Z"})]);
    let shown = desk.shown(&post);
    assert_eq!(shown.sync, SyncState::Synced);
    assert_eq!(shown.confirmed.time, Some(at("14:30")));
}

#[tokio::test(start_paused = true)]
async fn a_pause_sends_the_status_alone_and_remembers_the_time() {
    let desk = Desk::connected().await;
    let post = desk.scheduled("12:00").await;
    desk.app.pause(&desk.id(&post)).unwrap();
    desk.settle().await;
    assert_eq!(desk.puts(), [json!({"status": "draft"})]);
    let shown = desk.shown(&post);
    assert_eq!(shown.confirmed.status, PostStatus::Draft);
    assert_eq!(shown.remembered, Some(at("12:00")));
    assert_eq!(shown.shown().time, None);
}

#[tokio::test(start_paused = true)]
async fn a_resume_sends_status_and_time_together() {
    let desk = Desk::connected().await;
    let post = desk.draft().await;
    desk.app.resume(&desk.id(&post), at("15:00")).unwrap();
    desk.settle().await;
    assert_eq!(
        desk.puts(),
        [json!({"status": "scheduled", "scheduledTime": "2026-03-10T15:00:00.000Z"})]
    );
    assert_eq!(desk.shown(&post).confirmed.status, PostStatus::Scheduled);
}

#[tokio::test(start_paused = true)]
async fn moving_a_draft_is_remembered_here_and_sends_nothing() {
    let desk = Desk::connected().await;
    let post = desk.draft().await;
    let receipt = desk.app.reschedule(&desk.id(&post), at("15:00")).unwrap();
    desk.settle().await;
    assert!(!receipt.will_send);
    assert!(desk.puts().is_empty());
    assert_eq!(desk.shown(&post).remembered, Some(at("15:00")));
}

#[tokio::test(start_paused = true)]
async fn a_time_in_the_past_or_within_the_lead_is_refused_at_the_drop() {
    let desk = Desk::connected().await;
    let post = desk.id(&desk.scheduled("12:00").await);
    let refused = |time| desk.app.reschedule(&post, time).unwrap_err().code;
    assert_eq!(refused(at("07:59")), ErrorCode::PastTime);
    assert_eq!(refused(at("08:01")), ErrorCode::TooLate);
    desk.settle().await;
    assert!(desk.puts().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_published_post_can_not_be_moved() {
    let desk = Desk::connected().await;
    let post = desk.scheduled("08:05").await;
    desk.pass(TimeDelta::minutes(8)).await;
    let error = desk.app.reschedule(&desk.id(&post), at("12:00")).unwrap_err();
    assert_eq!(error.code, ErrorCode::NotEditable);
    assert_eq!(desk.shown(&post).confirmed.status, PostStatus::Published);
}

#[tokio::test(start_paused = true)]
async fn dropping_a_post_where_it_was_sends_nothing() {
    let desk = Desk::connected().await;
    let post = desk.scheduled("12:00").await;
    desk.app.reschedule(&desk.id(&post), at("12:00")).unwrap();
    desk.settle().await;
    assert!(desk.puts().is_empty());
    assert_eq!(desk.shown(&post).sync, SyncState::Synced);
}
