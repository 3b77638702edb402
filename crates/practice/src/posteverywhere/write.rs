//! `POST /posts`, `PATCH /posts/{id}` and `DELETE /posts/{id}`.

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::envelope::{Outcome, Refusal};
use super::fields::{Fields, flag, optional};
use super::settings::{CreatedShape, Drafts, PastTime, PatchedStatus, PausedTime};
use super::state::{
    Account, Destination, DestinationStatus, NewPost, PostState, PostStatus, State,
};
use super::wire;
use crate::time;
use crate::twist::Twist;

pub(super) fn create(
    state: &mut State,
    key: &str,
    body: &Value,
    now: DateTime<Utc>,
    twist: Twist,
) -> Result<Outcome, Refusal> {
    let fields = Fields::read(body)?;
    let is_draft = flag(body, "draft")? && state.settings.drafts == Drafts::Honoured;
    let content = fields.content.ok_or_else(|| Refusal::invalid("content is required."))?;
    let ids = fields.account_ids.ok_or_else(|| Refusal::invalid("account_ids is required."))?;
    let accounts = state.accounts(key, &ids)?;
    if let Some(time) = fields.time {
        state.check_time(time, now)?;
    }
    let scheduled_for = fields.time.map(|time| twist.shift(time));
    let new = NewPost {
        id: None,
        key: key.to_owned(),
        content,
        status: if is_draft { PostStatus::Draft } else { PostStatus::Scheduled },
        scheduled_for,
        timezone: fields.timezone,
        media_ids: fields.media_ids.unwrap_or_default(),
        platform_content: fields.platform_content,
        accounts,
        created_at: now,
    };
    let id = state.insert(new, now);
    state.stale.hide_write(&id, None, now, twist);
    let takes = state.publishing_takes;
    if !is_draft && scheduled_for.is_none_or(|time| time <= now) {
        state.change(&id, now, Twist::None, |post| post.publish_at_once(now, takes));
    }
    let post = state.find(key, &id)?;
    let next_step = match (post.status, post.scheduled_for) {
        (PostStatus::Scheduled, Some(time)) => format!("Post scheduled for {}.", time::text(time)),
        (PostStatus::Draft, _) => "Draft saved.".to_owned(),
        _ => "Post is being published.".to_owned(),
    };
    let data = match state.settings.created_shape {
        CreatedShape::Post => wire::written(post, &state.settings, &next_step),
        CreatedShape::Summary => wire::created(post, &next_step),
    };
    Ok(Outcome { status: 201, ..Outcome::applied(data) })
}

pub(super) fn update(
    state: &mut State,
    key: &str,
    id: &str,
    body: &Value,
    now: DateTime<Utc>,
    twist: Twist,
) -> Result<Outcome, Refusal> {
    let fields = Fields::read(body)?;
    let asked = optional(body, "status", asked_status)?;
    let is_ignored = match (state.settings.patched_status, twist) {
        (PatchedStatus::Refused, _) if asked.is_some() => {
            return Err(Refusal::invalid("status cannot be updated."));
        }
        (PatchedStatus::Ignored, _) => asked.is_some(),
        (_, Twist::IgnoreStatus { .. }) => true,
        _ => false,
    };
    let former = state.find(key, id)?.clone();
    check_editable(&former)?;
    let accounts = fields.account_ids.as_ref().map(|ids| state.accounts(key, ids)).transpose()?;
    if let Some(accounts) = &accounts {
        check_kept(&former, accounts)?;
    }
    let requested = match twist {
        Twist::IgnoreStatus { time_applied: false } => None,
        _ => fields.time,
    };
    let asked = asked.filter(|_| !is_ignored);
    let timing = state.timing(&former, asked, requested, now, twist)?;

    let left_behind = requested.and_then(|_| state.take_left_behind(&former));
    let added = accounts.map(|accounts| state.destinations(accounts, former.scheduled_for, now));
    let takes = state.publishing_takes;
    state.change(id, now, twist, |post| {
        let former = post.clone();
        post.content = fields.content.unwrap_or(former.content);
        post.timezone = fields.timezone.unwrap_or(former.timezone);
        post.media_ids = fields.media_ids.unwrap_or(former.media_ids);
        post.platform_content = fields.platform_content.unwrap_or(former.platform_content);
        if let Some(destinations) = added {
            post.retarget(destinations);
        }
        let behind = |one: &&mut Destination| Some(one.account_id) == left_behind;
        let time_behind = post.queued().find(behind).and_then(|one| one.scheduled_for);
        if let Some(time) = timing.time {
            post.set_time(time);
        }
        if let Some(one) = post.queued().find(behind) {
            one.scheduled_for = time_behind;
        }
        post.status = timing.status;
        if timing.goes_out {
            post.publish_at_once(now, takes);
        }
    });
    let post = state.find(key, id)?;
    let is_changed = *post != former;
    let data = wire::written(post, &state.settings, &next_step(post, &former));
    Ok(Outcome { applied: is_changed || !is_ignored, ..Outcome::read(data) })
}

