//! What a key may ask: as many requests as its service allows, by its documents, within any span.
//!
//! What a change needs goes first, and a pause before all else: one slot is kept for it. Reads that no
//! change waits for take at most a third, and leave a third of what is allowed free: a queue that is
//! being sent does not wait for them. The budget is kept in memory; after a restart it begins anew,
//! and what the service says of its limit holds.

use std::collections::VecDeque;

use chrono::{DateTime, TimeDelta, Utc};

use crate::service::{Allowance, Counted, RequestLimit};

/// One part in so many of what the service allows is for polling.
const SHARE: u32 = 3;
/// When to look again where only answers that are still to come stand in the way.
const SOON: TimeDelta = TimeDelta::seconds(1);

/// What a request is for, and so how much of the budget it may use up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Urgency {
    /// Keeps a post from going out.
    Pause,
    /// What any other change needs, to be sent or looked up: a slot is left to pauses.
    Write,
    /// Creates a post; some services limit that by itself.
    Create,
    /// What goes out soon, what was changed last, and what the user looks at.
    Poll,
    /// Everything else: a fifth of the polling budget is left to polls meanwhile.
    Sweep,
}

impl Urgency {
    fn is_poll(self) -> bool {
        matches!(self, Self::Poll | Self::Sweep)
    }

    /// How many of all requests that a limit allows may have been made once this one is.
    fn part_of_all(self, most: usize) -> usize {
        match self {
            Self::Pause => most,
            Self::Write | Self::Create => most.saturating_sub(1).max(1),
            Self::Poll | Self::Sweep => (most * 2 / 3).max(1),
        }
    }

    /// The same of what is for polling.
    fn part_of_polls(self, most: usize) -> usize {
        match self {
            Self::Sweep => (most * 4 / 5).max(1),
            _ => most,
        }
    }
}

/// The requests that were made of late, and how many may be.
#[derive(Debug, Default)]
pub(super) struct Budget {
    all: Log,
    polls: Log,
    creations: Log,
    /// Nothing is asked: the service asked to wait.
    held: Option<Span>,
    /// What the service last said is left, and for how long that holds.
    left: Option<(u32, Span)>,
}

/// From when until when something holds.
#[derive(Clone, Copy, Debug)]
struct Span {
    since: DateTime<Utc>,
    until: DateTime<Utc>,
}

impl Span {
    /// Whether it holds; not where the clock was set back to before it began.
    fn holds(self, now: DateTime<Utc>) -> bool {
        (self.since..self.until).contains(&now)
    }
}

impl Budget {
    /// Goes by these limits from now on; what was spent stays spent.
    pub fn set_limits(&mut self, limits: &[RequestLimit]) {
        let of = |counted, share: u32| {
            let counts = limits.iter().filter(move |limit| limit.counts == counted);
            let most = move |limit: &RequestLimit| {
                usize::try_from((limit.requests / share).max(1)).unwrap_or(usize::MAX)
            };
            counts.map(move |limit| Limit { most: most(limit), per: limit.per }).collect()
        };
        self.all.limits = of(Counted::All, 1);
        self.polls.limits = of(Counted::All, SHARE);
        self.creations.limits = of(Counted::Creations, 1);
    }

    /// When so many requests may be made; they may at once where that is not after `now`.
    pub fn free_at(
        &mut self,
        urgency: Urgency,
        requests: usize,
        now: DateTime<Utc>,
    ) -> DateTime<Utc> {
        let mut free_at = self.all.free_at(|most| urgency.part_of_all(most), requests, now);
        if urgency.is_poll() {
            let polls = self.polls.free_at(|most| urgency.part_of_polls(most), requests, now);
            free_at = free_at.max(polls);
        }
        if urgency == Urgency::Create {
            free_at = free_at.max(self.creations.free_at(|most| most, 1, now));
        }
        if let Some(held) = self.held.filter(|held| held.holds(now)) {
            free_at = free_at.max(held.until);
        }
        if let Some((left, span)) = self.left.filter(|(_, span)| span.holds(now)) {
            let kept = usize::from(urgency != Urgency::Pause);
            if usize::try_from(left).is_ok_and(|left| left < self.all.under_way + requests + kept) {
                free_at = free_at.max(span.until);
            }
        }
        free_at
    }

