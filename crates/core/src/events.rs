//! What the app tells its shell, always after COMMIT: ids of what changed, never the truth itself.

use chrono::{DateTime, Utc};

use crate::model::PostId;

/// Something happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// These posts changed on disk.
    PostsChanged(Vec<PostId>),
    /// Accounts, their channels, health or progress changed.
    AccountsChanged,
    /// Something to tell the user.
    Notice(Notice),
    /// A post goes out soon.
    Reminder(Reminder),
    /// These posts went out, or were due, while nothing could remind of them.
    MissedReminders(Vec<Reminder>),
    /// It is time for the user to publish these posts by hand, the one due longest first. Each is
    /// named once for its time; it stays due until it is answered.
    HandOver(Vec<Reminder>),
}

/// Something to tell the user, in the window or, where it is closed, as a notification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// How bad it is.
    pub level: NoticeLevel,
    /// The sentence.
    pub message: String,
    /// The post it is about.
    pub post: Option<PostId>,
}

/// How bad a notice is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeLevel {
    /// Good to know.
    Info,
    /// A change did not have the effect that was asked for.
    Problem,
}

/// A post about to go out, by its confirmed time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reminder {
    /// The post.
    pub post: PostId,
    /// When it goes out.
    pub time: DateTime<Utc>,
    /// Its channels, for people.
    pub channels: String,
    /// The beginning of its text.
    pub excerpt: String,
    /// Whether the user publishes it by hand: it does not go out by itself.
    pub by_hand: bool,
}
