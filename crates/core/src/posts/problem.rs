//! Answer what a card asks: a problem that was read, a conflict that was decided.

use super::{Receipt, no_such_post};
use crate::app::App;
use crate::error::{Error, ErrorCode};
use crate::model::{Ability, Aim, Change, PostId, PostStatus, Wish};

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
            KeepSide::Mine => self.ask_again(conflict),
        }
    }

    /// Asks once more for what was refused, ignored, put at another time or came too late, by the
    /// rules of a new wish.
    ///
    /// # Errors
    /// `NotFound` where nothing is to be tried again, `NotEditable`, `NotPossible`, `PastTime`,
    /// `TooLate`, `Storage`.
    pub fn try_again(&self, post: &PostId) -> Result<Receipt, Error> {
        let failed = self.store.read(|tx| tx.open_problem(post))?.ok_or_else(|| {
            Error::new(ErrorCode::NotFound, "There is nothing to try again for this post any more.")
        })?;
        self.ask_again(failed)
    }

    /// Wishes once more for what a closed change wanted. One that wanted another text alone leaves
    /// the post where it stands now.
    fn ask_again(&self, change: Change) -> Result<Receipt, Error> {
        let post = self.store.read(|tx| tx.post(&change.post))?.ok_or_else(no_such_post)?;
        let aim = match change.wants_text_alone() {
            true => Aim::as_it_stands(&post.confirmed).unwrap_or(change.desired.aim),
            false => change.desired.aim,
        };
        if let Some(act) = aim.act() {
            return self.act(&post.id, act);
        }
        if let Some(time) = aim.time().filter(|_| !aim.is_reached_by(&post.confirmed)) {
            self.check_time(&post.account, time)?;
        }
        let ability = match aim {
            Aim::Draft => Ability::Pause,
            _ if post.confirmed.status == PostStatus::Draft => Ability::Resume,
            _ => Ability::Reschedule,
        };
        let post = self.editable_post(&post.id, ability)?;
        let text = change.desired.text.unwrap_or_else(|| post.text.clone());
        let remembered = aim.time().or(post.remembered);
        self.submit_step(&post, Wish::Restore { aim: Some(aim), text, remembered })
    }
}
