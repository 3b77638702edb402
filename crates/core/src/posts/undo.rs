//! Undo and redo: a step is taken back, or taken again, by wishing for the end state on its other
//! side. Where the world has moved past a step, it is refused and dropped.

use chrono::{DateTime, Utc};

use super::{Receipt, no_such_post, not_editable};
use crate::app::App;
use crate::error::{Error, ErrorCode};
use crate::model::{Ability, Act, Aim, Post, PostId, SyncState, Wish, same_text};

/// How many steps can be undone.
const STEPS_KEPT: usize = 50;

/// The steps of this session, oldest first.
#[derive(Default)]
pub(crate) struct Steps {
    done: Vec<Step>,
    undone: Vec<Step>,
}

impl Steps {
    /// Keeps a new step. What was undone before it can't be redone any more.
    pub(super) fn push(&mut self, step: Step) {
        self.undone.clear();
        self.keep_done(step);
    }

    /// Takes out the last step of a post, whatever was done to others since.
    fn take_last_of(&mut self, post: &PostId) -> Option<Step> {
        let last = self.done.iter().rposition(|step| step.post() == post)?;
        Some(self.done.remove(last))
    }

    fn keep_done(&mut self, step: Step) {
        if self.done.len() == STEPS_KEPT {
            self.done.remove(0);
        }
        self.done.push(step);
    }
}

/// A step of the user.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    /// A post was changed.
    Changed { post: PostId, before: EndState, after: EndState },
    /// A post was created.
    Created(PostId),
}

impl Step {
    fn post(&self) -> &PostId {
        match self {
            Self::Changed { post, .. } | Self::Created(post) => post,
        }
    }
}

/// What a step changes: where the post is to stand, its text, and the time a draft is remembered by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct EndState {
    /// None where that is not ours to say, or nothing is asked of any service.
    aim: Option<Aim>,
    /// Whether it is a draft that no service has, nor is to have.
    is_only_here: bool,
    text: String,
    remembered: Option<DateTime<Utc>>,
}

