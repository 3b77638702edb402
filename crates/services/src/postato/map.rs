//! Postato's words turned into Rundown's. Pure: JSON in, posts and channels out.

use rundown_core::model::{PostStatus, RemoteId, Standing, Workspace};
use rundown_core::service::{RemoteChannel, RemotePost, RemoteTarget};
use serde_json::{Value, json};

use super::pages::{self, Place};
use super::wire::{self, Account, Content, Item, Post};
use crate::answer::{self, shape, time};
use crate::media::media;

/// A page of a list.
#[derive(Debug)]
pub struct Listed {
    pub posts: Vec<Told>,
    pub unreadable: usize,
    /// The id of the first entry that has one, readable or not.
    pub first: Option<String>,
    pub next: Option<Place>,
}

/// A post that was read by itself.
#[derive(Debug)]
pub struct Single {
    pub told: Told,
    /// Whether it has all that a post in a list has. `get_post_status`, and the answer to `POST`,
    /// name neither account nor time.
    pub is_whole: bool,
}

/// Whether this can stand in an address: a ULID, with or without a prefix.
pub fn is_id(id: &str) -> bool {
    (1..=64).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

/// Whether two ids name the same post: the documents write them with a prefix and without.
pub fn is_same(a: &str, b: &str) -> bool {
    let bare = |id: &str| id.strip_prefix("pst_").unwrap_or(id).to_ascii_uppercase();
    bare(a) == bare(b)
}

/// A page of `GET …/posts`, `asked` being the page it was asked for by.
pub fn listed(mut body: Value, asked: Option<u64>) -> Result<Listed, String> {
    let Some(entries) = entries(&mut body, ["items", "posts", "data"]) else {
        return Err("it has no list of posts".to_owned());
    };
    let first = entries.iter().find_map(|entry| told_id(&shape(entry.clone())));
    let next = pages::next(&body, entries.len(), asked);
    let count = entries.len();
    let told = entries.into_iter().filter_map(|entry| told(entry).filter(says_where_it_stands));
    let posts: Vec<_> = told.collect();
    Ok(Listed { unreadable: count - posts.len(), posts, first, next })
}

/// The post of `GET …/posts/{id}`.
pub fn single(body: Value, asked: &RemoteId) -> Result<Single, String> {
    let Some(mut told) = told(unwrapped(body)) else {
        return Err("it is not a post".to_owned());
    };
    if !is_same(told.post.id.as_str(), asked.as_str()) {
        return Err("it is about another post".to_owned());
    }
    told.post.id = asked.clone();
    let is_whole = told.names_account && told.parts.is_some() && says_where_it_stands(&told);
    Ok(Single { told, is_whole })
}

/// A listed post together with the part of it that was read by itself; none where they disagree on
/// its status, since one of them is then out of date.
pub fn combined(mut listed: RemotePost, part: RemotePost) -> Option<RemotePost> {
    if listed.standing.status != part.standing.status {
        return None;
    }
    listed.standing.time = part.standing.time.or(listed.standing.time);
    for (known, also) in listed.targets.iter_mut().zip(part.targets) {
        known.link = also.link.or(known.link.take());
        known.error = also.error.or(known.error.take());
    }
    Some(listed)
}

/// A post, what was missing from it, and what it consists of.
#[derive(Debug)]
pub struct Told {
    pub post: RemotePost,
    names_account: bool,
    /// None where it shows no text.
    pub parts: Option<Parts>,
}

/// What a post's text consists of.
#[derive(Debug)]
pub struct Parts {
    /// More than one in a thread.
    pub count: usize,
    /// The ids of its pictures and videos; none where one of them has none.
    pub media: Option<Vec<String>>,
}

fn says_where_it_stands(told: &Told) -> bool {
    let standing = &told.post.standing;
    standing.status != PostStatus::Scheduled || standing.time.is_some()
}

/// One post; none where it says nothing that can be relied on.
fn told(entry: Value) -> Option<Told> {
    let mut entry: Post = shape(entry);
    let id = told_id(&entry)?;
    let standing = standing(&entry)?;
    let (content, delivered) = contents(&mut entry);
    let text = content.as_deref().or(delivered.as_deref()).map(thread);
    let (content, delivered) = (content.unwrap_or_default(), delivered.unwrap_or_default());
    // The top level and the items tell of the same pictures.
    let own = entry.media.clone().unwrap_or_default();
    let attached = [own, media_of(&content), media_of(&delivered)];
    let attached = attached.into_iter().max_by_key(Vec::len).unwrap_or_default();
    let parts = text.as_ref().map(|_| Parts {
        count: content.len().max(delivered.len()),
        media: attached.iter().map(media_id).collect(),
    });
    Some(Told {
        names_account: account(&entry).is_some(),
        parts,
        post: RemotePost {
            id: RemoteId(id),
            text: text.unwrap_or_default(),
            targets: target(&entry, &delivered, &standing.status).into_iter().collect(),
            standing,
            // Only workspaces are documented to say when they were changed.
            changed_at: None,
            media: media(&attached),
        },
    })
}

/// A post's parts as it was sent and as it is delivered.
fn contents(entry: &mut Post) -> (Option<Vec<Item>>, Option<Vec<Item>>) {
    let content = entry.content.take().map(|content| match content {
        // As the service itself does (concepts/posts).
        Content::Text(text) => vec![Item { text: Some(text), ..Item::default() }],
        Content::Items(values) => items(values),
    });
    (content, entry.items.take().map(items))
}

/// The text of a post that shows one.
pub fn text(mut entry: Post) -> Option<String> {
    let (content, delivered) = contents(&mut entry);
    content.or(delivered).as_deref().map(thread)
}

/// Without a status, or with a time that cannot be read on a post that has left the drafts, there is
/// none.
fn standing(entry: &Post) -> Option<Standing> {
    let status = status(entry.status.as_deref().filter(|word| !word.is_empty())?);
    let planned = match &entry.scheduled_at {
        None => None,
        Some(value) => {
            let time = value.as_str().and_then(time);
            if time.is_none() && status != PostStatus::Draft {
                return None;
            }
            time
        }
    };
    let published = entry.published_at.as_deref().filter(|_| status == PostStatus::Published);
    Some(Standing { status, time: planned.or_else(|| published.and_then(time)) })
}

/// The one account the post goes to; a lane of its network where it names none.
fn target(entry: &Post, items: &[Item], status: &PostStatus) -> Option<RemoteTarget> {
    let network = network(entry.platform.as_deref());
    let channel = account(entry).or(network.clone())?;
    let links = [&entry.platform_url, &entry.external_url].into_iter();
    let links = links.chain(items.iter().flat_map(|it| [&it.platform_url, &it.external_url]));
    let mut errors = std::iter::once(&entry.error).chain(items.iter().map(|item| &item.error));
    Some(RemoteTarget {
        channel: RemoteId(channel),
        network: network.unwrap_or_else(unknown),
        status: status.clone(),
        time: None,
        link: links.flatten().find(|url| !url.is_empty()).cloned(),
        error: errors.find_map(trouble),
    })
}

fn account(entry: &Post) -> Option<String> {
    entry.account_id.clone().filter(|id| !id.is_empty())
}

fn network(platform: Option<&str>) -> Option<String> {
    platform.filter(|name| !name.is_empty()).map(str::to_ascii_lowercase)
}

fn unknown() -> String {
    "unknown".to_owned()
}

pub fn told_id(post: &Post) -> Option<String> {
    [&post.id, &post.post_id].into_iter().flatten().find(|id| is_id(id)).cloned()
}

fn items(values: Vec<Value>) -> Vec<Item> {
    let mut items: Vec<Item> = values
        .into_iter()
        .map(|value| match value {
            Value::String(text) => Item { text: Some(text), ..Item::default() },
            other => shape(other),
        })
        .collect();
    items.sort_by_key(|item| item.index);
    items
}

/// The parts of a thread, a blank line between them.
fn thread(items: &[Item]) -> String {
    let texts = items.iter().filter_map(|item| item.text.as_deref());
    texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n")
}

fn media_of(items: &[Item]) -> Vec<Value> {
    items.iter().filter_map(|item| item.media.as_deref()).flatten().cloned().collect()
}

/// The id by which a picture or video can be attached again.
fn media_id(entry: &Value) -> Option<String> {
    let named = || ["id", "mediaId"].iter().find_map(|name| entry[*name].as_str());
    entry.as_str().or_else(named).filter(|id| is_id(id)).map(str::to_owned)
}

/// Why it failed: text, or an object with a message.
fn trouble(error: &Value) -> Option<String> {
    answer::sentence(&json!({ "error": error })).filter(|text| !text.is_empty())
}

/// The account's channels; entries without an id cannot be anyone's lane and are left out.
pub fn channels(mut body: Value) -> Result<Vec<RemoteChannel>, String> {
    let Some(accounts) = entries(&mut body, ["accounts", "items", "data"]) else {
        return Err("it has no list of accounts".to_owned());
    };
    Ok(accounts.into_iter().filter_map(|entry| channel(shape(entry))).collect())
}

fn channel(entry: Account) -> Option<RemoteChannel> {
    let id = entry.id.filter(|id| !id.is_empty())?;
    let said = |text: Option<String>| text.as_deref().map(answer::plain).filter(|t| !t.is_empty());
    let username = said(entry.username).map(|name| name.trim_start_matches('@').to_owned());
    Some(RemoteChannel {
        network: network(entry.platform.as_deref()).unwrap_or_else(unknown),
        name: said(entry.display_name).or_else(|| username.clone()).unwrap_or_else(|| id.clone()),
        handle: username.filter(|name| !name.is_empty() && !name.contains(' ')),
        problem: said(entry.status).and_then(|word| problem(&word)),
        id: RemoteId(id),
    })
}

/// What is wrong with a channel and what to do about it. The tool's head calls a sound one `active`,
/// its table `connected`.
fn problem(status: &str) -> Option<String> {
    match status {
        "connected" | "active" => None,
        "token_expired" => {
            Some("Postato is no longer signed in here. Reconnect it at Postato.".to_owned())
        }
        "suspended" => Some(
            "The network has suspended this account, so Postato can’t publish here. Settle it \
             with the network, then reconnect it at Postato."
                .to_owned(),
        ),
        other => Some(format!("Postato calls this account “{other}”. Check it at Postato.")),
    }
}

/// The channels that posts name, each once.
pub fn channels_of(posts: &[Told]) -> Vec<RemoteChannel> {
    let mut channels: Vec<RemoteChannel> = Vec::new();
    for target in posts.iter().flat_map(|told| told.post.targets.clone()) {
        if channels.iter().all(|known| known.id != target.channel) {
            channels.push(RemoteChannel {
                name: target.channel.0.clone(),
                id: target.channel,
                network: target.network,
                handle: None,
                problem: None,
            });
        }
    }
    channels
}

/// The workspaces behind a key; those that could not stand in an address are left out.
pub fn workspaces(mut body: Value) -> Result<Vec<Workspace>, String> {
    let Some(entries) = entries(&mut body, ["items", "workspaces", "data"]) else {
        return Err("it has no list of workspaces".to_owned());
    };
    let workspace = |entry| {
        let wire::Workspace { id, name } = shape(entry);
        let id = id.filter(|id| is_id(id))?;
        let name = name.as_deref().map(answer::plain).filter(|name| !name.is_empty());
        Some(Workspace { name: name.unwrap_or_else(|| id.clone()), id: RemoteId(id) })
    };
    Ok(entries.into_iter().filter_map(workspace).collect())
}

/// What a refusal says, with what is wrong with each field (error-handling), or what to do where the
/// service asks for a workspace.
pub fn refusal(body: &Value, sentence: String) -> String {
    let codes = [&body["error"], &body["error"]["code"], &body["code"]];
    if codes.iter().any(|code| code.as_str() == Some("workspace_required")) {
        return "The workspace of this account is not clear to the service. Connect the account \
                again and choose its workspace."
            .to_owned();
    }
    let rules = [&body["errors"], &body["details"]["errors"]];
    let rules = rules.into_iter().filter_map(Value::as_array).flatten();
    let rules = rules.filter_map(|rule| rule["message"].as_str().map(str::to_owned));
    let fields = body["details"].as_object().into_iter().flatten();
    let fields = fields.filter_map(|(field, said)| Some(format!("{field}: {}", said[0].as_str()?)));
    let details: Vec<_> = rules.chain(fields).collect();
    if details.is_empty() {
        return sentence;
    }
    let details = details.join("; ");
    // A bare code such as `VALIDATION_FAILED` says less than what follows it.
    answer::plain(&if sentence.contains(' ') {
        format!("{}: {details}", sentence.trim_end_matches('.'))
    } else {
        details
    })
}

/// The status that a word stands for, in either vocabulary.
pub fn status(word: &str) -> PostStatus {
    match word {
        "draft" => PostStatus::Draft,
        "scheduled" => PostStatus::Scheduled,
        "queued" | "pending" => PostStatus::Queued,
        "publishing" | "processing" | "retrying" => PostStatus::Publishing,
        "published" => PostStatus::Published,
        "failed" => PostStatus::Failed,
        "cancelled" => PostStatus::Cancelled,
        other => PostStatus::Other(other.to_owned()),
    }
}

/// Takes the entries of a list out of its answer: bare, or under one of these names, at the top or
/// inside `data`.
fn entries(body: &mut Value, names: [&str; 3]) -> Option<Vec<Value>> {
    if let Value::Array(entries) = body {
        return Some(std::mem::take(entries));
    }
    for name in names {
        if let Some(Value::Array(entries)) = body.get_mut(name) {
            return Some(std::mem::take(entries));
        }
    }
    let inner = body.get_mut("data").filter(|data| data.is_object())?;
    entries(inner, names)
}

/// A post out of `data` or `post`, if it is wrapped so.
pub fn unwrapped(mut body: Value) -> Value {
    for name in ["data", "post"] {
        if body["id"].is_null() && body["postId"].is_null() && body[name].is_object() {
            body = body[name].take();
        }
    }
    body
}
