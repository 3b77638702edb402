//! Power cuts: a change is on disk before the screen says so, and no write is made twice.

use chrono::TimeDelta;
use rundown_practice::{Fault, Match, What};
use rundown_tests::{BACK_SOON, PATIENCE, Result, journey, until};

#[tokio::test]
async fn a_move_made_offline_survives_a_kill_and_is_sent_exactly_once() -> Result {
    journey("a_move_survives_a_kill", async |j| {
        let time = j.service.this_minute() + TimeDelta::hours(3);
        let post = j.service.add_scheduled("Not lost", time);
        j.open_connected().await?;
        j.window()?.lane_card(&post).await?;

        j.service.go_down().await;
        j.window()?.drag_to_time(&post, time + TimeDelta::hours(4)).await?;
        let dragged = j.window()?.card(&post, "waiting", |card| card.sync == "waiting").await?;
        assert_ne!(dragged.time, Some(time));
        j.kill().await?;

        j.open().await?;
        let is_the_same =
            |card: &rundown_tests::Card| card.sync == "waiting" && card.time == dragged.time;
        j.window()?.card(&post, "waiting as before", is_the_same).await?;

        j.service.come_back().await?;
        let write = j.service.write_within(1, BACK_SOON).await?;
        let sent = write.body["scheduledTime"].as_str().map(str::parse).transpose()?;
        assert_eq!(sent, dragged.time);
        let window = j.window()?;
        window
            .card(&post, "confirmed", |card| {
                card.is_synced() && card.confirmed_time == dragged.time
            })
            .await?;
        assert_eq!(j.service.writes().len(), 1);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_kill_between_sending_and_the_answer_sends_nothing_twice() -> Result {
    journey("a_kill_while_sending", async |j| {
        let time = j.service.this_minute() + TimeDelta::hours(3);
        let post = j.service.add_scheduled("Once only", time);
        j.open_connected().await?;
        j.window()?.lane_card(&post).await?;

        let slow = What::DelayAfterApplying(60_000);
        j.service.practice.fault(Fault::once(Match::method("PUT"), slow));
        j.window()?.drag_to_time(&post, time + TimeDelta::hours(4)).await?;
        let applied = until("write that is applied and not answered", PATIENCE, async || {
            let at_service = j.service.practice.postpost().post(&post);
            Ok(at_service.and_then(|post| post.scheduled_time).filter(|now| *now != time))
        })
        .await?;
        j.kill().await?;

        j.open().await?;
        j.window()?
            .card(&post, "confirmed by reading back", |card| {
                card.is_synced()
                    && card.time == Some(applied)
                    && card.confirmed_time == Some(applied)
            })
            .await?;
        assert_eq!(j.service.writes().len(), 1);
        Ok(())
    })
    .await
}