    /// How much time there is for each polling request, all day long; none where there is no budget.
    pub fn pace(&self) -> Option<TimeDelta> {
        let limits = self.polls.limits.iter();
        limits.filter_map(|limit| Some(limit.per / i32::try_from(limit.most).ok()?)).max()
    }

    /// Keeps room for so many requests that are about to be made.
    pub fn begin(&mut self, urgency: Urgency, requests: usize) {
        self.all.under_way += requests;
        if urgency.is_poll() {
            self.polls.under_way += requests;
        }
        if urgency == Urgency::Create {
            self.creations.under_way += 1;
        }
    }

    /// Counts what was made of what room was kept for.
    pub fn end(&mut self, urgency: Urgency, kept: usize, made: usize, now: DateTime<Utc>) {
        self.all.end(kept, made, now);
        if urgency.is_poll() {
            self.polls.end(kept, made, now);
        }
        if urgency == Urgency::Create {
            self.creations.end(1, made.min(1), now);
        }
        if let Some((left, _)) = &mut self.left {
            *left = left.saturating_sub(u32::try_from(made).unwrap_or(u32::MAX));
        }
    }

    /// Counts requests that were made.
    pub fn spend(&mut self, urgency: Urgency, requests: usize, now: DateTime<Utc>) {
        self.begin(urgency, requests);
        self.end(urgency, requests, requests, now);
    }

    /// Asks nothing until then, or until what was asked for before where that is later.
    pub fn hold(&mut self, until: DateTime<Utc>, now: DateTime<Utc>) {
        let before = self.held.filter(|held| held.holds(now)).map(|held| held.until);
        self.held = Some(Span { since: now, until: before.map_or(until, |it| it.max(until)) });
    }

    /// Goes by what the service says is left.
    pub fn heard(&mut self, allowance: Allowance, now: DateTime<Utc>) {
        let span = Span { since: now, until: allowance.renewed_at };
        self.left = Some((allowance.remaining, span));
    }
}

/// Requests of one kind.
#[derive(Debug, Default)]
struct Log {
    limits: Vec<Limit>,
    /// When the last ones were made, oldest first: as many as the largest limit has.
    made: VecDeque<DateTime<Utc>>,
    /// How many are being made.
    under_way: usize,
}

/// At most so many requests within so long.
#[derive(Debug)]
struct Limit {
    most: usize,
    per: TimeDelta,
}

impl Log {
    fn free_at(
        &mut self,
        part: impl Fn(usize) -> usize,
        requests: usize,
        now: DateTime<Utc>,
    ) -> DateTime<Utc> {
        // Where the clock was set back, what was made then was made by now.
        for time in self.made.iter_mut().rev().take_while(|time| **time > now) {
            *time = now;
        }
        let ends = self.limits.iter().filter_map(|limit| {
            let allowed = part(limit.most);
            let wanted = self.made.len() + self.under_way + requests.min(allowed);
            let last_to_be_forgotten = wanted.checked_sub(allowed)?.checked_sub(1)?;
            let made = self.made.get(last_to_be_forgotten);
            Some(made.map_or(now + SOON, |made| *made + limit.per))
        });
        ends.max().unwrap_or(now)
    }

    fn end(&mut self, kept: usize, made: usize, now: DateTime<Utc>) {
        self.under_way = self.under_way.saturating_sub(kept);
        let most = self.limits.iter().map(|limit| limit.most).max().unwrap_or_default();
        for _ in 0..made.min(most) {
            self.made.push_back(now);
        }
        self.made.drain(..self.made.len().saturating_sub(most));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp_secs(1_800_000_000 + seconds).unwrap()
    }

