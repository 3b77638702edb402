//! What Postato knows: keys, workspaces with their accounts, and posts.

use std::collections::{BTreeMap, VecDeque};

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::ids;
use super::settings::{CancelledPosts, Ids, Settings, Words};
use crate::stale::Stale;

/// Everything of the service.
#[derive(Debug, Default)]
pub(crate) struct State {
    pub settings: Settings,
    /// The workspaces that a key may act on, by key.
    pub keys: BTreeMap<String, Vec<String>>,
    /// By id.
    pub workspaces: BTreeMap<String, Workspace>,
    /// By id.
    pub posts: BTreeMap<String, PostState>,
    /// What was created, by idempotency key.
    pub created: BTreeMap<String, Created>,
    /// When posts were created in the last minute, oldest first.
    pub creations: VecDeque<DateTime<Utc>>,
    /// How long a publication takes.
    pub publishing_takes: TimeDelta,
    /// Platforms (`twitter`) or accounts (`acc_…`) whose next publication fails.
    pub failing: Vec<String>,
    /// What lists still show instead of the truth.
    pub stale: Stale<PostState>,
    /// How many more posts may be published at once, or cancelled, because a test expects it. Counted
    /// as requests are inspected, so that one repeated after a broken connection counts, too.
    pub publications_expected: u32,
    pub cancellations_expected: u32,
    ids: u32,
}

#[derive(Debug)]
pub(crate) struct Workspace {
    pub name: String,
    pub created_at: DateTime<Utc>,
    pub accounts: Vec<Account>,
}

/// A connected social account.
#[derive(Clone, Debug)]
pub(crate) struct Account {
    /// `acc_01ARZ3NDEKTSV4RRFFQ69G5FAV`
    pub id: String,
    pub platform: String,
    pub username: String,
    pub display_name: Option<String>,
    pub status: AccountStatus,
}

/// What an idempotency key has created.
#[derive(Clone, Debug)]
pub(crate) struct Created {
    pub body: Value,
    pub answer: Value,
}

/// A post as the service has it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PostState {
    /// A ULID, usually after `pst_`.
    pub id: String,
    /// The workspace it belongs to.
    pub workspace: String,
    /// The account it goes to.
    pub account_id: String,
    /// That account's platform: `twitter`.
    pub platform: String,
    /// Such as `tweet`, `thread` or `feed`.
    pub post_type: String,
    /// Where it stands.
    pub status: PostStatus,
    /// Also kept by a draft that was paused, unless selected otherwise.
    pub scheduled_at: Option<DateTime<Utc>>,
    /// When it was created.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    /// The texts: one, or those of a thread.
    pub items: Vec<Item>,
    /// Where it was published.
    pub publication: Option<Publication>,
    /// Why it failed.
    pub error: Option<String>,
    /// While it is queued or publishing: how that goes on.
    #[serde(skip)]
    pub(crate) delivery: Option<Delivery>,
}

/// One text of a post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Item {
    /// Its own id.
    pub id: String,
    /// The text.
    pub text: String,
    /// Ids of pictures and videos.
    pub media: Vec<String>,
}

/// Where a post was published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Publication {
    /// The platform's id of it.
    pub id: String,
    /// Its address there.
    pub url: String,
}

/// When a post that was taken up begins to be published, and when that ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Delivery {
    pub begins_at: DateTime<Utc>,
    pub finishes_at: DateTime<Utc>,
}

/// The status of a post.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PostStatus {
    /// Not going out.
    #[default]
    Draft,
    /// Going out at its time.
    Scheduled,
    /// Waiting for a reviewer.
    PendingApproval,
    /// Taken up, and to be published at once.
    Queued,
    /// Being published.
    Publishing,
    /// Being published again after a failure.
    Retrying,
    /// Went out.
    Published,
    /// Did not go out.
    Failed,
    /// Turned down by a reviewer.
    Rejected,
    /// Not going out, for good.
    Cancelled,
}

/// Whether an account can be published to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountStatus {
    /// It can.
    #[default]
    Connected,
    /// Its owner has to connect it again.
    TokenExpired,
    /// The platform has suspended it.
    Suspended,
}

impl PostStatus {
    pub(crate) const ALL: [Self; 10] = [
        Self::Draft,
        Self::Scheduled,
        Self::PendingApproval,
        Self::Queued,
        Self::Publishing,
        Self::Retrying,
        Self::Published,
        Self::Failed,
        Self::Rejected,
        Self::Cancelled,
    ];

    /// The word on the wire.
    pub(crate) fn word(self, words: Words) -> &'static str {
        match (self, words) {
            (Self::Queued, Words::Tools) => "pending",
            (Self::Publishing | Self::Retrying, Words::Tools) => "processing",
            (Self::Draft, _) => "draft",
            (Self::Scheduled, _) => "scheduled",
            (Self::PendingApproval, _) => "pending_approval",
            (Self::Queued, Words::Guides) => "queued",
            (Self::Publishing, Words::Guides) => "publishing",
            (Self::Retrying, Words::Guides) => "retrying",
            (Self::Published, _) => "published",
            (Self::Failed, _) => "failed",
            (Self::Rejected, _) => "rejected",
            (Self::Cancelled, _) => "cancelled",
        }
    }

    /// Whether it is one of those words.
    pub(crate) fn is_word(text: &str, words: Words) -> bool {
        Self::ALL.into_iter().any(|status| status.word(words) == text)
    }
}

impl State {
    /// A fresh id with that prefix, in the form selected.
    pub fn next_id(&mut self, prefix: &str, now: DateTime<Utc>) -> String {
        self.ids += 1;
        let ulid = ids::ulid(now, self.ids);
        match self.settings.ids {
            Ids::Prefixed => format!("{prefix}{ulid}"),
            Ids::Bare => ulid,
        }
    }

    /// An account of a workspace.
    pub fn account(&self, workspace: &str, id: &str) -> Option<&Account> {
        let accounts = &self.workspaces.get(workspace)?.accounts;
        accounts.iter().find(|account| account.id == id)
    }

    /// A post of a workspace, if the API shows it.
    pub fn shown(&self, workspace: &str, id: &str) -> Option<&PostState> {
        let post = self.posts.get(id).filter(|post| post.workspace == workspace);
        post.filter(|post| self.shows(post))
    }

    pub fn shows(&self, post: &PostState) -> bool {
        post.status != PostStatus::Cancelled
            || self.settings.cancelled_posts == CancelledPosts::Shown
    }
}

impl PostState {
    /// Takes a status over, with what follows from it for the publication.
    pub(crate) fn become_status(&mut self, status: PostStatus) {
        self.status = status;
        self.delivery = None;
        self.error = None;
        self.publication = (status == PostStatus::Published).then(|| {
            let id = format!("{}-{}", self.platform, &self.id[self.id.len() - 8..]);
            let url = format!("https://{}.example/{id}", self.platform);
            Publication { id, url }
        });
    }

    pub(crate) fn fail(&mut self, error: &str) {
        self.become_status(PostStatus::Failed);
        self.error = Some(error.to_owned());
    }

    /// Takes it up: half of the while it is queued, then it is publishing.
    pub(crate) fn enqueue(&mut self, now: DateTime<Utc>, takes: TimeDelta) {
        self.become_status(PostStatus::Queued);
        let (begins_at, finishes_at) = (now + takes / 2, now + takes);
        self.delivery = Some(Delivery { begins_at, finishes_at });
        self.updated_at = now.trunc_subsecs(3);
    }
}
