//! Merging what a service tells of posts into what is kept of them.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{OptionalExtension, params};

use super::rows::{from_ms, media_to_json, standing, to_ms};
use super::{StoreError, Tx};
use crate::model::{
    AccountId, ChannelId, PostId, PostStatus, RemoteId, Standing, Target, TextSource, same_text,
};
use crate::service::RemotePost;

/// For how long after a write a list that shows the former value is taken for a stale one.
const STALE_AFTER_WRITE: TimeDelta = TimeDelta::seconds(60);

/// What merging a post that the service told us of did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Merged {
    /// Nothing: it is as we had it.
    Same(PostId),
    /// It is new or has changed.
    Changed(PostId),
    /// It is new, and may be the second one of a post whose creation was asked for twice.
    Spare(PostId),
    /// Left alone: a write is open, or was finished after the answer was asked for.
    OlderThanWrite,
    /// Left alone: it shows what was there before our write of a moment ago. Read it again.
    Stale,
}

/// What need not be looked up for each post of a page.
struct Known<'a> {
    account: &'a AccountId,
    channels: HashMap<RemoteId, ChannelId>,
    /// Whether there are posts of ours that the service may not know yet.
    has_new_posts: bool,
    /// Whether there are posts of ours that the service may have twice.
    has_created_again: bool,
}

