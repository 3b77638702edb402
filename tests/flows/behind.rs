//! Wishes made while another change of the same post is under way: nothing of either is lost, and
//! neither hides what somebody else did meanwhile.

use chrono::TimeDelta;
use rundown_core::ErrorCode;
use rundown_core::model::{Act, PostStatus, Problem, SyncState};
use rundown_practice::{Fault, Match, What, postato, postpost};

use crate::desk::{Desk, at};
use crate::offices::Office;

fn put() -> Match {
    Match::method("PUT")
}

fn paused() -> postpost::Edit {
    postpost::Edit { status: Some(postpost::PostStatus::Draft), ..Default::default() }
}

fn rewritten(text: &str) -> postpost::Edit {
    postpost::Edit { content: Some(text.to_owned()), ..Default::default() }
}

fn texts_at_service(desk: &Desk) -> Vec<String> {
    desk.practice.postpost().posts().into_iter().map(|post| post.content).collect()
}

#[tokio::test(start_paused = true)]
async fn a_move_behind_one_that_met_a_pause_elsewhere_is_a_question() {
    let desk = Desk::connected().await;
    let post = desk.scheduled("12:00").await;
    desk.practice.fault(Fault::once(put(), What::Delay(5_000)));
    desk.app.reschedule(&desk.id(&post), at("14:00")).unwrap();
    desk.pass(TimeDelta::seconds(1)).await;
    desk.practice.postpost().edit_elsewhere(&post, paused());
    desk.app.reschedule(&desk.id(&post), at("15:00")).unwrap();
    desk.pass(TimeDelta::minutes(10)).await;
    assert_eq!(desk.puts().len(), 1, "{:?}", desk.puts());
    assert_eq!(desk.at_service(&post).status, postpost::PostStatus::Draft);
    let shown = desk.shown(&post);
    assert!(matches!(shown.sync, SyncState::Conflict { .. }), "{shown:?}");
}

#[tokio::test(start_paused = true)]
async fn a_text_that_did_not_arrive_goes_along_with_the_move_behind_it() {
    let office = Office::at_publora().await;
    let (desk, post) = (&office.desk, &office.post);
    desk.practice.fault(Fault::once(put(), What::CutBeforeApplying));
    desk.app.edit_text(post, "Mine".to_owned()).unwrap();
    desk.pass(TimeDelta::seconds(3)).await;
    desk.app.reschedule(post, at("15:00")).unwrap();
    assert_eq!(office.shown().shown_text(), "Mine");
    desk.pass(TimeDelta::minutes(6)).await;
    let there = desk.practice.publora().post(&office.remote).unwrap();
    assert_eq!((there.content.as_str(), there.scheduled_time), ("Mine", Some(at("15:00"))));
    assert_eq!(office.shown().sync, SyncState::Synced);
}

#[tokio::test(start_paused = true)]
async fn a_text_behind_a_move_that_did_not_arrive_still_finds_another_text_there() {
    let office = Office::at_publora().await;
    let (desk, post) = (&office.desk, &office.post);
    desk.practice.fault(Fault::once(put(), What::CutBeforeApplying));
    desk.app.reschedule(post, at("15:00")).unwrap();
    desk.pass(TimeDelta::seconds(3)).await;
    desk.app.edit_text(post, "Mine".to_owned()).unwrap();
    desk.practice.publora().edit_elsewhere(&office.remote, rewritten("Theirs"));
    desk.pass(TimeDelta::minutes(6)).await;
    let there = desk.practice.publora().post(&office.remote).unwrap();
    assert_eq!(there.content, "Theirs");
    let SyncState::Conflict { mine, .. } = office.shown().sync else {
        panic!("{:?}", office.shown())
    };
    assert_eq!((mine.text.as_deref(), mine.time()), (Some("Mine"), Some(at("15:00"))));
}

