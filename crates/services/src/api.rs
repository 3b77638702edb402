//! One account's way to its service: where its requests go, and the key that opens it.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use http::header::{ACCEPT, CONTENT_TYPE, HeaderName, HeaderValue};
use http::{Method, Request, Response};
use rundown_core::service::ServiceError;
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use url::Url;

use crate::transport::Transport;
use crate::wording::unsendable;

/// Makes a service's requests. What an answer means is left to the adapter.
pub struct Api {
    transport: Arc<dyn Transport>,
    base: Url,
    key: SecretString,
    key_header: HeaderName,
    /// What stands before the key in its header, such as `Bearer `.
    scheme: &'static str,
    /// What every request carries beside the key.
    headers: Vec<(HeaderName, String)>,
    requests_made: AtomicU64,
}

/// A request before it has its key.
pub struct Call {
    method: Method,
    url: Url,
    headers: Vec<(HeaderName, String)>,
    body: Option<Vec<u8>>,
}

impl Call {
    /// A request without a body.
    pub fn new(method: Method, url: Url) -> Self {
        Self { method, url, headers: Vec::new(), body: None }
    }

    /// The same with one more header.
    pub fn with_header(mut self, name: HeaderName, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// The same with a JSON body.
    ///
    /// # Errors
    /// The body cannot be written as JSON.
    pub fn with_json(mut self, body: &impl Serialize) -> Result<Self, ServiceError> {
        self.body = Some(serde_json::to_vec(body).map_err(unsendable)?);
        Ok(self)
    }

    /// The body as it will be sent; empty where there is none.
    pub fn body(&self) -> &[u8] {
        self.body.as_deref().unwrap_or_default()
    }

    /// Where it goes.
    pub fn url(&self) -> &Url {
        &self.url
    }
}

impl Api {
    /// Requests below `base`, with the key in a header of its own. Makes none.
    pub fn new(
        transport: Arc<dyn Transport>,
        base: Url,
        key_header: HeaderName,
        key: SecretString,
    ) -> Self {
        Self {
            transport,
            base,
            key,
            key_header,
            scheme: "",
            headers: Vec::new(),
            requests_made: AtomicU64::new(0),
        }
    }

    /// Requests below `base`, with the key as `Authorization: Bearer`. Makes none.
    pub fn with_bearer(transport: Arc<dyn Transport>, base: Url, key: SecretString) -> Self {
        let api = Self::new(transport, base, http::header::AUTHORIZATION, key);
        Self { scheme: "Bearer ", ..api }
    }

    /// The same with one more header on every request.
    pub fn with_header(mut self, name: HeaderName, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// An address below the base.
    pub fn url(&self, path: &[&str], query: &[(&str, &str)]) -> Url {
        let mut url = self.base.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(path);
        }
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        url
    }

    /// How many requests were sent, answered or not.
    pub fn requests_made(&self) -> u64 {
        self.requests_made.load(Ordering::Relaxed)
    }

    /// Sends a request once; answers whatever came back, with the key crossed out.
    ///
    /// # Errors
    /// There is no complete answer.
    pub async fn send(&self, call: Call) -> Result<Response<Vec<u8>>, ServiceError> {
        let key = format!("{}{}", self.scheme, self.key.expose_secret());
        let mut key = HeaderValue::from_str(&key).map_err(unsendable)?;
        key.set_sensitive(true);
        let mut request = Request::builder()
            .method(call.method)
            .uri(call.url.as_str())
            .header(ACCEPT, "application/json")
            .header(&self.key_header, key);
        for (name, value) in self.headers.iter().chain(&call.headers) {
            request = request.header(name, value);
        }
        if call.body.is_some() {
            request = request.header(CONTENT_TYPE, "application/json");
        }
        let request = request.body(call.body.unwrap_or_default()).map_err(unsendable)?;
        self.requests_made.fetch_add(1, Ordering::Relaxed);
        Ok(self.without_key(self.transport.send(request).await?))
    }

    /// An answer in which the key, should the service repeat it, is crossed out: sentences and posts
    /// are shown and stored.
    fn without_key(&self, mut response: Response<Vec<u8>>) -> Response<Vec<u8>> {
        let key = self.key.expose_secret();
        let text = String::from_utf8_lossy(response.body());
        // A shorter key, such as one for trying things out, could be part of any word.
        if key.len() >= 8 && text.contains(key) {
            *response.body_mut() = text.replace(key, "…").into_bytes();
        }
        response
    }
}

impl fmt::Debug for Api {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Api").field("base", &self.base.as_str()).finish_non_exhaustive()
    }
}
