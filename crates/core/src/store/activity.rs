//! The outbox and its history on disk, with that of posts that are gone; and how long it is kept.

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{Row, params};

use super::changes::state_from;
use super::rows::{desired_from_json, from_ms, to_ms};
use super::{StoreError, Tx};
use crate::activity::{ActivityEntry, ActivityFilter};
use crate::model::{AccountId, ChangeId, PostId};

/// What was closed longer ago is forgotten, unless it was the last of its post.
const KEPT_FOR: TimeDelta = TimeDelta::days(90);
/// How many closed changes an account keeps at most, and how many of posts that are gone.
const MOST_KEPT: u32 = 10_000;

/// In one form: the changes of posts that are here, and of those that are gone.
const ALL: &str = "
SELECT c.id, c.post, c.account, c.desired, c.state, c.problem, c.theirs_status, c.theirs_time,
       c.accepted_at, c.attempts, c.not_before, c.made_at, c.closed_at, c.message, c.seen, p.text, 1 AS is_here,
       c.id = (SELECT MIN(id) FROM changes WHERE post = c.post) AND p.at_service = 0 AS creates
FROM changes c JOIN posts p ON p.id = c.post
UNION ALL
SELECT id, post, account, desired, state, problem, theirs_status, theirs_time,
       NULL, attempts, NULL, made_at, closed_at, message, 1, text, 0, 0
FROM departed_changes
";

impl Tx<'_> {
    /// The changes that match, those still open first, then the newest first.
    pub(crate) fn activity(
        &self,
        filter: ActivityFilter,
        account: Option<&AccountId>,
        skip: u32,
        limit: u32,
    ) -> Result<Vec<ActivityEntry>, StoreError> {
        let matches = match filter {
            ActivityFilter::All => "1",
            ActivityFilter::Open => "state IN ('waiting', 'sending', 'unknown')",
            ActivityFilter::Questions => "state IN ('failed', 'conflict') AND seen = 0",
            ActivityFilter::Done => "state = 'done'",
            ActivityFilter::Failed => "state IN ('failed', 'conflict')",
            ActivityFilter::Withdrawn => "state = 'withdrawn'",
        };
        let mut query = self.0.prepare_cached(&format!(
            "SELECT * FROM ({ALL}) WHERE ({matches}) AND (?1 IS NULL OR account = ?1)
             ORDER BY state IN ('waiting', 'sending', 'unknown') DESC, id DESC LIMIT ?2 OFFSET ?3"
        ))?;
        let values = params![account.map(AccountId::as_str), limit, skip];
        query.query_and_then(values, entry_from)?.collect()
    }

    /// Lets a change that is open be tried, or looked up, at once.
    pub(crate) fn end_wait(&self, id: ChangeId) -> Result<(), StoreError> {
        self.0
            .prepare_cached(
                "UPDATE changes SET not_before = NULL
                 WHERE id = ?1 AND state IN ('waiting', 'unknown')",
            )?
            .execute([id.0])?;
        Ok(())
    }

    /// Forgets what was closed long ago. What is open, what asks the user something, and the last
    /// change of each post are kept.
    pub(crate) fn forget_old_changes(
        &self,
        account: &AccountId,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let values = params![account.as_str(), to_ms(now - KEPT_FOR), MOST_KEPT];
        self.0
            .prepare_cached(
                "DELETE FROM changes
                 WHERE account = ?1 AND state IN ('done', 'failed', 'conflict', 'withdrawn')
                 AND NOT (state IN ('failed', 'conflict') AND seen = 0)
                 AND (closed_at < ?2 OR id <= (
                     SELECT id FROM changes
                     WHERE account = ?1 AND state IN ('done', 'failed', 'conflict', 'withdrawn')
                     ORDER BY id DESC LIMIT 1 OFFSET ?3))
                 AND id < (SELECT MAX(id) FROM changes newer WHERE newer.post = changes.post)",
            )?
            .execute(values)?;
        self.0
            .prepare_cached(
                "DELETE FROM departed_changes
                 WHERE account = ?1 AND (COALESCE(closed_at, made_at) < ?2 OR id <= (
                     SELECT id FROM departed_changes WHERE account = ?1
                     ORDER BY id DESC LIMIT 1 OFFSET ?3))",
            )?
            .execute(values)?;
        Ok(())
    }
}

fn entry_from(row: &Row<'_>) -> Result<ActivityEntry, StoreError> {
    let desired: String = row.get("desired")?;
    let time = |column: &str| -> Result<Option<DateTime<Utc>>, rusqlite::Error> {
        Ok(row.get::<_, Option<i64>>(column)?.map(from_ms))
    };
    let state = state_from(row)?;
    let is_question = !state.is_open() && !row.get::<_, bool>("seen")?;
    Ok(ActivityEntry {
        change: ChangeId(row.get("id")?),
        post: PostId::from(row.get::<_, String>("post")?),
        is_post_here: row.get("is_here")?,
        account: AccountId::from(row.get::<_, String>("account")?),
        excerpt: row.get("text")?,
        desired: desired_from_json(&desired)?,
        creates: row.get("creates")?,
        is_question: is_question && state.is_question(),
        state,
        attempts: row.get("attempts")?,
        next_at: time("not_before")?,
        made_at: time("made_at")?.unwrap_or_default(),
        closed_at: time("closed_at")?,
        message: row.get("message")?,
    })
}
