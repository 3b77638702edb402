//! The four services in one window: connected through the form, and one post of each dragged, paused
//! and resumed.

use chrono::{DateTime, TimeDelta, Utc};
use rundown_practice::{KeySeen, Practice, postato, posteverywhere, postpost, publora};
use rundown_tests::{API_KEY, Card, Journey, Result, journey, secrets};
use serde_json::json;

const PUBLORA_KEY: &str = "sk_m3v7y4.1a2b3c4d5e6f708192a3b4c5d6e7f809";
const POSTATO_KEY: &str = "smcp_89abcdef0123456789abcdef0123456789abcdef0123456789abcdef01234567";
const POSTEVERYWHERE_KEY: &str = "pe_live_89abcdef0123456789abcdef01234567";
const BRAND: &str = "wks_01HV7Y3M8Q2K4N6P8R0T2V4X6Z";
const AGENCY: &str = "wks_01HV7Y3M8Q2K4N6P8R0T2V4X7A";
const ACCOUNT: &str = "acc_01HV7Y4A1B3C5D7E9F1G3H5J7K";

/// A post, and how its service is asked to change it.
struct Job {
    remote: String,
    method: &'static str,
    path: String,
    time_field: &'static str,
}

#[tokio::test]
async fn four_services_are_connected_and_one_post_of_each_is_dragged_paused_and_resumed() -> Result
{
    journey("four_services", async |j| {
        let before = j.service.this_minute() + TimeDelta::hours(3);
        let jobs =
            fill(&j.service.practice, before, j.service.add_scheduled("At PostPost", before));
        j.open_connected().await?;
        let window = j.window()?;
        window.lane_card(&jobs[0].remote).await?;
        connect(j, "Publora", PUBLORA_KEY, publora::BASE).await?;
        window.lane_card(&jobs[1].remote).await?;
        connect(j, "Postato", POSTATO_KEY, postato::BASE).await?;
        window.wait_for_text("dialog", "Workspace").await?;
        let kept: String = window.ask("return everythingKept()").await?;
        assert!(!kept.contains(POSTATO_KEY), "the page kept the key");
        window.choose("Workspace", "Main Brand").await?;
        window.press("Connect").await?;
        window.lane_card(&jobs[2].remote).await?;
        connect(j, "PostEverywhere", POSTEVERYWHERE_KEY, posteverywhere::BASE).await?;
        window.lane_card(&jobs[3].remote).await?;

        for (index, job) in jobs.iter().enumerate() {
            take_through(j, job, 3 * index, before + TimeDelta::hours(4)).await?;
        }

        let kept = secrets().await?;
        for key in [API_KEY, PUBLORA_KEY, POSTATO_KEY, POSTEVERYWHERE_KEY] {
            assert!(kept.iter().any(|secret| secret.contains(key)), "not in the keyring");
            assert!(j.profile.files_containing(key)?.is_empty(), "a key is in a file");
        }
        Ok(())
    })
    .await
}

/// Drags the post's card, pauses it and resumes it; the service has seen `done` writes before.
async fn take_through(j: &Journey, job: &Job, done: usize, wished: DateTime<Utc>) -> Result {
    let Job { remote, method, path, time_field } = job;
    let window = j.window()?;
    window.drag_to_time(remote, wished).await?;
    let moved = j.service.write(done + 1).await?;
    assert_eq!((moved.method.as_str(), &moved.path), (*method, path));
    assert_eq!(moved.headers["content-type"], "application/json");
    assert_eq!(moved.key, KeySeen::Known);
    assert_eq!(moved.body.as_object().map(|body| body.len()), Some(1), "{}", moved.body);
    let text = moved.body[time_field].as_str().unwrap_or_default().to_owned();
    let sent: DateTime<Utc> = text.parse()?;
    assert!((sent - wished).abs() <= TimeDelta::hours(1), "dragged to {wished}, sent {sent}");
    let is_there = |card: &Card| card.is_synced() && card.time == Some(sent);
    window.card(remote, "confirmed at the new time", is_there).await?;

    window.open_post(remote).await?;
    window.press("Pause").await?;
    let paused = j.service.write(done + 2).await?;
    assert_eq!((&paused.path, &paused.body), (path, &json!({ "status": "draft" })));
    let is_draft = |card: &Card| card.is_synced() && card.status == "draft";
    window.card(remote, "a confirmed draft", is_draft).await?;

    window.press("Resume").await?;
    let resumed = j.service.write(done + 3).await?;
    let both = json!({ "status": "scheduled", *time_field: text });
    assert_eq!((&resumed.path, &resumed.body), (path, &both));
    window.card(remote, "scheduled again", is_there).await?;
    assert_eq!(j.service.writes().len(), done + 3);
    Ok(())
}

