//! The service side of This computer: its channels and posts, as a service would keep them.

use rusqlite::{OptionalExtension, Row, ToSql, params};

use super::rows::{standing, to_ms};
use super::{StoreError, Tx};
use crate::model::{AccountId, ChannelId, IdempotencyKey, PostId, RemoteId, Standing};
use crate::service::{ListQuery, NewPost, RemoteChannel, RemotePost, RemoteTarget};

const SELECT: &str = "
SELECT p.id, p.text, p.status, p.time, p.channel, c.network
FROM by_hand_posts p JOIN by_hand_channels c ON c.id = p.channel
";

impl Tx<'_> {
    /// This computer's channels in the order in which they were added.
    pub(crate) fn by_hand_channels(&self) -> Result<Vec<RemoteChannel>, StoreError> {
        let mut query =
            self.0.prepare_cached("SELECT * FROM by_hand_channels ORDER BY position")?;
        let rows = query.query_map([], |row| {
            Ok(RemoteChannel {
                id: RemoteId(row.get("id")?),
                network: row.get("network")?,
                name: row.get("name")?,
                handle: row.get("handle")?,
                problem: None,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Adds a channel after the others, or gives the one of this id its new name.
    pub(crate) fn save_by_hand_channel(&self, channel: &RemoteChannel) -> Result<(), StoreError> {
        self.0.execute(
            "INSERT INTO by_hand_channels (id, position, network, name, handle)
             VALUES (?1, (SELECT COALESCE(MAX(position), 0) + 1 FROM by_hand_channels), ?2, ?3, ?4)
             ON CONFLICT (id) DO UPDATE SET
                 network = excluded.network, name = excluded.name, handle = excluded.handle",
            params![channel.id.as_str(), channel.network, channel.name, channel.handle],
        )?;
        Ok(())
    }

    /// How many posts of a channel are still to go out, or may be: those scheduled and the drafts.
    pub(crate) fn planned_in(&self, channel: &ChannelId) -> Result<u32, StoreError> {
        Ok(self.0.query_row(
            "SELECT COUNT(*) FROM posts WHERE status IN ('draft', 'scheduled')
             AND id IN (SELECT post FROM targets WHERE channel = ?1)",
            [channel.as_str()],
            |row| row.get(0),
        )?)
    }

    /// Removes a channel of This computer on both sides, with the record of what went out there.
    /// Answers the posts that went with it.
    pub(crate) fn delete_by_hand_channel(
        &self,
        account: &AccountId,
        channel: &ChannelId,
    ) -> Result<Vec<PostId>, StoreError> {
        let values = [account.as_str(), channel.as_str()];
        self.0.execute(
            "DELETE FROM by_hand_channels
             WHERE id = (SELECT remote FROM channels WHERE account = ?1 AND id = ?2)",
            values,
        )?;
        let mut delete = self.0.prepare_cached(
            "DELETE FROM posts
             WHERE account = ?1 AND id IN (SELECT post FROM targets WHERE channel = ?2) RETURNING id",
        )?;
        let gone = delete.query_map(values, |row| Ok(PostId::from(row.get::<_, String>(0)?)))?;
        let gone = gone.collect::<Result<_, _>>()?;
        self.0.execute("DELETE FROM channels WHERE account = ?1 AND id = ?2", values)?;
        Ok(gone)
    }

    /// Up to `limit` posts of a list, after the first `skip`.
    pub(crate) fn by_hand_list(
        &self,
        query: &ListQuery,
        skip: u32,
        limit: u32,
    ) -> Result<Vec<RemotePost>, StoreError> {
        match query {
            ListQuery::Dated { from, to } => self.by_hand_posts(
                "WHERE p.status <> 'draft' AND p.time >= ?1 AND p.time <= ?2
                 ORDER BY p.time, p.id LIMIT ?3 OFFSET ?4",
                &[&to_ms(*from), &to_ms(*to), &limit, &skip],
            ),
            ListQuery::Drafts => self.by_hand_posts(
                "WHERE p.status = 'draft' ORDER BY p.id DESC LIMIT ?1 OFFSET ?2",
                &[&limit, &skip],
            ),
            ListQuery::RecentlyChanged => {
                self.by_hand_posts("ORDER BY p.changed DESC LIMIT ?1 OFFSET ?2", &[&limit, &skip])
            }
        }
    }

    /// One post.
    pub(crate) fn by_hand_post(&self, id: &RemoteId) -> Result<Option<RemotePost>, StoreError> {
        Ok(self.by_hand_posts("WHERE p.id = ?1", &[&id.as_str()])?.pop())
    }

    /// The post that was made with this key.
    pub(crate) fn by_hand_post_made_with(
        &self,
        key: &IdempotencyKey,
    ) -> Result<Option<RemotePost>, StoreError> {
        Ok(self.by_hand_posts("WHERE p.made_with = ?1", &[&key.as_str()])?.pop())
    }

    /// Adds a post to its one channel; says whether there is such a channel.
    pub(crate) fn insert_by_hand_post(
        &self,
        id: &RemoteId,
        channel: &RemoteId,
        post: &NewPost,
        key: &IdempotencyKey,
    ) -> Result<bool, StoreError> {
        let known: Option<i64> = self
            .0
            .query_row("SELECT 1 FROM by_hand_channels WHERE id = ?1", [channel.as_str()], |row| {
                row.get(0)
            })
            .optional()?;
        if known.is_none() {
            return Ok(false);
        }
        let standing = post.time.map_or_else(Standing::draft, Standing::scheduled);
        self.0.execute(
            "INSERT INTO by_hand_posts (id, made_with, channel, text, status, time, changed)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6,
                 (SELECT COALESCE(MAX(changed), 0) + 1 FROM by_hand_posts))",
            params![
                id.as_str(),
                key.as_str(),
                channel.as_str(),
                post.text,
                standing.status.word(),
                standing.time.map(to_ms),
            ],
        )?;
        Ok(true)
    }

    /// Sets where a post stands, and its text.
    pub(crate) fn set_by_hand_post(
        &self,
        id: &RemoteId,
        standing: &Standing,
        text: &str,
    ) -> Result<(), StoreError> {
        self.0.execute(
            "UPDATE by_hand_posts SET status = ?2, time = ?3, text = ?4,
                 changed = (SELECT MAX(changed) + 1 FROM by_hand_posts)
             WHERE id = ?1",
            params![id.as_str(), standing.status.word(), standing.time.map(to_ms), text],
        )?;
        Ok(())
    }

    /// Removes a post.
    pub(crate) fn delete_by_hand_post(&self, id: &RemoteId) -> Result<(), StoreError> {
        self.0.execute("DELETE FROM by_hand_posts WHERE id = ?1", [id.as_str()])?;
        Ok(())
    }

    fn by_hand_posts(
        &self,
        rest: &str,
        values: &[&dyn ToSql],
    ) -> Result<Vec<RemotePost>, StoreError> {
        let mut query = self.0.prepare_cached(&format!("{SELECT} {rest}"))?;
        let rows = query.query_map(values, remote_post_from)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

fn remote_post_from(row: &Row<'_>) -> Result<RemotePost, rusqlite::Error> {
    let standing = standing(row, "status", "time")?;
    Ok(RemotePost {
        id: RemoteId(row.get("id")?),
        text: row.get("text")?,
        targets: vec![RemoteTarget {
            channel: RemoteId(row.get("channel")?),
            network: row.get("network")?,
            status: standing.status.clone(),
            time: None,
            link: None,
            error: None,
        }],
        standing,
        changed_at: None,
        media: Vec::new(),
    })
}
