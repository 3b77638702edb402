//! Errands: the one request that a change takes next, and whether its service can do it.

use crate::model::{
    Ability, Act, Aim, Capabilities, Change, Creation, Edit, Post, PostStatus, Step,
};
use crate::service::NewPost;
use crate::store::{StoreError, Tx};

/// What a service is asked for next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Errand {
    Create(NewPost),
    Edit(Edit),
    Act(Act),
}

impl Errand {
    /// The errand that takes a post towards what a change wants; none where it is so already.
    pub(super) fn next(
        tx: &Tx<'_>,
        post: &Post,
        change: &Change,
        can: &Capabilities,
    ) -> Result<Option<Self>, StoreError> {
        if post.remote.is_none() {
            let time = change.desired.time().filter(|_| can.create == Creation::Keyed);
            let channels = tx.new_targets(&post.id)?;
            return Ok(Some(Self::Create(NewPost { text: post.text.clone(), channels, time })));
        }
        Ok(match change.desired.aim.act() {
            Some(_) if change.desired.aim.is_reached_by(&post.confirmed) => None,
            Some(act) => Some(Self::Act(act)),
            None if pauses_first(change, post) => Some(Self::Edit(Edit::pause())),
            None => Edit::between(&post.confirmed, &post.text, &change.desired).map(Self::Edit),
        })
    }

    /// What the service must be able to do for it.
    pub(super) fn abilities(&self) -> Vec<Ability> {
        match self {
            Self::Create(_) => vec![Ability::Create],
            Self::Act(Act::PublishNow) => vec![Ability::PublishNow],
            Self::Act(Act::Retry) => vec![Ability::Retry],
            Self::Act(Act::Delete) => vec![Ability::Delete],
            Self::Act(Act::Skip) => vec![Ability::Skip],
            Self::Edit(Edit { step, text }) => {
                let step = step.map(|step| match step {
                    Step::MoveTo(_) => Ability::Reschedule,
                    Step::Pause => Ability::Pause,
                    Step::Schedule(_) => Ability::Resume,
                });
                step.into_iter().chain(text.as_ref().map(|_| Ability::EditText)).collect()
            }
        }
    }

    /// Why a post that stands as it does may not be asked for this, in words.
    pub(super) fn forbidden_by(&self, post: &Post) -> Option<String> {
        match self {
            Self::Create(_) => None,
            Self::Act(Act::Delete) => post.undeletable_because(),
            Self::Act(Act::Retry) => {
                let failed = [PostStatus::Failed, PostStatus::PartiallyPublished];
                (!failed.contains(&post.confirmed.status)).then(|| {
                    format!("It is {}, so there is nothing to retry.", post.confirmed.status)
                })
            }
            Self::Edit(_) | Self::Act(Act::PublishNow | Act::Skip) => post.locked_because(),
        }
    }

    /// Where the post stands once this is done; none where that is not the errand's to say.
    pub(super) fn aim(&self) -> Option<Aim> {
        match self {
            Self::Create(new) => Some(new.time.map_or(Aim::Draft, |time| Aim::Scheduled { time })),
            Self::Edit(edit) => edit.step.map(Step::aim),
            Self::Act(act) => Some(act.aim()),
        }
    }

    /// The text the post has once this is done; none where it is left as it is.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Edit(edit) => edit.text.as_deref(),
            Self::Create(_) | Self::Act(_) => None,
        }
    }
}

/// Whether a post is to be paused before its new text is sent: a text that its service does not take
/// must not keep the pause from it.
pub(super) fn pauses_first(change: &Change, post: &Post) -> bool {
    let aim = change.desired.aim;
    aim == Aim::Draft && !aim.is_reached_by(&post.confirmed) && change.desired.text.is_some()
}
