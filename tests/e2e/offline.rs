//! A service that is away: changes wait visibly, and go out as the last wish once it is back.

use chrono::TimeDelta;
use rundown_tests::{BACK_SOON, Result, journey};
use serde_json::json;

#[tokio::test]
async fn a_pause_after_a_waiting_move_goes_out_alone() -> Result {
    journey("a_pause_after_a_waiting_move", async |j| {
        let time = j.service.this_minute() + TimeDelta::hours(3);
        let post = j.service.add_scheduled("Wait for it", time);
        j.open_connected().await?;
        j.window()?.lane_card(&post).await?;

        j.service.go_down().await;
        let window = j.window()?;
        window.drag_to_time(&post, time + TimeDelta::hours(4)).await?;
        let waiting = window
            .card(&post, "waiting at a new time", |card| {
                card.sync == "waiting" && card.time != Some(time)
            })
            .await?;
        assert_eq!(waiting.confirmed_time, Some(time), "the service has not heard of it");
        window.open_post(&post).await?;
        window.press("Pause").await?;
        window.card(&post, "waiting to be a draft", |card| card.status == "draft").await?;
        assert!(j.service.writes().is_empty());

        j.service.come_back().await?;
        let write = j.service.write_within(1, BACK_SOON).await?;
        assert_eq!(write.body, json!({ "status": "draft" }));
        let window = j.window()?;
        window.card(&post, "a confirmed draft", |card| card.is_synced()).await?;
        assert_eq!(j.service.writes().len(), 1, "nothing may follow the pause");
        Ok(())
    })
    .await
}
