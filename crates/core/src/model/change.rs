//! A change: what the user wants of a post, kept until the service has confirmed or refused it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{AccountId, ChangeId, IdempotencyKey, PostId, PostStatus, Standing};

/// The end state the user wants: absolute, so that sending it twice does no harm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "kebab-case")]
pub enum Desired {
    /// Not going out.
    Draft,
    /// Going out at `time`.
    Scheduled {
        /// When.
        time: DateTime<Utc>,
    },
}

impl Desired {
    /// The standing a post has once this is done.
    pub fn standing(self) -> Standing {
        match self {
            Self::Draft => Standing::draft(),
            Self::Scheduled { time } => Standing::scheduled(time),
        }
    }

    /// The desired state that leaves a post as it stands; none where it is out of our hands.
    pub fn as_it_stands(standing: &Standing) -> Option<Self> {
        match (&standing.status, standing.time) {
            (PostStatus::Draft, _) => Some(Self::Draft),
            (PostStatus::Scheduled, Some(time)) => Some(Self::Scheduled { time }),
            _ => None,
        }
    }

    /// The time wanted, if any.
    pub fn time(self) -> Option<DateTime<Utc>> {
        match self {
            Self::Draft => None,
            Self::Scheduled { time } => Some(time),
        }
    }
}

/// What is asked of a service to get from where a post stands to what is desired.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Another time for a post that stays scheduled.
    MoveTo(DateTime<Utc>),
    /// A scheduled post becomes a draft.
    Pause,
    /// A draft goes out at a time: status and time together.
    Schedule(DateTime<Utc>),
}

impl Edit {
    /// The request that leads from `from` to `desired`; none where nothing is to be asked.
    pub fn between(from: &Standing, desired: Desired) -> Option<Self> {
        match (desired, &from.status) {
            _ if desired.standing().same_as(from) => None,
            (Desired::Draft, _) => Some(Self::Pause),
            (Desired::Scheduled { time }, PostStatus::Scheduled) => Some(Self::MoveTo(time)),
            (Desired::Scheduled { time }, _) => Some(Self::Schedule(time)),
        }
    }

    /// The end state it asks for.
    pub fn desired(self) -> Desired {
        match self {
            Self::Pause => Desired::Draft,
            Self::MoveTo(time) | Self::Schedule(time) => Desired::Scheduled { time },
        }
    }
}

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
    /// Where the change itself stands.
    pub state: ChangeState,
    /// How often sending it was begun.
    pub attempts: u32,
    /// Not to be tried before this.
    pub not_before: Option<DateTime<Utc>>,
    /// When our connection of the last attempt ended, for a change whose outcome is unknown.
    pub cut_at: Option<DateTime<Utc>>,
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

impl ChangeState {
    /// Whether a request of it may have reached the service and its outcome is open.
    pub fn is_attempted(&self) -> bool {
        matches!(self, Self::Sending | Self::Unknown)
    }

    /// Whether it is still to have an effect.
    pub fn is_open(&self) -> bool {
        matches!(self, Self::Waiting | Self::Sending | Self::Unknown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn only_the_time_is_sent_for_a_post_that_stays_scheduled() {
        let from = Standing::scheduled(at("2026-03-20T09:00:00Z"));
        let to = at("2026-03-21T09:00:00Z");
        assert_eq!(Edit::between(&from, Desired::Scheduled { time: to }), Some(Edit::MoveTo(to)));
    }

    #[test]
    fn a_draft_is_scheduled_with_status_and_time_together() {
        let time = at("2026-03-21T09:00:00Z");
        let from = Standing { status: PostStatus::Draft, time: Some(time) };
        assert_eq!(Edit::between(&from, Desired::Scheduled { time }), Some(Edit::Schedule(time)));
    }

    #[test]
    fn what_is_already_so_asks_nothing() {
        let time = at("2026-03-21T09:00:00Z");
        assert_eq!(Edit::between(&Standing::draft(), Desired::Draft), None);
        assert_eq!(Edit::between(&Standing::scheduled(time), Desired::Scheduled { time }), None);
    }

    #[test]
    fn the_stored_form_of_a_desired_state_is_pinned() {
        let desired = Desired::Scheduled { time: at("2026-03-21T09:00:00Z") };
        let json = serde_json::to_string(&desired).unwrap();
        assert_eq!(json, r#"{"status":"scheduled","time":"2026-03-21T09:00:00Z"}"#);
        assert_eq!(serde_json::to_string(&Desired::Draft).unwrap(), r#"{"status":"draft"}"#);
    }
}
