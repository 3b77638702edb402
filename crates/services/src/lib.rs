//! Adapters to the scheduling services: requests are built and answers read here, and nothing else.
//!
//! Each service has a folder of its own: `wire.rs` has the shapes it sends and takes, `map.rs` turns
//! them into `rundown_core`'s words, `client.rs` knows which requests a task needs; what PostPost and
//! Publora share is in `family`. The bytes go through the [`Transport`] seam. Adapters keep no
//! state of posts, never retry, and decide nothing: what an error means for a change is for the outbox
//! in `rundown_core`.

#![allow(clippy::result_large_err, reason = "an error is made once a request, and read at once")]

mod answer;
#[cfg(test)]
mod anything;
mod api;
mod catalogue;
mod family;
mod media;
#[cfg(test)]
mod mutations;
pub mod pictures;
pub mod postato;
pub mod posteverywhere;
pub mod postpost;
pub mod publora;
#[cfg(test)]
mod scripted;
mod transport;
mod wording;

pub use catalogue::Catalogue;
pub use transport::{HttpTransport, Limits, Transport, TransportError};
