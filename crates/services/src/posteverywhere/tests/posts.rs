//! One post: its statuses, times, targets and text, in either generation of the documents.

use rundown_core::model::{PostStatus, Standing};
use serde_json::{Value, json};

use super::*;

fn channels(post: &RemotePost) -> Vec<(&str, &str, &PostStatus)> {
    post.targets.iter().map(|t| (t.channel.as_str(), t.network.as_str(), &t.status)).collect()
}

fn on_instagram(status: &str) -> Value {
    json!([{ "account_id": 2280, "platform": "instagram", "status": status }])
}

#[tokio::test]
async fn the_documented_post_is_read_field_by_field_in_both_generations() {
    for (name, accounts) in
        [("list-posts", vec!["2280", "2282", "2285"]), ("list-posts-older", vec!["2280"])]
    {
        let (posteverywhere, _) = posteverywhere(vec![ok(&fixture(name))]);
        let answer = posteverywhere.list(&april(), None).await.unwrap();
        assert_eq!(answer.heard.date, Some(at("2026-03-10T09:00:00Z")));
        let page = answer.value;
        assert_eq!((page.total, page.unreadable, page.next), (None, 0, None));
        let [post] = page.posts.as_slice() else { panic!("{name}") };
        assert_eq!(post.id, id());
        assert_eq!(post.text, "Excited to share our latest update!");
        assert_eq!(post.standing, Standing::scheduled(at("2026-04-15T14:30:00Z")));
        assert_eq!(post.media.len(), 1);
        let targets = channels(post);
        assert_eq!(targets.iter().map(|target| target.0).collect::<Vec<_>>(), accounts);
        assert_eq!(targets[0], ("2280", "instagram", &PostStatus::Scheduled));
    }
}

#[tokio::test]
async fn statuses_are_mapped_and_unknown_ones_kept_as_they_are() {
    for (word, status) in [
        ("draft", PostStatus::Draft),
        ("scheduled", PostStatus::Scheduled),
        ("publishing", PostStatus::Publishing),
        ("published", PostStatus::Published),
        ("partially_failed", PostStatus::PartiallyPublished),
        ("failed", PostStatus::Failed),
        ("queued", PostStatus::Queued),
        ("done", PostStatus::Published),
        ("simmering", PostStatus::Other("simmering".to_owned())),
    ] {
        let post = single(post(json!({ "status": word }))).await;
        assert_eq!(post.standing.status, status);
    }
}

#[tokio::test]
async fn what_queued_means_at_a_destination_is_told_by_its_post() {
    for (of_post, at_destination) in [
        ("draft", PostStatus::Draft),
        ("scheduled", PostStatus::Scheduled),
        ("publishing", PostStatus::Queued),
        ("partially_failed", PostStatus::Queued),
        ("simmering", PostStatus::Queued),
    ] {
        let entry = post(json!({ "status": of_post, "destinations": on_instagram("queued") }));
        assert_eq!(single(entry).await.targets[0].status, at_destination, "{of_post}");
    }
    for (word, status) in [
        ("publishing", PostStatus::Publishing),
        ("published", PostStatus::Published),
        ("done", PostStatus::Published),
        ("failed", PostStatus::Failed),
        ("reheating", PostStatus::Other("reheating".to_owned())),
    ] {
        let entry = post(json!({ "status": "publishing", "destinations": on_instagram(word) }));
        assert_eq!(single(entry).await.targets[0].status, status, "{word}");
    }
}

#[tokio::test]
async fn a_destination_under_way_puts_the_whole_post_under_way() {
    for (words, whole) in [
        (vec!["queued", "publishing"], PostStatus::Publishing),
        (vec!["published", "queued"], PostStatus::Scheduled),
        (vec!["published", "published"], PostStatus::Published),
        (vec!["published", "failed"], PostStatus::PartiallyPublished),
        (vec!["failed", "failed"], PostStatus::Failed),
        (vec!["reheating", "published"], PostStatus::Scheduled),
    ] {
        let destinations: Vec<_> = words
            .iter()
            .enumerate()
            .map(|(n, word)| json!({ "account_id": n, "status": word }))
            .collect();
        let entry = post(json!({ "status": "scheduled", "destinations": destinations }));
        assert_eq!(single(entry).await.standing.status, whole, "{words:?}");
    }
}

#[tokio::test]
async fn a_post_stands_at_the_time_its_destinations_fire_by() {
    let with = |status: &str, own: Value, first: Value, second: Value| {
        post(json!({ "status": status, "scheduled_for": own, "destinations": [
            { "account_id": 1, "status": "queued", "scheduled_for": first },
            { "account_id": 2, "status": "queued", "scheduled_for": second },
        ] }))
    };
    let (eight, nine) = (json!("2026-04-20T08:00:00Z"), json!("2026-04-20T09:00:00Z"));
    let ten = json!("2026-04-20T10:00:00Z");
    for (entry, time) in [
        (with("scheduled", nine.clone(), json!(null), json!(null)), "2026-04-20T09:00:00Z"),
        (with("scheduled", nine.clone(), nine.clone(), nine.clone()), "2026-04-20T09:00:00Z"),
        (with("scheduled", nine.clone(), nine.clone(), ten.clone()), "2026-04-20T10:00:00Z"),
        (with("scheduled", nine.clone(), ten.clone(), eight.clone()), "2026-04-20T08:00:00Z"),
        (with("scheduled", json!(null), ten.clone(), eight.clone()), "2026-04-20T08:00:00Z"),
        // What has gone out, or is not to, stands where the service says.
        (with("published", nine.clone(), eight.clone(), eight.clone()), "2026-04-20T09:00:00Z"),
        (with("draft", nine.clone(), eight.clone(), eight.clone()), "2026-04-20T09:00:00Z"),
    ] {
        let post = single(entry.clone()).await;
        assert_eq!(post.standing.time, Some(at(time)), "{entry}");
    }
    let post = single(with("scheduled", nine, eight, json!("soon"))).await;
    let times: Vec<_> = post.targets.iter().map(|target| target.time).collect();
    assert_eq!(times, [Some(at("2026-04-20T08:00:00Z")), None]);
}

