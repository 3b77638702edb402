//! The words of the product: pure types and rules, no I/O and no clock reads.

mod account;
mod capabilities;
mod change;
mod channel;
mod desired;
mod dispute;
mod fold;
mod ids;
mod lead;
mod pause;
mod post;
mod standing;
mod status;
mod unsaved;

pub use account::{
    Account, Colour, Health, HealthState, KeepKey, ServiceAddress, ServiceKind, Workspace,
};
pub use capabilities::{Ability, Capabilities, Creation, Deletion, PublishNow};
pub use change::{AT_ONCE, Change, ChangeState, Problem};
pub use channel::Channel;
pub use desired::{Act, Aim, Desired, Edit, Step, same_text};
pub use dispute::{Dispute, Stake, Version};
pub use fold::{Folded, Ground, Wish, fold};
pub use ids::{AccountId, ChangeId, ChannelId, IdempotencyKey, PostId, RemoteId};
pub use lead::{TooSoon, check_lead};
pub use pause::{Asked, Journaled, PausePhase, PausedStanding};
pub use post::{Media, MediaKind, Post, Progress, SyncState, Target};
pub use standing::Standing;
pub use status::PostStatus;
pub use unsaved::{Form, TextSource, TextVersion, TypedTime, Unsaved};
