//! `POST …/posts`.

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};

use super::body::{Content, Fields, Part, objection};
use super::ids;
use super::refusal::Refusal;
use super::routes::IDEMPOTENCY_KEY;
use super::state::{Created, Item, PostState, PostStatus, State};
use super::wire;
use crate::answer::Answer;
use crate::call::{Body, Call};
use crate::twist::Twist;

/// Every platform that "Publish Post" names.
const PLATFORMS: [&str; 7] =
    ["instagram", "twitter", "x", "linkedin", "tiktok", "youtube", "pinterest"];
/// Creations a minute.
const LIMIT: usize = 120;

/// What a post begins with.
pub(super) struct NewPost {
    pub id: Option<String>,
    pub workspace: String,
    pub account_id: String,
    pub platform: String,
    pub post_type: String,
    pub scheduled_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub parts: Vec<Part>,
}

pub(super) fn create(
    state: &mut State,
    workspace: &str,
    call: &Call,
    now: DateTime<Utc>,
    twist: Twist,
) -> Result<Answer, Refusal> {
    let key = call.header(IDEMPOTENCY_KEY).filter(|key| !key.is_empty());
    if let Some(created) = key.and_then(|key| state.created.get(key)) {
        return Ok(Answer { status: 201, ..Answer::read(created.answer.clone()) });
    }
    state.admit(now)?;
    let id = try_create(state, workspace, call, now, twist)?;
    state.creations.push_back(now);
    state.stale.hide_write(&id, None, now, twist);
    let answer = state.posts.get(&id).map(|post| wire::created(post, &state.settings));
    let answer = answer.unwrap_or_default();
    if let (Some(key), Body::Json(body)) = (key, &call.body) {
        let created = Created { body: body.clone(), answer: answer.clone() };
        state.created.insert(key.to_owned(), created);
    }
    Ok(Answer { status: 201, ..Answer::applied(answer) })
}

fn try_create(
    state: &mut State,
    workspace: &str,
    call: &Call,
    now: DateTime<Utc>,
    twist: Twist,
) -> Result<String, Refusal> {
    let mut fields = Fields::of(call)?;
    let platform = fields.required("platform");
    if !platform.is_empty() && !PLATFORMS.contains(&platform) {
        fields.blame("platform", "Unknown platform");
    }
    let account_id = fields.required("accountId");
    let account = state.account(workspace, account_id);
    if !account_id.is_empty() && account.is_none_or(|account| account.platform != platform) {
        fields.blame("accountId", "Not an account of this workspace and platform");
    }
    let status = match fields.required("status") {
        "publish" => PostStatus::Queued,
        "scheduled" => PostStatus::Scheduled,
        "draft" => PostStatus::Draft,
        "" => PostStatus::default(),
        _ => {
            fields.blame("status", "Expected publish, scheduled or draft");
            PostStatus::default()
        }
    };
    let post_type = fields.required("postType").to_owned();
    let content = fields.content();
    if !fields.has("content") {
        fields.blame("content", "Required");
    }
    let media = fields.media(content.as_ref()).unwrap_or_default();
    let scheduled_at = fields.future("scheduledAt", now).map(|time| twist.shift(time));
    if status == PostStatus::Scheduled && !fields.has("scheduledAt") {
        fields.blame("scheduledAt", "Required when status is scheduled");
    }
    fields.done()?;
    let parts = match content {
        Some(Content::Text(text)) => vec![Part { text, media }],
        Some(Content::Thread(parts)) => parts,
        None => Vec::new(),
    };
    let mut post = state.build(
        NewPost {
            id: None,
            workspace: workspace.to_owned(),
            account_id: account_id.to_owned(),
            platform: platform.to_owned(),
            post_type,
            scheduled_at,
            created_at: now,
            parts,
        },
        now,
    );
    if status != PostStatus::Draft
        && let Some(sentence) = objection(&post.platform, &post.items)
    {
        return Err(Refusal::platform(&post.platform, sentence));
    }
    match status {
        PostStatus::Queued => post.enqueue(now, state.publishing_takes),
        status => post.become_status(status),
    }
    let id = post.id.clone();
    state.posts.insert(id.clone(), post);
    Ok(id)
}

impl State {
    /// Refuses the creation that would be one too many in a minute.
    fn admit(&mut self, now: DateTime<Utc>) -> Result<(), Refusal> {
        let minute = TimeDelta::minutes(1);
        self.creations.retain(|at| now - *at < minute);
        match self.creations.front() {
            Some(oldest) if self.creations.len() >= LIMIT => {
                let wait = (*oldest + minute - now).num_milliseconds();
                Err(Refusal::too_many(u64::try_from(wait).unwrap_or_default().div_ceil(1000)))
            }
            _ => Ok(()),
        }
    }

    /// A new draft, not yet stored; times are cut to milliseconds, as on the wire.
    pub(super) fn build(&mut self, new: NewPost, now: DateTime<Utc>) -> PostState {
        let created_at = new.created_at.trunc_subsecs(3);
        PostState {
            id: new.id.unwrap_or_else(|| self.next_id(ids::POST, now)),
            workspace: new.workspace,
            account_id: new.account_id,
            platform: new.platform,
            post_type: new.post_type,
            status: PostStatus::Draft,
            scheduled_at: new.scheduled_at.map(|time| time.trunc_subsecs(3)),
            created_at,
            updated_at: created_at,
            items: self.items(new.parts, now),
            publication: None,
            error: None,
            delivery: None,
        }
    }

    pub(super) fn items(&mut self, parts: Vec<Part>, now: DateTime<Utc>) -> Vec<Item> {
        let item = |Part { text, media }| Item { id: self.next_id(ids::ITEM, now), text, media };
        parts.into_iter().map(item).collect()
    }
}
