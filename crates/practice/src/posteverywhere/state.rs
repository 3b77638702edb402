//! What PostEverywhere knows: keys with the accounts they open, and posts with their destinations.

use std::collections::BTreeMap;

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::envelope::Refusal;
use super::limits::RateLimit;
use super::settings::Settings;
use crate::stale::Stale;
use crate::twist::Twist;

/// Every key, account and post of the service.
#[derive(Debug, Default)]
pub(crate) struct State {
    /// Accounts by the API key that opens them.
    pub keys: BTreeMap<String, Vec<Account>>,
    /// By id.
    pub posts: BTreeMap<String, PostState>,
    pub settings: Settings,
    /// How long a publication takes.
    pub publishing_takes: TimeDelta,
    pub rate: RateLimit,
    /// Platforms (`instagram`) or accounts (`2280`) whose next publication fails.
    pub failing: Vec<String>,
    /// Accounts whose destination does not follow the next update of a time.
    pub left_behind: Vec<u64>,
    /// Posts that a test expects to be published at once, each once.
    pub publish_now_expected: Vec<String>,
    /// What lists still show instead of the truth.
    pub stale: Stale<PostState>,
    /// How many calls have come.
    pub calls: u64,
    ids: u64,
}

/// A connected social account.
#[derive(Clone, Debug)]
pub(crate) struct Account {
    pub id: u64,
    pub platform: String,
    pub name: String,
    pub created_at: DateTime<Utc>,
}

/// A post as the service has it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PostState {
    /// A UUID.
    pub id: String,
    /// The owner's API key.
    #[serde(skip)]
    pub(crate) key: String,
    /// The text.
    pub content: String,
    /// The post's own status.
    pub status: PostStatus,
    /// When it is said to go out. The scheduler goes by the destinations' own times.
    pub scheduled_for: Option<DateTime<Utc>>,
    /// For display alone.
    pub timezone: String,
    /// UUIDs of pictures and videos.
    pub media_ids: Vec<String>,
    /// Overrides by platform: a JSON object.
    pub platform_content: Value,
    /// One for each account it goes to.
    pub destinations: Vec<Destination>,
    /// When it was created.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

/// A post's part at one account.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Destination {
    /// A UUID.
    pub id: String,
    /// The account.
    pub account_id: u64,
    /// Its name: `@mybrand`.
    pub account_name: String,
    /// Its platform: `instagram`.
    pub platform: String,
    /// Its own status.
    pub status: DestinationStatus,
    /// When the scheduler publishes it.
    pub scheduled_for: Option<DateTime<Utc>>,
    /// The platform's id of what was published.
    pub platform_post_id: Option<String>,
    /// When it went out.
    pub published_at: Option<DateTime<Utc>>,
    /// Why it failed.
    pub error: Option<String>,
    /// How often publishing it was tried.
    pub attempts: u32,
    /// While it is publishing: when that ends.
    #[serde(skip)]
    pub(crate) finishes_at: Option<DateTime<Utc>>,
}

/// The status of a post.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PostStatus {
    /// Not going out.
    #[default]
    Draft,
    /// Going out.
    Scheduled,
    /// At least one destination is under way.
    Publishing,
    /// Went out everywhere.
    Published,
    /// Went out to some destinations.
    PartiallyFailed,
    /// Went out nowhere.
    Failed,
}

/// The status of a post at one account; also a draft's destinations are queued.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DestinationStatus {
    /// Waiting.
    Queued,
    /// Under way.
    Publishing,
    /// Went out.
    Published,
    /// Did not go out.
    Failed,
}

impl PostStatus {
    /// Every status, in the order of a post's life.
    const ALL: [Self; 6] = [
        Self::Draft,
        Self::Scheduled,
        Self::Publishing,
        Self::Published,
        Self::PartiallyFailed,
        Self::Failed,
    ];

