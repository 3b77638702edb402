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

use crate::model::{Change, ChangeState, PostId, Problem};
use crate::store::{StoreError, Tx};

/// Whether another standing answers what was asked of a post. A question about a text stays, also where
/// an open change hides it; one whose time came too late has its text taken along.
fn is_answered_by_standing(tx: &Tx<'_>, post: &PostId) -> Result<bool, StoreError> {
    let is_about_text = |question: &Change| {
        question.desired.text.is_some() && question.state != ChangeState::Failed(Problem::TooLate)
    };
    let questions = [tx.open_problem(post)?, tx.open_conflict(post)?];
    Ok(!questions.iter().flatten().any(is_about_text))
}
