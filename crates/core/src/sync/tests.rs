//! A disk that fails between a request and its outcome.

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, OnceLock};

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use secrecy::SecretString;

use crate::app::{App, Seams};
use crate::clock::Clock;
use crate::model::{
    Account, AccountId, Capabilities, Edit, Health, IdempotencyKey, KeepKey, Post, PostId,
    PostStatus, RemoteId, ServiceAddress, ServiceKind, Standing, SyncState,
};
use crate::secrets::SessionSecrets;
use crate::service::{
    Accepted, Answer, Heard, ListQuery, OpenError, Page, PageToken, Reading, RemoteChannel,
    RemotePost, SchedulingService, ServiceCatalogue, ServiceError, ServiceInfo,
};

/// A clock on which waiting takes no time.
struct QuickClock(Mutex<DateTime<Utc>>);

#[async_trait]
impl Clock for QuickClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }

    async fn sleep_towards(&self, time: DateTime<Utc>) {
        {
            let mut now = self.0.lock().unwrap();
            *now = (*now).max(time.min(*now + TimeDelta::seconds(30)));
        }
        tokio::task::yield_now().await;
    }
}

/// A service with one post, whose answer to an edit comes to a disk that is full.
struct OnePost {
    standing: Mutex<Standing>,
    app: OnceLock<Arc<App>>,
    edits: AtomicU32,
    is_disk_full: AtomicBool,
}

impl OnePost {
    fn post(&self) -> RemotePost {
        RemotePost {
            id: RemoteId("one".to_owned()),
            text: "One post".to_owned(),
            standing: self.standing.lock().unwrap().clone(),
            changed_at: None,
            targets: Vec::new(),
            media: Vec::new(),
        }
    }
}

fn answer<T>(value: T) -> Answer<T> {
    Answer { value, heard: Heard::default() }
}

#[async_trait]
impl SchedulingService for OnePost {
    async fn channels(&self) -> Result<Answer<Vec<RemoteChannel>>, ServiceError> {
        Ok(answer(Vec::new()))
    }

    async fn list(
        &self,
        _: &ListQuery,
        _: Option<&PageToken>,
    ) -> Result<Answer<Page>, ServiceError> {
        Ok(answer(Page { posts: vec![self.post()], unreadable: 0, next: None, total: None }))
    }

    async fn read(
        &self,
        _: &RemoteId,
        _: &[DateTime<Utc>],
    ) -> Result<Answer<Reading>, ServiceError> {
        Ok(answer(Reading::Found(self.post())))
    }

    async fn apply(
        &self,
        _: &RemoteId,
        edit: &Edit,
        _: &IdempotencyKey,
    ) -> Result<Answer<Accepted>, ServiceError> {
        self.edits.fetch_add(1, Ordering::Relaxed);
        let standing = edit.step.unwrap().aim().shown(&Standing::draft());
        *self.standing.lock().unwrap() = standing.clone();
        self.app.get().unwrap().store.refuse_writes(true);
        self.is_disk_full.store(true, Ordering::Relaxed);
        Ok(answer(Accepted { status: Some(standing.status), time: standing.time, text: None }))
    }
}

struct Catalogue(Arc<OnePost>);

impl ServiceCatalogue for Catalogue {
    fn services(&self) -> Vec<ServiceInfo> {
        vec![ServiceInfo {
            kind: ServiceKind("one".to_owned()),
            name: "One".to_owned(),
            base_url: String::new(),
            key_hint: String::new(),
            key_help_url: String::new(),
            has_workspaces: false,
            has_managed_users: false,
            capabilities: Capabilities {
                reschedule: true,
                pause: true,
                resume: true,
                ..Capabilities::none()
            },
            limits: Vec::new(),
        }]
    }

    fn open(
        &self,
        _: &ServiceAddress,
        _: SecretString,
    ) -> Result<Arc<dyn SchedulingService>, OpenError> {
        Ok(Arc::clone(&self.0) as Arc<dyn SchedulingService>)
    }
}

async fn connected(folder: &Path, service: &Arc<OnePost>) -> (Arc<App>, PostId) {
    let seams = Seams {
        clock: Arc::new(QuickClock(Mutex::new("2026-03-10T08:00:00Z".parse().unwrap()))),
        catalogue: Arc::new(Catalogue(Arc::clone(service))),
        keychain: Arc::new(SessionSecrets::default()),
    };
    let app = App::open(&folder.join("rundown.db"), seams).unwrap();
    let account = Account {
        id: AccountId::generate(),
        label: "One".to_owned(),
        colour: None,
        address: ServiceAddress {
            kind: ServiceKind("one".to_owned()),
            base_url: "https://one.example/".parse().unwrap(),
            workspace: None,
            managed_user: None,
        },
        key_kept: KeepKey::Session,
        health: Health::ok(),
    };
    let key = SecretString::from("a key");
    app.secrets(KeepKey::Session).set(&account.id, &key).await.unwrap();
    app.store.write(|tx| tx.insert_account(&account)).unwrap();
    app.start_lane(&account.id);
    until(|| !app.drafts().unwrap().is_empty()).await;
    let post = app.drafts().unwrap().remove(0).id;
    let is_set = service.app.set(Arc::clone(&app)).is_ok();
    assert!(is_set);
    (app, post)
}

async fn until(holds: impl Fn() -> bool) {
    for _ in 0..100_000 {
        if holds() {
            return;
        }
        tokio::task::yield_now().await;
    }
    panic!("it never came to that");
}

#[tokio::test]
async fn an_outcome_that_could_not_be_kept_is_looked_up_once_the_disk_works_again() {
    let folder = tempfile::tempdir().unwrap();
    let service = Arc::new(OnePost {
        standing: Mutex::new(Standing::draft()),
        app: OnceLock::new(),
        edits: AtomicU32::new(0),
        is_disk_full: AtomicBool::new(false),
    });
    let (app, id) = connected(folder.path(), &service).await;
    let time = app.clock.now() + TimeDelta::days(30);
    app.resume(&id, time).unwrap();
    until(|| service.is_disk_full.load(Ordering::Relaxed)).await;
    let shown = || -> Post { app.posts(std::slice::from_ref(&id)).unwrap().remove(0) };
    assert!(matches!(shown().sync, SyncState::Sending { .. }));

    app.store.refuse_writes(false);
    until(|| shown().sync == SyncState::Synced).await;
    assert_eq!(shown().confirmed, Standing::scheduled(time));
    assert_eq!(shown().confirmed.status, PostStatus::Scheduled);
    assert_eq!(service.edits.load(Ordering::Relaxed), 1, "it was not sent again");
    app.stop();
}
