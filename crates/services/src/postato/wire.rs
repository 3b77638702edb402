//! The shapes Postato takes and sends. In sending they are exact; in reading every field may be
//! missing, null or of another kind, and then counts as missing.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::answer::lenient;

/// `PATCH …/posts/{id}` (scheduled-posts): what is left out stays as it is.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct UpdatePost {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scheduled_at: Option<String>,
}

/// One post, in a list, by itself or in the answer to a write. Its fields are those of the answer to
/// `POST …/posts` and of what is sent there, and both families of the tool `get_post_status`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Post {
    #[serde(deserialize_with = "lenient")]
    pub id: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub post_id: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub status: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub platform: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub account_id: Option<String>,
    pub scheduled_at: Option<Value>,
    #[serde(deserialize_with = "lenient")]
    pub published_at: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub content: Option<Content>,
    #[serde(deserialize_with = "lenient")]
    pub items: Option<Vec<Value>>,
    #[serde(deserialize_with = "lenient")]
    pub media: Option<Vec<Value>>,
    #[serde(deserialize_with = "lenient")]
    pub platform_url: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub external_url: Option<String>,
    pub error: Value,
}

/// A post's content as it is sent: text, or the items of a thread (concepts/posts).
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum Content {
    Text(String),
    Items(Vec<Value>),
}

/// One part of a thread; a post that is none has one.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Item {
    #[serde(deserialize_with = "lenient")]
    pub index: Option<i64>,
    #[serde(deserialize_with = "lenient")]
    pub text: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub media: Option<Vec<Value>>,
    #[serde(deserialize_with = "lenient")]
    pub platform_url: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub external_url: Option<String>,
    pub error: Value,
}

/// One of the accounts of `list_accounts`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Account {
    #[serde(deserialize_with = "lenient")]
    pub id: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub platform: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub username: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub display_name: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub status: Option<String>,
}

/// One of the workspaces of `GET /v1/workspaces`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Workspace {
    #[serde(deserialize_with = "lenient")]
    pub id: Option<String>,
    #[serde(deserialize_with = "lenient")]
    pub name: Option<String>,
}
