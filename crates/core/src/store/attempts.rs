//! Attempts at a change: begun, put off, without an answer, and what goes on from there.

use chrono::{DateTime, Utc};
use rusqlite::params;

use super::rows::{desired_to_json, to_ms};
use super::{StoreError, Tx};
use crate::model::{AccountId, Change, ChangeId, ChangeState, IdempotencyKey, PostId, Standing};

impl Tx<'_> {
    /// Notes that a request is about to be made: the attempt counts from here.
    pub(crate) fn begin_attempt(&self, id: ChangeId) -> Result<(), StoreError> {
        self.0
            .prepare_cached(
                "UPDATE changes SET state = 'sending', attempts = attempts + 1, not_before = NULL,
                     cut_at = NULL, not_found_reads = 0, message = NULL, accepted_at = NULL
                 WHERE id = ?1",
            )?
            .execute([id.0])?;
        Ok(())
    }

    /// Gives a change a key that it was never sent with.
    pub(crate) fn renew_key(&self, id: ChangeId) -> Result<(), StoreError> {
        self.0
            .prepare_cached("UPDATE changes SET idempotency_key = ?2 WHERE id = ?1")?
            .execute(params![id.0, IdempotencyKey::generate().as_str()])?;
        Ok(())
    }

    /// Puts a change back in the queue, if it is still open; a waiting newer wish of the same post
    /// takes its place.
    pub(crate) fn put_off(
        &self,
        change: &Change,
        not_before: Option<DateTime<Utc>>,
        why: &str,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let message = Some("Replaced by a newer change.");
        if let Some(newer) = self.waiting_change(&change.post)?.filter(|it| it.id != change.id) {
            if self.close(change.id, &ChangeState::Withdrawn, message, now)? {
                self.stand_in(&newer, change)?;
                self.take_text_home(&change.post)?;
            }
            return Ok(());
        }
        self.0
            .prepare_cached(
                "UPDATE changes SET state = 'waiting', not_before = ?2, message = ?3
                 WHERE id = ?1 AND state IN ('waiting', 'sending', 'unknown')",
            )?
            .execute(params![change.id.0, not_before.map(to_ms), why])?;
        Ok(())
    }

    /// Notes that the outcome of an attempt is not known; `cut_at` is when our connection ended.
    pub(crate) fn set_unknown(
        &self,
        id: ChangeId,
        cut_at: DateTime<Utc>,
        why: &str,
    ) -> Result<(), StoreError> {
        self.0
            .prepare_cached("UPDATE changes SET unheard = unheard + 1 WHERE id = ?1")?
            .execute([id.0])?;
        self.set_still_unknown(id, cut_at, why)
    }

    /// The same of an attempt that had no effect, after one of which it is not known.
    pub(crate) fn set_still_unknown(
        &self,
        id: ChangeId,
        cut_at: DateTime<Utc>,
        why: &str,
    ) -> Result<(), StoreError> {
        self.0
            .prepare_cached(
                "UPDATE changes SET state = 'unknown', cut_at = ?2, not_found_reads = 0,
                     not_before = NULL, message = ?3
                 WHERE id = ?1",
            )?
            .execute(params![id.0, to_ms(cut_at), why])?;
        Ok(())
    }

    /// Notes that the service said yes to a change whose outcome is still to be read back.
    pub(crate) fn set_accepted(&self, id: ChangeId, at: DateTime<Utc>) -> Result<(), StoreError> {
        self.0
            .prepare_cached("UPDATE changes SET accepted_at = ?2 WHERE id = ?1")?
            .execute(params![id.0, to_ms(at)])?;
        Ok(())
    }

    /// Notes when to look again for the effect of a change, and how often it was not seen.
    pub(crate) fn look_again(
        &self,
        id: ChangeId,
        at: Option<DateTime<Utc>>,
        not_found_reads: u32,
    ) -> Result<(), StoreError> {
        self.0
            .prepare_cached(
                "UPDATE changes SET not_before = ?2, not_found_reads = ?3 WHERE id = ?1",
            )?
            .execute(params![id.0, at.map(to_ms), not_found_reads])?;
        Ok(())
    }

    /// Lets a waiting change stand in for the one it was made on, which had no effect: on the same
    /// base, and with the text that was asked for, where it does not ask for another.
    fn stand_in(&self, waiting: &Change, former: &Change) -> Result<(), StoreError> {
        let mut desired = waiting.desired.clone();
        if desired.aim.act().is_none() {
            desired.text = desired.text.or_else(|| former.desired.text.clone());
        }
        let base_text = former.base_text.as_ref().or(waiting.base_text.as_ref());
        self.0
            .prepare_cached(
                "UPDATE changes SET desired = ?2, base_status = ?3, base_time = ?4, base_text = ?5
                 WHERE id = ?1",
            )?
            .execute(params![
                waiting.id.0,
                desired_to_json(&desired)?,
                former.base.status.word(),
                former.base.time.map(to_ms),
                base_text.filter(|_| desired.text.is_some()),
            ])?;
        Ok(())
    }

    /// Puts a change that has had a part of its effect back in the queue, for the rest; a waiting
    /// newer wish of the same post takes its place.
    pub(crate) fn go_on(
        &self,
        change: &Change,
        base: &Standing,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let (id, rest) = (change.id, Change { base: base.clone(), ..change.clone() });
        if let Some(newer) = self.waiting_change(&change.post)?.filter(|newer| newer.id != id) {
            self.stand_in(&newer, &rest)?;
            let message = Some("A part of it is done; a newer change follows.");
            self.close(id, &ChangeState::Done, message, now)?;
            return Ok(());
        }
        self.rebase(id, base, None)?;
        self.0
            .prepare_cached(
                "UPDATE changes SET state = 'waiting', attempts = 0, unheard = 0, not_before = NULL,
                     cut_at = NULL, not_found_reads = 0, message = NULL
                 WHERE id = ?1",
            )?
            .execute([id.0])?;
        Ok(())
    }

    /// Whatever an account was sending when Rundown stopped, or could not go on, may have arrived:
    /// its outcome is unknown. Answers the posts.
    pub(crate) fn interrupt_sending(
        &self,
        account: &AccountId,
        now: DateTime<Utc>,
    ) -> Result<Vec<PostId>, StoreError> {
        let mut query = self.0.prepare_cached(
            "UPDATE changes SET state = 'unknown', unheard = unheard + 1, cut_at = ?2,
                 not_before = NULL, message = 'Rundown was interrupted while this was being sent.'
             WHERE account = ?1 AND state = 'sending' RETURNING post",
        )?;
        let rows = query.query_map(params![account.as_str(), to_ms(now)], |row| {
            Ok(PostId::from(row.get::<_, String>(0)?))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
