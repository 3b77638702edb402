//! Posts that the user publishes by hand: This computer keeps them, and hands them over when due.

use chrono::{DateTime, TimeDelta, Utc};
use rundown_core::events::{Event, Reminder};
use rundown_core::model::{Account, Act, Channel, Post, PostId, PostStatus, Problem, SyncState};
use rundown_core::{ChannelForm, ErrorCode, NewPostForm};
use rusqlite::Connection;

use crate::desk::{Desk, KEY, at};

/// What came due since the last time this was asked.
fn handed_over(desk: &mut Desk) -> Vec<Reminder> {
    let news = desk.news().into_iter();
    news.filter_map(|event| match event {
        Event::HandOver(due) => Some(due),
        _ => None,
    })
    .flatten()
    .collect()
}

fn times(due: &[Reminder]) -> Vec<DateTime<Utc>> {
    due.iter().map(|reminder| reminder.time).collect()
}

fn this_computer(desk: &Desk) -> Account {
    let accounts = desk.app.accounts().unwrap().into_iter().map(|state| state.account);
    accounts.into_iter().find(Account::is_this_computer).expect("it is always there")
}

fn form(network: &str, name: &str) -> ChannelForm {
    ChannelForm { network: network.to_owned(), name: name.to_owned() }
}

/// A desk with nothing but This computer, as the shell starts it.
async fn started() -> Desk {
    let desk = Desk::bare();
    desk.app.start().unwrap();
    desk.settle().await;
    desk
}

fn channel(desk: &Desk) -> Channel {
    let account = this_computer(desk).id;
    let channels = desk.app.accounts().unwrap().pop().unwrap().channels;
    channels.into_iter().next().unwrap_or_else(|| {
        desk.app.add_channel(&account, &form("Bluesky", "@studio.example")).unwrap()
    })
}

fn create(desk: &Desk, time: Option<DateTime<Utc>>) -> PostId {
    let form = NewPostForm {
        account: this_computer(desk).id,
        channels: vec![channel(desk).id],
        text: "Good morning, neighbours".to_owned(),
        time,
    };
    desk.app.create_post(&form).unwrap().remove(0).post.id
}

/// A post for a time of the morning, on a channel that was named before.
async fn planned(desk: &Desk, time: &str) -> PostId {
    let post = create(desk, Some(at(time)));
    desk.settle().await;
    post
}

fn post(desk: &Desk, id: &PostId) -> Post {
    desk.app.posts(std::slice::from_ref(id)).unwrap().remove(0)
}

fn is_due(desk: &Desk, id: &PostId) -> bool {
    desk.app.by_hand().unwrap().is_due(&post(desk, id))
}

#[tokio::test(start_paused = true)]
async fn this_computer_is_there_once_from_the_first_start_and_listed_last() {
    let mut desk = started().await;
    let first = this_computer(&desk);
    assert_eq!(first.label, "This computer");
    desk.connect(KEY).await.unwrap();
    desk.restart().await;
    let accounts = desk.app.accounts().unwrap();
    assert_eq!(accounts.len(), 2);
    assert_eq!(accounts[1].account, first);
    assert!(desk.app.services().iter().all(|service| service.name != "This computer"));
}

#[tokio::test(start_paused = true)]
async fn it_has_no_key_and_stays() {
    let desk = started().await;
    let account = this_computer(&desk).id;
    let error = desk.app.disconnect(&account).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::NotPossible);
    assert!(error.message.contains("always there"), "{error}");
    let kept = rundown_core::model::KeepKey::Session;
    let error = desk.app.replace_key(&account, &KEY.into(), kept).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::NotPossible);
    this_computer(&desk);
}

