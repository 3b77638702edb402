//! What becomes of a time that has passed.

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::generation::Generation;
use super::quirks::Quirks;
use crate::answer::Answer;
use crate::time;

/// "Times less than 5 minutes in the past are always tolerated".
const TOLERANCE: TimeDelta = TimeDelta::minutes(5);

/// What happens to a `scheduledTime` that has passed. Until it is selected, it goes by the
/// generation: the first two refuse, the current one clamps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum PastTime {
    /// 400, in the words of the generation.
    Refuse,
    /// The current time, so the post goes out at once. The current generation says so in a warning;
    /// earlier ones do it silently, as a page between the second and the current one has it.
    Clamp,
    /// As `Clamp` for less than five minutes, else 400 `SCHEDULED_TIME_IN_PAST`: announced for
    /// 25 August 2026.
    Strict,
}

/// A time as it is taken over.
#[derive(Clone, Copy, Debug)]
pub(super) struct Taken {
    pub time: DateTime<Utc>,
    /// The time that was asked for, where it had passed.
    pub passed: Option<DateTime<Utc>>,
}

impl Quirks {
    /// Takes a time over, refuses it, or takes the current time instead.
    pub(super) fn take(&self, asked: DateTime<Utc>, now: DateTime<Utc>) -> Result<Taken, Answer> {
        if asked > now {
            return Ok(Taken { time: asked, passed: None });
        }
        let by_generation = match self.generation {
            Generation::First | Generation::Second => PastTime::Refuse,
            Generation::Current => PastTime::Clamp,
        };
        match self.past_time.unwrap_or(by_generation) {
            PastTime::Refuse => Err(Answer::error(400, self.generation.past_time())),
            PastTime::Strict if now - asked >= TOLERANCE => {
                let now = time::text(now);
                let body = json!({
                    "error": format!("Scheduled time is in the past. Server time is {now} UTC."),
                    "code": "SCHEDULED_TIME_IN_PAST",
                    "serverTime": now,
                });
                Err(Answer::refused(400, body))
            }
            PastTime::Clamp | PastTime::Strict => {
                Ok(Taken { time: now.trunc_subsecs(3), passed: Some(asked) })
            }
        }
    }
}

impl Taken {
    /// The warning that another time was taken over than was asked for.
    pub fn warning(&self) -> Option<Value> {
        let (requested, effective) = (time::text(self.passed?), time::text(self.time));
        Some(json!({
            "code": "SCHEDULED_TIME_COERCED",
            "message": format!(
                "Requested scheduled time {requested} was in the past and was changed to server time {effective}."
            ),
            "requested": requested,
            "effective": effective,
        }))
    }
}
