//! What PostPost knows: users with their connections, and post groups.

use std::collections::BTreeMap;

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::limits::Plan;

/// Every user and post of the service.
#[derive(Debug, Default)]
pub(crate) struct State {
    /// By API key.
    pub users: BTreeMap<String, User>,
    /// By id.
    pub posts: BTreeMap<String, PostState>,
    pub past_time: PastTime,
    pub time_on_draft: TimeOnDraft,
    /// How long a publication takes.
    pub publishing_takes: TimeDelta,
    /// Platforms (`twitter`) or connections (`twitter-123`) whose next publication fails.
    pub failing: Vec<String>,
    /// What lists still show instead of the truth.
    pub stale: Vec<Stale>,
    ids: u32,
}

/// A user, or rather what an API key opens.
#[derive(Debug)]
pub(crate) struct User {
    pub plan: Plan,
    pub connections: Vec<Connection>,
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

/// The former value of a post, as lists show it for a while.
#[derive(Debug)]
pub(crate) struct Stale {
    pub id: String,
    /// None if the post did not exist.
    pub former: Option<PostState>,
    pub until: DateTime<Utc>,
}

/// What happens to a `scheduledTime` that has passed: PostPost's documents say both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum PastTime {
    /// 400 `Scheduled time cannot be in the past` ("Update Scheduled Post").
    Refuse,
    /// Silently the current time, so the post goes out ("Scheduling Posts"). The default, since it
    /// is the dangerous one.
    #[default]
    Now,
}

/// What happens to a draft that is sent a time alone: PostPost's documents allow both readings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum TimeOnDraft {
    /// It keeps the time and stays a draft ("Scheduling Posts": both fields must be sent).
    #[default]
    StaysDraft,
    /// It becomes scheduled ("Create Post": set scheduledTime to schedule).
    Arms,
}

/// A post group as the service has it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PostState {
    /// The `postGroupId`: 24 hexadecimal digits.
    pub id: String,
    /// The owner's API key.
    #[serde(skip)]
    pub key: String,
    /// The text.
    pub content: String,
    /// The group's status.
    pub status: PostStatus,
    /// Kept apart from the status and shown by no endpoint.
    pub processing_status: ProcessingStatus,
    /// Also kept by a draft that was paused.
    pub scheduled_time: Option<DateTime<Utc>>,
    /// When it was created.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    /// One for each connection it goes to.
    pub platforms: Vec<PlatformPost>,
    /// Addresses of its pictures and videos.
    pub media_urls: Vec<String>,
    /// While it is processing: when that ends.
    #[serde(skip)]
    pub(crate) finishes_at: Option<DateTime<Utc>>,
}

/// A post group's part on one platform.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PlatformPost {
    /// Its own id: 24 hexadecimal digits.
    pub id: String,
    /// The connection: `twitter-123456789`.
    pub platform_id: String,
    /// Its own status.
    pub status: PlatformStatus,
    /// The platform's id of what was published.
    pub posted_id: Option<String>,
    /// Why it failed.
    pub error: Option<PublishError>,
}

/// Why a platform did not publish, with the fields of the documents.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PublishError {
    /// Such as `PLATFORM_AUTH_EXPIRED`.
    pub code: String,
    /// For people.
    pub message: String,
    /// The platform's HTTP status.
    pub platform_status_code: Option<u16>,
    /// The platform's own words.
    pub platform_error: Option<String>,
    /// When it failed.
    #[serde(serialize_with = "crate::time::serialize")]
    pub failed_at: DateTime<Utc>,
    /// Whether trying again might help.
    pub retryable: bool,
}

/// The status of a post group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PostStatus {
    /// Not going out.
    #[default]
    Draft,
    /// Going out at its time.
    Scheduled,
    /// Went out everywhere.
    Published,
    /// Went out nowhere.
    Failed,
    /// Went out on some platforms.
    PartiallyPublished,
}

/// The status of a post on one platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PlatformStatus {
    /// Not going out.
    Draft,
    /// Waiting for its time.
    Scheduled,
    /// Taken up by the scheduler.
    Pending,
    /// Being published.
    Processing,
    /// Went out.
    Published,
    /// Did not go out.
    Failed,
}

