//! The adapter on the documents' own payloads and on what may be made of them.

mod anything;
mod edits;
mod errors;
mod lists;
mod readings;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use http::Response;
use rundown_core::model::{IdempotencyKey, RemoteId};
use serde_json::{Value, json};

use super::PostPost;
use crate::scripted::{self, Scripted};

const KEY: &str = "sk_lq2x8k.0123456789abcdef";
const ID: &str = "507f1f77bcf86cd799439011";

fn fixture(name: &str) -> Value {
    let text = match name {
        "000-update-post" => include_str!("../fixtures/000-update-post.json"),
        "002-update-post" => include_str!("../fixtures/002-update-post.json"),
        "list-posts" => include_str!("../fixtures/list-posts.json"),
        "get-post" => include_str!("../fixtures/get-post.json"),
        "get-post-failed" => include_str!("../fixtures/get-post-failed.json"),
        "platform-connections" => include_str!("../fixtures/platform-connections.json"),
        "limit-exceeded" => include_str!("../fixtures/limit-exceeded.json"),
        _ => panic!("no fixture {name}"),
    };
    serde_json::from_str(text).unwrap()
}

/// The adapter over answers given in order, and the transport to see what was asked.
fn postpost(answers: Vec<Response<Vec<u8>>>) -> (PostPost, Arc<Scripted>) {
    let transport = Arc::new(Scripted::new(answers));
    let base = "https://api.postpost.dev/api/v1".parse().unwrap();
    (PostPost::new(transport.clone(), base, KEY.into()), transport)
}

fn ok(body: &Value) -> Response<Vec<u8>> {
    scripted::json(200, body)
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn key() -> IdempotencyKey {
    IdempotencyKey::generate()
}

fn id() -> RemoteId {
    RemoteId(ID.to_owned())
}

fn listed(status: &str, time: Value, platforms: Value) -> Value {
    json!({
        "success": true,
        "posts": [{
            "postGroupId": ID, "content": "Hello", "status": status,
            "scheduledTime": time, "platforms": platforms,
        }],
        "pagination": { "hasNextPage": false },
    })
}

fn nothing() -> Value {
    json!({ "success": true, "posts": [], "pagination": { "hasNextPage": false } })
}

fn on_twitter(status: &str) -> Value {
    json!([{ "platformId": "twitter-123", "platform": "twitter", "status": status }])
}

fn state(status: &str) -> Value {
    let posts = json!([{ "platformId": "123", "platform": "twitter", "status": status }]);
    json!({ "success": true, "postGroupId": ID, "posts": posts })
}