#[tokio::test(start_paused = true)]
async fn a_text_that_arrived_is_found_on_a_post_that_was_moved_since() {
    let mut office = Office::at_publora().await;
    let moved = postpost::Edit { scheduled_time: Some(at("17:00")), ..Default::default() };
    let slow = What::DelayAfterApplying(20_000);
    office.desk.practice.fault(Fault::once(put(), slow));
    office.desk.app.edit_text(&office.post, "Mine".to_owned()).unwrap();
    office.desk.pass(TimeDelta::seconds(2)).await;
    office.desk.practice.publora().edit_elsewhere(&office.remote, moved);
    office.desk.restart().await;
    office.desk.pass(TimeDelta::minutes(6)).await;
    assert_eq!(office.writes().len(), 1);
    let shown = office.shown();
    assert_eq!((shown.text.as_str(), shown.confirmed.time), ("Mine", Some(at("17:00"))));
    assert_eq!(shown.sync, SyncState::Synced);
}

#[tokio::test(start_paused = true)]
async fn a_move_behind_a_text_that_arrived_on_a_post_paused_since_is_a_question() {
    let mut office = Office::at_publora().await;
    office.desk.practice.fault(Fault::once(put(), What::DelayAfterApplying(20_000)));
    office.desk.app.edit_text(&office.post, "Mine".to_owned()).unwrap();
    office.desk.pass(TimeDelta::seconds(2)).await;
    office.desk.app.reschedule(&office.post, at("15:00")).unwrap();
    office.desk.practice.publora().edit_elsewhere(&office.remote, paused());
    office.desk.restart().await;
    office.desk.pass(TimeDelta::minutes(10)).await;
    assert_eq!(office.writes().len(), 1);
    let shown = office.shown();
    assert!(matches!(shown.sync, SyncState::Conflict { .. }), "{shown:?}");
    assert_eq!((shown.text.as_str(), shown.remembered), ("Mine", Some(at("12:00"))));
}

#[tokio::test(start_paused = true)]
async fn a_text_behind_a_move_that_arrived_still_finds_another_text_there() {
    let mut office = Office::at_publora().await;
    office.desk.practice.fault(Fault::once(put(), What::DelayAfterApplying(20_000)));
    office.desk.app.reschedule(&office.post, at("15:00")).unwrap();
    office.desk.pass(TimeDelta::seconds(2)).await;
    office.desk.app.edit_text(&office.post, "Mine".to_owned()).unwrap();
    office.desk.practice.publora().edit_elsewhere(&office.remote, rewritten("Theirs"));
    office.desk.restart().await;
    office.desk.pass(TimeDelta::minutes(10)).await;
    let there = office.desk.practice.publora().post(&office.remote).unwrap();
    assert_eq!((there.content.as_str(), there.scheduled_time), ("Theirs", Some(at("15:00"))));
    let shown = office.shown();
    assert!(matches!(shown.sync, SyncState::Conflict { .. }), "{shown:?}");
    assert_eq!(shown.text, "Theirs");
}

#[tokio::test(start_paused = true)]
async fn a_text_that_its_service_does_not_take_keeps_no_pause_from_its_post() {
    for is_under_way in [false, true] {
        let office = Office::at_publora().await;
        let (desk, post) = (&office.desk, &office.post);
        if is_under_way {
            desk.practice.fault(Fault::once(put(), What::CutBeforeApplying));
        } else {
            desk.take_down();
        }
        desk.app.edit_text(post, "Not taken".to_owned()).unwrap();
        desk.pass(TimeDelta::seconds(3)).await;
        desk.app.pause(post).unwrap();
        desk.bring_up();
        desk.practice.fault(Fault::once(put(), What::DelayAfterApplying(9_000)));
        let is_paused = || {
            let there = desk.practice.publora().post(&office.remote).unwrap();
            there.status == postpost::PostStatus::Draft
        };
        for _ in 0..120 {
            desk.pass(TimeDelta::seconds(1)).await;
            if is_paused() {
                break;
            }
        }
        assert!(is_paused(), "by itself: {:?}", office.writes());
        desk.practice.fault(Fault::once(put(), What::PlanLimit403));
        desk.pass(TimeDelta::minutes(10)).await;
        assert!(is_paused());
        let SyncState::NeedsYou { wanted, .. } = office.shown().sync else {
            panic!("{:?}", office.shown())
        };
        assert_eq!(wanted.text.as_deref(), Some("Not taken"));
        desk.app.try_again(post).unwrap();
        desk.pass(TimeDelta::minutes(1)).await;
        assert!(is_paused());
        assert_eq!(office.shown().text, "Not taken");
    }
}

