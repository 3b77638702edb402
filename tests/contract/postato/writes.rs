//! Creations, texts and what can't be taken back at Postato, under every reading of its documents.

use rundown_core::model::{Act, Edit, PostStatus, RemoteId, Standing, Step};
use rundown_core::service::{Created, Disposition, NewPost, NewTarget, Reading, ServiceError};
use rundown_practice::postato::{
    self as practice, CancelledPosts, ReplacedMedia, SeedPost, Settings, UpdateAnswer, UpdateRules,
};
use rundown_practice::{Fault, Match, What};
use serde_json::json;

use super::{LATEST, NEW, OLD, Postato, WORKSPACE, readings, start, under};
use crate::bench::{Bench, Dialect, at, key};

/// A post for the channel of that number.
fn new(text: &str, channel: usize, time: Option<&str>) -> NewPost {
    let target = Postato::CHANNELS[channel];
    let channel = RemoteId(target.id.to_owned());
    let channels = vec![NewTarget { channel, network: target.network.to_owned() }];
    NewPost { text: text.to_owned(), channels, time: time.map(at) }
}

/// A scheduled post of these texts, with these pictures.
fn made_of(bench: &Bench<Postato>, texts: &[&str], media: &[&str]) -> RemoteId {
    let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    let post = SeedPost {
        account_id: Postato::CHANNELS[1].id.to_owned(),
        texts: owned(texts),
        media: owned(media),
        status: practice::PostStatus::Scheduled,
        scheduled_at: Some(at(OLD)),
        ..SeedPost::default()
    };
    RemoteId(bench.world.0.add_post(WORKSPACE, post))
}

fn truth(bench: &Bench<Postato>, post: &RemoteId) -> practice::PostState {
    bench.world.0.post(post.as_str()).unwrap()
}

fn text_of(bench: &Bench<Postato>, post: &RemoteId) -> String {
    let texts = truth(bench, post).items.into_iter().map(|item| item.text);
    texts.collect::<Vec<_>>().join("\n\n")
}

#[tokio::test]
async fn under_every_reading_a_post_is_made_as_it_is_to_be() {
    for reading in readings() {
        let bench = under(reading).await;
        for (channel, kind, time) in [(0, "tweet", None), (1, "post", Some(OLD))] {
            let made = bench.service.create(&new("Hello", channel, time), &key()).await;
            let Created { id, accepted } = made.unwrap().value;
            let after = truth(&bench, &id);
            assert_eq!(after.account_id, Postato::CHANNELS[channel].id);
            assert_eq!(
                (after.post_type.as_str(), text_of(&bench, &id)),
                (kind, "Hello".to_owned())
            );
            let wanted = time.map_or(Standing::draft(), |time| Standing::scheduled(at(time)));
            assert!(bench.world.standing(&id).unwrap().same_as(&wanted), "{reading:?}");
            assert_eq!(accepted.status, Some(wanted.status.clone()));
            assert_eq!(accepted.time, None, "the answer does not say: it is read back");
            assert!(bench.read_standing(&id, OLD).await.same_as(&wanted), "{reading:?}");
        }
        let [account, other] = Postato::CHANNELS.map(|channel| channel.id);
        let posts = format!("POST /v1/workspaces/{WORKSPACE}/posts");
        let draft = json!({
            "platform": "twitter", "accountId": account, "postType": "tweet", "content": "Hello",
            "status": "draft",
        });
        let scheduled = json!({
            "platform": "linkedin", "accountId": other, "postType": "post", "content": "Hello",
            "status": "scheduled", "scheduledAt": OLD,
        });
        assert_eq!(bench.sent(), [(posts.clone(), draft), (posts, scheduled)]);
        bench.assert_clean();
    }
}

#[tokio::test]
async fn a_creation_that_broke_is_repeated_without_a_second_post() {
    for what in [
        What::CutBeforeApplying,
        What::CutAfterApplying,
        What::BadJson,
        What::Unavailable503AfterApplying,
        What::BadGatewayHtml502,
    ] {
        let bench = start().await;
        let (post, once) = (new("Hello", 0, Some(OLD)), key());
        bench.practice.fault(Fault::once(Match::method("POST"), what));
        let error = bench.service.create(&post, &once).await.unwrap_err();
        assert_eq!(error.disposition(), Disposition::Unknown);
        let made = bench.service.create(&post, &once).await.unwrap().value;
        let again = bench.service.create(&post, &once).await.unwrap().value;
        assert_eq!(made, again);
        assert_eq!(bench.world.0.posts().len(), 1);
        bench.service.create(&post, &key()).await.unwrap();
        assert_eq!(bench.world.0.posts().len(), 2, "another change makes another post");
        bench.assert_clean();
    }
}

