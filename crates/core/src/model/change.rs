//! A change: what the user wants of a post, kept until the service has confirmed or refused it.

use chrono::{DateTime, TimeDelta, Utc};

use super::{
    AccountId, Aim, ChangeId, Desired, IdempotencyKey, PostId, PostStatus, Standing, check_lead,
};

/// For how long “now” may still be meant: a request to publish is not sent later than this.
pub const AT_ONCE: TimeDelta = TimeDelta::seconds(60);

/// A change in the outbox or its history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Our id.
    pub id: ChangeId,
    /// The post.
    pub post: PostId,
    /// The account it is sent through.
    pub account: AccountId,
    /// What is wanted.
    pub desired: Desired,
    /// What its requests are known by.
    pub key: IdempotencyKey,
    /// Where the post stood, as far as we knew, when the user decided.
    pub base: Standing,
    /// The text it had then; none for a change that leaves the text alone.
    pub base_text: Option<String>,
    /// Where the change itself stands.
    pub state: ChangeState,
    /// How often sending it was begun.
    pub attempts: u32,
    /// Not to be tried before this.
    pub not_before: Option<DateTime<Utc>>,
    /// When our connection of the last attempt ended, for a change whose outcome is unknown.
    pub cut_at: Option<DateTime<Utc>>,
    /// How often it was sent without an answer that says what became of it.
    pub unheard: u32,
    /// How many read-backs have found it not applied.
    pub not_found_reads: u32,
    /// When the user decided.
    pub made_at: DateTime<Utc>,
    /// When it was closed, for a change that is.
    pub closed_at: Option<DateTime<Utc>>,
    /// The service's or our own sentence about it.
    pub message: Option<String>,
}

/// Where a change stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChangeState {
    /// Not begun, or put off. A newer wish may still edit it.
    Waiting,
    /// A request is under way.
    Sending,
    /// A request was made and its outcome is not known: read back before anything is repeated.
    Unknown,
    /// The service said yes, but not what it made of it: read back, as where the outcome is unknown.
    Accepted,
    /// Confirmed by the service.
    Done,
    /// Closed without the effect that was asked for, and the user should know.
    Failed(Problem),
    /// Changed elsewhere meanwhile: the user picks. Holds what was found there.
    Conflict(Standing),
    /// Taken back here, or no longer needed; nothing was sent.
    Withdrawn,
}

/// Why a change did not have the effect that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The service refused it.
    Refused,
    /// The service said yes and left the post as it was.
    Ignored,
    /// The service said yes and took another time.
    Shifted,
    /// Its time had passed, or come too close, before it could be sent.
    TooLate,
    /// The post is gone at the service.
    Gone,
    /// A limit of the plan.
    PlanLimit,
}

impl Change {
    /// Whether it is too late to send it: its time has come too close, or it was to be done at once
    /// and was not. `later_now` is the later of our clock and the service's. Where no lead is needed
    /// nothing goes out by itself: there, a post whose time has come can still get another text.
    pub fn is_too_late(&self, later_now: DateTime<Utc>, lead: TimeDelta) -> bool {
        match self.desired.aim {
            aim @ Aim::Scheduled { time } => {
                let keeps_its_time = lead.is_zero() && aim.is_reached_by(&self.base);
                !keeps_its_time && check_lead(time, later_now, lead).is_err()
            }
            Aim::Published | Aim::Retried => later_now > self.made_at + AT_ONCE,
            Aim::Draft | Aim::Deleted | Aim::Skipped => false,
        }
    }

    /// Whether it keeps a post from going out.
    pub fn keeps_post_in(&self) -> bool {
        let is_out = matches!(self.desired.aim, Aim::Draft | Aim::Deleted | Aim::Skipped);
        is_out && self.base.status == PostStatus::Scheduled
    }

    /// Whether it leaves the post where it stood and wants only another text.
    pub fn wants_text_alone(&self) -> bool {
        self.desired.wants_text_alone(&self.base)
    }
}

impl ChangeState {
    /// Whether a request of it may have reached the service and its outcome is open.
    pub fn is_attempted(&self) -> bool {
        matches!(self, Self::Sending | Self::Unknown | Self::Accepted)
    }

    /// Whether it is for the user to know, or to decide.
    pub fn is_question(&self) -> bool {
        matches!(self, Self::Failed(_) | Self::Conflict(_))
    }

    /// Whether it is still to have an effect.
    pub fn is_open(&self) -> bool {
        *self == Self::Waiting || self.is_attempted()
    }
}
