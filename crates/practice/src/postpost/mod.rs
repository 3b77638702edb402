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

pub(crate) use routes::is_post_id;
pub(crate) use state::State;

/// PostPost's base address below the practice server's own.
pub const BASE: &str = "/postpost/api/v1";
