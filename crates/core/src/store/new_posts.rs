//! Posts that begin here, until their service knows them.

use rusqlite::{OptionalExtension, params};

use super::rows::{desired_to_json, to_ms};
use super::{StoreError, Tx};
use crate::model::{
    AccountId, ChannelId, Desired, Post, PostId, PostStatus, RemoteId, Standing, same_text,
};
use crate::service::{NewTarget, RemotePost};

impl Tx<'_> {
    /// Adds a draft that no service knows.
    pub(crate) fn insert_new_post(
        &self,
        id: &PostId,
        account: &AccountId,
        text: &str,
        channels: &[ChannelId],
    ) -> Result<(), StoreError> {
        let draft = PostStatus::Draft;
        self.0.execute(
            "INSERT INTO posts (id, account, remote, at_service, text, status)
             VALUES (?1, ?2, ?1, 0, ?3, ?4)",
            params![id.as_str(), account.as_str(), text, draft.word()],
        )?;
        for channel in channels {
            self.0.execute(
                "INSERT INTO targets (post, channel, status) VALUES (?1, ?2, ?3)",
                params![id.as_str(), channel.as_str(), draft.word()],
            )?;
        }
        Ok(())
    }

    /// The posts of an account that no service knows, oldest first.
    pub(crate) fn posts_only_here(&self, account: &AccountId) -> Result<Vec<Post>, StoreError> {
        let here = "WHERE p.account = ?1 AND p.at_service = 0 ORDER BY p.id";
        self.select_posts(here, &[&account.as_str()])
    }

    /// Gives another text to a post that no service knows; says whether it is one.
    pub(crate) fn set_text(&self, post: &PostId, text: &str) -> Result<bool, StoreError> {
        let changed = self
            .0
            .prepare_cached("UPDATE posts SET text = ?2 WHERE id = ?1 AND at_service = 0")?
            .execute(params![post.as_str(), text])?;
        Ok(changed > 0)
    }

    /// Takes over a text that was wished for behind the creation of a post, which came to nothing: no
    /// service has another.
    pub(crate) fn take_text_home(&self, post: &PostId) -> Result<(), StoreError> {
        let Some(waiting) = self.waiting_change(post)? else { return Ok(()) };
        let Some(text) = waiting.desired.text else { return Ok(()) };
        if self.set_text(post, &text)? {
            let desired = Desired::aim(waiting.desired.aim);
            self.0
                .prepare_cached("UPDATE changes SET desired = ?2, base_text = NULL WHERE id = ?1")?
                .execute(params![waiting.id.0, desired_to_json(&desired)?])?;
        }
        Ok(())
    }

    /// The channels a post goes to, as its service knows them.
    pub(crate) fn new_targets(&self, post: &PostId) -> Result<Vec<NewTarget>, StoreError> {
        let mut query = self.0.prepare_cached(
            "SELECT c.remote, c.network FROM targets t JOIN channels c ON c.id = t.channel
             WHERE t.post = ?1 ORDER BY c.position, c.id",
        )?;
        let rows = query.query_map([post.as_str()], |row| {
            Ok(NewTarget { channel: RemoteId(row.get(0)?), network: row.get(1)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Notes that a post's service knows it now, under this id.
    pub(crate) fn set_created(
        &self,
        post: &PostId,
        remote: &RemoteId,
        standing: &Standing,
    ) -> Result<(), StoreError> {
        self.0.execute("UPDATE write_sequence SET value = value + 1", [])?;
        self.0.execute(
            "UPDATE posts SET remote = ?2, at_service = 1, status = ?3, time = ?4, changed_at = NULL,
                 written_seq = (SELECT value FROM write_sequence)
             WHERE id = ?1",
            params![
                post.as_str(),
                remote.as_str(),
                standing.status.word(),
                standing.time.map(to_ms),
            ],
        )?;
        Ok(())
    }

    /// Whether an account has posts that its service may not know.
    pub(super) fn has_new_posts(&self, account: &AccountId) -> Result<bool, StoreError> {
        Ok(self
            .0
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM posts WHERE account = ?1 AND at_service = 0)",
            )?
            .query_row([account.as_str()], |row| row.get(0))?)
    }

    /// The post of ours that a post we did not know may be: one whose creation was asked for without
    /// an answer, with the same text for the same channels.
    pub(super) fn created_as(
        &self,
        account: &AccountId,
        remote: &RemotePost,
    ) -> Result<Option<PostId>, StoreError> {
        let mut query = self.0.prepare_cached(
            "SELECT p.id, p.text FROM posts p JOIN changes c ON c.post = p.id
             WHERE p.account = ?1 AND p.at_service = 0 AND c.state IN ('sending', 'unknown')
             ORDER BY p.id",
        )?;
        let rows = query.query_map([account.as_str()], |row| {
            Ok((PostId::from(row.get::<_, String>(0)?), row.get::<_, String>(1)?))
        })?;
        for row in rows {
            let (id, text) = row?;
            if same_text(&text, &remote.text) && self.goes_where(&id, remote)? {
                return Ok(Some(id));
            }
        }
        Ok(None)
    }

    /// Whether a post of ours goes to the channels that a post of its service goes to.
    fn goes_where(&self, ours: &PostId, remote: &RemotePost) -> Result<bool, StoreError> {
        let mut listed: Vec<_> = remote.targets.iter().map(|target| &target.channel).collect();
        listed.sort();
        listed.dedup();
        let targets = self.new_targets(ours)?;
        let mut ours: Vec<_> = targets.iter().map(|target| &target.channel).collect();
        ours.sort();
        Ok(ours == listed)
    }

    /// Notes that a service is asked once more to create a post, so that there may be two of it.
    pub(crate) fn set_created_again(&self, post: &PostId) -> Result<(), StoreError> {
        self.0
            .prepare_cached("UPDATE posts SET created_again = 1 WHERE id = ?1")?
            .execute([post.as_str()])?;
        Ok(())
    }

    /// Whether an account has posts whose creation was asked for more than once.
    pub(super) fn has_created_again(&self, account: &AccountId) -> Result<bool, StoreError> {
        Ok(self
            .0
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM posts WHERE account = ?1 AND created_again = 1)",
            )?
            .query_row([account.as_str()], |row| row.get(0))?)
    }

    /// Whether a draft that we did not know may be the second one of a post of ours whose creation
    /// was asked for more than once: with a text that it has or had, for the same channels.
    pub(super) fn is_spare(
        &self,
        account: &AccountId,
        remote: &RemotePost,
    ) -> Result<bool, StoreError> {
        if remote.standing.status != PostStatus::Draft {
            return Ok(false);
        }
        let mut query = self.0.prepare_cached(
            "WITH ours AS (SELECT id, text FROM posts
                           WHERE account = ?1 AND created_again = 1 AND at_service = 1)
             SELECT id, text FROM ours
             UNION SELECT ours.id, texts.text FROM ours JOIN texts ON texts.post = ours.id",
        )?;
        let rows = query.query_map([account.as_str()], |row| {
            Ok((PostId::from(row.get::<_, String>(0)?), row.get::<_, String>(1)?))
        })?;
        for row in rows {
            let (id, text) = row?;
            if same_text(&text, &remote.text) && self.goes_where(&id, remote)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Marks a draft as one that may be there once too often.
    pub(super) fn set_spare(&self, post: &PostId) -> Result<(), StoreError> {
        self.0
            .prepare_cached("UPDATE posts SET is_spare = 1 WHERE id = ?1")?
            .execute([post.as_str()])?;
        Ok(())
    }

    /// Notes that the user keeps a draft that may be there once too often. Says whether it was one.
    pub(crate) fn keep_spare(&self, post: &PostId) -> Result<bool, StoreError> {
        let kept = self
            .0
            .prepare_cached("UPDATE posts SET is_spare = 0 WHERE id = ?1 AND is_spare = 1")?
            .execute([post.as_str()])?;
        Ok(kept > 0)
    }

    /// Whether an account has this channel.
    pub(crate) fn has_channel(
        &self,
        account: &AccountId,
        channel: &ChannelId,
    ) -> Result<bool, StoreError> {
        let found: Option<i64> = self
            .0
            .prepare_cached("SELECT 1 FROM channels WHERE account = ?1 AND id = ?2")?
            .query_row([account.as_str(), channel.as_str()], |row| row.get(0))
            .optional()?;
        Ok(found.is_some())
    }
}
