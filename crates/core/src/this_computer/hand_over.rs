//! Handing a post to the user, who publishes it by hand.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, TimeDelta, Utc};
use url::Url;

use super::compose::compose_page;
use crate::app::App;
use crate::error::{Error, ErrorCode};
use crate::model::{
    Ability, Account, AccountId, Act, Channel, ChannelId, Post, PostId, PublishNow,
};
use crate::posts::{NextPost, Receipt, excerpt, no_such_post};

/// Which accounts' posts the user publishes by hand, and what is due of them now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ByHand {
    accounts: HashSet<AccountId>,
    channels: HashMap<ChannelId, Channel>,
    now: DateTime<Utc>,
}

impl ByHand {
    /// Whether the user publishes this post by hand.
    pub fn has(&self, post: &Post) -> bool {
        self.accounts.contains(&post.account)
    }

    /// Whether it is time to publish this post, and the user has not answered yet. It stays so until
    /// they do.
    pub fn is_due(&self, post: &Post) -> bool {
        let is_unanswered =
            post.open.as_ref().is_none_or(|open| open.aim.is_reached_by(&post.confirmed));
        let time = post.confirmed.goes_out_at();
        self.has(post) && is_unanswered && time.is_some_and(|time| time <= self.now)
    }

    /// The page of its network to write this post on, where there is one.
    pub fn page(&self, post: &Post) -> Option<Url> {
        let channel = post.targets.iter().find_map(|target| self.channels.get(&target.channel))?;
        compose_page(&channel.network, channel.handle.as_deref(), post.shown_text())
    }

    pub(crate) fn accounts(&self) -> Vec<&AccountId> {
        self.accounts.iter().collect()
    }
}

/// What the user is given to publish a post by hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandedOver {
    /// The text.
    pub text: String,
    /// The page of the network to write it on, where there is one.
    pub page: Option<Url>,
}

impl App {
    /// What is published by hand, as of now.
    ///
    /// # Errors
    /// `Storage`.
    pub fn by_hand(&self) -> Result<ByHand, Error> {
        let is_by_hand = |account: &Account| {
            let can = self.service_info(&account.address.kind).capabilities;
            can.publish_now == PublishNow::ByHand
        };
        let (mut accounts, mut channels) = (HashSet::new(), HashMap::new());
        self.store.read(|tx| {
            for account in tx.accounts()?.into_iter().filter(is_by_hand) {
                let listed = tx.channels(&account.id)?;
                channels.extend(listed.into_iter().map(|channel| (channel.id.clone(), channel)));
                accounts.insert(account.id);
            }
            Ok(())
        })?;
        Ok(ByHand { accounts, channels, now: self.clock.now() })
    }

    /// The posts that are to be published by hand now, the one that has waited longest first.
    ///
    /// # Errors
    /// `Storage`.
    pub fn due_by_hand(&self, limit: u32) -> Result<Vec<NextPost>, Error> {
        let by_hand = self.by_hand()?;
        let due = self.store.read(|tx| {
            let posts = tx.unanswered(&by_hand.accounts(), by_hand.now, limit)?;
            posts
                .into_iter()
                .filter(|post| by_hand.is_due(post))
                .filter_map(|post| Some((post.confirmed.goes_out_at()?, post)))
                .map(|(time, post)| {
                    Ok(NextPost {
                        time,
                        channels: tx.channel_names(&post)?,
                        excerpt: excerpt(post.shown_text()),
                        post: post.id,
                    })
                })
                .collect()
        })?;
        Ok(due)
    }

    /// The text of a post that is published by hand, and the page to write it on.
    ///
    /// # Errors
    /// `NotFound`, `NotPossible`, `Storage`.
    pub fn hand_over(&self, post: &PostId) -> Result<HandedOver, Error> {
        let post = self.store.read(|tx| tx.post(post))?.ok_or_else(no_such_post)?;
        self.check_account_ability(&post.account, Ability::Skip)?;
        let page = self.by_hand()?.page(&post);
        Ok(HandedOver { text: post.shown_text().to_owned(), page })
    }

    /// Answers a post that was due at `time`, unless it has been answered meanwhile: it is put off
    /// for a while from now.
    ///
    /// # Errors
    /// `NotFound`, `MovedOn`, and those of [`reschedule`](Self::reschedule).
    pub fn snooze(
        &self,
        post: &PostId,
        due: DateTime<Utc>,
        span: TimeDelta,
    ) -> Result<Receipt, Error> {
        self.still_due(post, due)?;
        self.reschedule(post, self.clock.now() + span)
    }

    /// Answers a post that was due at `time`, unless it has been answered meanwhile: the user has
    /// published it.
    ///
    /// # Errors
    /// `NotFound`, `MovedOn`, and those of [`act`](Self::act).
    pub fn published_by_hand(&self, post: &PostId, due: DateTime<Utc>) -> Result<Receipt, Error> {
        self.still_due(post, due)?;
        self.act(post, Act::PublishNow)
    }

    /// A notification may be answered long after the post was.
    fn still_due(&self, post: &PostId, due: DateTime<Utc>) -> Result<(), Error> {
        let post = self.store.read(|tx| tx.post(post))?.ok_or_else(no_such_post)?;
        if self.by_hand()?.is_due(&post) && post.confirmed.time == Some(due) {
            return Ok(());
        }
        Err(Error::new(ErrorCode::MovedOn, "This post has been answered or moved since."))
    }
}