/// What an update does to a post's status and time.
struct Timing {
    status: PostStatus,
    /// The time to be stored, if one is; none where it is cleared.
    time: Option<Option<DateTime<Utc>>>,
    /// Whether the post is to go out at once.
    goes_out: bool,
}

fn next_step(post: &PostState, former: &PostState) -> String {
    let done = match (post.status, post.scheduled_for) {
        (PostStatus::Draft, _) => "Post is a draft.".to_owned(),
        (PostStatus::Scheduled, Some(time)) if former.scheduled_for != post.scheduled_for => {
            format!("Post rescheduled to {}.", time::text(time))
        }
        _ => "Post updated.".to_owned(),
    };
    format!("{done} Call GET /v1/posts/{} to check status.", post.id)
}

fn asked_status(value: &Value) -> Option<PostStatus> {
    match value.as_str()? {
        "draft" => Some(PostStatus::Draft),
        "scheduled" => Some(PostStatus::Scheduled),
        _ => None,
    }
}

/// Refuses what is neither scheduled nor a draft.
fn check_editable(post: &PostState) -> Result<(), Refusal> {
    let sentence = match post.status {
        PostStatus::Draft | PostStatus::Scheduled => return Ok(()),
        PostStatus::Published => {
            let message = "Cannot update a post that has already been published.";
            return Err(Refusal::new(409, "post_already_published", message));
        }
        other => format!("Cannot update a post in {} status.", other.word()),
    };
    Err(Refusal::new(409, "conflict", sentence))
}

/// Refuses to let go of an account that the post went out to already.
fn check_kept(post: &PostState, accounts: &[Account]) -> Result<(), Refusal> {
    let went_out = post.destinations.iter().filter(|one| one.published_at.is_some());
    let mut ids = went_out.map(|one| one.account_id);
    if ids.all(|id| accounts.iter().any(|account| account.id == id)) {
        Ok(())
    } else {
        Err(Refusal::invalid("Accounts already published to cannot be removed."))
    }
}

pub(super) fn delete(
    state: &mut State,
    key: &str,
    id: &str,
    now: DateTime<Utc>,
    twist: Twist,
) -> Result<Outcome, Refusal> {
    let post = state.find(key, id)?;
    if post.went_out() {
        let message = "Cannot delete a post that has already been published. Delete it from the \
                       platform directly.";
        return Err(Refusal::new(409, "post_already_published", message));
    }
    if post.destinations.iter().any(|one| one.status == DestinationStatus::Publishing) {
        let message = "Cannot delete a post in publishing status.";
        return Err(Refusal::new(409, "conflict", message));
    }
    let former = state.posts.remove(id);
    state.stale.hide_write(id, former, now, twist);
    Ok(Outcome::applied(wire::deleted(id, state.settings.deleted_shape)))
}

impl State {
    /// Refuses a time that has passed, where that is selected.
    pub(super) fn check_time(
        &self,
        time: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        match self.settings.past_time {
            PastTime::Refuse if time <= now => Err(past("scheduled_for must be in the future.")),
            PastTime::Refuse | PastTime::Publish => Ok(()),
        }
    }

    /// What a status and a time make of a post; a time that has passed is refused where that is
    /// selected.
    fn timing(
        &self,
        post: &PostState,
        asked: Option<PostStatus>,
        requested: Option<DateTime<Utc>>,
        now: DateTime<Utc>,
        twist: Twist,
    ) -> Result<Timing, Refusal> {
        let status = asked.unwrap_or(post.status);
        let is_armed = post.status == PostStatus::Draft && status == PostStatus::Scheduled;
        let kept = is_armed.then(|| post.scheduled_for.unwrap_or(now));
        if let Some(time) = requested.or(kept) {
            self.check_time(time, now)?;
        }
        let time = requested.map(|time| twist.shift(time)).or(kept);
        let is_cleared = time.is_none()
            && asked == Some(PostStatus::Draft)
            && self.settings.paused_time == PausedTime::Cleared;
        Ok(Timing {
            status,
            time: if is_cleared { Some(None) } else { time.map(Some) },
            goes_out: status == PostStatus::Scheduled && time.is_some_and(|time| time <= now),
        })
    }

    /// The account of that post, if any, whose destination is ordered not to follow.
    fn take_left_behind(&mut self, post: &PostState) -> Option<u64> {
        let accounts = post.account_ids();
        let order = self.left_behind.iter().position(|account| accounts.contains(account))?;
        Some(self.left_behind.remove(order))
    }
}

pub(super) fn past(message: &str) -> Refusal {
    Refusal::new(400, "past_schedule_time", message)
}
