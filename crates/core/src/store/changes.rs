//! The outbox on disk, and its history: changes are closed, never deleted.

use chrono::{DateTime, Utc};
use rusqlite::{Row, params};

use super::rows::{desired_from_json, desired_to_json, from_ms, standing, to_ms};
use super::{StoreError, Tx};
use crate::model::{
    AT_ONCE, AccountId, Aim, Change, ChangeId, ChangeState, Desired, IdempotencyKey, PostId,
    Problem, Standing,
};

/// A change about to be queued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NewChange<'a> {
    /// The post.
    pub post: &'a PostId,
    /// Its account.
    pub account: &'a AccountId,
    /// What is wanted.
    pub desired: &'a Desired,
    /// Where the post stood when the user decided.
    pub base: &'a Standing,
    /// The text it had then; it is kept where another is wanted.
    pub base_text: &'a str,
    /// When the user decided.
    pub made_at: DateTime<Utc>,
    /// Not to be sent before this.
    pub not_before: Option<DateTime<Utc>>,
}

impl Tx<'_> {
    /// Queues a change. The post must have none waiting.
    pub(crate) fn insert_waiting(&self, change: &NewChange<'_>) -> Result<ChangeId, StoreError> {
        self.0
            .prepare_cached(
                "INSERT INTO changes (post, account, desired, desired_time, base_status, base_time,
                     base_text, state, made_at, not_before, idempotency_key)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'waiting', ?8, ?9, ?10)",
            )?
            .execute(params![
                change.post.as_str(),
                change.account.as_str(),
                desired_to_json(change.desired)?,
                deadline(change.desired, change.made_at).map(to_ms),
                change.base.status.word(),
                change.base.time.map(to_ms),
                change.desired.text.is_some().then_some(change.base_text),
                to_ms(change.made_at),
                change.not_before.map(to_ms),
                IdempotencyKey::generate().as_str(),
            ])?;
        Ok(ChangeId(self.0.last_insert_rowid()))
    }

    /// The change of a post that waits.
    pub(crate) fn waiting_change(&self, post: &PostId) -> Result<Option<Change>, StoreError> {
        self.one_change("WHERE post = ?1 AND state = 'waiting'", &[&post.as_str()])
    }

    /// The change of a post that was attempted and is not closed.
    pub(crate) fn attempted_change(&self, post: &PostId) -> Result<Option<Change>, StoreError> {
        self.one_change("WHERE post = ?1 AND state IN ('sending', 'unknown')", &[&post.as_str()])
    }

    /// The conflict of a post that waits for the user.
    pub(crate) fn open_conflict(&self, post: &PostId) -> Result<Option<Change>, StoreError> {
        self.one_change("WHERE post = ?1 AND state = 'conflict' AND seen = 0", &[&post.as_str()])
    }

    /// The change of a post that failed and that the user has not answered.
    pub(crate) fn open_problem(&self, post: &PostId) -> Result<Option<Change>, StoreError> {
        self.one_change("WHERE post = ?1 AND state = 'failed' AND seen = 0", &[&post.as_str()])
    }

    /// One change.
    pub(crate) fn change(&self, id: ChangeId) -> Result<Option<Change>, StoreError> {
        self.one_change("WHERE id = ?1", &[&id.0])
    }

    /// The changes of an account whose outcome is to be found out, oldest first.
    pub(crate) fn unknown_changes(&self, account: &AccountId) -> Result<Vec<Change>, StoreError> {
        self.select_changes(
            "WHERE account = ?1 AND state = 'unknown' ORDER BY id",
            &[&account.as_str()],
        )
    }

    /// Everything of an account that waits.
    pub(crate) fn waiting_changes(&self, account: &AccountId) -> Result<Vec<Change>, StoreError> {
        self.select_changes(
            "WHERE account = ?1 AND state = 'waiting' ORDER BY id",
            &[&account.as_str()],
        )
    }

    /// The changes of an account that wait to have something go out at `time` or earlier.
    pub(crate) fn waiting_until(
        &self,
        account: &AccountId,
        time: DateTime<Utc>,
    ) -> Result<Vec<Change>, StoreError> {
        self.select_changes(
            "WHERE account = ?1 AND state = 'waiting' AND desired_time <= ?2 ORDER BY id",
            &[&account.as_str(), &to_ms(time)],
        )
    }

    /// How many changes are open, for one account or all.
    pub(crate) fn open_count(&self, account: Option<&AccountId>) -> Result<u32, StoreError> {
        Ok(self.0.query_row(
            "SELECT COUNT(*) FROM changes
             WHERE state IN ('waiting', 'sending', 'unknown') AND (?1 IS NULL OR account = ?1)",
            [account.map(AccountId::as_str)],
            |row| row.get(0),
        )?)
    }

    /// All open changes, oldest first.
    pub(crate) fn open_changes(&self) -> Result<Vec<Change>, StoreError> {
        self.select_changes("WHERE state IN ('waiting', 'sending', 'unknown') ORDER BY id", &[])
    }

    /// Everything that was asked of a post, newest first, at most 100.
    pub(crate) fn history(&self, post: &PostId) -> Result<Vec<Change>, StoreError> {
        self.select_changes("WHERE post = ?1 ORDER BY id DESC LIMIT 100", &[&post.as_str()])
    }

    /// Gives a waiting change the base that the post now stands on; its text stays the base of
    /// another where none is given.
    pub(crate) fn rebase(
        &self,
        id: ChangeId,
        base: &Standing,
        base_text: Option<&str>,
    ) -> Result<(), StoreError> {
        self.0
            .prepare_cached(
                "UPDATE changes SET base_status = ?2, base_time = ?3,
                     base_text = CASE WHEN base_text IS NULL THEN NULL ELSE COALESCE(?4, base_text) END
                 WHERE id = ?1",
            )?
            .execute(params![id.0, base.status.word(), base.time.map(to_ms), base_text])?;
        Ok(())
    }

    /// Gives a waiting change another aim, and the standing it is made on.
    pub(crate) fn restand(
        &self,
        change: &Change,
        aim: Aim,
        base: &Standing,
    ) -> Result<(), StoreError> {
        let desired = Desired { aim, text: change.desired.text.clone() };
        self.0
            .prepare_cached(
                "UPDATE changes SET desired = ?2, desired_time = ?3, base_status = ?4, base_time = ?5
                 WHERE id = ?1 AND state = 'waiting'",
            )?
            .execute(params![
                change.id.0,
                desired_to_json(&desired)?,
                deadline(&desired, change.made_at).map(to_ms),
                base.status.word(),
                base.time.map(to_ms),
            ])?;
        Ok(())
    }

    /// Ends the time in which a deletion can be taken back: for one account, or all.
    pub(crate) fn end_grace(&self, account: Option<&AccountId>) -> Result<(), StoreError> {
        self.0.execute(
            "UPDATE changes SET not_before = NULL
             WHERE state = 'waiting' AND attempts = 0 AND not_before IS NOT NULL
             AND (?1 IS NULL OR account = ?1)",
            [account.map(AccountId::as_str)],
        )?;
        Ok(())
    }

    /// Closes a change with its outcome; says whether it was still open. A problem or conflict
    /// stands on the card until seen, unless a newer wish for the post already asks something.
    pub(crate) fn close(
        &self,
        id: ChangeId,
        outcome: &ChangeState,
        message: Option<&str>,
        at: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let Some(change) = self.change(id)?.filter(|change| change.state.is_open()) else {
            return Ok(false);
        };
        let (problem, theirs) = match outcome {
            ChangeState::Failed(problem) => (Some(problem_word(*problem)), None),
            ChangeState::Conflict(theirs) => (None, Some(theirs)),
            _ => (None, None),
        };
        let asks = problem.is_some() || theirs.is_some();
        let is_outdone = asks && self.asks_after(&change)?;
        if asks && !is_outdone {
            self.mark_seen(&change.post)?;
        }
        self.0
            .prepare_cached(
                "UPDATE changes SET state = ?2, problem = ?3, theirs_status = ?4, theirs_time = ?5,
                     message = COALESCE(?6, message), closed_at = ?7, seen = ?8
                 WHERE id = ?1",
            )?
            .execute(params![
                id.0,
                state_word(outcome),
                problem,
                theirs.map(|standing| standing.status.word().to_owned()),
                theirs.and_then(|standing| standing.time).map(to_ms),
                message,
                to_ms(at),
                is_outdone,
            ])?;
        Ok(true)
    }

    /// Whether a newer change of the same post has a question that is not answered.
    fn asks_after(&self, change: &Change) -> Result<bool, StoreError> {
        Ok(self
            .0
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM changes WHERE post = ?1 AND id > ?2
                                AND state IN ('failed', 'conflict') AND seen = 0)",
            )?
            .query_row(params![change.post.as_str(), change.id.0], |row| row.get(0))?)
    }

    /// Notes that the user has seen a post's problem or answered its conflict.
    pub(crate) fn mark_seen(&self, post: &PostId) -> Result<bool, StoreError> {
        let changed = self
            .0
            .prepare_cached(
                "UPDATE changes SET seen = 1
                 WHERE post = ?1 AND seen = 0 AND state IN ('failed', 'conflict')",
            )?
            .execute([post.as_str()])?;
        Ok(changed > 0)
    }

    pub(super) fn one_change(
        &self,
        rest: &str,
        values: &[&dyn rusqlite::ToSql],
    ) -> Result<Option<Change>, StoreError> {
        Ok(self.select_changes(rest, values)?.pop())
    }

    fn select_changes(
        &self,
        rest: &str,
        values: &[&dyn rusqlite::ToSql],
    ) -> Result<Vec<Change>, StoreError> {
        let mut query = self.0.prepare_cached(&format!("SELECT * FROM changes {rest}"))?;
        let rows = query.query_and_then(values, change_from)?;
        rows.collect()
    }
}