#[tokio::test(start_paused = true)]
async fn a_refused_text_is_tried_again_on_a_post_that_was_paused_since_and_arms_nothing() {
    let office = Office::at_publora().await;
    let (desk, post) = (&office.desk, &office.post);
    desk.practice.fault(Fault::once(put(), What::PlanLimit403));
    desk.app.edit_text(post, "Mine".to_owned()).unwrap();
    desk.pass(TimeDelta::seconds(5)).await;
    desk.practice.publora().edit_elsewhere(&office.remote, paused());
    desk.app.refresh();
    desk.pass(TimeDelta::minutes(1)).await;
    assert_eq!(office.shown().confirmed.status, PostStatus::Draft);
    desk.app.try_again(post).unwrap();
    desk.pass(TimeDelta::minutes(1)).await;
    let there = desk.practice.publora().post(&office.remote).unwrap();
    assert_eq!((there.content.as_str(), there.status), ("Mine", postpost::PostStatus::Draft));
}

#[tokio::test(start_paused = true)]
async fn a_text_written_while_its_post_is_being_created_is_the_one_that_is_created() {
    let desk = Desk::connected().await;
    desk.practice.fault(Fault::once(Match::method("POST"), What::CutBeforeApplying));
    let post = desk.create("A first draft", Some(at("15:00")));
    desk.pass(TimeDelta::seconds(3)).await;
    desk.app.edit_text(&post, "Better words".to_owned()).unwrap();
    desk.pass(TimeDelta::minutes(10)).await;
    let shown = desk.app.posts(&[post]).unwrap().remove(0);
    assert_eq!((shown.text.as_str(), &shown.sync), ("Better words", &SyncState::Synced));
    assert_eq!(texts_at_service(&desk), ["Better words"]);
}

#[tokio::test(start_paused = true)]
async fn no_text_is_taken_while_its_post_is_about_to_be_published() {
    let office = Office::at_posteverywhere().await;
    let (desk, post) = (&office.desk, &office.post);
    desk.app.pause(post).unwrap();
    desk.pass(TimeDelta::seconds(5)).await;
    desk.practice.posteverywhere().expect_publish_now(&office.remote);
    desk.practice.fault(Fault::once(Match::method("POST"), What::DelayAfterApplying(5_000)));
    desk.app.act(post, Act::PublishNow).unwrap();
    desk.pass(TimeDelta::seconds(1)).await;
    let refused = desk.app.edit_text(post, "Too late".to_owned()).unwrap_err();
    assert_eq!(refused.code, ErrorCode::NotEditable);
    desk.pass(TimeDelta::minutes(10)).await;
    let shown = office.shown();
    assert_eq!(
        (&shown.confirmed.status, &shown.sync),
        (&PostStatus::Published, &SyncState::Synced)
    );
    assert_eq!(shown.text, "One post each");
}

#[tokio::test(start_paused = true)]
async fn a_yes_without_an_effect_is_said_and_not_asked_for_again_and_again() {
    let office = Office::at_postato().await;
    office.desk.practice.postato().set_settings(postato::Settings {
        pausing: postato::Pausing::Ignored,
        update_answer: postato::UpdateAnswer::Success,
        ..postato::Settings::default()
    });
    office.desk.app.pause(&office.post).unwrap();
    office.desk.pass(TimeDelta::minutes(10)).await;
    assert_eq!(office.problem(), Problem::Ignored);
    assert_eq!(office.writes().len(), 2, "once more, where a list may only lag behind");
    let SyncState::NeedsYou { why, .. } = office.shown().sync else { unreachable!() };
    assert!(why.contains("NOT paused"), "{why}");
}
