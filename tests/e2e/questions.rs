//! Questions that only the user can answer: a post that was changed in two places, and a draft that
//! may be at its service twice.

use chrono::TimeDelta;
use rundown_practice::postpost::Edit;
use rundown_practice::{Fault, Match, What};
use rundown_tests::{BACK_SOON, Card, Result, Window, journey, until};
use serde_json::json;

const PANEL_ALERT: &str = "aside [role=alert]";

#[tokio::test]
async fn a_post_that_was_moved_in_two_places_stands_where_the_user_says() -> Result {
    journey("conflict", async |j| {
        let time = j.service.this_minute() + TimeDelta::hours(3);
        let (mine, theirs) = (
            j.service.add_scheduled("Mine is kept", time),
            j.service.add_scheduled("Theirs is kept", time + TimeDelta::hours(4)),
        );
        j.open_connected().await?;
        j.window()?.lane_card(&theirs).await?;
        j.service.go_down().await;
        let elsewhere = time + TimeDelta::hours(26);
        let mut wanted = Vec::new();
        for post in [&mine, &theirs] {
            let window = j.window()?;
            let before = window.lane_card(post).await?.time;
            let to = before.ok_or("it has a time")? + TimeDelta::hours(2);
            window.drag_to_time(post, to).await?;
            let waiting = window
                .card(post, "waiting at a new time", |card| {
                    card.sync == "waiting" && card.time != before
                })
                .await?;
            wanted.push(waiting.time);
            let edit = Edit { scheduled_time: Some(elsewhere), ..Edit::default() };
            assert!(j.service.practice.postpost().edit_elsewhere(post, edit));
        }
        j.service.come_back().await?;
        let window = j.window()?;
        for post in [&mine, &theirs] {
            in_sync_state(window, post, "conflict").await?;
        }
        assert!(j.service.writes().is_empty(), "nothing is sent before the answer");

        window.open_post(&mine).await?;
        let asked = window.wait_for_text(PANEL_ALERT, "also changed at PostPost").await?;
        assert!(asked.contains("Yours") && asked.contains("At PostPost"), "{asked}");
        window.press("Keep mine").await?;
        let write = j.service.write(1).await?;
        assert!(write.path.ends_with(&mine), "{}", write.path);
        let kept = window.card(&mine, "confirmed", Card::is_synced).await?;
        assert_eq!(kept.confirmed_time, wanted[0]);

        window.open_post(&theirs).await?;
        window.wait_for_text(PANEL_ALERT, "also changed at PostPost").await?;
        window.press("Keep theirs").await?;
        let kept = window.card(&theirs, "confirmed", Card::is_synced).await?;
        assert_eq!(kept.time, Some(elsewhere));
        assert_eq!(j.service.writes().len(), 1, "what is kept there is not sent there");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_draft_that_may_be_there_twice_is_deleted_only_by_the_user() -> Result {
    journey("spare_draft", async |j| {
        j.open_connected().await?;
        let creation = Match::method("POST");
        j.service.practice.fault(Fault::once(creation, What::CutBeforeApplying));
        let text = "Asked for twice";
        create_draft(j.window()?, text).await?;
        j.service.write_within(2, BACK_SOON).await?;
        let of_ours = j.service.practice.postpost().posts().remove(0).id;
        let window = j.window()?;
        window.card(&of_ours, "confirmed", Card::is_synced).await?;

        // The first request arrives after all.
        let late = j.service.add_draft(text);
        window.press("Refresh").await?;
        let spare = window.card(&late, "among the drafts", |_| true).await?;
        assert!(spare.name.contains("may be there twice"), "{}", spare.name);
        window.open_post(&late).await?;
        window.wait_for_text(PANEL_ALERT, "may be there twice").await?;
        assert_eq!(j.service.writes().len(), 2, "nothing is deleted unasked");
        window.press("Delete this one…").await?;
        window.wait_for_text("dialog", "ten seconds").await?;
        window.press("Delete").await?;
        let deleted = j.service.write_within(3, BACK_SOON).await?;
        assert_eq!((deleted.method.as_str(), &deleted.body), ("DELETE", &json!(null)));
        let left: Vec<_> =
            j.service.practice.postpost().posts().into_iter().map(|post| post.id).collect();
        assert_eq!(left, [of_ours]);
        Ok(())
    })
    .await
}

/// Writes a draft for the channel that the service's own drafts are for.
async fn create_draft(window: &Window, text: &str) -> Result {
    window.press("New post").await?;
    let mut channels = window.boxes().await?;
    channels.retain(|label| label.contains("LinkedIn"));
    window.tick(channels.first().ok_or("no box is for LinkedIn")?).await?;
    window.fill("Text", text).await?;
    window.press("Save draft").await
}

/// Waits until a post is in this state, as long as the app may wait before it asks again.
async fn in_sync_state(window: &Window, post: &str, state: &str) -> Result {
    until(format!("{state} of {post}"), BACK_SOON, async || {
        let cards = window.cards().await?;
        Ok(cards.iter().any(|card| card.remote == post && card.sync == state).then_some(()))
    })
    .await
}
