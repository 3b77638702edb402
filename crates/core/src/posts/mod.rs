//! What a user can do with posts: one file each.

mod act;
mod create;
mod edit;
mod list;
mod pause;
mod picture;
mod problem;
mod reschedule;
mod resume;
mod undo;

pub use create::NewPostForm;
pub(crate) use list::excerpt;
pub use list::{HistoryEntry, NextPost};
pub use picture::PictureAddress;
pub use problem::{Keep, KeepSide};
pub(crate) use undo::Steps;

use chrono::{DateTime, Utc};

use crate::app::App;
use crate::error::{Error, ErrorCode};
use crate::model::{Ability, AccountId, Post, PostId, PublishNow, TooSoon, check_lead};

/// What a user's step did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The post as it is shown now.
    pub post: Post,
    /// Whether a request will be made for it.
    pub will_send: bool,
}

impl App {
    /// A post that may be changed so: it is editable, and its service can do it.
    pub(crate) fn editable_post(&self, id: &PostId, ability: Ability) -> Result<Post, Error> {
        let post = self.store.read(|tx| tx.post(id))?.ok_or_else(no_such_post)?;
        if let Some(why) = post.locked_because() {
            return Err(not_editable(format!("This post can’t be changed. {why}")));
        }
        self.check_ability(&post, ability)?;
        Ok(post)
    }

    /// Refuses what the post's service can't do. A post that no service knows yet can be moved,
    /// paused and edited here whatever its service can do.
    pub(crate) fn check_ability(&self, post: &Post, ability: Ability) -> Result<(), Error> {
        let is_ours = matches!(
            ability,
            Ability::Reschedule | Ability::Pause | Ability::EditText | Ability::Delete
        );
        if post.remote.is_none() && is_ours {
            return Ok(());
        }
        self.check_account_ability(&post.account, ability)
    }

    pub(crate) fn check_account_ability(
        &self,
        account: &AccountId,
        ability: Ability,
    ) -> Result<(), Error> {
        let service = self.account_service(account)?;
        if service.capabilities.can(ability) {
            return Ok(());
        }
        Err(Error::new(
            ErrorCode::NotPossible,
            format!("{} can’t {} for Rundown.", service.name, ability.words()),
        ))
    }

    /// Refuses a time that could be published at once by the time it arrives.
    pub(crate) fn check_time(&self, account: &AccountId, time: DateTime<Utc>) -> Result<(), Error> {
        let can = self.account_service(account)?.capabilities;
        let lead = can.lead;
        check_lead(time, self.later_now(account), lead).map_err(|too_soon| match too_soon {
            TooSoon::Past if can.publish_now == PublishNow::ByHand => Error::new(
                ErrorCode::PastTime,
                "That time has passed. Choose one that is still to come.",
            ),
            TooSoon::Past => Error::new(
                ErrorCode::PastTime,
                "That time has passed. Sending it could publish the post at once, so nothing was sent.",
            ),
            TooSoon::WithinLead => Error::new(
                ErrorCode::TooLate,
                format!(
                    "That is less than {} minutes from now, too close to be sure that the change arrives \
                     in time. Choose a later time.",
                    lead.num_minutes()
                ),
            ),
        })
    }
}

fn not_editable(why: String) -> Error {
    Error::new(ErrorCode::NotEditable, why)
}

pub(crate) fn no_such_post() -> Error {
    Error::new(
        ErrorCode::NotFound,
        "This post is no longer here. It may have been deleted at its service.",
    )
}
