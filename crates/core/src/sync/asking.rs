//! Asking: every request of a lane is made here, within what its key may ask, and counted.
//!
//! A key may be shared: then its accounts' lanes go by one quota, and what the service asks of one of
//! them, to wait, holds for all.

use chrono::{DateTime, TimeDelta, Utc};

use super::budget::Urgency;
use super::lane::{LONGEST_BACKOFF, Lane, Live};
use crate::app::App;
use crate::error::Error;
use crate::model::Change;
use crate::service::Heard;
use crate::store::Sendable;

/// A task that takes more requests than this is counted, but room is not kept for all of them.
const MOST_KEPT: usize = 5;

/// What of the account's changes comes next.
pub(super) enum Turn {
    /// The outcome of this one is to be found out.
    LookFor(Change),
    /// This one is to be sent.
    Send(Change),
    /// Nothing until then, or until something happens.
    None(Option<DateTime<Utc>>),
}

impl Lane {
    /// Chooses the change whose turn it is, of those that may be asked for now: where all that the
    /// key may ask is used up but the last slot, a pause; where creations are, anything else.
    pub(super) fn choose(&self, app: &App, now: DateTime<Utc>) -> Result<Turn, Error> {
        let free_at = |urgency| self.pulls.quota.free_at(urgency, self.kept_for_a_task, now);
        let is_free = |urgency| free_at(urgency) <= now;
        let unknown = app.store.read(|tx| tx.unknown_changes(&self.account))?;
        let is_due = |change: &&Change| change.not_before.is_none_or(|time| time <= now);
        let mut looked_for = unknown.iter().filter(is_due);
        if let Some(change) = looked_for.find(|change| is_free(urgency_of(change))) {
            return Ok(Turn::LookFor(change.clone()));
        }
        let allowed = [
            (Urgency::Create, Sendable::All),
            (Urgency::Write, Sendable::AllButNew),
            (Urgency::Pause, Sendable::Pauses),
        ];
        let allowed = allowed.into_iter().find(|(urgency, _)| is_free(*urgency));
        let (next, (is_any_due, next_due)) = app.store.read(|tx| {
            let next = match allowed {
                Some((_, sendable)) => tx.next_sendable(&self.account, sendable, now)?,
                None => None,
            };
            Ok((next, tx.due_changes(&self.account, now)?))
        })?;
        if let Some(change) = next {
            return Ok(Turn::Send(change));
        }
        // What is due and was passed over waits for a slot.
        let blocked = [Urgency::Pause, Urgency::Write, Urgency::Create].map(free_at);
        let blocked = blocked.into_iter().filter(|at| *at > now).min();
        let blocked = blocked.filter(|_| is_any_due);
        let later = unknown.iter().filter_map(|change| change.not_before);
        let later = later.chain(next_due).filter(|at| *at > now).min();
        Ok(Turn::None(blocked.into_iter().chain(later).min()))
    }

    /// Asks the service for something, and counts the requests that it took. Nothing else of this
    /// account may be under way meanwhile.
    pub(crate) async fn ask<T>(
        &mut self,
        app: &App,
        live: &Live,
        urgency: Urgency,
        asking: impl Future<Output = T>,
    ) -> T {
        self.wait_for_ahead().await;
        let before = live.service.requests_made();
        let is_poll = matches!(urgency, Urgency::Poll | Urgency::Sweep);
        let kept = if is_poll { 1 } else { self.kept_for_a_task };
        let under_way = self.pulls.quota.begin(urgency, kept, app.clock.now());
        let answer = asking.await;
        let made = live.service.requests_made().zip(before);
        let made = made.map_or(1, |(after, before)| usize::try_from(after - before).unwrap_or(1));
        under_way.end(made, app.clock.now());
        if !is_poll {
            self.kept_for_a_task = self.kept_for_a_task.max(made).min(MOST_KEPT);
        }
        answer
    }

    /// Takes note of what the service says is left of its limit.
    pub(super) fn heard_allowance(&self, heard: Heard, now: DateTime<Utc>) {
        if let Some(mut allowance) = heard.allowance {
            allowance.renewed_at = allowance.renewed_at.min(now + LONGEST_BACKOFF);
            self.pulls.quota.heard(allowance, now);
        }
    }

    /// The service asked to wait: so does every account with the same key.
    pub(super) fn hold_quota(&self, wait: TimeDelta, now: DateTime<Utc>) {
        self.pulls.quota.hold(now + wait, now);
    }
}

/// How pressing a change is that is to be sent, or was.
pub(crate) fn urgency_of(change: &Change) -> Urgency {
    if change.keeps_post_in() { Urgency::Pause } else { Urgency::Write }
}
