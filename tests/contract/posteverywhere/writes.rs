//! Creations, texts and what can't be taken back at PostEverywhere.

use rundown_core::model::{Act, Edit, PostStatus, RemoteId, Standing, Step};
use rundown_core::service::{Created, Disposition, NewPost, NewTarget, Reading, ServiceError};
use rundown_practice::posteverywhere::{
    self as practice, CreatedShape, DeletedShape, Drafts, PatchedStatus, RetriedShape, SeedPost,
};
use rundown_practice::{Fault, Match, What};
use serde_json::json;

use super::{ACCOUNTS, NEW, OLD, PostEverywhere, SETTINGS, start, with, word};
use crate::bench::{Bench, Dialect, at, key};

const MEDIA: &str = "a1b2c3d4-e5f6-7890-abcd-ef1234567890";

/// A post for the first account.
fn new(text: &str) -> NewPost {
    let channel = RemoteId("2280".to_owned());
    let channels = vec![NewTarget { channel, network: "instagram".to_owned() }];
    NewPost { text: text.to_owned(), channels, time: None }
}

/// A draft or scheduled post with a picture.
fn pictured(bench: &Bench<PostEverywhere>, standing: &Standing) -> RemoteId {
    let post = SeedPost {
        content: "Old".to_owned(),
        status: word(&standing.status),
        scheduled_for: standing.time,
        account_ids: ACCOUNTS.to_vec(),
        media_ids: vec![MEDIA.to_owned()],
        ..SeedPost::default()
    };
    RemoteId(bench.world.0.add_post(PostEverywhere::KEY, post))
}

fn truth(bench: &Bench<PostEverywhere>, post: &RemoteId) -> practice::PostState {
    bench.world.0.post(post.as_str()).unwrap()
}

#[tokio::test]
async fn a_post_is_made_as_a_draft_and_goes_out_only_once_it_was_scheduled() {
    for shape in [CreatedShape::Post, CreatedShape::Summary] {
        let bench = with(|settings| settings.created_shape = shape).await;
        let Created { id, accepted } =
            bench.service.create(&new("Hello"), &key()).await.unwrap().value;
        assert_eq!(accepted.status, Some(PostStatus::Draft));
        assert_eq!(accepted.text.is_some(), shape == CreatedShape::Post);
        let body = json!({ "content": "Hello", "account_ids": [2280], "draft": true });
        assert_eq!(bench.sent(), [("POST /posts".to_owned(), body)]);
        assert_eq!(truth(&bench, &id).content, "Hello");
        bench.let_it_be("2026-03-11T10:00:00Z");
        assert_eq!(truth(&bench, &id).status, practice::PostStatus::Draft);

        bench.service.apply(&id, &Edit::schedule(at(OLD)), &key()).await.unwrap();
        bench.let_it_be(OLD);
        assert_eq!(truth(&bench, &id).status, practice::PostStatus::Published);
        bench.assert_clean();
    }
}

#[tokio::test]
async fn a_creation_that_broke_leaves_a_spare_draft_at_most() {
    for (what, made) in [
        (What::CutBeforeApplying, 0),
        (What::CutAfterApplying, 1),
        (What::BadJson, 1),
        (What::Unavailable503AfterApplying, 1),
        (What::Internal500, 0),
        (What::BadGatewayHtml502, 0),
    ] {
        let bench = start().await;
        bench.practice.fault(Fault::once(Match::method("POST"), what));
        let error = bench.service.create(&new("Hello"), &key()).await.unwrap_err();
        assert_eq!(error.disposition(), Disposition::Unknown);
        bench.let_it_be(OLD);
        let posts = bench.world.0.posts();
        assert_eq!(posts.len(), made);
        assert!(posts.iter().all(|post| post.status == practice::PostStatus::Draft));
        assert_eq!(bench.sent().len(), 1, "it was not sent again");
        bench.assert_clean();
    }
}

#[tokio::test]
async fn a_server_that_knows_no_drafts_is_not_said_to_have_made_one() {
    let bench = with(|settings| settings.drafts = Drafts::Unknown).await;
    let created = bench.service.create(&new("Hello"), &key()).await.unwrap().value;
    assert_eq!(created.accepted.status, Some(PostStatus::Publishing));
    bench.assert_clean();
}

#[tokio::test]
async fn a_text_is_changed_under_every_setting_and_pictures_stay() {
    let with_text = |step| Edit { step: Some(step), text: Some("New".to_owned()) };
    for change in SETTINGS {
        let bench = with(change).await;
        let resume = with_text(Step::Schedule(at(NEW)));
        for (before, edit) in [
            (Standing::scheduled(at(OLD)), Edit::text("New")),
            (Standing::draft(), Edit::text("New")),
            (Standing::scheduled(at(OLD)), with_text(Step::MoveTo(at(NEW)))),
            (Standing::draft(), resume),
        ] {
            let post = pictured(&bench, &before);
            let accepted = bench.service.apply(&post, &edit, &key()).await.unwrap().value;
            assert_eq!(accepted.text.as_deref(), Some("New"));
            let after = truth(&bench, &post);
            assert_eq!(
                (after.content.as_str(), after.media_ids.as_slice()),
                ("New", &[MEDIA.to_owned()][..])
            );
            let wanted = edit.step.map_or(before, |step| step.aim().shown(&Standing::draft()));
            assert_eq!(accepted.status.as_ref(), Some(&wanted.status));
            assert!(bench.read_standing(&post, OLD).await.same_as(&wanted), "{edit:?}");
        }
        bench.assert_clean();
    }
}

