//! What waits on top, then what was, newest first, a page at a time.

use chrono::{DateTime, Utc};

use crate::app::App;
use crate::error::Error;
use crate::model::{AccountId, ChangeId, ChangeState, Desired, PostId};
use crate::posts::excerpt;

/// How many entries a page has.
const PAGE: u32 = 50;

/// Which changes are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActivityFilter {
    /// All of them.
    All,
    /// Those that are still to have an effect.
    Open,
    /// Those that ask the user something.
    Questions,
    /// Those that the service confirmed.
    Done,
    /// Those that had no effect, or another than was asked for.
    Failed,
    /// Those that were taken back.
    Withdrawn,
}

/// A change as it is listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActivityEntry {
    /// The change.
    pub change: ChangeId,
    /// Its post, which may be gone.
    pub post: PostId,
    /// Whether the post is still here.
    pub is_post_here: bool,
    /// Its account.
    pub account: AccountId,
    /// The beginning of the post's text.
    pub excerpt: String,
    /// What was wanted.
    pub desired: Desired,
    /// Whether it was to create the post.
    pub creates: bool,
    /// Where the change stands.
    pub state: ChangeState,
    /// Whether it waits for an answer of the user.
    pub is_question: bool,
    /// How often sending it was begun.
    pub attempts: u32,
    /// When it is tried or looked up next, where that is put off.
    pub next_at: Option<DateTime<Utc>>,
    /// When the user decided.
    pub made_at: DateTime<Utc>,
    /// When it was closed.
    pub closed_at: Option<DateTime<Utc>>,
    /// The service's last answer, or our own sentence.
    pub message: Option<String>,
}

/// A part of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActivityPage {
    /// What is listed, those still open first, then the newest first.
    pub entries: Vec<ActivityEntry>,
    /// Whether there is more after it.
    pub has_more: bool,
}

impl App {
    /// The changes that match, of one account or all, after the first `skip` of them.
    ///
    /// # Errors
    /// `Storage`.
    pub fn activity(
        &self,
        filter: ActivityFilter,
        account: Option<&AccountId>,
        skip: u32,
    ) -> Result<ActivityPage, Error> {
        let mut entries = self.store.read(|tx| tx.activity(filter, account, skip, PAGE + 1))?;
        let page = usize::try_from(PAGE).unwrap_or(usize::MAX);
        let has_more = entries.len() > page;
        entries.truncate(page);
        for entry in &mut entries {
            entry.excerpt = excerpt(&entry.excerpt);
        }
        Ok(ActivityPage { entries, has_more })
    }
}
