//! A key that is refused, replaced, or can't be kept.

use chrono::TimeDelta;
use rundown_practice::postpost::Plan;
use rundown_tests::{API_KEY, Result, journey, secrets};

#[tokio::test]
async fn a_revoked_key_is_replaced_and_what_waited_goes_out() -> Result {
    const NEW: &str = "sk_m3v7x2.1111222233334444555566667777888f";
    const OF_ANOTHER: &str = "sk_q8w1z0.ffffeeeeddddccccbbbbaaaa99998888";
    journey("a_revoked_key", async |j| {
        let time = j.service.this_minute() + TimeDelta::hours(3);
        let post = j.service.add_scheduled("Wait for a key", time);
        j.open_connected().await?;
        let window = j.window()?;
        window.lane_card(&post).await?;

        j.service.rotate_key(NEW);
        let postpost = j.service.practice.postpost();
        postpost.add_user(OF_ANOTHER, Plan::Premium);
        postpost.add_connection(OF_ANOTHER, "bluesky-other", "other", "Someone else");
        window.open_post(&post).await?;
        window.press("Pause").await?;
        window.press("Enter the key").await?;
        window.fill("API key", OF_ANOTHER).await?;
        window.press("Replace key").await?;
        window.wait_for_text("dialog [role=alert]", "another PostPost account").await?;
        assert!(!secrets().await?.iter().any(|secret| secret.contains(OF_ANOTHER)));

        window.fill("API key", NEW).await?;
        window.press("Replace key").await?;
        window
            .card(&post, "a confirmed draft", |card| {
                card.is_synced() && card.confirmed_status.as_deref() == Some("draft")
            })
            .await?;
        assert!(secrets().await?.iter().any(|secret| secret.contains(NEW)), "it is not kept");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn without_a_keychain_the_key_is_kept_for_the_session_only_when_asked() -> Result {
    journey("without_a_keychain", async |j| {
        let post = j.service.add_scheduled("Hello", j.service.this_minute() + TimeDelta::hours(3));
        // Without a session bus there is no Secret Service to be had.
        let nowhere = j.profile.home().join("no-bus");
        let address = format!("unix:path={}", nowhere.display());
        j.open_with(&[("DBUS_SESSION_BUS_ADDRESS", &address)]).await?;
        j.submit_connect_form(API_KEY).await?;
        let window = j.window()?;
        window.wait_for_text("dialog [role=alert]", "keychain").await?;
        window.press("Keep for this session only").await?;
        window.fill("API key", API_KEY).await?;
        window.press("Connect").await?;

        window.lane_card(&post).await?;
        window.wait_for_text("nav", "until Rundown quits").await?;
        let files = j.profile.files_containing(API_KEY)?;
        assert!(files.is_empty(), "the key is in {files:?}");
        Ok(())
    })
    .await
}
