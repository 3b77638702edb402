//! The outbox and its history.

use rundown_core::model::{AccountId, ChangeId};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::{Error, OutcomeWord, SideView, rfc3339};

/// Which changes are listed.
#[derive(Clone, Copy, Deserialize, Type)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "as in rundown_core::ActivityFilter")]
pub enum ActivityFilter {
    All,
    Open,
    Questions,
    Done,
    Failed,
    Withdrawn,
}

impl From<ActivityFilter> for rundown_core::ActivityFilter {
    fn from(filter: ActivityFilter) -> Self {
        match filter {
            ActivityFilter::All => Self::All,
            ActivityFilter::Open => Self::Open,
            ActivityFilter::Questions => Self::Questions,
            ActivityFilter::Done => Self::Done,
            ActivityFilter::Failed => Self::Failed,
            ActivityFilter::Withdrawn => Self::Withdrawn,
        }
    }
}

/// A part of the list.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ActivityView {
    /// Those still open first, then the newest first.
    pub entries: Vec<ActivityEntryView>,
    /// Whether there is more after it.
    pub has_more: bool,
}

/// A change as it is listed.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ActivityEntryView {
    /// The change.
    pub change: String,
    /// Its post; null where it is gone.
    pub post: Option<String>,
    /// Its account.
    pub account: String,
    /// The beginning of the post's text.
    pub excerpt: String,
    /// What was asked for.
    pub wanted: SideView,
    /// Whether it was to create the post.
    pub creates: bool,
    /// What became of it.
    pub outcome: OutcomeWord,
    /// Whether it waits for an answer of the user.
    pub is_question: bool,
    /// How often sending it was begun.
    pub attempts: u32,
    /// When it is tried or looked up next, where that is put off.
    pub next_at: Option<String>,
    /// When the user decided.
    pub made_at: String,
    /// When it was closed.
    pub closed_at: Option<String>,
    /// The service's last answer, or our own sentence.
    pub detail: Option<String>,
}

impl From<rundown_core::ActivityPage> for ActivityView {
    fn from(page: rundown_core::ActivityPage) -> Self {
        let entries = page.entries.into_iter().map(ActivityEntryView::from).collect();
        Self { entries, has_more: page.has_more }
    }
}

impl From<rundown_core::ActivityEntry> for ActivityEntryView {
    fn from(entry: rundown_core::ActivityEntry) -> Self {
        Self {
            change: entry.change.0.to_string(),
            post: entry.is_post_here.then(|| entry.post.to_string()),
            account: entry.account.to_string(),
            excerpt: entry.excerpt,
            wanted: entry.desired.into(),
            creates: entry.creates,
            outcome: entry.state.into(),
            is_question: entry.is_question,
            attempts: entry.attempts,
            next_at: entry.next_at.map(rfc3339),
            made_at: rfc3339(entry.made_at),
            closed_at: entry.closed_at.map(rfc3339),
            detail: entry.message,
        }
    }
}

/// A change by its id from the window.
pub fn change_id(id: &str) -> Result<ChangeId, Error> {
    id.parse().map(ChangeId).map_err(|_| Error::internal(format!("“{id}” is no change.")))
}

/// An account by its id from the window.
pub fn account_id(id: String) -> AccountId {
    AccountId::from(id)
}
