//! What an account's service can do: what the screen offers is decided by this alone.

use chrono::TimeDelta;

/// What a service can do with a post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capabilities {
    /// A scheduled post can be given another time.
    pub reschedule: bool,
    /// A scheduled post can be made a draft.
    pub pause: bool,
    /// A draft can be scheduled.
    pub resume: bool,
    /// How far ahead a time must lie when it is sent.
    pub lead: TimeDelta,
}
