//! What a dialect answers to a call, before any fault touches it.

use serde_json::{Value, json};

/// A status, a JSON body, and whether the call changed anything.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub status: u16,
    pub body: Value,
    pub applied: bool,
}

impl Answer {
    /// 200 to a call that changed nothing.
    pub fn read(body: Value) -> Self {
        Self { status: 200, body, applied: false }
    }

    /// 200 to a call that changed something.
    pub fn applied(body: Value) -> Self {
        Self { status: 200, body, applied: true }
    }

    /// A refusal in the usual shape, `{"error": …}`.
    pub fn error(status: u16, error: &str) -> Self {
        Self::refused(status, json!({ "error": error }))
    }

    /// A refusal with a body of its own.
    pub fn refused(status: u16, body: Value) -> Self {
        Self { status, body, applied: false }
    }
}
