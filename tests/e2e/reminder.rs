//! Reminders, as the notification daemon of the desktop receives them.

use std::time::Duration;

use chrono::TimeDelta;
use rundown_tests::{Result, journey};

/// How long before a post goes out the reminder comes, unless the user chose otherwise.
const LEAD: TimeDelta = TimeDelta::minutes(15);
/// From the connecting to the reminder: long enough to see that it does not come too early.
const AHEAD: TimeDelta = TimeDelta::seconds(30);
/// Timers look at the wall clock every 30 s at most.
const TIMERS: TimeDelta = TimeDelta::seconds(30);
/// How long to wait for a reminder that is ahead.
const PATIENCE: Duration = Duration::from_secs(100);

#[tokio::test]
async fn a_reminder_comes_a_quarter_of_an_hour_before_a_post_goes_out() -> Result {
    journey("a_reminder", async |j| {
        let notifications = j.desktop.notifications();
        let clock = j.service.practice.clock().clone();
        let time = clock.now() + LEAD + AHEAD;
        let post = j.service.add_scheduled("Tell me before this", time);
        j.open_connected().await?;
        j.window()?.lane_card(&post).await?;

        let reminder = notifications.one_saying("Tell me before this", PATIENCE).await?;
        let early = (time - clock.now()) - LEAD;
        assert!(early <= TimeDelta::zero(), "{early} too early: {reminder:?}");
        assert!(early > -(TIMERS + TimeDelta::seconds(10)), "{early} is late: {reminder:?}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn while_a_move_waits_the_old_times_reminder_still_comes() -> Result {
    journey("a_reminder_while_a_move_waits", async |j| {
        let notifications = j.desktop.notifications();
        let time = j.service.practice.clock().now() + LEAD + AHEAD;
        let post = j.service.add_scheduled("It may still go out", time);
        j.open_connected().await?;
        j.window()?.lane_card(&post).await?;
        j.service.go_down().await;
        j.window()?.drag_to_time(&post, time + TimeDelta::hours(4)).await?;
        j.window()?.card(&post, "waiting", |card| card.sync == "waiting").await?;
        assert_eq!(notifications.all()?, [], "the reminder came before the move");

        notifications.one_saying("It may still go out", PATIENCE).await?;
        Ok(())
    })
    .await
}
