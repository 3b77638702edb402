//! Posts on disk: what the service confirmed, and how the open change is laid over it.

use chrono::{DateTime, Utc};
use rusqlite::{Row, ToSql, params};

use super::rows::{desired_from_json, from_ms, media_from_json, standing, to_ms};
use super::{StoreError, Tx};
use crate::model::{
    AccountId, Channel, ChannelId, Desired, Dispute, Post, PostId, PostStatus, Progress, RemoteId,
    Standing, SyncState, Target, Version,
};

/// A standing the service confirmed in answer to a write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Written {
    /// Where the post stands now.
    pub confirmed: Standing,
    /// Its text now; none where the write left it alone.
    pub text: Option<String>,
    /// Where it stood before.
    pub former: Standing,
    /// When the answer came.
    pub at: DateTime<Utc>,
}

/// Everything a card shows. Its joins find one row each, by the three unique indexes of changes.
const SELECT_POSTS: &str = "
SELECT p.id, p.account, p.remote, p.at_service, p.text, p.status, p.time, p.remembered, p.media,
       p.changed_at, p.is_spare, w.desired AS waiting, w.made_at AS waiting_since, w.message AS waiting_note,
       f.desired AS in_flight, f.state AS in_flight_state, f.made_at AS in_flight_since, f.accepted_at,
       q.state AS question, q.problem, q.message AS question_message,
       q.desired AS question_desired, q.base_status, q.base_time, q.base_text
FROM posts p
LEFT JOIN changes w ON w.post = p.id AND w.state = 'waiting'
LEFT JOIN changes f ON f.post = p.id AND f.state IN ('sending', 'unknown')
LEFT JOIN changes q ON q.post = p.id AND q.state IN ('failed', 'conflict') AND q.seen = 0
";

/// Where in [`SELECT_POSTS`] is what is read of every post: looking up each column by its name takes
/// as long as the query.
mod column {
    pub(super) const ID: usize = 0;
    pub(super) const ACCOUNT: usize = 1;
    pub(super) const REMOTE: usize = 2;
    pub(super) const AT_SERVICE: usize = 3;
    pub(super) const TEXT: usize = 4;
    pub(super) const STATUS: usize = 5;
    pub(super) const TIME: usize = 6;
    pub(super) const REMEMBERED: usize = 7;
    pub(super) const MEDIA: usize = 8;
    pub(super) const CHANGED_AT: usize = 9;
    pub(super) const IS_SPARE: usize = 10;
    pub(super) const WAITING: usize = 11;
    pub(super) const WAITING_SINCE: usize = 12;
    pub(super) const IN_FLIGHT: usize = 14;
    pub(super) const IN_FLIGHT_SINCE: usize = 16;
    pub(super) const QUESTION: usize = 18;
}

const SELECT_TARGETS: &str =
    "SELECT channel, status, time, link, error FROM targets WHERE post = ?1 ORDER BY channel";

