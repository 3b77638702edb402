//! What PostPost and Publora share: by their documents they are two faces of one platform.
//!
//! Paths, parameters, ids, statuses and plan limits are the same, so lists and their pages, the search
//! for one post, channels, the bodies of a creation and of a change of status and time, and deleting
//! live here once, and name the service they speak of by [`Own::name`]. What differs is in each
//! service's own folder:
//!
//! | | PostPost | Publora |
//! |---|---|---|
//! | key | `x-api-key` | `x-publora-key`, and `x-publora-user-id` for a managed user |
//! | reading a post | get-post, then lists for time and status | get-post alone, where it has both |
//! | answer to an update | `postGroup` | `scheduledTime`, then `warnings`, then `postGroup` |
//! | a new post | always a draft, and the answer is its id alone | at once as it is to be; the answer has its time |
//! | another text | has no request for it | in the same request as status and time |
//! | a channel's id | of letters, digits, `-` and `_` | as the connections have it |
//! | the same update twice | harmless by its meaning | told apart by `Idempotency-Key` |
//! | 409 | none documented | seven, by their `code` |
//! | connections | under `connections` | also bare, or under `data` |

mod client;
pub mod map;
mod wire;

#[cfg(test)]
mod anything;
#[cfg(test)]
pub mod samples;

pub use client::{Client, Own};
pub use wire::UpdatePost;
