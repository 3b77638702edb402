//! New posts, other texts and deletions, as far as Publora's are not PostPost's.

use chrono::TimeDelta;
use rundown_core::model::{Act, Edit, PostStatus, RemoteId, Standing, Step};
use rundown_core::service::{Accepted, Disposition, NewPost, NewTarget, ServiceError};
use rundown_practice::publora::{self as practice, Deletion, Generation};
use rundown_practice::{Fault, Match, What};
use serde_json::json;

use super::{GENERATIONS, Publora, of, refused, start};
use crate::bench::{Dialect, at, key};
use crate::family;

family::cases_of_writing!(start);

#[tokio::test]
async fn a_new_post_with_a_time_is_scheduled_for_it_and_says_so() {
    let bench = start().await;
    let time = "2026-03-12T10:00:00Z";
    let post = family::new_post("Hello", Some(time));
    let created = bench.service.create(&post, &key()).await.unwrap().value;
    let scheduled = Accepted {
        status: Some(PostStatus::Scheduled),
        time: Some(at(time)),
        ..Accepted::default()
    };
    assert_eq!(created.accepted, scheduled);
    assert_eq!(bench.world.standing(&created.id), Some(Standing::scheduled(at(time))));
    let (line, body) = bench.sent().remove(0);
    assert_eq!(line, "POST /create-post");
    assert_eq!(body["scheduledTime"], "2026-03-12T10:00:00.000Z");

    bench.practice.fault(Fault::once(Match::any(), What::TimeShifted { minutes: 5 }));
    let shifted = bench.service.create(&post, &key()).await.unwrap().value;
    assert_eq!(shifted.accepted.time, Some(at("2026-03-12T10:05:00Z")));
    bench.assert_clean();
}

#[tokio::test]
async fn a_new_draft_is_told_as_one_by_the_current_generation_only() {
    for generation in GENERATIONS {
        let bench = of(generation).await;
        let post = family::new_post("Hello", None);
        let created = bench.service.create(&post, &key()).await.unwrap().value;
        let told = (generation == Generation::Current).then_some(PostStatus::Draft);
        assert_eq!(created.accepted, Accepted { status: told, ..Accepted::default() });
        assert_eq!(family::found(&bench, &created.id).await.standing, Standing::draft());
        bench.assert_clean();
    }
}

#[tokio::test]
async fn the_same_creation_asked_for_again_makes_no_second_post() {
    let bench = start().await;
    let (post, key) = (family::new_post("Hello", Some("2026-03-12T10:00:00Z")), key());
    bench.practice.fault(Fault::once(Match::any(), What::CutAfterApplying));
    bench.service.create(&post, &key).await.unwrap_err();
    let again = bench.service.create(&post, &key).await.unwrap().value;
    let posts = bench.world.0.posts();
    assert_eq!(posts.len(), 1);
    assert_eq!(posts[0].id, again.id.0);
    bench.world.0.set_idempotency_in_flight_once();
    let error = bench.service.create(&post, &key).await.unwrap_err();
    assert_eq!(error.disposition(), Disposition::Unknown, "{error}");
    assert_eq!(bench.world.0.posts().len(), 1);
    bench.assert_clean();
}

#[tokio::test]
async fn a_bluesky_channel_is_taken_now_and_was_refused_before() {
    let channel = RemoteId("bluesky-did:plc:abc123".to_owned());
    let target = NewTarget { channel, network: "bluesky".to_owned() };
    let post = NewPost { channels: vec![target], ..family::new_post("Hello", None) };
    for generation in GENERATIONS {
        let bench = of(generation).await;
        match bench.service.create(&post, &key()).await {
            Ok(_) => assert_eq!(generation, Generation::Current),
            Err(error) => {
                let sentence = "Invalid platform ID format: bluesky-did:plc:abc123";
                assert_eq!(error, refused(400, sentence), "{generation:?}");
            }
        }
        bench.assert_clean();
    }
}

#[tokio::test]
async fn another_text_goes_with_status_and_time_and_is_read_back() {
    let bench = start().await;
    let old = "2026-03-12T10:00:00Z";
    let (post, time) = (bench.scheduled(old), at("2026-03-13T10:00:00Z"));
    let steps = [None, Some(Step::MoveTo(time)), Some(Step::Pause), Some(Step::Schedule(time))];
    for (number, step) in steps.into_iter().enumerate() {
        let edit = Edit { step, text: Some(format!("Version {number}")) };
        let accepted = bench.service.apply(&post, &edit, &key()).await.unwrap().value;
        assert_eq!(accepted.text, edit.text);
        let read = family::found(&bench, &post).await;
        assert_eq!(Some(read.text), edit.text);
        if let Some(step) = step {
            assert_eq!(accepted.status, Some(step.aim().shown(&read.standing).status));
        }
    }
    assert_eq!(bench.world.standing(&post), Some(Standing::scheduled(time)));
    assert_eq!(
        bench.sent()[3].1,
        json!({
            "content": "Version 3", "status": "scheduled",
            "scheduledTime": "2026-03-13T10:00:00.000Z",
        })
    );
    bench.assert_clean();
}

