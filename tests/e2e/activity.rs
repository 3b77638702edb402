//! Activity in the real window: what waits is there, and discarding it asks nothing of the service.

use chrono::TimeDelta;
use rundown_tests::{API_KEY, BACK_SOON, Result, journey};

#[tokio::test]
async fn one_change_that_waits_is_discarded_and_the_other_is_sent() -> Result {
    journey("activity", async |j| {
        let time = j.service.this_minute() + TimeDelta::hours(3);
        let given_up = j.service.add_scheduled("Given up", time);
        let sent = j.service.add_scheduled("Sent after all", time + TimeDelta::hours(6));
        j.open_connected().await?;
        j.window()?.lane_card(&given_up).await?;
        j.service.go_down().await;
        j.window()?.drag_to_time(&given_up, time + TimeDelta::hours(2)).await?;
        j.window()?.card(&given_up, "waiting", |card| card.sync == "waiting").await?;
        j.window()?.press("Activity").await?;
        j.window()?.wait_for_text("dialog[open]", "Given up").await?;
        j.window()?.press("Copy details").await?;
        let details = j.desktop.wait_for_clipboard(|text| text.contains("Rundown change")).await?;
        assert!(details.contains(&given_up) && details.contains("State: Waiting"), "{details}");
        assert!(!details.contains(API_KEY), "{details}");
        j.window()?.press("Discard").await?;
        j.window()?.wait_for_text("dialog[open]", "taken back").await?;
        j.window()?.press("Close").await?;
        j.window()?.wait_until_gone("dialog[open]").await?;
        j.window()?.drag_to_time(&sent, time + TimeDelta::hours(8)).await?;
        j.window()?.card(&sent, "waiting", |card| card.sync == "waiting").await?;
        j.service.come_back().await?;
        let write = j.service.write_within(1, BACK_SOON).await?;
        assert!(write.path.ends_with(&sent), "{}", write.path);
        assert_eq!(j.service.writes().len(), 1);
        Ok(())
    })
    .await
}
