//! Which reminders were given: each once, also after sleep or a restart.

use chrono::{DateTime, Utc};
use rusqlite::params;

use super::rows::{from_ms, to_ms};
use super::{StoreError, Tx};
use crate::model::{AccountId, Post, PostId};

impl Tx<'_> {
    /// The posts confirmed to go out in `(after, until]` without a reminder given, soonest first, at
    /// most `limit`, those of the accounts in `except` left out. So is one that was handed to the user
    /// and then put off to a time within that span: it was just spoken of.
    pub(crate) fn unannounced(
        &self,
        after: DateTime<Utc>,
        until: DateTime<Utc>,
        except: &[&AccountId],
        limit: u32,
    ) -> Result<Vec<Post>, StoreError> {
        self.select_posts(
            "WHERE p.status = 'scheduled' AND p.time > ?1 AND p.time <= ?2
             AND NOT EXISTS (SELECT 1 FROM reminded WHERE post = p.id AND time = p.time)
             AND NOT (COALESCE(p.written_at, 0) > p.time - (?2 - ?1)
                      AND EXISTS (SELECT 1 FROM handed_over WHERE post = p.id))
             AND p.account NOT IN (SELECT value FROM json_each(?4))
             ORDER BY p.time, p.id LIMIT ?3",
            &[&to_ms(after), &to_ms(until), &limit, &ids(except)],
        )
    }

    /// Notes that a post's reminder for this time is given.
    pub(crate) fn note_reminder(
        &self,
        post: &PostId,
        time: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.0
            .prepare_cached("INSERT OR IGNORE INTO reminded (post, time) VALUES (?1, ?2)")?
            .execute(params![post.as_str(), to_ms(time)])?;
        Ok(())
    }

    /// The posts of these accounts whose confirmed time has come and that are still scheduled, the
    /// one due longest first, at most `limit`.
    pub(crate) fn unanswered(
        &self,
        accounts: &[&AccountId],
        now: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<Post>, StoreError> {
        self.overdue(accounts, now, limit, "")
    }

    /// Those of them that were not handed to the user for that time.
    pub(crate) fn to_hand_over(
        &self,
        accounts: &[&AccountId],
        now: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<Post>, StoreError> {
        let not_yet =
            "AND NOT EXISTS (SELECT 1 FROM handed_over WHERE post = p.id AND time = p.time)";
        self.overdue(accounts, now, limit, not_yet)
    }

    fn overdue(
        &self,
        accounts: &[&AccountId],
        now: DateTime<Utc>,
        limit: u32,
        also: &str,
    ) -> Result<Vec<Post>, StoreError> {
        self.select_posts(
            &format!(
                "WHERE p.account IN (SELECT value FROM json_each(?1))
                 AND p.status = 'scheduled' AND p.time <= ?2 {also}
                 ORDER BY p.time, p.id LIMIT ?3"
            ),
            &[&ids(accounts), &to_ms(now), &limit],
        )
    }

    /// Notes that a post is handed to the user for this time.
    pub(crate) fn note_hand_over(
        &self,
        post: &PostId,
        time: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.0
            .prepare_cached("INSERT OR IGNORE INTO handed_over (post, time) VALUES (?1, ?2)")?
            .execute(params![post.as_str(), to_ms(time)])?;
        Ok(())
    }

    /// When the next post of these accounts comes due after `now`.
    pub(crate) fn next_due(
        &self,
        accounts: &[&AccountId],
        now: DateTime<Utc>,
    ) -> Result<Option<DateTime<Utc>>, StoreError> {
        let soonest: Option<i64> = self
            .0
            .prepare_cached(
                "SELECT MIN(time) FROM posts WHERE status = 'scheduled' AND time > ?2
                 AND account IN (SELECT value FROM json_each(?1))",
            )?
            .query_row(params![ids(accounts), to_ms(now)], |row| row.get(0))?;
        Ok(soonest.map(from_ms))
    }
}

/// Account ids as the JSON that `json_each` reads.
fn ids(accounts: &[&AccountId]) -> String {
    let ids: Vec<_> = accounts.iter().map(|account| account.as_str()).collect();
    serde_json::json!(ids).to_string()
}
