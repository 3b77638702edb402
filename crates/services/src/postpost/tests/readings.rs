//! Reading one post: which requests it takes, and what they add up to.

use rundown_core::model::{PostStatus, Standing};
use rundown_core::service::{Reading, SchedulingService};
use serde_json::json;

use super::*;

#[tokio::test]
async fn a_reading_takes_the_time_from_the_list_and_the_progress_from_get_post() {
    let time = "2026-03-15T14:00:00Z";
    let (postpost, transport) = postpost(vec![
        ok(&state("processing")),
        ok(&listed("scheduled", json!(time), on_twitter("scheduled"))),
    ]);
    let answer = postpost.read(&id(), &[at(time)]).await.unwrap();
    let Reading::Found(post) = answer.value else { panic!("{answer:?}") };
    let publishing = Standing { status: PostStatus::Publishing, time: Some(at(time)) };
    assert_eq!(post.standing, publishing);
    assert_eq!(post.targets.len(), 1);
    assert_eq!(
        transport.asked(),
        [
            "GET /get-post/507f1f77bcf86cd799439011",
            "GET /list-posts?page=1&limit=100&fromDate=2026-03-15T13%3A00%3A00.000Z\
             &toDate=2026-03-15T15%3A00%3A00.000Z&sortBy=scheduledTime&sortOrder=asc",
        ]
    );
}

#[tokio::test]
async fn a_reading_has_links_and_errors_of_each_channel() {
    let failed = fixture("get-post-failed");
    let platforms = json!([{ "platformId": "threads-17841412345678", "status": "scheduled" }]);
    let time = "2026-02-22T14:30:00Z";
    let (postpost, _) =
        postpost(vec![ok(&failed), ok(&listed("scheduled", json!(time), platforms))]);
    let answer = postpost.read(&id(), &[at(time)]).await.unwrap();
    let Reading::Found(post) = answer.value else { panic!("{answer:?}") };
    assert_eq!(post.standing.status, PostStatus::Failed);
    assert_eq!(post.targets[0].error.as_deref(), Some("Error validating access token"));
}

#[tokio::test]
async fn a_published_post_is_read_from_the_documents_own_payload() {
    let (postpost, _) = postpost(vec![ok(&fixture("get-post")), ok(&fixture("list-posts"))]);
    let answer = postpost.read(&id(), &[at("2026-03-15T14:30:00Z")]).await.unwrap();
    let Reading::Found(post) = answer.value else { panic!("{answer:?}") };
    assert_eq!(post.standing.status, PostStatus::Published);
    assert_eq!(post.targets.len(), 2);
}

#[tokio::test]
async fn times_close_to_each_other_are_looked_around_at_once() {
    let near = ["2026-03-16T09:00:00Z", "2026-03-15T14:00:00Z", "2026-03-15T15:30:00Z"].map(at);
    let (postpost, transport) = postpost(vec![
        ok(&state("scheduled")),
        ok(&nothing()),
        ok(&listed("scheduled", json!("2026-03-16T09:00:00Z"), json!([]))),
    ]);
    let answer = postpost.read(&id(), &near).await.unwrap();
    assert!(matches!(answer.value, Reading::Found(_)));
    let asked = transport.asked();
    assert!(
        asked[1]
            .contains("fromDate=2026-03-15T13%3A00%3A00.000Z&toDate=2026-03-15T16%3A30%3A00.000Z")
    );
    assert!(
        asked[2]
            .contains("fromDate=2026-03-16T08%3A00%3A00.000Z&toDate=2026-03-16T10%3A00%3A00.000Z")
    );
}

#[tokio::test]
async fn a_paused_post_is_looked_for_among_the_drafts_first() {
    let (postpost, transport) =
        postpost(vec![ok(&state("draft")), ok(&listed("draft", json!(null), on_twitter("draft")))]);
    let answer = postpost.read(&id(), &[at("2026-03-15T14:00:00Z")]).await.unwrap();
    let Reading::Found(post) = answer.value else { panic!("{answer:?}") };
    assert_eq!(post.standing, Standing::draft());
    let drafts = "GET /list-posts?page=1&limit=100&status=draft&sortBy=updatedAt&sortOrder=desc";
    assert_eq!(transport.asked()[1], drafts);
}

#[tokio::test]
async fn a_post_that_no_list_shows_is_unclear_and_one_that_get_post_denies_is_gone() {
    let unlisted = vec![ok(&state("scheduled")), ok(&nothing()), ok(&nothing()), ok(&nothing())];
    let (adapter, transport) = postpost(unlisted);
    let answer = adapter.read(&id(), &[at("2026-03-15T14:00:00Z")]).await.unwrap();
    assert_eq!(answer.value, Reading::Unclear);
    assert_eq!(transport.asked().len(), 4);

    let denied = scripted::json(404, &json!({ "error": "Post group not found" }));
    let (adapter, transport) = postpost(vec![denied]);
    let answer = adapter.read(&id(), &[at("2026-03-15T14:00:00Z")]).await.unwrap();
    assert_eq!(answer.value, Reading::Gone);
    assert_eq!(transport.asked().len(), 1);
}

#[tokio::test]
async fn a_list_and_a_post_that_contradict_each_other_are_unclear() {
    let time = json!("2026-03-15T14:00:00Z");
    for (state_says, list_says) in [("draft", "scheduled"), ("scheduled", "draft")] {
        let (postpost, _) = postpost(vec![
            ok(&state(state_says)),
            ok(&listed(list_says, time.clone(), on_twitter(list_says))),
        ]);
        let answer = postpost.read(&id(), &[at("2026-03-15T14:00:00Z")]).await.unwrap();
        assert_eq!(answer.value, Reading::Unclear, "get-post: {state_says}, list: {list_says}");
    }
}