#[tokio::test]
async fn a_creation_that_is_refused_makes_nothing() {
    let bench = start().await;
    let long = "x".repeat(281);
    let error = bench.service.create(&new(&long, 0, Some(OLD)), &key()).await.unwrap_err();
    assert_eq!(error.disposition(), Disposition::Refused);
    assert!(error.to_string().contains("longer than 280 characters"), "{error}");
    assert_eq!(bench.world.0.posts(), []);
    bench.service.create(&new(&long, 0, None), &key()).await.unwrap();
    assert_eq!(bench.world.0.posts().len(), 1, "a draft may be too long");
    bench.assert_clean();
}

#[tokio::test]
async fn under_every_reading_a_text_is_changed_or_honestly_not() {
    let with_text = |edit| Edit { text: Some("New".to_owned()), ..edit };
    for reading in readings() {
        let bench = under(reading).await;
        for edit in [
            Edit::text("New"),
            with_text(Edit::move_to(at(NEW))),
            with_text(Edit::schedule(at(LATEST))),
        ] {
            let post = match edit.step {
                Some(Step::Schedule(_)) => bench.draft(),
                _ => bench.scheduled(OLD),
            };
            let before = (bench.world.standing(&post).unwrap(), text_of(&bench, &post));
            let outcome = bench.service.apply(&post, &edit, &key()).await;
            let after = (bench.world.standing(&post).unwrap(), text_of(&bench, &post));
            let case = format!("{edit:?} under {reading:?} came to {outcome:?}");
            match outcome {
                Ok(answer) => {
                    assert_eq!(reading.update_rules, UpdateRules::Prose, "{case}");
                    let wanted = edit.step.map_or(before.0, |step| step.aim().shown(&after.0));
                    assert!(after.0.same_as(&wanted) && after.1 == "New", "{case}");
                    let shown = (reading.update_answer == UpdateAnswer::Post).then_some("New");
                    assert_eq!(answer.value.text.as_deref(), shown, "{case}");
                }
                Err(error) => {
                    assert_eq!(reading.update_rules, UpdateRules::Table, "{case}");
                    assert_eq!(error.disposition(), Disposition::Refused, "{case}");
                    assert_eq!(after, before, "{case}");
                }
            }
            let Reading::Found(found) = bench.read(&post, OLD).await else { panic!("{case}") };
            assert_eq!(found.text, after.1, "{case}");
        }
        bench.assert_clean();
    }
}

#[tokio::test]
async fn under_every_reading_a_thread_stays_one() {
    for reading in readings() {
        let bench = under(reading).await;
        let post = made_of(&bench, &["One", "Two", "Three"], &[]);
        let error = bench.service.apply(&post, &Edit::text("New"), &key()).await.unwrap_err();
        assert!(matches!(error, ServiceError::Refused { status: 0, .. }), "{error:?}");
        assert_eq!(bench.sent(), []);
        assert_eq!(text_of(&bench, &post), "One\n\nTwo\n\nThree");
        bench.assert_clean();
    }
}

#[tokio::test]
async fn a_new_text_keeps_the_pictures_whether_or_not_it_would_drop_them() {
    for replaced_media in [ReplacedMedia::Kept, ReplacedMedia::Dropped] {
        let bench = under(Settings { replaced_media, ..Settings::default() }).await;
        let pictures = ["med_01", "med_02"];
        let post = made_of(&bench, &["Old"], &pictures);
        let accepted = bench.service.apply(&post, &Edit::text("New"), &key()).await.unwrap().value;
        assert_eq!(accepted.text.as_deref(), Some("New"));
        let [item] = truth(&bench, &post).items.try_into().unwrap();
        assert_eq!((item.text.as_str(), item.media), ("New", pictures.map(str::to_owned).to_vec()));
        bench.assert_clean();
    }
}

