//! A post as the screen needs it: what the service confirmed, and what the user has asked for.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{
    AccountId, Aim, ChannelId, Desired, Dispute, PostId, PostStatus, Problem, RemoteId, Standing,
};

/// One post group at one service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    /// Our id.
    pub id: PostId,
    /// The account it belongs to.
    pub account: AccountId,
    /// The service's id; none while no service knows the post.
    pub remote: Option<RemoteId>,
    /// The text the service has, plain; or, where none knows the post, the one it will be given.
    pub text: String,
    /// What the service last said.
    pub confirmed: Standing,
    /// When it was last changed there, where the service says so of what we have of it.
    pub changed_at: Option<DateTime<Utc>>,
    /// The end state asked for and not yet confirmed.
    pub open: Option<Desired>,
    /// The time a draft was paused from, or was given here.
    pub remembered: Option<DateTime<Utc>>,
    /// How it stands with the service.
    pub sync: SyncState,
    /// One for each channel it goes to.
    pub targets: Vec<Target>,
    /// The pictures and videos it carries.
    pub media: Vec<Media>,
    /// Whether it may be the second draft of a post whose creation was asked for twice, and the user
    /// has not decided about it.
    pub is_spare: bool,
}

/// A picture or a video of a post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Media {
    /// What it is.
    pub kind: MediaKind,
    /// Where it is, where the service says so: https, or http on this computer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// What a post carries beside its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the type says it")]
pub enum MediaKind {
    Image,
    Video,
    Other,
}

impl Post {
    /// What the screen shows: confirmed plus the open change. A draft shows no time.
    pub fn shown(&self) -> Standing {
        match &self.open {
            Some(desired) => desired.aim.shown(&self.confirmed),
            None if self.confirmed.status == PostStatus::Draft => Standing::draft(),
            None => self.confirmed.clone(),
        }
    }

    /// The text the screen shows: the one asked for, else the one the service has.
    pub fn shown_text(&self) -> &str {
        self.open.as_ref().and_then(|desired| desired.text.as_deref()).unwrap_or(&self.text)
    }

    /// Whether it was asked to be deleted, and is not yet.
    pub fn is_leaving(&self) -> bool {
        self.open.as_ref().is_some_and(|desired| desired.aim == Aim::Deleted)
    }

    /// Why the post can't be deleted, in words; none where it can.
    pub fn undeletable_because(&self) -> Option<String> {
        match &self.confirmed.status {
            PostStatus::Draft
            | PostStatus::Scheduled
            | PostStatus::Failed
            | PostStatus::Cancelled => None,
            PostStatus::Published | PostStatus::PartiallyPublished => {
                Some("It has been published. Delete it on the network itself.".to_owned())
            }
            PostStatus::Queued | PostStatus::Publishing | PostStatus::Other(_) => {
                self.locked_because()
            }
        }
    }

    /// Why the post can't be moved, paused, resumed or edited, in words; none where it can.
    pub fn locked_because(&self) -> Option<String> {
        if self.is_leaving() {
            return Some("It is about to be deleted.".to_owned());
        }
        if !self.confirmed.status.is_editable() {
            return Some(match &self.confirmed.status {
                PostStatus::Published => "It has been published.".to_owned(),
                PostStatus::PartiallyPublished => "Part of it has been published.".to_owned(),
                PostStatus::Queued | PostStatus::Publishing => {
                    "It is being published right now.".to_owned()
                }
                PostStatus::Failed => {
                    "Publishing it failed, and the service does not let failed posts be changed."
                        .to_owned()
                }
                PostStatus::Cancelled => "It was cancelled.".to_owned(),
                other => {
                    format!("The service calls it “{}”, which Rundown does not know.", other.word())
                }
            });
        }
        self.targets.iter().find_map(|target| match &target.status {
            // A channel on which it failed, or was called off, is not on its way.
            PostStatus::Draft
            | PostStatus::Scheduled
            | PostStatus::Failed
            | PostStatus::Cancelled => None,
            PostStatus::Published | PostStatus::PartiallyPublished => {
                Some("It has already been published on one of its channels.".to_owned())
            }
            PostStatus::Queued | PostStatus::Publishing => {
                Some("One of its channels is already on its way.".to_owned())
            }
            PostStatus::Other(word) => Some(format!(
                "On one of its channels the service calls it “{word}”, which Rundown does not know."
            )),
        })
    }
}

/// A post's fate on one channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The channel.
    pub channel: ChannelId,
    /// Its status there.
    pub status: PostStatus,
    /// Its own time there, where the service keeps one per channel.
    pub time: Option<DateTime<Utc>>,
    /// Where it can be seen once it is live.
    pub link: Option<String>,
    /// Why it failed there.
    pub error: Option<String>,
}

/// How a post stands with its service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SyncState {
    /// Shown is confirmed.
    Synced,
    /// A change waits to be sent; the note says why it still waits, where there is a reason.
    Waiting {
        /// When the user asked.
        asked_at: DateTime<Utc>,
        /// Why it still waits.
        note: Option<String>,
    },
    /// A change is under way; the note says so where its outcome is being looked up.
    Sending {
        /// When the user asked.
        asked_at: DateTime<Utc>,
        /// How far what was asked last has come.
        progress: Progress,
        /// What is being done.
        note: Option<String>,
    },
    /// A change had no effect, and the user should know why.
    NeedsYou {
        /// The kind of trouble.
        problem: Problem,
        /// What was asked for.
        wanted: Desired,
        /// The sentence to show.
        why: String,
    },
    /// Changed elsewhere and here.
    Conflict {
        /// What the user asked for.
        mine: Desired,
        /// Where it stands at the service now.
        theirs: Standing,
        /// What of it is to be decided.
        dispute: Dispute,
    },
}

/// How far a change has come that its service was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// A former change of the post comes first.
    Behind,
    /// A request is under way.
    UnderWay,
    /// Whether the request arrived is not known.
    Unknown,
    /// The service said yes; what it made of it is being read back.
    Accepted,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft_with(target: PostStatus) -> Post {
        Post {
            id: PostId::generate(),
            account: AccountId::generate(),
            remote: Some(RemoteId("one".to_owned())),
            text: String::new(),
            confirmed: Standing::draft(),
            changed_at: None,
            open: None,
            remembered: None,
            sync: SyncState::Synced,
            targets: vec![Target {
                channel: ChannelId::generate(),
                status: target,
                time: None,
                link: None,
                error: None,
            }],
            media: Vec::new(),
            is_spare: false,
        }
    }

    #[test]
    fn a_channel_under_way_or_done_locks_its_post_and_one_that_failed_does_not() {
        let why = |target| draft_with(target).locked_because();
        assert_eq!(why(PostStatus::Draft), None);
        assert_eq!(why(PostStatus::Failed), None);
        assert_eq!(why(PostStatus::Cancelled), None);
        assert!(why(PostStatus::Queued).unwrap().contains("on its way"));
        assert!(why(PostStatus::Published).unwrap().contains("published on one"));
        assert!(why(PostStatus::Other("simmering".to_owned())).unwrap().contains("simmering"));
    }
}
