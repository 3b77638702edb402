//! What an endpoint answers, and the envelope that every answer comes in.

use axum::http::HeaderName;
use axum::http::header::RETRY_AFTER;
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::state::State;
use crate::answer::Answer;
use crate::time;

/// What is answered to a call that was understood and allowed.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub status: u16,
    pub data: Value,
    pub applied: bool,
}

/// Why a call is refused. Nothing of it was applied.
#[derive(Debug)]
pub(crate) struct Refusal {
    status: u16,
    code: &'static str,
    message: String,
    headers: Vec<(HeaderName, String)>,
}

impl Outcome {
    /// 200 to a call that changed nothing.
    pub fn read(data: Value) -> Self {
        Self { status: 200, data, applied: false }
    }

    /// 200 to a call that changed something.
    pub fn applied(data: Value) -> Self {
        Self { status: 200, data, applied: true }
    }
}

impl Refusal {
    pub fn new(status: u16, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into(), headers: Vec::new() }
    }

    /// 400 for a field, a query parameter or a body that is not as documented.
    pub fn invalid(message: impl Into<String>) -> Self {
        Self::new(400, "validation_error", message)
    }

    pub fn not_found() -> Self {
        Self::new(404, "not_found", "Post not found.")
    }

    pub fn too_many(retry_after_secs: u64) -> Self {
        let refusal = Self::new(429, "rate_limited", "Rate limit exceeded.");
        Self { headers: vec![(RETRY_AFTER, retry_after_secs.to_string())], ..refusal }
    }

    /// The same with more headers.
    pub fn with_headers(mut self, headers: impl IntoIterator<Item = (HeaderName, String)>) -> Self {
        self.headers.extend(headers);
        self
    }

    /// Trying again may only help where the call itself was right.
    fn is_retryable(&self) -> bool {
        self.status == 429 || self.status >= 500
    }
}

impl State {
    /// Puts what is answered into the envelope.
    pub fn envelop(&self, outcome: Result<Outcome, Refusal>, now: DateTime<Utc>) -> Answer {
        let meta = json!({ "request_id": self.request_id(), "timestamp": time::text(now) });
        match outcome {
            Ok(Outcome { status, data, applied }) => {
                let body = json!({ "data": data, "error": null, "meta": meta });
                Answer { status, applied, ..Answer::read(body) }
            }
            Err(refusal) => {
                let error = json!({
                    "message": refusal.message,
                    "code": refusal.code,
                    "retryable": refusal.is_retryable(),
                });
                let body = json!({ "data": null, "error": error, "meta": meta });
                Answer { headers: refusal.headers, ..Answer::refused(refusal.status, body) }
            }
        }
    }

    /// Eight hexadecimal digits that do not look like a count.
    fn request_id(&self) -> String {
        format!("{:08x}", self.calls.wrapping_mul(0x9e37_79b1) & 0xffff_ffff)
    }
}