    fn budget(limits: &[(u32, TimeDelta)]) -> Budget {
        let limits: Vec<_> =
            limits.iter().map(|&(requests, per)| RequestLimit::of_all(requests, per)).collect();
        let mut budget = Budget::default();
        budget.set_limits(&limits);
        budget
    }

    #[test]
    fn a_third_of_a_limit_is_spent_and_the_next_request_waits_for_the_first_to_be_forgotten() {
        let mut budget = budget(&[(60, TimeDelta::minutes(1))]);
        for second in 0..20 {
            assert!(budget.free_at(Urgency::Poll, 1, at(second)) <= at(second), "{second}");
            budget.spend(Urgency::Poll, 1, at(second));
        }
        assert_eq!(budget.free_at(Urgency::Poll, 1, at(20)), at(60));
        budget.spend(Urgency::Poll, 1, at(60));
        assert_eq!(budget.free_at(Urgency::Poll, 1, at(60)), at(61));
    }

    #[test]
    fn no_span_of_a_minute_an_hour_or_a_day_ever_has_more_than_a_third() {
        let limits = [
            (60, TimeDelta::minutes(1)),
            (1_000, TimeDelta::hours(1)),
            (10_000, TimeDelta::days(1)),
        ];
        let mut budget = budget(&limits);
        let (mut now, mut made) = (at(0), Vec::new());
        while now < at(2 * 86_400) {
            let free_at = budget.free_at(Urgency::Poll, 1, now);
            if free_at > now {
                now = free_at;
                continue;
            }
            budget.spend(Urgency::Poll, 1, now);
            made.push(now);
            now += TimeDelta::milliseconds(100);
        }
        for (requests, per) in limits {
            let most = usize::try_from(requests / 3).unwrap();
            for window in made.windows(most + 1) {
                assert!(window[most] - window[0] >= per, "{per}: {window:?}");
            }
        }
        assert_eq!(made.len(), 2 * 3_333);
    }

    #[test]
    fn a_sweep_leaves_a_fifth_to_polls() {
        let mut budget = budget(&[(60, TimeDelta::minutes(1))]);
        budget.spend(Urgency::Poll, 16, at(0));
        assert_eq!(budget.free_at(Urgency::Sweep, 1, at(1)), at(60));
        assert_eq!(budget.free_at(Urgency::Poll, 1, at(1)), at(1));
    }

    #[test]
    fn a_service_without_documented_limits_has_no_budget_and_nothing_is_kept() {
        let mut budget = budget(&[]);
        budget.spend(Urgency::Poll, 1_000_000, at(0));
        assert_eq!(budget.free_at(Urgency::Sweep, 1, at(0)), at(0));
        assert_eq!(budget.all.made.len(), 0);
        assert_eq!(budget.pace(), None);
    }

    #[test]
    fn the_pace_is_that_of_the_span_that_leaves_the_most_time() {
        let budget = budget(&[(60, TimeDelta::minutes(1)), (360, TimeDelta::hours(1))]);
        assert_eq!(budget.pace(), Some(TimeDelta::seconds(30)));
    }

    #[test]
    fn a_clock_that_is_set_back_does_not_stop_polling() {
        let mut budget = budget(&[(3, TimeDelta::minutes(1))]);
        budget.spend(Urgency::Poll, 1, at(1_000_000));
        assert_eq!(budget.free_at(Urgency::Poll, 1, at(0)), at(60));
        assert_eq!(budget.free_at(Urgency::Poll, 1, at(59)), at(60), "it does not wait forever");
    }

    /// When requests of this urgency are made, one as soon as the last is answered.
    fn made_until(budget: &mut Budget, urgency: Urgency, end: i64) -> Vec<DateTime<Utc>> {
        let (mut now, mut made) = (at(0), Vec::new());
        while now < at(end) {
            let free_at = budget.free_at(urgency, 1, now);
            if free_at > now {
                now = free_at;
                continue;
            }
            budget.begin(urgency, 1);
            now += TimeDelta::milliseconds(50);
            budget.end(urgency, 1, 1, now);
            made.push(now);
        }
        made
    }

