//! What a service of the family knows: users with their connections, and post groups.

use std::collections::BTreeMap;

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::limits::Plan;
use super::post::{PlatformPost, PlatformStatus, PostState, PostStatus, ProcessingStatus};
use crate::answer::Answer;
use crate::stale::Stale;

/// Every user and post of a service, and what only this service has.
#[derive(Debug, Default)]
pub(crate) struct State<V> {
    /// By API key; users that a key manages by their own id.
    pub users: BTreeMap<String, User>,
    /// By id.
    pub posts: BTreeMap<String, PostState>,
    pub time_on_draft: TimeOnDraft,
    /// How long a publication takes.
    pub publishing_takes: TimeDelta,
    /// Platforms (`twitter`) or connections (`twitter-123`) whose next publication fails.
    pub failing: Vec<String>,
    /// What lists still show instead of the truth.
    pub stale: Stale<PostState>,
    pub own: V,
    ids: u32,
}

/// A user, or rather what an API key opens.
#[derive(Debug)]
pub(crate) struct User {
    pub plan: Plan,
    pub connections: Vec<Connection>,
    /// The API key of a managed user, who has none of their own.
    pub managed_by: Option<String>,
}

/// A connected social account.
#[derive(Clone, Debug)]
pub(crate) struct Connection {
    /// `linkedin-Tz9W5i6ZYG`
    pub platform_id: String,
    pub username: String,
    pub display_name: Option<String>,
    pub last_successful_post: Option<DateTime<Utc>>,
    pub last_error: Option<(String, DateTime<Utc>)>,
}

/// What happens to a draft that is sent a time alone: the documents allow both readings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum TimeOnDraft {
    /// It keeps the time and stays a draft ("Scheduling Posts": both fields must be sent).
    #[default]
    StaysDraft,
    /// It becomes scheduled ("Create Post": set scheduledTime to schedule).
    Arms,
}

/// What a post group begins with.
#[derive(Debug)]
pub(crate) struct NewPost {
    pub id: Option<String>,
    pub key: String,
    pub content: String,
    pub status: PostStatus,
    pub scheduled_time: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub platforms: Vec<String>,
    pub media_urls: Vec<String>,
    pub platform_settings: Map<String, Value>,
}

impl<V> State<V> {
    /// A fresh id of the form that MongoDB gives: seconds, a constant machine, a count.
    pub fn next_id(&mut self, now: DateTime<Utc>) -> String {
        self.ids += 1;
        format!("{:08x}7a3c19e2d0{:06x}", now.timestamp() & 0xffff_ffff, self.ids & 0xff_ffff)
    }

    /// A new post group, stored; the time is cut to milliseconds, as on the wire.
    pub fn insert(&mut self, draft: NewPost, now: DateTime<Utc>) -> String {
        let id = draft.id.unwrap_or_else(|| self.next_id(now));
        let platforms = draft.platforms.into_iter();
        let platforms = platforms.map(|platform_id| self.new_part(platform_id, now)).collect();
        let mut post = PostState {
            id: id.clone(),
            key: draft.key,
            content: draft.content,
            status: PostStatus::Draft,
            processing_status: ProcessingStatus::Pending,
            scheduled_time: draft.scheduled_time.map(|time| time.trunc_subsecs(3)),
            created_at: draft.created_at.trunc_subsecs(3),
            updated_at: draft.created_at.trunc_subsecs(3),
            platforms,
            media_urls: draft.media_urls,
            platform_settings: draft.platform_settings,
            finishes_at: None,
        };
        post.become_status(draft.status, draft.scheduled_time.unwrap_or(now).trunc_subsecs(3));
        self.posts.insert(id.clone(), post);
        id
    }

    /// A part of a post on one platform, not going out yet.
    pub fn new_part(&mut self, platform_id: String, now: DateTime<Utc>) -> PlatformPost {
        let id = self.next_id(now);
        PlatformPost {
            id,
            platform_id,
            status: PlatformStatus::Draft,
            posted_id: None,
            error: None,
        }
    }

    /// A user's plan, if there is such a user.
    pub fn plan(&self, user: &str) -> Option<Plan> {
        self.users.get(user).map(|user| user.plan)
    }

    /// A user's own post, else the 404.
    pub fn find(&self, user: &str, id: &str) -> Result<&PostState, Answer> {
        let post = self.posts.get(id).filter(|post| post.key == user);
        post.ok_or_else(|| Answer::error(404, "Post group not found"))
    }
}
