//! PostEverywhere's API below `/posteverywhere/api/v1`, as its page "Update post" (`PATCH
//! /posts/:id`), its other pages and its published clients describe it.
//!
//! Where they contradict each other or are silent, [`Settings`] selects, and its defaults are the
//! dangerous reading or the newest page's. Decided once for all:
//!
//! - Published posts refuse changes and deletions with `post_already_published`. Nothing is said of
//!   posts that are publishing or have failed: changes get 409 `conflict`, and so does a deletion
//!   while publishing.
//! - A post of which some destinations went out while others still wait for a time of their own is
//!   `scheduled`: that is where "accounts already published to cannot be removed" has a meaning.
//! - "Round-trip safe" and "`media` is refused" are both true: answers' other fields are ignored in
//!   a request, misspellings of `media_ids` answer 400. A `null` counts as absent.
//! - A time alone never arms a draft. A draft that is scheduled without any time is scheduled for
//!   now, and so is dealt with as [`PastTime`] says.
//! - A query parameter with a wrong value answers 400, an id that is no UUID 404.
//! - An answer's `error` says `retryable` as the page on errors has it, although the samples of
//!   "Update post" leave it out.
//!
//! Of the rate limits only the one by the minute is enforced: the sources disagree on those by the
//! hour and the day, and on how many creations are allowed. Not spoken: media, campaigns, bulk
//! endpoints, webhooks, analytics and `/me`; their paths count as unknown.

mod check;
mod envelope;
mod fields;
mod handle;
mod limits;
mod list;
mod publish;
mod routes;
mod scheduler;
mod settings;
mod state;
mod wire;
mod write;

pub use handle::{Edit, PostEverywhere, SeedPost};
pub use settings::{
    AccountIdField, CreatedShape, DeletedShape, DestinationTimes, Drafts, Filters, ListShape,
    PastTime, PatchedStatus, PausedTime, RetriedShape, Settings, Totals,
};
pub use state::{Destination, DestinationStatus, PostState, PostStatus};

pub(crate) use routes::{KEY_PREFIX, is_uuid};
pub(crate) use state::State;

/// PostEverywhere's base address below the practice server's own.
pub const BASE: &str = "/posteverywhere/api/v1";
