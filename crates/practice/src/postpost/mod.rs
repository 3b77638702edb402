//! PostPost's API below `/postpost/api/v1`, as its guides "Update Scheduled Post" and "Scheduling
//! Posts" and its endpoint pages describe it.
//!
//! Where they contradict each other, [`PastTime`] and [`TimeOnDraft`] select. Where they are silent,
//! each place says what is assumed. Not spoken: uploads, webhooks, workspaces, logs and analytics;
//! their paths count as unknown.

mod check;
mod handle;
mod limits;
mod list;
mod routes;
mod scheduler;
mod state;
mod wire;
mod write;

pub use handle::{Edit, PostPost, SeedPost};
pub use limits::Plan;
pub use state::{
    PastTime, PlatformPost, PlatformStatus, PostState, PostStatus, ProcessingStatus, PublishError,
    TimeOnDraft,
};

pub(crate) use check::inspect;
pub(crate) use limits::example as example_limit;
pub(crate) use routes::{KEY_HEADER, answer, is_post_id, speaks};
pub(crate) use state::State;
pub(crate) use write::Twist;
