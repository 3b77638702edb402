//! The JSON shapes of PostPost's answers, and how it writes and reads times.

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::state::{Connection, PlatformPost, PlatformStatus, PostState, PostStatus, PublishError};

/// `2026-03-15T14:00:00.000Z`
pub(crate) fn time(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Millis, true)
}

pub(crate) fn serialize_time<S: Serializer>(
    at: &DateTime<Utc>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&time(*at))
}

fn serialize_optional_time<S: Serializer>(
    at: &Option<DateTime<Utc>>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    at.map(time).serialize(serializer)
}

/// An ISO 8601 time with `T`, seconds and an offset. Offsets other than zero are not documented;
/// they are taken for what they say.
pub(super) fn parse_time(text: &str) -> Option<DateTime<Utc>> {
    if text.as_bytes().get(10) != Some(&b'T') {
        return None;
    }
    DateTime::parse_from_rfc3339(text).ok().map(|time| time.to_utc())
}

/// What lists accept as a date: documented is whatever JavaScript's `new Date()` reads; here that
/// is a time as above or a bare date, which is midnight UTC.
pub(super) fn parse_date(text: &str) -> Option<DateTime<Utc>> {
    parse_time(text).or_else(|| {
        let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
        Some(date.and_time(chrono::NaiveTime::MIN).and_utc())
    })
}

/// A post in `list-posts`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ListedPost<'a> {
    post_group_id: &'a str,
    content: &'a str,
    status: PostStatus,
    #[serde(serialize_with = "serialize_optional_time")]
    scheduled_time: Option<DateTime<Utc>>,
    #[serde(serialize_with = "serialize_time")]
    created_at: DateTime<Utc>,
    #[serde(serialize_with = "serialize_time")]
    updated_at: DateTime<Utc>,
    platforms: Vec<ListedPlatform<'a>>,
    media_urls: &'a [String],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ListedPlatform<'a> {
    /// The compound id.
    platform_id: &'a str,
    platform: &'a str,
    status: PlatformStatus,
}

/// A platform's part in `get-post`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SinglePost<'a> {
    #[serde(rename = "_id")]
    id: &'a str,
    platform: &'a str,
    /// The raw id, without the platform.
    platform_id: &'a str,
    content: &'a str,
    status: PlatformStatus,
    #[serde(skip_serializing_if = "Option::is_none")]
    posted_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'a PublishError>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct UpdatedGroup<'a> {
    #[serde(rename = "_id")]
    id: &'a str,
    status: PostStatus,
    #[serde(serialize_with = "serialize_optional_time", skip_serializing_if = "Option::is_none")]
    scheduled_time: Option<DateTime<Utc>>,
}

/// Where a page stands.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Pagination {
    pub page: u64,
    pub limit: u64,
    pub total_items: u64,
    pub total_pages: u64,
    pub has_next_page: bool,
    pub has_prev_page: bool,
}

pub(super) fn list(posts: &[&PostState], pagination: &Pagination) -> Value {
    let posts: Vec<_> = posts.iter().map(|post| listed(post)).collect();
    json!({ "success": true, "posts": posts, "pagination": pagination })
}

fn listed(post: &PostState) -> ListedPost<'_> {
    let platforms = post.platforms.iter().map(|platform| ListedPlatform {
        platform_id: &platform.platform_id,
        platform: platform.platform(),
        status: platform.status,
    });
    ListedPost {
        post_group_id: &post.id,
        content: &post.content,
        status: post.status,
        scheduled_time: post.scheduled_time,
        created_at: post.created_at,
        updated_at: post.updated_at,
        platforms: platforms.collect(),
        media_urls: &post.media_urls,
    }
}

pub(super) fn single(post: &PostState) -> Value {
    let part = |platform: &PlatformPost| {
        let raw = platform.platform_id.split_once('-').map_or("", |(_, raw)| raw);
        json!(SinglePost {
            id: &platform.id,
            platform: platform.platform(),
            platform_id: raw,
            content: &post.content,
            status: platform.status,
            posted_id: platform.posted_id.as_deref(),
            error: platform.error.as_ref(),
        })
    };
    let posts: Vec<_> = post.platforms.iter().map(part).collect();
    json!({ "success": true, "postGroupId": post.id, "posts": posts })
}

pub(super) fn created(id: &str) -> Value {
    json!({ "success": true, "postGroupId": id })
}

pub(super) fn updated(
    id: &str,
    status: PostStatus,
    scheduled_time: Option<DateTime<Utc>>,
) -> Value {
    json!({
        "success": true,
        "message": "Post updated successfully",
        "postGroup": UpdatedGroup { id, status, scheduled_time },
    })
}

/// Practice accounts have tokens that do not expire and no picture, as the documents allow.
pub(super) fn connections(connections: &[Connection]) -> Value {
    let connections: Vec<_> = connections
        .iter()
        .map(|connection| {
            let error = connection
                .last_error
                .as_ref()
                .map(|(message, at)| json!({ "message": message, "occurredAt": time(*at) }));
            json!({
                "platformId": connection.platform_id,
                "username": connection.username,
                "displayName": connection.display_name,
                "profileImageUrl": null,
                "profileUrl": null,
                "accessTokenExpiresAt": null,
                "tokenStatus": "unknown",
                "tokenExpiresIn": null,
                "lastSuccessfulPost": connection.last_successful_post.map(time),
                "lastError": error,
            })
        })
        .collect();
    json!({ "success": true, "connections": connections })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_documented() {
        for good in
            ["2026-03-15T10:00:00.000Z", "2026-03-15T10:00:00Z", "2026-03-15T10:00:00+00:00"]
        {
            assert_eq!(parse_time(good).map(time).as_deref(), Some("2026-03-15T10:00:00.000Z"));
        }
        for bad in ["2026-03-15 10:00:00", "March 15, 2026", "03/15/2026", "2026-03-15", ""] {
            assert_eq!(parse_time(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_bare_date_filters_from_midnight_utc() {
        assert_eq!(parse_date("2026-03-15").map(time).as_deref(), Some("2026-03-15T00:00:00.000Z"));
        assert_eq!(parse_date("the ides of March"), None);
    }
}
