//! The words of PostPost and Publora turned into Rundown's. Pure: JSON in, posts and channels out.

use chrono::{DateTime, Utc};
use rundown_core::model::{PostStatus, RemoteId, Standing, Step};
use rundown_core::service::{
    Accepted, NewPost, PlanLimit, RemoteChannel, RemotePost, RemoteTarget,
};
use serde_json::Value;

use super::wire::{
    Connection, CreatePost, CreatedGroup, GetPost, LimitExceeded, ListPosts, ListedPost,
    PlatformConnections, PlatformPost, Trouble, UpdatePost, Updated,
};
use crate::answer::{self, shape, stamp, time};
use crate::media::media;

/// Why an answer with another post's id is not taken for this one's.
pub const ABOUT_ANOTHER: &str = "it is about another post";

/// A page of a list, before anyone asks whether another follows.
#[derive(Debug)]
pub struct Listed {
    pub posts: Vec<RemotePost>,
    pub unreadable: usize,
    pub total: Option<u64>,
    /// Whether the service says, or the page's length suggests, that there is more.
    pub more: bool,
}

/// The body of a creation: the text as it is, and the channels by their compound ids.
pub fn creation(post: &NewPost) -> CreatePost<'_> {
    CreatePost {
        content: &post.text,
        platforms: post.channels.iter().map(|target| target.channel.as_str()).collect(),
        scheduled_time: post.time.map(stamp),
    }
}

/// The id of the post that a creation made: without it, nobody could say which post that is.
pub fn created(body: Value) -> Result<RemoteId, String> {
    let id = shape::<CreatedGroup>(body).post_group_id.filter(|id| !id.is_empty());
    id.map(RemoteId).ok_or_else(|| "it does not name the new post".to_owned())
}

/// The body of an update. A time is written exactly as the documents show it.
pub fn update(step: Option<Step>) -> UpdatePost {
    let scheduled_time = step.and_then(|step| step.aim().time()).map(stamp);
    let status = step.and_then(|step| match step {
        Step::MoveTo(_) => None,
        Step::Pause => Some("draft"),
        Step::Schedule(_) => Some("scheduled"),
    });
    UpdatePost { status, scheduled_time }
}

/// Whether an id in an answer, where there is one, is not the one asked for.
pub fn is_about_another(id: &Value, asked: &RemoteId) -> bool {
    id.as_str().is_some_and(|id| !id.eq_ignore_ascii_case(asked.as_str()))
}

/// What `postGroup` in the answer to an update of `asked` says; an error where it is about something
/// else.
pub fn accepted(body: Value, asked: &RemoteId) -> Result<Accepted, String> {
    if !body.is_object() {
        return Err("it is not an object".to_owned());
    }
    let Some(group) = shape::<Updated>(body).post_group else {
        return Ok(Accepted::default());
    };
    if is_about_another(&group.id, asked) {
        return Err(ABOUT_ANOTHER.to_owned());
    }
    Ok(Accepted {
        status: group.status.as_deref().filter(|word| !word.is_empty()).map(status),
        time: group.scheduled_time.as_deref().and_then(time),
        text: None,
    })
}

/// A page of `list-posts` that was asked for with `limit`.
pub fn listed(body: Value, limit: usize) -> Result<Listed, String> {
    let body: ListPosts = shape(body);
    let Some(entries) = body.posts else {
        return Err("it has no list of posts".to_owned());
    };
    let count = entries.len();
    let posts: Vec<_> = entries.into_iter().filter_map(post).collect();
    let pagination = body.pagination.unwrap_or_default();
    let full = count >= pagination.limit.unwrap_or(limit).min(limit);
    Ok(Listed {
        unreadable: count - posts.len(),
        total: pagination.total_items,
        more: count > 0 && pagination.has_next_page.unwrap_or(full),
        posts,
    })
}

/// One post of a list; without an id or a standing it says nothing that can be relied on.
fn post(entry: Value) -> Option<RemotePost> {
    let entry: ListedPost = shape(entry);
    let id = entry.post_group_id.filter(|id| !id.is_empty())?;
    let Standing { status, time } = standing(entry.status, entry.scheduled_time)?;
    let mut targets = Vec::new();
    for platform in entry.platforms.unwrap_or_default() {
        include(&mut targets, target(platform, &status));
    }
    Some(RemotePost {
        id: RemoteId(id),
        text: entry.content.unwrap_or_default(),
        standing: Standing { status: of_group(status, &targets), time },
        changed_at: entry.updated_at.as_deref().and_then(answer::time),
        targets,
        media: entry.media_urls.as_deref().map(media).unwrap_or_default(),
    })
}

