//! Activity: the outbox and its history as the user sees them, and what can be done with a change.
//! It outlives the posts it is about.

mod details;
mod discard;
mod list;
mod retry_now;

pub use list::{ActivityEntry, ActivityFilter, ActivityPage};