impl EndState {
    fn of(post: &Post) -> Self {
        let is_only_here = post.remote.is_none() && post.open.is_none();
        let aim = match &post.open {
            Some(open) => Some(open.aim),
            None if is_only_here => None,
            None => Aim::as_it_stands(&post.confirmed),
        };
        let text = post.shown_text().to_owned();
        Self { aim, is_only_here, text, remembered: post.remembered }
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
            self.steps().push(Step::Changed { post: post.id.clone(), before, after });
        }
        Ok(receipt)
    }

    /// Undoes the last step that can be undone; a step the world has moved past is dropped. A post
    /// that was created and is not on its way stays here as a draft; one that its service has is
    /// deleted, with the grace of any deletion.
    ///
    /// # Errors
    /// `NothingToUndo`, `MovedOn`, `PastTime`, `TooLate`, `NotEditable`, `NotPossible`, `NotFound`,
    /// `Storage`; after the last the step can still be undone.
    pub fn undo(&self) -> Result<Receipt, Error> {
        let step = self.steps().done.pop();
        self.take_back(step.ok_or_else(nothing_to_undo)?)
    }

    /// Undoes the last step of one post, whatever was done to others since.
    ///
    /// # Errors
    /// As for [`undo`](Self::undo).
    pub fn undo_of(&self, post: &PostId) -> Result<Receipt, Error> {
        let step = self.steps().take_last_of(post);
        self.take_back(step.ok_or_else(nothing_to_undo)?)
    }

    fn take_back(&self, step: Step) -> Result<Receipt, Error> {
        let undone = match &step {
            Step::Changed { post, before, after } => self.lead(post, after, before, "undone"),
            Step::Created(post) => self.uncreate(post),
        };
        self.settle_step(
            undone,
            step,
            |steps, step| steps.undone.push(step),
            |steps| &mut steps.done,
        )
    }

    /// Takes the step again that was undone last. A creation is not made again: a post that its undo
    /// is about to delete stays.
    ///
    /// # Errors
    /// `NothingToRedo`, and as for [`undo`](Self::undo).
    pub fn redo(&self) -> Result<Receipt, Error> {
        let step = self.steps().undone.pop().ok_or_else(nothing_to_redo)?;
        let redone = match &step {
            Step::Changed { post, before, after } => self.lead(post, before, after, "redone"),
            Step::Created(post) => self.keep_created(post),
        };
        self.settle_step(redone, step, Steps::keep_done, |steps| &mut steps.undone)
    }

    /// Keeps a step that was taken on the other side, or where it was if the disk failed it.
    fn settle_step(
        &self,
        outcome: Result<Receipt, Error>,
        step: Step,
        taken: impl FnOnce(&mut Steps, Step),
        from: impl FnOnce(&mut Steps) -> &mut Vec<Step>,
    ) -> Result<Receipt, Error> {
        let mut steps = self.steps();
        match &outcome {
            Ok(_) => taken(&mut steps, step),
            Err(error) if error.code == ErrorCode::Storage => from(&mut steps).push(step),
            Err(_) => {}
        }
        outcome
    }

    /// Wishes for the end state on the other side of a step, if the post stands on this one.
    fn lead(
        &self,
        post: &PostId,
        from: &EndState,
        to: &EndState,
        word: &str,
    ) -> Result<Receipt, Error> {
        let post = self.store.read(|tx| tx.post(post))?.ok_or_else(no_such_post)?;
        let was_deleted = from.aim == Some(Aim::Deleted);
        let is_under_way = was_deleted && !matches!(post.sync, SyncState::Waiting { .. });
        if is_under_way || !EndState::of(&post).wants_the_same(from) {
            return Err(moved_on(word));
        }
        if !was_deleted && let Some(why) = post.locked_because() {
            return Err(not_editable(format!("This step can’t be {word}. {why}")));
        }
        if to.aim == Some(Aim::Deleted) {
            return self.submit(&post.id, Wish::Act(Act::Delete));
        }
        let EndState { mut aim, is_only_here, text, remembered } = to.clone();
        let is_at_service = post.remote.is_some() || matches!(post.sync, SyncState::Sending { .. });
        if is_only_here && is_at_service {
            // Its service has it now, or may: it can be a draft there.
            self.check_account_ability(&post.account, Ability::Pause)?;
            aim = Some(Aim::Draft);
        }
        // Leaving a post as it stands at its service sends no time.
        if let Some(time) = aim.and_then(Aim::time)
            && !aim.is_some_and(|aim| aim.is_reached_by(&post.confirmed))
        {
            self.check_time(&post.account, time)?;
        }
        self.submit(&post.id, Wish::Restore { aim, text, remembered })
    }

    /// Takes a creation back.
    fn uncreate(&self, post: &PostId) -> Result<Receipt, Error> {
        let post = self.store.read(|tx| tx.post(post))?.ok_or_else(no_such_post)?;
        if post.is_leaving() {
            return Err(moved_on("undone"));
        }
        if post.remote.is_none() && !matches!(post.sync, SyncState::Sending { .. }) {
            // Its text stays here, in a draft that nothing is asked for.
            let remembered = post.shown().time.or(post.remembered);
            let text = post.shown_text().to_owned();
            return self.submit(&post.id, Wish::Restore { aim: None, text, remembered });
        }
        if let Some(why) = post.undeletable_because() {
            return Err(not_editable(format!("This step can’t be undone. {why}")));
        }
        self.check_ability(&post, Ability::Delete)?;
        self.submit(&post.id, Wish::Act(Act::Delete))
    }

    /// Lets a created post stay that was about to be deleted by an undo.
    fn keep_created(&self, post: &PostId) -> Result<Receipt, Error> {
        let post = self.store.read(|tx| tx.post(post))?.ok_or_else(no_such_post)?;
        let can_be_kept = post.is_leaving() && matches!(post.sync, SyncState::Waiting { .. });
        if !can_be_kept {
            return Err(Error::new(
                ErrorCode::MovedOn,
                "Creating a post is not done again. Its text is in Drafts, if it was kept.",
            ));
        }
        let (text, remembered) = (post.text.clone(), post.remembered);
        let aim = Aim::as_it_stands(&post.confirmed);
        self.submit(&post.id, Wish::Restore { aim, text, remembered })
    }
}

fn moved_on(word: &str) -> Error {
    let why = format!("This step can’t be {word}: the post has changed since.");
    Error::new(ErrorCode::MovedOn, why)
}

fn nothing_to_undo() -> Error {
    Error::new(ErrorCode::NothingToUndo, "There is nothing to undo.")
}

fn nothing_to_redo() -> Error {
    Error::new(ErrorCode::NothingToRedo, "There is nothing to redo.")
}
