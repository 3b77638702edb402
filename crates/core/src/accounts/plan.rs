//! What an account's plan is known not to allow: what it refused last, and how far ahead posts can
//! be scheduled.

use chrono::{DateTime, TimeDelta, Utc};

use crate::service::PlanLimit;
use crate::store::PlanRefusals;

/// After so long, posts may have gone out, a month begun or the plan been changed.
const LIMIT_HOLDS_FOR: TimeDelta = TimeDelta::days(1);
/// How far ahead a plan reaches is asked for anew now and then, in case it was changed.
const HORIZON_HOLDS_FOR: TimeDelta = TimeDelta::days(7);

/// A limit of the plan that was reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReachedLimit {
    /// The limit, in the service's own words and numbers.
    pub limit: PlanLimit,
    /// When it refused something.
    pub at: DateTime<Utc>,
}

/// What of the refusals still holds. A plan reaches so many days ahead: the latest time that it
/// allowed when it was asked moves on with the days.
pub(super) fn known_limits(
    refusals: PlanRefusals,
    now: DateTime<Utc>,
) -> (Option<ReachedLimit>, Option<DateTime<Utc>>) {
    let reached = refusals
        .limit
        .filter(|(_, at)| (*at..*at + LIMIT_HOLDS_FOR).contains(&now))
        .map(|(limit, at)| ReachedLimit { limit, at });
    let horizon = refusals
        .horizon
        .filter(|(_, at)| (*at..*at + HORIZON_HOLDS_FOR).contains(&now))
        .map(|(horizon, at)| horizon + (now - at));
    (reached, horizon)
}