/// Where a whole post stands by itself; none without a status, or with a time that cannot be read on
/// a post that has left the drafts.
pub fn standing(word: Option<String>, told: Option<Value>) -> Option<Standing> {
    let status = status(&word.filter(|word| !word.is_empty())?);
    let time = match told {
        None | Some(Value::Null) => None,
        Some(value) => {
            let time = value.as_str().and_then(time);
            if time.is_none() && status != PostStatus::Draft {
                return None;
            }
            time
        }
    };
    Some(Standing { status, time })
}

/// How far the post has come on each channel, by get-post.
pub fn states(body: Value) -> Result<Vec<RemoteTarget>, String> {
    let Some(posts) = shape::<GetPost>(body).posts else {
        return Err("it has no list of posts".to_owned());
    };
    let unknown = PostStatus::Other("unknown".to_owned());
    Ok(posts.into_iter().filter_map(|entry| target(entry, &unknown)).collect())
}

/// A listed post together with what get-post says of its channels; none where they contradict each
/// other, since one of them is then out of date.
pub fn combined(mut post: RemotePost, states: Vec<RemoteTarget>) -> Option<RemotePost> {
    if is_contradicted(&post.standing.status, &states) {
        return None;
    }
    for state in states {
        include(&mut post.targets, Some(state));
    }
    post.standing.status = of_group(post.standing.status, &post.targets);
    Some(post)
}

/// Whether the whole post is called a draft and its channels scheduled, or the reverse.
pub fn is_contradicted(said: &PostStatus, states: &[RemoteTarget]) -> bool {
    let all = |status| !states.is_empty() && states.iter().all(|state| state.status == status);
    match said {
        PostStatus::Scheduled => all(PostStatus::Draft),
        PostStatus::Draft => all(PostStatus::Scheduled),
        _ => false,
    }
}

/// Adds a target, or takes over what it says beyond the one already there: publication only goes
/// forward, so of two statuses the one further on is the newer.
pub fn include(targets: &mut Vec<RemoteTarget>, found: Option<RemoteTarget>) {
    let Some(found) = found else { return };
    let Some(known) = targets.iter_mut().find(|target| target.channel == found.channel) else {
        targets.push(found);
        return;
    };
    if progress(&found.status) > progress(&known.status) {
        known.status = found.status;
    }
    known.link = known.link.take().or(found.link);
    known.error = known.error.take().or(found.error);
}

fn progress(status: &PostStatus) -> u8 {
    match status {
        PostStatus::Other(_) => 0,
        PostStatus::Draft | PostStatus::Scheduled => 1,
        PostStatus::Queued => 2,
        PostStatus::Publishing => 3,
        PostStatus::Published
        | PostStatus::PartiallyPublished
        | PostStatus::Failed
        | PostStatus::Cancelled => 4,
    }
}

/// The status of the whole: what the service says, unless its channels are ahead of it.
pub fn of_group(said: PostStatus, targets: &[RemoteTarget]) -> PostStatus {
    if !said.is_editable() {
        return said;
    }
    let any = |status| targets.iter().any(|target| target.status == status);
    let finished = |target: &RemoteTarget| progress(&target.status) == 4;
    if any(PostStatus::Publishing) {
        PostStatus::Publishing
    } else if any(PostStatus::Queued) {
        PostStatus::Queued
    } else if !targets.is_empty() && targets.iter().all(finished) {
        match (any(PostStatus::Published), any(PostStatus::Failed)) {
            (true, false) => PostStatus::Published,
            (false, true) => PostStatus::Failed,
            _ => PostStatus::PartiallyPublished,
        }
    } else {
        said
    }
}

/// One channel of a post whose own status counts where the channel has none; without an id it is
/// nobody's.
pub fn target(entry: Value, of_group: &PostStatus) -> Option<RemoteTarget> {
    let entry = match entry {
        // create-post names platforms by their compound id alone.
        Value::String(id) => PlatformPost { platform_id: Some(id), ..PlatformPost::default() },
        other => shape(other),
    };
    let id = entry.platform_id.filter(|id| !id.is_empty())?;
    let platform = entry.platform.map(|name| name.to_ascii_lowercase());
    let id = match &platform {
        Some(name) if !name.is_empty() && network(&id) != *name => format!("{name}-{id}"),
        _ => id,
    };
    Some(RemoteTarget {
        network: network(&id),
        channel: RemoteId(id),
        status: entry.status.as_deref().map_or_else(|| of_group.clone(), status),
        time: None,
        link: [entry.published_url, entry.permalink]
            .into_iter()
            .flatten()
            .find(|url| !url.is_empty()),
        error: entry.error.map(|trouble| answer::plain(trouble.message())),
    })
}

/// The list of connections, where both services document it.
pub fn connections(body: Value) -> Option<Vec<Value>> {
    shape::<PlatformConnections>(body).connections
}

