//! The shapes Postato takes and sends. In sending they are exact; in reading every field may be
//! missing, null or of another kind, and then counts as missing.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::answer::lenient;

/// `POST …/posts`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CreatePost<'a> {
    pub platform: &'a str,
    pub account_id: &'a str,
    pub post_type: &'static str,
    pub content: &'a str,
    #[serde(flatten)]
    pub standing: NewStanding,
}

/// Where a new post stands. The third word of the documents, `publish`, publishes it at once: it is
/// not in here.
#[derive(Debug, Serialize)]
#[serde(tag = "status", rename_all = "lowercase", rename_all_fields = "camelCase")]
pub enum NewStanding {
    Draft,
    Scheduled { scheduled_at: String },
}

/// `PATCH …/posts/{id}` (scheduled-posts): what is left out stays as it is.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct UpdatePost<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<NewContent<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<EditStatus>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scheduled_at: Option<String>,
}

/// What an edit makes of a post. `publish` and `cancelled` are no edits.
#[derive(Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum EditStatus {
    Draft,
    Scheduled,
}

/// A post's content: text alone, or its one part with the media it has (concepts/posts).
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum NewContent<'a> {
    Text(&'a str),
    Parts([NewPart<'a>; 1]),
}

/// A text with its media.
#[derive(Debug, Serialize)]
pub struct NewPart<'a> {
    pub text: &'a str,
    pub media: Vec<MediaId>,
}

/// A picture or video.
#[derive(Debug, Serialize)]
pub struct MediaId {
    pub id: String,
}

/// The update that publishes a post at once.
#[derive(Debug, Serialize)]
#[serde(tag = "status", rename_all = "lowercase")]
pub enum PublishPost {
    Publish,
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
