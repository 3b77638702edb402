//! Publora (`https://api.publora.com/api/v1`, key in `x-publora-key`).
//!
//! Sources: its documents in three generations, which are told apart by their dates: 2026-02-16 (S001
//! and its sister pages), 2026-02-20, and the current ones (the pages since July 2026 and the OpenAPI
//! files of autumn 2026). Nothing was observed on the wire; the payloads in `fixtures/` are those
//! documents' own, two of the current ones put together from page and OpenAPI. All three are
//! understood, since nobody says which one a server follows. What they contradict or leave open, and
//! why either reading is safe here:
//!
//! - *A time in the past* is a 400 (2026-02), silently becomes now (between), or becomes now with the
//!   warning SCHEDULED_TIME_COERCED, from five minutes on a 400 if a switch nobody can see is on
//!   (current). Now means that it publishes. The caller checks each time against [`LEAD`] at sending;
//!   the answer's time is handed back, never assumed.
//! - *The answer's time* stands at the top ("always", but an example of the warning has none there),
//!   in the warning, and in `postGroup`. The first of them counts; a null at the top is not filled up
//!   from `postGroup`, since that one "duplicates" the top. What is missing everywhere is `None`.
//! - *Whether a draft keeps its time*: null in the answer and in get-post, but also checked when the
//!   draft is scheduled without another. A draft's time means nothing here, and scheduling sends
//!   status and time together; a move sends a time alone only for a post known as scheduled.
//! - *A post created without a time* is a draft (2026-02-20, current), or is queued for the next free
//!   slot on the page of 2026-02-16, whose own example calls it a draft. *The answer's*
//!   `scheduledTime` (current: "always present") is the time that was stored, and null "when the post
//!   was saved as a draft": a time means scheduled for it, whatever was asked, null means a draft, and
//!   null beside a warning of another time means nothing. Before, the answer was the id alone: then
//!   nothing is told of where the post stands, and it has to be read.
//! - *A channel's id* has a pattern that a Bluesky channel's does not match (2026-02-20), or is taken as
//!   platform-connections gives it (current). It is sent as given: the older answer is a refusal.
//! - *What can be deleted*: anything (the OpenAPI file), nothing that is published (2026-02-20), or
//!   nothing that is live or under way (delete-post since 2026-09-16, with a `code`). A post that went
//!   out is never asked about.
//! - *Another text* goes with status and time in one request, which is "refused rather than partially
//!   applied". The answer's `content` confirms it, and is read only where a text was asked for. The
//!   earlier generations have no such field and may pass over it: without `content` nothing is
//!   confirmed. A text that was set for one channel in Publora's editor stays as it is there.
//! - *Publish now* would be an update to the current time, as in Publora's own action for GitHub. No
//!   time is sent here that is not ahead, so it is not offered; nor is there a request to try again.
//! - *The limit of requests*: 30 to 120 a minute with headers (2026-02-20), or none but for media. The
//!   smallest is kept; a 429 and the headers are heeded wherever they come. *What a plan allows* differs
//!   from page to page: only a refusal's own numbers are shown.
//! - *get-post* has status and time of the whole post (current) or not. Where it has, one request
//!   reads the post; where it has not, gives no time for what is no draft, or calls one a draft whose
//!   channels are all scheduled (or the reverse), lists are asked as at PostPost. It has each channel's
//!   text and not the post's own, and one of the current documents shows it without `media`. Where the
//!   channels' texts differ or either is missing, a list adds text and media, while status and time
//!   stay get-post's.
//! - *`Idempotency-Key`* (creating and updating, not deleting): a change has one key, for one body, for
//!   all its attempts. The earlier generations pass over it: then what keeps a creation from being
//!   doubled is that it is looked for, twice, before it is asked for again. An answer that is replayed
//!   says how the post stood after the first attempt; the next pull says how it stands now. Whether
//!   refusals are replayed as well, nobody says: if so, asking again does nothing for 24 hours, and the
//!   change waits in sight.
//! - *Seven conflicts are a 409*, told apart by `code`. IDEMPOTENCY_IN_FLIGHT: the first request with
//!   this key may yet take effect, so the outcome is unknown. A refusal would close the change, and a
//!   wait would leave it open to newer wishes, before that is settled; reading back and then asking
//!   the same with the same key is what the documents want. POST_GROUP_VERSION_CONFLICT: this changed
//!   nothing, but someone else just changed the post, so it has to be read before it is asked again.
//!   That is what an unknown outcome leads to, while after a wait, as after a 429, the change would be
//!   sent unread on top of theirs. Both are [`Unsettled`], and so are two that a deletion may meet, for
//!   the same reasons: POST_CHANGED, and POST_IS_PROCESSING, which may yet fail and can be deleted then.
//!   POST_PUBLISH_IN_PROGRESS: nothing was changed and nothing can be, so it is refused, and so are a
//!   deletion's POST_IS_PUBLISHED and POST_HAS_LIVE_CONTENT, and a 409 without one of these codes: all
//!   of them say that they changed nothing.
//! - *Connections* stand under `connections`; Publora's own clients also take a bare list or `data`. A
//!   list without a single connection counts only where the documents have it: anyone answers `[]`.
//!
//! What PostPost shares is in `family`.
//!
//! [`Unsettled`]: rundown_core::service::ServiceError::Unsettled

mod client;
mod map;
mod wire;

#[cfg(test)]
pub(crate) mod tests;

use chrono::TimeDelta;
use rundown_core::model::{Capabilities, Creation, Deletion, ServiceKind};
use rundown_core::service::{RequestLimit, ServiceInfo};

pub use client::Publora;

/// The scheduler runs every minute, and a time that has passed publishes at once (scheduling.md); S002
/// asks for two minutes of the sister service.
pub const LEAD: TimeDelta = TimeDelta::minutes(2);

/// Publora as the connect form shows it. Keys are made under Settings, API Keys: no document gives an
/// address for that page.
pub fn info() -> ServiceInfo {
    ServiceInfo {
        kind: ServiceKind("publora".to_owned()),
        name: "Publora".to_owned(),
        base_url: "https://api.publora.com/api/v1".to_owned(),
        key_hint: "sk_…".to_owned(),
        key_help_url: "https://app.publora.com".to_owned(),
        has_workspaces: false,
        has_managed_users: true,
        capabilities: Capabilities {
            reschedule: true,
            pause: true,
            resume: true,
            create: Creation::Keyed,
            edit_text: true,
            delete: Deletion::Removes,
            lead: LEAD,
            ..Capabilities::none()
        },
        limits: vec![RequestLimit::of_all(30, TimeDelta::minutes(1))],
    }
}
