//! The durable queue of changes: what was asked for waits on disk until the service has confirmed
//! or refused it. No write is repeated anywhere else.
//!
//! A change is queued by [`queue`] and sent by [`send`], an [`errand`] at a time; its answer is
//! weighed in [`verdict`] and closes it in [`outcome`]. Where the outcome is not known, [`recover`]
//! reads back before anything is repeated.

mod errand;
mod follow;
mod outcome;
mod plan_limit;
mod queue;
mod recover;
mod send;
mod verdict;

pub(crate) use follow::follow;
pub(crate) use queue::queue;
pub(crate) use recover::near_times;
