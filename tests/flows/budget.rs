//! Polling keeps to its share of what a service allows, and to reading.

use std::path::Path;
use std::sync::atomic::Ordering;

use chrono::{DateTime, TimeDelta, Utc};
use rundown_core::Progress;
use rundown_core::events::Event;
use rundown_core::model::{PostStatus, Standing};
use rundown_practice::posteverywhere::{self, Filters, SeedPost};
use rundown_practice::{Fault, Match, What};
use rusqlite::Connection;

use crate::desk::{Desk, KEY, at, start};
use crate::offices::{POSTEVERYWHERE_KEY, PUBLORA_KEY, connect, connect_all, form, one_post_each};

/// A thousand posts and more around now, at a service that heeds no filter it does not document.
fn long_list(desk: &Desk, count: i32) -> Vec<String> {
    let service = desk.practice.posteverywhere();
    service.add_key(POSTEVERYWHERE_KEY);
    service.add_account(POSTEVERYWHERE_KEY, 2280, "linkedin", "Studio");
    service.set(|settings| settings.filters = Filters::Ignored);
    let posts = (0..count).map(|index| {
        let time = start() + TimeDelta::minutes(i64::from(index - count / 2) * 30 + 7);
        let status = match time > start() {
            true => posteverywhere::PostStatus::Scheduled,
            false => posteverywhere::PostStatus::Published,
        };
        service.add_post(
            POSTEVERYWHERE_KEY,
            SeedPost {
                content: format!("Post {index}"),
                status,
                scheduled_for: Some(time),
                account_ids: vec![2280],
                ..SeedPost::default()
            },
        )
    });
    posts.collect()
}

/// The most requests within any span of that length.
fn most_within(requests: &[DateTime<Utc>], span: TimeDelta) -> usize {
    let first_after = |at: DateTime<Utc>| requests.partition_point(|other| *other < at + span);
    requests.iter().enumerate().map(|(index, at)| first_after(*at) - index).max().unwrap_or(0)
}

#[tokio::test(start_paused = true)]
async fn polling_a_service_that_can_only_list_everything_takes_a_third_of_its_limits() {
    let desk = Desk::bare();
    let posts = long_list(&desk, 400);
    connect(&desk, form("posteverywhere", posteverywhere::BASE, POSTEVERYWHERE_KEY)).await;
    desk.app.set_in_front(true);
    desk.pass(TimeDelta::minutes(65)).await;
    let requests: Vec<_> =
        desk.practice.requests().into_iter().skip(1).map(|request| request.at).collect();
    let (minute, hour) = (TimeDelta::minutes(1), TimeDelta::hours(1));
    assert!(most_within(&requests, minute) <= 20, "{}", most_within(&requests, minute));
    assert!(most_within(&requests, hour) <= 333, "{}", most_within(&requests, hour));
    // One a minute for what was changed last, one for what goes out soon.
    let of_last_half_hour =
        requests.iter().filter(|at| **at >= start() + TimeDelta::minutes(35)).count();
    assert!((50..=75).contains(&of_last_half_hour), "{of_last_half_hour}");

    // Due at 08:07 and 08:37: each was seen to go out, although its list is not read every minute.
    for post in [&posts[200], &posts[201]] {
        assert_eq!(desk.shown(post).confirmed.status, PostStatus::Published);
    }
}

#[tokio::test(start_paused = true)]
async fn a_change_does_not_wait_for_the_polling_budget() {
    let desk = Desk::bare();
    let posts = long_list(&desk, 1_200);
    connect(&desk, form("posteverywhere", posteverywhere::BASE, POSTEVERYWHERE_KEY)).await;
    desk.pass(TimeDelta::seconds(30)).await;
    let asked = desk.practice.requests().len();
    assert!((17..=22).contains(&asked), "{asked} requests: the budget is used up");
    desk.pass(TimeDelta::seconds(20)).await;
    assert_eq!(desk.practice.requests().len(), asked);

    // It is due within two days, so that it was among the first to be read.
    let post = &posts[605];
    desk.app.reschedule(&desk.id(post), at("23:00")).unwrap();
    desk.settle().await;
    assert!(desk.shown(post).confirmed.same_as(&Standing::scheduled(at("23:00"))));
}

