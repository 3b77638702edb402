//! What an account's service can do: what the screen offers, and what the app does, is decided by
//! this alone.

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
    /// How a post is created.
    pub create: Creation,
    /// A draft or scheduled post can be given another text.
    pub edit_text: bool,
    /// What deleting does.
    pub delete: Deletion,
    /// How a post is published now.
    pub publish_now: PublishNow,
    /// A failed post can be tried again.
    pub retry: bool,
    /// A post goes to one channel: for several, several posts are made.
    pub one_channel_per_post: bool,
    /// How far ahead a time must lie when it is sent.
    pub lead: TimeDelta,
}

/// How a service creates a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Creation {
    /// Not at all.
    Never,
    /// As a draft first, which is scheduled by a second, repeatable request: the service knows no
    /// idempotency key, and a doubled create must leave a spare draft, never a second publication.
    DraftFirst,
    /// At once as it is to be, under an idempotency key.
    Keyed,
}

/// What a service does with a post that is deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deletion {
    /// It can't be.
    Never,
    /// It is gone.
    Removes,
    /// It is cancelled for good and stays on record.
    Cancels,
}

/// How a post is published now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PublishNow {
    /// Not before its time.
    Never,
    /// By the service.
    AtService,
    /// By the service, as long as it is a draft.
    DraftsAtService,
    /// By the user's own hand, who then says that it is done.
    ByHand,
}

/// Something that may be done with a post, where its service can.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "as the fields of Capabilities")]
pub enum Ability {
    Reschedule,
    Pause,
    Resume,
    Create,
    EditText,
    Delete,
    PublishNow,
    Retry,
    Skip,
}

impl Capabilities {
    /// A service of which nothing is known: it can do nothing.
    pub fn none() -> Self {
        Self {
            reschedule: false,
            pause: false,
            resume: false,
            create: Creation::Never,
            edit_text: false,
            delete: Deletion::Never,
            publish_now: PublishNow::Never,
            retry: false,
            one_channel_per_post: false,
            lead: TimeDelta::minutes(2),
        }
    }

    /// Whether the service can do this.
    pub fn can(&self, ability: Ability) -> bool {
        match ability {
            Ability::Reschedule => self.reschedule,
            Ability::Pause => self.pause,
            Ability::Resume => self.resume,
            Ability::Create => self.create != Creation::Never,
            Ability::EditText => self.edit_text,
            Ability::Delete => self.delete != Deletion::Never,
            Ability::PublishNow => self.publish_now != PublishNow::Never,
            Ability::Retry => self.retry,
            Ability::Skip => self.publish_now == PublishNow::ByHand,
        }
    }
}

impl Ability {
    /// What it is, after “can’t”.
    pub fn words(self) -> &'static str {
        match self {
            Self::Reschedule => "move a post to another time",
            Self::Pause => "make a draft of a scheduled post",
            Self::Resume => "schedule a draft",
            Self::Create => "create posts",
            Self::EditText => "change the text of a post",
            Self::Delete => "delete posts",
            Self::PublishNow => "publish a post before its time",
            Self::Retry => "try a failed post again",
            Self::Skip => "pass over a post",
        }
    }
}
