//! PostEverywhere's words turned into Rundown's. Pure: JSON in, posts and channels out.

use std::cmp::Reverse;

use chrono::{DateTime, SubsecRound, Utc};
use rundown_core::model::{Edit, PostStatus, RemoteId, Standing, Step};
use rundown_core::service::{
    Accepted, Created, ListQuery, NewTarget, Reading, RemoteChannel, RemotePost, RemoteTarget,
};
use serde_json::Value;

use super::wire::{
    Account, Accounts, At, Deleted, Destination, NewStanding, NewStatus, Post, Posts, Retried,
    UpdatePost,
};
use crate::answer::{self, shape};
use crate::media::media;

/// A page of the list as the service sent it.
#[derive(Debug)]
pub struct Listed {
    pub entries: Vec<RemotePost>,
    /// How many entries it had, those that cannot be read among them.
    pub count: usize,
    pub total: Option<u64>,
    /// Whether the service says, or the page's length suggests, that there is more.
    pub more: bool,
}

/// The content of a 2xx: what is in its envelope, or all of it where it has none.
pub fn content(mut body: Value) -> Value {
    match body.get_mut("data") {
        Some(data) => data.take(),
        None => body,
    }
}

/// Whether this can stand in an address: a UUID, or `post_8f3k2j1` as on older pages.
pub fn is_id(id: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    (1..=64).contains(&id.len()) && id.bytes().all(is_plain)
}

/// The accounts a new post goes to, as creations name them; none where one is not a number.
pub fn account_ids(channels: &[NewTarget]) -> Option<Vec<u64>> {
    let number = |target: &NewTarget| {
        let id = target.channel.as_str();
        id.parse::<u64>().ok().filter(|number| number.to_string() == id)
    };
    channels.iter().map(number).collect()
}

/// The body of an update: what changes, and nothing else.
pub fn update(edit: &Edit) -> UpdatePost<'_> {
    let standing = edit.step.map(|step| match step {
        Step::MoveTo(time) => NewStanding::Time(At { scheduled_for: time }),
        Step::Pause => NewStanding::Status(NewStatus::Draft),
        Step::Schedule(time) => {
            NewStanding::Status(NewStatus::Scheduled(At { scheduled_for: time }))
        }
    });
    UpdatePost { content: edit.text.as_deref(), standing }
}

/// What the answer to an edit of `asked` says; an error where it is about something else.
pub fn accepted(content: Value, asked: &RemoteId, edit: &Edit) -> Result<Accepted, String> {
    let entry = answered(content, asked)?;
    let text = edit.text.as_ref().and(entry.content.clone());
    let wanted = edit.step.and_then(|step| step.aim().time());
    Ok(Accepted { text, ..standing(&entry, wanted) })
}

/// What the answer to a creation says; an error where it names no post.
pub fn created(content: Value) -> Result<Created, String> {
    let entry: Post = shape(content);
    let id = entry.id().filter(|id| is_id(id)).ok_or("it does not name the post that was made")?;
    let accepted = Accepted { text: entry.content.clone(), ..standing(&entry, None) };
    Ok(Created { id: RemoteId(id.to_owned()), accepted })
}

/// Whether the answer to a deletion of `asked` says that it was done; an error where it does not say.
pub fn deleted(content: Value, asked: &RemoteId) -> Result<bool, String> {
    answered(content.clone(), asked)?;
    let said: Deleted = shape(content);
    match (said.deleted, said.message) {
        (Some(is_deleted), _) => Ok(is_deleted),
        (None, Some(message)) if !message.is_empty() => Ok(true),
        (None, _) => Err("it does not say that the post was deleted".to_owned()),
    }
}

