//! PostPost's API below `/postpost/api/v1`, as its guides "Update Scheduled Post" and "Scheduling
//! Posts" and its endpoint pages describe it.
//!
//! Where they contradict each other, [`PastTime`] and [`TimeOnDraft`] select. Where they are silent,
//! each place says what is assumed. Not spoken: uploads, webhooks, workspaces, logs and analytics;
//! their paths count as unknown.

mod quirks;

pub use crate::family::{
    Edit, Plan, PlatformPost, PlatformStatus, PostState, PostStatus, ProcessingStatus,
    PublishError, SeedPost, TimeOnDraft,
};
pub use quirks::PastTime;

pub(crate) use quirks::Quirks;

/// A handle to the practice server's PostPost.
pub type PostPost = crate::family::Handle<Quirks>;

/// PostPost's base address below the practice server's own.
pub const BASE: &str = "/postpost/api/v1";
