//! Post groups, their parts on each platform, and the statuses of both.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A post group as the service has it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PostState {
    /// The `postGroupId`: 24 hexadecimal digits.
    pub id: String,
    /// The owner: an API key, or the id of a user that a key manages.
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
    /// What was set for one platform, by its name.
    pub platform_settings: Map<String, Value>,
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

    /// The connections it goes to.
    pub(crate) fn connections(&self) -> Vec<String> {
        self.platforms.iter().map(|platform| platform.platform_id.clone()).collect()
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
