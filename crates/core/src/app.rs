//! The façade: one `App` for the whole process. Its use cases are methods in the modules named
//! after them (`accounts`, `posts`, `reminders`); here is what they share.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::{broadcast, watch};
use tokio::task::JoinHandle;

use crate::accounts::PendingConnection;
use crate::clock::Clock;
use crate::error::Error;
use crate::events::{Event, Notice, NoticeLevel};
use crate::guard::{self, Guard};
use crate::model::{AccountId, Aim, KeepKey, PostId};
use crate::posts::Steps;
use crate::secrets::{SecretStore, SecretStoreState, SessionSecrets};
use crate::service::ServiceCatalogue;
use crate::store::{SetAside, Store};
use crate::sync::{Lane, LaneHandle, Quotas};
use crate::this_computer;

/// How many events a slow listener may fall behind before it is told that it missed some.
const EVENTS_KEPT: usize = 1024;

/// Clocks that differ by no more than this are taken for the same.
const CLOCKS_AGREE: TimeDelta = TimeDelta::seconds(30);

/// What the app is given from outside.
pub struct Seams {
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Connects to services.
    pub catalogue: Arc<dyn ServiceCatalogue>,
    /// The operating system's keychain.
    pub keychain: Arc<dyn SecretStore>,
}

/// Rundown without a screen.
pub struct App {
    pub(crate) store: Arc<Store>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) catalogue: Arc<dyn ServiceCatalogue>,
    keychain: Arc<dyn SecretStore>,
    session: SessionSecrets,
    pub(crate) quotas: Quotas,
    set_aside: Option<SetAside>,
    events: broadcast::Sender<Event>,
    lanes: Mutex<BTreeMap<AccountId, LaneHandle>>,
    reminders: Mutex<Option<JoinHandle<()>>>,
    steps: Mutex<Steps>,
    in_front: AtomicBool,
    reminder_minutes: AtomicU32,
    pending_connection: Mutex<Option<PendingConnection>>,
}

impl App {
    /// Opens the database at `path`. Nothing is sent before [`start`](Self::start).
    ///
    /// # Errors
    /// `Storage` where the disk can't be used.
    pub fn open(path: &Path, seams: Seams) -> Result<Arc<Self>, Error> {
        let now = seams.clock.now();
        let opened = Store::open(path, now)?;
        this_computer::ensure(&opened.store)?;
        Ok(Arc::new(Self {
            store: Arc::new(opened.store),
            clock: seams.clock,
            catalogue: seams.catalogue,
            keychain: seams.keychain,
            session: SessionSecrets::default(),
            quotas: Quotas::default(),
            set_aside: opened.set_aside,
            events: broadcast::channel(EVENTS_KEPT).0,
            lanes: Mutex::default(),
            reminders: Mutex::default(),
            steps: Mutex::default(),
            in_front: AtomicBool::new(false),
            reminder_minutes: AtomicU32::new(15),
            pending_connection: Mutex::default(),
        }))
    }

    /// Starts a lane for each account and the reminder clock. Call it once, inside a tokio runtime.
    ///
    /// # Errors
    /// `Storage` where the accounts can't be read.
    pub fn start(self: &Arc<Self>) -> Result<(), Error> {
        let accounts = self.store.read(|tx| tx.accounts())?;
        // First, since what came due meanwhile is known until the lanes read what became of it.
        let app = Arc::clone(self);
        let reminders = tokio::spawn(async move { app.remind_forever().await });
        *self.reminders.lock().unwrap_or_else(PoisonError::into_inner) = Some(reminders);
        for account in accounts {
            self.start_lane(&account.id);
        }
        Ok(())
    }

    /// Stops at once, whatever is under way. A request cut by this is looked up at the next start.
    pub fn stop(&self) {
        for (_, lane) in std::mem::take(&mut *self.lanes()) {
            lane.stop();
        }
        let mut reminders = self.reminders.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(task) = reminders.take() {
            task.abort();
        }
    }

    /// Ends the time in which deletions can be taken back, and gives them a moment to be sent.
    /// Whether none is left.
    ///
    /// # Errors
    /// `Storage`.
    pub async fn send_deletions(&self, within: TimeDelta) -> Result<bool, Error> {
        let until = self.clock.now() + within;
        self.store.write::<_, Error>(|tx| Ok(tx.end_grace(None)?))?;
        for lane in self.lanes().values() {
            lane.change_queued();
        }
        let mut events = self.events();
        loop {
            let left = self.open_changes()?;
            if !left.iter().any(|(change, _)| change.desired.aim == Aim::Deleted) {
                return Ok(true);
            }
            if self.clock.now() >= until {
                return Ok(false);
            }
            tokio::select! {
                biased;
                () = self.clock.sleep_towards(until) => {}
                _ = events.recv() => {}
            }
        }
    }

    /// Everything that happens from now on.
    pub fn events(&self) -> broadcast::Receiver<Event> {
        self.events.subscribe()
    }

    /// The database file that could not be used at start, if there was one.
    pub fn set_aside(&self) -> Option<&SetAside> {
        self.set_aside.as_ref()
    }

