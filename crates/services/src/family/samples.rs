//! What the tests of both services are made of: one post, and answers about it.

use rundown_core::model::RemoteId;
use serde_json::{Value, json};

pub use crate::scripted::{at, key, ok};

pub const KEY: &str = "sk_lq2x8k.0123456789abcdef";
pub const ID: &str = "507f1f77bcf86cd799439011";

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
