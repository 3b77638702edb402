//! Rundown without a screen: accounts, posts, the outbox of changes, sync and reminders.
//!
//! The desktop shell holds an `App` and shows what it says. Nothing here knows a window, an HTTP
//! client or a keychain: those come in through the seams `service`, `secrets` and `clock`.

mod accounts;
mod activity;
mod app;
mod guard;
mod outbox;
mod pauses;
mod posts;
mod reminders;
mod sync;
mod texts;
mod this_computer;

pub mod clock;
pub mod error;
pub mod events;
pub mod model;
pub mod secrets;
pub mod service;
pub mod store;

pub use accounts::{AccountState, ConnectForm, Connected, Direction, Loss, Lost, ReachedLimit};
pub use activity::{ActivityEntry, ActivityFilter, ActivityPage};
pub use app::{App, Progress, Seams};
pub use error::{Error, ErrorCode};
pub use guard::Guard;
#[cfg(feature = "mutants")]
pub use guard::break_guard;
pub use pauses::{Pausable, Pause, PausedPost, ResumeHow, Resumed};
pub use posts::{HistoryEntry, Keep, KeepSide, NewPostForm, NextPost, PictureAddress, Receipt};
pub use store::{Salvaged, SetAside};
pub use this_computer::{ByHand, ChannelForm, HandedOver, info as this_computer};
