//! The practice server as its owner holds it: one world, one clock, and the orders for both.

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use chrono::{DateTime, Utc};

use crate::clock::Clock;
use crate::faults::Fault;
use crate::pictures::{self, PICTURES};
use crate::postato::Postato;
use crate::posteverywhere::PostEverywhere;
use crate::postpost::PostPost;
use crate::publora::Publora;
use crate::record::Recorded;
use crate::server::{self, Running};
use crate::violations::Violation;
use crate::world::World;
use crate::{control, exchange};

/// A practice server. Clones share one world, so that a server stopped and started again, or a
/// router called in the process, still has the same posts.
#[derive(Clone, Debug)]
pub struct Practice {
    world: Arc<Mutex<World>>,
    clock: Clock,
}

impl Practice {
    /// An empty world on that clock.
    pub fn new(clock: Clock) -> Self {
        Self { world: Arc::default(), clock }
    }

    /// Every service's API, each below its own prefix, and `/control`. To be called in the process;
    /// a connection that is ordered to be cut comes back as a response marked [`crate::Cut`].
    pub fn router(&self) -> Router {
        Router::new()
            .nest("/control", control::router())
            .nest(PICTURES, pictures::router())
            .fallback(exchange::exchange)
            .with_state(self.clone())
    }

    /// Serves the router at a loopback address (port 0 picks a free one) until the answer is
    /// stopped or dropped. On a system clock, due posts are published every minute meanwhile, and
    /// at once those that fell due while nothing was serving; on a manual one, [`Self::tick`] does
    /// it.
    ///
    /// # Errors
    /// The address is not loopback, or cannot be bound.
    pub async fn serve(&self, addr: SocketAddr) -> io::Result<Running> {
        server::serve(self.clone(), addr).await
    }

    /// The clock of this world.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Does what the scheduler does every minute: publishes what is due now.
    pub fn tick(&self) {
        self.with(|world, now| {
            world.dialects().into_iter().for_each(|dialect| dialect.publish_due(now));
        });
    }

    /// Ends the publications whose time is over, without starting any.
    pub(crate) fn settle(&self) {
        self.with(|world, now| {
            world.dialects().into_iter().for_each(|dialect| dialect.finish_publications(now));
        });
    }

    /// PostPost's users, posts and settings, with the power that its dashboard would have.
    pub fn postpost(&self) -> PostPost {
        PostPost::new(self.clone())
    }

    /// Publora's users, posts and settings, with the power that its dashboard would have.
    pub fn publora(&self) -> Publora {
        Publora::new(self.clone())
    }

    /// Postato's keys, workspaces, posts and settings, with the power that its dashboard would have.
    pub fn postato(&self) -> Postato {
        Postato::new(self.clone())
    }

    /// PostEverywhere's keys, accounts, posts and settings, with the power that its dashboard would
    /// have.
    pub fn posteverywhere(&self) -> PostEverywhere {
        PostEverywhere::new(self.clone())
    }

    /// Orders a fault.
    pub fn fault(&self, fault: Fault) {
        self.with(|world, _| world.faults.order(fault));
    }

    /// Takes back every fault that is still to happen.
    pub fn clear_faults(&self) {
        self.with(|world, _| world.faults.clear());
    }

    /// Every request to a service since the last [`Self::clear_requests`], oldest first.
    pub fn requests(&self) -> Vec<Recorded> {
        self.with(|world, _| world.requests.clone())
    }

    /// Forgets the requests so far; violations stay.
    pub fn clear_requests(&self) {
        self.with(|world, _| world.requests.clear());
    }

    /// What was sent that no client should send, oldest first.
    pub fn violations(&self) -> Vec<Violation> {
        self.with(|world, _| world.violations.clone())
    }

    /// Acts on the world at the practice time, alone.
    pub(crate) fn with<T>(&self, act: impl FnOnce(&mut World, DateTime<Utc>) -> T) -> T {
        let mut world = self.world.lock().unwrap_or_else(PoisonError::into_inner);
        act(&mut world, self.clock.now())
    }
}