async fn connect(j: &Journey, service: &str, key: &str, base: &str) -> Result {
    j.submit_connect_form_of(service, service, key, &j.service.url(base)).await
}

/// An account with one scheduled post at each of the other services; answers all four posts.
fn fill(practice: &Practice, time: DateTime<Utc>, at_postpost: String) -> [Job; 4] {
    let publora = practice.publora();
    publora.add_user(PUBLORA_KEY, postpost::Plan::Premium);
    publora.add_connection(PUBLORA_KEY, "linkedin-Tz9W5i6ZYG", "studio", "Studio");
    // The two siblings count alike: without an id of its own, it would have PostPost's.
    let at_publora = "64f1a2b3c4d5e6f708192a3b".to_owned();
    publora.add_post_with_id(
        PUBLORA_KEY,
        &at_publora,
        postpost::SeedPost {
            content: "At Publora".to_owned(),
            status: postpost::PostStatus::Scheduled,
            scheduled_time: Some(time),
            platforms: vec!["linkedin-Tz9W5i6ZYG".to_owned()],
            ..Default::default()
        },
    );
    let postato = practice.postato();
    postato.add_key(POSTATO_KEY);
    postato.add_workspace(POSTATO_KEY, BRAND, "Main Brand");
    postato.add_workspace(POSTATO_KEY, AGENCY, "Agency");
    postato.add_account(BRAND, ACCOUNT, "twitter", "@studio", "Studio");
    let at_postato = postato.add_post(
        BRAND,
        postato::SeedPost {
            account_id: ACCOUNT.to_owned(),
            texts: vec!["At Postato".to_owned()],
            status: postato::PostStatus::Scheduled,
            scheduled_at: Some(time),
            ..postato::SeedPost::default()
        },
    );
    let posteverywhere = practice.posteverywhere();
    posteverywhere.add_key(POSTEVERYWHERE_KEY);
    posteverywhere.add_account(POSTEVERYWHERE_KEY, 2280, "linkedin", "Studio");
    let at_posteverywhere = posteverywhere.add_post(
        POSTEVERYWHERE_KEY,
        posteverywhere::SeedPost {
            content: "At PostEverywhere".to_owned(),
            status: posteverywhere::PostStatus::Scheduled,
            scheduled_for: Some(time),
            account_ids: vec![2280],
            ..posteverywhere::SeedPost::default()
        },
    );
    let job = |remote: String, method, path: String, time_field| Job {
        path: format!("{path}/{remote}"),
        remote,
        method,
        time_field,
    };
    [
        job(at_postpost, "PUT", format!("{}/update-post", postpost::BASE), "scheduledTime"),
        job(at_publora, "PUT", format!("{}/update-post", publora::BASE), "scheduledTime"),
        job(
            at_postato,
            "PATCH",
            format!("{}/v1/workspaces/{BRAND}/posts", postato::BASE),
            "scheduledAt",
        ),
        job(at_posteverywhere, "PATCH", format!("{}/posts", posteverywhere::BASE), "scheduled_for"),
    ]
}
