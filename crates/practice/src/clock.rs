//! The practice clock: the machine's time, or a time that only moves when told to.
//!
//! It stamps posts, decides what is due, and is the `Date` of every answer.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

/// A clock that its clones share.
#[derive(Clone, Debug)]
pub struct Clock(Arc<Mutex<Reading>>);

#[derive(Clone, Copy, Debug)]
enum Reading {
    /// The machine's time plus an offset, zero until the clock is moved.
    System(TimeDelta),
    Manual(DateTime<Utc>),
}

impl Clock {
    /// The machine's time. `advance` and `set` shift it, and it runs on from there.
    pub fn system() -> Self {
        Self(Arc::new(Mutex::new(Reading::System(TimeDelta::zero()))))
    }

    /// A clock that stands at `now` until it is moved.
    pub fn manual(now: DateTime<Utc>) -> Self {
        Self(Arc::new(Mutex::new(Reading::Manual(now))))
    }

    /// The practice time.
    pub fn now(&self) -> DateTime<Utc> {
        self.read(|reading| match *reading {
            Reading::System(offset) => machine_time() + offset,
            Reading::Manual(now) => now,
        })
    }

    /// Moves the clock by `by`, which may be negative.
    pub fn advance(&self, by: TimeDelta) {
        self.read(|reading| match reading {
            Reading::System(offset) => *offset += by,
            Reading::Manual(now) => *now += by,
        });
    }

    /// Moves the clock to `to`.
    pub fn set(&self, to: DateTime<Utc>) {
        self.read(|reading| match reading {
            Reading::System(offset) => *offset = to - machine_time(),
            Reading::Manual(now) => *now = to,
        });
    }

    pub(crate) fn is_manual(&self) -> bool {
        self.read(|reading| matches!(reading, Reading::Manual(_)))
    }

    fn read<T>(&self, act: impl FnOnce(&mut Reading) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the practice server's Clock seam")]
fn machine_time() -> DateTime<Utc> {
    Utc::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manual_clock_moves_only_when_told_and_its_clones_move_with_it() {
        let start = DateTime::UNIX_EPOCH;
        let clock = Clock::manual(start);
        let twin = clock.clone();
        twin.advance(TimeDelta::minutes(3));
        assert_eq!(clock.now(), start + TimeDelta::minutes(3));
        clock.set(start);
        assert_eq!(twin.now(), start);
    }

    #[test]
    fn a_system_clock_that_was_set_runs_on_from_there() {
        let clock = Clock::system();
        clock.set(DateTime::UNIX_EPOCH);
        let first = clock.now();
        assert!(first >= DateTime::UNIX_EPOCH);
        assert!(first < DateTime::UNIX_EPOCH + TimeDelta::minutes(1));
        clock.advance(TimeDelta::days(1));
        assert!(clock.now() >= first + TimeDelta::days(1));
    }
}