/// When a change stops being of use: the time it asks for, or the end of “now”.
fn deadline(desired: &Desired, made_at: DateTime<Utc>) -> Option<DateTime<Utc>> {
    match desired.aim {
        Aim::Published | Aim::Retried => Some(made_at + AT_ONCE),
        aim => aim.time(),
    }
}

fn change_from(row: &Row<'_>) -> Result<Change, StoreError> {
    let desired: String = row.get("desired")?;
    let time = |column: &str| -> Result<Option<DateTime<Utc>>, StoreError> {
        Ok(row.get::<_, Option<i64>>(column)?.map(from_ms))
    };
    Ok(Change {
        id: ChangeId(row.get("id")?),
        post: PostId::from(row.get::<_, String>("post")?),
        account: AccountId::from(row.get::<_, String>("account")?),
        desired: desired_from_json(&desired)?,
        key: IdempotencyKey::from(row.get::<_, String>("idempotency_key")?),
        base: standing(row, "base_status", "base_time")?,
        base_text: row.get("base_text")?,
        state: state_from(row)?,
        attempts: row.get("attempts")?,
        not_before: time("not_before")?,
        cut_at: time("cut_at")?,
        unheard: row.get("unheard")?,
        not_found_reads: row.get("not_found_reads")?,
        made_at: time("made_at")?.unwrap_or_default(),
        closed_at: time("closed_at")?,
        message: row.get("message")?,
    })
}