/// What the answer to a retry of `asked` says; none where it found nothing to try again. Destinations
/// that were queued again are on their way at once.
pub fn retried(content: Value, asked: &RemoteId) -> Result<Option<Accepted>, String> {
    answered(content.clone(), asked)?;
    let said: Retried = shape(content);
    if said.retried_count == Some(0) {
        return Ok(None);
    }
    let destinations = said.destinations.unwrap_or_default();
    let words = destinations.iter().map(|it| it["new_status"].as_str().or(it["status"].as_str()));
    let statuses: Vec<_> = words.map(|word| word.map(status)).collect();
    let has = |wanted| statuses.contains(&Some(wanted));
    let on_its_way = |it: &Option<PostStatus>| {
        matches!(it, Some(PostStatus::Queued | PostStatus::Publishing | PostStatus::Published))
    };
    let status = if statuses.is_empty() {
        said.retried_count.map(|_| PostStatus::Queued)
    } else if !statuses.iter().all(on_its_way) {
        None
    } else if has(PostStatus::Publishing) {
        Some(PostStatus::Publishing)
    } else {
        Some(PostStatus::Queued)
    };
    Ok(Some(Accepted { status, ..Accepted::default() }))
}

/// The post of a write's answer; an error where it is about something else.
fn answered(content: Value, asked: &RemoteId) -> Result<Post, String> {
    if !content.is_object() {
        return Err("it is not an object".to_owned());
    }
    let entry: Post = shape(content);
    if entry.is_about_another(asked) {
        return Err("it is about another post".to_owned());
    }
    Ok(entry)
}

/// Where a write's answer says that the post stands, `wanted` being the time that was asked for.
fn standing(entry: &Post, wanted: Option<DateTime<Utc>>) -> Accepted {
    let own = entry.scheduled_for.as_ref().and_then(as_time);
    let Some(said) = entry.status() else {
        return Accepted { time: own, ..Accepted::default() };
    };
    let targets = targets(entry, &said);
    let time = match wanted {
        Some(wanted) => fires_at(&targets, own, Some(wanted)),
        None => own,
    };
    Accepted { status: Some(of_whole(said, &targets)), time, text: None }
}

/// A page of the list that was asked for with `limit` from `offset` on.
pub fn listed(content: Value, offset: usize, limit: usize) -> Result<Listed, String> {
    let body: Posts = shape(content);
    let Some(posts) = body.posts else {
        return Err("it has no list of posts".to_owned());
    };
    let count = posts.len();
    let pagination = body.pagination.unwrap_or_default();
    let full = count >= pagination.limit.unwrap_or(limit).min(limit);
    let end = u64::try_from(offset.saturating_add(count)).unwrap_or(u64::MAX);
    let goes_on = || full || pagination.total.is_some_and(|total| end < total);
    Ok(Listed {
        entries: posts.into_iter().filter_map(|entry| self::entry(shape(entry))).collect(),
        count,
        total: pagination.total,
        more: count > 0 && pagination.has_more.unwrap_or_else(goes_on),
    })
}

/// The posts of a page that were asked for, in the order asked for, whether or not the service
/// heeded either.
pub fn chosen(query: &ListQuery, mut posts: Vec<RemotePost>) -> Vec<RemotePost> {
    match query {
        ListQuery::Dated { from, to } => {
            posts.retain(|post| times(post).any(|time| (*from..=*to).contains(&time)));
            posts.sort_by_key(|post| times(post).min());
        }
        ListQuery::Drafts => {
            posts.retain(|post| post.standing.status == PostStatus::Draft);
        }
        ListQuery::RecentlyChanged => posts.sort_by_key(|post| Reverse(post.changed_at)),
    }
    posts
}

fn times(post: &RemotePost) -> impl Iterator<Item = DateTime<Utc>> {
    post.standing.time.into_iter().chain(post.targets.iter().filter_map(|target| target.time))
}

/// A post read by itself; an error where the answer is about something else.
pub fn reading(content: Value, asked: &RemoteId) -> Result<Reading, String> {
    let post: Post = shape(content);
    if post.id().is_none() {
        return Err("it has no post".to_owned());
    }
    if post.is_about_another(asked) {
        return Err("it is about another post".to_owned());
    }
    // The id as it was asked for, whatever its letters' case in the answer.
    let found = |post: RemotePost| Reading::Found(RemotePost { id: asked.clone(), ..post });
    Ok(entry(post).map_or(Reading::Unclear, found))
}

