//! Pause all and resume all.

use rundown_core::model::{self, AccountId, PausedStanding};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::{Error, parse_time, post_id, rfc3339};

/// What pausing an account would do.
#[derive(Serialize, Type)]
pub struct PausableView {
    /// The account.
    pub account: String,
    /// How many of its posts are to go out.
    pub posts: u32,
    /// When the next of them is.
    pub soonest: Option<String>,
    /// Why its service can't pause posts; null where it can.
    pub hindered: Option<String>,
}

impl From<rundown_core::Pausable> for PausableView {
    fn from(pausable: rundown_core::Pausable) -> Self {
        Self {
            account: pausable.account.to_string(),
            posts: pausable.posts,
            soonest: pausable.soonest.map(rfc3339),
            hindered: pausable.hindered,
        }
    }
}

/// An account that is paused as a whole.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PauseView {
    /// The account.
    pub account: String,
    /// Since when.
    pub paused_at: String,
    /// How far pausing it has come.
    pub phase: PausePhase,
    /// Its posts, the one that was to go out soonest first.
    pub posts: Vec<PausedPostView>,
}

/// How far pausing an account has come.
#[derive(Serialize, Type)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "as in rundown_core::model::PausePhase")]
pub enum PausePhase {
    Pausing,
    Looking,
    Paused,
}

/// A post of a pause.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PausedPostView {
    /// The post.
    pub post: String,
    /// When it was to go out.
    pub time: String,
    /// Whether that has passed, or come too close to be sent.
    pub has_passed: bool,
    /// Since when it is paused.
    pub paused_at: String,
    /// The beginning of its text.
    pub excerpt: String,
    /// Its channels, for people.
    pub channels: String,
    /// Where it stands.
    pub standing: PausedWord,
    /// Why it stands there, or still waits, where there is a reason.
    pub note: Option<String>,
}

/// Where a post of a pause stands.
#[derive(Serialize, Type)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "as in rundown_core::model::PausedStanding")]
pub enum PausedWord {
    Pausing,
    GoesOut,
    Paused,
    NotResumed,
    Resuming,
    Resumed,
    Over,
}

impl From<rundown_core::Pause> for PauseView {
    fn from(pause: rundown_core::Pause) -> Self {
        Self {
            account: pause.account.to_string(),
            paused_at: rfc3339(pause.paused_at),
            phase: match pause.phase {
                model::PausePhase::Pausing => PausePhase::Pausing,
                model::PausePhase::Looking => PausePhase::Looking,
                model::PausePhase::Paused => PausePhase::Paused,
            },
            posts: pause.posts.into_iter().map(PausedPostView::from).collect(),
        }
    }
}

impl From<rundown_core::PausedPost> for PausedPostView {
    fn from(post: rundown_core::PausedPost) -> Self {
        let (standing, note) = match post.standing {
            PausedStanding::Pausing { note } => (PausedWord::Pausing, note),
            PausedStanding::GoesOut { why } => (PausedWord::GoesOut, Some(why)),
            PausedStanding::Paused => (PausedWord::Paused, None),
            PausedStanding::NotResumed { why } => (PausedWord::NotResumed, Some(why)),
            PausedStanding::Resuming { note } => (PausedWord::Resuming, note),
            PausedStanding::Resumed => (PausedWord::Resumed, None),
            PausedStanding::Over(status) => (PausedWord::Over, Some(status.word().to_owned())),
        };
        Self {
            post: post.post.to_string(),
            time: rfc3339(post.time),
            has_passed: post.has_passed,
            paused_at: rfc3339(post.paused_at),
            excerpt: post.excerpt,
            channels: post.channels,
            standing,
            note,
        }
    }
}

/// When the posts of a pause are to go out again.
#[derive(Deserialize, Type)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum ResumeHow {
    /// Each at the time it had.
    AsTheyWere,
    /// These at these times, and no other.
    At {
        /// Which, and when.
        posts: Vec<ResumedAt>,
    },
}

/// A post that is to go out again at a time.
#[derive(Deserialize, Type)]
#[expect(missing_docs, reason = "the type says it")]
pub struct ResumedAt {
    pub post: String,
    pub time: String,
}

impl TryFrom<ResumeHow> for rundown_core::ResumeHow {
    type Error = Error;

    fn try_from(how: ResumeHow) -> Result<Self, Error> {
        Ok(match how {
            ResumeHow::AsTheyWere => Self::AsTheyWere,
            ResumeHow::At { posts } => Self::At(
                posts
                    .into_iter()
                    .map(|chosen| Ok((post_id(chosen.post), parse_time(&chosen.time)?)))
                    .collect::<Result<_, Error>>()?,
            ),
        })
    }
}

/// What resuming came to.
#[derive(Serialize, Type)]
pub struct ResumedView {
    /// How many posts were asked to go out again.
    pub resumed: u32,
    /// How many stay drafts, since their time has passed or come too close.
    pub passed: u32,
}

impl From<rundown_core::Resumed> for ResumedView {
    fn from(resumed: rundown_core::Resumed) -> Self {
        let passed = u32::try_from(resumed.passed.len()).unwrap_or(u32::MAX);
        Self { resumed: resumed.resumed, passed }
    }
}

/// Accounts by their ids from the window.
pub fn account_ids(ids: Vec<String>) -> Vec<AccountId> {
    ids.into_iter().map(AccountId::from).collect()
}
