//! A desk to try things at: the app, a practice service, and a clock that both go by.
//!
//! The runtime's time is paused: it moves on only when every task waits, so `settle` returns once
//! nothing is left to do, and a test of an hour takes a moment and always goes the same way.

use std::collections::HashMap;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use http::{Request, Response};
use rundown_core::clock::Clock;
use rundown_core::events::{Event, NoticeLevel};
use rundown_core::model::{Account, AccountId, KeepKey, Post, PostId, ServiceKind};
use rundown_core::secrets::{SecretError, SecretStore, SecretStoreState, SessionSecrets};
use rundown_core::{AccountState, App, ConnectForm, Connected, Error, NewPostForm, Seams};
use rundown_practice::postpost::{Plan, PostState, PostStatus, SeedPost};
use rundown_practice::{Practice, Recorded};
use rundown_services::{Catalogue, Limits, Transport, TransportError};
use rundown_tests::RouterTransport;
use secrecy::SecretString;
use serde_json::Value;
use tempfile::TempDir;
use tokio::sync::broadcast::Receiver;
use tokio::time::Instant;

use crate::delays::Delays;

pub const KEY: &str = "sk_practice.0123456789abcdef";
pub const LINKEDIN: &str = "linkedin-Tz9W5i6ZYG";
pub const X: &str = "twitter-123456789";
const DATABASE: &str = "rundown.db";
const BASE: &str = "https://practice.example/postpost/api/v1";

/// A time on the morning of the test.
pub fn at(text: &str) -> DateTime<Utc> {
    format!("2026-03-10T{text}:00Z").parse().expect("a time of day")
}

/// When every test begins.
pub fn start() -> DateTime<Utc> {
    at("08:00")
}

/// Goes by the runtime's paused time, and by what it slept through.
#[derive(Clone)]
pub struct TestClock {
    began: Instant,
    slept: Arc<Mutex<TimeDelta>>,
}

impl TestClock {
    /// The wall clock jumps, as over a sleep of the machine; no timer notices.
    pub fn jump(&self, span: TimeDelta) {
        *self.slept.lock().unwrap() += span;
    }
}

#[async_trait]
impl Clock for TestClock {
    fn now(&self) -> DateTime<Utc> {
        let slept = *self.slept.lock().unwrap();
        start() + slept + TimeDelta::from_std(self.began.elapsed()).expect("a short test")
    }

    async fn sleep_towards(&self, time: DateTime<Utc>) {
        let left = (time - self.now()).to_std().unwrap_or(Duration::ZERO);
        tokio::time::sleep(left.min(Duration::from_secs(30))).await;
    }
}

/// What is on the way to the practice service, and what the way is like.
#[derive(Default)]
pub struct Road {
    is_down: AtomicBool,
    /// How far the service's clock is ahead of ours.
    pub ahead: Mutex<TimeDelta>,
    under_way: Mutex<HashMap<String, u32>>,
    /// The most requests that were ever under way at once with one key.
    pub most_under_way: AtomicU32,
    /// How many connections were tried while there was none to be had.
    pub in_vain: AtomicU32,
    /// How long each request takes to arrive, and its answer to come back; by chance.
    pub latency: Mutex<Option<fastrand::Rng>>,
    /// Writes that are to be held up on the way.
    pub delays: Delays,
}

/// Where the services expect the key.
const KEY_HEADERS: [&str; 3] = ["x-api-key", "x-publora-key", "authorization"];

/// The way to the practice service: always at its time, and cut off on order.
struct Wire {
    router: RouterTransport,
    practice: Practice,
    clock: TestClock,
    road: Arc<Road>,
}

/// A request that is under way; one whose sender is gone is so no more.
struct OnItsWay<'a> {
    road: &'a Road,
    key: String,
}

impl<'a> OnItsWay<'a> {
    fn begin(road: &'a Road, key: String) -> Self {
        let mut under_way = road.under_way.lock().unwrap();
        let count = under_way.entry(key.clone()).or_default();
        *count += 1;
        road.most_under_way.fetch_max(*count, Ordering::Relaxed);
        Self { road, key }
    }
}

