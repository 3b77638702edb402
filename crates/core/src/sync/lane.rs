//! A lane: all the requests of one account, one after another, writes first.
//!
//! No account's trouble slows another's. A lane takes one step at a time ([`Lane::step`]) and
//! sleeps between; a new change, the user or the clock wakes it.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::Notify;
use tokio::task::JoinHandle;

use super::ahead::Ahead;
use super::asking::{Turn, urgency_of};
use super::pull::Asked;
use super::pulls::Pulls;
use crate::app::{App, LaneView};
use crate::error::Error;
use crate::events::Event;
use crate::guard::{self, Guard};
use crate::model::{AccountId, Capabilities, Change, Health, HealthState, Post, PostId, RemoteId};
use crate::service::{Allowance, Disposition, Heard, Reading, SchedulingService, ServiceError};

/// For how long a read of a post is good enough to write on.
const FRESH_FOR: TimeDelta = TimeDelta::minutes(5);
/// Neither a wait between steps nor a single request takes longer: a longer gap means that the
/// machine slept.
const SLEPT: TimeDelta = TimeDelta::minutes(2);
const FIRST_BACKOFF: TimeDelta = TimeDelta::seconds(2);
pub(super) const LONGEST_BACKOFF: TimeDelta = TimeDelta::minutes(5);

/// The one worker of an account.
pub(crate) struct Lane {
    pub(crate) account: AccountId,
    pub(super) shared: Arc<LaneShared>,
    pub(super) live: Option<Live>,
    pub(super) pulls: Pulls,
    pub(super) ahead: Option<Ahead>,
    pub(super) told_progress_at: Option<DateTime<Utc>>,
    /// The service was heard of since the start, or the last sleep, and so how its clock differs.
    pub(crate) knows_clock: bool,
    /// When each post was last read.
    read_at: HashMap<PostId, DateTime<Utc>>,
    hold: Option<Hold>,
    /// How many requests a task for a change may take, as far as was seen.
    pub(super) kept_for_a_task: usize,
    pub(super) failures: u32,
    /// When the last step ended.
    last_step: DateTime<Utc>,
    /// A step did not come to its end: what it was sending may have arrived.
    was_interrupted: bool,
    /// The user was told that the service's clock is not ours.
    pub(super) told_clocks_differ: bool,
    /// A sweep was asked for to find what slipped through a pause of the account.
    pub(crate) looks_again: bool,
}

/// An adapter ready for requests, with what its service can do.
#[derive(Clone)]
pub(crate) struct Live {
    pub service: Arc<dyn SchedulingService>,
    pub capabilities: Capabilities,
    /// The service's name for people.
    pub name: String,
}

/// Until when no request is made.
#[derive(Clone, Copy)]
struct Hold {
    since: DateTime<Utc>,
    until: DateTime<Utc>,
    /// The service asked for it: nothing of ours ends it early.
    by_service: bool,
}

/// When the next step is due.
#[derive(Debug)]
pub(crate) enum Next {
    Now,
    At(DateTime<Utc>),
    /// The account is gone.
    Never,
}

/// What a lane shares with the rest of the app.
#[derive(Default)]
pub(super) struct LaneShared {
    wake: Notify,
    retry: AtomicBool,
    pull: AtomicBool,
    refresh: AtomicBool,
    reopen: AtomicBool,
    pub(super) view: Mutex<LaneView>,
}

/// A running lane.
pub(crate) struct LaneHandle {
    shared: Arc<LaneShared>,
    task: JoinHandle<()>,
}

impl LaneHandle {
    /// A change was queued: send it, also where we were only waiting for a connection.
    pub(crate) fn change_queued(&self) {
        self.shared.retry.store(true, Ordering::Relaxed);
        self.shared.wake.notify_one();
    }

    /// Look for news now.
    pub(crate) fn pull_now(&self) {
        self.shared.pull.store(true, Ordering::Relaxed);
        self.change_queued();
    }

    /// Look for news now, at the channels, too.
    pub(crate) fn refresh(&self) {
        self.shared.refresh.store(true, Ordering::Relaxed);
        self.change_queued();
    }

    /// The key was replaced: read it again.
    pub(crate) fn reopen(&self) {
        self.shared.reopen.store(true, Ordering::Relaxed);
        self.refresh();
    }

