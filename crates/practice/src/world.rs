//! Everything the practice server knows, behind one lock.

use chrono::{DateTime, Utc};

use crate::call::Call;
use crate::dialect::Dialect;
use crate::family;
use crate::faults::{Faults, What};
use crate::record::{KeySeen, Recorded};
use crate::violations::{Finding, Violation, ViolationKind};
use crate::{postato, posteverywhere, postpost, publora};

#[derive(Debug, Default)]
pub(crate) struct World {
    pub postpost: family::State<postpost::Quirks>,
    pub publora: family::State<publora::Quirks>,
    pub postato: postato::State,
    pub posteverywhere: posteverywhere::State,
    pub faults: Faults,
    pub requests: Vec<Recorded>,
    pub violations: Vec<Violation>,
    calls: u64,
}

impl World {
    /// Every service.
    pub fn dialects(&mut self) -> [&mut dyn Dialect; 4] {
        [&mut self.postpost, &mut self.publora, &mut self.postato, &mut self.posteverywhere]
    }

    /// The service whose base address a path is below.
    pub fn dialect(&mut self, path: &str) -> Option<&mut dyn Dialect> {
        self.dialects().into_iter().find(|dialect| is_below(path, dialect.base()))
    }

    /// Records a call and the rules it broke; answers its number and what is ordered to go wrong
    /// with it.
    pub fn arrive(&mut self, call: &Call, now: DateTime<Utc>) -> (u64, Option<What>) {
        self.calls += 1;
        let (key, seen, findings) = match self.dialect(&call.path) {
            Some(dialect) => {
                let key = dialect.key(call);
                let seen = match key {
                    None => KeySeen::Missing,
                    Some(key) if dialect.knows(key) => KeySeen::Known,
                    Some(_) => KeySeen::Unknown,
                };
                (key, seen, dialect.inspect(call, now))
            }
            None => {
                let sentence = format!("{} is below no service's base address.", call.path);
                let finding = Finding::new(ViolationKind::UnknownPath, sentence);
                (None, KeySeen::Missing, vec![finding])
            }
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

fn is_below(path: &str, base: &str) -> bool {
    path.strip_prefix(base).is_some_and(|rest| rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_neighbour_of_a_base_address_is_not_below_it() {
        for base in World::default().dialects().map(|dialect| dialect.base()) {
            assert!(is_below(&format!("{base}/posts"), base));
            assert!(!is_below(&format!("{base}0/posts"), base));
            assert!(!is_below(base, base));
        }
    }
}
