//! How an account is doing, and what its plan allows.

use chrono::TimeDelta;
use rundown_core::AccountState;
use rundown_core::model::{HealthState, PostStatus, SyncState};
use rundown_practice::postpost::Plan;
use rundown_practice::{Fault, Match, What, publora};

use crate::desk::{Desk, KEY, LINKEDIN, at, start};
use crate::offices::{PUBLORA_KEY, connect, form, one_post_each};

fn account(desk: &Desk) -> AccountState {
    desk.app.accounts().unwrap().remove(0)
}

#[tokio::test(start_paused = true)]
async fn an_account_that_waits_says_until_when() {
    let desk = Desk::connected().await;
    let until = start() + TimeDelta::minutes(10);
    assert_eq!(account(&desk).held_until, None);
    desk.practice.fault(Fault::once(Match::any(), What::TooMany429 { retry_after_secs: 600 }));
    desk.app.refresh();
    desk.settle().await;
    let state = account(&desk);
    assert_eq!(state.account.health.state, HealthState::Limited);
    let off = state.held_until.unwrap() - until;
    assert!(off.abs() < TimeDelta::seconds(2), "{off}");
    desk.pass(TimeDelta::minutes(11)).await;
    assert_eq!(account(&desk).held_until, None);
    assert_eq!(account(&desk).account.health.state, HealthState::Ok);
}

#[tokio::test(start_paused = true)]
async fn a_plans_limit_is_said_until_a_post_is_scheduled_or_a_day_has_passed() {
    let mut desk = Desk::connected().await;
    let (post, other) = (desk.draft().await, desk.draft().await);
    let resume = async |desk: &Desk, post: &str, time| {
        desk.app.resume(&desk.id(post), time).unwrap();
        desk.settle().await;
    };
    desk.practice.fault(Fault::once(Match::method("PUT"), What::PlanLimit403));
    resume(&desk, &post, at("14:00")).await;
    let reached = account(&desk).reached_limit.expect("it is said");
    assert!(reached.limit.used.is_some() && reached.limit.limit.is_some(), "{reached:?}");
    assert!(reached.limit.plan.is_some(), "{reached:?}");
    desk.restart().await;
    assert_eq!(account(&desk).reached_limit, Some(reached), "it is kept");

    resume(&desk, &other, at("15:00")).await;
    assert_eq!(desk.shown(&other).confirmed.status, PostStatus::Scheduled);
    assert_eq!(account(&desk).reached_limit, None, "there is room again");

    desk.practice.fault(Fault::once(Match::method("PUT"), What::PlanLimit403));
    resume(&desk, &post, at("14:00")).await;
    assert!(account(&desk).reached_limit.is_some());
    desk.clock.jump(TimeDelta::hours(25));
    assert_eq!(account(&desk).reached_limit, None, "much may have happened in a day");
}

#[tokio::test(start_paused = true)]
async fn how_far_ahead_a_plan_reaches_is_learnt_from_its_refusal_and_moves_on_with_the_days() {
    let mut desk = Desk::connected().await;
    desk.practice.postpost().set_plan(KEY, Plan::Starter);
    assert!(LINKEDIN.starts_with("linkedin"), "Starter has no X");
    let post = desk.draft().await;
    desk.app.resume(&desk.id(&post), start() + TimeDelta::days(20)).unwrap();
    desk.settle().await;
    let near = |days: i64, of: Option<chrono::DateTime<chrono::Utc>>| {
        let off = of.expect("it is known") - (start() + TimeDelta::days(days));
        assert!(off.abs() < TimeDelta::minutes(1), "{off}");
    };
    near(7, account(&desk).horizon);
    desk.clock.jump(TimeDelta::days(1));
    near(8, account(&desk).horizon);
    desk.restart().await;
    near(8, account(&desk).horizon);

    // The plan was changed: what lies further ahead is taken.
    desk.practice.postpost().set_plan(KEY, Plan::Pro);
    desk.app.resume(&desk.id(&post), start() + TimeDelta::days(20)).unwrap();
    desk.settle().await;
    assert_eq!(desk.shown(&post).confirmed.status, PostStatus::Scheduled);
    assert_eq!(account(&desk).horizon, None);
}

#[tokio::test(start_paused = true)]
async fn a_post_that_is_not_settled_at_its_service_holds_up_no_other() {
    let desk = Desk::bare();
    let [_, first, ..] = one_post_each(&desk);
    let publora = desk.practice.publora();
    let seed = rundown_practice::postpost::SeedPost {
        status: rundown_practice::postpost::PostStatus::Scheduled,
        scheduled_time: Some(at("13:00")),
        ..crate::desk::filled(Default::default())
    };
    let second = publora.add_post(PUBLORA_KEY, seed);
    connect(&desk, form("publora", publora::BASE, PUBLORA_KEY)).await;
    desk.pass(TimeDelta::seconds(5)).await;
    publora.set_version_conflict_once();
    desk.app.reschedule(&desk.id(&first), at("15:00")).unwrap();
    desk.app.reschedule(&desk.id(&second), at("16:00")).unwrap();
    desk.settle().await;
    assert_eq!(desk.shown(&second).confirmed.time, Some(at("16:00")), "at once");
    assert!(matches!(desk.shown(&first).sync, SyncState::Sending { note: Some(_), .. }));
    let state = account(&desk);
    assert_eq!(state.account.health.state, HealthState::Ok, "the service is well");
    assert_eq!(state.held_until, None);
    desk.pass(TimeDelta::minutes(1)).await;
    assert_eq!(desk.shown(&first).confirmed.time, Some(at("15:00")));
}

#[tokio::test(start_paused = true)]
async fn channels_are_read_again_on_request_and_with_every_sweep() {
    let desk = Desk::connected().await;
    let channels = || account(&desk).channels.len();
    desk.practice.postpost().add_connection(KEY, "mastodon-1", "studio", "Studio");
    desk.app.set_in_front(true);
    desk.pass(TimeDelta::minutes(5)).await;
    assert_eq!(channels(), 2, "coming to the front is no request");
    desk.app.refresh();
    desk.settle().await;
    assert_eq!(channels(), 3);
    desk.practice.postpost().add_connection(KEY, "mastodon-2", "studio", "Studio");
    desk.pass(TimeDelta::hours(6)).await;
    assert_eq!(channels(), 4);
}
