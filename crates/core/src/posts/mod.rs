//! What a user can do with posts: one file each.

mod list;
mod pause;
mod problem;
mod reschedule;
mod resume;
mod undo;

pub(crate) use list::excerpt;
pub use list::{HistoryEntry, NextPost};
pub use problem::KeepSide;
pub(crate) use undo::UndoStep;

use chrono::{DateTime, Utc};

use crate::app::App;
use crate::error::{Error, ErrorCode};
use crate::model::{Post, PostId, TooSoon, check_lead};

/// What a user's step did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The post as it is shown now.
    pub post: Post,
    /// Whether a request will be made for it.
    pub will_send: bool,
}

impl App {
    /// A post that may be changed.
    pub(crate) fn editable_post(&self, id: &PostId) -> Result<Post, Error> {
        let post = self.store.read(|tx| tx.post(id))?.ok_or_else(no_such_post)?;
        match post.locked_because() {
            Some(why) => Err(Error::new(
                ErrorCode::NotEditable,
                format!("This post can’t be changed. {why}"),
            )),
            None => Ok(post),
        }
    }

    /// Refuses a time that could be published at once by the time it arrives.
    pub(crate) fn check_time(&self, post: &Post, time: DateTime<Utc>) -> Result<(), Error> {
        let lead = self.capabilities(&post.account)?.lead;
        check_lead(time, self.later_now(&post.account), lead).map_err(|too_soon| match too_soon {
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

pub(crate) fn no_such_post() -> Error {
    Error::new(
        ErrorCode::NotFound,
        "This post is no longer here. It may have been deleted at its service.",
    )
}