#[tokio::test]
async fn every_text_arrives_to_the_letter() {
    let bench = start().await;
    let long = "ü".repeat(63_206);
    for text in ["👩‍👩‍👧‍👦 🇧🇷 é", "\u{202b}שלום\u{202c} مرحبا", "<b>&amp;</b>\r\n\"\\", &long]
    {
        let created = bench.service.create(&new(text, 1, None), &key()).await.unwrap().value;
        assert_eq!(text_of(&bench, &created.id), text);
        assert_eq!(created.accepted.text.as_deref(), Some(text));
        let post = made_of(&bench, &["Old"], &[]);
        let accepted = bench.service.apply(&post, &Edit::text(text), &key()).await.unwrap().value;
        assert_eq!(accepted.text.as_deref(), Some(text));
        assert_eq!(text_of(&bench, &post), text);
    }
    bench.assert_clean();
}

#[tokio::test]
async fn under_every_reading_a_post_is_published_now_or_honestly_not() {
    for reading in readings() {
        let bench = under(reading).await;
        for (post, by_table) in [(bench.draft(), true), (bench.scheduled(OLD), false)] {
            bench.world.0.expect_publish();
            let before = bench.world.standing(&post).unwrap();
            let outcome = bench.service.act(&post, Act::PublishNow, &key()).await;
            let case = format!("{reading:?}: {outcome:?}");
            match outcome {
                Ok(answer) => {
                    assert!(by_table || reading.update_rules == UpdateRules::Prose, "{case}");
                    let shown = reading.update_answer == UpdateAnswer::Post;
                    let queued = shown.then_some(PostStatus::Queued);
                    assert_eq!(answer.value.status, queued, "{case}");
                    bench.practice.tick();
                    let status = bench.read_standing(&post, OLD).await.status;
                    assert_eq!(status, PostStatus::Published, "{case}");
                }
                Err(error) => {
                    assert!(!by_table && reading.update_rules == UpdateRules::Table, "{case}");
                    assert_eq!(error.disposition(), Disposition::Refused, "{case}");
                    assert_eq!(bench.world.standing(&post), Some(before), "{case}");
                }
            }
        }
        assert_eq!(bench.sent().len(), 2, "one request each");
        bench.assert_clean();
    }
}

#[tokio::test]
async fn a_publication_that_broke_is_open_and_never_sent_again() {
    for what in [What::CutBeforeApplying, What::CutAfterApplying, What::BadJson] {
        let bench = start().await;
        let post = bench.draft();
        bench.world.0.expect_publish();
        bench.practice.fault(Fault::once(Match::any(), what));
        let error = bench.service.act(&post, Act::PublishNow, &key()).await.unwrap_err();
        assert_eq!(error.disposition(), Disposition::Unknown);
        assert_eq!(bench.practice.requests().len(), 1);
        bench.assert_clean();
    }
}

#[tokio::test]
async fn under_every_reading_a_deletion_cancels_for_good_and_may_be_repeated() {
    for reading in readings() {
        let bench = under(reading).await;
        for post in [bench.scheduled(OLD), bench.draft()] {
            bench.service.act(&post, Act::Delete, &key()).await.unwrap();
            assert_eq!(truth(&bench, &post).status, practice::PostStatus::Cancelled);
            let again = bench.service.act(&post, Act::Delete, &key()).await;
            match (reading.cancelled_posts, again) {
                (CancelledPosts::Shown, Ok(answer)) => {
                    assert_eq!(answer.value.status, Some(PostStatus::Cancelled), "{reading:?}");
                }
                // What is hidden is not shown to be cancelled.
                (CancelledPosts::Hidden, Err(error)) => {
                    assert_eq!(error.disposition(), Disposition::Refused, "{reading:?}");
                }
                (_, again) => panic!("{again:?} under {reading:?}"),
            }
        }
        bench.assert_clean();
    }
}

#[tokio::test]
async fn what_went_out_is_not_cancelled() {
    for reading in readings() {
        let bench = under(reading).await;
        let time = "2026-03-10T09:30:00Z";
        let post = bench.scheduled(time);
        bench.let_it_be(time);
        let error = bench.service.act(&post, Act::Delete, &key()).await.unwrap_err();
        assert!(matches!(error, ServiceError::Refused { status: 404, .. }), "{error:?}");
        assert_eq!(truth(&bench, &post).status, practice::PostStatus::Published);
        bench.assert_clean();
    }
}
