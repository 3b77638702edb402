//! The lead: how far ahead a time must lie so that it cannot have passed when it arrives.

use chrono::{DateTime, TimeDelta, Utc};

/// A time that may not be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TooSoon {
    /// The time has passed.
    Past,
    /// The time is still to come, but closer than the lead.
    WithinLead,
}

/// Whether `time` may be asked for at `now` with a service that needs `lead`.
///
/// # Errors
/// [`TooSoon`] where sending it could publish at once.
pub fn check_lead(time: DateTime<Utc>, now: DateTime<Utc>, lead: TimeDelta) -> Result<(), TooSoon> {
    if time <= now {
        Err(TooSoon::Past)
    } else if time < now + lead {
        Err(TooSoon::WithinLead)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_refused_until_it_lies_a_whole_lead_ahead() {
        let now: DateTime<Utc> = "2026-03-20T09:00:00Z".parse().unwrap();
        let lead = TimeDelta::minutes(2);
        let after = |seconds| check_lead(now + TimeDelta::seconds(seconds), now, lead);
        assert_eq!(after(-1), Err(TooSoon::Past));
        assert_eq!(after(0), Err(TooSoon::Past));
        assert_eq!(after(1), Err(TooSoon::WithinLead));
        assert_eq!(after(119), Err(TooSoon::WithinLead));
        assert_eq!(after(120), Ok(()));
    }
}