    pub(crate) fn view(&self) -> LaneView {
        *self.shared.view.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Stops at once, whatever is under way.
    pub(crate) fn stop(self) {
        self.task.abort();
    }
}

impl Lane {
    /// Starts the account's lane.
    pub(crate) fn spawn(app: Arc<App>, account: AccountId) -> LaneHandle {
        let shared = Arc::new(LaneShared::default());
        let lane = Self {
            account,
            shared: Arc::clone(&shared),
            live: None,
            pulls: Pulls::default(),
            ahead: None,
            told_progress_at: None,
            knows_clock: false,
            read_at: HashMap::new(),
            hold: None,
            kept_for_a_task: 1,
            failures: 0,
            last_step: app.clock.now(),
            was_interrupted: true,
            told_clocks_differ: false,
            looks_again: false,
        };
        LaneHandle { shared, task: tokio::spawn(lane.run(app)) }
    }

    async fn run(mut self, app: Arc<App>) {
        loop {
            let began = app.clock.now();
            let next = self.step(&app).await.unwrap_or_else(|error| {
                tracing::error!(account = %self.account, %error, "a step failed");
                self.was_interrupted = true;
                Next::At(app.clock.now() + FIRST_BACKOFF)
            });
            // Where the clock was set back meanwhile, the next step is to notice.
            self.last_step = app.clock.now().max(began);
            match next {
                Next::Now => tokio::task::yield_now().await,
                Next::At(time) => tokio::select! {
                    biased;
                    () = app.clock.sleep_towards(time) => {}
                    () = self.shared.wake.notified() => {}
                },
                Next::Never => return,
            }
        }
    }

    /// Makes at most one request, the most pressing one, and says when to go on.
    async fn step(&mut self, app: &App) -> Result<Next, Error> {
        let now = app.clock.now();
        if was_set_back(self.last_step, now) {
            app.store.write::<_, Error>(|tx| Ok(tx.clock_was_set_back(&self.account, now)?))?;
        }
        self.take_signals(now);
        if self.was_interrupted {
            let posts = app.store.write::<_, Error>(|tx| {
                tx.end_grace(Some(&self.account))?;
                let posts = tx.interrupt_sending(&self.account, now)?;
                for post in posts.iter().filter(|_| !guard::holds(Guard::CrashIsUnknown)) {
                    if let Some(change) = tx.attempted_change(post)? {
                        tx.put_off(&change, None, "Sent again unseen.", now)?;
                    }
                }
                Ok(posts)
            })?;
            self.was_interrupted = false;
            app.posts_changed(posts);
        }
        let Some(account) = app.store.read(|tx| tx.account(&self.account))? else {
            return Ok(Next::Never);
        };
        self.close_what_is_too_late(app, &account)?;
        if let Some(hold) = self.hold {
            if now < hold.until && !was_set_back(hold.since, now) {
                return Ok(Next::At(hold.until));
            }
            self.hold = None;
        }
        let live = match &self.live {
            Some(live) => live.clone(),
            None => match self.open(app, &account).await? {
                Ok(live) => live,
                Err(next) => return Ok(next),
            },
        };
        let next_change = match self.choose(app, now)? {
            Turn::LookFor(change) => {
                self.wait_for_ahead().await;
                self.look_for_effect(app, &live, &change).await?;
                return Ok(Next::Now);
            }
            Turn::Send(change) => {
                self.wait_for_ahead().await;
                self.send(app, &live, &change).await?;
                return Ok(Next::Now);
            }
            Turn::None(until) => until,
        };
        self.look_again_after_pause(app)?;
        if self.pull(app, &live).await? {
            return Ok(Next::Now);
        }
        let next_pull = self.pulls.next_at(now);
        Ok(Next::At(next_change.map_or(next_pull, |time| time.min(next_pull))))
    }

