//! Posts in lists: what is asked for, and what is made of the answers.

use rundown_core::model::{PostStatus, Standing};

use super::*;

#[tokio::test]
async fn the_documents_posts_are_read_field_by_field() {
    let (postato, _) = postato(vec![ok(&fixture("posts"))]);
    let answer = postato.list(&ListQuery::RecentlyChanged, None).await.unwrap();
    assert_eq!(answer.heard.date, Some(at("2026-03-10T09:00:00Z")));
    let [scheduled, draft, published] = answer.value.posts.as_slice() else { panic!("{answer:?}") };

    assert_eq!(scheduled.id, id());
    assert_eq!(scheduled.text, "Launch day.");
    assert_eq!(scheduled.standing, Standing::scheduled(at(TIME)));
    assert_eq!(scheduled.media.len(), 0);
    let [target] = scheduled.targets.as_slice() else { panic!("{scheduled:?}") };
    assert_eq!((target.channel.as_str(), target.network.as_str()), (ACCOUNT, "twitter"));
    assert_eq!(target.status, PostStatus::Scheduled);

    assert_eq!(draft.standing, Standing::draft());
    assert_eq!(
        draft.text,
        "Part one of the thread.\n\nPart two, continuing the thought.\n\nPart three, wrap-up."
    );

    assert_eq!(published.standing.status, PostStatus::Published);
    assert_eq!(published.media.len(), 1);
    let link = published.targets[0].link.as_deref();
    assert_eq!(link, Some("https://www.instagram.com/p/ABC123/"));
}

#[tokio::test]
async fn each_list_asks_only_for_what_the_documents_name() {
    let (from, to) = (at("2026-04-01T00:00:00Z"), at("2026-04-03T00:00:00Z"));
    let wide = ListQuery::Dated { from, to: at("2028-04-01T00:00:00Z") };
    for (query, first) in [
        (ListQuery::Dated { from, to }, "GET /posts?limit=100&status=scheduled"),
        (wide, "GET /posts?limit=100"),
        (ListQuery::Drafts, "GET /posts?limit=100&status=draft"),
        (ListQuery::RecentlyChanged, "GET /posts?limit=100"),
    ] {
        let (postato, transport) = postato(vec![nothing()]);
        postato.list(&query, None).await.unwrap();
        assert_eq!(asked(&transport), [first]);
    }
}

#[tokio::test]
async fn what_was_not_asked_for_is_left_out_here() {
    let entry = |id: &str, status: &str, time: Value| json!({ "id": id, "status": status, "scheduledAt": time });
    let body = listed(json!([
        entry("after", "scheduled", json!("2026-04-03T00:00:01Z")),
        entry("last", "scheduled", json!("2026-04-03T00:00:00Z")),
        entry("first", "published", json!("2026-04-01T00:00:00Z")),
        entry("before", "failed", json!("2026-03-31T23:59:59Z")),
        entry("draft", "draft", json!(null)),
    ]));
    let ids = async |query| {
        let (postato, _) = postato(vec![ok(&body)]);
        let page = postato.list(&query, None).await.unwrap().value;
        assert_eq!((page.unreadable, page.total), (0, None));
        page.posts.into_iter().map(|post| post.id.0).collect::<Vec<_>>()
    };
    let (from, to) = (at("2026-04-01T00:00:00Z"), at("2026-04-03T00:00:00Z"));
    assert_eq!(ids(ListQuery::Dated { from, to }).await, ["first", "last"], "soonest first");
    assert_eq!(ids(ListQuery::Drafts).await, ["draft"]);
    assert_eq!(ids(ListQuery::RecentlyChanged).await.len(), 5);
}

#[tokio::test]
async fn both_vocabularies_of_statuses_are_read_and_unknown_ones_kept_as_they_are() {
    for (word, status) in [
        ("draft", PostStatus::Draft),
        ("scheduled", PostStatus::Scheduled),
        ("queued", PostStatus::Queued),
        ("pending", PostStatus::Queued),
        ("publishing", PostStatus::Publishing),
        ("processing", PostStatus::Publishing),
        ("retrying", PostStatus::Publishing),
        ("published", PostStatus::Published),
        ("failed", PostStatus::Failed),
        ("cancelled", PostStatus::Cancelled),
    ] {
        let found = single(post(word, json!(TIME))).await;
        assert_eq!((&found.standing.status, &found.targets[0].status), (&status, &status));
    }
    for word in ["pending_approval", "rejected", "publish", "simmering"] {
        let status = single(post(word, json!(TIME))).await.standing.status;
        assert_eq!(status, PostStatus::Other(word.to_owned()));
        assert!(!status.is_editable());
    }
}

#[tokio::test]
async fn both_families_of_field_names_are_read() {
    let url = "https://x.com/postato_br/status/1";
    for field in ["platformUrl", "externalUrl"] {
        let mut top = post("published", json!(TIME));
        top[field] = json!(url);
        let mut inside = post("published", json!(TIME));
        inside["items"] = json!([{ "index": 0, "text": "Launch day." }]);
        inside["items"][0][field] = json!(url);
        for entry in [top, inside] {
            assert_eq!(single(entry).await.targets[0].link.as_deref(), Some(url), "{field}");
        }
    }
    for error in [json!("Token expired"), json!({ "code": "auth", "message": "Token expired" })] {
        let mut top = post("failed", json!(TIME));
        top["error"] = error.clone();
        let mut inside = post("failed", json!(TIME));
        inside["items"] = json!([{ "text": "Launch day." }, { "error": error }]);
        for entry in [top, inside] {
            let told = single(entry).await.targets[0].error.clone();
            assert_eq!(told.as_deref(), Some("Token expired"), "{error}");
        }
    }
    let mut entry = post("draft", json!(null));
    entry["postId"] = entry["id"].take();
    assert_eq!(single(entry).await.id, id());
}

