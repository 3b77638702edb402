//! Connecting an account: the form, and where the key goes.

use chrono::TimeDelta;
use rundown_tests::{API_KEY, PATIENCE, Result, journey, secrets, until};

/// Remembers the text of every command's answer. Tauri's commands go over `fetch`.
const RECORD_ANSWERS: &str = "
    window.answers = [];
    const send = window.fetch;
    window.fetch = async (...request) => {
      const answer = await send(...request);
      answer.clone().text().then((text) => window.answers.push(text));
      return answer;
    };";

#[tokio::test]
async fn the_key_goes_from_the_form_to_the_keyring_and_nowhere_else() -> Result {
    journey("the_key_goes_to_the_keyring", async |j| {
        let post = j.service.add_scheduled("Hello", j.service.this_minute() + TimeDelta::hours(3));
        j.open().await?;
        j.window()?.ask::<Option<()>>(RECORD_ANSWERS).await?;
        j.submit_connect_form(API_KEY).await?;
        let window = j.window()?;
        window.lane_card(&post).await?;

        assert!(
            secrets().await?.iter().any(|secret| secret.contains(API_KEY)),
            "not in the keyring"
        );
        let files = j.profile.files_containing(API_KEY)?;
        assert!(files.is_empty(), "the key is in {files:?}");
        let kept: String = window.ask("return everythingKept()").await?;
        assert!(!kept.contains(API_KEY), "the page kept the key");
        let answers: Vec<String> = window.ask("return window.answers").await?;
        assert!(!answers.is_empty(), "no command was seen, so nothing was shown");
        assert!(
            !answers.iter().any(|answer| answer.contains(API_KEY)),
            "a command answered the key"
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_wrong_key_is_named_before_anything_is_stored() -> Result {
    const WRONG: &str = "sk_m3v7x2.000000000000000000000000000000ff";
    journey("a_wrong_key", async |j| {
        j.open().await?;
        j.submit_connect_form(WRONG).await?;
        let window = j.window()?;
        let alert = window.wait_for_text("dialog [role=alert]", "key").await?;
        assert!(!alert.contains(WRONG), "the message repeats the key: {alert}");
        assert!(!secrets().await?.iter().any(|secret| secret.contains(WRONG)));
        assert!(j.profile.files_containing(WRONG)?.is_empty());
        window.press("Cancel").await?;
        window.wait_for_text("main", "account").await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_window_is_accessible_before_and_after_connecting() -> Result {
    journey("accessible", async |j| {
        let post = j.service.add_scheduled("Hello", j.service.this_minute() + TimeDelta::hours(3));
        j.open().await?;
        let window = j.window()?;
        until("button “Add account”", PATIENCE, async || {
            Ok(window.has_button("Add account").await?.then_some(()))
        })
        .await?;
        assert_eq!(window.accessibility_problems().await?, [""; 0], "empty");
        j.submit_connect_form(API_KEY).await?;
        window.lane_card(&post).await?;
        window.open_post(&post).await?;
        assert_eq!(window.accessibility_problems().await?, [""; 0], "with a post open");
        Ok(())
    })
    .await
}
