//! What the tests of both services are made of: one post, and answers about it.

use rundown_core::model::RemoteId;
use rundown_core::service::{NewPost, NewTarget};
use serde_json::{Value, json};

pub use crate::scripted::{Scripted, at, key, ok};

pub const KEY: &str = "sk_lq2x8k.0123456789abcdef";
pub const ID: &str = "507f1f77bcf86cd799439011";

pub fn id() -> RemoteId {
    RemoteId(ID.to_owned())
}

/// A post that is to be created on these channels.
pub fn new_post(text: &str, channels: &[&str], time: Option<&str>) -> NewPost {
    let target = |id: &&str| NewTarget {
        channel: RemoteId((*id).to_owned()),
        network: id.split('-').next().unwrap_or_default().to_owned(),
    };
    NewPost {
        text: text.to_owned(),
        channels: channels.iter().map(target).collect(),
        time: time.map(at),
    }
}

/// Texts that a careless hand would change, up to the longest that a network takes.
pub fn texts() -> Vec<String> {
    let longest = "a🚀é".repeat(63_206 / 3) + "äß";
    assert_eq!(longest.chars().count(), 63_206);
    let short = [
        "👩‍👩‍👧‍👦 🏳️‍🌈 🇺🇦",
        "שלום \u{202e}مرحبا\u{202c} world",
        "<script>alert(\"1\")</script> &amp; <b>bold</b>",
        "  two\r\nlines\tand a \\ \"quote\" \u{2028} \u{0} ",
    ];
    short.into_iter().map(str::to_owned).chain([longest]).collect()
}

/// The bodies that were sent.
pub fn bodies(transport: &Scripted) -> Vec<Value> {
    let body = |request: http::Request<Vec<u8>>| serde_json::from_slice(request.body()).unwrap();
    transport.requests().into_iter().map(body).collect()
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