#[tokio::test]
async fn a_text_is_read_from_wherever_it_stands() {
    let items = json!([{ "index": 1, "text": "two" }, { "index": 0, "text": "one" }]);
    for (content, items, text) in [
        (json!("one"), json!(null), "one"),
        (json!("one"), items.clone(), "one"),
        (
            json!([{ "text": "one" }, { "text": null }, { "text": "two" }]),
            json!(null),
            "one\n\ntwo",
        ),
        (json!(["one", "two"]), json!(null), "one\n\ntwo"),
        (json!(null), items, "one\n\ntwo"),
        (json!({}), json!(null), ""),
    ] {
        let mut entry = post("draft", json!(null));
        (entry["content"], entry["items"]) = (content, items);
        assert_eq!(single(entry.clone()).await.text, text, "{entry}");
    }
}

#[tokio::test]
async fn a_long_text_of_any_script_comes_through_unchanged() {
    let text: String = "<b>שלום</b> 👩‍🚀 & «olá»\n".chars().cycle().take(63_206).collect();
    let mut entry = post("draft", json!(null));
    entry["content"] = json!(text);
    assert_eq!(single(entry).await.text, text);
}

#[tokio::test]
async fn pictures_are_counted_once_wherever_they_are_told_of() {
    let picture = json!({ "id": "med_01ABC" });
    let item = json!({ "text": "one", "media": [picture, picture] });
    for (content, media, items, count) in [
        (json!("one"), json!([picture]), json!(null), 1),
        (json!([item, item]), json!(null), json!(null), 4),
        (json!("one"), json!([picture, picture]), json!([item]), 2),
        (json!("one"), json!("none"), json!([{ "media": {} }]), 0),
    ] {
        let mut entry = post("draft", json!(null));
        (entry["content"], entry["media"], entry["items"]) = (content, media, items);
        assert_eq!(single(entry.clone()).await.media.len(), count, "{entry}");
    }
}

#[tokio::test]
async fn a_post_has_one_target_and_without_an_account_it_is_its_networks() {
    for (account, platform, target) in [
        (json!(ACCOUNT), json!("Twitter"), Some((ACCOUNT, "twitter"))),
        (json!(null), json!("twitter"), Some(("twitter", "twitter"))),
        (json!(ACCOUNT), json!(null), Some((ACCOUNT, "unknown"))),
        (json!(""), json!(7), None),
    ] {
        let mut entry = post("scheduled", json!(TIME));
        (entry["accountId"], entry["platform"]) = (account, platform);
        let found = single(entry).await;
        let told = found.targets.iter().map(|it| (it.channel.as_str(), it.network.as_str()));
        assert_eq!(told.collect::<Vec<_>>(), target.into_iter().collect::<Vec<_>>());
    }
}

#[tokio::test]
async fn times_are_read_with_any_offset() {
    for text in [
        "2026-04-20T14:00:00Z",
        "2026-04-20T14:00:00.000Z",
        "2026-04-20T14:00:00+00:00",
        "2026-04-20T11:00:00-03:00",
        "2026-04-20T14:00:00",
    ] {
        let found = single(post("scheduled", json!(text))).await;
        assert_eq!(found.standing, Standing::scheduled(at(TIME)), "{text}");
    }
    let mut entry = post("published", json!(null));
    entry["publishedAt"] = json!(TIME);
    assert_eq!(single(entry.clone()).await.standing.time, Some(at(TIME)));
    entry["status"] = json!("draft");
    assert_eq!(single(entry).await.standing, Standing::draft());
}

#[tokio::test]
async fn a_broken_entry_is_counted_and_loses_no_other() {
    let broken = [
        json!(null),
        json!(7),
        json!({}),
        json!({ "id": 12, "status": "scheduled" }),
        json!({ "id": "pst/../1", "status": "draft" }),
        json!({ "id": "pst_1" }),
        json!({ "id": "pst_1", "status": "scheduled" }),
        json!({ "id": "pst_1", "status": "scheduled", "scheduledAt": "next Tuesday" }),
        json!({ "id": "pst_1", "status": "published", "scheduledAt": 1776693600 }),
        json!({ "id": "pst_1", "status": "failed", "scheduledAt": "+262142-12-31T23:59:59Z" }),
    ];
    let mut entries = vec![post("scheduled", json!(TIME))];
    for (index, entry) in broken.iter().enumerate() {
        entries.insert(index % 2, entry.clone());
    }
    let (postato, _) = postato(vec![ok(&listed(json!(entries)))]);
    let page = postato.list(&ListQuery::RecentlyChanged, None).await.unwrap().value;
    assert_eq!((page.posts.len(), page.unreadable), (1, broken.len()));
}

#[tokio::test]
async fn nulls_and_unknown_fields_are_no_reason_to_lose_a_post() {
    let found = single(json!({
        "id": ID, "status": "draft", "content": null, "scheduledAt": null, "platform": null,
        "accountId": null, "items": null, "media": null, "error": null, "options": { "new": [1] },
    }))
    .await;
    assert_eq!(found.standing, Standing::draft());
    assert_eq!((found.text.as_str(), found.media.len(), found.targets.len()), ("", 0, 0));
}
