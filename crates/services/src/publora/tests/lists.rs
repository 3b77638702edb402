//! Lists and channels, as far as Publora's are not PostPost's.

use rundown_core::model::{PostStatus, Standing};
use rundown_core::service::{ListQuery, PageToken, SchedulingService, ServiceError};
use serde_json::json;

use super::*;

#[tokio::test]
async fn the_documented_lists_are_read_and_asked_for_with_publoras_key() {
    for (name, channels, media) in [("gen2/list-posts", 2, 1), ("current/list-posts", 1, 0)] {
        let (publora, transport) = publora(vec![ok(&fixture(name))]);
        let query =
            ListQuery::Dated { from: at("2026-03-01T00:00:00Z"), to: at("2026-04-01T00:00:00Z") };
        let page = publora.list(&query, None).await.unwrap().value;
        assert_eq!((page.total, page.unreadable), (Some(47), 0));
        let [post] = page.posts.as_slice() else { panic!("{page:?}") };
        assert_eq!(post.standing, Standing::scheduled(at("2026-03-15T14:30:00Z")));
        assert_eq!((post.targets.len(), post.media.len()), (channels, media));
        assert!(post.targets.iter().all(|target| target.status == PostStatus::Scheduled));
        assert_eq!(
            transport.asked(),
            ["GET /list-posts?page=1&limit=100&fromDate=2026-03-01T00%3A00%3A00.000Z\
              &toDate=2026-04-01T00%3A00%3A00.000Z&sortBy=scheduledTime&sortOrder=asc"]
        );
        let headers = transport.requests()[0].headers().clone();
        assert_eq!(headers["x-publora-key"], KEY);
        assert!(!headers.contains_key("idempotency-key"));
    }
}

#[tokio::test]
async fn what_is_left_of_the_limit_is_heard() {
    let mut response = ok(&nothing());
    response.headers_mut().insert("x-ratelimit-remaining", "45".parse().unwrap());
    response.headers_mut().insert("x-ratelimit-reset", "1773136860".parse().unwrap());
    let (publora, _) = publora(vec![response]);
    let heard = publora.list(&ListQuery::Drafts, None).await.unwrap().heard;
    let allowance = heard.allowance.unwrap();
    assert_eq!(allowance.remaining, 45);
    assert_eq!(allowance.renewed_at, at("2026-03-10T10:01:00Z"));
}

#[tokio::test]
async fn a_page_token_of_another_service_is_refused_by_publoras_name() {
    let (publora, transport) = publora(vec![]);
    let token = PageToken("eyJvZmZzZXQiOjEwMH0".to_owned());
    let error = publora.list(&ListQuery::Drafts, Some(&token)).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "Nothing was sent: the place in the list is not one of Publora’s."
    );
    assert!(transport.asked().is_empty());
}

#[tokio::test]
async fn the_channels_of_every_generation_have_a_name_and_a_handle() {
    for (name, count) in [
        ("gen1/platform-connections", 3),
        ("gen2/platform-connections", 3),
        ("current/platform-connections", 1),
    ] {
        let (publora, _) = publora(vec![ok(&fixture(name))]);
        let channels = publora.channels().await.unwrap().value;
        assert_eq!(channels.len(), count, "{name}");
        let first = &channels[0];
        assert_eq!((first.network.as_str(), first.name.as_str()), ("twitter", "Your Name"));
        assert_eq!(first.handle.as_deref(), Some("yourhandle"));
        assert_eq!(first.problem, None);
    }
}

#[tokio::test]
async fn connections_may_stand_under_their_name_under_data_or_alone() {
    let connections = fixture("current/platform-connections")["connections"].clone();
    for body in [
        json!({ "success": true, "connections": connections }),
        json!({ "data": connections }),
        connections.clone(),
    ] {
        let (publora, _) = publora(vec![ok(&body)]);
        assert_eq!(publora.channels().await.unwrap().value.len(), 1, "{body}");
    }
    let (publora, _) = publora(vec![ok(&json!({ "success": true, "connections": [] }))]);
    assert!(publora.channels().await.unwrap().value.is_empty());
}

#[tokio::test]
async fn another_servers_json_is_not_taken_for_an_account_without_channels() {
    for body in [
        json!({}),
        json!([]),
        json!([{ "id": 1 }]),
        json!({ "data": [] }),
        json!({ "data": { "connections": [] } }),
        json!("hello"),
    ] {
        let (publora, _) = publora(vec![ok(&body)]);
        let error = publora.channels().await.unwrap_err();
        assert!(matches!(error, ServiceError::Unreadable { .. }), "{body}: {error}");
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_channel_is_to_be_mended_at_publora() {
    let entry = json!({ "platformId": "linkedin-1", "tokenStatus": "expired" });
    let (publora, _) = publora(vec![ok(&json!({ "connections": [entry] }))]);
    let channels = publora.channels().await.unwrap().value;
    let problem = "Publora is no longer signed in here. Reconnect it at Publora.";
    assert_eq!(channels[0].problem.as_deref(), Some(problem));
}
