//! Undo: a step is taken back by wishing for the end state before it.

use chrono::{DateTime, Utc};

use super::{Receipt, no_such_post, not_editable};
use crate::app::App;
use crate::error::{Error, ErrorCode};
use crate::model::{Act, Aim, Post, PostId, SyncState, Wish, same_text};

/// How many steps can be undone.
const STEPS_KEPT: usize = 50;

/// A step of the user, with what it changed.
#[derive(Clone, Debug)]
pub(crate) struct UndoStep {
    post: PostId,
    before: EndState,
    after: EndState,
}

/// What a step changes: where the post is to stand, its text, and the time a draft is remembered by.
#[derive(Clone, Debug, PartialEq, Eq)]
struct EndState {
    /// None where that is not ours to say.
    aim: Option<Aim>,
    text: String,
    remembered: Option<DateTime<Utc>>,
}

impl EndState {
    fn of(post: &Post) -> Self {
        let aim = match &post.open {
            Some(open) => Some(open.aim),
            // Nothing is asked of any service for a draft that is only kept here.
            None if post.remote.is_none() => None,
            None => Aim::as_it_stands(&post.confirmed),
        };
        Self { aim, text: post.shown_text().to_owned(), remembered: post.remembered }
    }

    fn wants_the_same(&self, other: &Self) -> bool {
        self.aim == other.aim && same_text(&self.text, &other.text)
    }
}

impl App {
    /// Takes a step and keeps what is needed to undo it.
    pub(crate) fn submit_step(&self, post: &Post, wish: Wish) -> Result<Receipt, Error> {
        let receipt = self.submit(&post.id, wish)?;
        let (before, after) = (EndState::of(post), EndState::of(&receipt.post));
        let can_be_taken_back = match after.aim.and_then(Aim::act) {
            None | Some(Act::Delete) => true,
            Some(Act::Skip | Act::PublishNow | Act::Retry) => false,
        };
        // What is done once is asked for by the user alone: no undo leads back to it.
        let leads_back = before.aim.and_then(Aim::act).is_none();
        if before != after && can_be_taken_back && leads_back {
            let mut steps = self.undo_steps();
            if steps.len() == STEPS_KEPT {
                steps.remove(0);
            }
            steps.push(UndoStep { post: post.id.clone(), before, after });
        }
        Ok(receipt)
    }

    /// Undoes the last step that can be undone; a step the world has moved past is dropped.
    ///
    /// # Errors
    /// `NothingToUndo`, `MovedOn`, `PastTime`, `TooLate`, `NotEditable`, `NotFound`, `Storage`.
    pub fn undo(&self) -> Result<Receipt, Error> {
        let step = self
            .undo_steps()
            .pop()
            .ok_or_else(|| Error::new(ErrorCode::NothingToUndo, "There is nothing to undo."))?;
        let post = self.store.read(|tx| tx.post(&step.post))?.ok_or_else(no_such_post)?;
        let was_deleted = step.after.aim == Some(Aim::Deleted);
        let is_under_way = was_deleted && post.sync != SyncState::Waiting { note: None };
        if is_under_way || !EndState::of(&post).wants_the_same(&step.after) {
            return Err(Error::new(
                ErrorCode::MovedOn,
                "This step can’t be undone: the post has changed since.",
            ));
        }
        if !was_deleted && let Some(why) = post.locked_because() {
            return Err(not_editable(format!("This step can’t be undone. {why}")));
        }
        let EndState { aim, text, remembered } = step.before;
        // Leaving a post as it stands at its service sends no time.
        if let Some(time) = aim.and_then(Aim::time)
            && !aim.is_some_and(|aim| aim.is_reached_by(&post.confirmed))
        {
            self.check_time(&post.account, time)?;
        }
        self.submit(&post.id, Wish::Restore { aim, text, remembered })
    }
}