impl Drop for OnItsWay<'_> {
    fn drop(&mut self) {
        *self.road.under_way.lock().unwrap().entry(self.key.clone()).or_default() -= 1;
    }
}

#[async_trait]
impl Transport for Wire {
    async fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
        if self.road.is_down.load(Ordering::Relaxed) {
            self.road.in_vain.fetch_add(1, Ordering::Relaxed);
            return Err(TransportError::NotSent { reason: "connection refused".to_owned() });
        }
        self.practice.clock().set(self.clock.now() + *self.road.ahead.lock().unwrap());
        self.practice.tick();
        let now = self.practice.clock().now();
        for held_up in self.road.delays.arrived(now) {
            let _ = self.router.send(held_up).await;
        }
        let key = KEY_HEADERS.iter().find_map(|name| request.headers().get(*name));
        let key = key.unwrap().to_str().unwrap().to_owned();
        let _on_its_way = OnItsWay::begin(&self.road, key);
        if self.road.delays.hold_up(&request, now) {
            let reason = "the connection was cut on the way".to_owned();
            return Err(TransportError::Interrupted { reason });
        }
        self.road.travel().await;
        let answer = self.router.send(request).await;
        self.road.travel().await;
        answer
    }
}

impl Road {
    /// Whether a request is under way.
    pub fn is_busy(&self) -> bool {
        self.under_way.lock().unwrap().values().any(|count| *count > 0)
    }

    /// One way takes up to a third of a second, where there is any latency.
    async fn travel(&self) {
        let millis = self.latency.lock().unwrap().as_mut().map(|chance| chance.u64(1..300));
        if let Some(millis) = millis {
            tokio::time::sleep(Duration::from_millis(millis)).await;
        }
    }
}

/// A keychain that can be locked, or taken away.
#[derive(Default)]
pub struct TestKeychain {
    keys: SessionSecrets,
    pub is_locked: AtomicBool,
    pub is_absent: AtomicBool,
}

impl TestKeychain {
    fn refuse_unless_ready(&self) -> Result<(), SecretError> {
        if self.is_absent.load(Ordering::Relaxed) {
            return Err(SecretError::Absent("no service answers".to_owned()));
        }
        if self.is_locked.load(Ordering::Relaxed) { Err(SecretError::Locked) } else { Ok(()) }
    }
}

#[async_trait]
impl SecretStore for TestKeychain {
    async fn state(&self) -> SecretStoreState {
        match self.refuse_unless_ready() {
            Ok(()) => SecretStoreState::Ready,
            Err(SecretError::Locked) => SecretStoreState::Locked,
            Err(_) => SecretStoreState::Absent,
        }
    }

    async fn get(&self, account: &AccountId) -> Result<Option<SecretString>, SecretError> {
        self.refuse_unless_ready()?;
        self.keys.get(account).await
    }

    async fn set(&self, account: &AccountId, key: &SecretString) -> Result<(), SecretError> {
        self.refuse_unless_ready()?;
        self.keys.set(account, key).await
    }

    async fn delete(&self, account: &AccountId) -> Result<(), SecretError> {
        self.refuse_unless_ready()?;
        self.keys.delete(account).await
    }
}

pub struct Desk {
    pub app: Arc<App>,
    pub practice: Practice,
    pub clock: TestClock,
    pub keychain: Arc<TestKeychain>,
    pub events: Receiver<Event>,
    pub road: Arc<Road>,
    pub folder: TempDir,
}

impl Desk {
    /// A desk without an account, at a service with one user and two channels.
    pub fn bare() -> Self {
        Self::with_database(None)
    }

    /// A bare desk at which Rundown finds this in place of its database.
    pub fn with_database(content: Option<&[u8]>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        if let Some(content) = content {
            std::fs::write(folder.path().join(DATABASE), content).unwrap();
        }
        Self::in_folder(folder)
    }

