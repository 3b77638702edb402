//! The tray, as a panel sees it, and what the window's closing leaves behind.

use chrono::TimeDelta;
use rundown_tests::{PATIENCE, Result, Spawned, Tray, journey, until};

#[tokio::test]
async fn the_tray_names_the_next_post_and_its_quit_ends_the_app() -> Result {
    journey("tray_quit", async |j| {
        let soon = j.service.this_minute() + TimeDelta::hours(3);
        let post = j.service.add_scheduled("Next in line", soon);
        j.open_connected().await?;
        j.window()?.lane_card(&post).await?;

        let tray = Tray::of_process(j.app()?.pid()).await?;
        until("tray entry about the next post", PATIENCE, async || {
            let labels = tray.labels().await?;
            Ok(labels.iter().any(|label| label.contains("Next in line")).then_some(()))
        })
        .await?;
        tray.choose("Quit").await?;
        j.wait_for_end().await
    })
    .await
}

#[tokio::test]
async fn closing_the_window_keeps_the_app_in_the_tray_which_opens_it_again() -> Result {
    journey("closing_the_window", async |j| {
        let mut app = Spawned::start(&j.desktop, &j.profile, &[])?;
        let pid = app.pid();
        let window = j.desktop.window_of_process(pid).await?;
        let tray = Tray::of_process(pid).await?;
        j.desktop.close_window(window).await?;
        assert!(app.is_running()?, "closing the window ended the app");

        tray.choose("Open Rundown").await?;
        j.desktop.window_of_process(pid).await?;
        tray.choose("Quit").await?;
        assert!(app.wait_for_end().await?, "it ended badly");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn quitting_with_an_unsent_change_names_it_and_quits_only_when_told_to() -> Result {
    journey("quitting_with_an_unsent_change", async |j| {
        let time = j.service.this_minute() + TimeDelta::hours(3);
        let post = j.service.add_scheduled("Not sent yet", time);
        j.open_connected().await?;
        j.window()?.lane_card(&post).await?;
        j.service.go_down().await;
        j.window()?.drag_to_time(&post, time + TimeDelta::hours(4)).await?;
        j.window()?.card(&post, "waiting", |card| card.sync == "waiting").await?;

        let tray = Tray::of_process(j.app()?.pid()).await?;
        tray.choose("Quit").await?;
        j.window()?.wait_for_text("dialog[open]", "Not sent yet").await?;
        j.window()?.press("Stay").await?;
        j.window()?.wait_until_gone("dialog[open]").await?;
        j.window()?.card(&post, "waiting still", |card| card.sync == "waiting").await?;

        tray.choose("Quit").await?;
        j.window()?.wait_for_text("dialog[open]", "Not sent yet").await?;
        j.window()?.press_to_quit("Quit anyway").await?;
        j.wait_for_end().await
    })
    .await
}
