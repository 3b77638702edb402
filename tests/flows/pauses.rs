//! Pause all and resume all: what goes out, what does not, and what is said of each.

mod trouble;

use chrono::TimeDelta;
use rundown_core::model::{AccountId, PausePhase, PausedStanding, PostStatus, Problem, SyncState};
use rundown_core::{Pause, ResumeHow};
use rundown_practice::postpost::{Edit, PostStatus as AtService, SeedPost};
use rundown_practice::{Fault, Match, What};
use serde_json::json;

use crate::desk::{Desk, KEY, at, filled};
use crate::offices::{connect, one_post_each, publora_form};

fn put() -> Match {
    Match::method("PUT")
}

impl Desk {
    fn the_account(&self) -> Vec<AccountId> {
        vec![self.account().id]
    }

    fn pause_everything(&self) {
        self.app.pause_all(&self.the_account()).unwrap();
    }

    fn resume(&self, how: &ResumeHow) -> rundown_core::Resumed {
        self.app.resume_all(&self.the_account(), how).unwrap()
    }

    fn pause(&self) -> Pause {
        self.app.pauses().unwrap().remove(0)
    }

    /// What became of the pause's posts, the one that was to go out soonest first.
    fn standings(&self) -> Vec<PausedStanding> {
        self.pause().posts.into_iter().map(|post| post.standing).collect()
    }

    fn made_elsewhere(&self, time: &str) -> String {
        self.practice.postpost().add_post(
            KEY,
            filled(SeedPost {
                status: AtService::Scheduled,
                scheduled_time: Some(at(time)),
                ..SeedPost::default()
            }),
        )
    }
}

const PAUSING: PausedStanding = PausedStanding::Pausing { note: None };

#[tokio::test(start_paused = true)]
async fn pausing_all_pauses_the_soonest_first_and_overtakes_what_waits() {
    let desk = Desk::connected().await;
    let (later, sooner) = (desk.scheduled("15:00").await, desk.scheduled("11:00").await);
    let draft = desk.draft().await;
    desk.take_down();
    desk.app.edit_text(&desk.id(&draft), "Another text".to_owned()).unwrap_err();
    desk.app.resume(&desk.id(&draft), at("10:00")).unwrap();
    desk.app.reschedule(&desk.id(&later), at("16:00")).unwrap();
    desk.pause_everything();
    assert_eq!(desk.standings().len(), 3);
    assert!(desk.standings()[1..].iter().all(PausedStanding::still_goes_out));
    desk.bring_up();
    desk.pass(TimeDelta::minutes(1)).await;
    let paused: Vec<_> = desk.requests("PUT").into_iter().map(|it| it.path).collect();
    assert_eq!(paused.len(), 2, "the resume that waited is not sent: {paused:?}");
    assert!(paused[0].ends_with(&sooner) && paused[1].ends_with(&later), "{paused:?}");
    assert_eq!(desk.puts(), [json!({"status": "draft"}), json!({"status": "draft"})]);
    assert_eq!(desk.standings(), vec![PausedStanding::Paused; 3]);
    let times: Vec<_> = desk.pause().posts.iter().map(|post| post.time).collect();
    assert_eq!(times, [at("10:00"), at("11:00"), at("16:00")]);
    assert_eq!(desk.pause().phase, PausePhase::Paused);
}

#[tokio::test(start_paused = true)]
async fn a_pause_of_all_goes_on_after_a_crash_in_its_middle() {
    let mut desk = Desk::connected().await;
    for time in ["11:00", "12:00", "13:00", "14:00"] {
        desk.scheduled(time).await;
    }
    // The second request is cut, and with it the connection.
    desk.practice.fault(Fault::once(put(), What::CutAfterApplying));
    desk.pause_everything();
    desk.settle().await;
    desk.take_down();
    desk.restart().await;
    assert_eq!(desk.pause().posts.len(), 4, "the journal is on disk");
    assert_eq!(desk.pause().phase, PausePhase::Pausing);
    desk.bring_up();
    desk.pass(TimeDelta::minutes(5)).await;
    assert_eq!(desk.standings(), vec![PausedStanding::Paused; 4]);
    assert_eq!(desk.puts().len(), 4, "each is paused once");
}

