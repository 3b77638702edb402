//! A post from its form to its end: written, created, and deleted with a change of mind between.

use std::time::Duration;

use rundown_tests::{Card, Result, journey, until};
use serde_json::json;

/// Longer than a deletion can be taken back.
const PAST_THE_GRACE: Duration = Duration::from_secs(40);

#[tokio::test]
async fn a_post_is_written_created_once_and_deleted_only_when_it_is_meant() -> Result {
    journey("writing", async |j| {
        j.open_connected().await?;
        let window = j.window()?;
        window.press("New post").await?;
        let channels = window.boxes().await?;
        window.press("Save draft").await?;
        window.wait_for_text("dialog [role=alert]", "at least one channel").await?;
        assert_eq!(j.service.writes().len(), 0, "a post without a channel is not sent");
        window.tick(&channels[0]).await?;
        window.fill("Text", "Written in a window").await?;
        window.press("Save draft").await?;
        let created = j.service.write(1).await?;
        assert_eq!(created.method, "POST");
        assert_eq!(created.body["content"], "Written in a window");
        assert_eq!(created.body.as_object().map(|body| body.len()), Some(2), "{}", created.body);
        let posts = j.service.practice.postpost().posts();
        let remote = posts.first().ok_or("the service has no post")?.id.clone();
        let is_draft = |card: &Card| card.is_synced() && card.status == "draft";
        window.card(&remote, "a confirmed draft", is_draft).await?;

        window.open_post(&remote).await?;
        for undone in [true, false] {
            window.press("Delete…").await?;
            window.wait_for_text("dialog", "ten seconds").await?;
            window.press("Delete").await?;
            if undone {
                // Until then the message of the creation offers an Undo of its own.
                window.wait_for_text("[role=status]", "Deleting…").await?;
                window.press("Undo").await?;
                window.card(&remote, "a draft as before", is_draft).await?;
            }
        }
        let deleted = j.service.write_within(2, PAST_THE_GRACE).await?;
        assert_eq!((deleted.method.as_str(), &deleted.body), ("DELETE", &json!(null)));
        until("the post to be gone", rundown_tests::PATIENCE, async || {
            let cards = window.cards().await?;
            Ok(cards.iter().all(|card| card.remote != remote).then_some(()))
        })
        .await?;
        assert_eq!(j.service.practice.postpost().posts().len(), 0);
        assert_eq!(j.service.writes().len(), 2, "what was undone was never sent");
        Ok(())
    })
    .await
}
