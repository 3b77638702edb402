//! Publora as the suite needs it, and what only Publora does: its three generations, idempotency
//! keys, conflicts and managed users. New posts, other texts and deletions are in `writes`.

mod writes;

use std::time::Duration;

use chrono::TimeDelta;
use rundown_core::model::{Edit, PostStatus, RemoteId, Standing};
use rundown_core::service::{Accepted, Allowance, Disposition, ListQuery, Reading, ServiceError};
use rundown_practice::publora::{self as practice, Generation, PausedTime, Plan, TimeOnDraft};
use rundown_practice::{Fault, Match, Practice, What};

use crate::bench::{Bench, Channel, Dialect, Way, at, key, standing_after};
use crate::family;

const GENERATIONS: [Generation; 3] = [Generation::First, Generation::Second, Generation::Current];

pub struct Publora(practice::Publora);

impl Dialect for Publora {
    const KIND: &str = "publora";
    const KEY: &str = "sk_practice.0123456789abcdef";
    const PATH: &str = practice::BASE;
    const CHANNELS: [Channel; 2] = family::CHANNELS;

    fn new(practice: &Practice) -> Self {
        let publora = practice.publora();
        publora.add_user(Self::KEY, Plan::Premium);
        family::connect(&publora, Self::KEY);
        Self(publora)
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

async fn of(generation: Generation) -> Bench<Publora> {
    let bench = Bench::<Publora>::start(Way::Http).await;
    bench.world.0.set_generation(generation);
    bench
}

async fn start() -> Bench<Publora> {
    of(Generation::Current).await
}

fn refused(status: u16, sentence: &str) -> ServiceError {
    ServiceError::Refused { status, sentence: sentence.to_owned() }
}

#[tokio::test]
async fn each_edit_is_one_put_with_exactly_the_documented_body_and_a_key_of_its_own() {
    let bench = start().await;
    family::each_edit_is_one_put_with_exactly_the_documented_body(&bench).await;
    let requests = bench.practice.requests();
    let mut keys: Vec<_> = requests.iter().map(|sent| &sent.headers["idempotency-key"]).collect();
    keys.sort();
    keys.dedup();
    assert_eq!(keys.len(), requests.len());
    bench.assert_clean();
}

#[tokio::test]
async fn every_generation_lists_reads_moves_pauses_and_resumes_a_post() {
    for generation in GENERATIONS {
        for paused_time in [PausedTime::Dropped, PausedTime::Kept] {
            for time_on_draft in [TimeOnDraft::StaysDraft, TimeOnDraft::Arms] {
                let bench = of(generation).await;
                bench.world.0.set_paused_time(paused_time);
                bench.world.0.set_time_on_draft(time_on_draft);
                edits_are_confirmed_and_read_back(&bench).await;
                bench.assert_clean();
            }
        }
    }
}

async fn edits_are_confirmed_and_read_back(bench: &Bench<Publora>) {
    let old = "2026-03-12T10:00:00Z";
    let post = bench.scheduled(old);
    for edit in [
        Edit::move_to(at("2026-03-13T10:00:00Z")),
        Edit::pause(),
        Edit::schedule(at("2026-03-14T10:00:00Z")),
    ] {
        let wanted = standing_after(&edit);
        let accepted = bench.service.apply(&post, &edit, &key()).await.unwrap().value;
        assert_eq!(accepted.status.as_ref(), Some(&wanted.status), "{edit:?}");
        let confirmed = Standing { status: wanted.status.clone(), time: accepted.time };
        assert!(confirmed.same_as(&wanted), "{edit:?} was answered with {accepted:?}");
        assert!(bench.world.standing(&post).unwrap().same_as(&wanted), "{edit:?}");
        let near = wanted.time.map_or(old.to_owned(), |time| time.to_rfc3339());
        assert!(bench.read_standing(&post, &near).await.same_as(&wanted), "{edit:?}");
        let listed = bench.everything(&ListQuery::RecentlyChanged).await;
        assert!(listed[0].standing.same_as(&wanted), "{edit:?}");
    }
}

#[tokio::test]
async fn what_went_out_is_refused_in_the_words_of_each_generation() {
    let published = "Cannot update post: post is currently in published status";
    for (generation, sentence) in GENERATIONS.into_iter().zip([
        "Cannot update published or failed posts",
        published,
        published,
    ]) {
        let bench = of(generation).await;
        let time = "2026-03-10T09:30:00Z";
        let post = bench.scheduled(time);
        bench.let_it_be(time);
        assert_eq!(bench.read_standing(&post, time).await.status, PostStatus::Published);
        let error = bench.service.apply(&post, &Edit::pause(), &key()).await.unwrap_err();
        assert_eq!(error, refused(400, sentence));
        bench.assert_clean();
    }
}

#[tokio::test]
async fn a_post_under_way_is_refused_in_the_words_of_each_generation() {
    let processing = "Cannot update post: post is currently in processing status";
    let started = "Post publishing has already started; the post can no longer be edited.";
    for (generation, error) in GENERATIONS.into_iter().zip([
        refused(400, "Cannot update published or failed posts"),
        refused(400, processing),
        refused(409, started),
    ]) {
        let bench = of(generation).await;
        assert_eq!(family::refusal_of_a_post_under_way(&bench, &bench.world.0).await, error);
        bench.assert_clean();
    }
}

#[tokio::test]
async fn starters_limits_come_with_their_numbers() {
    let bench = start().await;
    family::starters_limits_come_with_their_numbers(&bench, &bench.world.0).await;
    bench.assert_clean();
}

#[tokio::test]
async fn a_failed_channel_of_a_published_post_says_why() {
    for generation in GENERATIONS {
        let bench = of(generation).await;
        family::a_failed_channel_of_a_published_post_says_why(&bench, &bench.world.0).await;
        bench.assert_clean();
    }
}

#[tokio::test]
async fn a_stale_list_after_a_pause_is_unclear_where_lists_are_all_there_is() {
    for generation in [Generation::First, Generation::Second] {
        let bench = of(generation).await;
        let time = "2026-03-12T10:00:00Z";
        let post = bench.scheduled(time);
        bench.practice.fault(Fault::once(Match::method("PUT"), What::StaleList { seconds: 60 }));
        bench.service.apply(&post, &Edit::pause(), &key()).await.unwrap();
        assert_eq!(bench.read(&post, time).await, Reading::Unclear);
        bench.practice.clock().advance(TimeDelta::seconds(61));
        assert_eq!(bench.read_standing(&post, time).await.status, PostStatus::Draft);
        bench.assert_clean();
    }
}

#[tokio::test]
async fn the_same_change_asked_for_again_is_answered_and_not_applied_again() {
    let bench = start().await;
    let post = bench.scheduled("2026-03-12T10:00:00Z");
    let (edit, key) = (Edit::move_to(at("2026-03-13T10:00:00Z")), key());
    bench.practice.fault(Fault::once(Match::any(), What::CutAfterApplying));
    bench.service.apply(&post, &edit, &key).await.unwrap_err();
    // Someone moved it on meanwhile: a request that is repeated must not undo that.
    let moved_on = Standing::scheduled(at("2026-03-20T10:00:00Z"));
    bench.world.edit_elsewhere(&post, &moved_on);
    let accepted = bench.service.apply(&post, &edit, &key).await.unwrap().value;
    let first = Accepted {
        status: Some(PostStatus::Scheduled),
        time: Some(at("2026-03-13T10:00:00Z")),
        ..Accepted::default()
    };
    assert_eq!(accepted, first);
    assert_eq!(bench.world.standing(&post), Some(moved_on));
    let applied: Vec<_> = bench.practice.requests().iter().map(|sent| sent.applied).collect();
    assert_eq!(applied, [true, false]);
    bench.assert_clean();
}

#[tokio::test]
async fn a_conflict_leaves_the_outcome_open_and_a_fresh_key_goes_through() {
    let in_flight = "A request with this idempotency key is still in flight";
    let changed = "Post group state changed concurrently; please retry.";
    type Order = fn(&practice::Publora);
    let orders: [(&str, Order); 2] = [
        (in_flight, |publora| publora.set_idempotency_in_flight_once()),
        (changed, |publora| publora.set_version_conflict_once()),
    ];
    for (sentence, order) in orders {
        let bench = start().await;
        let post = bench.scheduled("2026-03-12T10:00:00Z");
        order(&bench.world.0);
        let error = bench.service.apply(&post, &Edit::pause(), &key()).await.unwrap_err();
        assert_eq!(error, ServiceError::Unsettled { sentence: sentence.to_owned() });
        assert_eq!(error.disposition(), Disposition::Unknown);
        let unchanged = Standing::scheduled(at("2026-03-12T10:00:00Z"));
        assert_eq!(bench.read_standing(&post, "2026-03-12T10:00:00Z").await, unchanged);
        bench.service.apply(&post, &Edit::pause(), &key()).await.unwrap();
        assert_eq!(bench.world.standing(&post).unwrap().status, PostStatus::Draft);
        bench.assert_clean();
    }
}

#[tokio::test]
async fn a_refusal_is_replayed_to_the_same_key() {
    let bench = start().await;
    let post = bench.scheduled("2026-03-12T10:00:00Z");
    bench.world.0.set_version_conflict_once();
    let key = key();
    for _ in 0..2 {
        let error = bench.service.apply(&post, &Edit::pause(), &key).await.unwrap_err();
        assert!(matches!(error, ServiceError::Unsettled { .. }), "{error:?}");
    }
    bench.practice.clock().advance(TimeDelta::hours(24));
    bench.service.apply(&post, &Edit::pause(), &key).await.unwrap();
    bench.assert_clean();
}

#[tokio::test]
async fn the_second_generations_limit_is_told_and_heeded() {
    let bench = of(Generation::Second).await;
    bench.world.0.set_plan(Publora::KEY, Plan::Starter);
    let renewed_at = at("2026-03-10T09:01:00Z");
    for remaining in (0..30).rev() {
        let heard = bench.service.list(&ListQuery::Drafts, None).await.unwrap().heard;
        assert_eq!(heard.allowance, Some(Allowance { remaining, renewed_at }));
    }
    bench.practice.clock().advance(TimeDelta::seconds(15));
    let error = bench.service.list(&ListQuery::Drafts, None).await.unwrap_err();
    let retry_after = Some(Duration::from_secs(45));
    assert_eq!(error.disposition(), Disposition::Later { retry_after });
    bench.assert_clean();
}

#[tokio::test]
async fn a_key_acts_for_a_user_that_it_manages_and_for_no_other() {
    const USER: &str = "64b7e1f0c2a3d4e5f6a7b8c9";
    const STRANGER: &str = "64b7e1f0c2a3d4e5f6a7b8ca";
    let bench = start().await;
    bench.world.0.add_managed_user(Publora::KEY, USER);
    bench.world.0.add_connection(USER, "threads-17841412345678", "client", "Client");
    let time = "2026-03-12T10:00:00Z";
    let owners = bench.scheduled(time);
    let service = bench.acting_for(USER);
    let channels = service.channels().await.unwrap().value;
    assert_eq!(channels.len(), 1);
    assert_eq!(channels[0].id.as_str(), "threads-17841412345678");
    let answer = service.read(&owners, &[at(time)]).await.unwrap();
    assert_eq!(answer.value, Reading::Gone, "another's post");
    let error = bench.acting_for(STRANGER).channels().await.unwrap_err();
    assert_eq!(error, refused(403, "User is not managed by key"));
    bench.assert_clean();
}
