//! Which reminders were given: each once, also after sleep or a restart.

use chrono::{DateTime, Utc};
use rusqlite::params;

use super::rows::to_ms;
use super::{StoreError, Tx};
use crate::model::{Post, PostId};

impl Tx<'_> {
    /// The posts confirmed to go out in `(after, until]` without a reminder given, soonest first, at
    /// most `limit`.
    pub(crate) fn unannounced(
        &self,
        after: DateTime<Utc>,
        until: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<Post>, StoreError> {
        self.select_posts(
            "WHERE p.status = 'scheduled' AND p.time > ?1 AND p.time <= ?2
             AND NOT EXISTS (SELECT 1 FROM reminded WHERE post = p.id AND time = p.time)
             ORDER BY p.time, p.id LIMIT ?3",
            &[&to_ms(after), &to_ms(until), &limit],
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
}
