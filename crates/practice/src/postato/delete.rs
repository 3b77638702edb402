//! `DELETE …/posts/{id}`: cancels for good. The idempotency key stays taken.

use chrono::{DateTime, SubsecRound, Utc};
use serde_json::json;

use super::refusal::Refusal;
use super::state::{PostStatus, State};
use crate::answer::Answer;
use crate::twist::Twist;

pub(super) fn delete(
    state: &mut State,
    workspace: &str,
    id: &str,
    now: DateTime<Utc>,
    twist: Twist,
) -> Result<Answer, Refusal> {
    use PostStatus::{Draft, PendingApproval, Queued, Scheduled};
    let post = state.posts.get_mut(id).filter(|post| {
        post.workspace == workspace
            && matches!(post.status, Draft | Scheduled | Queued | PendingApproval)
    });
    let post = post.ok_or_else(Refusal::not_found)?;
    let former = post.clone();
    post.become_status(PostStatus::Cancelled);
    post.updated_at = now.trunc_subsecs(3);
    state.stale.hide_write(id, Some(former), now, twist);
    Ok(Answer::applied(json!({ "success": true })))
}
