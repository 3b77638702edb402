//! The JSON shapes of the answers, as both services had them first.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Value, json};

use super::post::{PlatformPost, PlatformStatus, PostState, PostStatus, PublishError};
use super::state::Connection;
use crate::time;

/// A post in `list-posts`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ListedPost<'a> {
    post_group_id: &'a str,
    content: &'a str,
    status: PostStatus,
    #[serde(serialize_with = "time::serialize_optional")]
    scheduled_time: Option<DateTime<Utc>>,
    #[serde(serialize_with = "time::serialize")]
    created_at: DateTime<Utc>,
    #[serde(serialize_with = "time::serialize")]
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
    #[serde(serialize_with = "time::serialize_optional", skip_serializing_if = "Option::is_none")]
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

pub(crate) fn single(post: &PostState) -> Value {
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

pub(crate) fn created(id: &str) -> Value {
    json!({ "success": true, "postGroupId": id })
}

pub(crate) fn updated(post: &PostState) -> Value {
    json!({
        "success": true,
        "message": "Post updated successfully",
        "postGroup": UpdatedGroup {
            id: &post.id,
            status: post.status,
            scheduled_time: post.scheduled_time,
        },
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
                .map(|(message, at)| json!({ "message": message, "occurredAt": time::text(*at) }));
            json!({
                "platformId": connection.platform_id,
                "username": connection.username,
                "displayName": connection.display_name,
                "profileImageUrl": null,
                "profileUrl": null,
                "accessTokenExpiresAt": null,
                "tokenStatus": "unknown",
                "tokenExpiresIn": null,
                "lastSuccessfulPost": connection.last_successful_post.map(time::text),
                "lastError": error,
            })
        })
        .collect();
    json!({ "success": true, "connections": connections })
}
