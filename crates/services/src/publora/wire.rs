//! The shapes that Publora takes and PostPost does not. In reading every field may be missing, null or
//! of another kind, and then counts as missing.

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use crate::answer::lenient;
use crate::family;

/// `PUT /update-post/:postGroupId` (current): status and time as at PostPost, and the text.
#[derive(Debug, Serialize)]
pub struct UpdatePost<'a> {
    #[serde(flatten)]
    pub standing: family::UpdatePost,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<&'a str>,
}

/// What the answer to a creation or an update says beside what PostPost's has (current).
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Written {
    /// Null is told as null, and not the same as nothing told.
    #[serde(deserialize_with = "told")]
    pub scheduled_time: Option<Value>,
    #[serde(deserialize_with = "lenient")]
    pub warnings: Option<Vec<Value>>,
    #[serde(deserialize_with = "lenient")]
    pub post_group: Option<WrittenGroup>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct WrittenGroup {
    #[serde(deserialize_with = "lenient")]
    pub content: Option<String>,
}

/// What a write did beside what was asked.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Warning {
    #[serde(deserialize_with = "lenient")]
    pub code: Option<String>,
    /// The time that SCHEDULED_TIME_COERCED put in the place of the one asked for.
    #[serde(deserialize_with = "lenient")]
    pub effective: Option<String>,
}

/// `GET /get-post/:postGroupId` (current). Before, only `posts` was there.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct GetPost {
    #[serde(deserialize_with = "lenient")]
    pub status: Option<String>,
    pub scheduled_time: Option<Value>,
    /// Compound ids.
    #[serde(deserialize_with = "lenient")]
    pub platforms: Option<Vec<Value>>,
    /// One for each platform, by its raw id, which may be null.
    #[serde(deserialize_with = "lenient")]
    pub posts: Option<Vec<Value>>,
    #[serde(deserialize_with = "lenient")]
    pub media: Option<Vec<Value>>,
}

/// The list of connections, as Publora's clients also take it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Data {
    #[serde(deserialize_with = "lenient")]
    pub data: Option<Vec<Value>>,
}

fn told<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}