#[tokio::test(start_paused = true)]
async fn a_post_is_drafted_scheduled_moved_paused_edited_and_deleted_like_all_others() {
    let mut desk = started().await;
    let id = create(&desk, None);
    desk.settle().await;
    assert_eq!(post(&desk, &id).confirmed.status, PostStatus::Draft);
    assert!(post(&desk, &id).remote.is_some());

    desk.app.resume(&id, at("12:00")).unwrap();
    desk.settle().await;
    desk.app.reschedule(&id, at("14:00")).unwrap();
    desk.settle().await;
    desk.app.edit_text(&id, "Good afternoon".to_owned()).unwrap();
    desk.settle().await;
    let shown = post(&desk, &id);
    assert_eq!((shown.confirmed.time, shown.text.as_str()), (Some(at("14:00")), "Good afternoon"));
    assert_eq!(shown.sync, SyncState::Synced);

    desk.app.pause(&id).unwrap();
    desk.settle().await;
    desk.restart().await;
    let paused = post(&desk, &id);
    assert_eq!(paused.confirmed.status, PostStatus::Draft);
    assert_eq!(paused.remembered, Some(at("14:00")));

    desk.app.act(&id, Act::Delete).unwrap();
    desk.pass(TimeDelta::seconds(11)).await;
    assert!(desk.app.posts(&[id]).unwrap().is_empty());
    desk.pass(TimeDelta::hours(7)).await;
    assert!(desk.posts().is_empty(), "no sweep brings it back");
    assert!(desk.problems().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_time_that_has_passed_is_refused_and_the_next_minute_is_not() {
    let desk = started().await;
    let id = planned(&desk, "12:00").await;
    let error = desk.app.reschedule(&id, at("08:00") - TimeDelta::seconds(1)).unwrap_err();
    assert_eq!(error.code, ErrorCode::PastTime);
    desk.app.reschedule(&id, at("08:01")).unwrap();
    desk.settle().await;
    assert_eq!(post(&desk, &id).confirmed.time, Some(at("08:01")));
}

#[tokio::test(start_paused = true)]
async fn a_post_is_announced_before_and_handed_over_at_its_time_once_each() {
    let mut desk = started().await;
    let id = planned(&desk, "09:00").await;
    desk.pass(TimeDelta::minutes(46)).await;
    let announced = desk.news().into_iter().filter(|event| {
        matches!(event, Event::Reminder(Reminder { by_hand: true, time, .. }) if *time == at("09:00"))
    });
    assert_eq!(announced.count(), 1);
    assert!(!is_due(&desk, &id));

    desk.pass(TimeDelta::minutes(14)).await;
    let due = handed_over(&mut desk);
    assert_eq!(times(&due), [at("09:00")]);
    assert_eq!(due[0].excerpt, "Good morning, neighbours");
    assert_eq!(due[0].channels, "Bluesky @studio.example");
    assert!(is_due(&desk, &id));

    desk.pass(TimeDelta::hours(8)).await;
    desk.restart().await;
    assert!(handed_over(&mut desk).is_empty(), "once is enough");
    assert!(is_due(&desk, &id), "it stays until it is answered");
    assert_eq!(desk.app.due_by_hand(10).unwrap()[0].post, id);
    assert!(desk.app.next_posts(10).unwrap().is_empty(), "nothing is still to come");
}

#[tokio::test(start_paused = true)]
async fn what_came_due_during_a_sleep_is_handed_over_and_not_called_missed() {
    let mut desk = started().await;
    planned(&desk, "09:30").await;
    planned(&desk, "09:00").await;
    planned(&desk, "23:00").await;
    desk.news();
    desk.clock.jump(TimeDelta::hours(3));
    desk.pass(TimeDelta::minutes(1)).await;
    let news = desk.news();
    assert!(!news.iter().any(|event| matches!(event, Event::MissedReminders(_))));
    let due: Vec<_> = news.into_iter().filter(|it| matches!(it, Event::HandOver(_))).collect();
    let [Event::HandOver(due)] = due.as_slice() else { panic!("{due:?}") };
    assert_eq!(times(due), [at("09:00"), at("09:30")], "in one word, soonest first");
}

#[tokio::test(start_paused = true)]
async fn what_came_due_long_ago_while_rundown_was_closed_is_handed_over() {
    let mut desk = started().await;
    let id = planned(&desk, "09:00").await;
    desk.app.stop();
    desk.clock.jump(TimeDelta::days(120));
    desk.restart().await;
    assert_eq!(times(&handed_over(&mut desk)), [at("09:00")]);
    desk.pass(TimeDelta::hours(7)).await;
    assert!(is_due(&desk, &id), "no sweep drops it");
}

#[tokio::test(start_paused = true)]
async fn it_is_handed_over_also_where_reminders_are_off() {
    let mut desk = started().await;
    desk.app.set_reminder_minutes(0);
    planned(&desk, "09:00").await;
    desk.pass(TimeDelta::minutes(60)).await;
    assert_eq!(times(&handed_over(&mut desk)), [at("09:00")]);
}

#[tokio::test(start_paused = true)]
async fn done_keeps_the_time_and_is_done_for_good() {
    let mut desk = started().await;
    let id = planned(&desk, "09:00").await;
    desk.pass(TimeDelta::minutes(90)).await;
    desk.app.act(&id, Act::PublishNow).unwrap();
    desk.settle().await;
    desk.restart().await;
    let done = post(&desk, &id);
    assert_eq!(done.confirmed.status, PostStatus::Published);
    assert_eq!(done.confirmed.time, Some(at("09:00")));
    assert!(!is_due(&desk, &id));
    assert_eq!(desk.app.act(&id, Act::PublishNow).unwrap_err().code, ErrorCode::NotEditable);
}

#[tokio::test(start_paused = true)]
async fn what_is_done_before_its_time_went_out_now() {
    let desk = started().await;
    let id = planned(&desk, "12:00").await;
    desk.pass(TimeDelta::minutes(60)).await;
    desk.app.act(&id, Act::PublishNow).unwrap();
    desk.settle().await;
    let done = post(&desk, &id).confirmed;
    assert_eq!(done.status, PostStatus::Published);
    assert!(done.time.unwrap() - at("09:00") < TimeDelta::seconds(1), "{done:?}");
}

#[tokio::test(start_paused = true)]
async fn a_skipped_post_stays_on_record_and_is_never_due_again() {
    let mut desk = started().await;
    let id = planned(&desk, "09:00").await;
    desk.pass(TimeDelta::minutes(61)).await;
    desk.news();
    desk.app.act(&id, Act::Skip).unwrap();
    desk.settle().await;
    desk.restart().await;
    desk.pass(TimeDelta::hours(7)).await;
    assert_eq!(post(&desk, &id).confirmed.status, PostStatus::Cancelled);
    assert!(handed_over(&mut desk).is_empty());
    assert!(desk.app.due_by_hand(10).unwrap().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_snoozed_post_comes_back_at_its_new_time_without_a_reminder_before() {
    let mut desk = started().await;
    let id = planned(&desk, "09:00").await;
    desk.pass(TimeDelta::minutes(75)).await;
    desk.news();
    desk.app.snooze(&id, at("09:00"), TimeDelta::minutes(10)).unwrap();
    desk.settle().await;
    assert!(!is_due(&desk, &id));
    assert_eq!(desk.app.next_posts(1).unwrap()[0].post, id);
    desk.restart().await;
    desk.pass(TimeDelta::minutes(9)).await;
    let news = desk.news();
    assert!(
        !news.iter().any(|it| matches!(it, Event::Reminder(_) | Event::HandOver(_))),
        "{news:?}"
    );
    desk.pass(TimeDelta::minutes(2)).await;
    assert_eq!(handed_over(&mut desk).len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_post_put_off_for_an_hour_is_announced_again() {
    let mut desk = started().await;
    let id = planned(&desk, "09:00").await;
    desk.pass(TimeDelta::minutes(75)).await;
    desk.app.snooze(&id, at("09:00"), TimeDelta::hours(1)).unwrap();
    desk.news();
    desk.pass(TimeDelta::minutes(50)).await;
    let news = desk.news();
    assert_eq!(news.iter().filter(|it| matches!(it, Event::Reminder(_))).count(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_notification_that_was_left_standing_answers_nothing_any_more() {
    let desk = started().await;
    let id = planned(&desk, "09:00").await;
    desk.pass(TimeDelta::minutes(61)).await;
    desk.app.reschedule(&id, at("20:00")).unwrap();
    desk.settle().await;
    let snoozed = desk.app.snooze(&id, at("09:00"), TimeDelta::minutes(10));
    assert_eq!(snoozed.unwrap_err().code, ErrorCode::MovedOn);
    let done = desk.app.published_by_hand(&id, at("09:00"));
    assert_eq!(done.unwrap_err().code, ErrorCode::MovedOn);
    assert_eq!(post(&desk, &id).confirmed.time, Some(at("20:00")));
}

#[tokio::test(start_paused = true)]
async fn the_text_of_a_due_post_can_still_be_changed_and_is_what_is_handed_over() {
    let mut desk = started().await;
    let id = planned(&desk, "09:00").await;
    desk.pass(TimeDelta::minutes(61)).await;
    desk.app.edit_text(&id, "Good day, neighbours".to_owned()).unwrap();
    assert!(is_due(&desk, &id), "also while the change waits");
    desk.settle().await;
    assert!(desk.problems().is_empty());
    assert_eq!(post(&desk, &id).text, "Good day, neighbours");
    let handed = desk.app.hand_over(&id).unwrap();
    assert_eq!(handed.text, "Good day, neighbours");
    let page = handed.page.unwrap();
    assert!(page.as_str().starts_with("https://bsky.app/intent/compose?text=Good%20day"), "{page}");
}

#[tokio::test(start_paused = true)]
async fn deleting_a_due_post_can_be_undone_for_ten_seconds() {
    let mut desk = started().await;
    let id = planned(&desk, "09:00").await;
    desk.pass(TimeDelta::minutes(61)).await;
    desk.app.act(&id, Act::Delete).unwrap();
    assert!(!is_due(&desk, &id));
    desk.pass(TimeDelta::seconds(9)).await;
    desk.app.undo().unwrap();
    desk.settle().await;
    assert!(is_due(&desk, &id));
    assert!(desk.problems().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_post_of_a_service_is_not_handed_over() {
    let mut desk = started().await;
    desk.connect(KEY).await.unwrap();
    desk.settle().await;
    let remote = desk.scheduled("09:00").await;
    let id = desk.id(&remote);
    assert_eq!(desk.app.hand_over(&id).unwrap_err().code, ErrorCode::NotPossible);
    assert_eq!(desk.app.act(&id, Act::Skip).unwrap_err().code, ErrorCode::NotPossible);
    desk.take_down();
    desk.pass(TimeDelta::minutes(70)).await;
    assert!(handed_over(&mut desk).is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_post_that_was_kept_before_a_crash_reaches_this_computer_after_it_once() {
    let mut desk = started().await;
    // The lane has no turn between these two: the change is on disk, and nothing was made of it.
    let id = create(&desk, Some(at("09:00")));
    desk.restart().await;
    let kept = post(&desk, &id);
    assert_eq!((kept.confirmed.time, &kept.sync), (Some(at("09:00")), &SyncState::Synced));
    assert_eq!(desk.posts().len(), 1);
}

/// Puts a change back to where a crash leaves it that comes after its COMMIT and before its effect,
/// or after its effect and before its outcome.
fn crash_while_sending(desk: &Desk, service_side: &str) {
    desk.app.stop();
    let disk = Connection::open(desk.folder.path().join("rundown.db")).unwrap();
    disk.execute_batch(
        "UPDATE changes SET state = 'sending', attempts = 1 WHERE state = 'waiting'",
    )
    .unwrap();
    disk.execute_batch(service_side).unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_move_cut_before_or_after_its_effect_happens_once() {
    for effect in ["", "UPDATE by_hand_posts SET time = 1773137400000"] {
        let mut desk = started().await;
        let id = planned(&desk, "09:00").await;
        desk.app.reschedule(&id, at("10:10")).unwrap();
        crash_while_sending(&desk, effect);
        desk.restart().await;
        desk.pass(TimeDelta::minutes(2)).await;
        let moved = post(&desk, &id);
        assert_eq!((moved.confirmed.time, moved.sync), (Some(at("10:10")), SyncState::Synced));
        assert!(desk.problems().is_empty(), "{effect}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_done_that_was_cut_off_is_not_repeated_and_the_post_stays_due() {
    let mut desk = started().await;
    let id = planned(&desk, "09:00").await;
    desk.pass(TimeDelta::minutes(61)).await;
    desk.app.act(&id, Act::PublishNow).unwrap();
    crash_while_sending(&desk, "");
    desk.restart().await;
    desk.pass(TimeDelta::minutes(2)).await;
    assert!(is_due(&desk, &id));
    let sync = post(&desk, &id).sync;
    assert!(matches!(sync, SyncState::NeedsYou { problem: Problem::Refused, .. }), "{sync:?}");
    desk.app.act(&id, Act::PublishNow).unwrap();
    desk.settle().await;
    assert_eq!(post(&desk, &id).confirmed.status, PostStatus::Published);
}

#[tokio::test(start_paused = true)]
async fn while_nothing_happens_nothing_is_written() {
    let desk = started().await;
    planned(&desk, "20:00").await;
    desk.pass(TimeDelta::minutes(10)).await;
    desk.app.set_in_front(true);
    let disk = Connection::open(desk.folder.path().join("rundown.db")).unwrap();
    let version =
        || -> i64 { disk.query_row("PRAGMA data_version", [], |row| row.get(0)).unwrap() };
    let before = version();
    desk.pass(TimeDelta::hours(5)).await;
    assert_eq!(version(), before);
    create(&desk, None);
    assert_ne!(version(), before, "a write is seen");
}

#[tokio::test(start_paused = true)]
async fn channels_are_named_renamed_and_removed_by_the_user() {
    let desk = started().await;
    let account = this_computer(&desk).id;
    let app = &desk.app;
    let group = app.add_channel(&account, &form("Facebook", "Neighbours")).unwrap();
    let twice = app.add_channel(&account, &form("facebook", "neighbours"));
    assert_eq!(twice.unwrap_err().code, ErrorCode::AlreadyConnected);
    let renamed = app.rename_channel(&account, &group.id, &form("Facebook", "The street")).unwrap();
    assert_eq!(renamed.title(), "Facebook The street");
    assert_eq!(renamed.id, group.id);
    desk.pass(TimeDelta::hours(7)).await;
    assert_eq!(channel(&desk).name, "The street");

    let id = planned(&desk, "16:00").await;
    let refused = desk.app.remove_channel(&account, &group.id).unwrap_err();
    assert_eq!(refused.code, ErrorCode::NotPossible);
    assert!(refused.message.contains("1 post is"), "{refused}");
    desk.app.act(&id, Act::Skip).unwrap();
    desk.settle().await;
    desk.app.remove_channel(&account, &group.id).unwrap();
    desk.pass(TimeDelta::hours(7)).await;
    assert!(desk.app.accounts().unwrap().pop().unwrap().channels.is_empty());
    assert!(desk.posts().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_services_channels_are_not_ours_to_name() {
    let desk = Desk::connected().await;
    let account = desk.account().id;
    let channel = desk.connected_accounts().remove(0).channels.remove(0).id;
    let form = form("x", "@other");
    let codes = [
        desk.app.add_channel(&account, &form).unwrap_err().code,
        desk.app.rename_channel(&account, &channel, &form).unwrap_err().code,
        desk.app.remove_channel(&account, &channel).unwrap_err().code,
    ];
    assert_eq!(codes, [ErrorCode::NotPossible; 3]);
}
