//! What holds for every scheduling service, asked of This computer.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use chrono::{DateTime, TimeDelta, Utc};

use super::*;
use crate::clock::Clock;
use crate::model::{Act, Edit, IdempotencyKey, PostStatus, RemoteId, Standing};
use crate::service::{
    Disposition, ListQuery, NewPost, NewTarget, Page, Reading, RemoteChannel, RemotePost,
    SchedulingService, ServiceError,
};

/// A clock that stands still until it is set.
struct SetClock(Mutex<DateTime<Utc>>);

#[async_trait::async_trait]
impl Clock for SetClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }

    async fn sleep_towards(&self, _: DateTime<Utc>) {
        tokio::task::yield_now().await;
    }
}

struct Bench {
    service: ThisComputer,
    clock: Arc<SetClock>,
    _folder: tempfile::TempDir,
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn key() -> IdempotencyKey {
    IdempotencyKey::generate()
}

impl Bench {
    fn start() -> Self {
        let now = at("2026-03-10T09:00:00Z");
        let folder = tempfile::tempdir().unwrap();
        let store = Arc::new(Store::open(&folder.path().join("rundown.db"), now).unwrap().store);
        for (id, network, name, handle) in
            [("one", "x", "studio", Some("studio")), ("two", "facebook", "Neighbours", None)]
        {
            let channel = RemoteChannel {
                id: RemoteId(id.to_owned()),
                network: network.to_owned(),
                name: name.to_owned(),
                handle: handle.map(str::to_owned),
                problem: None,
            };
            store.write::<_, StoreError>(|tx| tx.save_by_hand_channel(&channel)).unwrap();
        }
        let clock = Arc::new(SetClock(Mutex::new(now)));
        let service = ThisComputer::new(store, Arc::clone(&clock) as Arc<dyn Clock>);
        Self { service, clock, _folder: folder }
    }

    async fn add(&self, text: &str, time: Option<DateTime<Utc>>) -> RemoteId {
        self.service.create(&new_post(text, time), &key()).await.unwrap().value.id
    }

    async fn scheduled(&self) -> RemoteId {
        self.add("Hello", Some(at("2026-03-12T10:00:00Z"))).await
    }

    async fn read(&self, post: &RemoteId) -> RemotePost {
        match self.service.read(post, &[]).await.unwrap().value {
            Reading::Found(found) => found,
            other => panic!("{other:?}"),
        }
    }

    async fn pages(&self, query: &ListQuery) -> Vec<Page> {
        let mut pages = vec![self.service.list(query, None).await.unwrap().value];
        while let Some(next) = pages.last().and_then(|page| page.next.clone()) {
            pages.push(self.service.list(query, Some(&next)).await.unwrap().value);
        }
        pages
    }

