//! Reading workspaces, accounts and posts.

use chrono::TimeDelta;
use rundown_practice::postato::{
    AccountList, AccountStatus, Ids, Paging, PostStatus, PublicationFields, SeedPost, Settings,
    SingleRead, Words, WorkspaceRequired,
};
use serde_json::json;

use super::kit::{
    BEARER, Bench, INSTAGRAM, KEY, NOBODY, OTHER_WORKSPACE, PAUSE, TWITTER, WORKSPACE, ids, start,
    time, tweet, within,
};

fn usual() -> Settings {
    Settings::default()
}

/// Posts of which each was created a minute before the one after it, newest first.
fn fill(bench: &Bench, count: i64) -> Vec<String> {
    let ids = (0..count).map(|minute| {
        let at = time("2026-02-01T00:00:00Z") + TimeDelta::minutes(minute);
        let post = SeedPost { scheduled_at: Some(at), ..tweet("Hello") };
        bench.postato().add_post(WORKSPACE, post)
    });
    let mut ids: Vec<_> = ids.collect();
    ids.reverse();
    ids
}

#[tokio::test]
async fn a_key_sees_the_workspaces_that_it_may_act_on() {
    let bench = Bench::new().await;
    bench.scheduled("2026-03-10T08:00:00Z");
    bench.seed(PostStatus::Published, Some("2026-01-10T08:00:00Z"));
    bench.postato().add_key("smcp_other");
    let read = async || bench.try_send("GET", "/v1/workspaces", &[BEARER], "").await.unwrap();
    let answer = read().await.json();
    assert_eq!(
        answer["items"][0],
        json!({
            "id": WORKSPACE,
            "name": "Main Brand",
            "createdAt": "2026-03-02T09:00:00.000Z",
            "updatedAt": "2026-03-02T09:00:00.000Z",
            "connectedAccountCount": 2,
            "connectedPlatforms": ["instagram", "twitter"],
            "memberCount": 1,
            "recentPostCount": 1,
        })
    );
    assert_eq!(ids(&read().await), [WORKSPACE, OTHER_WORKSPACE]);
    bench.postato().remove_workspace(KEY, WORKSPACE);
    assert_eq!(ids(&read().await), [OTHER_WORKSPACE]);
    assert_eq!(bench.get("/posts").await.status, 404);
    assert_eq!(bench.practice.violations(), []);
}

#[tokio::test]
async fn a_key_is_needed_and_must_be_known() {
    let bench = Bench::new().await;
    let path = within("/posts");
    for headers in [&[][..], &[("authorization", "Bearer smcp_wrong")], &[("authorization", KEY)]] {
        let answer = bench.try_send("GET", &path, headers, "").await.unwrap();
        answer.refused(401, "unauthorized");
    }
    bench.postato().remove_key(KEY);
    bench.get("/posts").await.refused(401, "unauthorized");
}

#[tokio::test]
async fn a_path_without_its_workspace_is_refused_with_those_to_choose_from() {
    for (required, status) in
        [(WorkspaceRequired::BadRequest, 400), (WorkspaceRequired::Forbidden, 403)]
    {
        let bench = Bench::reading(Settings { workspace_required: required, ..usual() }).await;
        let answer = bench.try_send("GET", "/v1/posts", &[BEARER], "").await.unwrap();
        answer.refused(status, "workspace_required");
        assert_eq!(answer.json()["available_workspaces"], json!([WORKSPACE, OTHER_WORKSPACE]));
    }
}

#[tokio::test]
async fn a_listed_post_has_everything_that_is_known_of_it() {
    let bench = Bench::new().await;
    let id = bench.scheduled("2026-03-10T08:00:00Z");
    let item = &bench.post(&id).items[0];
    assert_eq!(
        bench.get("/posts").await.json(),
        json!({
            "items": [{
                "id": id,
                "status": "scheduled",
                "platform": "twitter",
                "postType": "tweet",
                "accountId": TWITTER,
                "scheduledAt": "2026-03-10T08:00:00.000Z",
                "createdAt": "2026-02-27T09:00:00.000Z",
                "updatedAt": "2026-02-27T09:00:00.000Z",
                "items": [{
                    "id": item.id, "index": 0, "text": "Hello", "status": "scheduled", "media": [],
                }],
            }],
            "page": 1,
            "limit": 25,
            "total": 1,
            "totalPages": 1,
        })
    );
}

