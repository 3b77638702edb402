//! What the tests of both services are made of: one post, and answers about it.

use chrono::{DateTime, Utc};
use http::Response;
use rundown_core::model::{IdempotencyKey, RemoteId};
use serde_json::{Value, json};

use crate::scripted;

pub const KEY: &str = "sk_lq2x8k.0123456789abcdef";
pub const ID: &str = "507f1f77bcf86cd799439011";

pub fn ok(body: &Value) -> Response<Vec<u8>> {
    scripted::json(200, body)
}

pub fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

pub fn key() -> IdempotencyKey {
    IdempotencyKey::generate()
}

pub fn id() -> RemoteId {
    RemoteId(ID.to_owned())
}

pub fn listed(status: &str, time: Value, platforms: Value) -> Value {
    json!({
        "success": true,
        "posts": [{
            "postGroupId": ID, "content": "Hello", "status": status,
            "scheduledTime": time, "platforms": platforms,
        }],
        "pagination": { "hasNextPage": false },
    })
}

pub fn nothing() -> Value {
    json!({ "success": true, "posts": [], "pagination": { "hasNextPage": false } })
}

pub fn on_twitter(status: &str) -> Value {
    json!([{ "platformId": "twitter-123", "platform": "twitter", "status": status }])
}

pub fn state(status: &str) -> Value {
    let posts = json!([{ "platformId": "123", "platform": "twitter", "status": status }]);
    json!({ "success": true, "postGroupId": ID, "posts": posts })
}
