//! Undo: a step is taken back by wishing for the end state before it.

use chrono::{DateTime, Utc};

use super::{Receipt, no_such_post};
use crate::app::App;
use crate::error::{Error, ErrorCode};
use crate::model::{Desired, Post, PostId, Wish};

/// How many steps can be undone.
const STEPS_KEPT: usize = 50;

/// A step of the user, with what it changed.
#[derive(Clone, Debug)]
pub(crate) struct UndoStep {
    post: PostId,
    before: EndState,
    after: EndState,
}

/// What a step changes: the end state shown, and the time a draft is remembered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct EndState {
    desired: Desired,
    remembered: Option<DateTime<Utc>>,
}

impl EndState {
    fn of(post: &Post) -> Option<Self> {
        let desired = Desired::as_it_stands(&post.shown())?;
        Some(Self { desired, remembered: post.remembered })
    }
}

impl App {
    /// Takes a step and keeps what is needed to undo it.
    pub(crate) fn submit_step(&self, post: &Post, wish: Wish) -> Result<Receipt, Error> {
        let receipt = self.submit(&post.id, wish)?;
        let states = (EndState::of(post), EndState::of(&receipt.post));
        if let (Some(before), Some(after)) = states
            && before != after
        {
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
        if EndState::of(&post).map(|now| now.desired) != Some(step.after.desired) {
            return Err(Error::new(
                ErrorCode::MovedOn,
                "This step can’t be undone: the post has changed since.",
            ));
        }
        let post = self.editable_post(&step.post)?;
        if let Some(time) = step.before.desired.time() {
            self.check_time(&post, time)?;
        }
        let EndState { desired, remembered } = step.before;
        self.submit(&post.id, Wish::Restore { desired, remembered })
    }
}