#[tokio::test(start_paused = true)]
async fn what_was_made_elsewhere_meanwhile_is_paused_as_well() {
    let desk = Desk::connected().await;
    let known = desk.scheduled("12:00").await;
    desk.take_down();
    desk.pause_everything();
    let made = desk.made_elsewhere("13:00");
    desk.bring_up();
    desk.pass(TimeDelta::minutes(5)).await;
    assert_eq!(desk.at_service(&known).status, AtService::Draft);
    assert_eq!(desk.at_service(&made).status, AtService::Draft);
    assert_eq!(desk.standings(), vec![PausedStanding::Paused; 2]);
    assert_eq!(desk.pause().posts[1].time, at("13:00"));
    // What is made once the pause is complete is meant to go out.
    let after = desk.scheduled("14:00").await;
    desk.pass(TimeDelta::minutes(5)).await;
    assert_eq!(desk.at_service(&after).status, AtService::Scheduled);
}

#[tokio::test(start_paused = true)]
async fn a_restart_before_the_second_look_does_not_forget_it() {
    let mut desk = Desk::connected().await;
    desk.scheduled("12:00").await;
    desk.pause_everything();
    desk.practice.fault(Fault::always(Match::method("GET"), What::Internal500));
    desk.settle().await;
    assert_eq!(desk.pause().phase, PausePhase::Looking);
    let made = desk.made_elsewhere("13:00");
    desk.practice.clear_faults();
    desk.restart().await;
    desk.pass(TimeDelta::minutes(5)).await;
    assert_eq!(desk.at_service(&made).status, AtService::Draft);
    assert_eq!(desk.pause().phase, PausePhase::Paused);
}

#[tokio::test(start_paused = true)]
async fn a_post_moved_elsewhere_while_its_pause_was_on_its_way_is_paused_at_its_new_time() {
    let desk = Desk::connected().await;
    let post = desk.scheduled("12:00").await;
    desk.take_down();
    desk.pause_everything();
    desk.settle().await;
    let moved = Edit { scheduled_time: Some(at("17:00")), ..Edit::default() };
    desk.practice.postpost().edit_elsewhere(&post, moved);
    desk.bring_up();
    desk.pass(TimeDelta::minutes(5)).await;
    assert_eq!(desk.at_service(&post).status, AtService::Draft);
    assert_eq!(desk.pause().posts[0].time, at("17:00"));
    assert_eq!(desk.standings(), [PausedStanding::Paused]);
}

#[tokio::test(start_paused = true)]
async fn a_pause_that_the_service_ignored_is_told_as_a_post_that_still_goes_out() {
    let desk = Desk::connected().await;
    let post = desk.scheduled("12:00").await;
    desk.practice.fault(Fault::once(put(), What::StatusIgnored { time_applied: false }));
    desk.pause_everything();
    desk.pass(TimeDelta::minutes(2)).await;
    let standing = desk.standings().remove(0);
    assert!(
        matches!(&standing, PausedStanding::GoesOut { why } if why.contains("NOT paused")),
        "{standing:?}"
    );
    assert_eq!(desk.at_service(&post).status, AtService::Scheduled);
    assert_eq!(desk.pause().phase, PausePhase::Paused, "nothing more is tried unasked");
}

#[tokio::test(start_paused = true)]
async fn resuming_as_they_were_leaves_those_whose_time_has_passed_as_drafts() {
    let desk = Desk::connected().await;
    let (passed, close) = (desk.scheduled("09:00").await, desk.scheduled("10:01").await);
    let ahead = desk.scheduled("15:00").await;
    desk.pause_everything();
    desk.pass(TimeDelta::hours(2)).await;
    let apart: Vec<_> = desk.pause().posts.iter().map(|post| post.has_passed).collect();
    assert_eq!(apart, [true, true, false]);
    let resumed = desk.resume(&ResumeHow::AsTheyWere);
    assert_eq!((resumed.resumed, resumed.passed), (1, vec![desk.id(&passed), desk.id(&close)]));
    desk.settle().await;
    assert_eq!(desk.at_service(&ahead).scheduled_time, Some(at("15:00")));
    assert_eq!(desk.at_service(&passed).status, AtService::Draft);
    assert_eq!(
        desk.standings(),
        [PausedStanding::Paused, PausedStanding::Paused, PausedStanding::Resumed]
    );
    desk.app.end_pauses(&desk.the_account()).unwrap();
    assert!(desk.app.pauses().unwrap().is_empty());
    assert_eq!(desk.shown(&passed).remembered, Some(at("09:00")));
}