/// How far the scheduler is with a post group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ProcessingStatus {
    /// Not begun.
    Pending,
    /// Publishing.
    Processing,
    /// Done, well or badly.
    Finished,
}

impl PostStatus {
    /// Every status, in the documents' order.
    pub(crate) const ALL: [Self; 5] =
        [Self::Draft, Self::Scheduled, Self::Published, Self::Failed, Self::PartiallyPublished];

    /// The word on the wire.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Scheduled => "scheduled",
            Self::Published => "published",
            Self::Failed => "failed",
            Self::PartiallyPublished => "partially_published",
        }
    }

    pub(crate) fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.word() == word)
    }
}

impl State {
    /// A fresh id of the form that MongoDB gives: seconds, a constant machine, a count.
    pub fn next_id(&mut self, now: DateTime<Utc>) -> String {
        self.ids += 1;
        format!("{:08x}7a3c19e2d0{:06x}", now.timestamp() & 0xffff_ffff, self.ids & 0xff_ffff)
    }

    /// A new post group, stored; the time is cut to milliseconds, as on the wire.
    pub fn insert(&mut self, draft: NewPost, now: DateTime<Utc>) -> String {
        let id = draft.id.unwrap_or_else(|| self.next_id(now));
        let platforms = draft.platforms.into_iter().map(|platform_id| PlatformPost {
            id: self.next_id(now),
            platform_id,
            status: PlatformStatus::Draft,
            posted_id: None,
            error: None,
        });
        let platforms = platforms.collect();
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
            finishes_at: None,
        };
        post.become_status(draft.status, draft.scheduled_time.unwrap_or(now).trunc_subsecs(3));
        self.posts.insert(id.clone(), post);
        id
    }
}

/// What a post group begins with.
pub(crate) struct NewPost {
    pub id: Option<String>,
    pub key: String,
    pub content: String,
    pub status: PostStatus,
    pub scheduled_time: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub platforms: Vec<String>,
    pub media_urls: Vec<String>,
}

impl PostState {
    /// Takes a status over, with what follows from it for the platforms; `at` is when it was
    /// published or failed. Of a partially published post the last platform failed.
    pub(crate) fn become_status(&mut self, status: PostStatus, at: DateTime<Utc>) {
        let last = self.platforms.len().saturating_sub(1);
        for (index, platform) in self.platforms.iter_mut().enumerate() {
            match status {
                PostStatus::Draft => platform.wait(PlatformStatus::Draft),
                PostStatus::Scheduled => platform.wait(PlatformStatus::Scheduled),
                PostStatus::Published => platform.publish(),
                PostStatus::PartiallyPublished if index < last => platform.publish(),
                PostStatus::PartiallyPublished | PostStatus::Failed => platform.fail(at),
            }
        }
        self.status = status;
        self.finishes_at = None;
        self.processing_status = match status {
            PostStatus::Draft | PostStatus::Scheduled => ProcessingStatus::Pending,
            _ => ProcessingStatus::Finished,
        };
    }

    pub(crate) fn is_processing(&self) -> bool {
        self.processing_status == ProcessingStatus::Processing
    }
}

impl PlatformPost {
    /// `twitter` of `twitter-123`.
    pub(crate) fn platform(&self) -> &str {
        platform_of(&self.platform_id)
    }

    fn wait(&mut self, status: PlatformStatus) {
        self.status = status;
        self.posted_id = None;
        self.error = None;
    }

    pub(crate) fn publish(&mut self) {
        self.status = PlatformStatus::Published;
        self.posted_id = Some(format!("{}-{}", self.platform(), &self.id[16..]));
        self.error = None;
    }

    /// Fails as in the documents' own example: the access token has expired.
    pub(crate) fn fail(&mut self, at: DateTime<Utc>) {
        self.status = PlatformStatus::Failed;
        self.posted_id = None;
        self.error = Some(PublishError {
            code: "PLATFORM_AUTH_EXPIRED".to_owned(),
            message: "Error validating access token".to_owned(),
            platform_status_code: Some(401),
            platform_error: Some("Invalid OAuth access token".to_owned()),
            failed_at: at,
            retryable: false,
        });
    }
}

/// `twitter` of `twitter-123`.
pub(crate) fn platform_of(platform_id: &str) -> &str {
    platform_id.split_once('-').map_or(platform_id, |(platform, _)| platform)
}
