//! The JSON shapes of Postato's answers.

use std::collections::BTreeSet;

use chrono::{DateTime, Days, Utc};
use serde_json::{Value, json};

use super::settings::{AccountList, PublicationFields, Settings};
use super::state::{Account, PostState, State};
use crate::time;

/// A post in the list and by itself: what the reference shows of a new one, and what the tools'
/// pages promise of one that is on its way or out.
pub(super) fn post(post: &PostState, settings: &Settings) -> Value {
    let mut body = created(post, settings);
    body["accountId"] = json!(post.account_id);
    body["scheduledAt"] = json!(post.scheduled_at.map(time::text));
    body["updatedAt"] = json!(time::text(post.updated_at));
    if let Some(publication) = &post.publication {
        let (id, url) = match settings.publication_fields {
            PublicationFields::Platform => ("platformPostId", "platformUrl"),
            PublicationFields::External => ("externalId", "externalUrl"),
        };
        body[id] = json!(publication.id);
        body[url] = json!(publication.url);
    }
    if let Some(error) = &post.error {
        body["error"] = json!(error);
    }
    body
}

/// A post that was just created.
pub(super) fn created(post: &PostState, settings: &Settings) -> Value {
    let status = post.status.word(settings.words);
    let items = post.items.iter().enumerate().map(|(index, item)| {
        let media: Vec<_> = item.media.iter().map(|id| json!({ "id": id })).collect();
        json!({
            "id": item.id,
            "index": index,
            "text": item.text,
            "status": status,
            "media": media,
        })
    });
    json!({
        "id": post.id,
        "status": status,
        "platform": post.platform,
        "postType": post.post_type,
        "createdAt": time::text(post.created_at),
        "items": items.collect::<Vec<_>>(),
    })
}

/// Every workspace has a single member, and changed last when it was created; a post is recent for
/// 30 days.
pub(super) fn workspaces(state: &State, granted: &[String], now: DateTime<Utc>) -> Value {
    let items = granted.iter().filter_map(|id| {
        let workspace = state.workspaces.get(id)?;
        let platforms: BTreeSet<_> =
            workspace.accounts.iter().map(|account| account.platform.as_str()).collect();
        let is_recent =
            |post: &&PostState| post.workspace == *id && post.created_at > now - Days::new(30);
        Some(json!({
            "id": id,
            "name": workspace.name,
            "createdAt": time::text(workspace.created_at),
            "updatedAt": time::text(workspace.created_at),
            "connectedAccountCount": workspace.accounts.len(),
            "connectedPlatforms": platforms,
            "memberCount": 1,
            "recentPostCount": state.posts.values().filter(is_recent).count(),
        }))
    });
    json!({ "items": items.collect::<Vec<_>>() })
}

/// None where the endpoint is selected to be missing.
pub(super) fn accounts(accounts: &[&Account], shape: AccountList) -> Option<Value> {
    let items: Vec<_> = accounts
        .iter()
        .map(|account| {
            let mut body = json!({
                "id": account.id,
                "platform": account.platform,
                "username": account.username,
                "status": account.status,
            });
            if let Some(name) = &account.display_name {
                body["displayName"] = json!(name);
            }
            body
        })
        .collect();
    match shape {
        AccountList::Accounts => Some(json!({ "accounts": items })),
        AccountList::Items => Some(json!({ "items": items })),
        AccountList::Missing => None,
    }
}
