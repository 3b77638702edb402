//! Pause all from the window, through a kill in its middle, and back from the tray.

use chrono::TimeDelta;
use rundown_practice::postpost::PostStatus;
use rundown_tests::{BACK_SOON, PATIENCE, Result, Service, Tray, journey, until};

fn status(service: &Service, post: &str) -> Option<PostStatus> {
    service.practice.postpost().post(post).map(|post| post.status)
}

#[tokio::test]
async fn everything_is_paused_through_a_kill_and_resumed_from_the_tray() -> Result {
    journey("pause_all", async |j| {
        let soon = j.service.this_minute() + TimeDelta::hours(3);
        let posts = [
            j.service.add_scheduled("First in line", soon),
            j.service.add_scheduled("Second in line", soon + TimeDelta::hours(1)),
        ];
        j.open_connected().await?;
        j.window()?.lane_card(&posts[0]).await?;
        j.service.go_down().await;
        j.window()?.press("Pause all").await?;
        j.window()?.press("Pause 2 posts").await?;
        j.window()?.wait_for_text("main", "2 still go out").await?;

        j.kill().await?;
        j.open().await?;
        j.window()?.wait_for_text("main", "2 still go out").await?;
        j.service.come_back().await?;
        for post in &posts {
            until("a paused post at the service", BACK_SOON, async || {
                Ok((status(&j.service, post) == Some(PostStatus::Draft)).then_some(()))
            })
            .await?;
        }
        j.window()?.wait_for_text("main", "Paused: 2 posts").await?;

        let tray = Tray::of_process(j.app()?.pid()).await?;
        until("tray entry to resume", PATIENCE, async || {
            let labels = tray.labels().await?;
            Ok(labels.iter().any(|label| label == "Resume…").then_some(()))
        })
        .await?;
        tray.choose("Resume…").await?;
        j.window()?.wait_for_text("dialog[open]", "First in line").await?;
        j.window()?.press("Resume 2 posts").await?;
        for post in &posts {
            until("a resumed post at the service", PATIENCE, async || {
                Ok((status(&j.service, post) == Some(PostStatus::Scheduled)).then_some(()))
            })
            .await?;
        }
        Ok(())
    })
    .await
}