impl Tx<'_> {
    /// The posts that stand in `[from, to)` by their confirmed, wanted or remembered time.
    pub(crate) fn posts_in_range(
        &self,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> Result<Vec<Post>, StoreError> {
        self.select_posts(
            "WHERE p.rowid IN (
                SELECT rowid FROM posts WHERE time >= ?1 AND time < ?2
                UNION SELECT rowid FROM posts WHERE remembered >= ?1 AND remembered < ?2
                UNION SELECT o.rowid FROM changes c JOIN posts o ON o.id = c.post
                    WHERE c.state IN ('waiting', 'sending', 'unknown')
                    AND c.desired_time >= ?1 AND c.desired_time < ?2)
             ORDER BY p.time, p.id",
            &[&to_ms(from), &to_ms(to)],
        )
    }

    /// The posts shown as drafts, newest first.
    pub(crate) fn drafts(&self) -> Result<Vec<Post>, StoreError> {
        let mut posts = self.select_posts(
            "WHERE p.status = 'draft' OR p.id IN (
                SELECT post FROM changes WHERE state IN ('waiting', 'sending', 'unknown')
                AND desired_time IS NULL)
             ORDER BY p.id DESC",
            &[],
        )?;
        posts.retain(|post| post.shown().status == PostStatus::Draft);
        Ok(posts)
    }

    /// Those of these posts that are still here.
    pub(crate) fn posts(&self, ids: &[PostId]) -> Result<Vec<Post>, StoreError> {
        let mut posts = Vec::with_capacity(ids.len());
        for id in ids {
            posts.extend(self.post(id)?);
        }
        Ok(posts)
    }

    /// One post.
    pub(crate) fn post(&self, id: &PostId) -> Result<Option<Post>, StoreError> {
        Ok(self.select_posts("WHERE p.id = ?1", &[&id.as_str()])?.pop())
    }

    /// The posts confirmed to go out in `(after, until]`, soonest first, at most `limit`.
    pub(crate) fn going_out(
        &self,
        after: DateTime<Utc>,
        until: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<Post>, StoreError> {
        self.select_posts(
            "WHERE p.status = 'scheduled' AND p.time > ?1 AND p.time <= ?2
             ORDER BY p.time, p.id LIMIT ?3",
            &[&to_ms(after), &to_ms(until), &limit],
        )
    }

    /// An account's posts confirmed to go out in `(after, until]` with their times, soonest first, at
    /// most `limit`.
    pub(crate) fn due(
        &self,
        account: &AccountId,
        after: DateTime<Utc>,
        until: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<(PostId, DateTime<Utc>)>, StoreError> {
        let mut query = self.0.prepare_cached(
            "SELECT id, time FROM posts
             WHERE account = ?1 AND status = 'scheduled' AND time > ?2 AND time <= ?3
             ORDER BY time LIMIT ?4",
        )?;
        let values = params![account.as_str(), to_ms(after), to_ms(until), limit];
        let rows = query.query_map(values, |row| {
            Ok((PostId::from(row.get::<_, String>(0)?), from_ms(row.get(1)?)))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The ids of an account's posts that a whole sweep of `[from, to]` and of the drafts must show.
    pub(crate) fn sweepable(
        &self,
        account: &AccountId,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> Result<Vec<(PostId, RemoteId)>, StoreError> {
        let mut query = self.0.prepare_cached(
            "SELECT id, remote FROM posts
             WHERE account = ?1 AND at_service AND (status = 'draft' OR (time >= ?2 AND time <= ?3))",
        )?;
        let rows = query.query_map(params![account.as_str(), to_ms(from), to_ms(to)], |row| {
            Ok((PostId::from(row.get::<_, String>(0)?), RemoteId(row.get(1)?)))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Sets the time a draft is remembered by.
    pub(crate) fn remember(
        &self,
        post: &PostId,
        time: Option<DateTime<Utc>>,
    ) -> Result<(), StoreError> {
        self.0
            .prepare_cached("UPDATE posts SET remembered = ?2 WHERE id = ?1")?
            .execute(params![post.as_str(), time.map(to_ms)])?;
        Ok(())
    }

    /// The channels a post goes to, for people: “LinkedIn Studio, X @studio”.
    pub(crate) fn channel_names(&self, post: &Post) -> Result<String, StoreError> {
        let channels = self.channels(&post.account)?;
        let names: Vec<String> = channels
            .iter()
            .filter(|channel| post.targets.iter().any(|target| target.channel == channel.id))
            .map(Channel::title)
            .collect();
        Ok(names.join(", "))
    }

    /// Removes a post that no longer exists at its service. Answers the draft that is kept of what was
    /// typed into a duplicate of it, if one is.
    pub(crate) fn delete_post(&self, post: &PostId) -> Result<Option<PostId>, StoreError> {
        let kept = self.keep_duplicate(post)?;
        self.0.execute("DELETE FROM posts WHERE id = ?1", [post.as_str()])?;
        Ok(kept)
    }

    /// The posts of an account whose cards ask something.
    pub(crate) fn posts_with_questions(
        &self,
        account: &AccountId,
    ) -> Result<Vec<Post>, StoreError> {
        let asks = "WHERE p.account = ?1 AND EXISTS
                        (SELECT 1 FROM changes c WHERE c.post = p.id AND c.seen = 0
                         AND c.state IN ('failed', 'conflict'))
                    ORDER BY p.id";
        self.select_posts(asks, &[&account.as_str()])
    }

    /// The current write-sequence: what a pull that starts now carries.
    pub(crate) fn write_sequence(&self) -> Result<i64, StoreError> {
        Ok(self
            .0
            .prepare_cached("SELECT value FROM write_sequence")?
            .query_row([], |row| row.get(0))?)
    }

    /// Takes over what the service confirmed in answer to a write.
    pub(crate) fn set_written(&self, post: &PostId, written: &Written) -> Result<(), StoreError> {
        self.0.execute("UPDATE write_sequence SET value = value + 1", [])?;
        self.0
            .prepare_cached(
                "UPDATE posts SET status = ?2, time = ?3, former_status = ?4, former_time = ?5,
                     former_text = text, text = COALESCE(?7, text), changed_at = NULL,
                     written_at = ?6, written_seq = (SELECT value FROM write_sequence)
                 WHERE id = ?1",
            )?
            .execute(params![
                post.as_str(),
                written.confirmed.status.word(),
                written.confirmed.time.map(to_ms),
                written.former.status.word(),
                written.former.time.map(to_ms),
                to_ms(written.at),
                written.text,
            ])?;
        // What a channel said of a time of its own was said before: until it is read again, the
        // post's time is the one that was confirmed.
        self.0
            .prepare_cached("UPDATE targets SET status = ?2, time = NULL WHERE post = ?1")?
            .execute(params![post.as_str(), written.confirmed.status.word()])?;
        Ok(())
    }

    pub(super) fn targets(&self, post: &PostId) -> Result<Vec<Target>, StoreError> {
        let mut query = self.0.prepare_cached(SELECT_TARGETS)?;
        let rows = query.query_map([post.as_str()], target_from)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    pub(super) fn select_posts(
        &self,
        rest: &str,
        values: &[&dyn ToSql],
    ) -> Result<Vec<Post>, StoreError> {
        let mut query = self.0.prepare_cached(&format!("{SELECT_POSTS} {rest}"))?;
        let rows = query.query_and_then(values, post_from)?;
        let mut posts = rows.collect::<Result<Vec<_>, _>>()?;
        let mut query = self.0.prepare_cached(SELECT_TARGETS)?;
        for post in &mut posts {
            let rows = query.query_map([post.id.as_str()], target_from)?;
            post.targets = rows.collect::<Result<_, _>>()?;
        }
        Ok(posts)
    }
}

/// Reads a row of [`SELECT_TARGETS`].
fn target_from(row: &Row<'_>) -> Result<Target, rusqlite::Error> {
    Ok(Target {
        channel: ChannelId::from(row.get::<_, String>(0)?),
        status: PostStatus::from_word(&row.get::<_, String>(1)?),
        time: row.get::<_, Option<i64>>(2)?.map(from_ms),
        link: row.get(3)?,
        error: row.get(4)?,
    })
}

/// Reads a row of [`SELECT_POSTS`]; the targets come after.
fn post_from(row: &Row<'_>) -> Result<Post, StoreError> {
    let waiting: Option<String> = row.get(column::WAITING)?;
    let in_flight: Option<String> = row.get(column::IN_FLIGHT)?;
    let desired = |json: Option<String>| json.map(|json| desired_from_json(&json)).transpose();
    let open = match (desired(waiting)?, desired(in_flight)?) {
        // A newer wish leaves the text as the one before it has asked for.
        (Some(waiting), Some(in_flight)) => {
            Some(Desired { text: waiting.text.or(in_flight.text), ..waiting })
        }
        (waiting, in_flight) => waiting.or(in_flight),
    };
    let text: String = row.get(column::TEXT)?;
    let confirmed = standing(row, column::STATUS, column::TIME)?;
    let sync = match open_from(row)? {
        Some(open) => open,
        None => {
            let theirs = Version { standing: &confirmed, text: Some(&text) };
            question_from(row, theirs)?.unwrap_or(SyncState::Synced)
        }
    };
    Ok(Post {
        id: PostId::from(row.get::<_, String>(column::ID)?),
        account: AccountId::from(row.get::<_, String>(column::ACCOUNT)?),
        remote: match row.get(column::AT_SERVICE)? {
            true => Some(RemoteId(row.get(column::REMOTE)?)),
            false => None,
        },
        text,
        confirmed,
        changed_at: row.get::<_, Option<i64>>(column::CHANGED_AT)?.map(from_ms),
        open,
        remembered: row.get::<_, Option<i64>>(column::REMEMBERED)?.map(from_ms),
        sync,
        targets: Vec::new(),
        is_spare: row.get(column::IS_SPARE)?,
        media: media_from_json(&row.get::<_, String>(column::MEDIA)?)?,
    })
}

/// How far what was asked last has come; none where nothing is open.
fn open_from(row: &Row<'_>) -> Result<Option<SyncState>, StoreError> {
    let since = |column: usize| -> Result<Option<DateTime<Utc>>, StoreError> {
        Ok(row.get::<_, Option<i64>>(column)?.map(from_ms))
    };
    let waiting_since = since(column::WAITING_SINCE)?;
    let Some(in_flight_since) = since(column::IN_FLIGHT_SINCE)? else {
        let Some(asked_at) = waiting_since else { return Ok(None) };
        return Ok(Some(SyncState::Waiting { asked_at, note: row.get("waiting_note")? }));
    };
    let is_unknown = row.get::<_, String>("in_flight_state")? == "unknown";
    let is_accepted = row.get::<_, Option<i64>>("accepted_at")?.is_some();
    let progress = match (waiting_since, is_unknown, is_accepted) {
        (Some(_), _, _) => Progress::Behind,
        (None, false, _) => Progress::UnderWay,
        (None, true, false) => Progress::Unknown,
        (None, true, true) => Progress::Accepted,
    };
    let note = match (is_unknown, is_accepted) {
        (true, true) => Some("Reading back what became of the last change."),
        (true, false) => Some("Finding out whether the last change arrived."),
        (false, _) => None,
    };
    Ok(Some(SyncState::Sending {
        asked_at: waiting_since.unwrap_or(in_flight_since),
        progress,
        note: note.map(str::to_owned),
    }))
}

fn question_from(row: &Row<'_>, theirs: Version<'_>) -> Result<Option<SyncState>, StoreError> {
    let Some(state) = row.get::<_, Option<String>>(column::QUESTION)? else { return Ok(None) };
    let why: Option<String> = row.get("question_message")?;
    let asked: String = row.get("question_desired")?;
    let asked = desired_from_json(&asked)?;
    if state == "conflict" {
        let base_text: Option<String> = row.get("base_text")?;
        let base = &standing(row, "base_status", "base_time")?;
        let base = Version { standing: base, text: base_text.as_deref() };
        return Ok(Some(SyncState::Conflict {
            dispute: Dispute::between(&asked, base, theirs).asked(),
            mine: asked,
            theirs: theirs.standing.clone(),
        }));
    }
    let problem: String = row.get("problem")?;
    Ok(Some(SyncState::NeedsYou {
        problem: super::changes::problem_from(&problem)?,
        wanted: asked,
        why: why.unwrap_or_default(),
    }))
}
