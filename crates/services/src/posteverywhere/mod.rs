//! PostEverywhere (`https://app.posteverywhere.ai/api/v1`, key as `Authorization: Bearer pe_live_…`).
//!
//! Sources: "Update post" (S004) and its neighbours on developers.posteverywhere.ai (create-post,
//! delete-post, retry-failed-post, list-posts and list-accounts in two generations, schemas/post,
//! errors, authentication), the older pages below posteverywhere.ai/developers, and the vendor's own
//! clients, which know more than the pages.
//! Nothing was observed on the wire; the payloads in `fixtures/` are those documents' own. What they
//! contradict or leave open, and why either reading is safe here:
//!
//! - *A post can be sent back as it was read* (S004), or `media`, which every answer has, is refused
//!   (S004 too). Only what changes is sent; media and `scheduled_at`, the older name, never are.
//! - *A creation without `scheduled_for`* publishes at once, unless it has `draft: true`, which the
//!   vendor's newer clients send and the page create-post does not list. Only drafts are created, and
//!   their body is a type that is always one. What the answer says of the new post is handed back,
//!   never assumed; it is the post, or a summary of it on older pages. An answer without an id leaves
//!   the outcome open.
//! - *A time in the past* is refused (most sources) or publishes at once (one). The caller checks each
//!   time against [`LEAD`] at sending; the answer's time is handed back, never assumed.
//! - *`status` in a PATCH* schedules a draft (S004), or no client sends it and `POST …/schedule` does.
//!   The PATCH is asked first. Only where the API itself refused it, or took it and still calls the
//!   post a draft, does the POST follow: it takes drafts only, so it can't arm a post twice. It never
//!   follows a refusal over the time, the text or a publication, nor a 5xx or a cut, whose outcome is
//!   the outbox's to find out, nor an answer that took so long that the machine must have slept.
//! - *`POST …/schedule` without a time*, or with `publish_now`, publishes at once. Scheduling's body is
//!   a type that cannot be without the time and knows no `publish_now`; publishing has its own.
//! - *A text in the same PATCH* as a status that is refused was refused with it. It is then asked for by
//!   itself, and `…/schedule` follows only an answer that shows the draft with that text: else the old
//!   one would go out. Texts of single platforms (`platform_content`) stay as they are.
//! - *Publishing now* is `…/schedule` with `publish_now`, for drafts only (409). A scheduled post is
//!   not made a draft on the way: were the second request lost, it would not go out at all. It is
//!   refused with that advice.
//! - *A retry* has no documented answer about the whole post: destinations that are queued again are
//!   taken at their word. *A deletion's answer* has three shapes, all read; without any of them it is
//!   not taken for done. A 404 below a post's address may mean the address: it does not make a post gone.
//! - *The scheduler fires by each destination's own time* (schemas/post); other pages show none. Where
//!   one that is still to go out has another time than was asked for, that time is the answer, and a
//!   post as read stands at it too, so that no read-back takes a half-done move for done.
//! - *`queued`* at a destination is its state from the beginning, so it means what the post's status
//!   makes of it. The old SDK's `done` is accepted; other words are kept and are read-only.
//! - *Filters and order of the list* are in the clients only, `total` and `has_more` in one of them.
//!   A server may ignore the filters or refuse them: what comes back is filtered and ordered here,
//!   every page is read to the end, and a refused first page is asked for again in documented words.
//! - *Ids* are UUIDs or, on older pages, `post_8f3k2j1`; `post_id` or `id`. Accounts are integers or
//!   text, `account_id` or `id`. Any of these is read, and nothing else is put into an address.
//! - *`error.retryable: false` on a 5xx* says that asking again would not help, not that nothing was
//!   done: the outcome stays unknown.
//! - *A 404* means that a post is gone only in the API's own envelope.
//! - *A PATCH while publishing* is undocumented: such a post is not editable here, and a refusal is
//!   shown as it is. *Whether a draft keeps its time* is unknown; its time means nothing.
//! - *Idempotency keys* are advertised, but no header is documented, so none is sent. Repeating a PATCH
//!   sets the same absolute values again.

mod client;
mod errors;
mod map;
mod wire;

#[cfg(test)]
pub(crate) mod tests;

use chrono::TimeDelta;
use rundown_core::model::{Capabilities, Creation, Deletion, PublishNow, ServiceKind};
use rundown_core::service::{RequestLimit, ServiceInfo};

pub use client::PostEverywhere;

/// Its name for people.
const NAME: &str = "PostEverywhere";

/// The n8n node asks for one minute where a draft is scheduled; resuming may take two requests.
pub const LEAD: TimeDelta = TimeDelta::minutes(2);

/// A key's requests of all kinds (rate-limits), and its creations, of which pages and SDK say different
/// numbers: the smallest are kept.
const LIMITS: [RequestLimit; 6] = [
    RequestLimit::of_all(60, TimeDelta::minutes(1)),
    RequestLimit::of_all(1_000, TimeDelta::hours(1)),
    RequestLimit::of_all(10_000, TimeDelta::days(1)),
    RequestLimit::of_creations(20, TimeDelta::minutes(1)),
    RequestLimit::of_creations(100, TimeDelta::hours(1)),
    RequestLimit::of_creations(500, TimeDelta::days(1)),
];

/// PostEverywhere as the connect form shows it.
pub fn info() -> ServiceInfo {
    ServiceInfo {
        kind: ServiceKind("posteverywhere".to_owned()),
        name: NAME.to_owned(),
        base_url: "https://app.posteverywhere.ai/api/v1".to_owned(),
        key_hint: "pe_live_…".to_owned(),
        key_help_url: "https://support.posteverywhere.ai/api-integrations/getting-an-api-key"
            .to_owned(),
        has_workspaces: false,
        has_managed_users: false,
        capabilities: Capabilities {
            reschedule: true,
            pause: true,
            resume: true,
            create: Creation::DraftFirst,
            edit_text: true,
            delete: Deletion::Removes,
            publish_now: PublishNow::DraftsAtService,
            retry: true,
            one_channel_per_post: false,
            lead: LEAD,
        },
        limits: LIMITS.to_vec(),
    }
}
