//! Posts, and what became of the changes asked of them.

use chrono::{DateTime, Utc};
use rundown_core::model::{
    self, AccountId, ChangeState, ChannelId, Desired, Media, Post, PostId, Problem, Progress,
    Stake, Standing, SyncState, Target,
};
use rundown_core::{ByHand, Receipt};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::{Error, parse_time, rfc3339};

/// Which version is kept of each field of a post that was changed in two places.
#[derive(Clone, Copy, Debug, Deserialize, Type)]
pub struct KeepView {
    /// Of status and time.
    pub standing: KeepSide,
    /// Of the text.
    pub text: KeepSide,
}

impl From<KeepView> for rundown_core::Keep {
    fn from(keep: KeepView) -> Self {
        Self { standing: keep.standing.into(), text: keep.text.into() }
    }
}

/// One of the two versions.
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

/// Status and time together, and the text where that is part of it.
#[derive(Serialize, Type)]
pub struct SideView {
    /// The status word; for what is asked for also `retried`, `deleted` and `skipped`.
    pub status: String,
    /// The time; null where it has none.
    pub time: Option<String>,
    /// The text asked for; null where it is left alone.
    pub text: Option<String>,
}

impl From<&Standing> for SideView {
    fn from(standing: &Standing) -> Self {
        let status = standing.status.word().to_owned();
        Self { status, time: standing.time.map(rfc3339), text: None }
    }
}

impl From<Desired> for SideView {
    fn from(desired: Desired) -> Self {
        Self {
            status: desired.aim.word().to_owned(),
            time: desired.time().map(rfc3339),
            text: desired.text,
        }
    }
}

/// How a post stands with its service.
#[derive(Serialize, Type)]
#[serde(tag = "state", rename_all = "kebab-case")]
#[expect(missing_docs, reason = "as in rundown_core::model::SyncState")]
pub enum SyncView {
    Synced,
    #[serde(rename_all = "camelCase")]
    Waiting {
        asked_at: String,
        note: Option<String>,
    },
    #[serde(rename_all = "camelCase")]
    Sending {
        asked_at: String,
        progress: ProgressWord,
        note: Option<String>,
    },
    NeedsYou {
        why: String,
        problem: OutcomeWord,
        wanted: SideView,
    },
    #[serde(rename_all = "camelCase")]
    Conflict {
        mine: SideView,
        /// With its text.
        theirs: SideView,
        /// Status and time, which are one field.
        standing: StakeWord,
        text: StakeWord,
        /// When it was last changed at the service; null where that is not known.
        changed_at: Option<String>,
    },
}

/// How far a change has come that its service was asked for.
#[derive(Clone, Copy, Debug, Serialize, Type)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "as in rundown_core::model::Progress")]
pub enum ProgressWord {
    Behind,
    UnderWay,
    Unknown,
    Accepted,
}

impl From<Progress> for ProgressWord {
    fn from(progress: Progress) -> Self {
        match progress {
            Progress::Behind => Self::Behind,
            Progress::UnderWay => Self::UnderWay,
            Progress::Unknown => Self::Unknown,
            Progress::Accepted => Self::Accepted,
        }
    }
}

/// How a field of a post that was changed in two places stands.
#[derive(Clone, Copy, Debug, Serialize, Type)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "as in rundown_core::model::Stake")]
pub enum StakeWord {
    Agreed,
    Ours,
    Disputed,
}

impl From<Stake> for StakeWord {
    fn from(stake: Stake) -> Self {
        match stake {
            Stake::Agreed => Self::Agreed,
            Stake::Ours => Self::Ours,
            Stake::Disputed => Self::Disputed,
        }
    }
}

impl SyncView {
    fn new(sync: SyncState, text: &str, changed_at: Option<DateTime<Utc>>) -> Self {
        match sync {
            SyncState::Synced => Self::Synced,
            SyncState::Waiting { asked_at, note } => {
                Self::Waiting { asked_at: rfc3339(asked_at), note }
            }
            SyncState::Sending { asked_at, progress, note } => {
                let asked_at = rfc3339(asked_at);
                Self::Sending { asked_at, progress: progress.into(), note }
            }
            SyncState::NeedsYou { problem, wanted, why } => {
                Self::NeedsYou { why, problem: problem.into(), wanted: wanted.into() }
            }
            SyncState::Conflict { mine, theirs, dispute } => Self::Conflict {
                mine: mine.into(),
                theirs: SideView { text: Some(text.to_owned()), ..SideView::from(&theirs) },
                standing: dispute.standing.into(),
                text: dispute.text.into(),
                changed_at: changed_at.map(rfc3339),
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
    /// The service's id; null while no service knows the post.
    pub remote: Option<String>,
    /// Its account.
    pub account: String,
    /// The text shown, plain: what was asked for, else what the service has.
    pub text: String,
    /// The text the service has, where another is shown.
    pub confirmed_text: Option<String>,
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
    /// Why it can't be moved, paused or edited; null where it can.
    pub locked_because: Option<String>,
    /// Why it can't be deleted; null where it can.
    pub undeletable_because: Option<String>,
    /// Whether it is about to be deleted.
    pub leaving: bool,
    /// One for each channel.
    pub targets: Vec<TargetView>,
    /// The pictures and videos it has.
    pub media: Vec<MediaView>,
    /// Whether it may be the second draft of a post whose creation was asked for twice.
    pub is_spare: bool,
    /// How it is handed to the user, who publishes it by hand; null where its service publishes it.
    pub hand_over: Option<HandOverView>,
}

/// How a post is handed to the user, who publishes it by hand.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct HandOverView {
    /// Whether its time has come and the user has not answered: done, snoozed or skipped.
    pub is_due: bool,
    /// Whether handing it over opens a page of its network; else it only copies the text.
    pub opens_page: bool,
}

/// What handing a post over did.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct HandOverAnswer {
    /// Whether its text is on the clipboard.
    pub copied: bool,
    /// The page that was opened; null where there is none, or it could not be opened.
    pub opened_url: Option<String>,
}

/// A picture or a video of a post.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct MediaView {
    /// What it is.
    pub kind: MediaKind,
    /// Whether a small picture of it can be asked for.
    pub has_picture: bool,
}

