//! The journal of Pause all on disk.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, params};

use super::rows::{from_ms, to_ms};
use super::{StoreError, Tx};
use crate::model::{AccountId, Asked, Journaled, PausePhase, PostId};

/// An account that is paused as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct StoredPause {
    /// Since when.
    pub paused_at: DateTime<Utc>,
    /// How far it has come.
    pub phase: PausePhase,
}

impl Tx<'_> {
    /// Whether an account is paused as a whole.
    pub(crate) fn pause(&self, account: &AccountId) -> Result<Option<StoredPause>, StoreError> {
        let row = self
            .0
            .prepare_cached("SELECT paused_at, phase FROM paused_accounts WHERE account = ?1")?
            .query_row([account.as_str()], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))
            .optional()?;
        row.map(|(paused_at, phase)| {
            Ok(StoredPause { paused_at: from_ms(paused_at), phase: phase_from(&phase)? })
        })
        .transpose()
    }

    /// Begins to pause an account, or goes on with it for more of its posts.
    pub(crate) fn begin_pause(
        &self,
        account: &AccountId,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.0
            .prepare_cached(
                "INSERT INTO paused_accounts (account, paused_at, phase) VALUES (?1, ?2, ?3)
                 ON CONFLICT (account) DO UPDATE SET phase = excluded.phase",
            )?
            .execute(params![account.as_str(), to_ms(now), phase_word(PausePhase::Pausing)])?;
        Ok(())
    }

    /// Notes how far pausing an account has come.
    pub(crate) fn set_pause_phase(
        &self,
        account: &AccountId,
        phase: PausePhase,
    ) -> Result<(), StoreError> {
        self.0
            .prepare_cached("UPDATE paused_accounts SET phase = ?2 WHERE account = ?1")?
            .execute(params![account.as_str(), phase_word(phase)])?;
        Ok(())
    }

    /// Forgets the pause of an account, with its journal.
    pub(crate) fn end_pause(&self, account: &AccountId) -> Result<(), StoreError> {
        self.0
            .prepare_cached("DELETE FROM paused_accounts WHERE account = ?1")?
            .execute([account.as_str()])?;
        Ok(())
    }

    /// Notes when a post was to go out that is paused with its account.
    pub(crate) fn journal(
        &self,
        account: &AccountId,
        post: &PostId,
        time: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.0
            .prepare_cached(
                "INSERT INTO paused_posts (post, account, time, paused_at) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (post) DO UPDATE
                 SET time = excluded.time, paused_at = excluded.paused_at, resumed = 0",
            )?
            .execute(params![post.as_str(), account.as_str(), to_ms(time), to_ms(now)])?;
        Ok(())
    }

    /// Notes that a post of a pause was given another time while it is a draft.
    pub(crate) fn journal_moved(
        &self,
        post: &PostId,
        time: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.0
            .prepare_cached("UPDATE paused_posts SET time = ?2 WHERE post = ?1 AND resumed = 0")?
            .execute(params![post.as_str(), to_ms(time)])?;
        Ok(())
    }

    /// Leaves a post out of the pause that the user paused alone after it was resumed.
    pub(crate) fn journal_paused_alone(&self, post: &PostId) -> Result<(), StoreError> {
        self.0
            .prepare_cached("DELETE FROM paused_posts WHERE post = ?1 AND resumed = 1")?
            .execute([post.as_str()])?;
        Ok(())
    }

    /// Notes that a post of a pause was asked to go out again.
    pub(crate) fn journal_resumed(&self, post: &PostId) -> Result<(), StoreError> {
        self.0
            .prepare_cached("UPDATE paused_posts SET resumed = 1 WHERE post = ?1")?
            .execute([post.as_str()])?;
        Ok(())
    }

    /// The journal of an account's pause, soonest first.
    pub(crate) fn journaled(
        &self,
        account: &AccountId,
    ) -> Result<Vec<(PostId, Journaled)>, StoreError> {
        let mut query = self.0.prepare_cached(
            "SELECT post, time, paused_at, resumed FROM paused_posts
             WHERE account = ?1 ORDER BY time, post",
        )?;
        let rows = query.query_map([account.as_str()], |row| {
            let asked = if row.get("resumed")? { Asked::Resume } else { Asked::Pause };
            let (time, paused_at) = (from_ms(row.get("time")?), from_ms(row.get("paused_at")?));
            let journaled = Journaled { time, paused_at, asked };
            Ok((PostId::from(row.get::<_, String>("post")?), journaled))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Whether a pause of one of an account's journaled posts has no outcome yet.
    pub(crate) fn is_still_pausing(&self, account: &AccountId) -> Result<bool, StoreError> {
        Ok(self
            .0
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM paused_posts p JOIN changes c ON c.post = p.post
                                WHERE p.account = ?1 AND p.resumed = 0
                                AND c.state IN ('waiting', 'sending', 'unknown'))",
            )?
            .query_row([account.as_str()], |row| row.get(0))?)
    }

    /// The posts of an account that go out although it was paused at `since`: made elsewhere
    /// meanwhile, or changed elsewhere while their pause was on its way. What was scheduled here
    /// after the pause was meant to go out.
    pub(crate) fn slipped_through(
        &self,
        account: &AccountId,
        since: DateTime<Utc>,
    ) -> Result<Vec<PostId>, StoreError> {
        let mut query = self.0.prepare_cached(
            "SELECT id FROM posts p
             WHERE account = ?1 AND status = 'scheduled' AND time IS NOT NULL
             AND NOT EXISTS (SELECT 1 FROM changes c WHERE c.post = p.id
                             AND c.made_at > COALESCE((SELECT paused_at FROM paused_posts
                                                       WHERE post = p.id), ?2)
                             AND c.desired_time IS NOT NULL
                             AND (c.base_status <> 'scheduled' OR c.desired_time IS NOT c.base_time))
             AND (id NOT IN (SELECT post FROM paused_posts)
                  OR EXISTS (SELECT 1 FROM changes c
                             WHERE c.post = p.id AND c.state = 'conflict' AND c.seen = 0))
             ORDER BY time, id",
        )?;
        let rows = query.query_map(params![account.as_str(), to_ms(since)], |row| {
            Ok(PostId::from(row.get::<_, String>(0)?))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The posts of an account that are to go out, or are on their way, by what was asked here,
    /// soonest first.
    pub(crate) fn to_go_out(&self, account: &AccountId) -> Result<Vec<PostId>, StoreError> {
        let mut query = self.0.prepare_cached(
            "SELECT id FROM posts
             WHERE account = ?1 AND (status IN ('scheduled', 'queued', 'publishing') OR id IN (
                 SELECT post FROM changes WHERE account = ?1 AND desired_time IS NOT NULL
                 AND state IN ('waiting', 'sending', 'unknown')))
             ORDER BY time, id",
        )?;
        let rows = query
            .query_map([account.as_str()], |row| Ok(PostId::from(row.get::<_, String>(0)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

const PHASES: [(PausePhase, &str); 3] = [
    (PausePhase::Pausing, "pausing"),
    (PausePhase::Looking, "looking"),
    (PausePhase::Paused, "paused"),
];

fn phase_word(phase: PausePhase) -> &'static str {
    PHASES.iter().find(|(known, _)| *known == phase).map_or("paused", |(_, word)| word)
}

fn phase_from(word: &str) -> Result<PausePhase, StoreError> {
    PHASES
        .iter()
        .find(|(_, known)| *known == word)
        .map(|(phase, _)| *phase)
        .ok_or_else(|| StoreError::Malformed(format!("a pause that is {word}")))
}
