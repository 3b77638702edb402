//! Pause everything that accounts send out.

use chrono::{DateTime, Utc};

use super::is_answered_by_standing;
use crate::app::App;
use crate::error::Error;
use crate::events::Event;
use crate::model::{Ability, AccountId, Asked, Post, PostId, PostStatus, Wish};
use crate::outbox::queue;
use crate::store::{StoreError, Tx};
use crate::this_computer::ByHand;

/// What pausing an account would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pausable {
    /// The account.
    pub account: AccountId,
    /// How many of its posts are to go out.
    pub posts: u32,
    /// When the next of them is.
    pub soonest: Option<DateTime<Utc>>,
    /// Why its service can't pause posts, in words; none where it can.
    pub hindered: Option<String>,
}

impl App {
    /// What pausing each account would do, in the order in which accounts are shown.
    ///
    /// # Errors
    /// `Storage`.
    pub fn pausable(&self) -> Result<Vec<Pausable>, Error> {
        let listed = self.store.read(|tx| {
            let accounts = tx.accounts()?.into_iter();
            accounts
                .map(|it| Ok((it.id.clone(), to_go_out(tx, &it.id)?)))
                .collect::<Result<Vec<_>, StoreError>>()
        })?;
        listed
            .into_iter()
            .map(|(account, mut posts)| {
                posts.retain(|post| post.shown().status == PostStatus::Scheduled);
                Ok(Pausable {
                    posts: u32::try_from(posts.len()).unwrap_or(u32::MAX),
                    soonest: posts.iter().filter_map(|post| post.shown().time).min(),
                    hindered: self.hindered(&account)?,
                    account,
                })
            })
            .collect()
    }

    /// Pauses every post that these accounts are to send out, and remembers when each was to be. A
    /// post that can't be paused is in the journal all the same, as one that still goes out.
    ///
    /// # Errors
    /// `NotFound`, `Storage`; then nothing was paused.
    pub fn pause_all(&self, accounts: &[AccountId]) -> Result<(), Error> {
        let now = self.clock.now();
        let by_hand = self.by_hand()?;
        let mut changed = Vec::new();
        let mut hindered = Vec::new();
        for account in accounts {
            hindered.push(self.hindered(account)?.is_some());
        }
        self.store.write::<_, Error>(|tx| {
            for (account, is_hindered) in accounts.iter().zip(&hindered) {
                if is_over(tx, account)? {
                    tx.end_pause(account)?;
                }
                tx.begin_pause(account, now)?;
                for post in to_go_out(tx, account)? {
                    let Some(time) = post.shown().time else { continue };
                    tx.journal(account, &post.id, time, now)?;
                    if !is_hindered || post.remote.is_none() {
                        pause(tx, &post, &by_hand, now)?;
                    }
                    changed.push(post.id);
                }
            }
            Ok(())
        })?;
        self.pauses_changed(accounts, changed);
        Ok(())
    }

    /// Why the service of an account can't pause posts, in words.
    pub(super) fn hindered(&self, account: &AccountId) -> Result<Option<String>, Error> {
        let service = self.account_service(account)?;
        let can = service.capabilities.can(Ability::Pause);
        Ok((!can).then(|| format!("{} can’t pause posts for Rundown.", service.name)))
    }

    /// Tells of a pause that changed, and wakes its lanes.
    pub(super) fn pauses_changed(&self, accounts: &[AccountId], posts: Vec<PostId>) {
        self.posts_changed(posts);
        self.emit(Event::AccountsChanged);
        for account in accounts {
            self.wake_lane(account);
        }
    }
}

/// Pauses one post, where that can still be asked for; with it what its card asks is answered, unless
/// that is about a text.
pub(super) fn pause(
    tx: &Tx<'_>,
    post: &Post,
    by_hand: &ByHand,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    if post.locked_because().is_none() {
        queue(tx, &post.id, Wish::Pause, by_hand, now)?;
        if is_answered_by_standing(tx, &post.id)? {
            tx.mark_seen(&post.id)?;
        }
    }
    Ok(())
}

/// The posts that an account is to send out, by what was asked here, with those that are on their
/// way: of these it is told that they still go out.
fn to_go_out(tx: &Tx<'_>, account: &AccountId) -> Result<Vec<Post>, StoreError> {
    let mut posts = tx.posts(&tx.to_go_out(account)?)?;
    let goes_out = |status: &PostStatus| {
        matches!(status, PostStatus::Scheduled | PostStatus::Queued | PostStatus::Publishing)
    };
    posts.retain(|post| goes_out(&post.shown().status) && !post.is_leaving());
    Ok(posts)
}

/// Whether every post of an account's pause was asked to go out again.
fn is_over(tx: &Tx<'_>, account: &AccountId) -> Result<bool, StoreError> {
    Ok(tx.journaled(account)?.iter().all(|(_, post)| post.asked == Asked::Resume))
}
