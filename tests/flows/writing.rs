//! Creating and deleting posts, at a service without idempotency keys: PostPost.

use chrono::TimeDelta;
use rundown_core::ErrorCode;
use rundown_core::NewPostForm;
use rundown_core::model::{Act, ChannelId, Post, PostId, PostStatus, Problem, SyncState};
use rundown_practice::postpost::{Edit, PostState, PostStatus as AtService, SeedPost};
use rundown_practice::{Fault, Match, What};
use serde_json::json;

use crate::desk::{Desk, KEY, LINKEDIN, X, at};

const TEXT: &str = "Spring menu 🌱\n\nيوم سعيد & <b>bold</b>";

fn channel(desk: &Desk, remote: &str) -> ChannelId {
    let account = desk.app.accounts().unwrap().remove(0);
    account.channels.into_iter().find(|it| it.remote.as_str() == remote).unwrap().id
}

/// The form for a post on LinkedIn.
fn form(desk: &Desk, time: Option<&str>) -> NewPostForm {
    NewPostForm {
        account: desk.account().id,
        channels: vec![channel(desk, LINKEDIN)],
        text: TEXT.to_owned(),
        time: time.map(at),
    }
}

fn create(desk: &Desk, time: Option<&str>) -> PostId {
    desk.app.create_post(&form(desk, time)).unwrap().remove(0).post.id
}

fn post(desk: &Desk, id: &PostId) -> Post {
    desk.app.posts(std::slice::from_ref(id)).unwrap().remove(0)
}

/// The posts at the service that have the text.
fn made(desk: &Desk) -> Vec<PostState> {
    let mut posts = desk.practice.postpost().posts();
    posts.retain(|post| post.content == TEXT);
    posts
}

fn problem(post: &Post) -> Problem {
    match &post.sync {
        SyncState::NeedsYou { problem, .. } => *problem,
        other => panic!("no problem is shown: {other:?}"),
    }
}

