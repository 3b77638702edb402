//! What is ordered to go wrong with a write while it is applied.

use chrono::{DateTime, TimeDelta, Utc};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Twist {
    None,
    ShiftTime { minutes: i64 },
    IgnoreStatus { time_applied: bool },
    StaleList { seconds: u64 },
}

impl Twist {
    /// The time that is taken over instead of the one that was sent.
    pub fn shift(self, time: DateTime<Utc>) -> DateTime<Utc> {
        match self {
            Self::ShiftTime { minutes } => time + TimeDelta::minutes(minutes),
            _ => time,
        }
    }

    /// Until when lists show what was before the write, where they are ordered to.
    pub fn stale_until(self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        match self {
            Self::StaleList { seconds } => {
                let seconds = i64::try_from(seconds).unwrap_or(i64::MAX / 1000);
                Some(now + TimeDelta::seconds(seconds))
            }
            _ => None,
        }
    }
}