/// The channels of the service called `name`, whose clock says `now`; entries without an id cannot be
/// anyone's lane and are left out.
pub fn channels(
    connections: Vec<Value>,
    name: &str,
    now: Option<DateTime<Utc>>,
) -> Vec<RemoteChannel> {
    connections.into_iter().filter_map(|entry| channel(shape(entry), name, now)).collect()
}

fn channel(entry: Connection, name: &str, now: Option<DateTime<Utc>>) -> Option<RemoteChannel> {
    let problem = problem(&entry, name, now);
    let id = entry.platform_id.filter(|id| !id.is_empty())?;
    let said = |text: Option<String>| text.as_deref().map(answer::plain).filter(|t| !t.is_empty());
    let username = said(entry.username).map(|name| name.trim_start_matches('@').to_owned());
    Some(RemoteChannel {
        network: network(&id),
        name: said(entry.display_name).or_else(|| username.clone()).unwrap_or_else(|| id.clone()),
        // LinkedIn's is a person's name (platform-connections).
        handle: username.filter(|name| !name.is_empty() && !name.contains(' ')),
        problem,
        id: RemoteId(id),
    })
}

/// What is wrong with a channel and what to do about it. An error that a successful post has followed
/// is history. A sign-in that is called valid is renewed by the service in time, whatever its date.
fn problem(entry: &Connection, name: &str, now: Option<DateTime<Utc>>) -> Option<String> {
    let ends_at = entry.access_token_expires_at.as_deref().and_then(time);
    match entry.token_status.as_deref() {
        Some("valid") => {}
        Some("expired") => {
            return Some(format!("{name} is no longer signed in here. Reconnect it at {name}."));
        }
        Some("expiring_soon") => {
            let within = match (&entry.token_expires_in, ends_at) {
                (Some(rest), _) => format!(" (in {})", answer::plain(rest)),
                (None, Some(end)) => format!(" (on {})", end.format("%-d %B %Y")),
                (None, None) => String::new(),
            };
            return Some(format!(
                "{name}’s sign-in here expires soon{within}. Reconnect it at {name}."
            ));
        }
        _ => {
            if let Some(end) = ends_at.filter(|end| now.is_some_and(|now| *end <= now)) {
                return Some(format!(
                    "{name}’s sign-in here was valid until {}, and {name} does not say whether it \
                     was renewed. Check it at {name}.",
                    end.format("%-d %B %Y")
                ));
            }
        }
    }
    let trouble = entry.last_error.as_ref()?;
    let succeeded = entry.last_successful_post.as_deref().and_then(time);
    let overcome = matches!((trouble.at(), succeeded), (Some(failed), Some(ok)) if ok > failed);
    (!overcome && !trouble.message().is_empty()).then(|| {
        format!(
            "The last post here failed: {}. Check the connection at {name}.",
            answer::plain(trouble.message()).trim_end_matches('.')
        )
    })
}

/// The plan's limit a 403 is about, if it is about one.
pub fn plan_limit(body: Value) -> Option<PlanLimit> {
    let told = answer::sentence(&body);
    let limit: LimitExceeded = shape(body);
    if limit.code.is_none() && limit.metric.is_none() {
        return None;
    }
    let message = limit.message.map(|text| answer::plain(&text)).filter(|text| !text.is_empty());
    Some(PlanLimit {
        sentence: message.or(told).unwrap_or_else(|| "The plan does not allow it.".to_owned()),
        code: limit.code,
        metric: limit.metric,
        limit: limit.limit,
        used: limit.used,
        remaining: limit.remaining,
        horizon: limit.max_scheduled_date.as_deref().and_then(time),
        plan: limit.plan_name,
    })
}

fn status(word: &str) -> PostStatus {
    match word {
        "draft" => PostStatus::Draft,
        "scheduled" => PostStatus::Scheduled,
        "pending" => PostStatus::Queued,
        "processing" => PostStatus::Publishing,
        "published" => PostStatus::Published,
        "partially_published" => PostStatus::PartiallyPublished,
        "failed" => PostStatus::Failed,
        other => PostStatus::Other(other.to_owned()),
    }
}

/// `twitter` of `twitter-123456789`, `telegram` of `telegram--1001234567890`.
fn network(compound: &str) -> String {
    compound.split('-').next().unwrap_or(compound).to_ascii_lowercase()
}

impl Trouble {
    fn message(&self) -> &str {
        match self {
            Self::Text(message) | Self::Told { message, .. } => message,
        }
    }

    fn at(&self) -> Option<DateTime<Utc>> {
        match self {
            Self::Text(_) => None,
            Self::Told { occurred_at, .. } => occurred_at.as_deref().and_then(time),
        }
    }
}
