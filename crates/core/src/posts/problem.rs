//! Answer what a card asks: a problem that was read, a conflict that was decided.

use super::{Receipt, no_such_post};
use crate::app::App;
use crate::error::{Error, ErrorCode};
use crate::model::{Ability, Desired, PostId, Wish};

/// Which version of a post that was changed in two places is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeepSide {
    /// What was asked for here.
    Mine,
    /// What was found at the service.
    Theirs,
}

impl App {
    /// The user has read what a card says of its last change.
    ///
    /// # Errors
    /// `Storage`.
    pub fn dismiss_problem(&self, post: &PostId) -> Result<(), Error> {
        if self.store.write::<_, Error>(|tx| Ok(tx.mark_seen(post)?))? {
            self.posts_changed(vec![post.clone()]);
        }
        Ok(())
    }

    /// Decides a conflict: ours is asked for again on the base of theirs, or given up.
    ///
    /// # Errors
    /// `NotFound` where there is no conflict, `NotEditable`, `PastTime`, `TooLate`, `Storage`.
    pub fn resolve_conflict(&self, post: &PostId, keep: KeepSide) -> Result<Receipt, Error> {
        let conflict = self.store.read(|tx| tx.open_conflict(post))?.ok_or_else(|| {
            Error::new(
                ErrorCode::NotFound,
                "There is no conflict to decide for this post any more.",
            )
        })?;
        match keep {
            KeepSide::Theirs => {
                self.dismiss_problem(post)?;
                let post = self.store.read(|tx| tx.post(post))?.ok_or_else(no_such_post)?;
                Ok(Receipt { post, will_send: false })
            }
            KeepSide::Mine => {
                let post = self.store.read(|tx| tx.post(post))?.ok_or_else(no_such_post)?;
                let Desired { aim, text } = conflict.desired;
                if let Some(time) = aim.time() {
                    self.check_time(&post.account, time)?;
                }
                match aim.act() {
                    Some(act) => self.act(&post.id, act),
                    None => {
                        let post = self.editable_post(&post.id, Ability::Reschedule)?;
                        let text = text.unwrap_or_else(|| post.text.clone());
                        let remembered = aim.time().or(post.remembered);
                        self.submit_step(&post, Wish::Restore { aim: Some(aim), text, remembered })
                    }
                }
            }
        }
    }
}
