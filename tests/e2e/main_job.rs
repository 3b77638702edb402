//! The main job: a card dragged, paused, resumed and put back, and what the service saw of it.

use chrono::{DateTime, TimeDelta, Utc};
use rundown_practice::{Fault, KeySeen, Match, Recorded, What, postpost::PostStatus};
use rundown_tests::{Result, journey};
use serde_json::json;
use thirtyfour::Key;

#[tokio::test]
async fn a_dragged_card_sends_one_put_with_the_new_time_and_undo_sends_the_old_one() -> Result {
    journey("a_dragged_card", async |j| {
        let before = j.service.this_minute() + TimeDelta::hours(3);
        let post = j.service.add_scheduled("Drag me", before);
        j.open_connected().await?;
        let window = j.window()?;
        window.lane_card(&post).await?;
        let wished = before + TimeDelta::hours(4);
        window.drag_to_time(&post, wished).await?;

        let write = j.service.write(1).await?;
        assert_eq!(write.method, "PUT");
        assert_eq!(write.path, format!("/postpost/api/v1/update-post/{post}"));
        assert_eq!(write.headers["content-type"], "application/json");
        assert!(write.headers.contains_key("x-api-key"));
        assert_eq!(write.key, KeySeen::Known);
        let sent = scheduled_time(&write)?;
        assert_eq!(write.body.as_object().map(|body| body.len()), Some(1), "{}", write.body);
        assert!((sent - wished).abs() <= TimeDelta::hours(1), "dragged to {wished}, sent {sent}");

        let moved = |card: &rundown_tests::Card| {
            card.is_synced() && card.time == Some(sent) && card.confirmed_time == Some(sent)
        };
        window.card(&post, "confirmed at the new time", moved).await?;
        assert_eq!(j.service.writes().len(), 1);
        let at_service = j.service.practice.postpost().post(&post);
        assert_eq!(at_service.and_then(|post| post.scheduled_time), Some(sent));

        window.press_keys(Key::Control, "z").await?;
        assert_eq!(scheduled_time(&j.service.write(2).await?)?, before);
        let back = |card: &rundown_tests::Card| card.is_synced() && card.time == Some(before);
        window.card(&post, "back at its old time", back).await?;
        assert_eq!(j.service.writes().len(), 2);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn pause_sends_a_draft_and_resume_sends_status_and_time() -> Result {
    journey("pause_and_resume", async |j| {
        let time = j.service.this_minute() + TimeDelta::hours(3);
        let post = j.service.add_scheduled("Hold this", time);
        j.open_connected().await?;
        let window = j.window()?;
        window.open_post(&post).await?;

        window.press("Pause").await?;
        let pause = j.service.write(1).await?;
        assert_eq!(pause.method, "PUT");
        assert_eq!(pause.body, json!({ "status": "draft" }));
        window
            .card(&post, "a confirmed draft", |card| {
                card.is_synced()
                    && card.status == "draft"
                    && card.confirmed_status.as_deref() == Some("draft")
            })
            .await?;

        window.press("Resume").await?;
        let resume = j.service.write(2).await?;
        assert_eq!(resume.body["status"], "scheduled");
        assert_eq!(scheduled_time(&resume)?, time);
        assert_eq!(resume.body.as_object().map(|body| body.len()), Some(2), "{}", resume.body);
        window
            .card(&post, "scheduled again", |card| {
                card.is_synced() && card.status == "scheduled" && card.time == Some(time)
            })
            .await?;
        assert_eq!(j.service.writes().len(), 2);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_card_dragged_to_the_drafts_is_paused() -> Result {
    journey("dragged_to_drafts", async |j| {
        let time = j.service.this_minute() + TimeDelta::hours(3);
        let post = j.service.add_scheduled("Down you go", time);
        j.open_connected().await?;
        let window = j.window()?;
        window.drag_to_region(&post, "Drafts").await?;
        assert_eq!(j.service.write(1).await?.body, json!({ "status": "draft" }));
        window.card(&post, "a draft", |card| card.is_synced() && card.status == "draft").await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_pause_that_the_service_ignored_is_said_loudly() -> Result {
    journey("an_ignored_pause", async |j| {
        let time = j.service.this_minute() + TimeDelta::hours(3);
        let post = j.service.add_scheduled("Still going out", time);
        let ignored = What::StatusIgnored { time_applied: false };
        j.service.practice.fault(Fault::always(Match::method("PUT"), ignored));
        j.open_connected().await?;
        let window = j.window()?;
        window.open_post(&post).await?;
        window.press("Pause").await?;

        j.service.write(1).await?;
        window.wait_for_text("[role=alert]", "PostPost").await?;
        window
            .card(&post, "still scheduled and asking for help", |card| {
                card.sync == "needs-you"
                    && card.status == "scheduled"
                    && card.confirmed_status.as_deref() == Some("scheduled")
            })
            .await?;
        let at_service = j.service.practice.postpost().post(&post).map(|post| post.status);
        assert_eq!(at_service, Some(PostStatus::Scheduled));
        Ok(())
    })
    .await
}

fn scheduled_time(write: &Recorded) -> Result<DateTime<Utc>> {
    let text = write.body["scheduledTime"].as_str();
    Ok(text.ok_or_else(|| format!("no scheduledTime in {}", write.body))?.parse()?)
}
