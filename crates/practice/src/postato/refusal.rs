//! How Postato refuses: a code, a message, and what the code brings along.
//!
//! "Error Handling" gives the codes; where it names none, the word here is assumed. No page gives
//! the messages but one.

use axum::http::header::RETRY_AFTER;
use serde_json::{Map, Value, json};

use super::settings::{ErrorShape, WorkspaceRequired};
use crate::answer::Answer;

#[derive(Debug)]
pub(super) struct Refusal {
    status: u16,
    code: &'static str,
    message: String,
    /// Fields beside the code: `details`, `errors`, `available_workspaces`.
    more: Box<Map<String, Value>>,
    retry_after_secs: Option<u64>,
}

impl Refusal {
    pub fn new(status: u16, code: &'static str, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { status, code, message, more: Box::default(), retry_after_secs: None }
    }

    fn with(mut self, name: &str, value: Value) -> Self {
        self.more.insert(name.to_owned(), value);
        self
    }

    /// 400: what is wrong with the request, field by field.
    pub fn invalid(details: Map<String, Value>) -> Self {
        Self::new(400, "INVALID_REQUEST", "Body failed validation")
            .with("details", Value::Object(details))
    }

    /// 400: what is wrong with a single field.
    pub fn invalid_field(name: &str, sentence: &str) -> Self {
        Self::invalid(Map::from_iter([(name.to_owned(), json!([sentence]))]))
    }

    /// 422: the platform would not take the post.
    pub fn platform(platform: &str, sentence: &str) -> Self {
        Self::new(422, "VALIDATION_FAILED", "Post failed platform-specific rules").with(
            "errors",
            json!([{
                "field": "content",
                "message": sentence,
                "platform": platform,
                "code": "TEXT_TOO_LONG",
            }]),
        )
    }

    pub fn unauthorized() -> Self {
        Self::new(401, "unauthorized", "Missing or invalid API key")
    }

    pub fn workspace_required(required: WorkspaceRequired, available: &[String]) -> Self {
        let status = match required {
            WorkspaceRequired::BadRequest => 400,
            WorkspaceRequired::Forbidden => 403,
        };
        Self::new(status, "workspace_required", "Workspace ID is required")
            .with("available_workspaces", json!(available))
    }

    pub fn not_found() -> Self {
        Self::new(404, "not_found", "Not found")
    }

    pub fn conflict(message: String) -> Self {
        Self::new(409, "conflict", message)
    }

    pub fn too_many(retry_after_secs: u64) -> Self {
        let refusal = Self::new(429, "rate_limited", "Too many requests");
        Self { retry_after_secs: Some(retry_after_secs), ..refusal }
    }

    pub fn answer(self, shape: ErrorShape) -> Answer {
        let Self { status, code, message, mut more, retry_after_secs } = self;
        let body = match shape {
            ErrorShape::Guide => {
                more.insert("error".to_owned(), json!(code));
                more.insert("message".to_owned(), json!(message));
                Value::Object(*more)
            }
            ErrorShape::Reference => {
                more.insert("error".to_owned(), json!(code));
                Value::Object(*more)
            }
            ErrorShape::Nested => {
                more.insert("code".to_owned(), json!(code));
                more.insert("message".to_owned(), json!(message));
                json!({ "error": more })
            }
            ErrorShape::Message => json!({ "message": message }),
        };
        let answer = Answer::refused(status, body);
        match retry_after_secs {
            Some(seconds) => answer.with_header(RETRY_AFTER, seconds.to_string()),
            None => answer,
        }
    }
}
