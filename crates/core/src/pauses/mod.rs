//! Pause all and resume all: everything that an account sends out, at once.
//!
//! Each account has a pause of its own. Its journal remembers when every post was to go out, and
//! is written in the same transaction as the changes that pause them: a crash leaves both or
//! neither. From there each post is on its own, so that a stuck one holds up no other, and the
//! report is read off the posts, never kept.

mod look_again;
mod pause_all;
mod report;
mod resume_all;

pub use pause_all::Pausable;
pub use report::{Pause, PausedPost};
pub use resume_all::{ResumeHow, Resumed};

use crate::model::{Post, Problem, SyncState};

/// Whether another standing answers what the card of a post asks. A question about a text stays; one
/// whose time came too late has its text taken along.
fn is_answered_by_standing(post: &Post) -> bool {
    let text = match &post.sync {
        SyncState::NeedsYou { problem: Problem::TooLate, .. } => &None,
        SyncState::NeedsYou { wanted, .. } => &wanted.text,
        SyncState::Conflict { mine, .. } => &mine.text,
        _ => &None,
    };
    text.is_none()
}
