//! What PostPost and Publora share, since they are one product under two names: users, posts, lists,
//! plan limits, the scheduler, and the paths below the base address.
//!
//! What either does in its own way is its [`Vendor`]; nothing here asks which of the two it is.

mod check;
mod handle;
mod limits;
mod list;
mod post;
mod routes;
mod scheduler;
mod state;
mod vendor;
mod wire;
mod write;

pub use handle::{Edit, Handle, SeedPost};
pub use limits::Plan;
pub use post::{
    PlatformPost, PlatformStatus, PostState, PostStatus, ProcessingStatus, PublishError,
};
pub use state::TimeOnDraft;

pub(crate) use routes::{Endpoint, is_object_id};
pub(crate) use state::{State, User};
pub(crate) use vendor::{Vendor, failure};
pub(crate) use wire::{created, single, updated};
pub(crate) use write::{Write, is_platform_id, platform_settings};