    #[test]
    fn changes_take_all_but_one_slot_which_is_kept_for_a_pause() {
        let mut budget = budget(&[(30, TimeDelta::minutes(1))]);
        assert_eq!(made_until(&mut budget, Urgency::Write, 60).len(), 29);
        let now = at(59);
        assert!(budget.free_at(Urgency::Write, 1, now) > now);
        assert_eq!(budget.free_at(Urgency::Pause, 1, now), now);
        budget.spend(Urgency::Pause, 1, now);
        assert!(budget.free_at(Urgency::Pause, 1, now) > now);
        // A slot that is free again goes to the next pause.
        let freed = budget.free_at(Urgency::Pause, 1, now);
        assert!(budget.free_at(Urgency::Write, 1, freed) > freed);
    }

    #[test]
    fn polls_wait_while_changes_take_more_than_two_thirds() {
        let mut budget = budget(&[(30, TimeDelta::minutes(1))]);
        budget.spend(Urgency::Write, 20, at(0));
        assert_eq!(budget.free_at(Urgency::Poll, 1, at(1)), at(60));
        assert_eq!(budget.free_at(Urgency::Write, 1, at(1)), at(1));
    }

    #[test]
    fn room_is_kept_for_what_is_under_way_and_for_all_that_a_task_takes() {
        let mut budget = budget(&[(10, TimeDelta::minutes(1))]);
        budget.spend(Urgency::Write, 5, at(0));
        budget.begin(Urgency::Write, 2);
        assert_eq!(budget.free_at(Urgency::Write, 2, at(1)), at(1));
        assert_eq!(budget.free_at(Urgency::Write, 3, at(1)), at(60));
        budget.end(Urgency::Write, 2, 1, at(2));
        assert_eq!(budget.free_at(Urgency::Write, 3, at(2)), at(2));
    }

    #[test]
    fn creations_have_a_limit_of_their_own() {
        let mut budget = Budget::default();
        let minute = TimeDelta::minutes(1);
        budget.set_limits(&[RequestLimit::of_creations(2, minute)]);
        budget.spend(Urgency::Create, 1, at(0));
        budget.spend(Urgency::Create, 1, at(1));
        assert_eq!(budget.free_at(Urgency::Create, 1, at(2)), at(60));
        assert_eq!(budget.free_at(Urgency::Write, 1, at(2)), at(2));
    }

    #[test]
    fn what_the_service_says_is_left_holds_until_there_is_more() {
        let mut budget = budget(&[(60, TimeDelta::minutes(1))]);
        budget.heard(Allowance { remaining: 2, renewed_at: at(30) }, at(0));
        assert_eq!(budget.free_at(Urgency::Write, 1, at(1)), at(1));
        budget.spend(Urgency::Write, 1, at(1));
        assert_eq!(budget.free_at(Urgency::Write, 1, at(1)), at(30));
        assert_eq!(budget.free_at(Urgency::Pause, 1, at(1)), at(1));
        assert_eq!(budget.free_at(Urgency::Write, 1, at(30)), at(30));
        budget.hold(at(90), at(31));
        assert_eq!(budget.free_at(Urgency::Pause, 1, at(32)), at(90));
        assert_eq!(budget.free_at(Urgency::Pause, 1, at(20)), at(20), "the clock was set back");
    }

    #[test]
    fn a_shorter_wait_that_is_asked_for_later_ends_no_longer_one() {
        let mut budget = budget(&[]);
        budget.hold(at(90), at(0));
        budget.hold(at(40), at(10));
        assert_eq!(budget.free_at(Urgency::Write, 1, at(11)), at(90));
        budget.hold(at(120), at(95));
        assert_eq!(budget.free_at(Urgency::Write, 1, at(96)), at(120));
        budget.hold(at(60), at(30));
        assert_eq!(budget.free_at(Urgency::Write, 1, at(31)), at(60), "the clock was set back");
    }
}