/// One post. Without an id or a status, or with a time that cannot be read on a post that has left
/// the drafts, it says nothing that can be relied on.
fn entry(entry: Post) -> Option<RemotePost> {
    let id = entry.id()?.to_owned();
    let said = entry.status()?;
    let own = entry.scheduled_for.as_ref().and_then(as_time);
    if entry.scheduled_for.is_some() && own.is_none() && said != PostStatus::Draft {
        return None;
    }
    let targets = targets(&entry, &said);
    let status = of_whole(said, &targets);
    let time = match status {
        PostStatus::Scheduled => fires_at(&targets, own, own),
        _ => own,
    };
    let told = |list: &Option<Vec<Value>>| list.as_deref().map(media).unwrap_or_default();
    // The ids and the objects tell of the same pictures.
    let media = [told(&entry.media_ids), told(&entry.media)].into_iter().max_by_key(Vec::len);
    Some(RemotePost {
        id: RemoteId(id),
        text: entry.content.unwrap_or_default(),
        standing: Standing { status, time },
        changed_at: entry.updated_at.as_deref().and_then(answer::time),
        targets,
        media: media.unwrap_or_default(),
    })
}

/// When a post goes out: the earliest time other than `expected` at a destination that it is still to
/// go out at, since the scheduler goes by those; else the post's own.
fn fires_at(
    targets: &[RemoteTarget],
    own: Option<DateTime<Utc>>,
    expected: Option<DateTime<Utc>>,
) -> Option<DateTime<Utc>> {
    let expected = expected.map(|time| time.trunc_subsecs(0));
    let ahead = || targets.iter().filter(|it| is_ahead(&it.status)).filter_map(|it| it.time);
    let other = ahead().filter(|time| Some(time.trunc_subsecs(0)) != expected).min();
    other.or(own).or_else(|| ahead().min())
}

/// Whether a destination is still to be published; of a word nobody knows that is assumed.
fn is_ahead(status: &PostStatus) -> bool {
    matches!(
        status,
        PostStatus::Draft | PostStatus::Scheduled | PostStatus::Queued | PostStatus::Other(_)
    )
}

/// The status of the whole: what the service says, unless its destinations are further on.
fn of_whole(said: PostStatus, targets: &[RemoteTarget]) -> PostStatus {
    if !said.is_editable() || targets.is_empty() {
        return said;
    }
    let any = |status| targets.iter().any(|target| target.status == status);
    if any(PostStatus::Publishing) {
        return PostStatus::Publishing;
    }
    let finished =
        |it: &RemoteTarget| matches!(it.status, PostStatus::Published | PostStatus::Failed);
    if !targets.iter().all(finished) {
        return said;
    }
    match (any(PostStatus::Published), any(PostStatus::Failed)) {
        (true, false) => PostStatus::Published,
        (false, _) => PostStatus::Failed,
        (true, true) => PostStatus::PartiallyPublished,
    }
}

/// One target for each destination, and for each account that no destination is told of (yet).
fn targets(entry: &Post, of_post: &PostStatus) -> Vec<RemoteTarget> {
    let mut targets: Vec<RemoteTarget> = Vec::new();
    let destinations = entry.destinations.iter().flatten().cloned();
    let told = destinations.filter_map(|destination| target(shape(destination), of_post));
    let untold = entry.account_ids.iter().flatten().filter_map(account_id).map(|id| RemoteTarget {
        channel: id,
        network: String::new(),
        status: of_post.clone(),
        time: None,
        link: None,
        error: None,
    });
    for target in told.chain(untold) {
        if targets.iter().all(|known| known.channel != target.channel) {
            targets.push(target);
        }
    }
    targets
}