#[tokio::test]
async fn numbered_pages_hold_every_post_once_newest_first_and_ignore_a_cursor() {
    let bench = Bench::new().await;
    let all = fill(&bench, 60);
    let mut listed = Vec::new();
    for page in 1..=3 {
        listed.extend(ids(&bench.get(&format!("/posts?page={page}&cursor=x")).await));
    }
    assert_eq!(listed, all);
    let last = bench.get("/posts?page=3").await.json();
    assert_eq!((&last["total"], &last["totalPages"]), (&json!(60), &json!(3)));
    assert_eq!(ids(&bench.get("/posts?page=4").await), [""; 0]);
    assert_eq!(ids(&bench.get("/posts?limit=100").await).len(), 60);
}

#[tokio::test]
async fn a_cursor_leads_through_every_post_once_though_some_are_added_and_removed() {
    let bench = Bench::reading(Settings { paging: Paging::Cursor, ..usual() }).await;
    let all = fill(&bench, 60);
    let mut listed = Vec::new();
    let mut path = "/posts?limit=20&page=9".to_owned();
    loop {
        let page = bench.get(&path).await;
        listed.extend(ids(&page));
        let body = page.json();
        assert_eq!(body.as_object().unwrap().len(), 2);
        let Some(cursor) = body["cursor"].as_str() else { break };
        path = format!("/posts?limit=20&cursor={cursor}");
        bench.scheduled("2026-03-20T08:00:00Z");
        // On the first page the very post that the cursor stands at, then one before it.
        let gone = if listed.len() == 20 { listed.last() } else { listed.first() };
        bench.postato().delete_elsewhere(gone.unwrap());
    }
    assert_eq!(listed, all);
    bench.get("/posts?cursor=nonsense").await.refused(400, "INVALID_REQUEST");
}

#[tokio::test]
async fn filters_all_have_to_hold() {
    let bench = Bench::new().await;
    let scheduled = bench.scheduled("2026-03-10T08:00:00Z");
    let draft = bench.seed(PostStatus::Draft, None);
    let photo = SeedPost { account_id: INSTAGRAM.to_owned(), ..tweet("Look") };
    let photo = bench.postato().add_post(WORKSPACE, photo);
    for (query, found) in [
        ("status=scheduled", vec![scheduled]),
        ("platform=instagram", vec![photo.clone()]),
        ("postType=feed&status=draft", vec![photo]),
        ("accountId=acc_other", vec![]),
        ("status=draft&platform=twitter", vec![draft]),
        ("status=published", vec![]),
    ] {
        assert_eq!(ids(&bench.get(&format!("/posts?{query}")).await), found, "{query}");
    }
    for wrong in ["status=pending", "limit=0", "page=one"] {
        bench.get(&format!("/posts?{wrong}")).await.refused(400, "INVALID_REQUEST");
    }
}

#[tokio::test]
async fn statuses_are_told_in_one_vocabulary_or_the_other() {
    for (words, expected) in [
        (Words::Guides, ["queued", "publishing", "retrying", "rejected"]),
        (Words::Tools, ["pending", "processing", "processing", "rejected"]),
    ] {
        let bench = Bench::reading(Settings { words, ..usual() }).await;
        let statuses = [
            PostStatus::Queued,
            PostStatus::Publishing,
            PostStatus::Retrying,
            PostStatus::Rejected,
        ];
        for (status, word) in statuses.into_iter().zip(expected) {
            let id = bench.seed(status, None);
            let post = bench.get(&format!("/posts/{id}")).await.json();
            assert_eq!(
                (&post["status"], &post["items"][0]["status"]),
                (&json!(word), &json!(word))
            );
            assert!(ids(&bench.get(&format!("/posts?status={word}")).await).contains(&id));
        }
        assert_eq!(bench.practice.violations(), []);
    }
}