#[tokio::test]
async fn an_edited_text_arrives_as_it_is() {
    let bench = start().await;
    let post = bench.draft();
    for text in family::texts() {
        let edit = Edit::text(text.as_str());
        let accepted = bench.service.apply(&post, &edit, &key()).await.unwrap().value;
        assert_eq!(accepted.text.as_deref(), Some(text.as_str()));
        assert_eq!(bench.world.0.post(post.as_str()).unwrap().content, text);
    }
    bench.assert_clean();
}

#[tokio::test]
async fn a_text_that_an_earlier_generation_passes_over_is_not_confirmed() {
    for generation in [Generation::First, Generation::Second] {
        let bench = of(generation).await;
        let post = bench.scheduled("2026-03-12T10:00:00Z");
        let moved =
            Edit { text: Some("Hi".to_owned()), ..Edit::move_to(at("2026-03-13T10:00:00Z")) };
        let accepted = bench.service.apply(&post, &moved, &key()).await.unwrap().value;
        assert_eq!(accepted.text, None);
        let alone = bench.service.apply(&post, &Edit::text("Hi"), &key()).await.unwrap_err();
        assert_eq!(alone.disposition(), Disposition::Refused, "{alone}");
        assert_eq!(bench.world.0.post(post.as_str()).unwrap().content, "Hello");
        bench.assert_clean();
    }
}

#[tokio::test]
async fn what_is_live_is_not_deleted_and_what_is_under_way_is_looked_into() {
    let bench = start().await;
    bench.world.0.set_deletion(Deletion::Unpublished);
    bench.world.0.fail_next_publication("linkedin");
    let partly = bench.scheduled("2026-03-10T09:10:00Z");
    bench.let_it_be("2026-03-10T09:10:00Z");
    let live = bench.scheduled("2026-03-10T09:20:00Z");
    bench.let_it_be("2026-03-10T09:20:00Z");
    for post in [&partly, &live] {
        let error = bench.service.act(post, Act::Delete, &key()).await.unwrap_err();
        assert!(matches!(error, ServiceError::Refused { status: 409, .. }), "{error:?}");
    }
    bench.world.0.set_publishing_takes(TimeDelta::minutes(1));
    let going = bench.scheduled("2026-03-10T09:30:00Z");
    bench.let_it_be("2026-03-10T09:30:00Z");
    let waiting = bench.scheduled("2026-03-12T10:00:00Z");
    bench.world.0.set_post_changed_once();
    let changed = bench.service.act(&waiting, Act::Delete, &key()).await.unwrap_err();
    let processing = bench.service.act(&going, Act::Delete, &key()).await.unwrap_err();
    for error in [changed, processing] {
        assert!(matches!(error, ServiceError::Unsettled { .. }), "{error:?}");
        assert_eq!(error.disposition(), Disposition::Unknown);
    }
    for post in [&partly, &live, &going, &waiting] {
        assert!(bench.world.standing(post).is_some());
    }
    bench.service.act(&waiting, Act::Delete, &key()).await.unwrap();
    assert_eq!(bench.world.standing(&waiting), None);
    bench.assert_clean();
}

#[tokio::test]
async fn what_went_out_has_its_address_and_its_pictures() {
    let bench = start().await;
    let time = "2026-03-10T09:30:00Z";
    let platforms = family::CHANNELS.map(|channel| channel.id.to_owned()).to_vec();
    let post = practice::SeedPost {
        content: "Hello".to_owned(),
        status: practice::PostStatus::Scheduled,
        scheduled_time: Some(at(time)),
        platforms,
        media_urls: vec!["https://media.example.com/a.jpg".to_owned()],
    };
    let post = RemoteId(bench.world.0.add_post(Publora::KEY, post));
    bench.let_it_be(time);
    let read = family::found(&bench, &post).await;
    let links: Vec<_> = read.targets.iter().map(|target| target.link.as_deref()).collect();
    assert!(links[0].unwrap().starts_with("https://x.com/practice/status/"), "{links:?}");
    assert_eq!(links[1], None);
    let url = read.media[0].url.as_deref();
    assert_eq!(url, Some("https://media.example.com/a.jpg"));
    bench.assert_clean();
}