    /// The word on the wire.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Scheduled => "scheduled",
            Self::Publishing => "publishing",
            Self::Published => "published",
            Self::PartiallyFailed => "partially_failed",
            Self::Failed => "failed",
        }
    }

    pub(crate) fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.word() == word)
    }
}

/// What a post begins with.
pub(crate) struct NewPost {
    pub id: Option<String>,
    pub key: String,
    pub content: String,
    pub status: PostStatus,
    pub scheduled_for: Option<DateTime<Utc>>,
    pub timezone: Option<String>,
    pub media_ids: Vec<String>,
    pub platform_content: Option<Value>,
    pub accounts: Vec<Account>,
    pub created_at: DateTime<Utc>,
}

impl State {
    /// A fresh UUID: seconds and a count, marked as version 4.
    fn next_id(&mut self, now: DateTime<Utc>) -> String {
        self.ids += 1;
        format!("{:08x}-7a3c-4e2d-8f01-{:012x}", now.timestamp() & 0xffff_ffff, self.ids)
    }

    /// A new post, stored; the time is cut to milliseconds, as on the wire.
    pub fn insert(&mut self, new: NewPost, now: DateTime<Utc>) -> String {
        let id = new.id.unwrap_or_else(|| self.next_id(now));
        let scheduled_for = new.scheduled_for.map(|time| time.trunc_subsecs(3));
        let mut post = PostState {
            id: id.clone(),
            key: new.key,
            content: new.content,
            status: PostStatus::Draft,
            scheduled_for,
            timezone: new.timezone.unwrap_or_else(|| "UTC".to_owned()),
            media_ids: new.media_ids,
            platform_content: new.platform_content.unwrap_or_else(|| json!({})),
            destinations: self.destinations(new.accounts, scheduled_for, now),
            created_at: new.created_at.trunc_subsecs(3),
            updated_at: new.created_at.trunc_subsecs(3),
        };
        post.become_status(new.status, scheduled_for.unwrap_or(now).trunc_subsecs(3));
        self.posts.insert(id.clone(), post);
        id
    }

    /// Fresh destinations, queued for that time.
    pub fn destinations(
        &mut self,
        accounts: Vec<Account>,
        scheduled_for: Option<DateTime<Utc>>,
        now: DateTime<Utc>,
    ) -> Vec<Destination> {
        let destinations = accounts.into_iter().map(|account| Destination {
            id: self.next_id(now),
            account_id: account.id,
            account_name: account.name,
            platform: account.platform,
            status: DestinationStatus::Queued,
            scheduled_for,
            platform_post_id: None,
            published_at: None,
            error: None,
            attempts: 0,
            finishes_at: None,
        });
        destinations.collect()
    }

    /// The accounts with those ids, as far as the key opens them all.
    pub fn accounts(&self, key: &str, ids: &[u64]) -> Result<Vec<Account>, Refusal> {
        let accounts = self.keys.get(key).map(Vec::as_slice).unwrap_or_default();
        let found = ids.iter().map(|id| {
            let account = accounts.iter().find(|account| account.id == *id).cloned();
            account.ok_or_else(|| Refusal::invalid(format!("Account {id} not found.")))
        });
        found.collect()
    }

    /// The post with that id, as far as the key opens it.
    pub fn find(&self, key: &str, id: &str) -> Result<&PostState, Refusal> {
        self.posts.get(id).filter(|post| post.key == key).ok_or_else(Refusal::not_found)
    }

    /// Changes a post; on order, lists show the former value for a while.
    pub fn change(
        &mut self,
        id: &str,
        now: DateTime<Utc>,
        twist: Twist,
        act: impl FnOnce(&mut PostState),
    ) {
        let Some(post) = self.posts.get_mut(id) else { return };
        let former = post.clone();
        act(post);
        if *post != former {
            post.updated_at = now.trunc_subsecs(3);
        }
        self.stale.hide_write(id, Some(former), now, twist);
    }
}