fn target(entry: Destination, of_post: &PostStatus) -> Option<RemoteTarget> {
    let error = entry
        .error
        .as_ref()
        .and_then(|error| error.as_str().or_else(|| error["message"].as_str()).map(answer::plain));
    Some(RemoteTarget {
        channel: account_id(entry.account_id.as_ref()?)?,
        network: entry.platform.unwrap_or_default().to_ascii_lowercase(),
        status: match entry.status.as_deref() {
            None | Some("") => of_post.clone(),
            Some("queued") => queued(of_post),
            Some(word) => status(word),
        },
        time: entry.scheduled_for.as_deref().and_then(answer::time),
        link: entry.platform_post_url.filter(|url| !url.is_empty()),
        error: error.filter(|text| !text.is_empty()),
    })
}

/// A destination is `queued` from the beginning: whether it waits for its time is told by the post.
fn queued(of_post: &PostStatus) -> PostStatus {
    if of_post.is_editable() { of_post.clone() } else { PostStatus::Queued }
}

fn status(word: &str) -> PostStatus {
    match word {
        "draft" => PostStatus::Draft,
        "scheduled" => PostStatus::Scheduled,
        "queued" => PostStatus::Queued,
        "publishing" => PostStatus::Publishing,
        "published" | "done" => PostStatus::Published,
        "partially_failed" => PostStatus::PartiallyPublished,
        "failed" => PostStatus::Failed,
        other => PostStatus::Other(other.to_owned()),
    }
}

/// The organisation's accounts; entries without an id cannot be anyone's lane and are left out.
pub fn channels(content: Value) -> Result<Vec<RemoteChannel>, String> {
    let Some(accounts) = shape::<Accounts>(content).accounts else {
        return Err("it has no list of accounts".to_owned());
    };
    Ok(accounts.into_iter().filter_map(|entry| channel(shape(entry))).collect())
}

fn channel(entry: Account) -> Option<RemoteChannel> {
    let problem = problem(&entry);
    let id = [&entry.account_id, &entry.id].into_iter().flatten().find_map(account_id)?;
    let name = entry.account_name.as_deref().map(answer::plain).unwrap_or_default();
    let handle = name.strip_prefix('@').filter(|handle| !handle.is_empty());
    let shown = handle.unwrap_or(&name);
    Some(RemoteChannel {
        network: entry.platform.unwrap_or_default().to_ascii_lowercase(),
        name: if shown.is_empty() { id.0.clone() } else { shown.to_owned() },
        handle: handle.map(str::to_owned),
        problem,
        id,
    })
}

/// What is wrong with an account and what to do about it. PostEverywhere takes posts for an account
/// that can't post, and fails them when their time comes (list-accounts).
fn problem(entry: &Account) -> Option<String> {
    if entry.is_active == Some(false) {
        return Some(
            "This account is switched off at PostEverywhere. Switch it on there, or reconnect it."
                .to_owned(),
        );
    }
    let health = entry.health.as_ref()?;
    let status = health.status.as_deref();
    let is_expired = status == Some("expired");
    if !health.can_post.map_or(is_expired, |can_post| !can_post) {
        return None;
    }
    Some(match status {
        Some("expired") => "PostEverywhere is no longer signed in here, so posts will fail. \
             Reconnect it at PostEverywhere."
            .to_owned(),
        _ => "PostEverywhere can’t post here, so posts will fail. Reconnect it at PostEverywhere."
            .to_owned(),
    })
}

/// An account's id: a number, or text in the older generation.
fn account_id(value: &Value) -> Option<RemoteId> {
    match value {
        Value::Number(number) if !number.is_f64() => Some(RemoteId(number.to_string())),
        Value::String(text) if !text.is_empty() => Some(RemoteId(text.clone())),
        _ => None,
    }
}

fn as_time(value: &Value) -> Option<DateTime<Utc>> {
    value.as_str().and_then(answer::time)
}

impl Post {
    fn id(&self) -> Option<&str> {
        [&self.post_id, &self.id]
            .into_iter()
            .flatten()
            .map(String::as_str)
            .find(|id| !id.is_empty())
    }

    fn status(&self) -> Option<PostStatus> {
        self.status.as_deref().filter(|word| !word.is_empty()).map(status)
    }

    fn is_about_another(&self, asked: &RemoteId) -> bool {
        self.id().is_some_and(|id| !id.eq_ignore_ascii_case(asked.as_str()))
    }
}
