//! What the tests of every adapter are made of: a transport that answers from a list and keeps what
//! it was asked, and the answers.

use std::collections::VecDeque;
use std::sync::Mutex;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use http::{Request, Response};
use rundown_core::model::IdempotencyKey;
use serde_json::Value;

use crate::transport::{Transport, TransportError};

#[derive(Default)]
pub struct Scripted {
    answers: Mutex<VecDeque<Response<Vec<u8>>>>,
    requests: Mutex<Vec<Request<Vec<u8>>>>,
}

impl Scripted {
    pub fn new(answers: impl IntoIterator<Item = Response<Vec<u8>>>) -> Self {
        let answers = Mutex::new(answers.into_iter().collect());
        Self { answers, ..Self::default() }
    }

    /// `PUT /update-post/507f… {"status":"draft"}` for each request, without the base.
    pub fn asked(&self) -> Vec<String> {
        let requests = self.requests.lock().unwrap();
        let line = |request: &Request<Vec<u8>>| {
            let target = request.uri().path_and_query().unwrap().as_str();
            let target = target.trim_start_matches("/api/v1");
            let body = String::from_utf8(request.body().clone()).unwrap();
            format!("{} {target} {body}", request.method()).trim_end().to_owned()
        };
        requests.iter().map(line).collect()
    }

    pub fn requests(&self) -> Vec<Request<Vec<u8>>> {
        self.requests.lock().unwrap().clone()
    }
}

#[async_trait]
impl Transport for Scripted {
    async fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, TransportError> {
        self.requests.lock().unwrap().push(request);
        let answer = self.answers.lock().unwrap().pop_front();
        answer.ok_or_else(|| TransportError::NotSent { reason: "the script has ended".to_owned() })
    }
}

pub fn ok(body: &Value) -> Response<Vec<u8>> {
    json(200, body)
}

pub fn json(status: u16, body: &Value) -> Response<Vec<u8>> {
    text(status, "application/json; charset=utf-8", &body.to_string())
}

pub fn text(status: u16, kind: &str, body: &str) -> Response<Vec<u8>> {
    Response::builder()
        .status(status)
        .header("content-type", kind)
        .header("date", "Tue, 10 Mar 2026 09:00:00 GMT")
        .body(body.as_bytes().to_vec())
        .unwrap()
}

pub fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// A key that no other edit has.
pub fn key() -> IdempotencyKey {
    IdempotencyKey::generate()
}

/// Texts that something on the way could change: none may.
pub fn texts() -> Vec<String> {
    let odd = [
        "Hello",
        "👩‍👩‍👧‍👦 🇧🇷 👍🏽 é e\u{301}",
        "\u{202b}שלום, עולם\u{202c} مرحبا",
        "<b>bold</b> &amp; <script>alert('\"')</script>",
        " two spaces  at each end  \r\n\ttab\n\nnew \\ paragraph\u{2028}",
        "{\"content\": null}",
    ];
    // As long as any network takes (Facebook).
    let long = "ü".repeat(63_206);
    odd.map(str::to_owned).into_iter().chain([long]).collect()
}

/// A payload of a service's documents by its name.
pub fn fixture(fixtures: &[(&str, &str)], name: &str) -> Value {
    let found = fixtures.iter().find(|(known, _)| *known == name);
    let (_, text) = found.unwrap_or_else(|| panic!("no fixture {name}"));
    serde_json::from_str(text).unwrap()
}
