//! The shapes PostEverywhere takes and sends. In sending they are exact; in reading every field may
//! be missing, null or of another kind, and then counts as missing.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize, Serializer};
use serde_json::Value;

use crate::answer::{lenient, stamp};

/// `POST /posts`. A post without a time that is no draft goes out at once, so no body of this type is
/// anything but a draft.
#[derive(Debug, Serialize)]
pub struct NewDraft<'a> {
    content: &'a str,
    account_ids: Vec<u64>,
    draft: Yes,
}

impl<'a> NewDraft<'a> {
    pub fn new(content: &'a str, account_ids: Vec<u64>) -> Self {
        Self { content, account_ids, draft: Yes }
    }
}

/// What is always `true`.
#[derive(Debug)]
pub struct Yes;

impl Serialize for Yes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bool(true)
    }
}

/// `PATCH /posts/{id}` (S004): what is left out stays as it is.
#[derive(Debug, Serialize)]
pub struct UpdatePost<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<&'a str>,
    #[serde(flatten)]
    pub standing: Option<NewStanding>,
}

/// Where the post is to stand.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum NewStanding {
    Time(At),
    Status(NewStatus),
}

/// A post that is scheduled has a time: neither goes without the other.
#[derive(Debug, Serialize)]
#[serde(tag = "status", rename_all = "lowercase")]
pub enum NewStatus {
    Draft,
    Scheduled(At),
}

/// When.
#[derive(Debug, Serialize)]
pub struct At {
    #[serde(serialize_with = "stamped")]
    pub scheduled_for: DateTime<Utc>,
}

/// `POST /posts/{id}/schedule`, for drafts. Without a time, or with `publish_now`, it publishes at
/// once: so the time is always there, and the other never.
#[derive(Debug, Serialize)]
pub struct ScheduleDraft {
    #[serde(serialize_with = "stamped")]
    pub scheduled_for: DateTime<Utc>,
}

/// `POST /posts/{id}/schedule` for a draft that is to go out at once. It carries no time.
#[derive(Debug, Serialize)]
pub struct PublishDraft {
    pub publish_now: Yes,
}

/// The content of `GET /posts`. Entries are read one by one, so that a broken one loses no other.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Posts {
    #[serde(deserialize_with = "lenient")]
    pub posts: Option<Vec<Value>>,
    #[serde(deserialize_with = "lenient")]
    pub pagination: Option<Pagination>,
}

/// The pages show `limit` and `offset` alone.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Pagination {
    #[serde(deserialize_with = "lenient")]
    pub limit: Option<usize>,
    #[serde(deserialize_with = "lenient")]
    pub total: Option<u64>,
    #[serde(deserialize_with = "lenient")]
    pub has_more: Option<bool>,
}

/// A post in a list, by itself, or in the answer to a write; the answer to `…/schedule` has a part
/// of its fields. The older generation has no `post_id`, `account_ids` and `media_ids`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Post {
    #[serde(deserialize_with = "lenient")]
    pub post_id: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub id: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub status: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub content: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub account_ids: Option<Vec<Value>>,
    pub scheduled_for: Option<Value>,
    #[serde(deserialize_with = "lenient")]
    pub media_ids: Option<Vec<Value>>,
    #[serde(deserialize_with = "lenient")]
    pub media: Option<Vec<Value>>,
    #[serde(deserialize_with = "lenient")]
    pub destinations: Option<Vec<Value>>,
    #[serde(deserialize_with = "lenient")]
    pub updated_at: Option<String>,
}

/// A post on one account. Its `scheduled_for` is on one page only (schemas/post).
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Destination {
    pub account_id: Option<Value>,
    #[serde(deserialize_with = "lenient")]
    pub platform: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub status: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub scheduled_for: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub platform_post_url: Option<String>,
    pub error: Option<Value>,
}

/// The content of a deletion's answer, of which there are three: with `post_id`, with `id`, and a
/// `message` alone.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Deleted {
    #[serde(deserialize_with = "lenient")]
    pub deleted: Option<bool>,
    #[serde(deserialize_with = "lenient")]
    pub message: Option<String>,
}

/// The content of a retry's answer (retry-failed-post, and the type of the vendor's MCP server).
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Retried {
    #[serde(deserialize_with = "lenient")]
    pub retried_count: Option<u64>,
    #[serde(deserialize_with = "lenient")]
    pub destinations: Option<Vec<Value>>,
}

/// The content of `GET /accounts`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Accounts {
    #[serde(deserialize_with = "lenient")]
    pub accounts: Option<Vec<Value>>,
}

/// A connected social account: `id` is text in the older generation, `account_id` a number.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Account {
    pub account_id: Option<Value>,
    pub id: Option<Value>,
    #[serde(deserialize_with = "lenient")]
    pub platform: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub account_name: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub is_active: Option<bool>,
    #[serde(deserialize_with = "lenient")]
    pub health: Option<Health>,
}

/// `healthy`, `expired` or `unhealthy`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Health {
    #[serde(deserialize_with = "lenient")]
    pub status: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub can_post: Option<bool>,
}

fn stamped<S: Serializer>(time: &DateTime<Utc>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&stamp(*time))
}
