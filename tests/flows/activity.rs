//! Activity: each change, what became of it, and what can be done about it.

use chrono::TimeDelta;
use rundown_core::model::{Act, ChangeState, Problem};
use rundown_core::{ActivityEntry, ActivityFilter, ErrorCode};
use rundown_practice::postpost::{Edit, PostStatus as AtService};
use rundown_practice::{Fault, Match, What};

use crate::desk::{Desk, KEY, at};

impl Desk {
    fn listed(&self, filter: ActivityFilter) -> Vec<ActivityEntry> {
        self.app.activity(filter, None, 0).unwrap().entries
    }

    fn last(&self) -> ActivityEntry {
        self.listed(ActivityFilter::All).remove(0)
    }
}

fn put() -> Match {
    Match::method("PUT")
}

#[tokio::test(start_paused = true)]
async fn every_outcome_has_its_line_with_what_the_service_said() {
    let desk = Desk::connected().await;
    let post = desk.scheduled("12:00").await;
    let id = desk.id(&post);

    desk.take_down();
    desk.app.reschedule(&id, at("13:00")).unwrap();
    desk.settle().await;
    let waiting = desk.last();
    assert_eq!((waiting.state, waiting.attempts), (ChangeState::Waiting, 1));
    desk.bring_up();
    desk.pass(TimeDelta::minutes(6)).await;
    assert_eq!((desk.last().state, desk.last().attempts), (ChangeState::Done, 2));

    desk.practice.fault(Fault::once(put(), What::TooMany429 { retry_after_secs: 30 }));
    desk.app.reschedule(&id, at("14:00")).unwrap();
    desk.pass(TimeDelta::seconds(1)).await;
    let later = desk.last();
    assert_eq!((later.state, later.attempts), (ChangeState::Waiting, 1));
    assert!(later.next_at.is_some() && later.message.is_some(), "it says why, and until when");
    desk.pass(TimeDelta::minutes(1)).await;

    desk.practice.fault(Fault::once(put(), What::CutAfterApplying));
    desk.app.reschedule(&id, at("15:00")).unwrap();
    desk.pass(TimeDelta::milliseconds(1)).await;
    assert_eq!(desk.last().state, ChangeState::Unknown);
    desk.pass(TimeDelta::minutes(2)).await;
    assert_eq!(desk.last().state, ChangeState::Done);

    desk.practice.fault(Fault::once(put(), What::PlanLimit403));
    desk.app.reschedule(&id, at("16:00")).unwrap();
    desk.settle().await;
    let refused = desk.last();
    assert_eq!(refused.state, ChangeState::Failed(Problem::PlanLimit));
    assert!(refused.is_question && refused.message.unwrap().contains("are used"));
    desk.app.discard(refused.change).unwrap();
    assert!(!desk.last().is_question, "it was read");

    desk.practice.fault(Fault::once(put(), What::Unauthorized401));
    desk.app.pause(&id).unwrap();
    desk.pass(TimeDelta::seconds(1)).await;
    let needs_key = desk.last();
    assert_eq!(needs_key.state, ChangeState::Waiting);
    assert!(needs_key.message.is_some());
}

#[tokio::test(start_paused = true)]
async fn what_waits_is_on_top_and_each_filter_shows_its_own() {
    let desk = Desk::connected().await;
    let (one, other) = (desk.scheduled("12:00").await, desk.scheduled("13:00").await);
    desk.take_down();
    desk.app.pause(&desk.id(&one)).unwrap();
    desk.settle().await;
    let moved = Edit { status: Some(AtService::Draft), ..Edit::default() };
    desk.bring_up();
    desk.pass(TimeDelta::minutes(6)).await;
    desk.take_down();
    desk.app.resume(&desk.id(&one), at("15:00")).unwrap();
    desk.app.reschedule(&desk.id(&other), at("14:00")).unwrap();
    desk.app.undo().unwrap();
    assert_eq!(desk.last().desired.time(), Some(at("15:00")), "the older one is open");
    let count = |filter| desk.listed(filter).len();
    assert_eq!(count(ActivityFilter::Open), 1);
    assert_eq!(count(ActivityFilter::Done), 1);
    assert_eq!(count(ActivityFilter::Withdrawn), 1);
    assert_eq!(count(ActivityFilter::Questions), 0);
    assert_eq!(count(ActivityFilter::All), 3);
    desk.practice.postpost().edit_elsewhere(&other, moved);
}

