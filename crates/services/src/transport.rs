//! The `Transport` seam: one request in, one answer out; in the app it is reqwest.
//!
//! Nothing is sent twice here. reqwest's own retries are off, redirects are handed back unfollowed so
//! that a key never reaches another host, and HTTP/2 with its replayable refusals is not built in.
//! One repetition is left, inside hyper: a request whose pooled connection closed *before a byte of it
//! was written* goes out on a fresh one. That cannot be seen by the service, so it is harmless; idle
//! connections are dropped early all the same, to make it rare.

use std::error::Error;
use std::sync::OnceLock;
use std::time::Duration;

use async_trait::async_trait;
use http::{Request, Response};
use rundown_core::service::ServiceError;
use tokio::time::Instant;
use url::Host;

#[cfg(test)]
mod tests;

/// Carries one request to a service and its answer back.
#[async_trait]
pub trait Transport: Send + Sync {
    /// Sends a request once. Any HTTP status is an answer, a redirect too.
    ///
    /// # Errors
    /// [`TransportError`] where there is no complete answer.
    async fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError>;
}

/// Why there is no answer. The reasons are sentences without a full stop, and hold no header.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TransportError {
    /// No connection was made (name, connection, TLS): the service has seen nothing.
    #[error("nothing was sent: {reason}")]
    NotSent {
        /// What stood in the way.
        reason: String,
    },
    /// The connection broke, or time ran out, when the service may already have seen the request.
    #[error("no complete answer: {reason}")]
    Interrupted {
        /// What happened.
        reason: String,
    },
    /// The answer was longer than anyone would send.
    #[error("the answer is longer than {limit} bytes")]
    TooLarge {
        /// How many bytes are read at most.
        limit: usize,
    },
}

impl From<TransportError> for ServiceError {
    fn from(error: TransportError) -> Self {
        match error {
            TransportError::NotSent { reason } => Self::NotSent { reason },
            TransportError::Interrupted { reason } => Self::Interrupted { reason },
            TransportError::TooLarge { limit } => {
                Self::Unreadable { reason: format!("it is longer than {} MB", limit >> 20) }
            }
        }
    }
}

/// How long an exchange may take and how much may come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Until the connection stands, its TLS included.
    pub connect: Duration,
    /// Until the last byte of the answer has been read.
    pub total: Duration,
    /// Bytes of an answer's body.
    pub body: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { connect: Duration::from_secs(10), total: Duration::from_secs(30), body: 8 << 20 }
    }
}

/// Shorter than the five seconds after which a Node.js server closes an idle connection.
const IDLE: Duration = Duration::from_secs(4);

/// The network, over reqwest and rustls with the system's certificates.
#[derive(Debug, Default)]
pub struct HttpTransport {
    limits: Limits,
    /// Made for the first request: reading the system's certificates would hold up the start.
    clients: OnceLock<Clients>,
}

#[derive(Debug)]
struct Clients {
    /// Goes through the system's proxy, if there is one.
    outward: reqwest::Client,
    /// For this computer's own servers: a proxy would get their unencrypted requests, and the key.
    loopback: reqwest::Client,
}

impl HttpTransport {
    /// A transport with other limits than the app's.
    pub fn with_limits(limits: Limits) -> Self {
        Self { limits, clients: OnceLock::new() }
    }

    /// The clients; [`TransportError::NotSent`] where the system's certificates cannot be used.
    fn clients(&self) -> Result<&Clients, TransportError> {
        if let Some(clients) = self.clients.get() {
            return Ok(clients);
        }
        let build = |builder: reqwest::ClientBuilder| {
            builder.build().map_err(|error| {
                not_sent(format!("secure connections cannot be set up: {}", innermost(&error)))
            })
        };
        let clients = Clients {
            outward: build(builder(self.limits))?,
            loopback: build(builder(self.limits).no_proxy())?,
        };
        Ok(self.clients.get_or_init(|| clients))
    }

    async fn exchange(
        &self,
        request: Request<Vec<u8>>,
    ) -> Result<Response<Vec<u8>>, TransportError> {
        let request = reqwest::Request::try_from(request)
            .map_err(|_| not_sent("the server address cannot be used"))?;
        let host = request.url().host_str().unwrap_or_default().to_owned();
        let client = match (is_loopback(request.url().host()), request.url().scheme()) {
            (true, _) => &self.clients()?.loopback,
            (false, "https") => &self.clients()?.outward,
            (false, _) => {
                return Err(not_sent(format!("{host} is not on this computer and not https")));
            }
        };
        let explain = |error: reqwest::Error| self.explain(&error, &host);
        let mut response = client.execute(request).await.map_err(explain)?;
        let too_large = TransportError::TooLarge { limit: self.limits.body };
        if response.content_length().is_some_and(|length| length > self.limits.body as u64) {
            return Err(too_large);
        }
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(explain)? {
            if body.len() + chunk.len() > self.limits.body {
                return Err(too_large);
            }
            body.extend_from_slice(&chunk);
        }
        let mut answer = Response::new(body);
        *answer.status_mut() = response.status();
        std::mem::swap(answer.headers_mut(), response.headers_mut());
        Ok(answer)
    }

    fn explain(&self, error: &reqwest::Error, host: &str) -> TransportError {
        if error.is_builder() {
            return not_sent("the request cannot be written as HTTP");
        }
        if error.is_connect() {
            return not_sent(if error.is_dns() {
                format!("the name {host} could not be looked up")
            } else if error.is_timeout() {
                format!("{host} did not answer within {} s", self.limits.connect.as_secs())
            } else {
                format!("{host} could not be reached ({})", innermost(error))
            });
        }
        TransportError::Interrupted {
            reason: if error.is_timeout() {
                format!("{host} took longer than {} s", self.limits.total.as_secs())
            } else {
                format!("the connection to {host} broke ({})", innermost(error))
            },
        }
    }
}

#[async_trait]
impl Transport for HttpTransport {
    async fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
        // The query, the headers and the bodies stay out of the log.
        let (method, path) = (request.method().clone(), request.uri().path().to_owned());
        let begun = Instant::now();
        let outcome = self.exchange(request).await;
        let took = begun.elapsed();
        match &outcome {
            Ok(answer) => {
                tracing::debug!(%method, path, status = answer.status().as_u16(), ?took, "answered");
            }
            Err(error) => tracing::debug!(%method, path, %error, ?took, "not answered"),
        }
        outcome
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the one place that builds clients")]
fn builder(limits: Limits) -> reqwest::ClientBuilder {
    reqwest::Client::builder()
        .user_agent(concat!("Rundown/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(limits.connect)
        .timeout(limits.total)
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        .retry(reqwest::retry::never())
        .pool_idle_timeout(IDLE)
}

pub(crate) fn is_loopback(host: Option<Host<&str>>) -> bool {
    match host {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

fn not_sent(reason: impl Into<String>) -> TransportError {
    TransportError::NotSent { reason: reason.into() }
}

/// The cause at the bottom, which names the trouble; those above it name layers and addresses.
fn innermost(error: &reqwest::Error) -> String {
    let mut cause: &dyn Error = error;
    while let Some(below) = cause.source() {
        cause = below;
    }
    cause.to_string()
}