#[tokio::test(start_paused = true)]
async fn resuming_at_other_times_never_sends_one_that_has_passed() {
    let desk = Desk::connected().await;
    let (first, second) = (desk.scheduled("09:00").await, desk.scheduled("09:30").await);
    desk.pause_everything();
    desk.pass(TimeDelta::hours(3)).await;
    let chosen = vec![(desk.id(&first), at("12:00")), (desk.id(&second), at("11:01"))];
    let resumed = desk.resume(&ResumeHow::At(chosen));
    assert_eq!((resumed.resumed, resumed.passed), (1, vec![desk.id(&second)]));
    desk.settle().await;
    assert_eq!(desk.at_service(&first).scheduled_time, Some(at("12:00")));
    assert_eq!(desk.at_service(&second).status, AtService::Draft);
}

#[tokio::test(start_paused = true)]
async fn resuming_one_by_one_touches_no_other() {
    let desk = Desk::connected().await;
    let (one, other) = (desk.scheduled("12:00").await, desk.scheduled("13:00").await);
    desk.pause_everything();
    desk.pass(TimeDelta::minutes(5)).await;
    let chosen = vec![(desk.id(&one), at("18:00"))];
    assert_eq!(desk.resume(&ResumeHow::At(chosen)).resumed, 1);
    desk.settle().await;
    assert_eq!(desk.at_service(&one).scheduled_time, Some(at("18:00")));
    assert_eq!(desk.at_service(&other).status, AtService::Draft);
    assert_eq!(desk.standings(), [PausedStanding::Resumed, PausedStanding::Paused]);
}

#[tokio::test(start_paused = true)]
async fn a_pause_taken_back_before_it_was_sent_asks_nothing() {
    let desk = Desk::connected().await;
    let post = desk.scheduled("12:00").await;
    desk.take_down();
    desk.pause_everything();
    desk.resume(&ResumeHow::AsTheyWere);
    desk.bring_up();
    desk.pass(TimeDelta::minutes(5)).await;
    assert!(desk.puts().is_empty());
    assert_eq!(desk.shown(&post).sync, SyncState::Synced);
}

#[tokio::test(start_paused = true)]
async fn the_first_plan_limit_stops_every_further_resume_and_the_report_says_which() {
    let mut desk = Desk::connected().await;
    for time in ["12:00", "13:00", "14:00", "15:00"] {
        desk.scheduled(time).await;
    }
    let alone = desk.draft().await;
    desk.pause_everything();
    desk.pass(TimeDelta::minutes(5)).await;
    desk.practice.clear_requests();
    desk.problems();
    let once = Fault::once(put(), What::PlanLimit403);
    desk.take_down();
    desk.resume(&ResumeHow::AsTheyWere);
    desk.app.resume(&desk.id(&alone), at("16:00")).unwrap();
    desk.practice.fault(once);
    desk.bring_up();
    desk.pass(TimeDelta::minutes(5)).await;
    assert_eq!(desk.puts().len(), 1, "one refusal, one mail to the account's owner");
    let standings = desk.standings();
    assert!(
        standings.iter().all(|it| matches!(it, PausedStanding::NotResumed { .. })),
        "{standings:?}"
    );
    assert!(
        matches!(&standings[1], PausedStanding::NotResumed { why } if why.starts_with("Not sent")),
        "{standings:?}"
    );
    let shown = desk.shown(&alone);
    assert!(
        matches!(shown.sync, SyncState::NeedsYou { problem: Problem::PlanLimit, .. }),
        "a resume of its own is stopped, too: {shown:?}"
    );
    assert_eq!(shown.shown().status, PostStatus::Draft);
    assert_eq!(desk.problems().len(), 1, "said once");
    // Once there is room, the user asks again.
    assert_eq!(desk.resume(&ResumeHow::AsTheyWere).resumed, 4);
    desk.pass(TimeDelta::minutes(1)).await;
    assert_eq!(desk.standings(), vec![PausedStanding::Resumed; 4]);
}