#[tokio::test(start_paused = true)]
async fn a_first_sync_says_how_far_it_is_and_shows_what_is_due_and_the_drafts_first() {
    let mut desk = Desk::bare();
    let publora = desk.practice.publora();
    let [_, due, ..] = one_post_each(&desk);
    for index in 0..1_500 {
        publora.add_post(
            PUBLORA_KEY,
            rundown_practice::postpost::SeedPost {
                content: format!("Post {index}"),
                status: rundown_practice::postpost::PostStatus::Scheduled,
                scheduled_time: Some(start() + TimeDelta::days(5) + TimeDelta::minutes(index)),
                platforms: vec!["linkedin-Tz9W5i6ZYG".to_owned()],
                ..Default::default()
            },
        );
    }
    let draft = publora.add_post(PUBLORA_KEY, crate::desk::filled(Default::default()));
    desk.news();
    connect(&desk, form("publora", rundown_practice::publora::BASE, PUBLORA_KEY)).await;
    desk.pass(TimeDelta::seconds(5)).await;
    desk.shown(&due);
    desk.shown(&draft);
    let progress = || desk.app.accounts().unwrap().remove(0).progress;
    let Some(Progress { read, total: Some(1_502) }) = progress() else {
        panic!("{:?}", progress());
    };
    assert!((100..1_502).contains(&read), "{read}");
    desk.pass(TimeDelta::minutes(3)).await;
    assert_eq!(progress(), None, "it is done");
    assert_eq!(desk.posts().len(), 1_502);
    let told = desk.news().into_iter().filter(|event| *event == Event::AccountsChanged).count();
    assert!((3..=20).contains(&told), "{told}");
}

#[tokio::test(start_paused = true)]
async fn a_page_that_is_read_ahead_is_the_only_request_under_way_and_a_change_goes_before_the_next()
{
    let desk = Desk::bare();
    rundown_practice::seed::bulk(&desk.practice, KEY, 2_500, start());
    desk.practice.fault(Fault::always(Match::method("GET"), What::Delay(1_000)));
    desk.connect(KEY).await.unwrap();
    desk.pass(TimeDelta::seconds(12)).await;
    let asked = desk.practice.requests().len();
    assert!((8..=13).contains(&asked), "{asked}: it reads on at once");
    let post = desk.posts().into_iter().find(|post| {
        let is_ahead = post.confirmed.time > Some(at("12:00"));
        is_ahead && post.confirmed.status == PostStatus::Scheduled
    });
    let post = post.expect("what goes out soon was read first");
    desk.app.pause(&post.id).unwrap();
    desk.pass(TimeDelta::seconds(3)).await;
    assert_eq!(desk.puts().len(), 1);
    desk.pass(TimeDelta::minutes(2)).await;
    assert_eq!(desk.app.accounts().unwrap().remove(0).progress, None);
    assert!(desk.posts().len() >= 2_499, "{}", desk.posts().len());
    assert_eq!(desk.road.most_under_way.load(Ordering::Relaxed), 1);
    let paused = desk.app.posts(&[post.id]).unwrap().remove(0);
    assert_eq!(paused.confirmed.status, PostStatus::Draft, "no page of before undid it");
}

/// How many pages were ever written to the database's log: each has a head of 24 bytes.
fn pages_written(folder: &Path) -> u64 {
    let log = std::fs::metadata(folder.join("rundown.db-wal")).unwrap().len();
    log.saturating_sub(32) / (4096 + 24)
}

#[tokio::test(start_paused = true)]
async fn looking_for_news_at_four_services_writes_only_that_everything_was_read() {
    let mut desk = Desk::bare();
    one_post_each(&desk);
    let noon_of_next_week = at("12:00") + TimeDelta::days(7);
    connect_all(&desk).await;
    desk.pass(TimeDelta::minutes(2)).await;
    for post in desk.posts() {
        desk.app.reschedule(&post.id, noon_of_next_week).unwrap();
    }
    desk.pass(TimeDelta::minutes(5)).await;
    desk.news();
    desk.practice.clear_requests();
    let database = Connection::open(desk.folder.path().join("rundown.db")).unwrap();
    let data_version =
        || -> i64 { database.query_row("PRAGMA data_version", [], |row| row.get(0)).unwrap() };
    let (version, pages) = (data_version(), pages_written(desk.folder.path()));

    desk.app.refresh();
    desk.pass(TimeDelta::hours(1)).await;
    assert!(desk.requests("GET").len() > 4 * 20, "{}", desk.requests("GET").len());
    assert_eq!(data_version(), version, "nothing was committed");
    assert_eq!(pages_written(desk.folder.path()), pages);
    assert_eq!(desk.news(), []);

    desk.pass(TimeDelta::hours(6)).await;
    // When each account was last read as a whole: a page of the table for each of the four.
    assert_eq!(pages_written(desk.folder.path()) - pages, 4);
    assert_eq!(desk.news(), []);
}