    /// What keeps the disk from taking changes, since the last one that it took.
    pub fn disk_trouble(&self) -> watch::Receiver<Option<String>> {
        self.store.trouble()
    }

    /// Whether the keychain can be used now.
    pub async fn keychain_state(&self) -> SecretStoreState {
        self.keychain.state().await
    }

    /// Tells whether the window is in front, which polls more often and at once.
    pub fn set_in_front(&self, in_front: bool) {
        let before = self.in_front.swap(in_front, Ordering::Relaxed);
        if in_front && !before {
            for lane in self.lanes().values() {
                lane.pull_now();
            }
        }
    }

    /// Looks for news at every account now, at its channels, too.
    pub fn refresh(&self) {
        for lane in self.lanes().values() {
            lane.refresh();
        }
    }

    /// Sets how many minutes before a post goes out it is announced; 0 for never.
    pub fn set_reminder_minutes(&self, minutes: u32) {
        self.reminder_minutes.store(minutes, Ordering::Relaxed);
    }

    /// How long before a post goes out it is announced; none for never.
    pub(crate) fn reminder_lead(&self) -> Option<TimeDelta> {
        let minutes = self.reminder_minutes.load(Ordering::Relaxed);
        (minutes > 0).then(|| TimeDelta::minutes(i64::from(minutes)))
    }

    pub(crate) fn is_in_front(&self) -> bool {
        self.in_front.load(Ordering::Relaxed)
    }

    pub(crate) fn secrets(&self, keep: KeepKey) -> &dyn SecretStore {
        match keep {
            KeepKey::Keychain => self.keychain.as_ref(),
            KeepKey::Session => &self.session,
        }
    }

    /// Starts an account's lane in place of the one before.
    pub(crate) fn start_lane(self: &Arc<Self>, account: &AccountId) {
        let handle = Lane::spawn(Arc::clone(self), account.clone());
        if let Some(before) = self.lanes().insert(account.clone(), handle) {
            before.stop();
        }
    }

    pub(crate) fn stop_lane(&self, account: &AccountId) {
        if let Some(lane) = self.lanes().remove(account) {
            lane.stop();
        }
    }

    pub(crate) fn wake_lane(&self, account: &AccountId) {
        if let Some(lane) = self.lanes().get(account) {
            lane.change_queued();
        }
    }

    pub(crate) fn reopen_lane(&self, account: &AccountId) {
        if let Some(lane) = self.lanes().get(account) {
            lane.reopen();
        }
    }

    /// The account's lane as the screen sees it.
    pub(crate) fn lane_view(&self, account: &AccountId) -> LaneView {
        self.lanes().get(account).map(LaneHandle::view).unwrap_or_default()
    }

    /// Now, by whichever is later: our clock, or that of the account's service.
    pub(crate) fn later_now(&self, account: &AccountId) -> DateTime<Utc> {
        self.clock.now() + self.lane_view(account).clock_ahead()
    }

    pub(crate) fn steps(&self) -> MutexGuard<'_, Steps> {
        self.steps.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn pending_connection(&self) -> MutexGuard<'_, Option<PendingConnection>> {
        self.pending_connection.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn emit(&self, event: Event) {
        // Having no listener is fine: the truth is on disk.
        let _ = self.events.send(event);
    }

    pub(crate) fn posts_changed(&self, posts: Vec<PostId>) {
        if !posts.is_empty() {
            self.emit(Event::PostsChanged(posts));
        }
    }

    pub(crate) fn problem(&self, post: &PostId, message: impl Into<String>) {
        self.emit(Event::Notice(Notice {
            level: NoticeLevel::Problem,
            message: message.into(),
            post: Some(post.clone()),
        }));
    }

    fn lanes(&self) -> MutexGuard<'_, BTreeMap<AccountId, LaneHandle>> {
        self.lanes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What of a lane is not on disk.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct LaneView {
    /// When the service last gave a sensible answer.
    pub last_contact: Option<DateTime<Utc>>,
    /// Until when nothing is asked of the service, where it asked for that or is in trouble.
    pub held_until: Option<DateTime<Utc>>,
    /// How far reading everything for the first time has come; none once that is done.
    pub progress: Option<Progress>,
    /// By how much the service's clock is ahead of ours; less than zero where it is behind.
    pub clock_difference: TimeDelta,
}

impl LaneView {
    /// How far the service's clock is ahead of ours; zero where it is not.
    pub fn clock_ahead(&self) -> TimeDelta {
        let ahead = self.clock_difference.max(TimeDelta::zero());
        if guard::holds(Guard::LaterClock) { ahead } else { TimeDelta::zero() }
    }

    /// By how much the clocks differ, where that is more than requests take.
    pub fn clocks_differ_by(&self) -> Option<TimeDelta> {
        Some(self.clock_difference).filter(|difference| difference.abs() > CLOCKS_AGREE)
    }
}

/// How far reading everything for the first time has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// How many posts were read.
    pub read: u32,
    /// How many there are, where the service has said so.
    pub total: Option<u32>,
}