#[tokio::test(start_paused = true)]
async fn a_change_that_waits_is_given_up_without_a_request_and_one_under_way_is_not() {
    let desk = Desk::connected().await;
    let post = desk.scheduled("12:00").await;
    desk.take_down();
    desk.app.reschedule(&desk.id(&post), at("13:00")).unwrap();
    desk.settle().await;
    desk.app.discard(desk.last().change).unwrap();
    assert_eq!(desk.last().state, ChangeState::Withdrawn);
    desk.bring_up();
    desk.pass(TimeDelta::minutes(6)).await;
    assert!(desk.puts().is_empty());

    desk.practice.fault(Fault::once(put(), What::CutAfterApplying));
    desk.app.reschedule(&desk.id(&post), at("14:00")).unwrap();
    desk.pass(TimeDelta::milliseconds(1)).await;
    let refused = desk.app.discard(desk.last().change).unwrap_err();
    assert_eq!(refused.code, ErrorCode::NotPossible);
    desk.pass(TimeDelta::minutes(2)).await;
    assert_eq!(desk.at_service(&post).scheduled_time, Some(at("14:00")));
    assert_eq!(desk.puts().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn retrying_now_ends_the_wait_and_repeats_nothing_unseen() {
    let desk = Desk::connected().await;
    let post = desk.scheduled("12:00").await;
    desk.practice.fault(Fault::once(put(), What::CutBeforeApplying));
    desk.app.reschedule(&desk.id(&post), at("13:00")).unwrap();
    desk.pass(TimeDelta::seconds(4)).await;
    desk.app.retry_now(desk.last().change).unwrap();
    desk.pass(TimeDelta::seconds(1)).await;
    assert_eq!(desk.puts().len(), 1, "the second look is half a minute after the cut, whatever");
    desk.pass(TimeDelta::minutes(2)).await;
    assert_eq!(desk.at_service(&post).scheduled_time, Some(at("13:00")));

    desk.practice.fault(Fault::once(put(), What::PlanLimit403));
    desk.app.reschedule(&desk.id(&post), at("14:00")).unwrap();
    desk.settle().await;
    desk.app.retry_now(desk.last().change).unwrap();
    desk.settle().await;
    assert_eq!(desk.at_service(&post).scheduled_time, Some(at("14:00")));
}

#[tokio::test(start_paused = true)]
async fn what_was_done_to_a_post_outlives_it() {
    let desk = Desk::connected().await;
    let post = desk.scheduled("12:00").await;
    desk.app.act(&desk.id(&post), Act::Delete).unwrap();
    desk.pass(TimeDelta::minutes(1)).await;
    let deleted = desk.last();
    assert_eq!(deleted.state, ChangeState::Done);
    assert!(!deleted.is_post_here);
    assert!(deleted.excerpt.starts_with("Wednesday wisdom"), "{deleted:?}");
    desk.app.disconnect(&desk.account().id).await.unwrap();
    assert!(desk.listed(ActivityFilter::All).is_empty(), "an account takes its history along");
}

#[tokio::test(start_paused = true)]
async fn what_was_closed_long_ago_is_forgotten_but_for_each_posts_last() {
    let desk = Desk::connected().await;
    let post = desk.scheduled("20:00").await;
    for time in ["13:00", "14:00", "15:00"] {
        desk.app.reschedule(&desk.id(&post), at(time) + TimeDelta::days(365)).unwrap();
        desk.settle().await;
    }
    desk.pass(TimeDelta::minutes(1)).await;
    assert_eq!(desk.listed(ActivityFilter::All).len(), 3);
    desk.clock.jump(TimeDelta::days(91));
    desk.pass(TimeDelta::minutes(30)).await;
    assert_eq!(desk.listed(ActivityFilter::All).len(), 1);
}

#[tokio::test(start_paused = true)]
async fn the_details_of_a_change_tell_all_but_a_key() {
    let desk = Desk::connected().await;
    let post = desk.scheduled("12:00").await;
    desk.practice.fault(Fault::once(put(), What::Unauthorized401));
    desk.app.reschedule(&desk.id(&post), at("13:00")).unwrap();
    desk.pass(TimeDelta::seconds(1)).await;
    let details = desk.app.change_details(desk.last().change).unwrap();
    assert!(details.contains("Service: PostPost") && details.contains(&post), "{details}");
    assert!(details.contains("Asked for: scheduled for 2026-03-10T13:00:00Z"), "{details}");
    assert!(details.contains("Last answer: "), "{details}");
    assert!(!details.contains(KEY), "{details}");
}
