//! The `Transport` seam without a network: a router called in the process.

use async_trait::async_trait;
use axum::Router;
use axum::body::{Body, to_bytes};
use http::{Request, Response};
use rundown_practice::Cut;
use rundown_services::{Limits, Transport, TransportError};
use tower::ServiceExt;

/// Sends each request straight into a router, such as the practice server's. The host of its
/// address does not matter. It waits on tokio's clock, so that a test may pause it.
#[derive(Clone, Debug)]
pub struct RouterTransport {
    router: Router,
    limits: Limits,
}

impl RouterTransport {
    /// A transport into `router`; of the limits, `connect` has no meaning here.
    pub fn new(router: Router, limits: Limits) -> Self {
        Self { router, limits }
    }

    async fn exchange(
        &self,
        request: Request<Vec<u8>>,
    ) -> Result<Response<Vec<u8>>, TransportError> {
        let request = request.map(Body::from);
        let answer = match self.router.clone().oneshot(request).await {
            Ok(answer) => answer,
            Err(never) => match never {},
        };
        if answer.extensions().get::<Cut>().is_some() {
            let reason = "the connection was cut on order".to_owned();
            return Err(TransportError::Interrupted { reason });
        }
        let (head, body) = answer.into_parts();
        // A body made in the process does not break, so that being too long is all that can fail.
        let body = to_bytes(body, self.limits.body).await;
        let body = body.map_err(|_| TransportError::TooLarge { limit: self.limits.body })?;
        Ok(Response::from_parts(head, body.into()))
    }
}

#[async_trait]
impl Transport for RouterTransport {
    async fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
        let exchange = tokio::time::timeout(self.limits.total, self.exchange(request));
        exchange.await.unwrap_or_else(|_| {
            let reason = format!("it took longer than {} s", self.limits.total.as_secs());
            Err(TransportError::Interrupted { reason })
        })
    }
}
