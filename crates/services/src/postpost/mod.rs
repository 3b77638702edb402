//! PostPost (`https://api.postpost.dev/api/v1`, key in `x-api-key`).
//!
//! Sources: the guides "Update Scheduled Post" (S000) and "Scheduling Posts" (S002), and the endpoint
//! pages of docs.postpost.dev as of 2026-03-28 (list-posts, get-post, create-post, update-post,
//! delete-post, platform-connections, error-handling). Nothing was observed on the wire; the payloads in
//! `fixtures/` are those documents' own. What they contradict or leave open, and why either reading
//! is safe here:
//!
//! - *A time in the past* is a 400 (S000) or silently becomes now, which publishes (S002). The caller
//!   checks each time against [`LEAD`] at sending; the answer's time is handed back, never assumed.
//! - *A draft given a time alone* stays a draft or is armed (S000 and S002 disagree). Scheduling sends
//!   status and time together, and a move sends a time alone only for a post known as scheduled.
//! - *The service may shift a time* to keep posts apart (update-post). What comes back is reported.
//! - *The answer to an update* has `success` (S000) or not (S002), and `scheduledTime` only if set.
//!   `success` counts only where it is `false`; what is missing is `None`.
//! - *`pending` and `processing`* are statuses (S000) or not (S002). They are accepted at both levels,
//!   and one channel under way puts the whole post under way. `processingStatus` is not read at all.
//! - *get-post* has no time and no status of the whole post, and raw platform ids or compound ones. So
//!   a post's time is found by listing, and get-post tells existence and how far each channel has
//!   come. Where one calls the post a draft and the other scheduled, one of them is stale: the
//!   reading is unclear, because sending a time alone to what may be a draft could arm it.
//! - *`lastError`* is text or an object; `error` is text or an object; some errors have `message`.
//! - *Whether a draft keeps its time* is unknown; drafts are listed apart and their time means nothing.
//! - *An id that is not 24 hex digits* answers 500, so it is refused before sending.
//! - *Repeating a PUT* sets the same absolute values again. No idempotency key is documented, so a
//!   creation never carries a time: one that is doubled leaves a spare draft.
//! - *The answer to a creation* is the post's id alone. That a post without a time is a draft, every
//!   page says, but the answer does not: where the new post stands is not told, and has to be read.
//! - *A Bluesky channel* has an id (`bluesky-did:plc:…`) that platform-connections gives and create-post
//!   refuses by its pattern. Such a creation is refused before sending, with what to do instead.
//! - *Another text* for a post that is there: no request takes one, so it is refused before sending, and
//!   with it whatever else was to change.
//! - *What can be deleted*: any post (delete-post), or none that is under way or out (the guide). What
//!   PostPost refuses is refused; a post that went out is never asked about. A second deletion is a 404,
//!   which proves that it is gone.
//!
//! All of it that Publora shares is in `family`.

mod client;

#[cfg(test)]
pub(crate) mod tests;

use chrono::TimeDelta;
use rundown_core::model::{Capabilities, Creation, Deletion, ServiceKind};
use rundown_core::service::ServiceInfo;

pub use client::PostPost;

/// S002: "Schedule at least 2 minutes ahead"; the scheduler runs every minute.
pub const LEAD: TimeDelta = TimeDelta::minutes(2);

/// PostPost as the connect form shows it.
pub fn info() -> ServiceInfo {
    ServiceInfo {
        kind: ServiceKind("postpost".to_owned()),
        name: "PostPost".to_owned(),
        base_url: "https://api.postpost.dev/api/v1".to_owned(),
        key_hint: "sk_…".to_owned(),
        key_help_url: "https://app.postpost.dev".to_owned(),
        has_workspaces: false,
        has_managed_users: false,
        capabilities: Capabilities {
            reschedule: true,
            pause: true,
            resume: true,
            create: Creation::DraftFirst,
            delete: Deletion::Removes,
            lead: LEAD,
            ..Capabilities::none()
        },
        limits: Vec::new(),
    }
}
