//! Serving over TCP, with connections that can be cut: one on order, all of them at a stop.

use std::future::pending;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::{Extension, Router};
use chrono::Timelike;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, oneshot};
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::{MissedTickBehavior, interval, sleep};

use crate::practice::Practice;

/// How often the scheduler looks whether a minute has begun. The practice clock may be moved at any
/// time, so sleeping for a computed while would miss it.
const LOOK: Duration = Duration::from_millis(250);

/// A server that is listening. Dropping it stops it, too.
#[derive(Debug)]
pub struct Running {
    /// Where it listens, with the real port.
    pub addr: SocketAddr,
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

impl Running {
    /// The address of a path, such as [`crate::postpost::BASE`] or `/control`.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.addr)
    }

    /// Stops listening and breaks every connection at once, answered or not. When it returns, the
    /// port refuses connections and may be served again.
    pub async fn stop(self) {
        drop(self.stop);
        if let Err(error) = self.task.await {
            tracing::error!(%error, "the practice server ended badly");
        }
    }
}

/// Breaks the connection that a request came over.
#[derive(Clone, Debug, Default)]
pub(crate) struct Hangup(Arc<Notify>);

impl Hangup {
    /// Never returns: the connection, and with it the caller, is dropped.
    pub async fn now<T>(&self) -> T {
        self.0.notify_one();
        pending().await
    }
}

pub(crate) async fn serve(practice: Practice, addr: SocketAddr) -> io::Result<Running> {
    if !addr.ip().is_loopback() {
        let reason = "the practice server listens on loopback addresses only";
        return Err(io::Error::new(io::ErrorKind::InvalidInput, reason));
    }
    // tokio sets SO_REUSEADDR here, so that connections in TIME_WAIT do not hold the port.
    let listener = TcpListener::bind(addr).await?;
    let addr = listener.local_addr()?;
    let (stop, stopped) = oneshot::channel();
    let task = tokio::spawn(async move {
        let mut connections = JoinSet::new();
        let router = practice.router();
        tokio::select! {
            _ = stopped => {}
            () = accept(listener, &router, &mut connections) => {}
            () = schedule(&practice) => {}
        }
        connections.shutdown().await;
    });
    Ok(Running { addr, stop, task })
}

async fn accept(listener: TcpListener, router: &Router, connections: &mut JoinSet<()>) {
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    connections.spawn(converse(stream, router.clone()));
                }
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    sleep(LOOK).await;
                }
            },
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn converse(stream: TcpStream, router: Router) {
    let hangup = Hangup::default();
    let router = router.layer(Extension(hangup.clone()));
    let conversation = http1::Builder::new()
        .timer(TokioTimer::new())
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router));
    tokio::select! {
        ended = conversation => if let Err(error) = ended {
            tracing::debug!(%error, "a connection broke");
        },
        () = hangup.0.notified() => {}
    }
}

/// Publishes at the start of every minute of the practice clock, and once at the beginning.
async fn schedule(practice: &Practice) {
    if practice.clock().is_manual() {
        return pending().await;
    }
    let mut look = interval(LOOK);
    look.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut done = None;
    loop {
        look.tick().await;
        let now = practice.clock().now();
        let minute = now.with_second(0).and_then(|now| now.with_nanosecond(0));
        if done == minute {
            practice.settle();
        } else {
            practice.tick();
            done = minute;
        }
    }
}