impl PostState {
    /// Takes a status over, with what follows from it for the destinations; `at` is when it was
    /// published or failed. Of a partially failed post the last destination failed.
    pub(crate) fn become_status(&mut self, status: PostStatus, at: DateTime<Utc>) {
        let last = self.destinations.len().saturating_sub(1);
        for (index, destination) in self.destinations.iter_mut().enumerate() {
            match status {
                PostStatus::Draft | PostStatus::Scheduled => destination.queue(),
                PostStatus::Publishing => destination.start(at),
                PostStatus::Published => destination.publish(at),
                PostStatus::PartiallyFailed if index < last => destination.publish(at),
                PostStatus::PartiallyFailed | PostStatus::Failed => destination.fail(),
            }
        }
        self.status = status;
    }

    /// What the destinations' statuses make of the post's.
    pub(crate) fn status_of_destinations(&self) -> PostStatus {
        let has = |status| self.destinations.iter().any(|one| one.status == status);
        if has(DestinationStatus::Publishing) {
            PostStatus::Publishing
        } else if has(DestinationStatus::Queued) {
            PostStatus::Scheduled
        } else {
            match (has(DestinationStatus::Published), has(DestinationStatus::Failed)) {
                (true, true) => PostStatus::PartiallyFailed,
                (false, true) => PostStatus::Failed,
                _ => PostStatus::Published,
            }
        }
    }

    pub(crate) fn account_ids(&self) -> Vec<u64> {
        self.destinations.iter().map(|destination| destination.account_id).collect()
    }

    /// When it last went out anywhere.
    pub(crate) fn published_at(&self) -> Option<DateTime<Utc>> {
        self.destinations.iter().filter_map(|destination| destination.published_at).max()
    }

    /// Whether anything of it went out.
    pub(crate) fn went_out(&self) -> bool {
        self.published_at().is_some()
    }

    /// The destinations that still wait.
    pub(crate) fn queued(&mut self) -> impl Iterator<Item = &mut Destination> {
        self.destinations.iter_mut().filter(|one| one.status == DestinationStatus::Queued)
    }

    /// Sets the time, with that of the destinations that still wait.
    pub(crate) fn set_time(&mut self, time: Option<DateTime<Utc>>) {
        self.scheduled_for = time;
        self.queued().for_each(|destination| destination.scheduled_for = time);
    }

    /// Begins to publish what still waits.
    pub(crate) fn publish_at_once(&mut self, now: DateTime<Utc>, takes: TimeDelta) {
        for destination in self.queued() {
            destination.scheduled_for = Some(now.trunc_subsecs(3));
            destination.start(now + takes);
        }
        self.status = PostStatus::Publishing;
    }

    /// Takes the destinations over that are new, and lets go of those that are not among them.
    pub(crate) fn retarget(&mut self, destinations: Vec<Destination>) {
        let former = std::mem::replace(&mut self.destinations, destinations);
        for destination in &mut self.destinations {
            let known = former.iter().find(|one| one.account_id == destination.account_id);
            if let Some(known) = known {
                destination.clone_from(known);
            }
        }
    }
}

impl Destination {
    pub(crate) fn queue(&mut self) {
        self.status = DestinationStatus::Queued;
        self.platform_post_id = None;
        self.published_at = None;
        self.error = None;
        self.finishes_at = None;
    }

    pub(crate) fn start(&mut self, finishes_at: DateTime<Utc>) {
        self.queue();
        self.status = DestinationStatus::Publishing;
        self.attempts += 1;
        self.finishes_at = Some(finishes_at);
    }

    pub(crate) fn publish(&mut self, at: DateTime<Utc>) {
        self.queue();
        self.status = DestinationStatus::Published;
        self.attempts = self.attempts.max(1);
        self.platform_post_id = Some(format!("{}-{}", self.platform, &self.id[24..]));
        self.published_at = Some(at.trunc_subsecs(3));
    }

    pub(crate) fn fail(&mut self) {
        self.queue();
        self.status = DestinationStatus::Failed;
        self.attempts = self.attempts.max(1);
        self.error = Some("The account has to be reconnected.".to_owned());
    }
}
