//! `PATCH …/posts/{id}`.

use chrono::{DateTime, SubsecRound, Utc};
use serde_json::json;

use super::body::{Content, Fields, Part, objection};
use super::refusal::Refusal;
use super::settings::{
    PausedTime, Pausing, ReplacedMedia, TimeOnDraft, Uneditable, UpdateAnswer, UpdateRules, Words,
};
use super::state::{PostState, PostStatus, State};
use super::wire;
use crate::answer::Answer;
use crate::call::Call;
use crate::twist::Twist;

/// What an update asks for, as far as the post itself does not forbid it.
struct Wish {
    status: Option<Wanted>,
    scheduled_at: Option<DateTime<Utc>>,
    content: Option<Content>,
    media: Option<Vec<String>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    Draft,
    Scheduled,
    Publish,
    Cancelled,
}

pub(super) fn update(
    state: &mut State,
    workspace: &str,
    id: &str,
    call: &Call,
    now: DateTime<Utc>,
    twist: Twist,
) -> Result<Answer, Refusal> {
    let wish = state.wish(call, now)?;
    let former = state.shown(workspace, id).ok_or_else(Refusal::not_found)?.clone();
    state.check_editable(&former, wish.status)?;
    let mut post = state.with_content(&former, wish.content, wish.media, now);
    let ignored = matches!(twist, Twist::IgnoreStatus { .. });
    let time = match twist {
        Twist::IgnoreStatus { time_applied: false } => None,
        _ => wish.scheduled_at.map(|time| twist.shift(time)),
    };
    post.scheduled_at = time.or(former.scheduled_at);
    let arms = time.is_some()
        && post.status == PostStatus::Draft
        && state.settings.time_on_draft == TimeOnDraft::Arms;
    let wanted = wish.status.or(arms.then_some(Wanted::Scheduled));
    if let Some(wanted) = wanted.filter(|_| !ignored) {
        state.change_status(&mut post, wanted, now)?;
    }
    let applied = !ignored || post != former;
    if applied {
        post.updated_at = now.trunc_subsecs(3);
    }
    let body = match state.settings.update_answer {
        UpdateAnswer::Post => wire::post(&post, &state.settings),
        UpdateAnswer::Success => json!({ "success": true }),
        UpdateAnswer::Empty => json!({}),
    };
    state.posts.insert(id.to_owned(), post);
    state.stale.hide_write(id, Some(former), now, twist);
    Ok(Answer { applied, ..Answer::read(body) })
}

impl State {
    /// Reads the body under the update rules that are selected.
    fn wish(&self, call: &Call, now: DateTime<Utc>) -> Result<Wish, Refusal> {
        let mut fields = Fields::of(call)?;
        let by_table = self.settings.update_rules == UpdateRules::Table;
        let word =
            if by_table { Some(fields.required("status")) } else { fields.optional("status") };
        let status = match word {
            None | Some("") => None,
            Some("publish") => Some(Wanted::Publish),
            Some("cancelled") => Some(Wanted::Cancelled),
            Some("scheduled") if !by_table => Some(Wanted::Scheduled),
            Some("draft") if !by_table && self.settings.pausing != Pausing::Refused => {
                Some(Wanted::Draft)
            }
            Some(_) => {
                fields.blame("status", "Not a status that an update may set");
                None
            }
        };
        if by_table {
            fields.done()?;
            return Ok(Wish { status, scheduled_at: None, content: None, media: None });
        }
        let scheduled_at = fields.future("scheduledAt", now);
        let content = fields.content();
        let media = fields.media(content.as_ref());
        if !["status", "scheduledAt", "content", "media"].iter().any(|name| fields.has(name)) {
            fields.blame("status", "Nothing to update");
        }
        fields.done()?;
        Ok(Wish { status, scheduled_at, content, media })
    }

    /// Refuses what comes too late for the post.
    fn check_editable(&self, post: &PostState, wanted: Option<Wanted>) -> Result<(), Refusal> {
        use PostStatus::{Draft, Queued, Scheduled};
        let allowed = matches!(
            (self.settings.update_rules, wanted, post.status),
            (UpdateRules::Prose, _, Draft | Scheduled)
                | (UpdateRules::Table, Some(Wanted::Publish), Draft)
                | (UpdateRules::Table, Some(Wanted::Cancelled), Scheduled | Queued)
        );
        match self.settings.uneditable {
            _ if allowed => Ok(()),
            Uneditable::NotFound => Err(Refusal::not_found()),
            Uneditable::Conflict => {
                let word = post.status.word(Words::Guides);
                Err(Refusal::conflict(format!("Cannot update a post that is already {word}")))
            }
        }
    }

    /// The post with its texts replaced. They are not held against the platform's rules.
    fn with_content(
        &mut self,
        post: &PostState,
        content: Option<Content>,
        media: Option<Vec<String>>,
        now: DateTime<Utc>,
    ) -> PostState {
        let mut post = post.clone();
        match content {
            None => {}
            Some(Content::Thread(parts)) => post.items = self.items(parts, now),
            Some(Content::Text(text)) => {
                let is_kept = self.settings.replaced_media == ReplacedMedia::Kept;
                let kept = post.items.first().filter(|_| is_kept).map(|item| item.media.clone());
                post.items = self.items(vec![Part { text, media: kept.unwrap_or_default() }], now);
            }
        }
        if let (Some(media), Some(first)) = (media, post.items.first_mut()) {
            first.media = media;
        }
        post
    }

    /// Takes the wanted status over, or refuses it.
    fn change_status(
        &self,
        post: &mut PostState,
        wanted: Wanted,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        if matches!(wanted, Wanted::Scheduled | Wanted::Publish)
            && let Some(sentence) = objection(&post.platform, &post.items)
        {
            return Err(Refusal::platform(&post.platform, sentence));
        }
        match wanted {
            Wanted::Publish => post.enqueue(now, self.publishing_takes),
            Wanted::Cancelled => post.become_status(PostStatus::Cancelled),
            Wanted::Draft if self.settings.pausing == Pausing::Ignored => {}
            Wanted::Draft => {
                if self.settings.paused_time == PausedTime::Cleared {
                    post.scheduled_at = None;
                }
                post.become_status(PostStatus::Draft);
            }
            Wanted::Scheduled => match post.scheduled_at {
                Some(time) if time > now => post.become_status(PostStatus::Scheduled),
                Some(_) => {
                    return Err(Refusal::invalid_field("scheduledAt", "Must be in the future"));
                }
                None => {
                    let sentence = "Required when status is scheduled";
                    return Err(Refusal::invalid_field("scheduledAt", sentence));
                }
            },
        }
        Ok(())
    }
}
