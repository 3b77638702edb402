//! One request as the services' dialects see it: read whole, with its body parsed.

use std::collections::BTreeMap;

use axum::extract::Query;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use serde_json::Value;

/// A request to one of the services.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub method: String,
    pub path: String,
    /// Decoded; of a repeated name the last value counts.
    pub query: BTreeMap<String, String>,
    pub headers: HeaderMap,
    pub body: Body,
}

/// What a request carried.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Body {
    Empty,
    Json(Value),
    /// Neither empty nor JSON.
    Text(String),
}

impl Call {
    pub fn new(parts: Parts, bytes: &[u8]) -> Self {
        let query = Query::<Vec<(String, String)>>::try_from_uri(&parts.uri)
            .map(|Query(pairs)| pairs.into_iter().collect())
            .unwrap_or_default();
        let body = if bytes.is_empty() {
            Body::Empty
        } else {
            serde_json::from_slice(bytes)
                .map(Body::Json)
                .unwrap_or_else(|_| Body::Text(String::from_utf8_lossy(bytes).into_owned()))
        };
        Self {
            method: parts.method.to_string(),
            path: parts.uri.path().to_owned(),
            query,
            headers: parts.headers,
            body,
        }
    }

    /// A header's value, when it is there and is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// What is sent as a bearer's key.
    pub fn bearer(&self) -> Option<&str> {
        self.header("authorization")?.strip_prefix("Bearer ")
    }

    /// Whether the body is declared as `application/json`, with or without parameters.
    pub fn is_declared_json(&self) -> bool {
        self.header("content-type")
            .and_then(|value| value.split(';').next())
            .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
    }
}
