//! What a lane still has to read, in which order, and when it will look for more.
//!
//! What was changed last and what goes out soon is polled; the sweep of everything else goes on in
//! the background, between the polls. Both keep within the budget.

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

use super::budget::Urgency;
use super::quotas::Quota;
use crate::app::Progress;
use crate::model::{PostId, RemoteId};
use crate::service::{ListQuery, PageToken};

const SWEEP_EVERY: TimeDelta = TimeDelta::hours(6);
const SWEEP_BACK: TimeDelta = TimeDelta::days(90);
const SWEEP_AHEAD: TimeDelta = TimeDelta::days(730);
/// A sweep that nobody waits for makes no more than a request in so long.
const SWEEP_PACE: TimeDelta = TimeDelta::seconds(10);
const POLL_BACK: TimeDelta = TimeDelta::hours(6);
/// What goes out within this is polled.
pub(super) const POLL_AHEAD: TimeDelta = TimeDelta::hours(48);
/// However many pages the list of what goes out soon has, it takes a third of the budget, or a
/// request in so long where there is none. A service that can't be asked for a span of time lists
/// everything.
const NEAR_PACE: TimeDelta = TimeDelta::seconds(15);
const NEAR_SHARE: i32 = 3;

/// What a lane still has to read, and when it will look for more.
#[derive(Default)]
pub(crate) struct Pulls {
    /// What the account's key may ask.
    pub(super) quota: Arc<Quota>,
    /// What is read next.
    queue: VecDeque<Pull>,
    /// What is read where nothing else is.
    background: VecDeque<Pull>,
    background_from: Option<DateTime<Utc>>,
    background_pace: TimeDelta,
    next_poll: Option<DateTime<Utc>>,
    /// When the list of what goes out soon may be read again.
    near_from: Option<DateTime<Utc>>,
    asked_for: AskedFor,
    pub(super) sweep: Option<Sweep>,
}

/// What the next poll is to look at beyond what it would.
#[derive(Default)]
struct AskedFor {
    near: bool,
    channels: bool,
    sweep: bool,
}

/// One request to come.
pub(super) enum Pull {
    Channels,
    List(Place),
    Post(PostId),
    /// A post that a whole sweep did not show.
    Missing(PostId),
    /// The end of a sweep.
    Swept,
}

/// A place in a list, after so many pages.
pub(super) struct Place {
    pub query: ListQuery,
    pub page: Option<PageToken>,
    pub pages: u32,
    /// Whether it was begun anew, since the service refused a place in it.
    pub is_anew: bool,
}

impl Place {
    /// The beginning of a list.
    fn first(query: ListQuery) -> Self {
        Self { query, page: None, pages: 0, is_anew: false }
    }
}

/// A sweep under way.
pub(super) struct Sweep {
    pub from: DateTime<Utc>,
    pub to: DateTime<Utc>,
    pub seen: HashSet<RemoteId>,
    /// Whether it is the account's first.
    pub is_first: bool,
    drafts: Option<u64>,
    dated: Option<u64>,
}

impl Sweep {
    /// Notes how many posts one of its lists has, by the service's word.
    pub fn heard_total(&mut self, query: &ListQuery, total: u64) {
        match query {
            ListQuery::Drafts => self.drafts = Some(total),
            ListQuery::Dated { to, .. } if *to == self.to => self.dated = Some(total),
            ListQuery::Dated { .. } | ListQuery::RecentlyChanged => {}
        }
    }

    pub fn progress(&self) -> Progress {
        let count = |count| u32::try_from(count).unwrap_or(u32::MAX);
        let read = u32::try_from(self.seen.len()).unwrap_or(u32::MAX);
        let total = self.drafts.zip(self.dated).map(|(drafts, dated)| count(drafts + dated));
        // A draft with a time is in both lists, and posts are made meanwhile.
        Progress { read, total: total.map(|total| total.max(read)) }
    }
}

impl Pulls {
    /// Look for news at the next step.
    pub fn poll_now(&mut self) {
        self.next_poll = None;
        self.asked_for.near = true;
    }

    /// Look for news at the next step, at the channels, too.
    pub fn refresh(&mut self) {
        self.poll_now();
        self.asked_for.channels = true;
    }

    /// Read everything before long.
    pub fn sweep_soon(&mut self) {
        self.next_poll = None;
        self.asked_for.sweep = true;
    }

    /// Whether a sweep that was asked for has not begun.
    pub fn is_sweep_asked_for(&self) -> bool {
        self.asked_for.sweep
    }

    /// Look for news by then.
    pub fn poll_by(&mut self, time: DateTime<Utc>) {
        self.next_poll = Some(self.next_poll.map_or(time, |next| next.min(time)));
    }

    /// Whether it is time to look for news.
    pub fn is_poll_due(&self, now: DateTime<Utc>) -> bool {
        self.queue.is_empty() && self.next_poll.is_none_or(|time| time <= now)
    }

