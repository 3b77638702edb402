//! What the user wants of a post, and what is asked of its service to get there.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{PostStatus, Standing};

/// The end state the user wants: absolute, so that asking for it twice does no harm. What can't be
/// asked twice is an [`Act`], and is never repeated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Desired {
    /// Where the post is to stand.
    #[serde(flatten)]
    pub aim: Aim,
    /// The text it is to have; none to leave it as it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// Where a post is to stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "kebab-case")]
pub enum Aim {
    /// Not going out.
    Draft,
    /// Going out at `time`.
    Scheduled {
        /// When.
        time: DateTime<Utc>,
    },
    /// Live now.
    Published,
    /// Published at last, after it failed.
    Retried,
    /// Gone, for good.
    Deleted,
    /// Passed over: it stays on record and does not go out.
    Skipped,
}

impl Aim {
    /// The aim that leaves a post as it stands; none where it is out of our hands.
    pub fn as_it_stands(standing: &Standing) -> Option<Self> {
        match (&standing.status, standing.time) {
            (PostStatus::Draft, _) => Some(Self::Draft),
            (PostStatus::Scheduled, Some(time)) => Some(Self::Scheduled { time }),
            _ => None,
        }
    }

    /// How a post that stands at `confirmed` is shown while this waits.
    pub fn shown(self, confirmed: &Standing) -> Standing {
        match self {
            Self::Draft => Standing::draft(),
            Self::Scheduled { time } => Standing::scheduled(time),
            Self::Published | Self::Retried => {
                Standing { status: PostStatus::Publishing, time: confirmed.time }
            }
            Self::Deleted => confirmed.clone(),
            Self::Skipped => Standing { status: PostStatus::Cancelled, time: confirmed.time },
        }
    }

    /// Whether a post that stands so is where it was to be.
    pub fn is_reached_by(self, standing: &Standing) -> bool {
        match self {
            Self::Draft => standing.status == PostStatus::Draft,
            Self::Scheduled { time } => standing.same_as(&Standing::scheduled(time)),
            Self::Published | Self::Retried => matches!(
                standing.status,
                PostStatus::Queued | PostStatus::Publishing | PostStatus::Published
            ),
            Self::Deleted | Self::Skipped => standing.status == PostStatus::Cancelled,
        }
    }

    /// The time wanted, if any.
    pub fn time(self) -> Option<DateTime<Utc>> {
        match self {
            Self::Scheduled { time } => Some(time),
            _ => None,
        }
    }

    /// The act that leads there; none where an edit does.
    pub fn act(self) -> Option<Act> {
        match self {
            Self::Draft | Self::Scheduled { .. } => None,
            Self::Published => Some(Act::PublishNow),
            Self::Retried => Some(Act::Retry),
            Self::Deleted => Some(Act::Delete),
            Self::Skipped => Some(Act::Skip),
        }
    }

    /// The word for it on screen and in tests.
    pub fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Scheduled { .. } => "scheduled",
            Self::Published => "published",
            Self::Retried => "retried",
            Self::Deleted => "deleted",
            Self::Skipped => "skipped",
        }
    }
}

impl Desired {
    /// To stand there, with the text as it is.
    pub fn aim(aim: Aim) -> Self {
        Self { aim, text: None }
    }

    /// The time wanted, if any.
    pub fn time(&self) -> Option<DateTime<Utc>> {
        self.aim.time()
    }

    /// Whether it leaves a post that stands so where it is, and wants only another text.
    pub fn wants_text_alone(&self, base: &Standing) -> bool {
        self.text.is_some() && self.aim.is_reached_by(base)
    }
}

/// What is done to a post once and can't be taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Act {
    /// Publish it now, whatever its time.
    PublishNow,
    /// Try again to publish it where that failed.
    Retry,
    /// Delete it; where the service only cancels, cancel it.
    Delete,
    /// Pass it over.
    Skip,
}

impl Act {
    /// Whether doing it twice does no more than doing it once.
    pub fn is_repeatable(self) -> bool {
        matches!(self, Self::Delete | Self::Skip)
    }

    /// The aim it leads to.
    pub fn aim(self) -> Aim {
        match self {
            Self::PublishNow => Aim::Published,
            Self::Retry => Aim::Retried,
            Self::Delete => Aim::Deleted,
            Self::Skip => Aim::Skipped,
        }
    }
}

/// What is asked of a service to get from where a post stands to what is desired: another
/// standing, another text, or both in one request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// How the standing is to change; none to leave it.
    pub step: Option<Step>,
    /// The text it is to have; none to leave it.
    pub text: Option<String>,
}

/// A change of standing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Another time for a post that stays scheduled.
    MoveTo(DateTime<Utc>),
    /// A scheduled post becomes a draft.
    Pause,
    /// A draft goes out at a time: status and time together.
    Schedule(DateTime<Utc>),
}