    fn take_signals(&mut self, now: DateTime<Utc>) {
        if slept(self.last_step, now) {
            self.read_at.clear();
            self.knows_clock = false;
            self.hold = self.hold.filter(|hold| hold.by_service);
            self.shared.pull.store(true, Ordering::Relaxed);
        }
        if self.shared.reopen.swap(false, Ordering::Relaxed) {
            self.live = None;
            self.ahead = None;
            self.hold = None;
            self.failures = 0;
        }
        if self.shared.retry.swap(false, Ordering::Relaxed)
            && let Some(hold) = self.hold.as_mut().filter(|hold| !hold.by_service)
        {
            // However many changes are queued, a service in trouble is not asked more often.
            hold.until = hold.until.min(hold.since + FIRST_BACKOFF);
            self.show_hold();
        }
        if self.shared.pull.swap(false, Ordering::Relaxed) {
            self.pulls.poll_now();
        }
        if self.shared.refresh.swap(false, Ordering::Relaxed) {
            self.pulls.refresh();
        }
    }

    /// Reads one post and takes over what was found.
    pub(crate) async fn read_post(
        &mut self,
        app: &App,
        live: &Live,
        post: &Post,
        remote: &RemoteId,
        change: &Change,
    ) -> Result<Result<Reading, ServiceError>, Error> {
        let near = crate::outbox::near_times(post, change);
        let asked = Asked::now(app)?;
        let reading = live.service.read(remote, &near);
        match self.ask(app, live, urgency_of(change), reading).await {
            Ok(answer) => {
                self.answered(app, answer.heard)?;
                if let Reading::Found(found) = &answer.value {
                    self.merge_found(app, found, asked)?;
                    self.mark_fresh(&post.id, asked.at);
                }
                Ok(Ok(answer.value))
            }
            Err(error) => Ok(Err(error)),
        }
    }

    /// The service gave a sensible answer: all is well again. Where it allows no more requests for
    /// now, the lane waits before it is told to.
    pub(crate) fn answered(&mut self, app: &App, heard: Heard) -> Result<(), Error> {
        let now = app.clock.now();
        self.failures = 0;
        self.knows_clock = true;
        self.heard_allowance(heard, now);
        self.hold = heard.allowance.filter(|allowance| allowance.remaining == 0).map(
            |Allowance { renewed_at, .. }| Hold {
                since: now,
                until: renewed_at.min(now + LONGEST_BACKOFF),
                by_service: true,
            },
        );
        self.show_hold();
        {
            let mut view = self.shared.view.lock().unwrap_or_else(PoisonError::into_inner);
            view.last_contact = Some(now);
            if let Some(date) = heard.date {
                view.clock_difference = date - now;
            }
        }
        self.tell_clock_difference(app);
        self.set_health(app, &Health::ok())
    }

    /// Notes an error of a request and holds the lane.
    pub(crate) fn trouble(
        &mut self,
        app: &App,
        live: &Live,
        error: &ServiceError,
    ) -> Result<(), Error> {
        let now = app.clock.now();
        self.failures += 1;
        let state = match error {
            ServiceError::NotSent { .. } | ServiceError::Interrupted { .. } => {
                HealthState::Unreachable
            }
            ServiceError::RateLimited { .. } => HealthState::Limited,
            ServiceError::KeyRefused { .. } => HealthState::NeedsKey,
            _ => HealthState::Error,
        };
        let said = match error {
            ServiceError::NotSent { .. } => format!("{} can’t be reached.", live.name),
            ServiceError::KeyRefused { sentence } => {
                format!("{} does not accept the key: {sentence}", live.name)
            }
            other => other.to_string(),
        };
        if !matches!(state, HealthState::Limited | HealthState::NeedsKey) {
            self.must_read_again();
        }
        if state == HealthState::NeedsKey {
            self.live = None;
        }
        let wait = named_wait(error).unwrap_or_else(|| backoff(self.failures));
        if state == HealthState::Limited {
            self.hold_quota(wait, now);
        }
        self.hold =
            Some(Hold { since: now, until: now + wait, by_service: state == HealthState::Limited });
        self.show_hold();
        let health = Health::trouble(state, said);
        if !self.note_health(app, &health)? {
            // It is as it was, and until later.
            app.emit(Event::AccountsChanged);
        }
        Ok(())
    }

    /// Notes how the account is doing, and tells the screen where that is news.
    pub(super) fn set_health(&self, app: &App, health: &Health) -> Result<(), Error> {
        self.note_health(app, health).map(|_| ())
    }

    /// Says whether it was news.
    fn note_health(&self, app: &App, health: &Health) -> Result<bool, Error> {
        let known = app.store.read(|tx| tx.account(&self.account))?;
        let is_news = known.is_some_and(|account| account.health != *health);
        if is_news {
            app.store.write::<_, Error>(|tx| Ok(tx.set_health(&self.account, health)?))?;
            app.emit(Event::AccountsChanged);
        }
        Ok(is_news)
    }

