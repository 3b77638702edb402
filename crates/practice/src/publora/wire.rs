//! The JSON shapes of the current generation's answers; the earlier ones have the family's.

use serde_json::{Value, json};

use super::generation::Generation;
use crate::family::{self, PlatformPost, PlatformStatus, PostState};
use crate::time;

pub(super) fn created(generation: Generation, post: &PostState, warnings: &[Value]) -> Value {
    let mut answer = family::created(&post.id);
    if generation == Generation::Current {
        answer["scheduledTime"] = json!(post.scheduled_time.map(time::text));
        set_warnings(&mut answer, warnings);
    }
    answer
}

pub(super) fn updated(generation: Generation, post: &PostState, warnings: &[Value]) -> Value {
    let mut answer = family::updated(post);
    if generation == Generation::Current {
        answer["scheduledTime"] = json!(post.scheduled_time.map(time::text));
        answer["postGroup"]["content"] = json!(post.content);
        answer["postGroup"]["platforms"] = json!(post.connections());
        set_warnings(&mut answer, warnings);
    }
    answer
}

/// "The key is omitted, not empty, otherwise."
fn set_warnings(answer: &mut Value, warnings: &[Value]) {
    if !warnings.is_empty() {
        answer["warnings"] = json!(warnings);
    }
}

pub(super) fn single(generation: Generation, post: &PostState) -> Value {
    let mut answer = family::single(post);
    if generation == Generation::Current {
        answer["status"] = json!(post.status);
        answer["scheduledTime"] = json!(post.scheduled_time.map(time::text));
        answer["platforms"] = json!(post.connections());
        answer["platformSettings"] = json!(post.platform_settings);
        answer["media"] = media(post);
        for (index, part) in post.platforms.iter().enumerate() {
            answer["posts"][index]["postedId"] = json!(part.posted_id);
            answer["posts"][index]["permalink"] = json!(permalink(part));
        }
    }
    answer
}

/// Only X's posts have an address here, since most are documented to have none.
fn permalink(part: &PlatformPost) -> Option<String> {
    let is_there = part.platform() == "twitter" && part.status == PlatformStatus::Published;
    let posted_id = part.posted_id.as_deref().filter(|_| is_there)?;
    Some(format!("https://x.com/practice/status/{posted_id}"))
}

fn media(post: &PostState) -> Value {
    let media = post.media_urls.iter().enumerate().map(|(index, url)| {
        let name = url.rsplit('/').next();
        let extension = name.and_then(|name| name.rsplit_once('.')).map(|(_, end)| end);
        let kind = match extension {
            Some("mp4" | "mov" | "webm") => "video",
            Some("pdf") => "document",
            _ => "image",
        };
        json!({
            "mediaId": format!("{}{:06x}", &post.id[..18], 0xf0_0000 + index),
            "sourceFileName": name,
            "fileName": null,
            "type": kind,
            "mimeType": null,
            "status": "ready",
            "failureReason": null,
            "url": url,
        })
    });
    media.collect()
}
