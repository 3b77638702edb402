//! The adapter on the payloads of all three generations of the documents, where they are more than
//! PostPost's or say it otherwise. What both share is tested there.

mod acts;
mod creations;
mod edits;
mod errors;
mod lists;
mod readings;

use std::sync::Arc;

use http::Response;
use rundown_core::model::{RemoteId, ServiceAddress};
use secrecy::SecretString;
use serde_json::Value;

use super::Publora;
use crate::family::samples::*;
use crate::scripted;

pub const FIXTURES: [(&str, &str); 18] = [
    ("gen1/get-post", include_str!("../fixtures/gen1/get-post.json")),
    ("gen1/platform-connections", include_str!("../fixtures/gen1/platform-connections.json")),
    ("gen1/update-post", include_str!("../fixtures/gen1/update-post.json")),
    ("gen2/create-post", include_str!("../fixtures/gen2/create-post.json")),
    ("gen2/get-post", include_str!("../fixtures/gen2/get-post.json")),
    ("gen2/list-posts", include_str!("../fixtures/gen2/list-posts.json")),
    ("gen2/platform-connections", include_str!("../fixtures/gen2/platform-connections.json")),
    ("gen2/rate-limited", include_str!("../fixtures/gen2/rate-limited.json")),
    ("gen2/update-post", include_str!("../fixtures/gen2/update-post.json")),
    ("current/create-post", include_str!("../fixtures/current/create-post.json")),
    ("current/create-post-coerced", include_str!("../fixtures/current/create-post-coerced.json")),
    ("current/get-post", include_str!("../fixtures/current/get-post.json")),
    ("current/get-post-failed", include_str!("../fixtures/current/get-post-failed.json")),
    ("current/limit-exceeded", include_str!("../fixtures/current/limit-exceeded.json")),
    ("current/list-posts", include_str!("../fixtures/current/list-posts.json")),
    ("current/platform-connections", include_str!("../fixtures/current/platform-connections.json")),
    ("current/update-post", include_str!("../fixtures/current/update-post.json")),
    ("current/update-post-coerced", include_str!("../fixtures/current/update-post-coerced.json")),
];

fn fixture(name: &str) -> Value {
    scripted::fixture(&FIXTURES, name)
}

/// The adapter over answers given in order, and the transport to see what was asked.
pub fn publora(answers: impl IntoIterator<Item = Response<Vec<u8>>>) -> (Publora, Arc<Scripted>) {
    acting_for(None, answers)
}

/// The same for a user that the account manages.
fn acting_for(
    user: Option<&str>,
    answers: impl IntoIterator<Item = Response<Vec<u8>>>,
) -> (Publora, Arc<Scripted>) {
    let transport = Arc::new(Scripted::new(answers));
    let address = ServiceAddress {
        kind: super::info().kind,
        base_url: super::info().base_url.parse().unwrap(),
        workspace: None,
        managed_user: user.map(|id| RemoteId(id.to_owned())),
    };
    (Publora::new(transport.clone(), &address, SecretString::from(KEY)), transport)
}
