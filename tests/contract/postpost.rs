//! PostPost as the suite needs it, and what only PostPost does.

use chrono::TimeDelta;
use rundown_core::model::{Edit, RemoteId, Standing};
use rundown_core::service::ServiceError;
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
