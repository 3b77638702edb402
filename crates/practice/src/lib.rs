//! A local server that speaks the scheduling services' APIs, publishes on time, and misbehaves on
//! order.
//!
//! It is written from the services' documents alone and shares no code with the adapters, so that
//! one's mistake is not the other's proof. Each service lives in a module of its own, [`postpost`],
//! [`publora`], [`postato`] and [`posteverywhere`], under a path of its own (`/postpost/api/v1/…`);
//! what they share is here: the clock, the faults, the record of requests and the violations.
//! `/control/…` offers the same power over HTTP as [`Practice`] does in the process; the modules in
//! `control` list its paths. Posts can have pictures: [`PICTURES`] has some to point to.
//!
//! ```
//! # use chrono::DateTime;
//! use rundown_practice::postpost::{self, Plan, PostStatus, SeedPost};
//! use rundown_practice::{Clock, Fault, Match, Practice, What};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> std::io::Result<()> {
//! let practice = Practice::new(Clock::manual(DateTime::UNIX_EPOCH));
//! practice.postpost().add_user("sk_mine", Plan::Pro);
//! let post = SeedPost {
//!     status: PostStatus::Scheduled,
//!     scheduled_time: Some(DateTime::UNIX_EPOCH),
//!     platforms: vec!["linkedin-1".to_owned()],
//!     ..SeedPost::default()
//! };
//! let id = practice.postpost().add_post("sk_mine", post);
//! practice.fault(Fault::once(Match::method("PUT"), What::CutAfterApplying));
//!
//! let running = practice.serve(([127, 0, 0, 1], 0).into()).await?;
//! // … let a client talk to running.url(postpost::BASE) …
//! practice.tick();
//! assert_eq!(practice.postpost().post(&id).map(|post| post.status), Some(PostStatus::Published));
//! assert_eq!(practice.violations(), []);
//! running.stop().await;
//! # Ok(())
//! # }
//! ```

mod answer;
mod call;
mod clock;
mod control;
mod dialect;
mod exchange;
mod family;
mod faults;
mod pictures;
pub mod postato;
pub mod posteverywhere;
pub mod postpost;
mod practice;
pub mod publora;
mod rates;
mod record;
mod rules;
pub mod seed;
mod server;
mod stale;
mod time;
mod twist;
mod violations;
mod world;

pub use clock::Clock;
pub use exchange::Cut;
pub use family::Handle;
pub use faults::{Fault, Match, Times, What};
pub use pictures::PICTURES;
pub use practice::Practice;
pub use record::{KeySeen, Recorded};
pub use server::Running;
pub use violations::{Violation, ViolationKind};