#[tokio::test(start_paused = true)]
async fn a_new_draft_is_created_by_one_request_and_not_taken_for_another_post() {
    let desk = Desk::connected().await;
    let id = create(&desk, None);
    desk.settle().await;
    let body = json!({ "content": TEXT, "platforms": [LINKEDIN] });
    let creates = desk.requests("POST");
    assert_eq!(creates.iter().map(|it| &it.body).collect::<Vec<_>>(), [&body]);
    desk.pass(TimeDelta::minutes(10)).await;
    let shown = post(&desk, &id);
    assert_eq!(shown.remote.unwrap().as_str(), made(&desk)[0].id);
    assert_eq!((shown.confirmed.status, shown.sync), (PostStatus::Draft, SyncState::Synced));
    assert_eq!(desk.posts().len(), 1, "what a list shows of it is the same post");
    assert_eq!(desk.puts().len(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_new_post_with_a_time_is_a_draft_before_it_is_scheduled() {
    let desk = Desk::connected().await;
    let id = create(&desk, Some("15:00"));
    assert_eq!(post(&desk, &id).shown().time, Some(at("15:00")), "it stands there at once");
    desk.pass(TimeDelta::seconds(5)).await;
    assert_eq!(desk.requests("POST").len(), 1);
    assert_eq!(desk.requests("POST")[0].body.get("scheduledTime"), None);
    let both = json!({ "status": "scheduled", "scheduledTime": "2026-03-10T15:00:00.000Z" });
    assert_eq!(desk.puts(), [both]);
    let shown = post(&desk, &id);
    assert_eq!(shown.confirmed.goes_out_at(), Some(at("15:00")));
    assert_eq!(shown.sync, SyncState::Synced);
}

#[tokio::test(start_paused = true)]
async fn what_is_written_and_changed_offline_is_created_once_as_it_was_left() {
    let desk = Desk::connected().await;
    desk.take_down();
    let id = create(&desk, Some("15:00"));
    desk.app.edit_text(&id, format!("{TEXT}!")).unwrap();
    desk.app.reschedule(&id, at("16:00")).unwrap();
    desk.app.edit_text(&id, TEXT.to_owned()).unwrap();
    desk.pass(TimeDelta::minutes(20)).await;
    assert_eq!(post(&desk, &id).shown().time, Some(at("16:00")));
    desk.bring_up();
    desk.pass(TimeDelta::minutes(10)).await;
    assert_eq!(made(&desk).len(), 1);
    assert_eq!(made(&desk)[0].scheduled_time, Some(at("16:00")));
    assert_eq!(post(&desk, &id).sync, SyncState::Synced);
}

#[tokio::test(start_paused = true)]
async fn a_creation_whose_answer_was_lost_is_found_and_not_repeated() {
    for lost in [What::CutAfterApplying, What::Unavailable503AfterApplying, What::BadJson] {
        let desk = Desk::connected().await;
        desk.practice.fault(Fault::once(Match::method("POST"), lost.clone()));
        let id = create(&desk, Some("15:00"));
        desk.pass(TimeDelta::minutes(10)).await;
        assert_eq!(made(&desk).len(), 1, "after {lost:?}");
        assert_eq!(made(&desk)[0].scheduled_time, Some(at("15:00")), "after {lost:?}");
        assert_eq!(desk.posts().len(), 1, "after {lost:?}");
        assert_eq!(post(&desk, &id).sync, SyncState::Synced, "after {lost:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_creation_that_never_arrived_is_made_again_after_a_second_look() {
    let desk = Desk::connected().await;
    desk.practice.fault(Fault::once(Match::method("POST"), What::CutBeforeApplying));
    let id = create(&desk, Some("15:00"));
    desk.pass(TimeDelta::seconds(25)).await;
    assert_eq!(desk.requests("POST").len(), 1, "it may still be on its way");
    desk.pass(TimeDelta::minutes(10)).await;
    assert_eq!(desk.requests("POST").len(), 2);
    assert_eq!(made(&desk).len(), 1);
    assert_eq!(post(&desk, &id).confirmed.goes_out_at(), Some(at("15:00")));
}

#[tokio::test(start_paused = true)]
async fn a_spare_draft_of_a_creation_that_arrived_late_is_offered_for_deletion_and_never_deleted() {
    let mut desk = Desk::connected().await;
    desk.practice.fault(Fault::once(Match::method("POST"), What::CutBeforeApplying));
    let id = create(&desk, Some("15:00"));
    desk.pass(TimeDelta::minutes(10)).await;
    assert_eq!(desk.requests("POST").len(), 2);
    let edited = Edit { content: Some("Better words".to_owned()), ..Edit::default() };
    assert!(desk.practice.postpost().edit_elsewhere(&made(&desk)[0].id, edited));
    desk.app.refresh();
    desk.pass(TimeDelta::minutes(1)).await;
    desk.news();
    // What was asked for first shows up after all, and so does a draft with another text.
    let late = |text: &str| SeedPost {
        content: text.to_owned(),
        status: AtService::Draft,
        platforms: vec![LINKEDIN.to_owned()],
        ..SeedPost::default()
    };
    let spare = desk.practice.postpost().add_post(KEY, late(TEXT));
    let other = desk.practice.postpost().add_post(KEY, late("Another text"));
    desk.app.refresh();
    desk.pass(TimeDelta::minutes(1)).await;
    let is_spare = |remote: &str| desk.shown(remote).is_spare;
    assert_eq!((is_spare(&spare), is_spare(&other)), (true, false));
    assert!(!post(&desk, &id).is_spare);
    assert!(desk.requests("DELETE").is_empty());

    desk.app.dismiss_problem(&desk.id(&spare)).unwrap();
    desk.app.refresh();
    desk.pass(TimeDelta::minutes(10)).await;
    assert!(!desk.shown(&spare).is_spare, "what was kept is not asked about again");
    let said = desk.problems();
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains("may be there twice"), "{said:?}");
}

#[tokio::test(start_paused = true)]
async fn a_creation_that_never_arrives_ends_in_a_question_and_keeps_its_text() {
    let mut desk = Desk::connected().await;
    for _ in 0..5 {
        desk.practice.fault(Fault::once(Match::method("POST"), What::Internal500));
    }
    let id = create(&desk, Some("15:00"));
    desk.pass(TimeDelta::minutes(60)).await;
    assert_eq!(desk.requests("POST").len(), 3);
    let shown = post(&desk, &id);
    assert_eq!((problem(&shown), shown.text.as_str()), (Problem::Refused, TEXT));
    assert!(desk.problems()[0].contains("look there before you try again"));
}

#[tokio::test(start_paused = true)]
async fn a_crash_in_the_middle_of_a_creation_makes_no_second_post() {
    let mut desk = Desk::connected().await;
    desk.practice.fault(Fault::once(Match::method("POST"), What::DelayAfterApplying(20_000)));
    let id = create(&desk, Some("15:00"));
    desk.pass(TimeDelta::seconds(2)).await;
    assert_eq!(made(&desk).len(), 1, "it has arrived");
    desk.restart().await;
    desk.pass(TimeDelta::minutes(10)).await;
    assert_eq!(made(&desk).len(), 1);
    assert_eq!(desk.posts().len(), 1);
    assert_eq!(post(&desk, &id).confirmed.goes_out_at(), Some(at("15:00")));
}

#[tokio::test(start_paused = true)]
async fn two_new_posts_alike_are_two_posts() {
    let desk = Desk::connected().await;
    desk.practice.fault(Fault::once(Match::method("POST"), What::CutAfterApplying));
    let (one, two) = (create(&desk, None), create(&desk, None));
    desk.pass(TimeDelta::minutes(10)).await;
    assert_eq!(made(&desk).len(), 2);
    assert_eq!(desk.posts().len(), 2);
    assert_ne!(post(&desk, &one).remote, post(&desk, &two).remote);
}

#[tokio::test(start_paused = true)]
async fn a_new_post_that_is_discarded_before_it_was_sent_leaves_nothing() {
    let desk = Desk::connected().await;
    desk.take_down();
    let id = create(&desk, Some("15:00"));
    desk.pass(TimeDelta::minutes(1)).await;
    desk.app.act(&id, Act::Delete).unwrap();
    assert_eq!(desk.posts(), []);
    desk.bring_up();
    desk.pass(TimeDelta::minutes(10)).await;
    assert_eq!(made(&desk).len(), 0);
    assert_eq!(desk.requests("POST").len(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_post_whose_creation_came_to_nothing_is_not_created_to_be_deleted() {
    let desk = Desk::connected().await;
    desk.practice.fault(Fault::once(Match::method("POST"), What::CutBeforeApplying));
    let id = create(&desk, Some("15:00"));
    desk.settle().await;
    desk.app.act(&id, Act::Delete).unwrap();
    desk.pass(TimeDelta::minutes(10)).await;
    assert_eq!(desk.posts(), []);
    assert_eq!((desk.requests("POST").len(), desk.requests("DELETE").len()), (1, 0));
}

#[tokio::test(start_paused = true)]
async fn a_refused_creation_keeps_its_text_here_and_can_be_tried_again() {
    let desk = Desk::connected().await;
    desk.practice.fault(Fault::once(Match::method("POST"), What::PlanLimit403));
    let id = create(&desk, Some("15:00"));
    desk.pass(TimeDelta::minutes(1)).await;
    let shown = post(&desk, &id);
    assert_eq!(problem(&shown), Problem::PlanLimit);
    assert_eq!((shown.text.as_str(), &shown.remote), (TEXT, &None));
    assert_eq!(desk.app.drafts().unwrap().len(), 1, "among the drafts");
    desk.app.resume(&id, at("16:00")).unwrap();
    desk.pass(TimeDelta::minutes(2)).await;
    assert_eq!(made(&desk)[0].scheduled_time, Some(at("16:00")));
}

#[tokio::test(start_paused = true)]
async fn a_new_post_whose_time_came_before_it_could_be_sent_is_a_question() {
    let mut desk = Desk::connected().await;
    desk.take_down();
    let id = create(&desk, Some("08:30"));
    desk.pass(TimeDelta::minutes(29)).await;
    desk.bring_up();
    desk.pass(TimeDelta::minutes(10)).await;
    assert_eq!(desk.requests("POST").len(), 0, "nothing was sent");
    let shown = post(&desk, &id);
    assert_eq!(problem(&shown), Problem::TooLate);
    assert_eq!(shown.text, TEXT);
    assert_eq!(desk.problems().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_form_that_can_not_be_sent_keeps_nothing_and_says_why() {
    let desk = Desk::connected().await;
    let good = form(&desk, None);
    let stranger = ChannelId::from("elsewhere".to_owned());
    for (form, code) in [
        (NewPostForm { text: " \n".to_owned(), ..good.clone() }, ErrorCode::EmptyText),
        (NewPostForm { channels: Vec::new(), ..good.clone() }, ErrorCode::NoChannel),
        (NewPostForm { channels: vec![stranger], ..good.clone() }, ErrorCode::NotFound),
        (NewPostForm { time: Some(at("07:59")), ..good.clone() }, ErrorCode::PastTime),
        (NewPostForm { time: Some(at("08:01")), ..good.clone() }, ErrorCode::TooLate),
    ] {
        assert_eq!(desk.app.create_post(&form).unwrap_err().code, code);
    }
    assert_eq!(desk.posts(), []);
    let two = vec![channel(&desk, LINKEDIN), channel(&desk, X)];
    desk.app.create_post(&NewPostForm { channels: two, ..good }).unwrap();
    desk.settle().await;
    assert_eq!(made(&desk)[0].platforms.len(), 2, "one post for both channels");
}

#[tokio::test(start_paused = true)]
async fn the_text_of_a_post_can_not_be_changed_where_the_service_has_no_way_to() {
    let desk = Desk::connected().await;
    let remote = desk.scheduled("12:00").await;
    let error = desk.app.edit_text(&desk.id(&remote), "Other".to_owned()).unwrap_err();
    assert_eq!(error.code, ErrorCode::NotPossible);
    assert_eq!(error.message, "PostPost can’t change the text of a post for Rundown.");
    let error = desk.app.act(&desk.id(&remote), Act::PublishNow).unwrap_err();
    assert_eq!(error.code, ErrorCode::NotPossible);
}

#[tokio::test(start_paused = true)]
async fn a_deletion_waits_ten_seconds_for_its_undo() {
    let desk = Desk::connected().await;
    let remote = desk.scheduled("12:00").await;
    desk.app.act(&desk.id(&remote), Act::Delete).unwrap();
    desk.pass(TimeDelta::seconds(9)).await;
    assert!(desk.shown(&remote).is_leaving());
    assert_eq!(desk.shown(&remote).confirmed.goes_out_at(), Some(at("12:00")));
    desk.app.undo().unwrap();
    desk.pass(TimeDelta::minutes(5)).await;
    assert_eq!(desk.requests("DELETE").len(), 0);
    assert_eq!(desk.shown(&remote).sync, SyncState::Synced);

    desk.app.act(&desk.id(&remote), Act::Delete).unwrap();
    desk.pass(TimeDelta::seconds(11)).await;
    assert_eq!(desk.requests("DELETE").len(), 1);
    assert_eq!(desk.practice.postpost().post(&remote), None);
    assert_eq!(desk.posts(), []);
}

#[tokio::test(start_paused = true)]
async fn a_deletion_can_not_be_undone_once_it_is_on_its_way() {
    let desk = Desk::connected().await;
    let remote = desk.scheduled("12:00").await;
    let id = desk.id(&remote);
    desk.practice.fault(Fault::once(Match::method("DELETE"), What::Delay(5_000)));
    desk.app.act(&id, Act::Delete).unwrap();
    desk.pass(TimeDelta::seconds(12)).await;
    assert_eq!(desk.app.undo().unwrap_err().code, ErrorCode::MovedOn);
    desk.pass(TimeDelta::minutes(1)).await;
    assert_eq!(desk.app.undo().unwrap_err().code, ErrorCode::NothingToUndo);
    assert_eq!(desk.practice.postpost().post(&remote), None);
}

#[tokio::test(start_paused = true)]
async fn a_post_about_to_go_out_is_deleted_without_delay() {
    let desk = Desk::connected().await;
    let remote = desk.scheduled("08:04").await;
    desk.app.act(&desk.id(&remote), Act::Delete).unwrap();
    desk.settle().await;
    assert_eq!(desk.practice.postpost().post(&remote), None);
}

#[tokio::test(start_paused = true)]
async fn the_grace_of_a_deletion_ends_at_a_start_and_before_a_quit() {
    let mut desk = Desk::connected().await;
    let remote = desk.scheduled("12:00").await;
    desk.app.act(&desk.id(&remote), Act::Delete).unwrap();
    desk.restart().await;
    assert_eq!(desk.practice.postpost().post(&remote), None, "at a start");

    let remote = desk.scheduled("12:00").await;
    desk.app.act(&desk.id(&remote), Act::Delete).unwrap();
    assert!(desk.app.send_deletions(TimeDelta::seconds(3)).await.unwrap());
    assert_eq!(desk.practice.postpost().post(&remote), None, "before a quit");

    let remote = desk.scheduled("12:00").await;
    desk.take_down();
    desk.app.act(&desk.id(&remote), Act::Delete).unwrap();
    assert!(!desk.app.send_deletions(TimeDelta::seconds(3)).await.unwrap());
    assert_eq!(desk.app.open_changes().unwrap().len(), 1, "it is named by the question");
}

#[tokio::test(start_paused = true)]
async fn a_deletion_whose_answer_was_lost_is_looked_up_and_done_once() {
    for lost in [What::CutAfterApplying, What::Unavailable503AfterApplying] {
        let desk = Desk::connected().await;
        let remote = desk.scheduled("12:00").await;
        desk.practice.fault(Fault::once(Match::method("DELETE"), lost));
        desk.app.act(&desk.id(&remote), Act::Delete).unwrap();
        desk.pass(TimeDelta::minutes(5)).await;
        assert_eq!(desk.requests("DELETE").len(), 1);
        assert_eq!(desk.posts(), []);
    }
    let desk = Desk::connected().await;
    let remote = desk.scheduled("12:00").await;
    desk.practice.fault(Fault::once(Match::method("DELETE"), What::CutBeforeApplying));
    desk.app.act(&desk.id(&remote), Act::Delete).unwrap();
    desk.pass(TimeDelta::minutes(5)).await;
    assert_eq!(desk.requests("DELETE").len(), 2, "it is asked for again");
    assert_eq!(desk.practice.postpost().post(&remote), None);
}

#[tokio::test(start_paused = true)]
async fn a_post_that_was_changed_elsewhere_is_not_deleted_without_a_question() {
    let desk = Desk::connected().await;
    let remote = desk.scheduled("12:00").await;
    desk.take_down();
    desk.app.act(&desk.id(&remote), Act::Delete).unwrap();
    let moved = Edit { scheduled_time: Some(at("13:00")), ..Edit::default() };
    desk.practice.postpost().edit_elsewhere(&remote, moved);
    desk.pass(TimeDelta::minutes(1)).await;
    desk.bring_up();
    desk.pass(TimeDelta::minutes(10)).await;
    assert_eq!(desk.requests("DELETE").len(), 0);
    assert!(matches!(desk.shown(&remote).sync, SyncState::Conflict { .. }));
}

#[tokio::test(start_paused = true)]
async fn a_failed_post_can_be_deleted_and_a_published_one_can_not() {
    let desk = Desk::connected().await;
    let failed = desk.scheduled("12:00").await;
    let published = desk.scheduled("12:30").await;
    for (remote, status) in [(&failed, AtService::Failed), (&published, AtService::Published)] {
        let edit = Edit { status: Some(status), ..Edit::default() };
        desk.practice.postpost().edit_elsewhere(remote, edit);
    }
    desk.app.refresh();
    desk.settle().await;
    let error = desk.app.act(&desk.id(&published), Act::Delete).unwrap_err();
    assert_eq!(error.code, ErrorCode::NotEditable);
    desk.app.act(&desk.id(&failed), Act::Delete).unwrap();
    desk.app.undo().unwrap();
    assert_eq!(desk.shown(&failed).sync, SyncState::Synced);
    desk.app.act(&desk.id(&failed), Act::Delete).unwrap();
    desk.pass(TimeDelta::seconds(11)).await;
    assert_eq!(desk.practice.postpost().post(&failed), None);
}