impl Step {
    /// The aim it leads to.
    pub fn aim(self) -> Aim {
        match self {
            Self::Pause => Aim::Draft,
            Self::MoveTo(time) | Self::Schedule(time) => Aim::Scheduled { time },
        }
    }
}

impl Edit {
    /// Another time, and nothing else.
    pub fn move_to(time: DateTime<Utc>) -> Self {
        Self { step: Some(Step::MoveTo(time)), text: None }
    }

    /// To a draft, and nothing else.
    pub fn pause() -> Self {
        Self { step: Some(Step::Pause), text: None }
    }

    /// From draft to scheduled, and nothing else.
    pub fn schedule(time: DateTime<Utc>) -> Self {
        Self { step: Some(Step::Schedule(time)), text: None }
    }

    /// Another text, and nothing else.
    pub fn text(text: impl Into<String>) -> Self {
        Self { step: None, text: Some(text.into()) }
    }

    /// The edit that leads from a post that stands so, with this text, to what is desired; none
    /// where nothing is to be asked, or where an [`Act`] leads there.
    pub fn between(standing: &Standing, text: &str, desired: &Desired) -> Option<Self> {
        let step = match (desired.aim, &standing.status) {
            (aim, _) if aim.is_reached_by(standing) => None,
            (Aim::Draft, _) => Some(Step::Pause),
            (Aim::Scheduled { time }, PostStatus::Scheduled) => Some(Step::MoveTo(time)),
            (Aim::Scheduled { time }, _) => Some(Step::Schedule(time)),
            (Aim::Published | Aim::Retried | Aim::Deleted | Aim::Skipped, _) => return None,
        };
        let text = desired.text.clone().filter(|wanted| !same_text(wanted, text));
        (step.is_some() || text.is_some()).then_some(Self { step, text })
    }
}

/// Whether two texts are the same to a reader: services trim what they keep and send line breaks
/// in either form.
pub fn same_text(a: &str, b: &str) -> bool {
    let lines = |text: &str| text.trim().replace("\r\n", "\n");
    a == b || lines(a) == lines(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn scheduled(text: &str) -> Desired {
        Desired::aim(Aim::Scheduled { time: at(text) })
    }

    fn between(standing: &Standing, desired: &Desired) -> Option<Edit> {
        Edit::between(standing, "Hello", desired)
    }

    #[test]
    fn only_the_time_is_sent_for_a_post_that_stays_scheduled() {
        let from = Standing::scheduled(at("2026-03-20T09:00:00Z"));
        let to = "2026-03-21T09:00:00Z";
        assert_eq!(between(&from, &scheduled(to)), Some(Edit::move_to(at(to))));
    }

    #[test]
    fn a_draft_is_scheduled_with_status_and_time_together() {
        let time = "2026-03-21T09:00:00Z";
        let from = Standing { status: PostStatus::Draft, time: Some(at(time)) };
        assert_eq!(between(&from, &scheduled(time)), Some(Edit::schedule(at(time))));
    }

    #[test]
    fn what_is_already_so_asks_nothing() {
        let time = "2026-03-21T09:00:00Z";
        assert_eq!(between(&Standing::draft(), &Desired::aim(Aim::Draft)), None);
        assert_eq!(between(&Standing::scheduled(at(time)), &scheduled(time)), None);
        let same = Desired { aim: Aim::Draft, text: Some("Hello\r\n".to_owned()) };
        assert_eq!(between(&Standing::draft(), &same), None);
    }

    #[test]
    fn a_new_text_goes_with_the_new_time_in_one_request() {
        let from = Standing::scheduled(at("2026-03-20T09:00:00Z"));
        let to = at("2026-03-21T09:00:00Z");
        let text = Some("Good morning".to_owned());
        let both = Desired { aim: Aim::Scheduled { time: to }, text: text.clone() };
        assert_eq!(between(&from, &both), Some(Edit { step: Some(Step::MoveTo(to)), text }));
        let only_text =
            Desired { text: Some("Good morning".to_owned()), ..scheduled("2026-03-20T09:00:00Z") };
        assert_eq!(between(&from, &only_text), Some(Edit::text("Good morning")));
    }

    #[test]
    fn the_stored_form_of_a_desired_state_is_pinned() {
        let json = |desired: &Desired| serde_json::to_string(desired).unwrap();
        assert_eq!(
            json(&scheduled("2026-03-21T09:00:00Z")),
            r#"{"status":"scheduled","time":"2026-03-21T09:00:00Z"}"#
        );
        assert_eq!(json(&Desired::aim(Aim::Draft)), r#"{"status":"draft"}"#);
        assert_eq!(json(&Desired::aim(Aim::Deleted)), r#"{"status":"deleted"}"#);
        let edited = Desired { aim: Aim::Draft, text: Some("Hello".to_owned()) };
        assert_eq!(json(&edited), r#"{"status":"draft","text":"Hello"}"#);
        let again: Desired = serde_json::from_str(&json(&edited)).unwrap();
        assert_eq!(again, edited);
    }
}
