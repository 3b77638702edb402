//! Answer what a card asks: a problem that was read, a conflict that was decided.

use super::{Receipt, no_such_post};
use crate::app::App;
use crate::error::{Error, ErrorCode};
use crate::model::{Ability, Aim, Change, Desired, Dispute, PostId, PostStatus, Stake, Wish};

/// Which version is kept of each field of a post that was changed in two places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keep {
    /// Of status and time.
    pub standing: KeepSide,
    /// Of the text.
    pub text: KeepSide,
}

impl From<KeepSide> for Keep {
    fn from(side: KeepSide) -> Self {
        Self { standing: side, text: side }
    }
}

/// One of the two versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeepSide {
    /// What was asked for here.
    Mine,
    /// What was found at the service.
    Theirs,
}

impl App {
    /// The user has read what a card says of its last change, or keeps a draft that may be there
    /// once too often.
    ///
    /// # Errors
    /// `Storage`.
    pub fn dismiss_problem(&self, post: &PostId) -> Result<(), Error> {
        if self.store.write::<_, Error>(|tx| Ok(tx.mark_seen(post)? | tx.keep_spare(post)?))? {
            self.posts_changed(vec![post.clone()]);
        }
        Ok(())
    }

    /// Decides a conflict, field by field: ours is asked for again on the base of theirs, or given
    /// up. What was asked for and not changed there is asked for either way, as it would have been
    /// without the conflict.
    ///
    /// # Errors
    /// `NotFound` where there is no conflict, `NotEditable`, `PastTime`, `TooLate`, `Storage`.
    pub fn resolve_conflict(&self, post: &PostId, keep: impl Into<Keep>) -> Result<Receipt, Error> {
        let keep = keep.into();
        let conflict = self.store.read(|tx| tx.open_conflict(post))?.ok_or_else(|| {
            Error::new(
                ErrorCode::NotFound,
                "There is no conflict to decide for this post any more.",
            )
        })?;
        let post = self.store.read(|tx| tx.post(post))?.ok_or_else(no_such_post)?;
        let dispute = Dispute::of(&conflict, &post.confirmed, &post.text).asked();
        let is_ours = |stake, side| match stake {
            Stake::Agreed => false,
            Stake::Ours => true,
            Stake::Disputed => side == KeepSide::Mine,
        };
        let is_moved = is_ours(dispute.standing, keep.standing);
        let is_rewritten = is_ours(dispute.text, keep.text);
        let gives_way = keep == Keep::from(KeepSide::Theirs);
        if (!is_moved && !is_rewritten) || (gives_way && post.locked_because().is_some()) {
            self.dismiss_problem(&post.id)?;
            let post = self.store.read(|tx| tx.post(&post.id))?.ok_or_else(no_such_post)?;
            return Ok(Receipt { post, will_send: false });
        }
        let as_it_stands = Aim::as_it_stands(&post.confirmed).unwrap_or(conflict.desired.aim);
        self.wish_again(
            &post.id,
            Desired {
                aim: if is_moved { conflict.desired.aim } else { as_it_stands },
                text: conflict.desired.text.filter(|_| is_rewritten),
            },
        )
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
        let is_paused_since = change.base.status == PostStatus::Scheduled
            && post.confirmed.status == PostStatus::Draft;
        if is_paused_since && aim.time().is_some() {
            return Err(Error::new(
                ErrorCode::MovedOn,
                "The post was paused meanwhile, so trying again would let it go out. Resume it, if \
                 that is what you want.",
            ));
        }
        self.wish_again(&post.id, Desired { aim, text: change.desired.text })
    }

    /// Wishes for an end state by the rules of a new wish.
    fn wish_again(&self, post: &PostId, Desired { aim, text }: Desired) -> Result<Receipt, Error> {
        let post = self.store.read(|tx| tx.post(post))?.ok_or_else(no_such_post)?;
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
        let text = text.unwrap_or_else(|| post.text.clone());
        let remembered = aim.time().or(post.remembered);
        self.submit_step(&post, Wish::Restore { aim: Some(aim), text, remembered })
    }
}