/// Reads a state from the columns that tell of it.
pub(super) fn state_from(row: &Row<'_>) -> Result<ChangeState, StoreError> {
    let state: String = row.get("state")?;
    Ok(match state.as_str() {
        "waiting" => ChangeState::Waiting,
        "sending" => ChangeState::Sending,
        "unknown" => match row.get::<_, Option<i64>>("accepted_at")? {
            Some(_) => ChangeState::Accepted,
            None => ChangeState::Unknown,
        },
        "done" => ChangeState::Done,
        "failed" => ChangeState::Failed(problem_from(&row.get::<_, String>("problem")?)?),
        "conflict" => ChangeState::Conflict(standing(row, "theirs_status", "theirs_time")?),
        "withdrawn" => ChangeState::Withdrawn,
        other => return Err(StoreError::Malformed(format!("a change in state {other}"))),
    })
}

fn state_word(state: &ChangeState) -> &'static str {
    match state {
        ChangeState::Waiting => "waiting",
        ChangeState::Sending => "sending",
        ChangeState::Unknown | ChangeState::Accepted => "unknown",
        ChangeState::Done => "done",
        ChangeState::Failed(_) => "failed",
        ChangeState::Conflict(_) => "conflict",
        ChangeState::Withdrawn => "withdrawn",
    }
}

const PROBLEMS: [(Problem, &str); 6] = [
    (Problem::Refused, "refused"),
    (Problem::Ignored, "ignored"),
    (Problem::Shifted, "shifted"),
    (Problem::TooLate, "too-late"),
    (Problem::Gone, "gone"),
    (Problem::PlanLimit, "plan-limit"),
];

fn problem_word(problem: Problem) -> &'static str {
    PROBLEMS.iter().find(|(known, _)| *known == problem).map_or("refused", |(_, word)| word)
}

pub(super) fn problem_from(word: &str) -> Result<Problem, StoreError> {
    PROBLEMS
        .iter()
        .find(|(_, known)| *known == word)
        .map(|(problem, _)| *problem)
        .ok_or_else(|| StoreError::Malformed(format!("a problem called {word}")))
}
