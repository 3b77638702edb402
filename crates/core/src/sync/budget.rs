//! The polling budget: reads that no change waits for take at most a third of the requests that a
//! service allows, by its documents, within any span.
//!
//! What a change needs, to be sent or to be looked up, is neither counted nor held up. The budget is
//! kept in memory: after a restart the day's begins anew. It is an account's own, although a key may
//! serve several accounts.

use std::collections::VecDeque;

use chrono::{DateTime, TimeDelta, Utc};

use crate::service::RequestLimit;

/// One part in so many of what the service allows.
const SHARE: u32 = 3;

/// How pressing a read is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Urgency {
    /// What goes out soon, what was changed last, and what the user looks at.
    Poll,
    /// Everything else: a fifth of the budget is left to polls meanwhile.
    Sweep,
}

impl Urgency {
    /// How many of the budget's requests it may use up.
    fn part_of(self, most: usize) -> usize {
        match self {
            Self::Poll => most,
            Self::Sweep => (most * 4 / 5).max(1),
        }
    }
}

/// How many polling requests were made of late, and how many may be.
#[derive(Debug, Default)]
pub(crate) struct Budget {
    spans: Vec<Span>,
    /// When the last requests were made, oldest first: as many as the largest span has.
    made: VecDeque<DateTime<Utc>>,
}

/// At most so many requests within so long.
#[derive(Debug)]
struct Span {
    most: usize,
    per: TimeDelta,
}

impl Budget {
    /// Goes by these limits from now on; what was spent stays spent.
    pub fn set_limits(&mut self, limits: &[RequestLimit]) {
        let most = |limit: &RequestLimit| {
            usize::try_from((limit.requests / SHARE).max(1)).unwrap_or(usize::MAX)
        };
        self.spans =
            limits.iter().map(|limit| Span { most: most(limit), per: limit.per }).collect();
    }

    /// When the next request may be made; it may at once where that is not after `now`.
    pub fn free_at(&mut self, urgency: Urgency, now: DateTime<Utc>) -> DateTime<Utc> {
        // Where the clock was set back, what was made then was made by now.
        for time in self.made.iter_mut().rev().take_while(|time| **time > now) {
            *time = now;
        }
        let ends = self.spans.iter().filter_map(|span| {
            let first = self.made.len().checked_sub(urgency.part_of(span.most))?;
            Some(*self.made.get(first)? + span.per)
        });
        ends.max().unwrap_or(now)
    }

    /// How much time there is for each request, all day long; none where there is no budget.
    pub fn pace(&self) -> Option<TimeDelta> {
        self.spans.iter().filter_map(|span| Some(span.per / i32::try_from(span.most).ok()?)).max()
    }

    /// Counts requests that were just made.
    pub fn spend(&mut self, requests: u64, now: DateTime<Utc>) {
        let kept = self.spans.iter().map(|span| span.most).max().unwrap_or_default();
        for _ in 0..requests.min(u64::try_from(kept).unwrap_or(u64::MAX)) {
            self.made.push_back(now);
        }
        self.made.drain(..self.made.len().saturating_sub(kept));
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
            limits.iter().map(|&(requests, per)| RequestLimit { requests, per }).collect();
        let mut budget = Budget::default();
        budget.set_limits(&limits);
        budget
    }

    #[test]
    fn a_third_of_a_limit_is_spent_and_the_next_request_waits_for_the_first_to_be_forgotten() {
        let mut budget = budget(&[(60, TimeDelta::minutes(1))]);
        for second in 0..20 {
            assert!(budget.free_at(Urgency::Poll, at(second)) <= at(second), "{second}");
            budget.spend(1, at(second));
        }
        assert_eq!(budget.free_at(Urgency::Poll, at(20)), at(60));
        budget.spend(1, at(60));
        assert_eq!(budget.free_at(Urgency::Poll, at(60)), at(61));
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
            let free_at = budget.free_at(Urgency::Poll, now);
            if free_at > now {
                now = free_at;
                continue;
            }
            budget.spend(1, now);
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
        budget.spend(16, at(0));
        assert_eq!(budget.free_at(Urgency::Sweep, at(1)), at(60));
        assert_eq!(budget.free_at(Urgency::Poll, at(1)), at(1));
    }

    #[test]
    fn a_service_without_documented_limits_has_no_budget_and_nothing_is_kept() {
        let mut budget = budget(&[]);
        budget.spend(1_000_000, at(0));
        assert_eq!(budget.free_at(Urgency::Sweep, at(0)), at(0));
        assert_eq!(budget.made.len(), 0);
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
        budget.spend(1, at(1_000_000));
        assert_eq!(budget.free_at(Urgency::Poll, at(0)), at(60));
        assert_eq!(budget.free_at(Urgency::Poll, at(59)), at(60), "it does not wait forever");
    }
}
