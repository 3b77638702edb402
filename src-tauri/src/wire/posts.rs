//! Posts, and what became of the changes asked of them.

use rundown_core::Receipt;
use rundown_core::model::{ChangeState, Post, PostId, Problem, Standing, SyncState, Target};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::rfc3339;

/// Which version of a post that was changed in two places is kept.
#[derive(Clone, Copy, Debug, Deserialize, Type)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the type says it")]
pub enum KeepSide {
    Mine,
    Theirs,
}

impl From<KeepSide> for rundown_core::KeepSide {
    fn from(side: KeepSide) -> Self {
        match side {
            KeepSide::Mine => Self::Mine,
            KeepSide::Theirs => Self::Theirs,
        }
    }
}

/// Status and time together.
#[derive(Serialize, Type)]
pub struct SideView {
    /// The status word.
    pub status: String,
    /// The time; null where it has none.
    pub time: Option<String>,
}

impl From<&Standing> for SideView {
    fn from(standing: &Standing) -> Self {
        Self { status: standing.status.word().to_owned(), time: standing.time.map(rfc3339) }
    }
}

/// How a post stands with its service.
#[derive(Serialize, Type)]
#[serde(tag = "state", rename_all = "kebab-case")]
#[expect(missing_docs, reason = "as in rundown_core::model::SyncState")]
pub enum SyncView {
    Synced,
    Waiting { note: Option<String> },
    Sending { note: Option<String> },
    NeedsYou { why: String },
    Conflict { mine: SideView, theirs: SideView },
}

impl From<SyncState> for SyncView {
    fn from(sync: SyncState) -> Self {
        match sync {
            SyncState::Synced => Self::Synced,
            SyncState::Waiting { note } => Self::Waiting { note },
            SyncState::Sending { note } => Self::Sending { note },
            SyncState::NeedsYou { problem: _, why } => Self::NeedsYou { why },
            SyncState::Conflict { mine, theirs } => Self::Conflict {
                mine: SideView::from(&mine.standing()),
                theirs: SideView::from(&theirs),
            },
        }
    }
}

/// A post's fate on one channel.
#[derive(Serialize, Type)]
#[expect(missing_docs, reason = "as in rundown_core::model::Target")]
pub struct TargetView {
    pub channel: String,
    pub status: String,
    pub time: Option<String>,
    pub link: Option<String>,
    pub error: Option<String>,
}

impl From<Target> for TargetView {
    fn from(target: Target) -> Self {
        Self {
            channel: target.channel.to_string(),
            status: target.status.word().to_owned(),
            time: target.time.map(rfc3339),
            link: target.link,
            error: target.error,
        }
    }
}

/// A post. `status` and `time` are what was asked for (confirmed plus the open change), with no
/// time for a draft; the confirmed ones are what the service last said.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PostView {
    /// Our id.
    pub id: String,
    /// The service's id.
    pub remote: String,
    /// Its account.
    pub account: String,
    /// Its text, plain.
    pub text: String,
    /// The status shown.
    pub status: String,
    /// The time shown.
    pub time: Option<String>,
    /// The status confirmed.
    pub confirmed_status: String,
    /// The time confirmed.
    pub confirmed_time: Option<String>,
    /// The time a draft was paused from, or was given here.
    pub remembered_time: Option<String>,
    /// How it stands with the service.
    pub sync: SyncView,
    /// Why it can't be moved or paused; null where it can.
    pub locked_because: Option<String>,
    /// One for each channel.
    pub targets: Vec<TargetView>,
    /// How many pictures or videos it has.
    pub media_count: u32,
}

impl From<Post> for PostView {
    fn from(post: Post) -> Self {
        let shown = post.shown();
        Self {
            status: shown.status.word().to_owned(),
            time: shown.time.map(rfc3339),
            locked_because: post.locked_because(),
            id: post.id.to_string(),
            remote: post.remote.0,
            account: post.account.to_string(),
            text: post.text,
            confirmed_status: post.confirmed.status.word().to_owned(),
            confirmed_time: post.confirmed.time.map(rfc3339),
            remembered_time: post.remembered.map(rfc3339),
            sync: post.sync.into(),
            targets: post.targets.into_iter().map(TargetView::from).collect(),
            media_count: post.media_count,
        }
    }
}

/// One line of a post's history: what was asked for, when, and what became of it.
#[derive(Serialize, Type)]
pub struct HistoryEntry {
    /// When the user decided.
    pub at: String,
    /// What was asked for: a status, and a time unless it is a draft.
    pub wanted: SideView,
    /// What became of it.
    pub outcome: OutcomeWord,
    /// The service's or our own sentence about it.
    pub detail: Option<String>,
}

/// What became of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "as in rundown_core::model::{ChangeState, Problem}")]
pub enum OutcomeWord {
    Waiting,
    Sending,
    Unknown,
    Done,
    Refused,
    Ignored,
    Shifted,
    TooLate,
    Gone,
    PlanLimit,
    Conflict,
    Withdrawn,
}

impl From<rundown_core::HistoryEntry> for HistoryEntry {
    fn from(entry: rundown_core::HistoryEntry) -> Self {
        Self {
            at: rfc3339(entry.at),
            wanted: SideView::from(&entry.desired.standing()),
            outcome: match entry.state {
                ChangeState::Waiting => OutcomeWord::Waiting,
                ChangeState::Sending => OutcomeWord::Sending,
                ChangeState::Unknown => OutcomeWord::Unknown,
                ChangeState::Done => OutcomeWord::Done,
                ChangeState::Failed(Problem::Refused) => OutcomeWord::Refused,
                ChangeState::Failed(Problem::Ignored) => OutcomeWord::Ignored,
                ChangeState::Failed(Problem::Shifted) => OutcomeWord::Shifted,
                ChangeState::Failed(Problem::TooLate) => OutcomeWord::TooLate,
                ChangeState::Failed(Problem::Gone) => OutcomeWord::Gone,
                ChangeState::Failed(Problem::PlanLimit) => OutcomeWord::PlanLimit,
                ChangeState::Conflict(_) => OutcomeWord::Conflict,
                ChangeState::Withdrawn => OutcomeWord::Withdrawn,
            },
            detail: entry.message,
        }
    }
}

/// What a step of the user did.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ChangeReceipt {
    /// The post.
    pub post: String,
    /// The status it is shown with now.
    pub status: String,
    /// The time it is shown at now; null for a draft.
    pub time: Option<String>,
    /// The time a draft is remembered by.
    pub remembered_time: Option<String>,
    /// False where the change is kept here only, or was none.
    pub will_send: bool,
}

impl From<Receipt> for ChangeReceipt {
    fn from(receipt: Receipt) -> Self {
        let shown = receipt.post.shown();
        Self {
            post: receipt.post.id.to_string(),
            status: shown.status.word().to_owned(),
            time: shown.time.map(rfc3339),
            remembered_time: receipt.post.remembered.map(rfc3339),
            will_send: receipt.will_send,
        }
    }
}

/// A post id from the window.
pub fn post_id(id: String) -> PostId {
    PostId::from(id)
}
