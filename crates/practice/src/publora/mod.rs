//! Publora's API below `/publora/api/v1`: PostPost's sibling, whose documents went on.
//!
//! They exist in three generations, and which of them the server follows cannot be asked:
//! [`Generation`] selects, and with it the texts of the errors and what can be edited, replayed and
//! read. Where one generation contradicts itself or another, [`PastTime`], [`PausedTime`],
//! [`Deletion`] and [`TimeOnDraft`] select.
//!
//! Assumed where the documents are silent:
//! - A stored answer is replayed whatever it was, a refusal too, since they say "the original status
//!   code and response body". Two bodies are the same when they are the same JSON.
//! - The earlier generations pass over an `Idempotency-Key` and the fields they do not know, as
//!   Express does; so a client cannot tell from a 200 that its text was taken over.
//! - A partially published post is refused an update like a published one.
//! - The first generation words what it does not document as PostPost does; the second's 429
//!   has no `Retry-After`.
//! - A post with neither text nor media is not scheduled: 400 `Validation failed`, with the code that
//!   the list of codes has for it.
//! - An `Idempotency-Key` on a deletion is passed over, and a violation.
//!
//! Violations are judged by the current documents, whichever generation answers. Not spoken: uploads,
//! the allowance of 60 media URLs an hour (order a 429 instead), the sandbox, webhooks, workspace
//! administration, logs and analytics, and `IDEMPOTENCY_BODY_TOO_COMPLEX`, whose bound is not public.

mod generation;
mod handle;
mod idempotency;
mod past_time;
mod patch;
mod quirks;
mod rate_limit;
mod wire;
mod write;

pub use crate::family::{
    Edit, Plan, PlatformPost, PlatformStatus, PostState, PostStatus, ProcessingStatus,
    PublishError, SeedPost, TimeOnDraft,
};
pub use generation::Generation;
pub use past_time::PastTime;
pub use quirks::{Deletion, PausedTime};

pub(crate) use quirks::Quirks;

/// A handle to the practice server's Publora.
pub type Publora = crate::family::Handle<Quirks>;

/// Publora's base address below the practice server's own.
pub const BASE: &str = "/publora/api/v1";
