//! What the tests of the real window share: the desktop they run in, the app in it, a hand that
//! clicks, types and drags, and the service at the other end.
//!
//! Everything waits for what it needs by looking until a deadline; nothing sleeps and hopes. An
//! error says what was looked for and what was there instead, so that a failed run explains itself.

mod app;
mod desktop;
mod journey;
mod keyring;
mod notifications;
mod profile;
mod router_transport;
mod service;
mod timeline;
mod tray;
mod wait;
mod window;

use std::error::Error;

pub use app::{App, Spawned};
pub use desktop::Desktop;
pub use journey::{Journey, journey};
pub use keyring::secrets;
pub use notifications::{Notification, Notifications};
pub use profile::Profile;
pub use router_transport::RouterTransport;
pub use service::{API_KEY, Service};
pub use timeline::{Axis, Card};
pub use tray::Tray;
pub use wait::{BACK_SOON, PATIENCE, until};
pub use window::Window;

/// What a test and every step of it return.
pub type Result<T = ()> = std::result::Result<T, Box<dyn Error + Send + Sync>>;
