//! Postato (`https://api.postato.com.br`, key as `Authorization: Bearer smcp_…`).
//!
//! Sources: the MCP page "Update Post" (S003) and the pages of docs.postato.com.br: the guides
//! (scheduled-posts, idempotency, error-handling, concepts/posts), the REST reference of
//! `GET /v1/workspaces` and `POST …/posts`, and the MCP tools. Nothing was observed on the wire, and
//! most of REST is not documented at all. What is assumed, and why it is safe to be wrong:
//!
//! - *`GET …/accounts`* exists and answers as the tool `list_accounts` does. Where there is no such
//!   path, the channels are those that the newest posts name.
//! - *`GET …/posts/{id}`* exists. Where it does not, or tells too little (no account, no text, no
//!   time of a scheduled post), the post is looked for in the list; where both tell of it and
//!   disagree on its status, the reading is unclear. A 404 may mean that there is no such path, and
//!   the tool answers `not_found` also to a key that lost its access: a post is gone only if this
//!   adapter has read one by itself before *and* the list, asked too, does not have it.
//! - *`PATCH …/posts/{id}`* (guides only) takes `scheduledAt` alone. S003's table makes `status`
//!   required; its example and the guide do not. Sending `scheduled` with every move would be worse
//!   than a refusal: it could arm a post that was paused elsewhere.
//! - *A 404 to a PATCH* may mean no such post, no such path, or too late (the tool `delete_post`: “not
//!   existing or not cancellable”). It is a refusal, after which the post is read.
//! - *A new text* replaces all that a post consists of (S003). What that is, is read first: a thread,
//!   which would become a single post, is refused unsent; media are attached again by their ids, since
//!   they may stand in what is replaced; without their ids, nothing is sent.
//! - *Its answer* has no documented shape. It counts only where it has both an id and a status;
//!   otherwise nothing is taken as confirmed, and the outbox reads back.
//! - *`status` is `draft` or `scheduled`* in what is sent, as S003's prose has it; its table knows
//!   only `publish` and `cancelled`. No edit can say those two. `publish` is sent to publish at once,
//!   which the table allows for drafts alone; `cancelled` never, since DELETE is the same.
//! - *A creation* carries an `Idempotency-Key` made of the change's and of the body: another body has
//!   another key. Its body has no word for publishing at once. Its answer names no time, so that a
//!   scheduled post is read back; a repeated one is answered as the first was, whatever became of the
//!   post since.
//! - *`postType`* has to be chosen, and cannot be changed later: it is the platform's first in
//!   concepts/posts and publish_post (`tweet`, `post`, `feed`, `video`, `pin`), which has one text.
//!   For a platform that they do not name, nothing is sent. What else a platform asks for, such as a
//!   picture, the service says.
//! - *DELETE* cancels for good and keeps the post on record. Its 404, “not existing or not
//!   cancellable”, is a refusal unless the post turns out to be cancelled or gone; a 2xx counts where
//!   it says `success` or `cancelled`.
//! - *No `Idempotency-Key`* goes with a PATCH: the guide says that only `POST /posts` honours one and
//!   that PATCH may be repeated (it sets absolute values). Were it honoured all the same, an attempt
//!   after a failed one would be answered from memory without being made.
//! - *Statuses* come in two vocabularies: `queued`, `publishing`, `retrying` (guides) and `pending`,
//!   `processing` (tools). Both are read. All others, `pending_approval` and `rejected` among them,
//!   are shown as they are and are read-only.
//! - *Lists* are newest first by `createdAt`, with a `cursor` (tools) or numbered pages (REST). Both
//!   are followed. The query has `limit` and `status`, which the tools document, `cursor` where one
//!   was given, and `page` only where the answer speaks of pages.
//! - *A list by time* is not offered: the tools' page says to ask for `status=scheduled` and to sort
//!   at the client. A narrow window, read every minute, is what is scheduled and the newest of what
//!   was published or failed, a few requests at most; a wide one, read a few times a day, is
//!   everything. What does not lie in the window is left out here. Nothing tells what was *changed*
//!   last: that list is of what was made last.
//! - *A post has one account.* One that does not name it stands in a lane of its network.
//! - *A time without an offset* is UTC, in which Postato works. A scheduled post without a time says
//!   nothing to rely on, and counts as unreadable.
//! - *Ids* are ULIDs, with a prefix (`pst_`, `wks_`, `acc_`) or without; with and without is the
//!   same post. One that has anything but letters, digits and `_` is not sent.
//! - *`workspace_required`* is a 400 (authentication) or a 403 (error-handling); plan limits have no
//!   documented form. All are refusals with a sentence.
//! - *Requests* are limited for creations alone, as far as documents say: 120 a minute (cookbook), by
//!   tenant: what is known of that is the key. No limit of all requests is known, so none is named.
//! - *A time in the past* is a 400 (scheduled-posts). The caller checks against [`LEAD`] all the same.

mod client;
mod map;
mod pages;
mod wire;
mod writes;

#[cfg(test)]
pub(crate) mod tests;

use chrono::TimeDelta;
use rundown_core::model::{Capabilities, Creation, Deletion, PublishNow, ServiceKind};
use rundown_core::service::{RequestLimit, ServiceInfo};

pub use client::Postato;

/// Its name for people.
const NAME: &str = "Postato";

/// No document names a lead. The scheduler runs every few seconds (scheduled-posts); an edit cancels
/// the job and makes another (S003), for which two minutes are plenty.
pub const LEAD: TimeDelta = TimeDelta::minutes(2);

/// Postato as the connect form shows it.
pub fn info() -> ServiceInfo {
    ServiceInfo {
        kind: ServiceKind("postato".to_owned()),
        name: NAME.to_owned(),
        base_url: "https://api.postato.com.br".to_owned(),
        key_hint: "smcp_…".to_owned(),
        key_help_url: "https://app.postato.com.br".to_owned(),
        has_workspaces: true,
        has_managed_users: false,
        capabilities: Capabilities {
            reschedule: true,
            pause: true,
            resume: true,
            create: Creation::Keyed,
            edit_text: true,
            delete: Deletion::Cancels,
            publish_now: PublishNow::AtService,
            retry: false,
            one_channel_per_post: true,
            lead: LEAD,
        },
        limits: vec![RequestLimit::of_creations(120, TimeDelta::minutes(1))],
    }
}
