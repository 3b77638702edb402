//! `GET …/posts`: filters, and pages by number or by cursor, newest first.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::refusal::Refusal;
use super::settings::{Paging, Words};
use super::state::{PostState, PostStatus, State};
use super::wire;
use crate::answer::Answer;
use crate::call::Call;

/// The parameters that are documented, and `page`, without which no page could be asked for.
pub(super) const PARAMS: [&str; 7] =
    ["status", "platform", "postType", "accountId", "cursor", "limit", "page"];

/// Whether the parameter `name` may have that value, under one reading or another.
pub(super) fn is_good(name: &str, value: &str) -> bool {
    let number = || value.parse::<u64>().ok();
    match name {
        "page" => number().is_some_and(|page| page >= 1),
        "limit" => number().is_some_and(|limit| (1..=100).contains(&limit)),
        "status" => {
            [Words::Guides, Words::Tools].into_iter().any(|words| PostStatus::is_word(value, words))
        }
        _ => !value.is_empty(),
    }
}

pub(super) fn list(
    state: &State,
    workspace: &str,
    call: &Call,
    now: DateTime<Utc>,
) -> Result<Answer, Refusal> {
    let get = |name: &str| call.query.get(name).map(String::as_str);
    let number = |name: &str, default: u64| match get(name) {
        None => Ok(default),
        Some(text) => match text.parse::<u64>() {
            Ok(number) if number >= 1 => Ok(number),
            _ => Err(Refusal::invalid_field(name, "Expected a number")),
        },
    };
    let words = state.settings.words;
    if get("status").is_some_and(|word| !PostStatus::is_word(word, words)) {
        return Err(Refusal::invalid_field("status", "Unknown status"));
    }
    let limit = number("limit", 25)?.min(100);
    let keeps = |name: &str, value: &str| get(name).is_none_or(|wanted| wanted == value);
    let mut posts: Vec<_> = state
        .stale
        .as_listed(&state.posts, now)
        .filter(|post| post.workspace == workspace && state.shows(post))
        .filter(|post| keeps("status", post.status.word(words)))
        .filter(|post| keeps("platform", &post.platform) && keeps("postType", &post.post_type))
        .filter(|post| keeps("accountId", &post.account_id))
        .collect();
    posts.sort_by(|a, b| place(b).cmp(&place(a)));
    let body = match state.settings.paging {
        Paging::Pages => numbered(state, &posts, number("page", 1)?, limit),
        Paging::Cursor => {
            let after = get("cursor").map(read_cursor).transpose()?;
            from_cursor(state, &posts, after.as_ref(), limit)
        }
    };
    Ok(Answer::read(body))
}

fn numbered(state: &State, posts: &[&PostState], page: u64, limit: u64) -> Value {
    let total = posts.len() as u64;
    let start = (page - 1).saturating_mul(limit).min(total);
    let end = start.saturating_add(limit).min(total);
    json!({
        "items": items(state, &posts[start as usize..end as usize]),
        "page": page,
        "limit": limit,
        "total": total,
        "totalPages": total.div_ceil(limit),
    })
}

fn from_cursor(
    state: &State,
    posts: &[&PostState],
    after: Option<&(i64, String)>,
    limit: u64,
) -> Value {
    let start = after.map_or(0, |(milliseconds, id)| {
        posts.partition_point(|post| place(post) >= (*milliseconds, id.as_str()))
    });
    let rest = &posts[start..];
    let end = rest.len().min(limit as usize);
    let more = end < rest.len();
    let cursor = rest[..end].last().filter(|_| more).map(|last| {
        let (milliseconds, id) = place(last);
        format!("{milliseconds:x}.{id}")
    });
    json!({ "items": items(state, &rest[..end]), "cursor": cursor })
}

/// Where a post stands in the list; the newest is the greatest.
fn place(post: &PostState) -> (i64, &str) {
    (post.created_at.timestamp_millis(), &post.id)
}

fn read_cursor(text: &str) -> Result<(i64, String), Refusal> {
    let parts = text.split_once('.');
    let read = parts.and_then(|(milliseconds, id)| {
        Some((i64::from_str_radix(milliseconds, 16).ok()?, id.to_owned()))
    });
    read.ok_or_else(|| Refusal::invalid_field("cursor", "Invalid cursor"))
}

fn items(state: &State, posts: &[&PostState]) -> Vec<Value> {
    posts.iter().map(|post| wire::post(post, &state.settings)).collect()
}