    /// Decides what to read now. `overdue` are posts whose time is past and which still stand as
    /// scheduled here.
    pub fn plan(
        &mut self,
        now: DateTime<Utc>,
        swept_at: Option<DateTime<Utc>>,
        overdue: Vec<PostId>,
        next_poll: DateTime<Utc>,
    ) {
        self.next_poll = Some(next_poll);
        let is_sweep_due =
            self.asked_for.sweep || swept_at.is_none_or(|at| now - at >= SWEEP_EVERY);
        let begins_sweep = is_sweep_due && self.sweep.is_none() && self.background.is_empty();
        let AskedFor { near, channels, sweep } = std::mem::take(&mut self.asked_for);
        self.asked_for.sweep = sweep && !begins_sweep;
        let is_first = begins_sweep && swept_at.is_none();
        let is_near_due = near || self.near_from.is_none_or(|time| time <= now);
        if channels || begins_sweep {
            self.queue.push_back(Pull::Channels);
        }
        if !is_first {
            self.list(ListQuery::RecentlyChanged);
        }
        if is_first || is_near_due {
            self.list(ListQuery::Dated { from: now - POLL_BACK, to: now + POLL_AHEAD });
        } else {
            self.queue.extend(overdue.into_iter().map(Pull::Post));
        }
        if begins_sweep {
            self.background_pace = if is_first || sweep { TimeDelta::zero() } else { SWEEP_PACE };
            self.begin_sweep(now, is_first);
        }
    }

    fn begin_sweep(&mut self, now: DateTime<Utc>, is_first: bool) {
        let (from, to) = (now - SWEEP_BACK, now + SWEEP_AHEAD);
        let seen = HashSet::new();
        self.sweep = Some(Sweep { from, to, seen, is_first, drafts: None, dated: None });
        let all = [ListQuery::Drafts, ListQuery::Dated { from, to }];
        let all = all.map(|query| Pull::List(Place::first(query)));
        self.background.extend(all);
        self.background.push_back(Pull::Swept);
    }

    fn list(&mut self, query: ListQuery) {
        self.queue.push_back(Pull::List(Place::first(query)));
    }

    /// The next read, if it is time for one.
    pub fn take(&mut self, now: DateTime<Utc>) -> Option<(Urgency, Pull)> {
        let (urgency, _) = self.ready_at(now).filter(|(_, at)| *at <= now)?;
        let pull = match urgency {
            Urgency::Sweep => {
                self.background_from = Some(now + self.background_pace);
                self.background.pop_front()
            }
            _ => self.queue.pop_front(),
        };
        Some((urgency, pull?))
    }

    /// Whether the next page of a list may be asked for at once.
    pub fn may_read_on(&self, urgency: Urgency, now: DateTime<Utc>) -> bool {
        let from = match urgency {
            Urgency::Sweep => self.background_from.unwrap_or(now),
            _ => now,
        };
        from.max(self.quota.free_at(urgency, 1, now)) <= now
    }

    /// Reads this before anything else of its urgency.
    pub fn read_first(&mut self, urgency: Urgency, pull: Pull) {
        match urgency {
            Urgency::Sweep => self.background.push_front(pull),
            _ => self.queue.push_front(pull),
        }
    }

    /// Gives up a list that can't be read to its end. A sweep without it shows nothing as missing, so it
    /// is begun again another time.
    pub fn give_up(&mut self, urgency: Urgency) {
        if urgency == Urgency::Sweep {
            self.background.clear();
            self.sweep = None;
        }
    }

    /// Reads a post by itself where nothing else is to be read.
    pub fn look_for_missing(&mut self, post: PostId) {
        self.background.push_back(Pull::Missing(post));
    }

    /// A list was read to its end, which took so many pages.
    pub fn list_ended(&mut self, urgency: Urgency, place: &Place, now: DateTime<Utc>) {
        if urgency == Urgency::Poll && matches!(place.query, ListQuery::Dated { .. }) {
            let pages = i32::try_from(place.pages + 1).unwrap_or(i32::MAX);
            let pace = self.quota.pace().map_or(NEAR_PACE, |pace| pace * NEAR_SHARE);
            self.near_from = Some(now + pace * pages);
        }
    }

    /// When there is something to read, at the latest.
    pub fn next_at(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        let ready_at = self.ready_at(now).map(|(_, at)| at);
        let poll_at = self.queue.is_empty().then(|| self.next_poll.unwrap_or(now));
        ready_at.into_iter().chain(poll_at).min().unwrap_or(now)
    }

    fn ready_at(&self, now: DateTime<Utc>) -> Option<(Urgency, DateTime<Utc>)> {
        if !self.queue.is_empty() {
            return Some((Urgency::Poll, self.quota.free_at(Urgency::Poll, 1, now)));
        }
        let from = self.background_from.unwrap_or(now);
        let free_at = match self.background.front()? {
            // Nothing is asked of the service.
            Pull::Swept => from,
            _ => self.quota.free_at(Urgency::Sweep, 1, now),
        };
        Some((Urgency::Sweep, free_at.max(from)))
    }
}