#[tokio::test]
async fn a_published_post_says_where_in_one_pair_of_fields_or_the_other() {
    for (publication_fields, id_name, url_name) in [
        (PublicationFields::Platform, "platformPostId", "platformUrl"),
        (PublicationFields::External, "externalId", "externalUrl"),
    ] {
        let bench = Bench::reading(Settings { publication_fields, ..usual() }).await;
        let id = bench.seed(PostStatus::Published, Some("2026-03-01T08:00:00Z"));
        let publication = bench.post(&id).publication.unwrap();
        let post = bench.get(&format!("/posts/{id}")).await.json();
        assert_eq!(
            (&post[id_name], &post[url_name]),
            (&json!(publication.id), &json!(publication.url))
        );
        assert_eq!(post.as_object().unwrap().len(), 11);
    }
}

#[tokio::test]
async fn a_single_post_is_answered_as_listed_or_not_at_all() {
    let bench = Bench::new().await;
    let id = bench.scheduled("2026-03-10T08:00:00Z");
    let path = format!("/posts/{id}");
    assert_eq!(bench.get(&path).await.json(), bench.get("/posts").await.json()["items"][0]);
    bench.get(&format!("/posts/{NOBODY}")).await.refused(404, "not_found");
    bench.postato().add_account(OTHER_WORKSPACE, TWITTER, "twitter", "@other", "");
    let theirs = bench.postato().add_post(OTHER_WORKSPACE, tweet("Theirs"));
    bench.get(&format!("/posts/{theirs}")).await.refused(404, "not_found");
    bench.patch(&theirs, PAUSE).await.refused(404, "not_found");
    bench.delete(&theirs).await.refused(404, "not_found");
    bench.postato().set_settings(Settings { single_read: SingleRead::Missing, ..usual() });
    bench.get(&path).await.refused(404, "not_found");
    assert_eq!(ids(&bench.get("/posts").await), [id]);
}

#[tokio::test]
async fn accounts_are_answered_in_one_shape_or_the_other_or_not_at_all() {
    let bench = Bench::new().await;
    bench.postato().set_account_status(INSTAGRAM, AccountStatus::TokenExpired);
    let accounts = json!([
        {
            "id": TWITTER, "platform": "twitter", "username": "@studio", "displayName": "Studio",
            "status": "connected",
        },
        {
            "id": INSTAGRAM, "platform": "instagram", "username": "studio",
            "status": "token_expired",
        },
    ]);
    assert_eq!(bench.get("/accounts").await.json(), json!({ "accounts": accounts }));
    let filtered = bench.get("/accounts?platform=instagram").await.json();
    assert_eq!(filtered["accounts"], json!([accounts[1]]));
    bench.postato().set_settings(Settings { accounts: AccountList::Items, ..usual() });
    assert_eq!(bench.get("/accounts").await.json(), json!({ "items": accounts }));
    bench.postato().set_settings(Settings { accounts: AccountList::Missing, ..usual() });
    bench.get("/accounts").await.refused(404, "not_found");
}

#[tokio::test]
async fn ids_carry_their_prefix_or_not() {
    for (form, length) in [(Ids::Prefixed, 30), (Ids::Bare, 26)] {
        let bench = Bench::reading(Settings { ids: form, ..usual() }).await;
        let id = bench.scheduled("2026-03-10T08:00:00Z");
        assert_eq!((id.len(), id.starts_with("pst_")), (length, form == Ids::Prefixed), "{id}");
        assert_eq!(bench.get(&format!("/posts/{id}")).await.json()["id"], json!(id));
        assert_eq!(bench.practice.violations(), []);
    }
}

#[tokio::test]
async fn every_answer_carries_the_practice_clocks_date() {
    let bench = Bench::new().await;
    assert_eq!(bench.clock.now(), start());
    let dated = bench.get("/posts").await;
    assert_eq!(dated.headers["date"], "Mon, 02 Mar 2026 09:00:00 GMT");
}
