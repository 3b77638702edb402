//! Texts, publishing now, retrying and calling off, at the services that can.

use chrono::TimeDelta;
use rundown_core::model::{Act, PostStatus, Problem, SyncState};
use rundown_core::{ErrorCode, KeepSide};
use rundown_practice::{Fault, Match, What, postato, posteverywhere, postpost};
use serde_json::json;

use crate::desk::{Desk, at};
use crate::offices::{
    Office, connect, one_post_each, postato_form, posteverywhere_form, publora_form,
};

#[tokio::test(start_paused = true)]
async fn a_text_and_a_time_that_wait_go_in_one_request() {
    let office = Office::at_publora().await;
    let (app, post) = (&office.desk.app, &office.post);
    office.desk.take_down();
    app.edit_text(post, "First thought".to_owned()).unwrap();
    app.reschedule(post, at("15:00")).unwrap();
    app.edit_text(post, "Second thought".to_owned()).unwrap();
    let shown = office.shown();
    assert_eq!((shown.shown_text(), shown.text.as_str()), ("Second thought", "One post each"));
    office.desk.bring_up();
    office.desk.pass(TimeDelta::minutes(6)).await;
    let bodies: Vec<_> = office.writes().into_iter().map(|write| write.body).collect();
    let both = json!({ "content": "Second thought", "scheduledTime": "2026-03-10T15:00:00.000Z" });
    assert_eq!(bodies, [both]);
    let shown = office.shown();
    assert_eq!((shown.text.as_str(), shown.sync), ("Second thought", SyncState::Synced));
    assert_eq!(shown.confirmed.goes_out_at(), Some(at("15:00")));
}

#[tokio::test(start_paused = true)]
async fn an_edit_is_undone_in_the_queue_and_at_the_service() {
    let office = Office::at_publora().await;
    let app = &office.desk.app;
    office.desk.take_down();
    app.edit_text(&office.post, "A mistake".to_owned()).unwrap();
    app.undo().unwrap();
    office.desk.bring_up();
    office.desk.pass(TimeDelta::minutes(6)).await;
    assert_eq!(office.writes().len(), 0, "nothing was sent");

    app.edit_text(&office.post, "A mistake".to_owned()).unwrap();
    office.desk.pass(TimeDelta::minutes(1)).await;
    assert_eq!(office.shown().text, "A mistake");
    app.undo().unwrap();
    office.desk.pass(TimeDelta::minutes(1)).await;
    assert_eq!(
        office.desk.practice.publora().post(&office.remote).unwrap().content,
        "One post each"
    );
    assert_eq!(office.shown().sync, SyncState::Synced);
}

#[tokio::test(start_paused = true)]
async fn a_text_changed_in_two_places_is_a_question() {
    let office = Office::at_publora().await;
    office.desk.take_down();
    office.desk.app.edit_text(&office.post, "Mine".to_owned()).unwrap();
    let theirs = postpost::Edit { content: Some("Theirs".to_owned()), ..postpost::Edit::default() };
    office.desk.practice.publora().edit_elsewhere(&office.remote, theirs);
    office.desk.pass(TimeDelta::minutes(6)).await;
    office.desk.bring_up();
    office.desk.pass(TimeDelta::minutes(6)).await;
    assert_eq!(office.writes().len(), 0);
    let shown = office.shown();
    let SyncState::Conflict { mine, .. } = &shown.sync else { panic!("{shown:?}") };
    assert_eq!((mine.text.as_deref(), shown.text.as_str()), (Some("Mine"), "Theirs"));
    office.desk.app.resolve_conflict(&office.post, KeepSide::Mine).unwrap();
    office.desk.pass(TimeDelta::minutes(1)).await;
    assert_eq!(office.desk.practice.publora().post(&office.remote).unwrap().content, "Mine");
}

#[tokio::test(start_paused = true)]
async fn an_edit_whose_answer_was_lost_is_looked_up_and_not_repeated() {
    let office = Office::at_posteverywhere().await;
    let lost = What::CutAfterApplying;
    office.desk.practice.fault(Fault::once(Match::method("PATCH"), lost));
    office.desk.app.edit_text(&office.post, "Second thought".to_owned()).unwrap();
    office.desk.pass(TimeDelta::minutes(6)).await;
    assert_eq!(office.writes().len(), 1);
    assert_eq!(office.shown().text, "Second thought");
    assert_eq!(office.shown().sync, SyncState::Synced);
}

