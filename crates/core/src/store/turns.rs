//! Whose turn it is: the order in which an account's changes are sent.

use chrono::{DateTime, TimeDelta, Utc};

use super::rows::{from_ms, to_ms};
use super::{StoreError, Tx};
use crate::guard::{self, Guard};
use crate::model::{AccountId, Change};

/// How long a change waits at most after the clock was set back: as long as any wait that is begun
/// without trouble.
const AFTER_SET_BACK: TimeDelta = TimeDelta::seconds(30);

/// Which of the waiting changes may be sent.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Sendable {
    All,
    /// All but those of posts that their service does not have.
    AllButNew,
    /// What keeps a post from going out.
    Pauses,
}

impl Sendable {
    fn word(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::AllButNew => "all but new",
            Self::Pauses => "pauses",
        }
    }
}

impl Tx<'_> {
    /// The change of an account to be sent next: what is not to go out any more first, then what goes
    /// out soonest, then drafts, new ones last. A post whose last change has no outcome yet is left
    /// out.
    pub(crate) fn next_sendable(
        &self,
        account: &AccountId,
        sendable: Sendable,
        now: DateTime<Utc>,
    ) -> Result<Option<Change>, StoreError> {
        self.one_change(
            "WHERE account = ?1 AND state = 'waiting' AND (not_before IS NULL OR not_before <= ?2)
             AND NOT (?4 AND post IN (SELECT post FROM changes
                                      WHERE account = ?1 AND state IN ('sending', 'unknown')))
             AND CASE ?3 WHEN 'pauses' THEN desired_time IS NULL AND base_status = 'scheduled'
                         WHEN 'all but new' THEN post NOT IN
                             (SELECT id FROM posts WHERE account = ?1 AND at_service = 0)
                         ELSE 1 END
             ORDER BY CASE WHEN desired_time IS NOT NULL THEN 1
                           WHEN base_status = 'scheduled' THEN 0
                           WHEN post IN (SELECT id FROM posts WHERE account = ?1 AND at_service = 0)
                           THEN 3 ELSE 2 END,
                      MIN(COALESCE(desired_time, base_time, 0), COALESCE(base_time, desired_time, 0)),
                      id
             LIMIT 1",
            &[&account.as_str(), &to_ms(now), &sendable.word(), &guard::holds(Guard::OneInFlight)],
        )
    }

    /// The clock was set back: nothing waits until a time that was meant by the former one.
    pub(crate) fn clock_was_set_back(
        &self,
        account: &AccountId,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.0.execute(
            "UPDATE changes SET not_before = MIN(not_before, ?3), cut_at = MIN(cut_at, ?2)
             WHERE account = ?1 AND state IN ('waiting', 'sending', 'unknown')",
            (account.as_str(), to_ms(now), to_ms(now + AFTER_SET_BACK)),
        )?;
        Ok(())
    }

    /// Whether a waiting change of an account is due, and when the next one is that is not.
    pub(crate) fn due_changes(
        &self,
        account: &AccountId,
        now: DateTime<Utc>,
    ) -> Result<(bool, Option<DateTime<Utc>>), StoreError> {
        let mut query = self.0.prepare_cached(
            "SELECT COALESCE(MAX(not_before IS NULL OR not_before <= ?2), 0),
                    MIN(CASE WHEN not_before > ?2 THEN not_before END)
             FROM changes
             WHERE account = ?1 AND state = 'waiting'
             AND post NOT IN (SELECT post FROM changes
                              WHERE account = ?1 AND state IN ('sending', 'unknown'))",
        )?;
        let (is_any_due, next): (bool, Option<i64>) = query
            .query_row((account.as_str(), to_ms(now)), |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok((is_any_due, next.map(from_ms)))
    }
}