    async fn ids(&self, query: &ListQuery) -> Vec<RemoteId> {
        let pages = self.pages(query).await;
        pages.into_iter().flat_map(|page| page.posts).map(|post| post.id).collect()
    }
}

fn new_post(text: &str, time: Option<DateTime<Utc>>) -> NewPost {
    let channel = NewTarget { channel: RemoteId("one".to_owned()), network: "x".to_owned() };
    NewPost { text: text.to_owned(), channels: vec![channel], time }
}

#[tokio::test]
async fn a_long_list_comes_whole_and_each_post_once() {
    let bench = Bench::start();
    let first = at("2026-03-11T00:00:00Z");
    let mut added = BTreeSet::new();
    for n in 0..250 {
        added.insert(bench.add(&format!("Post {n}"), Some(first + TimeDelta::hours(n))).await);
    }
    let query = ListQuery::Dated { from: first, to: first + TimeDelta::hours(249) };
    let pages = bench.pages(&query).await;
    assert_eq!(pages.len(), 3);
    let listed: Vec<_> = pages.into_iter().flat_map(|page| page.posts).collect();
    assert!(listed.is_sorted_by_key(|post| post.standing.time));
    assert_eq!(listed.len(), 250);
    assert_eq!(listed.into_iter().map(|post| post.id).collect::<BTreeSet<_>>(), added);
}

#[tokio::test]
async fn drafts_are_listed_apart_dated_posts_by_their_time_and_the_newest_first() {
    let bench = Bench::start();
    let draft = bench.add("Not yet", None).await;
    let later = bench.add("Later", Some(at("2026-03-20T10:00:00Z"))).await;
    let inside = bench.scheduled().await;
    let (from, to) = (at("2026-03-12T10:00:00Z"), at("2026-03-13T00:00:00Z"));
    let dated = bench.ids(&ListQuery::Dated { from, to }).await;
    assert_eq!(dated, std::slice::from_ref(&inside));
    assert_eq!(bench.ids(&ListQuery::Drafts).await, std::slice::from_ref(&draft));
    bench.service.apply(&later, &Edit::text("Changed"), &key()).await.unwrap();
    assert_eq!(bench.ids(&ListQuery::RecentlyChanged).await, [later, inside, draft]);
}

#[tokio::test]
async fn the_channels_come_in_order_and_a_post_names_its_own() {
    let bench = Bench::start();
    let answer = bench.service.channels().await.unwrap();
    assert_eq!(answer.heard.date, Some(at("2026-03-10T09:00:00Z")));
    let told: Vec<_> = answer.value.into_iter().map(|it| (it.id.0, it.handle)).collect();
    assert_eq!(told, [("one".to_owned(), Some("studio".to_owned())), ("two".to_owned(), None)]);
    let post = bench.read(&bench.scheduled().await).await;
    assert_eq!((post.targets[0].channel.as_str(), post.targets[0].network.as_str()), ("one", "x"));
}

#[tokio::test]
async fn each_edit_is_confirmed_by_its_answer_and_takes_effect() {
    let bench = Bench::start();
    let post = bench.scheduled().await;
    let to = at("2026-03-13T10:00:00Z");
    for edit in [
        Edit::move_to(to),
        Edit::pause(),
        Edit::schedule(at("2026-03-14T10:00:00Z")),
        Edit { step: Some(crate::model::Step::MoveTo(to)), text: Some("Both".to_owned()) },
    ] {
        let wanted = edit.step.unwrap().aim().shown(&Standing::draft());
        let accepted = bench.service.apply(&post, &edit, &key()).await.unwrap().value;
        assert_eq!(accepted.status.as_ref(), Some(&wanted.status));
        assert_eq!(accepted.time, wanted.time);
        assert_eq!(bench.read(&post).await.standing, wanted, "{edit:?}");
    }
    assert_eq!(bench.read(&post).await.text, "Both");
}

#[tokio::test]
async fn a_creation_that_is_repeated_with_its_key_makes_one_post() {
    let bench = Bench::start();
    let (key, new) = (key(), new_post("Hello", Some(at("2026-03-10T09:30:00Z"))));
    let first = bench.service.create(&new, &key).await.unwrap().value;
    assert_eq!(first.accepted.status, Some(PostStatus::Scheduled));
    *bench.clock.0.lock().unwrap() = at("2026-03-10T10:00:00Z");
    let second = bench.service.create(&new, &key).await.unwrap().value;
    assert_eq!(second, first, "also where its time has passed meanwhile");
    assert_eq!(bench.ids(&ListQuery::RecentlyChanged).await.len(), 1);
}

#[tokio::test]
async fn a_time_that_has_passed_is_refused_and_changes_nothing() {
    let bench = Bench::start();
    let post = bench.scheduled().await;
    let passed = at("2026-03-10T09:00:00Z");
    for edit in [Edit::move_to(passed), Edit::schedule(passed)] {
        let error = bench.service.apply(&post, &edit, &key()).await.unwrap_err();
        assert_eq!(error.disposition(), Disposition::Refused);
    }
    let error = bench.service.create(&new_post("Late", Some(passed)), &key()).await.unwrap_err();
    assert_eq!(error.disposition(), Disposition::Refused);
    let kept = bench.ids(&ListQuery::RecentlyChanged).await;
    assert_eq!(kept, std::slice::from_ref(&post));
    assert_eq!(bench.read(&post).await.standing.time, Some(at("2026-03-12T10:00:00Z")));
}

#[tokio::test]
async fn done_and_skipped_posts_stay_on_record_and_are_closed() {
    let bench = Bench::start();
    for (act, status) in
        [(Act::PublishNow, PostStatus::Published), (Act::Skip, PostStatus::Cancelled)]
    {
        let post = bench.add("Hello", Some(at("2026-03-10T09:30:00Z"))).await;
        *bench.clock.0.lock().unwrap() = at("2026-03-10T11:00:00Z");
        let accepted = bench.service.act(&post, act, &key()).await.unwrap().value;
        assert_eq!(accepted.status, Some(status.clone()));
        let closed = bench.read(&post).await.standing;
        assert_eq!(closed, Standing { status, time: Some(at("2026-03-10T09:30:00Z")) });
        let error = bench.service.apply(&post, &Edit::pause(), &key()).await.unwrap_err();
        assert!(error.to_string().contains(closed.status.word()), "{error}");
        *bench.clock.0.lock().unwrap() = at("2026-03-10T09:00:00Z");
    }
}

#[tokio::test]
async fn a_deleted_post_is_gone_and_so_is_one_that_never_was() {
    let bench = Bench::start();
    let post = bench.scheduled().await;
    bench.service.act(&post, Act::Delete, &key()).await.unwrap();
    for gone in [post, RemoteId("never".to_owned())] {
        assert_eq!(bench.service.read(&gone, &[]).await.unwrap().value, Reading::Gone);
        let errors = [
            bench.service.apply(&gone, &Edit::pause(), &key()).await.unwrap_err(),
            bench.service.act(&gone, Act::Delete, &key()).await.unwrap_err(),
        ];
        assert!(errors.iter().all(|error| matches!(error, ServiceError::NotFound { .. })));
    }
}

#[tokio::test]
async fn a_disk_that_refuses_leaves_nothing_behind_and_may_be_asked_again() {
    let bench = Bench::start();
    let post = bench.scheduled().await;
    bench.service.store.refuse_writes(true);
    let error = bench.service.apply(&post, &Edit::pause(), &key()).await.unwrap_err();
    assert_eq!(error.disposition(), Disposition::Later { retry_after: None });
    bench.service.store.refuse_writes(false);
    assert_eq!(bench.read(&post).await.standing.status, PostStatus::Scheduled);
    bench.service.apply(&post, &Edit::pause(), &key()).await.unwrap();
}
