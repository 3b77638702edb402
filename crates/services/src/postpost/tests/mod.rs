//! The adapter on the documents' own payloads and on what may be made of them.

mod acts;
mod creations;
mod edits;
mod errors;
mod lists;
mod readings;

use std::sync::Arc;

use http::Response;
use serde_json::Value;

use super::PostPost;
use crate::family::samples::*;
use crate::scripted;

pub const FIXTURES: [(&str, &str); 8] = [
    ("000-update-post", include_str!("../fixtures/000-update-post.json")),
    ("002-update-post", include_str!("../fixtures/002-update-post.json")),
    ("create-post", include_str!("../fixtures/create-post.json")),
    ("list-posts", include_str!("../fixtures/list-posts.json")),
    ("get-post", include_str!("../fixtures/get-post.json")),
    ("get-post-failed", include_str!("../fixtures/get-post-failed.json")),
    ("platform-connections", include_str!("../fixtures/platform-connections.json")),
    ("limit-exceeded", include_str!("../fixtures/limit-exceeded.json")),
];

fn fixture(name: &str) -> Value {
    scripted::fixture(&FIXTURES, name)
}

/// The adapter over answers given in order, and the transport to see what was asked.
pub fn postpost(answers: impl IntoIterator<Item = Response<Vec<u8>>>) -> (PostPost, Arc<Scripted>) {
    let transport = Arc::new(Scripted::new(answers));
    let base = "https://api.postpost.dev/api/v1".parse().unwrap();
    (PostPost::new(transport.clone(), base, KEY.into()), transport)
}