#[tokio::test]
async fn times_are_read_with_any_offset() {
    for text in [
        "2026-04-20T09:00:00.000Z",
        "2026-04-20T09:00:00Z",
        "2026-04-20T09:00:00+00:00",
        "2026-04-20T11:00:00+02:00",
        "2026-04-19T23:30:00.000-09:30",
        "2026-04-20T09:00:00",
    ] {
        let post = single(post(json!({ "status": "scheduled", "scheduled_for": text }))).await;
        assert_eq!(post.standing.time, Some(at("2026-04-20T09:00:00Z")), "{text}");
    }
}

#[tokio::test]
async fn a_post_keeps_its_targets_whether_or_not_a_destination_tells_of_them() {
    let entry = post(json!({
        "status": "scheduled", "account_ids": [2280, "2282", null, 2280, 1.5], "destinations": null,
    }));
    let told = single(entry).await;
    let scheduled = &PostStatus::Scheduled;
    assert_eq!(channels(&told), [("2280", "", scheduled), ("2282", "", scheduled)]);

    let destinations = json!([
        { "account_id": 2282, "platform": "X", "status": "queued" },
        { "account_id": null, "platform": "threads", "status": "queued" },
        { "account_id": "2282", "platform": "x", "status": "failed" },
        "broken",
    ]);
    let entry = post(json!({
        "status": "scheduled", "account_ids": [2280, 2282], "destinations": destinations,
    }));
    let told = single(entry).await;
    assert_eq!(channels(&told), [("2282", "x", scheduled), ("2280", "", scheduled)]);
}

#[tokio::test]
async fn links_and_errors_are_told_as_text_or_object() {
    let long = "Too long. ".repeat(100);
    for (error, told) in [
        (json!("Token expired"), Some("Token expired".to_owned())),
        (json!({ "message": "Token\nexpired", "code": 190 }), Some("Token expired".to_owned())),
        (json!({ "code": 190 }), None),
        (json!(null), None),
        (json!(""), None),
        (json!(long), Some(format!("{}…", &long[..300]))),
    ] {
        let entry = post(json!({ "status": "failed", "destinations": [{
            "account_id": 2280, "platform": "instagram", "status": "failed", "error": error,
            "platform_post_url": "", "attempts": 5, "next_retry_at": null,
        }] }));
        let post = single(entry).await;
        assert_eq!((&post.targets[0].error, &post.targets[0].link), (&told, &None));
    }
    let url = "https://www.instagram.com/p/C1/";
    let entry = post(json!({ "status": "published", "destinations": [{
        "account_id": 2280, "status": "published", "platform_post_url": url,
    }] }));
    assert_eq!(single(entry).await.targets[0].link.as_deref(), Some(url));
}

#[tokio::test]
async fn nulls_missing_and_unknown_fields_are_no_reason_to_lose_a_post() {
    let entry = json!({
        "id": ID, "status": "draft", "content": null, "account_ids": null, "scheduled_for": null,
        "media_ids": null, "media": null, "platform_content": null, "destinations": null,
        "created_at": null, "updated_at": null, "campaign_id": 7, "surprise": { "new": true },
    });
    let told = single(entry).await;
    assert_eq!(told.standing, Standing::draft());
    assert_eq!((told.text.as_str(), told.media.len(), told.targets.len()), ("", 0, 0));
    assert_eq!(single(json!({ "post_id": ID, "status": "draft" })).await, told);
    // A draft's time means nothing, whatever it is.
    let vague = post(json!({ "status": "draft", "scheduled_for": "soon" }));
    assert_eq!(single(vague).await.standing, Standing::draft());
}

#[tokio::test]
async fn media_are_counted_by_their_ids_or_by_themselves() {
    for (fields, count) in [
        (json!({ "media_ids": ["a", "b"], "media": [{}, {}] }), 2),
        (json!({ "media_ids": ["a", "b"], "media": null }), 2),
        (json!({ "media": [{ "id": "a" }] }), 1),
        (json!({ "media_ids": [], "media": [{}] }), 1),
        (json!({ "media_ids": "a" }), 0),
    ] {
        let mut entry = post(json!({ "status": "draft" }));
        entry.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        assert_eq!(single(entry).await.media.len(), count, "{fields}");
    }
}

#[tokio::test]
async fn text_is_kept_to_the_letter() {
    let longest = "ü".repeat(63_206);
    for text in [
        "שלום עולם, مرحبا \u{200f}بكم\u{200e} (2026)",
        "👩🏽‍🚀 + 🏳️‍🌈 = ❤️\n\n\tand a tab",
        "<b>Bold</b> &amp; <script>alert(1)</script>",
        "{\"status\":\"scheduled\"}\\u0000",
        longest.as_str(),
    ] {
        let post = single(post(json!({ "status": "draft", "content": text }))).await;
        assert!(post.text == text);
    }
}
