//! The adapter on the documents' own payloads, their ids written out, and on what may be made of
//! them where no document shows a payload.

mod acts;
mod creations;
mod edits;
mod errors;
mod lists;
mod paging;
mod readings;
mod texts;
mod workspaces;

use std::sync::Arc;

use http::Response;
use rundown_core::model::RemoteId;
use rundown_core::service::{ListQuery, RemotePost, SchedulingService};
use serde_json::{Value, json};

use super::Postato;
use crate::scripted::{self, Scripted, at, key, ok};

const KEY: &str = "smcp_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
const WORKSPACE: &str = "wks_01HV3X8K2N4P6R8T0V2X4Z6B8D";
pub const ID: &str = "pst_01HV3XF0R2T4V6X8Z0B2D4F6H8";
const ACCOUNT: &str = "acc_01HV3XC2G4J6M8P0R2T4V6X8Z0";
const TIME: &str = "2026-04-20T14:00:00Z";

pub const FIXTURES: [(&str, &str); 10] = [
    ("003-reschedule", include_str!("../fixtures/003-reschedule.json")),
    ("accounts", include_str!("../fixtures/accounts.json")),
    ("created-post", include_str!("../fixtures/created-post.json")),
    ("forbidden", include_str!("../fixtures/forbidden.json")),
    ("invalid-request", include_str!("../fixtures/invalid-request.json")),
    ("mcp-workspaces", include_str!("../fixtures/mcp-workspaces.json")),
    ("posts", include_str!("../fixtures/posts.json")),
    ("validation-failed", include_str!("../fixtures/validation-failed.json")),
    ("workspace-required", include_str!("../fixtures/workspace-required.json")),
    ("workspaces", include_str!("../fixtures/workspaces.json")),
];

fn fixture(name: &str) -> Value {
    scripted::fixture(&FIXTURES, name)
}

/// The adapter over answers given in order, and the transport to see what was asked.
pub fn postato(answers: impl IntoIterator<Item = Response<Vec<u8>>>) -> (Postato, Arc<Scripted>) {
    postato_in(Some(WORKSPACE), answers)
}

fn postato_in(
    workspace: Option<&str>,
    answers: impl IntoIterator<Item = Response<Vec<u8>>>,
) -> (Postato, Arc<Scripted>) {
    let transport = Arc::new(Scripted::new(answers));
    let base = "https://api.postato.com.br".parse().unwrap();
    let workspace = workspace.map(|id| RemoteId(id.to_owned()));
    (Postato::new(transport.clone(), base, workspace, KEY.into()), transport)
}

/// What was asked, each address without the workspace's.
fn asked(transport: &Scripted) -> Vec<String> {
    let here = format!("/v1/workspaces/{WORKSPACE}");
    transport.asked().iter().map(|line| line.replace(&here, "")).collect()
}

/// The API's own word that something is not there.
fn not_found() -> Response<Vec<u8>> {
    scripted::json(404, &json!({ "error": "not_found", "message": "Post not found" }))
}

/// A server's word that there is no such path.
fn no_route() -> Response<Vec<u8>> {
    scripted::text(404, "text/html", "<pre>Cannot GET /v1/workspaces</pre>")
}

fn id() -> RemoteId {
    RemoteId(ID.to_owned())
}

fn post(status: &str, time: Value) -> Value {
    json!({
        "id": ID, "status": status, "platform": "twitter", "accountId": ACCOUNT,
        "content": "Launch day.", "scheduledAt": time,
    })
}

fn listed(entries: Value) -> Value {
    json!({ "items": entries, "cursor": null })
}

fn nothing() -> Response<Vec<u8>> {
    ok(&listed(json!([])))
}

/// The single post of a page of what was made last.
async fn single(entry: Value) -> RemotePost {
    let (postato, _) = postato(vec![ok(&listed(json!([entry])))]);
    let page = postato.list(&ListQuery::RecentlyChanged, None).await.unwrap().value;
    assert_eq!((page.posts.len(), page.unreadable), (1, 0));
    page.posts.into_iter().next().unwrap()
}
