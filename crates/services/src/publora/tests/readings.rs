//! Reading one post: by one request where get-post says it all, and as at PostPost where it does not.

use rundown_core::model::{PostStatus, Standing};
use rundown_core::service::{Reading, RemotePost, SchedulingService, ServiceError};
use serde_json::json;

use super::*;

const GET: &str = "GET /get-post/507f1f77bcf86cd799439011";
const TIME: &str = "2026-03-15T14:00:00Z";

/// What the current get-post says of a post on two channels.
fn told(status: &str, time: Value, channels: [&str; 2]) -> Value {
    let [twitter, linkedin] =
        channels.map(|status| json!({ "status": status, "content": "Hello" }));
    let mut posts = [twitter, linkedin];
    for (post, (platform, id)) in posts.iter_mut().zip([("twitter", "1"), ("linkedin", "A2")]) {
        post["platform"] = json!(platform);
        post["platformId"] = json!(id);
    }
    json!({
        "success": true, "postGroupId": ID, "status": status, "scheduledTime": time,
        "platforms": ["twitter-1", "linkedin-A2"], "platformSettings": {}, "posts": posts,
        "media": [],
    })
}

/// The post that these answers make, and what was asked for it.
async fn found(answers: Vec<Value>) -> (RemotePost, Vec<String>) {
    let (publora, transport) = publora(answers.iter().map(ok));
    let answer = publora.read(&id(), &[at(TIME)]).await.unwrap();
    assert_eq!(answer.heard.date, Some(at("2026-03-10T09:00:00Z")));
    match answer.value {
        Reading::Found(post) => (post, transport.asked()),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_post_is_read_by_get_post_alone_where_it_says_it_all() {
    let (post, asked) = found(vec![fixture("current/get-post")]).await;
    assert_eq!(asked, [GET]);
    assert_eq!(post.id, id());
    assert_eq!(post.text, "Excited to share our new product launch! 🚀");
    let published =
        Standing { status: PostStatus::Published, time: Some(at("2026-02-22T14:30:00Z")) };
    assert_eq!(post.standing, published);
    assert_eq!(post.media.len(), 1);
    let targets: Vec<_> =
        post.targets.iter().map(|t| (t.channel.as_str(), &t.status, t.link.as_deref())).collect();
    let link = Some("https://x.com/publora/status/1234567890123456789");
    assert_eq!(
        targets,
        [
            ("twitter-123456789", &PostStatus::Published, link),
            ("linkedin-ABC123", &PostStatus::Published, None),
        ]
    );
}

#[tokio::test]
async fn a_draft_is_read_by_one_request_with_or_without_a_time() {
    for (time, kept) in [(json!(null), None), (json!(TIME), Some(at(TIME)))] {
        let (post, asked) = found(vec![told("draft", time, ["draft", "draft"])]).await;
        assert_eq!(asked, [GET]);
        assert_eq!(post.standing, Standing { status: PostStatus::Draft, time: kept });
    }
}

#[tokio::test]
async fn a_channel_under_way_puts_the_whole_post_under_way() {
    for (status, channels, whole) in [
        ("scheduled", ["scheduled", "scheduled"], PostStatus::Scheduled),
        ("scheduled", ["scheduled", "pending"], PostStatus::Queued),
        ("scheduled", ["processing", "pending"], PostStatus::Publishing),
        ("scheduled", ["published", "failed"], PostStatus::PartiallyPublished),
        ("partially_published", ["published", "failed"], PostStatus::PartiallyPublished),
        ("simmering", ["scheduled", "scheduled"], PostStatus::Other("simmering".to_owned())),
    ] {
        let (post, _) = found(vec![told(status, json!(TIME), channels)]).await;
        assert_eq!(post.standing, Standing { status: whole, time: Some(at(TIME)) }, "{channels:?}");
    }
}

#[tokio::test]
async fn a_channel_without_a_connection_keeps_its_place_in_the_post() {
    let mut body = told("partially_published", json!(TIME), ["published", "failed"]);
    body["posts"][1]["platformId"] = json!(null);
    let (post, _) = found(vec![body]).await;
    let channels: Vec<_> = post.targets.iter().map(|target| target.channel.as_str()).collect();
    assert_eq!(channels, ["twitter-1", "linkedin-A2"]);
    assert_eq!(post.targets[0].status, PostStatus::Published);
}

#[tokio::test]
async fn where_get_post_does_not_say_where_the_post_stands_the_lists_are_asked() {
    let without = |field: &str| {
        let mut body = told("scheduled", json!(TIME), ["scheduled", "processing"]);
        body.as_object_mut().unwrap().remove(field);
        body
    };
    for body in [
        state("processing"),
        without("status"),
        without("scheduledTime"),
        told("scheduled", json!(null), ["scheduled", "processing"]),
        told("scheduled", json!("soon"), ["scheduled", "processing"]),
    ] {
        let list = listed("scheduled", json!(TIME), on_twitter("scheduled"));
        let (post, asked) = found(vec![body, list]).await;
        let publishing = Standing { status: PostStatus::Publishing, time: Some(at(TIME)) };
        assert_eq!(post.standing, publishing);
        assert_eq!(
            asked[1],
            "GET /list-posts?page=1&limit=100&fromDate=2026-03-15T13%3A00%3A00.000Z\
             &toDate=2026-03-15T15%3A00%3A00.000Z&sortBy=scheduledTime&sortOrder=asc"
        );
    }
}

#[tokio::test]
async fn the_older_documents_own_payloads_are_read_by_listing() {
    for (existing, list) in
        [("gen1/get-post", "gen2/list-posts"), ("gen2/get-post", "gen2/list-posts")]
    {
        let (post, asked) = found(vec![fixture(existing), fixture(list)]).await;
        assert_eq!(asked.len(), 2);
        let time = Some(at("2026-03-15T14:30:00Z"));
        assert_eq!(post.standing, Standing { status: PostStatus::Published, time });
        assert_eq!(post.targets.len(), 2);
    }
    let platforms = json!([{ "platformId": "threads-17841412345678", "status": "scheduled" }]);
    let list = listed("scheduled", json!(TIME), platforms);
    let (post, _) = found(vec![fixture("current/get-post-failed"), list]).await;
    assert_eq!(post.standing.status, PostStatus::Failed);
    assert_eq!(post.targets[0].error.as_deref(), Some("Error validating access token"));
}

#[tokio::test]
async fn text_and_media_that_get_post_leaves_open_come_from_a_list() {
    let time = "2026-03-18T14:00:00Z";
    let scheduled = told("scheduled", json!(time), ["scheduled", "scheduled"]);
    let mut other_text = scheduled.clone();
    other_text["posts"][0]["content"] = json!("Hello, X");
    let mut no_media = scheduled.clone();
    no_media.as_object_mut().unwrap().remove("media");
    let mut no_channels = scheduled;
    no_channels["posts"] = json!([]);
    for body in [other_text, no_media, no_channels] {
        // The list is a little behind: what get-post says of status and time is newer.
        let mut list = listed("scheduled", json!("2026-03-18T13:30:00Z"), json!([]));
        list["posts"][0]["mediaUrls"] = json!(["https://media.publora.com/a.jpg"]);
        let (post, asked) = found(vec![body, list]).await;
        assert_eq!(
            asked[1..],
            ["GET /list-posts?page=1&limit=100&fromDate=2026-03-18T13%3A00%3A00.000Z\
              &toDate=2026-03-18T15%3A00%3A00.000Z&sortBy=scheduledTime&sortOrder=asc"]
        );
        assert_eq!(post.standing, Standing::scheduled(at(time)));
        assert_eq!((post.text.as_str(), post.media.len()), ("Hello", 1));
        assert_eq!(post.targets.len(), 2);
    }
}

#[tokio::test]
async fn a_post_whose_text_nobody_tells_is_unclear() {
    let mut body = told("draft", json!(null), ["draft", "draft"]);
    body["posts"] = json!([]);
    let answers = [ok(&body), ok(&nothing()), ok(&nothing()), ok(&nothing())];
    let (publora, transport) = publora(answers);
    let answer = publora.read(&id(), &[at(TIME)]).await.unwrap();
    assert_eq!(answer.value, Reading::Unclear);
    let drafts = "GET /list-posts?page=1&limit=100&status=draft&sortBy=updatedAt&sortOrder=desc";
    assert_eq!(transport.asked()[1], drafts);
}

#[tokio::test]
async fn a_post_whose_channels_contradict_it_is_unclear() {
    for (whole, channels, list_says) in
        [("draft", "scheduled", "draft"), ("scheduled", "draft", "scheduled")]
    {
        let body = told(whole, json!(TIME), [channels; 2]);
        let list = listed(list_says, json!(TIME), json!([]));
        let (publora, _) = publora(vec![ok(&body), ok(&list)]);
        let answer = publora.read(&id(), &[at(TIME)]).await.unwrap();
        assert_eq!(answer.value, Reading::Unclear, "{whole}");
    }
}

#[tokio::test]
async fn a_post_that_get_post_denies_is_gone() {
    let denied = scripted::json(404, &json!({ "error": "Post group not found" }));
    let (publora, transport) = publora(vec![denied]);
    assert_eq!(publora.read(&id(), &[]).await.unwrap().value, Reading::Gone);
    assert_eq!(transport.asked(), [GET]);
}

#[tokio::test]
async fn another_post_is_not_read_for_this_one() {
    let mut body = fixture("current/get-post");
    body["postGroupId"] = json!("664f1a2b3c4d5e6f7a8b9c0d");
    let (publora, _) = publora(vec![ok(&body)]);
    let error = publora.read(&id(), &[]).await.unwrap_err();
    assert!(matches!(error, ServiceError::Unreadable { .. }), "{error}");
}
