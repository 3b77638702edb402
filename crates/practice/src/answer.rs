//! What a dialect answers to a call, before any fault touches it.

use axum::http::HeaderName;
use serde_json::{Value, json};

/// A status, headers of its own, a JSON body, and whether the call changed anything.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub status: u16,
    pub headers: Vec<(HeaderName, String)>,
    pub body: Value,
    pub applied: bool,
}

impl Answer {
    /// 200 to a call that changed nothing.
    pub fn read(body: Value) -> Self {
        Self { applied: false, ..Self::applied(body) }
    }

    /// 200 to a call that changed something.
    pub fn applied(body: Value) -> Self {
        Self { status: 200, headers: Vec::new(), body, applied: true }
    }

    /// A refusal in the usual shape, `{"error": …}`.
    pub fn error(status: u16, error: &str) -> Self {
        Self::refused(status, json!({ "error": error }))
    }

    /// A refusal with a code beside its sentence.
    pub fn coded(status: u16, code: &str, error: &str) -> Self {
        Self::refused(status, json!({ "error": error, "code": code }))
    }

    /// A refusal with a body of its own.
    pub fn refused(status: u16, body: Value) -> Self {
        Self { status, ..Self::read(body) }
    }

    /// The same with one more header.
    pub fn with_header(mut self, name: HeaderName, value: String) -> Self {
        self.headers.push((name, value));
        self
    }
}
