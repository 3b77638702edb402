//! Reminders go by what the service confirmed.

use chrono::{DateTime, TimeDelta, Utc};
use rundown_core::events::Event;

use crate::desk::{Desk, at};

fn reminded(desk: &mut Desk) -> Vec<DateTime<Utc>> {
    let news = desk.news().into_iter();
    news.filter_map(|event| match event {
        Event::Reminder(reminder) => Some(reminder.time),
        _ => None,
    })
    .collect()
}

/// A desk as the shell starts it: the reminder clock runs.
async fn started() -> Desk {
    let desk = Desk::bare();
    desk.app.start().unwrap();
    desk.connect(crate::desk::KEY).await.unwrap();
    desk.settle().await;
    desk
}

#[tokio::test(start_paused = true)]
async fn a_post_is_announced_once_a_quarter_of_an_hour_before_it_goes_out() {
    let mut desk = started().await;
    desk.scheduled("09:00").await;
    desk.pass(TimeDelta::minutes(44)).await;
    assert!(reminded(&mut desk).is_empty());
    desk.pass(TimeDelta::minutes(2)).await;
    assert_eq!(reminded(&mut desk), [at("09:00")]);
    desk.restart().await;
    desk.pass(TimeDelta::minutes(30)).await;
    assert!(reminded(&mut desk).is_empty(), "once is enough, also after a restart");
}

#[tokio::test(start_paused = true)]
async fn the_old_times_reminder_still_comes_while_a_move_waits() {
    let mut desk = started().await;
    let post = desk.scheduled("09:00").await;
    desk.take_down();
    desk.app.reschedule(&desk.id(&post), at("12:00")).unwrap();
    desk.pass(TimeDelta::minutes(46)).await;
    assert_eq!(reminded(&mut desk), [at("09:00")]);
}

#[tokio::test(start_paused = true)]
async fn a_confirmed_move_takes_its_reminder_along() {
    let mut desk = started().await;
    let post = desk.scheduled("09:00").await;
    desk.app.reschedule(&desk.id(&post), at("12:00")).unwrap();
    desk.pass(TimeDelta::minutes(90)).await;
    assert!(reminded(&mut desk).is_empty());
    desk.pass(TimeDelta::minutes(140)).await;
    assert_eq!(reminded(&mut desk), [at("12:00")]);
}

#[tokio::test(start_paused = true)]
async fn reminders_can_be_off_or_an_hour_before() {
    let mut desk = started().await;
    desk.scheduled("09:30").await;
    desk.app.set_reminder_minutes(0);
    desk.pass(TimeDelta::minutes(60)).await;
    assert!(reminded(&mut desk).is_empty());
    desk.app.set_reminder_minutes(60);
    desk.pass(TimeDelta::minutes(1)).await;
    assert_eq!(reminded(&mut desk), [at("09:30")]);
}

fn missed(desk: &mut Desk) -> Vec<DateTime<Utc>> {
    let news = desk.news().into_iter();
    news.filter_map(|event| match event {
        Event::MissedReminders(missed) => Some(missed),
        _ => None,
    })
    .flatten()
    .map(|reminder| reminder.time)
    .collect()
}

#[tokio::test(start_paused = true)]
async fn what_came_due_during_a_sleep_is_summed_up_once() {
    let mut desk = started().await;
    desk.scheduled("09:00").await;
    desk.scheduled("09:30").await;
    desk.scheduled("14:00").await;
    desk.clock.jump(TimeDelta::hours(3));
    desk.pass(TimeDelta::minutes(5)).await;
    assert_eq!(missed(&mut desk), [at("09:00"), at("09:30")]);
    desk.clock.jump(TimeDelta::hours(1));
    desk.pass(TimeDelta::minutes(5)).await;
    assert!(missed(&mut desk).is_empty());
}

#[tokio::test(start_paused = true)]
async fn what_came_due_while_rundown_was_closed_is_summed_up_once() {
    let mut desk = started().await;
    desk.scheduled("09:00").await;
    desk.app.stop();
    desk.pass(TimeDelta::hours(3)).await;
    desk.restart().await;
    assert_eq!(missed(&mut desk), [at("09:00")]);
    desk.restart().await;
    desk.pass(TimeDelta::minutes(5)).await;
    assert!(missed(&mut desk).is_empty());
}

#[tokio::test(start_paused = true)]
async fn many_posts_at_one_time_are_all_announced() {
    let mut desk = started().await;
    for _ in 0..60 {
        desk.scheduled("09:00").await;
    }
    desk.pass(TimeDelta::minutes(50)).await;
    assert_eq!(reminded(&mut desk).len(), 60);
}
