//! Posts that the user publishes by hand, from the reminder to the clipboard and back.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use rundown_tests::{Journey, PATIENCE, Result, Tray, journey, until};
use serde_json::{Value, json};

/// How far ahead a post is scheduled: it has to be kept before it is due.
const AHEAD: TimeDelta = TimeDelta::seconds(6);
/// How long to wait for a post to come due.
const DUE_WITHIN: Duration = Duration::from_secs(60);

/// A folder with a browser in it that only notes what it is to open.
struct Browser(PathBuf);

impl Browser {
    fn install(folder: &Path) -> Result<Self> {
        let browser = Self(folder.join("browser"));
        fs::create_dir_all(&browser.0)?;
        let (program, opened) = (browser.0.join("xdg-open"), browser.opened());
        fs::write(&program, format!("#!/bin/sh\necho \"$1\" >> '{}'\n", opened.display()))?;
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755))?;
        Ok(browser)
    }

    fn opened(&self) -> PathBuf {
        self.0.join("opened.txt")
    }

    /// The search path with this browser before all others.
    fn path(&self) -> String {
        let rest = std::env::var("PATH").unwrap_or_default();
        format!("{}:{rest}", self.0.display())
    }

    async fn wait_for(&self, page: &str) -> Result {
        until(format!("browser at {page}"), PATIENCE, async || {
            let opened = fs::read_to_string(self.opened()).unwrap_or_default();
            Ok(opened.lines().any(|line| line == page).then_some(()))
        })
        .await
    }
}

/// Schedules a post on a channel of This computer that is made for it; answers its id.
async fn plan(j: &Journey, text: &str, time: DateTime<Utc>) -> Result<String> {
    let window = j.window()?;
    let accounts: Vec<Value> = window.command("accounts", json!({})).await?;
    let account = &accounts.iter().find(|one| one["builtIn"] == true).ok_or("no account")?["id"];
    let name = json!({ "account": account, "network": "bluesky", "name": "@studio.example" });
    let channel: Value = window.command("add_channel", name).await?;
    let form = json!({
        "account": account, "channels": [channel["id"]], "text": text, "time": time.to_rfc3339(),
    });
    let created: Vec<Value> = window.command("create_post", json!({ "form": form })).await?;
    Ok(created[0]["post"].as_str().ok_or("no post")?.to_owned())
}

/// Waits until the post is shown so.
async fn wait_for_post(j: &Journey, id: &str, what: &str, is_so: fn(&Value) -> bool) -> Result {
    until(format!("post that is {what}"), PATIENCE, async || {
        let posts: Vec<Value> = j.window()?.command("posts", json!({ "ids": [id] })).await?;
        Ok(posts.iter().any(is_so).then_some(()))
    })
    .await
}

#[tokio::test]
async fn a_due_post_is_copied_opened_and_done_from_its_notification() -> Result {
    journey("a_due_post", async |j| {
        let notifications = j.desktop.notifications();
        let browser = Browser::install(&j.profile.home())?;
        j.open_with(&[("PATH", &browser.path())]).await?;
        let text = "Street party on Saturday & cake";
        let post = plan(j, text, j.service.practice.clock().now() + AHEAD).await?;

        let due = notifications.one_saying("Yours to publish now", DUE_WITHIN).await?;
        assert!(due.says(text) || due.says("Street party on Saturday &amp; cake"), "{due:?}");
        let mut actions = due.actions.clone();
        actions.sort();
        assert_eq!(actions, ["Copy and open", "Done", "Snooze 10 min"]);

        j.desktop.choose_in_notification("Copy and open").await?;
        j.desktop.wait_for_clipboard(|copied| copied == text).await?;
        let page =
            "https://bsky.app/intent/compose?text=Street%20party%20on%20Saturday%20%26%20cake";
        browser.wait_for(page).await?;
        wait_for_post(j, &post, "still due", |post| post["handOver"]["isDue"] == true).await?;

        notifications.one_saying("The text is copied", PATIENCE).await?;
        j.desktop.choose_in_notification("Done").await?;
        wait_for_post(j, &post, "done", |post| {
            post["confirmedStatus"] == "published" && post["handOver"]["isDue"] == false
        })
        .await
    })
    .await
}

#[tokio::test]
async fn a_post_that_came_due_while_rundown_was_closed_is_handed_over_and_named_in_the_tray()
-> Result {
    journey("due_while_closed", async |j| {
        let clock = j.service.practice.clock().clone();
        j.open().await?;
        let time = clock.now() + AHEAD;
        let post = plan(j, "It was due while nobody looked", time).await?;
        wait_for_post(j, &post, "kept", |post| post["sync"]["state"] == "synced").await?;
        j.kill().await?;
        until("time of the post", PATIENCE, async || Ok((clock.now() > time).then_some(())))
            .await?;

        let notifications = j.desktop.notifications();
        j.open().await?;
        let due = notifications.one_saying("It was due while nobody looked", DUE_WITHIN).await?;
        assert!(due.says("Yours to publish now"), "{due:?}");
        let tray = Tray::of_process(j.app()?.pid()).await?;
        until("tray entry about the due post", PATIENCE, async || {
            let first = tray.labels().await?.into_iter().next().unwrap_or_default();
            let is_due = first.starts_with("Due now: ") && first.contains("while nobody looked");
            Ok(is_due.then_some(()))
        })
        .await?;

        j.desktop.choose_in_notification("Snooze 10 min").await?;
        wait_for_post(j, &post, "put off", |post| {
            post["confirmedStatus"] == "scheduled" && post["handOver"]["isDue"] == false
        })
        .await
    })
    .await
}
