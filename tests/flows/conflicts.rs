//! Posts that were changed here and at their service: both versions, field by field.

use chrono::TimeDelta;
use rundown_core::clock::Clock;
use rundown_core::model::{Dispute, PostStatus, Progress, Stake, SyncState};
use rundown_core::{Keep, KeepSide};
use rundown_practice::{Fault, Match, What, postato, posteverywhere, postpost};
use serde_json::json;

use crate::desk::at;
use crate::offices::Office;

/// A post that is to be at 15:00 with the text “Mine”, and was changed at its service meanwhile.
async fn changed_in_both(theirs: postpost::Edit) -> Office {
    let office = Office::at_publora().await;
    let (desk, post) = (&office.desk, &office.post);
    desk.take_down();
    desk.app.reschedule(post, at("15:00")).unwrap();
    desk.app.edit_text(post, "Mine".to_owned()).unwrap();
    desk.settle().await;
    assert!(desk.practice.publora().edit_elsewhere(&office.remote, theirs));
    desk.bring_up();
    desk.pass(TimeDelta::minutes(6)).await;
    assert!(office.writes().is_empty(), "nothing is sent before the question is answered");
    office
}

fn moved(time: &str) -> postpost::Edit {
    postpost::Edit { scheduled_time: Some(at(time)), ..Default::default() }
}

fn rewritten() -> postpost::Edit {
    postpost::Edit { content: Some("Theirs".to_owned()), ..Default::default() }
}

fn paused() -> postpost::Edit {
    postpost::Edit { status: Some(postpost::PostStatus::Draft), ..Default::default() }
}

fn dispute(office: &Office) -> Dispute {
    match office.shown().sync {
        SyncState::Conflict { dispute, .. } => dispute,
        other => panic!("{other:?}"),
    }
}

async fn keep(office: &Office, standing: KeepSide, text: KeepSide) {
    office.desk.app.resolve_conflict(&office.post, Keep { standing, text }).unwrap();
    office.desk.pass(TimeDelta::minutes(1)).await;
    assert_eq!(office.shown().sync, SyncState::Synced);
}

#[tokio::test(start_paused = true)]
async fn each_field_that_was_changed_at_both_places_is_decided_by_itself() {
    let both = || postpost::Edit { content: Some("Theirs".to_owned()), ..moved("17:00") };
    let office = changed_in_both(both()).await;
    let disputed = Dispute { standing: Stake::Disputed, text: Stake::Disputed };
    assert_eq!(dispute(&office), disputed);
    keep(&office, KeepSide::Mine, KeepSide::Theirs).await;
    let shown = office.shown();
    assert_eq!((shown.text.as_str(), shown.confirmed.time), ("Theirs", Some(at("15:00"))));

    let office = changed_in_both(both()).await;
    keep(&office, KeepSide::Theirs, KeepSide::Mine).await;
    let shown = office.shown();
    assert_eq!((shown.text.as_str(), shown.confirmed.time), ("Mine", Some(at("17:00"))));
}

#[tokio::test(start_paused = true)]
async fn what_was_not_changed_elsewhere_goes_through_whichever_side_is_kept() {
    let office = changed_in_both(moved("17:00")).await;
    assert_eq!(dispute(&office), Dispute { standing: Stake::Disputed, text: Stake::Ours });
    keep(&office, KeepSide::Theirs, KeepSide::Theirs).await;
    let shown = office.shown();
    assert_eq!((shown.text.as_str(), shown.confirmed.time), ("Mine", Some(at("17:00"))));

    let office = changed_in_both(rewritten()).await;
    assert_eq!(dispute(&office), Dispute { standing: Stake::Ours, text: Stake::Disputed });
    keep(&office, KeepSide::Theirs, KeepSide::Theirs).await;
    let shown = office.shown();
    assert_eq!((shown.text.as_str(), shown.confirmed.time), ("Theirs", Some(at("15:00"))));
}