    /// A bare desk that keeps its database here.
    pub fn in_folder(folder: TempDir) -> Self {
        let clock = TestClock { began: Instant::now(), slept: Arc::default() };
        let practice = Practice::new(rundown_practice::Clock::manual(start()));
        practice.postpost().add_user(KEY, Plan::Pro);
        practice.postpost().add_connection(KEY, LINKEDIN, "studio", "Studio");
        practice.postpost().add_connection(KEY, X, "studio", "Studio");
        let road = Arc::new(Road::default());
        let keychain = Arc::new(TestKeychain::default());
        let app = open(folder.path(), &clock, &practice, &road, &keychain).unwrap();
        let events = app.events();
        Self { app, practice, clock, keychain, events, road, folder }
    }

    /// A desk with the account connected and read.
    pub async fn connected() -> Self {
        let desk = Self::bare();
        desk.connect(KEY).await.unwrap();
        desk.settle().await;
        desk
    }

    pub async fn connect(&self, key: &str) -> Result<AccountId, Error> {
        self.connect_at(key, BASE).await
    }

    pub async fn connect_at(&self, key: &str, base_url: &str) -> Result<AccountId, Error> {
        self.connect_with(key, base_url, KeepKey::Keychain).await
    }

    /// The account with its key kept in memory alone.
    pub async fn connect_for_this_session(&self) -> Result<AccountId, Error> {
        self.connect_with(KEY, BASE, KeepKey::Session).await
    }

    async fn connect_with(
        &self,
        key: &str,
        base_url: &str,
        keep: KeepKey,
    ) -> Result<AccountId, Error> {
        let form = ConnectForm {
            kind: ServiceKind("postpost".to_owned()),
            label: "Studio".to_owned(),
            base_url: base_url.to_owned(),
            key: SecretString::from(key),
            keep,
            workspace: None,
            managed_user: String::new(),
        };
        match self.app.connect(form).await? {
            Connected::Account(account) => Ok(account),
            Connected::ChooseWorkspace(_) => panic!("PostPost has no workspaces"),
        }
    }

    /// Returns once nothing is left to do at this time.
    pub async fn settle(&self) {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }

    /// Lets time go by.
    pub async fn pass(&self, span: TimeDelta) {
        tokio::time::sleep(span.to_std().unwrap()).await;
    }

    /// Begins again with what is on disk, as after `kill -9`.
    pub async fn restart(&mut self) {
        self.app.stop();
        // What was under way is gone before anything begins again.
        self.settle().await;
        self.app = self.open_in(self.folder.path()).unwrap();
        self.events = self.app.events();
        self.app.start().unwrap();
        self.settle().await;
    }

    /// Another app, on the database in this folder.
    pub fn open_in(&self, folder: &Path) -> Result<Arc<App>, Error> {
        open(folder, &self.clock, &self.practice, &self.road, &self.keychain)
    }

    pub fn take_down(&self) {
        self.road.is_down.store(true, Ordering::Relaxed);
    }

    pub fn bring_up(&self) {
        self.road.is_down.store(false, Ordering::Relaxed);
    }

    /// A post at the service, read by the app: scheduled for a time of the morning.
    pub async fn scheduled(&self, time: &str) -> String {
        self.post(SeedPost {
            status: PostStatus::Scheduled,
            scheduled_time: Some(at(time)),
            ..SeedPost::default()
        })
        .await
    }

    /// A draft without a time at the service, read by the app.
    pub async fn draft(&self) -> String {
        self.post(SeedPost::default()).await
    }

    /// A post at the service, read by the app.
    pub async fn post(&self, seed: SeedPost) -> String {
        let remote = self.practice.postpost().add_post(KEY, filled(seed));
        self.app.refresh();
        self.settle().await;
        self.practice.clear_requests();
        remote
    }