#[tokio::test(start_paused = true)]
async fn a_post_the_user_resumed_alone_is_left_to_the_user() {
    let desk = Desk::connected().await;
    let (kept, taken) = (desk.scheduled("12:00").await, desk.scheduled("13:00").await);
    desk.pause_everything();
    desk.pass(TimeDelta::minutes(5)).await;
    desk.app.resume(&desk.id(&taken), at("17:00")).unwrap();
    desk.settle().await;
    assert_eq!(desk.resume(&ResumeHow::AsTheyWere).resumed, 1);
    desk.settle().await;
    assert_eq!(desk.at_service(&kept).scheduled_time, Some(at("12:00")));
    assert_eq!(desk.at_service(&taken).scheduled_time, Some(at("17:00")));
}

#[tokio::test(start_paused = true)]
async fn what_pausing_would_do_is_told_before() {
    let desk = Desk::connected().await;
    desk.scheduled("12:00").await;
    desk.scheduled("11:00").await;
    desk.draft().await;
    let account = desk.account().id;
    let pausable = desk.app.pausable().unwrap();
    let pausable = pausable.into_iter().find(|it| it.account == account).unwrap();
    assert_eq!((pausable.posts, pausable.soonest), (2, Some(at("11:00"))));
    assert_eq!(pausable.hindered, None);
    desk.take_down();
    desk.pause_everything();
    assert_eq!(desk.standings(), vec![PAUSING; 2]);
}

#[tokio::test(start_paused = true)]
async fn a_text_that_waited_is_not_lost_where_its_post_was_moved_elsewhere_and_paused_with_all() {
    let desk = Desk::bare();
    let [_, remote, ..] = one_post_each(&desk);
    let account = connect(&desk, publora_form()).await;
    desk.pass(TimeDelta::seconds(5)).await;
    let post = desk.id(&remote);
    desk.take_down();
    desk.app.edit_text(&post, "A new text".to_owned()).unwrap();
    desk.app.pause_all(&[account]).unwrap();
    desk.settle().await;
    let moved = Edit { scheduled_time: Some(at("17:00")), ..Edit::default() };
    assert!(desk.practice.publora().edit_elsewhere(&remote, moved));
    desk.bring_up();
    desk.pass(TimeDelta::minutes(6)).await;
    let there = desk.practice.publora().post(&remote).unwrap();
    assert_eq!(there.status, AtService::Draft);
    let shown = desk.shown(&remote);
    let asks = matches!(&shown.sync, SyncState::Conflict { mine, .. } if mine.text.is_some());
    assert!(asks || there.content == "A new text", "{shown:?}");
}

#[tokio::test(start_paused = true)]
async fn a_question_about_a_text_stays_where_its_post_is_paused_and_resumed_with_all() {
    for wait in [TimeDelta::minutes(6), TimeDelta::zero()] {
        asks_about_its_text_after_both(wait).await;
    }
}

async fn asks_about_its_text_after_both(wait: TimeDelta) {
    let desk = Desk::bare();
    let [_, remote, ..] = one_post_each(&desk);
    let account = connect(&desk, publora_form()).await;
    desk.pass(TimeDelta::seconds(5)).await;
    let post = desk.id(&remote);
    desk.take_down();
    desk.app.edit_text(&post, "Mine".to_owned()).unwrap();
    desk.settle().await;
    let theirs = Edit { content: Some("Theirs".to_owned()), ..Edit::default() };
    assert!(desk.practice.publora().edit_elsewhere(&remote, theirs));
    desk.bring_up();
    desk.pass(TimeDelta::minutes(6)).await;
    let asks = |desk: &Desk| {
        let shown = desk.shown(&remote);
        let asks = matches!(&shown.sync, SyncState::Conflict { mine, .. }
            if mine.text.as_deref() == Some("Mine"));
        assert!(asks, "{shown:?}");
        shown.confirmed.status
    };
    assert_eq!(asks(&desk), PostStatus::Scheduled);
    desk.app.pause_all(std::slice::from_ref(&account)).unwrap();
    if !wait.is_zero() {
        desk.pass(wait).await;
        assert_eq!(asks(&desk), PostStatus::Draft);
    }
    desk.app.resume_all(&[account], &ResumeHow::AsTheyWere).unwrap();
    desk.pass(TimeDelta::minutes(6)).await;
    assert_eq!(asks(&desk), PostStatus::Scheduled);
}

