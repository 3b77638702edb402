//! Creations: what is sent under which key, and what the answer says of the new post.

use rundown_core::model::{IdempotencyKey, PostStatus};
use rundown_core::service::{
    Accepted, Answer, Created, Disposition, NewPost, NewTarget, ServiceError,
};

use super::*;
use crate::scripted::texts;

fn new(network: &str, time: Option<&str>) -> NewPost {
    let channel = RemoteId(ACCOUNT.to_owned());
    NewPost {
        text: "Launch day.".to_owned(),
        channels: vec![NewTarget { channel, network: network.to_owned() }],
        time: time.map(at),
    }
}

async fn create(
    post: &NewPost,
    answer: Response<Vec<u8>>,
) -> (Result<Answer<Created>, ServiceError>, Arc<Scripted>) {
    let (postato, transport) = postato(vec![answer]);
    (postato.create(post, &key()).await, transport)
}

fn body(transport: &Scripted) -> Value {
    serde_json::from_slice(transport.requests()[0].body()).unwrap()
}

/// What the reference shows for an answer, in this status.
fn made(status: &str) -> Value {
    let mut body = fixture("created-post");
    body["status"] = json!(status);
    body
}

#[tokio::test]
async fn a_creation_is_sent_with_exactly_the_documented_fields() {
    let (_, transport) = create(&new("twitter", None), ok(&made("draft"))).await;
    assert_eq!(
        asked(&transport),
        [format!(
            r#"POST /posts {{"platform":"twitter","accountId":"{ACCOUNT}","postType":"tweet","content":"Launch day.","status":"draft"}}"#
        )]
    );
    let (_, transport) = create(&new("linkedin", Some(TIME)), ok(&made("scheduled"))).await;
    assert_eq!(
        asked(&transport),
        [format!(
            r#"POST /posts {{"platform":"linkedin","accountId":"{ACCOUNT}","postType":"post","content":"Launch day.","status":"scheduled","scheduledAt":"{TIME}"}}"#
        )]
    );
    let request = &transport.requests()[0];
    assert_eq!(request.headers()["content-type"], "application/json");
}

#[tokio::test]
async fn the_same_creation_has_the_same_key_and_another_body_has_another() {
    let change = IdempotencyKey::generate();
    let (draft, later) = (new("x", None), new("x", Some(TIME)));
    let other = NewPost { text: "Launch day!".to_owned(), ..draft.clone() };
    let (postato, transport) = postato((0..5).map(|_| ok(&made("draft"))));
    for post in [&draft, &draft, &later, &other] {
        postato.create(post, &change).await.unwrap();
    }
    postato.create(&draft, &key()).await.unwrap();
    let requests = transport.requests();
    let keys: Vec<_> = requests.iter().map(|it| &it.headers()["idempotency-key"]).collect();
    assert_eq!(keys[0], keys[1]);
    let mut different = vec![keys[1], keys[2], keys[3], keys[4]];
    different.dedup();
    assert_eq!(different.len(), 4, "another body, and another change, has another key");
}

#[tokio::test]
async fn the_kind_of_post_is_the_first_that_the_documents_name_for_a_platform() {
    for (network, kind) in [
        ("twitter", "tweet"),
        ("x", "tweet"),
        ("linkedin", "post"),
        ("instagram", "feed"),
        ("tiktok", "video"),
        ("youtube", "video"),
        ("pinterest", "pin"),
    ] {
        let (_, transport) = create(&new(network, None), ok(&made("draft"))).await;
        assert_eq!(body(&transport)["platform"], network);
        assert_eq!(body(&transport)["postType"], kind);
    }
}

#[tokio::test]
async fn what_postato_cannot_be_asked_for_is_refused_unsent() {
    let target = |channel: &str, network: &str| NewTarget {
        channel: RemoteId(channel.to_owned()),
        network: network.to_owned(),
    };
    let twice = vec![target(ACCOUNT, "twitter"), target(ACCOUNT, "linkedin")];
    for channels in [
        vec![],
        twice,
        vec![target(ACCOUNT, "mastodon")],
        vec![target(ACCOUNT, "unknown")],
        // A lane of posts that name no account.
        vec![target("twitter", "twitter")],
        vec![target("acc-01H", "twitter")],
        vec![target("", "twitter")],
    ] {
        let post = NewPost { channels, ..new("twitter", None) };
        let (outcome, transport) = create(&post, ok(&made("draft"))).await;
        assert!(matches!(outcome, Err(ServiceError::Refused { status: 0, .. })), "{outcome:?}");
        assert!(transport.asked().is_empty(), "{post:?}");
    }
    let (postato, transport) = postato_in(None, vec![]);
    let error = postato.create(&new("twitter", None), &key()).await.unwrap_err();
    assert!(matches!(error, ServiceError::Refused { status: 0, .. }), "{error:?}");
    assert!(transport.asked().is_empty());
}