#[tokio::test(start_paused = true)]
async fn publishing_now_is_asked_for_once_and_never_again() {
    for (lost, arrived) in [(What::CutAfterApplying, true), (What::CutBeforeApplying, false)] {
        let office = Office::at_posteverywhere().await;
        office.desk.app.pause(&office.post).unwrap();
        office.desk.pass(TimeDelta::seconds(5)).await;
        office.desk.practice.clear_requests();
        office.desk.practice.posteverywhere().expect_publish_now(&office.remote);
        office.desk.practice.fault(Fault::once(Match::method("POST"), lost));
        office.desk.app.act(&office.post, Act::PublishNow).unwrap();
        office.desk.pass(TimeDelta::minutes(10)).await;
        let posts = office.writes().into_iter().filter(|write| write.method == "POST").count();
        assert_eq!(posts, 1);
        if arrived {
            assert_eq!(office.shown().confirmed.status, PostStatus::Published);
            assert_eq!(office.shown().sync, SyncState::Synced);
        } else {
            assert_eq!(office.problem(), Problem::Refused);
            assert_eq!(office.shown().confirmed.status, PostStatus::Draft);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn publishing_now_is_not_in_undo() {
    let office = Office::at_posteverywhere().await;
    let app = &office.desk.app;
    app.pause(&office.post).unwrap();
    office.desk.pass(TimeDelta::minutes(10)).await;
    office.desk.practice.clear_requests();
    app.act(&office.post, Act::PublishNow).unwrap();
    // Taken back before anything was sent.
    app.resume(&office.post, at("15:00")).unwrap();
    let _ = app.undo();
    office.desk.pass(TimeDelta::minutes(5)).await;
    let published =
        office.writes().into_iter().filter(|write| !write.body["publish_now"].is_null());
    assert_eq!(published.count(), 0);
    assert_ne!(office.shown().confirmed.status, PostStatus::Published);
}

#[tokio::test(start_paused = true)]
async fn publishing_now_does_not_take_the_place_of_a_change_that_waits() {
    let office = Office::at_posteverywhere().await;
    let app = &office.desk.app;
    app.pause(&office.post).unwrap();
    office.desk.pass(TimeDelta::seconds(5)).await;
    app.edit_text(&office.post, "Second thought".to_owned()).unwrap();
    let error = app.act(&office.post, Act::PublishNow).unwrap_err();
    assert_eq!(error.code, ErrorCode::NotEditable);
    office.desk.pass(TimeDelta::seconds(5)).await;
    assert_eq!(office.shown().text, "Second thought");
}

#[tokio::test(start_paused = true)]
async fn publishing_now_never_waits() {
    let mut office = Office::at_posteverywhere().await;
    office.desk.app.pause(&office.post).unwrap();
    office.desk.pass(TimeDelta::seconds(5)).await;
    office.desk.practice.clear_requests();
    office.desk.take_down();
    // Nobody has noticed yet that the service can't be reached.
    office.desk.app.act(&office.post, Act::PublishNow).unwrap();
    office.desk.pass(TimeDelta::seconds(2)).await;
    assert_eq!(office.problem(), Problem::Refused);
    let error = office.desk.app.act(&office.post, Act::PublishNow).unwrap_err();
    assert_eq!(error.code, ErrorCode::Unreachable);
    office.desk.restart().await;
    office.desk.bring_up();
    office.desk.pass(TimeDelta::minutes(10)).await;
    assert_eq!(office.writes().len(), 0);
    assert_eq!(office.shown().confirmed.status, PostStatus::Draft);
}

#[tokio::test(start_paused = true)]
async fn a_failed_post_is_tried_again_where_the_service_can() {
    let office = Office::at_posteverywhere().await;
    office.desk.practice.posteverywhere().fail_next_publication("2280");
    office.desk.pass(TimeDelta::hours(4) + TimeDelta::minutes(10)).await;
    assert_eq!(office.shown().confirmed.status, PostStatus::Failed);
    office.desk.app.act(&office.post, Act::Retry).unwrap();
    office.desk.pass(TimeDelta::minutes(10)).await;
    assert_eq!(office.shown().confirmed.status, PostStatus::Published);
    assert_eq!(office.writes().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn where_pausing_is_refused_a_post_is_called_off_and_its_text_kept_as_a_draft() {
    let office = Office::at_postato().await;
    let postato = office.desk.practice.postato();
    let pausing = postato::Pausing::Refused;
    postato.set_settings(postato::Settings { pausing, ..postato::Settings::default() });
    office.desk.app.pause(&office.post).unwrap();
    office.desk.pass(TimeDelta::minutes(2)).await;
    assert_eq!(office.problem(), Problem::Refused);
    assert_eq!(
        office.shown().confirmed.status,
        PostStatus::Scheduled,
        "it is not called off by itself"
    );

    postato.expect_cancellation();
    let draft = office.desk.app.cancel_keeping_draft(&office.post).unwrap().post;
    office.desk.pass(TimeDelta::minutes(2)).await;
    assert_eq!(office.shown().confirmed.status, PostStatus::Cancelled);
    let kept = office.desk.app.posts(std::slice::from_ref(&draft.id)).unwrap().remove(0);
    assert_eq!((kept.text.as_str(), &kept.remote), ("One post each", &None));
    assert_eq!(kept.remembered, Some(at("12:00")));
    assert_eq!(kept.sync, SyncState::Synced, "it asks nothing of the service");

    office.desk.app.resume(&draft.id, at("18:00")).unwrap();
    office.desk.pass(TimeDelta::minutes(2)).await;
    let made = office.desk.app.posts(std::slice::from_ref(&draft.id)).unwrap().remove(0);
    assert_eq!(made.confirmed.goes_out_at(), Some(at("18:00")));
    let scheduled = postato.posts();
    let is_on = |post: &&postato::PostState| post.status == postato::PostStatus::Scheduled;
    assert_eq!(scheduled.iter().filter(is_on).count(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_new_post_is_made_once_at_each_service() {
    let desk = Desk::bare();
    one_post_each(&desk);
    let accounts = [
        connect(&desk, publora_form()).await,
        connect(&desk, postato_form()).await,
        connect(&desk, posteverywhere_form()).await,
    ];
    desk.pass(TimeDelta::seconds(5)).await;
    let all = desk.app.accounts().unwrap();
    for lost in [None, Some(What::CutAfterApplying), Some(What::CutBeforeApplying)] {
        for account in &accounts {
            let state = all.iter().find(|state| state.account.id == *account).unwrap();
            let channels = state.channels.iter().map(|channel| channel.id.clone()).collect();
            let text = format!("New at {} after {lost:?}", state.service.name);
            if let Some(lost) = &lost {
                desk.practice.fault(Fault::once(Match::method("POST"), lost.clone()));
            }
            let form = rundown_core::NewPostForm {
                account: account.clone(),
                channels,
                text: text.clone(),
                time: Some(at("18:00")),
            };
            let post = desk.app.create_post(&form).unwrap().remove(0).post.id;
            desk.pass(TimeDelta::minutes(5)).await;
            let shown = desk.app.posts(&[post]).unwrap().remove(0);
            assert_eq!(shown.confirmed.goes_out_at(), Some(at("18:00")), "{text}: {shown:?}");
            assert_eq!(shown.sync, SyncState::Synced, "{text}");
            let alike = desk.posts().into_iter().filter(|post| post.text == text).count();
            assert_eq!(alike, 1, "{text}");
        }
    }
    let made = desk.practice.publora().posts().len()
        + desk.practice.postato().posts().len()
        + desk.practice.posteverywhere().posts().len();
    assert_eq!(made, 3 + 9);
    let armed = desk.practice.posteverywhere().posts().into_iter();
    assert!(armed.clone().all(|post| post.status == posteverywhere::PostStatus::Scheduled));
}

#[tokio::test(start_paused = true)]
async fn a_text_alone_leaves_a_post_that_was_paused_elsewhere_where_it_is() {
    let office = Office::at_publora().await;
    let (desk, post) = (&office.desk, &office.post);
    desk.take_down();
    desk.app.edit_text(post, "Another text".to_owned()).unwrap();
    desk.settle().await;
    let paused = postpost::Edit { status: Some(postpost::PostStatus::Draft), ..Default::default() };
    assert!(desk.practice.publora().edit_elsewhere(&office.remote, paused));
    desk.bring_up();
    desk.pass(TimeDelta::minutes(6)).await;
    let bodies: Vec<_> = office.writes().into_iter().map(|write| write.body).collect();
    assert_eq!(bodies, [json!({ "content": "Another text" })]);
    let shown = office.shown();
    assert_eq!(shown.sync, SyncState::Synced);
    assert_eq!(
        (shown.confirmed.status.clone(), shown.text.as_str()),
        (PostStatus::Draft, "Another text")
    );
}

#[tokio::test(start_paused = true)]
async fn a_text_alone_leaves_a_post_that_was_moved_elsewhere_at_its_new_time() {
    let office = Office::at_posteverywhere().await;
    let (desk, post) = (&office.desk, &office.post);
    desk.take_down();
    desk.app.edit_text(post, "Another text".to_owned()).unwrap();
    desk.settle().await;
    let moved = posteverywhere::Edit { scheduled_for: Some(at("17:00")), ..Default::default() };
    assert!(desk.practice.posteverywhere().edit_elsewhere(&office.remote, moved));
    desk.bring_up();
    desk.pass(TimeDelta::minutes(6)).await;
    let shown = office.shown();
    assert_eq!(shown.sync, SyncState::Synced);
    assert_eq!(shown.confirmed.time, Some(at("17:00")));
    assert_eq!(shown.text, "Another text");
}

#[tokio::test(start_paused = true)]
async fn a_text_changed_at_both_places_is_a_question_and_keeping_mine_moves_nothing() {
    let office = Office::at_publora().await;
    let (desk, post) = (&office.desk, &office.post);
    desk.take_down();
    desk.app.edit_text(post, "Mine".to_owned()).unwrap();
    desk.settle().await;
    let theirs = postpost::Edit {
        content: Some("Theirs".to_owned()),
        scheduled_time: Some(at("17:00")),
        ..Default::default()
    };
    assert!(desk.practice.publora().edit_elsewhere(&office.remote, theirs));
    desk.bring_up();
    desk.pass(TimeDelta::minutes(6)).await;
    assert!(office.writes().is_empty());
    assert!(matches!(office.shown().sync, SyncState::Conflict { .. }), "{:?}", office.shown().sync);
    desk.app.resolve_conflict(post, KeepSide::Mine).unwrap();
    desk.pass(TimeDelta::minutes(1)).await;
    let shown = office.shown();
    assert_eq!((shown.text.as_str(), shown.confirmed.time), ("Mine", Some(at("17:00"))));
}

#[tokio::test(start_paused = true)]
async fn a_move_goes_through_where_only_the_text_was_changed_elsewhere() {
    let office = Office::at_publora().await;
    let (desk, post) = (&office.desk, &office.post);
    desk.take_down();
    desk.app.reschedule(post, at("15:00")).unwrap();
    desk.settle().await;
    let theirs = postpost::Edit { content: Some("Theirs".to_owned()), ..Default::default() };
    assert!(desk.practice.publora().edit_elsewhere(&office.remote, theirs));
    desk.bring_up();
    desk.pass(TimeDelta::minutes(6)).await;
    let shown = office.shown();
    assert_eq!(shown.sync, SyncState::Synced);
    assert_eq!((shown.text.as_str(), shown.confirmed.time), ("Theirs", Some(at("15:00"))));
}

#[tokio::test(start_paused = true)]
async fn a_text_that_came_too_late_with_its_time_goes_along_with_the_answer() {
    for keeps_as_draft in [false, true] {
        let office = Office::at_publora().await;
        let (app, post) = (&office.desk.app, &office.post);
        app.pause(post).unwrap();
        office.desk.pass(TimeDelta::minutes(1)).await;
        office.desk.practice.clear_requests();
        office.desk.take_down();
        app.edit_text(post, "Better words".to_owned()).unwrap();
        app.resume(post, at("08:30")).unwrap();
        office.desk.pass(TimeDelta::minutes(40)).await;
        assert_eq!(office.problem(), Problem::TooLate);
        match keeps_as_draft {
            true => app.pause(post).unwrap(),
            false => app.resume(post, at("15:00")).unwrap(),
        };
        office.desk.bring_up();
        office.desk.pass(TimeDelta::minutes(6)).await;
        let shown = office.shown();
        assert_eq!((shown.text.as_str(), shown.sync), ("Better words", SyncState::Synced));
        let goes_out_at = (!keeps_as_draft).then(|| at("15:00"));
        assert_eq!(shown.confirmed.goes_out_at(), goes_out_at);
        assert_eq!(office.writes().len(), 1, "{:?}", office.writes());
    }
}