impl Tx<'_> {
    /// Merges posts the service told us of. `asked_at_seq` is the write-sequence when they were
    /// asked for. Writes nothing where nothing is new.
    pub(crate) fn merge_posts(
        &self,
        account: &AccountId,
        posts: &[RemotePost],
        asked_at_seq: i64,
        now: DateTime<Utc>,
    ) -> Result<Vec<Merged>, StoreError> {
        let mut known = Known {
            account,
            channels: HashMap::new(),
            has_new_posts: self.has_new_posts(account)?,
            has_created_again: self.has_created_again(account)?,
        };
        posts.iter().map(|post| self.merge_post(&mut known, post, asked_at_seq, now)).collect()
    }

    fn merge_post(
        &self,
        page: &mut Known<'_>,
        remote: &RemotePost,
        asked_at_seq: i64,
        now: DateTime<Utc>,
    ) -> Result<Merged, StoreError> {
        let account = page.account;
        let Some(known) = self.merge_base(account, &remote.id)? else {
            let ours = match page.has_new_posts {
                true => self.created_as(account, remote)?,
                false => None,
            };
            let id = match ours {
                Some(id) => {
                    self.set_created(&id, &remote.id, &remote.standing)?;
                    self.merge_targets(&id, page, remote)?;
                    id
                }
                None => {
                    let id = PostId::generate();
                    self.insert_post(&id, page, remote)?;
                    if page.has_created_again && self.is_spare(account, remote)? {
                        self.set_spare(&id)?;
                        return Ok(Merged::Spare(id));
                    }
                    id
                }
            };
            return Ok(Merged::Changed(id));
        };
        if known.has_attempted_change || known.written_seq > asked_at_seq {
            return Ok(Merged::OlderThanWrite);
        }
        let just_written = known.written_at.is_some_and(|at| now - at < STALE_AFTER_WRITE);
        let shows_former = known.former.as_ref().is_some_and(|(standing, text)| {
            let is_former = standing.same_as(&remote.standing) && same_text(text, &remote.text);
            let is_ours =
                known.confirmed.same_as(&remote.standing) && same_text(&known.text, &remote.text);
            is_former && !is_ours
        });
        if just_written && shows_former {
            return Ok(Merged::Stale);
        }
        let paused_from = match (&known.confirmed, &remote.standing.status) {
            (Standing { status: PostStatus::Scheduled, time }, PostStatus::Draft) => *time,
            _ => None,
        };
        if !same_text(&known.text, &remote.text) {
            self.note_text(&known.id, &remote.text, TextSource::Service, now)?;
        }
        let changed = self
            .0
            .prepare_cached(
                "UPDATE posts SET text = ?2, status = ?3, time = ?4, media = ?5,
                     remembered = COALESCE(?6, remembered), changed_at = ?7
                 WHERE id = ?1 AND ((text, status, time, media) IS NOT (?2, ?3, ?4, ?5)
                                    OR changed_at IS NOT COALESCE(?7, changed_at))",
            )?
            .execute(params![
                known.id.as_str(),
                remote.text,
                remote.standing.status.word(),
                remote.standing.time.map(to_ms),
                media_to_json(&remote.media)?,
                paused_from.map(to_ms),
                remote.changed_at.map(to_ms),
            ])?;
        let targets_changed = self.merge_targets(&known.id, page, remote)?;
        Ok(if changed > 0 || targets_changed {
            Merged::Changed(known.id)
        } else {
            Merged::Same(known.id)
        })
    }

    fn insert_post(
        &self,
        id: &PostId,
        page: &mut Known<'_>,
        remote: &RemotePost,
    ) -> Result<(), StoreError> {
        // A draft that its service kept a time for was paused there.
        let kept = remote.standing.time.filter(|_| remote.standing.status == PostStatus::Draft);
        self.0
            .prepare_cached(
                "INSERT INTO posts (id, account, remote, text, status, time, remembered, media,
                     changed_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            )?
            .execute(params![
                id.as_str(),
                page.account.as_str(),
                remote.id.as_str(),
                remote.text,
                remote.standing.status.word(),
                remote.standing.time.map(to_ms),
                kept.map(to_ms),
                media_to_json(&remote.media)?,
                remote.changed_at.map(to_ms),
            ])?;
        self.insert_targets(id, self.wanted_targets(page, remote)?)
    }

    fn merge_targets(
        &self,
        post: &PostId,
        page: &mut Known<'_>,
        remote: &RemotePost,
    ) -> Result<bool, StoreError> {
        let wanted = self.wanted_targets(page, remote)?;
        if self.targets(post)? == wanted {
            return Ok(false);
        }
        self.0.prepare_cached("DELETE FROM targets WHERE post = ?1")?.execute([post.as_str()])?;
        self.insert_targets(post, wanted)?;
        Ok(true)
    }

    /// A post's targets as its service tells them, one for each channel.
    fn wanted_targets(
        &self,
        page: &mut Known<'_>,
        remote: &RemotePost,
    ) -> Result<Vec<Target>, StoreError> {
        let mut wanted = Vec::with_capacity(remote.targets.len());
        for target in &remote.targets {
            let channel = match page.channels.get(&target.channel) {
                Some(channel) => channel.clone(),
                None => {
                    let id = self.channel_for(page.account, &target.channel, &target.network)?;
                    page.channels.insert(target.channel.clone(), id.clone());
                    id
                }
            };
            wanted.push(Target {
                channel,
                status: target.status.clone(),
                time: target.time,
                link: target.link.clone(),
                error: target.error.clone(),
            });
        }
        wanted.sort_by(|a, b| a.channel.cmp(&b.channel));
        wanted.dedup_by(|a, b| a.channel == b.channel);
        Ok(wanted)
    }

    fn insert_targets(&self, post: &PostId, targets: Vec<Target>) -> Result<(), StoreError> {
        let mut insert = self.0.prepare_cached(
            "INSERT INTO targets (post, channel, status, time, link, error)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?;
        for target in targets {
            insert.execute(params![
                post.as_str(),
                target.channel.as_str(),
                target.status.word(),
                target.time.map(to_ms),
                target.link,
                target.error,
            ])?;
        }
        Ok(())
    }

    fn merge_base(
        &self,
        account: &AccountId,
        remote: &RemoteId,
    ) -> Result<Option<MergeBase>, StoreError> {
        Ok(self
            .0
            .prepare_cached(
                "SELECT id, text, status, time, written_seq, written_at, former_status, former_time,
                     former_text,
                     EXISTS (SELECT 1 FROM changes WHERE post = posts.id
                             AND state IN ('sending', 'unknown')) AS has_attempted_change
                 FROM posts WHERE account = ?1 AND remote = ?2",
            )?
            .query_row([account.as_str(), remote.as_str()], |row| {
                let former: Option<String> = row.get("former_status")?;
                Ok(MergeBase {
                    id: PostId::from(row.get::<_, String>("id")?),
                    text: row.get("text")?,
                    confirmed: standing(row, "status", "time")?,
                    former: match former {
                        Some(_) => Some((
                            standing(row, "former_status", "former_time")?,
                            row.get::<_, Option<String>>("former_text")?.unwrap_or_default(),
                        )),
                        None => None,
                    },
                    written_seq: row.get("written_seq")?,
                    written_at: row.get::<_, Option<i64>>("written_at")?.map(from_ms),
                    has_attempted_change: row.get("has_attempted_change")?,
                })
            })
            .optional()?)
    }
}

/// What decides whether an answer about a post may be believed.
struct MergeBase {
    id: PostId,
    text: String,
    confirmed: Standing,
    former: Option<(Standing, String)>,
    written_seq: i64,
    written_at: Option<DateTime<Utc>>,
    has_attempted_change: bool,
}