#[tokio::test(start_paused = true)]
async fn a_second_pause_of_all_holds_what_was_resumed_since_the_first_and_moved_elsewhere() {
    let desk = Desk::connected().await;
    let (alone, _other) = (desk.scheduled("12:00").await, desk.scheduled("13:00").await);
    desk.pause_everything();
    desk.pass(TimeDelta::minutes(5)).await;
    desk.app.resume(&desk.id(&alone), at("12:00")).unwrap();
    desk.pass(TimeDelta::minutes(1)).await;
    desk.take_down();
    desk.pause_everything();
    desk.settle().await;
    let moved = Edit { scheduled_time: Some(at("17:00")), ..Edit::default() };
    desk.practice.postpost().edit_elsewhere(&alone, moved);
    desk.bring_up();
    desk.pass(TimeDelta::minutes(20)).await;
    assert_eq!(desk.at_service(&alone).status, AtService::Draft);
}

#[tokio::test(start_paused = true)]
async fn what_is_resumed_alone_at_its_old_time_while_all_is_being_paused_goes_out() {
    let desk = Desk::connected().await;
    let (alone, other) = (desk.scheduled("12:00").await, desk.scheduled("13:00").await);
    desk.app.pause(&desk.id(&alone)).unwrap();
    desk.pass(TimeDelta::minutes(1)).await;
    desk.take_down();
    desk.pause_everything();
    desk.pass(TimeDelta::seconds(5)).await;
    desk.app.resume(&desk.id(&alone), at("12:00")).unwrap();
    desk.bring_up();
    desk.pass(TimeDelta::minutes(30)).await;
    assert_eq!(desk.at_service(&alone).status, AtService::Scheduled);
    assert_eq!(desk.at_service(&other).status, AtService::Draft);
}

#[tokio::test(start_paused = true)]
async fn a_paused_post_that_was_moved_or_paused_again_alone_keeps_what_the_user_chose() {
    let desk = Desk::connected().await;
    let (moved, alone) = (desk.scheduled("12:00").await, desk.scheduled("13:00").await);
    desk.pause_everything();
    desk.pass(TimeDelta::minutes(5)).await;
    desk.app.reschedule(&desk.id(&moved), at("18:00")).unwrap();
    desk.app.resume(&desk.id(&alone), at("17:00")).unwrap();
    desk.settle().await;
    desk.app.pause(&desk.id(&alone)).unwrap();
    desk.settle().await;
    assert_eq!(desk.resume(&ResumeHow::AsTheyWere).resumed, 1);
    desk.settle().await;
    assert_eq!(desk.at_service(&moved).scheduled_time, Some(at("18:00")));
    assert_eq!(desk.at_service(&alone).status, AtService::Draft);
}

#[tokio::test(start_paused = true)]
async fn a_second_pause_leaves_the_first_its_time_and_counts_from_now_for_what_came_since() {
    let desk = Desk::connected().await;
    let early = desk.scheduled("12:00").await;
    desk.pause_everything();
    desk.pass(TimeDelta::hours(1)).await;
    let late = desk.scheduled("13:00").await;
    desk.pause_everything();
    desk.pass(TimeDelta::hours(1)).await;
    let posts = desk.pause().posts.into_iter();
    let told: Vec<_> = posts.map(|post| (post.post, post.time, post.paused_at)).collect();
    let [(first, first_time, since), (second, second_time, later)] = &told[..] else {
        panic!("{told:?}")
    };
    assert_eq!((first, *first_time), (&desk.id(&early), at("12:00")));
    assert_eq!((second, *second_time), (&desk.id(&late), at("13:00")));
    assert!(*later - *since >= TimeDelta::hours(1), "{told:?}");
}
