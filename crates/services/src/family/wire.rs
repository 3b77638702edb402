//! The shapes PostPost and Publora take and send alike. In sending they are exact; in reading every
//! field may be missing, null or of another kind, and then counts as missing.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::answer::lenient;

/// `POST /create-post`: without a time it makes a draft.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CreatePost<'a> {
    pub content: &'a str,
    /// Compound ids.
    pub platforms: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scheduled_time: Option<String>,
}

/// The answer to it, as far as both services document it.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct CreatedGroup {
    #[serde(deserialize_with = "lenient")]
    pub post_group_id: Option<String>,
}

/// `PUT /update-post/:postGroupId` (S000): what is left out stays as it is.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct UpdatePost {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scheduled_time: Option<String>,
}

/// The answer to it. S002 shows it without `success`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Updated {
    #[serde(deserialize_with = "lenient")]
    pub post_group: Option<UpdatedGroup>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct UpdatedGroup {
    #[serde(rename = "_id")]
    pub id: Value,
    #[serde(deserialize_with = "lenient")]
    pub status: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub scheduled_time: Option<String>,
}

/// `GET /list-posts`. Entries are read one by one, so that a broken one loses no other.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ListPosts {
    #[serde(deserialize_with = "lenient")]
    pub posts: Option<Vec<Value>>,
    #[serde(deserialize_with = "lenient")]
    pub pagination: Option<Pagination>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Pagination {
    #[serde(deserialize_with = "lenient")]
    pub limit: Option<usize>,
    #[serde(deserialize_with = "lenient")]
    pub total_items: Option<u64>,
    #[serde(deserialize_with = "lenient")]
    pub has_next_page: Option<bool>,
}

/// One post group of a list.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ListedPost {
    #[serde(deserialize_with = "lenient")]
    pub post_group_id: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub content: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub status: Option<String>,
    pub scheduled_time: Option<Value>,
    #[serde(deserialize_with = "lenient")]
    pub platforms: Option<Vec<Value>>,
    #[serde(deserialize_with = "lenient")]
    pub media_urls: Option<Vec<Value>>,
    #[serde(deserialize_with = "lenient")]
    pub updated_at: Option<String>,
}

/// A post group on one platform, in a list (compound `platformId`) or in get-post (raw).
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct PlatformPost {
    #[serde(deserialize_with = "lenient")]
    pub platform_id: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub platform: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub status: Option<String>,
    /// Its address in PostPost's documents (rate-limits.md).
    #[serde(deserialize_with = "lenient")]
    pub published_url: Option<String>,
    /// Its address in Publora's (get-post).
    #[serde(deserialize_with = "lenient")]
    pub permalink: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub error: Option<Trouble>,
}

/// `GET /get-post/:postGroupId`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct GetPost {
    #[serde(deserialize_with = "lenient")]
    pub posts: Option<Vec<Value>>,
}

/// `GET /platform-connections`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct PlatformConnections {
    #[serde(deserialize_with = "lenient")]
    pub connections: Option<Vec<Value>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Connection {
    #[serde(deserialize_with = "lenient")]
    pub platform_id: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub username: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub display_name: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub token_status: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub token_expires_in: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub access_token_expires_at: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub last_successful_post: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub last_error: Option<Trouble>,
}

/// What went wrong on a platform: text in one document, an object in another.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum Trouble {
    Text(String),
    #[serde(rename_all = "camelCase")]
    Told {
        message: String,
        #[serde(default, deserialize_with = "lenient")]
        occurred_at: Option<String>,
    },
}

/// The body of a 403 that is a plan's limit (LimitExceededError).
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct LimitExceeded {
    #[serde(deserialize_with = "lenient")]
    pub code: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub metric: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub message: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub limit: Option<i64>,
    #[serde(deserialize_with = "lenient")]
    pub used: Option<i64>,
    #[serde(deserialize_with = "lenient")]
    pub remaining: Option<i64>,
    #[serde(deserialize_with = "lenient")]
    pub max_scheduled_date: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub plan_name: Option<String>,
}
