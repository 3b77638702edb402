//! The record of requests, so that tests can say what was sent and how often.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value;

use crate::call::{Body, Call};

/// Headers whose value is a secret, in any service's dialect.
const SECRET: [&str; 3] = ["authorization", "x-api-key", "x-publora-key"];

/// One request to a service. Requests to `/control` are not recorded.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Recorded {
    /// When it arrived, by the practice clock.
    pub at: DateTime<Utc>,
    /// In capitals: `PUT`.
    pub method: String,
    /// The whole path, prefix included: `/postpost/api/v1/list-posts`.
    pub path: String,
    /// Decoded query parameters.
    pub query: BTreeMap<String, String>,
    /// Names in lower case; the value of a header with a key reads `[redacted]`.
    pub headers: BTreeMap<String, String>,
    /// Whether the key was there and known.
    pub key: KeySeen,
    /// The body: JSON, a string for what is not JSON, null for none.
    pub body: Value,
    /// The status answered; none while unanswered, and for a connection that was cut.
    pub status: Option<u16>,
    /// Whether the service took a change over, whatever it answered.
    pub applied: bool,
    #[serde(skip)]
    pub(crate) number: u64,
}

/// What is remembered of an API key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum KeySeen {
    /// There was none where it belongs.
    Missing,
    /// It is no account's key.
    Unknown,
    /// It is an account's key.
    Known,
}

impl Recorded {
    pub(crate) fn new(number: u64, at: DateTime<Utc>, call: &Call, key: KeySeen) -> Self {
        let headers = call.headers.iter().map(|(name, value)| {
            let value = if SECRET.contains(&name.as_str()) {
                "[redacted]".to_owned()
            } else {
                String::from_utf8_lossy(value.as_bytes()).into_owned()
            };
            (name.to_string(), value)
        });
        Self {
            at,
            method: call.method.clone(),
            path: call.path.clone(),
            query: call.query.clone(),
            headers: headers.collect(),
            key,
            body: match &call.body {
                Body::Empty => Value::Null,
                Body::Json(value) => value.clone(),
                Body::Text(text) => Value::String(text.clone()),
            },
            status: None,
            applied: false,
            number,
        }
    }
}
