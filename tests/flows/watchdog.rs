//! What did not go out as it should have is said, once.

use chrono::TimeDelta;
use rundown_core::events::{Event, NoticeLevel};

use crate::desk::Desk;

fn said_of(problems: &[String], what: &str) -> usize {
    problems.iter().filter(|said| said.contains(what)).count()
}

#[tokio::test(start_paused = true)]
async fn a_post_that_is_past_its_time_and_still_scheduled_is_spoken_of_once() {
    let mut desk = Desk::connected().await;
    desk.scheduled("08:10").await;
    // It publishes nothing for an hour.
    *desk.road.ahead.lock().unwrap() = TimeDelta::hours(-1);
    desk.pass(TimeDelta::minutes(12)).await;
    assert_eq!(said_of(&desk.problems(), "still calls it scheduled"), 0);
    desk.pass(TimeDelta::minutes(5)).await;
    assert_eq!(said_of(&desk.problems(), "still calls it scheduled"), 1);
    desk.app.refresh();
    desk.restart().await;
    desk.pass(TimeDelta::minutes(30)).await;
    assert_eq!(said_of(&desk.problems(), "still calls it scheduled"), 0);
}

#[tokio::test(start_paused = true)]
async fn after_a_sleep_over_its_time_a_post_that_went_out_is_not_spoken_of() {
    let mut desk = Desk::connected().await;
    desk.scheduled("08:10").await;
    desk.clock.jump(TimeDelta::hours(3));
    desk.pass(TimeDelta::minutes(10)).await;
    assert_eq!(said_of(&desk.problems(), "still calls it scheduled"), 0);
}

#[tokio::test(start_paused = true)]
async fn a_post_that_failed_is_spoken_of_once() {
    let mut desk = Desk::connected().await;
    desk.scheduled("08:10").await;
    desk.practice.postpost().fail_next_publication("linkedin");
    desk.pass(TimeDelta::minutes(15)).await;
    assert_eq!(said_of(&desk.problems(), "was not published"), 1);
    desk.restart().await;
    desk.app.refresh();
    desk.pass(TimeDelta::minutes(10)).await;
    assert_eq!(said_of(&desk.problems(), "was not published"), 0);
}

#[tokio::test(start_paused = true)]
async fn a_services_clock_that_differs_is_said_once_and_shown_until_it_agrees() {
    let mut desk = Desk::connected().await;
    let told = |desk: &mut Desk| {
        let news = desk.news().into_iter();
        let said = news.filter_map(|event| match event {
            Event::Notice(notice) if notice.level == NoticeLevel::Info => Some(notice.message),
            _ => None,
        });
        said.filter(|said| said.contains("clock")).collect::<Vec<_>>()
    };
    assert_eq!(told(&mut desk), [""; 0]);
    *desk.road.ahead.lock().unwrap() = TimeDelta::minutes(-2);
    desk.app.refresh();
    desk.pass(TimeDelta::minutes(10)).await;
    let said = told(&mut desk);
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains("2 minutes behind"), "{said:?}");
    let shown = desk.connected_accounts().remove(0).clock_difference.unwrap();
    assert_eq!(shown.num_minutes(), -2);
    *desk.road.ahead.lock().unwrap() = TimeDelta::zero();
    desk.pass(TimeDelta::minutes(10)).await;
    assert_eq!(desk.connected_accounts().remove(0).clock_difference, None);
    *desk.road.ahead.lock().unwrap() = TimeDelta::minutes(5);
    desk.pass(TimeDelta::minutes(10)).await;
    assert_eq!(told(&mut desk).len(), 1, "it is news again");
}
