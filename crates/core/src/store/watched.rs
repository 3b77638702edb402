//! What the watchdog finds, and has said, on disk.

use chrono::{DateTime, Utc};
use rusqlite::params;

use super::rows::to_ms;
use super::{StoreError, Tx};
use crate::model::{AccountId, Post};

impl Tx<'_> {
    /// The posts of an account that its service still called scheduled although their time, between
    /// `after` and `until`, is past, and of which that was not said, soonest first.
    pub(crate) fn overdue_unsaid(
        &self,
        account: &AccountId,
        after: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<Vec<Post>, StoreError> {
        self.select_posts(
            "WHERE p.account = ?1 AND p.status = 'scheduled' AND p.time > ?2 AND p.time <= ?3
             AND NOT EXISTS (SELECT 1 FROM warned
                             WHERE post = p.id AND time = p.time AND what = 'overdue')
             ORDER BY p.time, p.id",
            &[&account.as_str(), &to_ms(after), &to_ms(until)],
        )
    }

    /// The posts of an account that failed, wholly or in part, at a time after `after`, and of which
    /// that was not said, soonest first.
    pub(crate) fn failed_unsaid(
        &self,
        account: &AccountId,
        after: DateTime<Utc>,
    ) -> Result<Vec<Post>, StoreError> {
        self.select_posts(
            "WHERE p.account = ?1 AND p.status IN ('failed', 'partially-published') AND p.time > ?2
             AND NOT EXISTS (SELECT 1 FROM warned
                             WHERE post = p.id AND time = p.time AND what = 'failed')
             ORDER BY p.time, p.id",
            &[&account.as_str(), &to_ms(after)],
        )
    }

    /// Notes that it was said that a post is overdue.
    pub(crate) fn note_overdue(&self, post: &Post) -> Result<(), StoreError> {
        self.note_warned(post, "overdue")
    }

    /// Notes that it was said that a post failed.
    pub(crate) fn note_failed(&self, post: &Post) -> Result<(), StoreError> {
        self.note_warned(post, "failed")
    }

    fn note_warned(&self, post: &Post, what: &str) -> Result<(), StoreError> {
        self.0
            .prepare_cached("INSERT OR IGNORE INTO warned (post, time, what) VALUES (?1, ?2, ?3)")?
            .execute(params![post.id.as_str(), post.confirmed.time.map(to_ms), what])?;
        Ok(())
    }
}
