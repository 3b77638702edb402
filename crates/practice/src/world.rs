//! Everything the practice server knows, behind one lock.

use chrono::{DateTime, Utc};

use crate::call::Call;
use crate::faults::{Faults, What};
use crate::postpost::{self, State};
use crate::record::{KeySeen, Recorded};
use crate::violations::{Finding, Violation, ViolationKind};

#[derive(Debug, Default)]
pub(crate) struct World {
    pub postpost: State,
    pub faults: Faults,
    pub requests: Vec<Recorded>,
    pub violations: Vec<Violation>,
    calls: u64,
}

impl World {
    /// Records a call and the rules it broke; answers its number and what is ordered to go wrong
    /// with it.
    pub fn arrive(&mut self, call: &Call, now: DateTime<Utc>) -> (u64, Option<What>) {
        self.calls += 1;
        let (key, findings) = if postpost::speaks(&call.path) {
            (call.header(postpost::KEY_HEADER), postpost::inspect(call, now))
        } else {
            let sentence = format!("{} is below no service's base address.", call.path);
            (None, vec![Finding::new(ViolationKind::UnknownPath, sentence)])
        };
        let seen = match key {
            None => KeySeen::Missing,
            Some(key) if self.postpost.users.contains_key(key) => KeySeen::Known,
            Some(_) => KeySeen::Unknown,
        };
        self.requests.push(Recorded::new(self.calls, now, call, seen));
        self.violations.extend(findings.into_iter().map(|finding| Violation {
            at: now,
            kind: finding.kind,
            sentence: finding.sentence,
            method: call.method.clone(),
            path: call.path.clone(),
        }));
        (self.calls, self.faults.take(call, key))
    }

    /// Notes how a recorded call ended, unless the record was cleared meanwhile.
    pub fn note(&mut self, number: u64, status: Option<u16>, applied: bool) {
        if let Some(recorded) = self.requests.iter_mut().rfind(|one| one.number == number) {
            recorded.status = status;
            recorded.applied = applied;
        }
    }
}
