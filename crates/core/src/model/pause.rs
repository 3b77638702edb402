//! Pausing everything an account sends out, and what became of each of its posts.

use chrono::{DateTime, Utc};

use super::{Aim, Post, PostStatus, SyncState};

/// How far pausing an account as a whole has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PausePhase {
    /// Its posts are being paused.
    Pausing,
    /// They are, or could not be; what was made at the service meanwhile is looked for.
    Looking,
    /// Nothing is left to do.
    Paused,
}

/// What the journal of a pause holds of one post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Journaled {
    /// When it was to go out.
    pub time: DateTime<Utc>,
    /// Since when it is paused.
    pub paused_at: DateTime<Utc>,
    /// What was last asked for it as a part of the whole.
    pub asked: Asked,
}

/// What was last asked for a post of a pause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Not to go out.
    Pause,
    /// To go out again.
    Resume,
}

/// Where a post of a pause stands. It follows from the post, so that it can't be out of date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PausedStanding {
    /// It still goes out: the service has not confirmed the pause yet. The note says what it waits
    /// for, where there is a reason.
    Pausing {
        /// Why it still waits.
        note: Option<String>,
    },
    /// It goes out, since it was not paused.
    GoesOut {
        /// Why not, in words.
        why: String,
    },
    /// It does not go out.
    Paused,
    /// It was to go out again and does not.
    NotResumed {
        /// Why not, in words.
        why: String,
    },
    /// It goes out again once the service has confirmed that.
    Resuming {
        /// Why it still waits.
        note: Option<String>,
    },
    /// It goes out again.
    Resumed,
    /// It went out, was called off or failed: nothing is left to pause.
    Over(PostStatus),
}

impl PausedStanding {
    /// Reads it off a post. `hindered` is why its service could not pause it, in words.
    pub fn of(post: &Post, asked: Asked, hindered: Option<String>) -> Self {
        let note = match &post.sync {
            SyncState::Waiting { note, .. } | SyncState::Sending { note, .. } => note.clone(),
            _ => None,
        };
        let why = match &post.sync {
            SyncState::NeedsYou { why, .. } => Some(why.clone()),
            SyncState::Conflict { .. } => {
                Some("It was changed elsewhere: choose which version to keep.".to_owned())
            }
            _ => None,
        };
        match (post.open.as_ref().map(|open| open.aim), &post.confirmed.status) {
            (Some(Aim::Scheduled { .. }), PostStatus::Scheduled) if asked == Asked::Pause => {
                Self::GoesOut { why: "It was scheduled again.".to_owned() }
            }
            (Some(Aim::Scheduled { .. }), _) => Self::Resuming { note },
            (Some(Aim::Draft), PostStatus::Draft) | (None, PostStatus::Draft) => match why {
                Some(why) if asked == Asked::Resume => Self::NotResumed { why },
                _ => Self::Paused,
            },
            (Some(Aim::Draft | Aim::Deleted | Aim::Skipped), _) => Self::Pausing { note },
            (_, PostStatus::Scheduled) if asked == Asked::Resume => Self::Resumed,
            (_, PostStatus::Scheduled) => Self::GoesOut {
                why: why.or(hindered).unwrap_or_else(|| "It was scheduled again.".to_owned()),
            },
            (_, PostStatus::Queued | PostStatus::Publishing) => {
                Self::GoesOut { why: "It is being published right now.".to_owned() }
            }
            (_, status) => Self::Over(status.clone()),
        }
    }

    /// Whether the post goes out, as far as the service has confirmed.
    pub fn still_goes_out(&self) -> bool {
        matches!(self, Self::Pausing { .. } | Self::GoesOut { .. })
    }
}
