//! The adapter on the documents' own payloads and on what may be made of them.

mod acts;
mod creations;
mod edits;
mod errors;
mod lists;
mod posts;
mod readings;
mod resuming;
mod texts;

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use http::Response;
use rundown_core::clock::Clock;
use rundown_core::model::RemoteId;
use rundown_core::service::{ListQuery, RemotePost, SchedulingService};
use serde_json::{Value, json};

use super::PostEverywhere;
use crate::scripted::{self, Scripted, at, key, ok};
use crate::transport::Transport;

const KEY: &str = "pe_live_0123456789abcdef0123456789abcdef";
pub const ID: &str = "f47ac10b-58cc-4372-a567-0e02b2c3d479";

pub const FIXTURES: [(&str, &str); 11] = [
    ("004-update-post", include_str!("../fixtures/004-update-post.json")),
    ("004-not-found", include_str!("../fixtures/004-not-found.json")),
    ("004-already-published", include_str!("../fixtures/004-already-published.json")),
    ("create-post-older", include_str!("../fixtures/create-post-older.json")),
    ("delete-post", include_str!("../fixtures/delete-post.json")),
    ("delete-already-published", include_str!("../fixtures/delete-already-published.json")),
    ("retry-failed-post", include_str!("../fixtures/retry-failed-post.json")),
    ("list-posts", include_str!("../fixtures/list-posts.json")),
    ("list-posts-older", include_str!("../fixtures/list-posts-older.json")),
    ("list-accounts", include_str!("../fixtures/list-accounts.json")),
    ("list-accounts-older", include_str!("../fixtures/list-accounts-older.json")),
];

fn fixture(name: &str) -> Value {
    scripted::fixture(&FIXTURES, name)
}

/// A clock that goes on by the same step each time it is read.
struct Stepping {
    now: Mutex<DateTime<Utc>>,
    step: TimeDelta,
}

#[async_trait]
impl Clock for Stepping {
    fn now(&self) -> DateTime<Utc> {
        let mut now = self.now.lock().unwrap();
        *now += self.step;
        *now
    }

    async fn sleep_towards(&self, _: DateTime<Utc>) {}
}

/// The adapter over any transport, each answer taking as long as `took`.
fn over(transport: Arc<dyn Transport>, took: TimeDelta) -> PostEverywhere {
    let clock = Stepping { now: Mutex::new(at("2026-04-12T08:30:00Z")), step: took };
    let base = "https://app.posteverywhere.ai/api/v1".parse().unwrap();
    PostEverywhere::new(transport, Arc::new(clock), base, KEY.into())
}

/// The adapter over answers given in order, and the transport to see what was asked.
pub fn posteverywhere(
    answers: impl IntoIterator<Item = Response<Vec<u8>>>,
) -> (PostEverywhere, Arc<Scripted>) {
    let transport = Arc::new(Scripted::new(answers));
    (over(transport.clone(), TimeDelta::milliseconds(200)), transport)
}

fn enveloped(data: Value) -> Value {
    json!({ "data": data, "error": null, "meta": { "request_id": "a1b2c3d4" } })
}

fn refusal(code: &str, message: &str) -> Value {
    json!({ "data": null, "error": { "message": message, "code": code }, "meta": {} })
}

fn id() -> RemoteId {
    RemoteId(ID.to_owned())
}

/// A post with these fields beside its id and text.
fn post(fields: Value) -> Value {
    let mut post = json!({ "post_id": ID, "id": ID, "content": "Hello" });
    post.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    post
}

fn page(posts: &[Value]) -> Value {
    enveloped(json!({ "posts": posts, "pagination": { "limit": 100, "offset": 0 } }))
}

/// The single post of a list that has it alone.
async fn single(entry: Value) -> RemotePost {
    let (posteverywhere, _) = posteverywhere(vec![ok(&page(&[entry]))]);
    let page = posteverywhere.list(&ListQuery::RecentlyChanged, None).await.unwrap().value;
    assert_eq!((page.posts.len(), page.unreadable), (1, 0));
    page.posts.into_iter().next().unwrap()
}

fn april() -> ListQuery {
    ListQuery::Dated { from: at("2026-04-01T00:00:00Z"), to: at("2026-05-01T00:00:00Z") }
}