/// What a post carries beside its text.
#[derive(Clone, Copy, Debug, Serialize, Type)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "as in rundown_core::model::MediaKind")]
pub enum MediaKind {
    Image,
    Video,
    Other,
}

impl From<Media> for MediaView {
    fn from(media: Media) -> Self {
        let kind = match media.kind {
            model::MediaKind::Image => MediaKind::Image,
            model::MediaKind::Video => MediaKind::Video,
            model::MediaKind::Other => MediaKind::Other,
        };
        Self { kind, has_picture: media.kind == model::MediaKind::Image && media.url.is_some() }
    }
}

impl PostView {
    /// A post as the window shows it now.
    pub fn new(post: Post, by_hand: &ByHand) -> Self {
        let shown = post.shown();
        Self {
            hand_over: by_hand.has(&post).then(|| HandOverView {
                is_due: by_hand.is_due(&post),
                opens_page: by_hand.page(&post).is_some(),
            }),
            status: shown.status.word().to_owned(),
            time: shown.time.map(rfc3339),
            locked_because: post.locked_because(),
            undeletable_because: post.undeletable_because(),
            leaving: post.is_leaving(),
            text: post.shown_text().to_owned(),
            sync: SyncView::new(post.sync.clone(), &post.text, post.changed_at),
            confirmed_text: (post.shown_text() != post.text).then_some(post.text),
            is_spare: post.is_spare,
            id: post.id.to_string(),
            remote: post.remote.map(|remote| remote.0),
            account: post.account.to_string(),
            confirmed_status: post.confirmed.status.word().to_owned(),
            confirmed_time: post.confirmed.time.map(rfc3339),
            remembered_time: post.remembered.map(rfc3339),
            targets: post.targets.into_iter().map(TargetView::from).collect(),
            media: post.media.into_iter().map(MediaView::from).collect(),
        }
    }
}

/// One line of a post's history: what was asked for, when, and what became of it.
#[derive(Serialize, Type)]
pub struct HistoryEntry {
    /// When the user decided.
    pub at: String,
    /// What was asked for.
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
    Accepted,
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

impl From<Problem> for OutcomeWord {
    fn from(problem: Problem) -> Self {
        match problem {
            Problem::Refused => Self::Refused,
            Problem::Ignored => Self::Ignored,
            Problem::Shifted => Self::Shifted,
            Problem::TooLate => Self::TooLate,
            Problem::Gone => Self::Gone,
            Problem::PlanLimit => Self::PlanLimit,
        }
    }
}

impl From<ChangeState> for OutcomeWord {
    fn from(state: ChangeState) -> Self {
        match state {
            ChangeState::Waiting => Self::Waiting,
            ChangeState::Sending => Self::Sending,
            ChangeState::Unknown => Self::Unknown,
            ChangeState::Accepted => Self::Accepted,
            ChangeState::Done => Self::Done,
            ChangeState::Failed(problem) => problem.into(),
            ChangeState::Conflict(_) => Self::Conflict,
            ChangeState::Withdrawn => Self::Withdrawn,
        }
    }
}

impl From<rundown_core::HistoryEntry> for HistoryEntry {
    fn from(entry: rundown_core::HistoryEntry) -> Self {
        Self {
            at: rfc3339(entry.at),
            wanted: entry.desired.into(),
            outcome: entry.state.into(),
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

/// What the form for a new post holds.
#[derive(Deserialize, Type)]
#[expect(missing_docs, reason = "as in rundown_core::NewPostForm")]
pub struct NewPostForm {
    pub account: String,
    pub channels: Vec<String>,
    pub text: String,
    pub time: Option<String>,
}

impl TryFrom<NewPostForm> for rundown_core::NewPostForm {
    type Error = Error;

    fn try_from(form: NewPostForm) -> Result<Self, Error> {
        Ok(Self {
            account: AccountId::from(form.account),
            channels: form.channels.into_iter().map(ChannelId::from).collect(),
            text: form.text,
            time: form.time.as_deref().map(parse_time).transpose()?,
        })
    }
}

/// A post id from the window.
pub fn post_id(id: String) -> PostId {
    PostId::from(id)
}