    /// What people call the service, once the lane is open.
    pub(super) fn service_name(&self) -> Option<&str> {
        self.live.as_ref().map(|live| live.name.as_str())
    }

    /// Whether nothing may be asked of the service for now.
    pub(super) fn is_held(&self) -> bool {
        self.hold.is_some()
    }

    /// Lets the screen say until when nothing is asked of the service.
    fn show_hold(&self) {
        let mut view = self.shared.view.lock().unwrap_or_else(PoisonError::into_inner);
        view.held_until = self.hold.map(|hold| hold.until);
    }

    /// Now, by whichever is later: our clock, or the service's.
    pub(crate) fn later_now(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        now + self.shared.view.lock().unwrap_or_else(PoisonError::into_inner).clock_ahead()
    }

    pub(crate) fn is_fresh(&self, post: &PostId, now: DateTime<Utc>) -> bool {
        self.read_at.get(post).is_some_and(|at| is_fresh(*at, now))
    }

    pub(crate) fn mark_fresh(&mut self, post: &PostId, at: DateTime<Utc>) {
        self.read_at.insert(post.clone(), at);
    }

    /// When to look again for a single post that could not be found, without holding the others.
    pub(crate) fn back_off_change(&self, app: &App, change: &Change) -> DateTime<Utc> {
        let now = app.clock.now();
        let free_at = self.hold.map_or(now, |hold| hold.until.max(now));
        free_at + backoff(change.attempts + change.not_found_reads + 4)
    }

    /// Holds the lane after a request for a change failed, and says until when the change waits
    /// beyond that: trouble that may be the post's own leaves the lane to others for a while, and a
    /// post that is not settled at its service holds up nobody else.
    pub(crate) fn trouble_with(
        &mut self,
        app: &App,
        live: &Live,
        change: &Change,
        error: &ServiceError,
    ) -> Result<Option<DateTime<Utc>>, Error> {
        if matches!(error, ServiceError::Unsettled { .. }) {
            return Ok(Some(self.back_off_change(app, change)));
        }
        self.trouble(app, live, error)?;
        Ok(match error.disposition() {
            Disposition::Later { .. } => named_wait(error).map(|wait| app.clock.now() + wait),
            Disposition::NeedsKey => None,
            Disposition::Unknown | Disposition::Refused => Some(self.back_off_change(app, change)),
        })
    }

    /// Forgets the reads that nothing can be written on any more.
    pub(super) fn forget_old_reads(&mut self, now: DateTime<Utc>) {
        self.read_at.retain(|_, at| is_fresh(*at, now));
    }

    /// What happened meanwhile was not seen: no post may be written before it is read again.
    pub(crate) fn must_read_again(&mut self) {
        self.read_at.clear();
    }

    /// This post may not be written before it is read again.
    pub(crate) fn must_read_post_again(&mut self, post: &PostId) {
        self.read_at.remove(post);
    }
}

/// Whether the machine slept, or its clock was set, between two moments that lie close together.
pub(crate) fn slept(before: DateTime<Utc>, after: DateTime<Utc>) -> bool {
    (after - before).abs() > SLEPT
}

/// Whether the clock was set back since.
fn was_set_back(before: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now < before && slept(before, now)
}

fn is_fresh(read_at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    (TimeDelta::zero()..FRESH_FOR).contains(&(now - read_at))
}

/// How long the service asked to wait.
fn named_wait(error: &ServiceError) -> Option<TimeDelta> {
    match error.disposition() {
        Disposition::Later { retry_after: Some(wait) } => {
            Some(TimeDelta::from_std(wait).unwrap_or(LONGEST_BACKOFF))
        }
        _ => None,
    }
}

/// Doubles with each failure, up to five minutes, give or take a fifth.
fn backoff(failures: u32) -> TimeDelta {
    let doubled = FIRST_BACKOFF * 2_i32.pow(failures.saturating_sub(1).min(10));
    let wait = doubled.min(LONGEST_BACKOFF).num_milliseconds();
    TimeDelta::milliseconds(wait * fastrand::i64(80..=120) / 100)
}
