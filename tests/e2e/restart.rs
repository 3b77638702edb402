//! Closing and opening again: the same posts from the local store, and no key asked for.

use chrono::TimeDelta;
use rundown_tests::{Result, Tray, Window, journey};

#[tokio::test]
async fn after_a_restart_without_network_the_same_posts_are_there() -> Result {
    journey("after_a_restart", async |j| {
        let soon = j.service.this_minute() + TimeDelta::hours(3);
        let posts = [
            j.service.add_scheduled("First", soon),
            j.service.add_scheduled("Second", soon + TimeDelta::days(1)),
            j.service.add_draft("Some day"),
        ];
        j.open_connected().await?;
        let before = seen(j.window()?, &posts).await?;
        Tray::of_process(j.app()?.pid()).await?.choose("Quit").await?;
        j.wait_for_end().await?;

        j.service.go_down().await;
        j.open().await?;
        assert_eq!(seen(j.window()?, &posts).await?, before);
        assert!(!j.window()?.has_button("Connect").await?, "a key is asked for");
        Ok(())
    })
    .await
}

/// What the window says of each of the posts, once it shows them all.
async fn seen(window: &Window, posts: &[String]) -> Result<Vec<String>> {
    let mut all = Vec::new();
    for post in posts {
        let card = window.card(post, "synced", |card| card.is_synced()).await?;
        all.push(format!(
            "{} {} {:?} {:?}",
            card.remote, card.status, card.time, card.confirmed_time
        ));
    }
    Ok(all)
}