#[tokio::test(start_paused = true)]
async fn my_text_on_a_post_that_was_paused_elsewhere_does_not_arm_it() {
    let office = changed_in_both(paused()).await;
    assert_eq!(dispute(&office), Dispute { standing: Stake::Disputed, text: Stake::Ours });
    keep(&office, KeepSide::Theirs, KeepSide::Mine).await;
    let shown = office.shown();
    assert_eq!((shown.text.as_str(), shown.confirmed.status), ("Mine", PostStatus::Draft));
    let bodies: Vec<_> = office.writes().into_iter().map(|write| write.body).collect();
    assert_eq!(bodies, [json!({ "content": "Mine" })]);
}

#[tokio::test(start_paused = true)]
async fn the_same_change_at_both_places_is_no_conflict() {
    let office = changed_in_both_alike().await;
    let shown = office.shown();
    assert_eq!(shown.sync, SyncState::Synced);
    assert_eq!((shown.text.as_str(), shown.confirmed.time), ("Mine", Some(at("15:00"))));
}

/// As [`changed_in_both`], where the service was given the same text meanwhile.
async fn changed_in_both_alike() -> Office {
    let office = Office::at_publora().await;
    let (desk, post) = (&office.desk, &office.post);
    desk.take_down();
    desk.app.reschedule(post, at("15:00")).unwrap();
    desk.app.edit_text(post, "Mine".to_owned()).unwrap();
    desk.settle().await;
    let same = postpost::Edit { content: Some("Mine".to_owned()), ..Default::default() };
    assert!(desk.practice.publora().edit_elsewhere(&office.remote, same));
    desk.bring_up();
    desk.pass(TimeDelta::minutes(6)).await;
    office
}

#[tokio::test(start_paused = true)]
async fn a_conflict_says_when_it_was_changed_there_until_a_change_of_ours_follows() {
    let office = Office::at_posteverywhere().await;
    let (desk, post) = (&office.desk, &office.post);
    desk.take_down();
    desk.app.reschedule(post, at("15:00")).unwrap();
    desk.settle().await;
    let moved = posteverywhere::Edit { scheduled_for: Some(at("17:00")), ..Default::default() };
    assert!(desk.practice.posteverywhere().edit_elsewhere(&office.remote, moved));
    let there = desk.practice.posteverywhere().post(&office.remote).unwrap();
    desk.bring_up();
    desk.pass(TimeDelta::minutes(6)).await;
    let shown = office.shown();
    assert!(matches!(shown.sync, SyncState::Conflict { .. }), "{shown:?}");
    assert_eq!(shown.changed_at, Some(there.updated_at));
    desk.app.resolve_conflict(post, KeepSide::Mine).unwrap();
    desk.settle().await;
    assert_eq!(office.shown().changed_at, None, "ours is the last change now");
}

#[tokio::test(start_paused = true)]
async fn asked_accepted_and_confirmed_are_told_apart() {
    let office = Office::at_postato().await;
    let (desk, post) = (&office.desk, &office.post);
    let settings = postato::Settings {
        update_answer: postato::UpdateAnswer::Success,
        ..postato::Settings::default()
    };
    desk.practice.postato().set_settings(settings);
    let asked_at = desk.clock.now();
    desk.app.reschedule(post, at("15:00")).unwrap();
    assert!(
        matches!(office.shown().sync, SyncState::Waiting { asked_at: at, .. } if at == asked_at)
    );

    // It says yes to the change, nothing else, and can't be read for a while.
    desk.practice.fault(Fault::always(Match::method("GET"), What::Internal500));
    desk.settle().await;
    let progress = match office.shown().sync {
        SyncState::Sending { progress, asked_at: at, .. } if at == asked_at => progress,
        other => panic!("{other:?}"),
    };
    assert_eq!(progress, Progress::Accepted);

    desk.practice.clear_faults();
    desk.pass(TimeDelta::minutes(10)).await;
    assert_eq!(office.shown().sync, SyncState::Synced);
    assert_eq!(office.shown().confirmed.time, Some(at("15:00")));
}
