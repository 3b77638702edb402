//! Pause all and resume all where services are busy, silent, or at the end of their plan.

use chrono::TimeDelta;
use rundown_core::ResumeHow;
use rundown_core::model::{PausedStanding, PostStatus, Problem, SyncState};
use rundown_practice::postpost::PostStatus as AtService;
use rundown_practice::{Fault, Match, What};
use serde_json::json;

use super::put;
use crate::desk::{Desk, at};
use crate::offices::{connect_all, one_post_each};

#[tokio::test(start_paused = true)]
async fn a_service_that_is_busy_is_given_the_time_it_asks_for_and_then_pauses_go_first() {
    let desk = Desk::connected().await;
    let (first, second) = (desk.scheduled("11:00").await, desk.scheduled("12:00").await);
    let draft = desk.draft().await;
    desk.practice.fault(Fault::once(put(), What::TooMany429 { retry_after_secs: 40 }));
    desk.pause_everything();
    desk.settle().await;
    assert_eq!(desk.puts().len(), 1, "it was told to wait");
    desk.app.resume(&desk.id(&draft), at("18:00")).unwrap();
    desk.pass(TimeDelta::seconds(35)).await;
    assert_eq!(desk.puts().len(), 1, "and waits");
    assert!(desk.standings().iter().all(PausedStanding::still_goes_out));
    desk.pass(TimeDelta::seconds(20)).await;
    let paths: Vec<_> = desk.requests("PUT").into_iter().skip(1).map(|it| it.path).collect();
    let ends: Vec<_> = [&first, &second, &draft].into_iter().map(String::as_str).collect();
    assert!(paths.iter().zip(&ends).all(|(path, end)| path.ends_with(end)), "{paths:?}");
    assert_eq!(paths.len(), 3, "each is asked for once more");
    assert_eq!(desk.standings(), vec![PausedStanding::Paused; 2]);
}

#[tokio::test(start_paused = true)]
async fn several_accounts_are_paused_at_once_the_others_go_on_and_no_trouble_slows_another() {
    let desk = Desk::bare();
    one_post_each(&desk);
    connect_all(&desk).await;
    desk.pass(TimeDelta::minutes(1)).await;
    let accounts = desk.app.accounts().unwrap();
    let of = |kind: &str| {
        let found = accounts.iter().find(|it| it.account.address.kind.0 == kind).unwrap();
        found.account.id.clone()
    };
    let paused = [of("postpost"), of("postato"), of("posteverywhere")];
    let down = Match::path("/postpost/");
    desk.practice.fault(Fault::always(down, What::Internal500));
    desk.app.pause_all(&paused).unwrap();
    desk.pass(TimeDelta::seconds(10)).await;
    let pauses = desk.app.pauses().unwrap();
    assert_eq!(pauses.len(), 3);
    for pause in &pauses {
        let is_in_trouble = pause.account == of("postpost");
        let standing = &pause.posts[0].standing;
        assert_eq!(*standing == PausedStanding::Paused, !is_in_trouble, "{pause:?}");
    }
    let untouched = desk.posts().into_iter().find(|post| post.account == of("publora")).unwrap();
    assert_eq!(untouched.shown().status, PostStatus::Scheduled);
    // Each account is resumed by itself.
    let resumed = desk.app.resume_all(&[of("postato")], &ResumeHow::AsTheyWere).unwrap();
    assert_eq!(resumed.resumed, 1);
    desk.practice.clear_faults();
    desk.pass(TimeDelta::minutes(10)).await;
    let standings = desk.app.pauses().unwrap().into_iter();
    let standings: Vec<_> =
        standings.map(|pause| (pause.account, pause.posts[0].standing.clone())).collect();
    assert_eq!(
        standings,
        [
            (of("postpost"), PausedStanding::Paused),
            (of("postato"), PausedStanding::Resumed),
            (of("posteverywhere"), PausedStanding::Paused),
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn a_post_within_the_lead_is_still_paused_and_what_was_too_late_to_be_goes_out() {
    let desk = Desk::connected().await;
    let soon = desk.scheduled("08:02").await;
    let later = desk.scheduled("12:00").await;
    desk.pass(TimeDelta::seconds(60)).await;
    desk.pause_everything();
    desk.settle().await;
    assert_eq!(desk.at_service(&soon).status, AtService::Draft, "a pause carries no time");
    desk.pass(TimeDelta::minutes(5)).await;
    assert_eq!(desk.standings(), vec![PausedStanding::Paused; 2]);
    let resumed = desk.resume(&ResumeHow::AsTheyWere);
    assert_eq!((resumed.resumed, resumed.passed), (1, vec![desk.id(&soon)]));
    desk.pass(TimeDelta::minutes(1)).await;
    assert_eq!(desk.at_service(&soon).status, AtService::Draft);
    assert_eq!(desk.at_service(&later).status, AtService::Scheduled);
}

#[tokio::test(start_paused = true)]
async fn a_resume_whose_outcome_was_unknown_is_not_repeated_after_a_plan_limit() {
    let desk = Desk::connected().await;
    let (first, second) = (desk.draft().await, desk.draft().await);
    let unheard = put().of_post(&first);
    let refused = put().of_post(&second);
    desk.practice.fault(Fault::once(unheard, What::CutBeforeApplying));
    desk.practice.fault(Fault::once(refused, What::PlanLimit403));
    desk.app.resume(&desk.id(&first), at("14:00")).unwrap();
    desk.settle().await;
    desk.app.resume(&desk.id(&second), at("15:00")).unwrap();
    desk.pass(TimeDelta::minutes(10)).await;
    assert_eq!(desk.puts().len(), 2, "{:?}", desk.puts());
    for post in [&first, &second] {
        let shown = desk.shown(post);
        assert!(
            matches!(shown.sync, SyncState::NeedsYou { problem: Problem::PlanLimit, .. }),
            "{shown:?}"
        );
    }
    // Whoever tries it again knows of the limit.
    desk.app.try_again(&desk.id(&first)).unwrap();
    desk.pass(TimeDelta::minutes(1)).await;
    assert_eq!(
        desk.puts()[2],
        json!({"scheduledTime": "2026-03-10T14:00:00.000Z", "status": "scheduled"})
    );
}