#[tokio::test]
async fn a_draft_is_never_scheduled_with_its_old_text() {
    let edit = Edit { text: Some("New".to_owned()), ..Edit::schedule(at(NEW)) };
    for patched_status in [PatchedStatus::Refused, PatchedStatus::Ignored] {
        for what in [What::CutAfterApplying, What::BadGatewayHtml502, What::BadJson] {
            let bench = with(|settings| settings.patched_status = patched_status).await;
            let post = bench.draft();
            // The last PATCH before the schedule: the first one, or the one of the text alone.
            if patched_status == PatchedStatus::Refused {
                let delay = Fault::once(Match::method("PATCH"), What::Delay(0));
                bench.practice.fault(delay);
            }
            bench.practice.fault(Fault::once(Match::method("PATCH"), what));
            let error = bench.service.apply(&post, &edit, &key()).await.unwrap_err();
            assert_eq!(error.disposition(), Disposition::Unknown);
            assert_eq!(truth(&bench, &post).status, practice::PostStatus::Draft);
            assert!(bench.sent().iter().all(|(line, _)| line.starts_with("PATCH")));
            bench.assert_clean();
        }
    }
}

#[tokio::test]
async fn every_text_arrives_to_the_letter() {
    let bench = start().await;
    let long = "ü".repeat(63_206);
    for text in ["👩‍👩‍👧‍👦 🇧🇷 é", "\u{202b}שלום\u{202c} مرحبا", "<b>&amp;</b>\r\n\"\\", &long]
    {
        let created = bench.service.create(&new(text), &key()).await.unwrap().value;
        assert_eq!(truth(&bench, &created.id).content, text);
        let post = bench.scheduled(OLD);
        let accepted = bench.service.apply(&post, &Edit::text(text), &key()).await.unwrap().value;
        assert_eq!(accepted.text.as_deref(), Some(text));
        assert_eq!(truth(&bench, &post).content, text);
        let Reading::Found(found) = bench.read(&post, OLD).await else { panic!() };
        assert_eq!(found.text, text);
    }
    bench.assert_clean();
}

#[tokio::test]
async fn a_draft_is_published_now_and_a_scheduled_post_is_left_as_it_is() {
    let bench = start().await;
    let draft = bench.draft();
    bench.world.0.expect_publish_now(draft.as_str());
    let accepted = bench.service.act(&draft, Act::PublishNow, &key()).await.unwrap().value;
    assert_eq!(accepted.status, Some(PostStatus::Publishing));
    bench.practice.tick();
    assert_eq!(truth(&bench, &draft).status, practice::PostStatus::Published);

    let post = bench.scheduled(OLD);
    bench.world.0.expect_publish_now(post.as_str());
    let error = bench.service.act(&post, Act::PublishNow, &key()).await.unwrap_err();
    assert_eq!(error.disposition(), Disposition::Refused);
    assert!(error.to_string().contains("make a draft of a scheduled post first"), "{error}");
    assert_eq!(bench.world.standing(&post), Some(Standing::scheduled(at(OLD))));
    assert_eq!(bench.sent().len(), 2, "one request each");
    bench.assert_clean();
}

#[tokio::test]
async fn what_failed_is_tried_again_and_nothing_else() {
    for shape in [RetriedShape::Page, RetriedShape::Client] {
        let bench = with(|settings| settings.retried_shape = shape).await;
        bench.world.0.fail_next_publication("linkedin");
        let time = "2026-03-10T09:30:00Z";
        let post = bench.scheduled(time);
        bench.let_it_be(time);
        let accepted = bench.service.act(&post, Act::Retry, &key()).await.unwrap().value;
        assert_eq!(accepted.status, Some(PostStatus::Queued));
        assert_eq!(bench.read_standing(&post, time).await.status, PostStatus::Publishing);
        bench.practice.tick();
        assert_eq!(truth(&bench, &post).status, practice::PostStatus::Published);
        let error = bench.service.act(&post, Act::Retry, &key()).await.unwrap_err();
        assert_eq!(error.disposition(), Disposition::Refused);
        bench.assert_clean();
    }
}

#[tokio::test]
async fn a_post_is_deleted_unless_it_went_out_whatever_the_answer_looks_like() {
    for shape in [DeletedShape::Page, DeletedShape::Client, DeletedShape::Message] {
        let bench = with(|settings| settings.deleted_shape = shape).await;
        for post in [bench.scheduled(OLD), bench.draft()] {
            bench.service.act(&post, Act::Delete, &key()).await.unwrap();
            assert_eq!(bench.world.standing(&post), None);
            let error = bench.service.act(&post, Act::Delete, &key()).await.unwrap_err();
            assert!(matches!(error, ServiceError::NotFound { .. }), "{error:?}");
            assert_eq!(bench.read(&post, OLD).await, Reading::Gone);
        }
        let time = "2026-03-10T09:30:00Z";
        let post = bench.scheduled(time);
        bench.let_it_be(time);
        let error = bench.service.act(&post, Act::Delete, &key()).await.unwrap_err();
        assert!(matches!(error, ServiceError::Refused { status: 409, .. }), "{error:?}");
        assert_eq!(truth(&bench, &post).status, practice::PostStatus::Published);
        bench.assert_clean();
    }
}

#[tokio::test]
async fn an_act_that_broke_is_open_and_never_sent_again() {
    for (act, method) in [(Act::PublishNow, "POST"), (Act::Delete, "DELETE")] {
        for what in [What::CutAfterApplying, What::CutBeforeApplying, What::BadJson] {
            let bench = start().await;
            let post = bench.draft();
            bench.world.0.expect_publish_now(post.as_str());
            bench.practice.fault(Fault::once(Match::method(method), what));
            let error = bench.service.act(&post, act, &key()).await.unwrap_err();
            assert_eq!(error.disposition(), Disposition::Unknown);
            assert_eq!(bench.sent().len(), 1);
            bench.assert_clean();
        }
    }
}
