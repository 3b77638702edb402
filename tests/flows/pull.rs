//! What is read from the service, and what is not believed.

use chrono::TimeDelta;
use rundown_core::events::Event;
use rundown_core::model::{HealthState, PostStatus};
use rundown_practice::postpost::{Edit, SeedPost};
use rundown_practice::{Fault, Match, What};

use crate::desk::{Desk, KEY, at};

#[tokio::test(start_paused = true)]
async fn a_list_that_is_stale_after_a_write_does_not_take_it_back() {
    let desk = Desk::connected().await;
    let post = desk.scheduled("12:00").await;
    desk.practice.fault(Fault::once(Match::method("PUT"), What::StaleList { seconds: 60 }));
    desk.app.reschedule(&desk.id(&post), at("14:00")).unwrap();
    desk.settle().await;
    for _ in 0..6 {
        desk.app.refresh();
        desk.pass(TimeDelta::seconds(9)).await;
        assert_eq!(desk.shown(&post).confirmed.time, Some(at("14:00")));
    }
    desk.pass(TimeDelta::minutes(10)).await;
    assert_eq!(desk.shown(&post).confirmed.time, Some(at("14:00")));
}

#[tokio::test(start_paused = true)]
async fn a_post_moved_elsewhere_is_shown_where_it_is() {
    let desk = Desk::connected().await;
    let post = desk.scheduled("12:00").await;
    let moved = Edit { scheduled_time: Some(at("17:00")), ..Edit::default() };
    desk.practice.postpost().edit_elsewhere(&post, moved);
    desk.pass(TimeDelta::minutes(6)).await;
    assert_eq!(desk.shown(&post).shown().time, Some(at("17:00")));
}

#[tokio::test(start_paused = true)]
async fn a_post_is_seen_to_go_out_shortly_after_its_time() {
    let desk = Desk::connected().await;
    let post = desk.scheduled("08:30").await;
    desk.pass(TimeDelta::minutes(32)).await;
    assert_eq!(desk.shown(&post).confirmed.status, PostStatus::Published);
}

#[tokio::test(start_paused = true)]
async fn a_post_deleted_elsewhere_goes_only_after_a_whole_sweep_and_is_said() {
    let mut desk = Desk::connected().await;
    let post = desk.scheduled("18:00").await;
    desk.practice.postpost().delete_elsewhere(&post);
    desk.pass(TimeDelta::minutes(30)).await;
    assert_eq!(desk.posts().len(), 1, "absence from a poll means nothing");
    desk.news();
    desk.pass(TimeDelta::hours(6)).await;
    assert_eq!(desk.posts(), []);
    let said = desk.news().into_iter().any(|event| {
        matches!(event, Event::Notice(notice) if notice.message.contains("was deleted at PostPost"))
    });
    assert!(said);
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_can_not_be_read_is_an_error_of_the_account_and_changes_nothing() {
    for what in [
        What::Garbage,
        What::BadJson,
        What::BadGatewayHtml502,
        What::HugeBody { bytes: 10_000_000 },
    ] {
        let desk = Desk::connected().await;
        let post = desk.scheduled("18:00").await;
        let before = desk.shown(&post);
        desk.practice.fault(Fault::always(Match::any(), what.clone()));
        desk.app.refresh();
        desk.pass(TimeDelta::minutes(2)).await;
        let health = desk.connected_accounts().remove(0).account.health;
        assert_eq!(health.state, HealthState::Error, "{what:?}: {:?}", health.message);
        assert_eq!(desk.shown(&post), before, "{what:?}");
        desk.practice.clear_faults();
        desk.pass(TimeDelta::minutes(10)).await;
        let health = desk.connected_accounts().remove(0).account.health;
        assert_eq!(health.state, HealthState::Ok, "{what:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn every_page_of_a_long_list_is_read() {
    let desk = Desk::connected().await;
    // Over 90 days to either side of tomorrow: none falls out of the sweep meanwhile.
    let tomorrow = crate::desk::start() + TimeDelta::days(1);
    rundown_practice::seed::bulk(&desk.practice, KEY, 730, tomorrow);
    desk.pass(TimeDelta::hours(7)).await;
    assert_eq!(desk.posts().len(), 730);
}

#[tokio::test(start_paused = true)]
async fn a_channel_first_seen_on_a_post_is_asked_for_at_once() {
    const NEW: &str = "mastodon-42";
    let mut desk = Desk::connected().await;
    desk.scheduled("12:00").await;
    desk.news();
    let service = desk.practice.postpost();
    service.add_connection(KEY, NEW, "studio", "The Studio");
    let seed = SeedPost { platforms: vec![NEW.to_owned()], ..SeedPost::default() };
    service.add_post(KEY, seed);
    service.edit_elsewhere(&service.posts().last().unwrap().id, Edit::default());
    desk.pass(TimeDelta::minutes(6)).await;
    let channels = desk.connected_accounts().remove(0).channels;
    let found = channels.iter().find(|channel| channel.remote.as_str() == NEW);
    assert_eq!(found.expect("it has a lane").name, "The Studio");
    assert!(desk.news().contains(&Event::AccountsChanged));
}

#[tokio::test(start_paused = true)]
async fn looking_for_news_where_there_are_none_writes_nothing_and_says_nothing() {
    let mut desk = Desk::connected().await;
    desk.scheduled("12:00").await;
    desk.draft().await;
    desk.news();
    let on_disk = || {
        let mut files: Vec<_> = std::fs::read_dir(desk.folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| !path.to_string_lossy().ends_with("-shm"))
            .map(|path| std::fs::read(path).unwrap())
            .collect();
        files.sort();
        files
    };
    let before = on_disk();
    desk.pass(TimeDelta::hours(1)).await;
    assert!(desk.requests("GET").len() > 10);
    assert!(before == on_disk());
    assert_eq!(desk.news(), []);
}

#[tokio::test(start_paused = true)]
async fn a_list_that_never_ends_is_given_up_and_the_last_good_data_stay() {
    let desk = Desk::connected().await;
    let post = desk.scheduled("12:00").await;
    let before = desk.shown(&post);
    desk.practice.fault(Fault::always(Match::path("list-posts"), What::NeverEnding));
    desk.app.refresh();
    desk.pass(TimeDelta::minutes(2)).await;
    assert_eq!(desk.account().health.state, HealthState::Unreachable);
    assert_eq!(desk.shown(&post), before);
    desk.app.reschedule(&desk.id(&post), at("14:00")).unwrap();
    desk.practice.clear_faults();
    desk.pass(TimeDelta::minutes(1)).await;
    assert_eq!(desk.shown(&post).confirmed.time, Some(at("14:00")));
}

#[tokio::test(start_paused = true)]
async fn a_draft_that_was_paused_before_rundown_knew_it_is_remembered_by_its_time() {
    let desk = Desk::connected().await;
    let post = desk.scheduled("12:00").await;
    let paused =
        Edit { status: Some(rundown_practice::postpost::PostStatus::Draft), ..Edit::default() };
    desk.practice.postpost().edit_elsewhere(&post, paused);
    let account = desk.account().id;
    desk.app.disconnect(&account).await.unwrap();
    desk.connect(KEY).await.unwrap();
    desk.settle().await;
    let shown = desk.shown(&post);
    assert_eq!(shown.shown().status, PostStatus::Draft);
    assert_eq!(shown.remembered, Some(at("12:00")));
}