#[tokio::test]
async fn what_the_answer_says_of_the_new_post_is_handed_back() {
    let text = Some("Launch day.".to_owned());
    let said = |status, time: Option<&str>| Accepted {
        status: Some(status),
        time: time.map(at),
        text: text.clone(),
    };
    let bare = ID.trim_start_matches("pst_");
    for (body, id, accepted) in [
        // The documented answer names no time: where a scheduled post stands is read back.
        (made("scheduled"), ID, said(PostStatus::Scheduled, None)),
        (made("draft"), ID, said(PostStatus::Draft, None)),
        (
            json!({ "data": post("scheduled", json!(TIME)) }),
            ID,
            said(PostStatus::Scheduled, Some(TIME)),
        ),
        (made("pending"), ID, said(PostStatus::Queued, None)),
        (
            made("pending_approval"),
            ID,
            said(PostStatus::Other("pending_approval".to_owned()), None),
        ),
        (json!({ "id": bare }), bare, Accepted::default()),
        (
            json!({ "postId": ID, "status": "draft" }),
            ID,
            Accepted { text: None, ..said(PostStatus::Draft, None) },
        ),
    ] {
        let (outcome, _) = create(&new("twitter", None), scripted::json(201, &body)).await;
        let wanted = Created { id: RemoteId(id.to_owned()), accepted };
        assert_eq!(outcome.unwrap().value, wanted, "{body}");
    }
}

#[tokio::test]
async fn every_text_is_sent_to_the_letter() {
    for text in texts() {
        let mut answer = made("draft");
        answer["items"][0]["text"] = json!(text);
        let post = NewPost { text: text.clone(), ..new("linkedin", None) };
        let (outcome, transport) = create(&post, ok(&answer)).await;
        assert_eq!(body(&transport)["content"], text);
        assert_eq!(outcome.unwrap().value.accepted.text.as_deref(), Some(text.as_str()));
    }
}

#[tokio::test]
async fn an_answer_that_names_no_post_leaves_the_outcome_open() {
    for body in [
        json!({ "success": true }),
        json!({ "id": "../accounts", "status": "draft" }),
        json!({ "id": 7, "status": "draft" }),
        json!([]),
        json!(null),
    ] {
        let (outcome, _) = create(&new("twitter", None), scripted::json(201, &body)).await;
        assert_eq!(outcome.unwrap_err().disposition(), Disposition::Unknown, "{body}");
    }
}

#[tokio::test]
async fn every_refusal_of_a_creation_is_one_and_never_a_post_that_is_gone() {
    let failed = json!({ "success": false, "error": "Not made" });
    for (answer, disposition) in [
        (scripted::json(400, &fixture("invalid-request")), Disposition::Refused),
        (scripted::json(403, &fixture("forbidden")), Disposition::Refused),
        (scripted::json(403, &fixture("workspace-required")), Disposition::Refused),
        (not_found(), Disposition::Refused),
        (no_route(), Disposition::Refused),
        (scripted::json(409, &json!({ "error": "conflict" })), Disposition::Refused),
        (scripted::json(422, &fixture("validation-failed")), Disposition::Refused),
        (ok(&failed), Disposition::Refused),
        (scripted::json(401, &json!({ "error": "unauthorized" })), Disposition::NeedsKey),
        (
            scripted::json(429, &json!({ "error": "rate_limited" })),
            Disposition::Later { retry_after: None },
        ),
        (scripted::json(503, &json!({ "error": "unavailable" })), Disposition::Unknown),
        (scripted::text(200, "application/json", "{\"id\":\"ps"), Disposition::Unknown),
    ] {
        let (outcome, transport) = create(&new("twitter", None), answer).await;
        let error = outcome.unwrap_err();
        assert_eq!(error.disposition(), disposition, "{error:?}");
        assert!(!matches!(error, ServiceError::NotFound { .. }), "{error:?}");
        assert_eq!(transport.asked().len(), 1);
    }
}