    /// Writes a post for the first channel of the only account, in the window.
    pub fn create(&self, text: &str, time: Option<DateTime<Utc>>) -> PostId {
        let AccountState { account, channels, .. } = self.connected_accounts().remove(0);
        let channels = vec![channels[0].id.clone()];
        let form = NewPostForm { account: account.id, channels, text: text.to_owned(), time };
        self.app.create_post(&form).unwrap().remove(0).post.id
    }

    /// The posts the app knows.
    pub fn posts(&self) -> Vec<Post> {
        let (from, to) = (at("00:00") - TimeDelta::days(400), at("00:00") + TimeDelta::days(400));
        let mut posts = self.app.posts_in_range(from, to).unwrap();
        for draft in self.app.drafts().unwrap() {
            if !posts.iter().any(|post| post.id == draft.id) {
                posts.push(draft);
            }
        }
        posts
    }

    /// The post with this id at the service, as the app shows it.
    pub fn shown(&self, remote: &str) -> Post {
        let posts = self.posts();
        posts
            .into_iter()
            .find(|post| post.remote.as_ref().is_some_and(|id| id.as_str() == remote))
            .expect("the post is known")
    }

    /// Our id of the post with this id at the service.
    pub fn id(&self, remote: &str) -> PostId {
        self.shown(remote).id
    }

    /// The post as the service has it.
    pub fn at_service(&self, remote: &str) -> PostState {
        self.practice.postpost().post(remote).expect("the service has the post")
    }

    /// The bodies of the PUT requests that reached the service, in order.
    pub fn puts(&self) -> Vec<Value> {
        self.requests("PUT").into_iter().map(|request| request.body).collect()
    }

    pub fn requests(&self, method: &str) -> Vec<Recorded> {
        let mut requests = self.practice.requests();
        requests.retain(|request| request.method == method);
        requests
    }

    /// The accounts that were connected: all but the one that is always there.
    pub fn connected_accounts(&self) -> Vec<AccountState> {
        let mut accounts = self.app.accounts().unwrap();
        accounts.retain(|state| !state.account.is_this_computer());
        accounts
    }

    /// The only account that was connected.
    pub fn account(&self) -> Account {
        self.connected_accounts().remove(0).account
    }

    /// The problems the app told its shell of since the last time its news were asked for.
    pub fn problems(&mut self) -> Vec<String> {
        let news = self.news().into_iter();
        news.filter_map(|event| match event {
            Event::Notice(notice) if notice.level == NoticeLevel::Problem => Some(notice.message),
            _ => None,
        })
        .collect()
    }

    /// What the app told its shell since the last time this was asked.
    pub fn news(&mut self) -> Vec<Event> {
        std::iter::from_fn(|| self.events.try_recv().ok()).collect()
    }
}

impl Drop for Desk {
    /// Whatever a test was about: nothing was sent that no client should send.
    fn drop(&mut self) {
        if !std::thread::panicking() {
            let violations = self.practice.violations();
            assert!(violations.is_empty(), "{violations:#?}");
        }
    }
}

/// A post with what every post has.
pub fn filled(seed: SeedPost) -> SeedPost {
    SeedPost {
        content: "Wednesday wisdom: consistency beats perfection.".to_owned(),
        platforms: vec![LINKEDIN.to_owned()],
        ..seed
    }
}

fn open(
    folder: &Path,
    clock: &TestClock,
    practice: &Practice,
    road: &Arc<Road>,
    keychain: &Arc<TestKeychain>,
) -> Result<Arc<App>, Error> {
    let wire = Wire {
        router: RouterTransport::new(practice.router(), Limits::default()),
        practice: practice.clone(),
        clock: clock.clone(),
        road: Arc::clone(road),
    };
    let seams = Seams {
        clock: Arc::new(clock.clone()),
        catalogue: Arc::new(Catalogue::new(Arc::new(wire))),
        keychain: Arc::clone(keychain) as Arc<dyn SecretStore>,
    };
    App::open(&folder.join(DATABASE), seams)
}
