//! PostPost as the suite needs it, and what only PostPost does.

use chrono::TimeDelta;
use rundown_core::model::{Edit, RemoteId, Standing};
use rundown_core::service::{Accepted, NewPost, NewTarget, ServiceError};
use rundown_practice::postpost::{self as practice, Plan};
use rundown_practice::{Fault, Match, Practice, What};

use crate::bench::{Bench, Channel, Dialect, ReadBy, Way, at, key};
use crate::family;

pub struct PostPost(practice::PostPost);

impl Dialect for PostPost {
    const KIND: &str = "postpost";
    const KEY: &str = "sk_practice.0123456789abcdef";
    const PATH: &str = practice::BASE;
    const CHANNELS: [Channel; 2] = family::CHANNELS;
    const READ_BY: ReadBy = ReadBy::Listing;

    fn new(practice: &Practice) -> Self {
        let postpost = practice.postpost();
        postpost.add_user(Self::KEY, Plan::Premium);
        family::connect(&postpost, Self::KEY);
        Self(postpost)
    }

    fn add(&self, text: &str, standing: &Standing) -> RemoteId {
        family::add(&self.0, Self::KEY, text, standing)
    }

    fn standing(&self, post: &RemoteId) -> Option<Standing> {
        family::standing(&self.0, post)
    }

    fn text(&self, post: &RemoteId) -> Option<String> {
        Some(self.0.post(post.as_str())?.content)
    }

    fn count(&self) -> usize {
        self.0.posts().len()
    }

    fn edit_elsewhere(&self, post: &RemoteId, standing: &Standing) {
        family::edit_elsewhere(&self.0, post, standing);
    }

    fn delete_elsewhere(&self, post: &RemoteId) {
        assert!(self.0.delete_elsewhere(post.as_str()));
    }
}

async fn start() -> Bench<PostPost> {
    Bench::start(Way::Http).await
}

#[tokio::test]
async fn each_edit_is_one_put_with_exactly_the_documented_body() {
    let bench = start().await;
    family::each_edit_is_one_put_with_exactly_the_documented_body(&bench).await;
    for request in bench.practice.requests() {
        assert!(!request.headers.contains_key("idempotency-key"), "none is documented");
    }
    bench.assert_clean();
}

#[tokio::test]
async fn starters_limits_come_with_their_numbers() {
    let bench = start().await;
    family::starters_limits_come_with_their_numbers(&bench, &bench.world.0).await;
    bench.assert_clean();
}

#[tokio::test]
async fn a_failed_channel_of_a_published_post_says_why() {
    let bench = start().await;
    family::a_failed_channel_of_a_published_post_says_why(&bench, &bench.world.0).await;
    bench.assert_clean();
}

#[tokio::test]
async fn a_post_under_way_is_refused_with_the_services_sentence() {
    let bench = start().await;
    let sentence = "Cannot update post: post is currently in processing status".to_owned();
    let error = family::refusal_of_a_post_under_way(&bench, &bench.world.0).await;
    assert_eq!(error, ServiceError::Refused { status: 400, sentence });
    bench.assert_clean();
}

#[tokio::test]
async fn a_stale_list_after_a_move_shows_the_former_time_until_it_has_caught_up() {
    let bench = start().await;
    let (old, new) = ("2026-03-12T10:00:00Z", "2026-03-12T10:30:00Z");
    let post = bench.scheduled(old);
    bench.practice.fault(Fault::once(Match::method("PUT"), What::StaleList { seconds: 60 }));
    bench.service.apply(&post, &Edit::move_to(at(new)), &key()).await.unwrap();
    assert_eq!(bench.read_standing(&post, new).await, Standing::scheduled(at(old)));
    bench.practice.clock().advance(TimeDelta::seconds(61));
    assert_eq!(bench.read_standing(&post, new).await, Standing::scheduled(at(new)));
    bench.assert_clean();
}

family::cases_of_writing!(start);

#[tokio::test]
async fn where_a_new_post_stands_is_left_to_a_reading_and_no_key_is_sent() {
    let bench = start().await;
    let post = family::new_post("Hello", None);
    let created = bench.service.create(&post, &key()).await.unwrap().value;
    assert_eq!(created.accepted, Accepted::default());
    assert!(!bench.practice.requests()[0].headers.contains_key("idempotency-key"));
    bench.assert_clean();
}

#[tokio::test]
async fn what_postpost_would_refuse_or_could_double_is_never_sent() {
    let bench = start().await;
    let post = bench.scheduled("2026-03-12T10:00:00Z");
    bench.world.0.add_connection(PostPost::KEY, "bluesky-did:plc:abc123", "studio", "Studio");
    let channels = bench.service.channels().await.unwrap().value;
    let bluesky = channels.into_iter().find(|channel| channel.network == "bluesky").unwrap();
    let requests = bench.practice.requests().len();

    let timed = family::new_post("Hello", Some("2026-03-12T10:00:00Z"));
    let target = NewTarget { channel: bluesky.id, network: bluesky.network };
    let for_bluesky = NewPost { channels: vec![target], ..family::new_post("Hello", None) };
    let mut errors = Vec::new();
    for new in [timed, for_bluesky] {
        errors.push(bench.service.create(&new, &key()).await.unwrap_err());
    }
    let moved = Edit { text: Some("Hi".to_owned()), ..Edit::move_to(at("2026-03-13T10:00:00Z")) };
    for edit in [Edit::text("Hi"), moved] {
        errors.push(bench.service.apply(&post, &edit, &key()).await.unwrap_err());
    }
    for error in errors {
        assert!(matches!(error, ServiceError::Refused { status: 0, .. }), "{error:?}");
    }
    assert_eq!(bench.practice.requests().len(), requests);
    bench.assert_clean();
}
