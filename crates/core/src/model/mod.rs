//! The words of the product: pure types and rules, no I/O and no clock reads.

mod account;
mod capabilities;
mod change;
mod channel;
mod fold;
mod ids;
mod lead;
mod post;
mod standing;
mod status;

pub use account::{Account, Health, HealthState, KeepKey, ServiceAddress, ServiceKind, Workspace};
pub use capabilities::Capabilities;
pub use change::{Change, ChangeState, Desired, Edit, Problem};
pub use channel::Channel;
pub use fold::{Folded, Wish, fold};
pub use ids::{AccountId, ChangeId, ChannelId, IdempotencyKey, PostId, RemoteId};
pub use lead::{TooSoon, check_lead};
pub use post::{Post, SyncState, Target};
pub use standing::Standing;
pub use status::PostStatus;
