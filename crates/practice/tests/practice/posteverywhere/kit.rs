//! A served practice server with one PostEverywhere key and three accounts.

use std::net::Ipv4Addr;

use chrono::{DateTime, Utc};
use rundown_practice::posteverywhere::{
    BASE, DestinationStatus, PostEverywhere, PostState, PostStatus, SeedPost, Settings,
};
use rundown_practice::{Clock, Practice, Running};
use serde_json::Value;

use crate::kit::{Answer, send, start, time};

pub const KEY: &str = "pe_live_0123456789abcdef0123456789abcdef";
pub const BEARER: &str = "Bearer pe_live_0123456789abcdef0123456789abcdef";
pub const INSTAGRAM: u64 = 2280;
pub const LINKEDIN: u64 = 2282;
pub const X: u64 = 2285;
pub const LATER: &str = r#"{"scheduled_for":"2026-03-15T14:00:00.000Z"}"#;
pub const PAUSE: &str = r#"{"status":"draft"}"#;
pub const RESUME: &str = r#"{"status":"scheduled","scheduled_for":"2026-03-15T14:00:00.000Z"}"#;

pub const JSON: [(&str, &str); 2] =
    [("content-type", "application/json"), ("authorization", BEARER)];

pub struct Bench {
    pub practice: Practice,
    pub clock: Clock,
    pub running: Running,
}

impl Bench {
    /// On Monday, 2 March 2026, at nine o'clock.
    pub async fn new() -> Self {
        Self::at(start()).await
    }

    pub async fn at(now: DateTime<Utc>) -> Self {
        let clock = Clock::manual(now);
        let practice = Practice::new(clock.clone());
        let posteverywhere = practice.posteverywhere();
        posteverywhere.add_key(KEY);
        posteverywhere.add_account(KEY, INSTAGRAM, "instagram", "@mybrand");
        posteverywhere.add_account(KEY, LINKEDIN, "linkedin", "My Brand");
        posteverywhere.add_account(KEY, X, "x", "@mybrand");
        let running = practice.serve((Ipv4Addr::LOCALHOST, 0).into()).await.unwrap();
        Self { practice, clock, running }
    }

    pub async fn with(change: impl FnOnce(&mut Settings)) -> Self {
        let bench = Self::new().await;
        bench.posteverywhere().set(change);
        bench
    }

    pub fn posteverywhere(&self) -> PostEverywhere {
        self.practice.posteverywhere()
    }

    pub fn post(&self, id: &str) -> PostState {
        self.posteverywhere().post(id).unwrap()
    }

    /// The own time of each destination.
    pub fn times(&self, id: &str) -> Vec<Option<DateTime<Utc>>> {
        self.post(id).destinations.iter().map(|destination| destination.scheduled_for).collect()
    }

    /// The status of each destination.
    pub fn statuses(&self, id: &str) -> Vec<DestinationStatus> {
        self.post(id).destinations.iter().map(|destination| destination.status).collect()
    }

    /// A scheduled post for Instagram and LinkedIn.
    pub fn scheduled(&self, at: &str) -> String {
        self.seed(PostStatus::Scheduled, Some(at))
    }

    pub fn seed(&self, status: PostStatus, at: Option<&str>) -> String {
        self.posteverywhere().add_post(KEY, seed(status, at))
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, &JSON[1..], "").await
    }

    pub async fn delete(&self, id: &str) -> Answer {
        self.send("DELETE", &format!("/posts/{id}"), &JSON[1..], "").await
    }

    pub async fn patch(&self, id: &str, body: &str) -> Answer {
        self.send("PATCH", &format!("/posts/{id}"), &JSON, body).await
    }

    pub async fn create(&self, body: &str) -> Answer {
        self.send("POST", "/posts", &JSON, body).await
    }

    pub async fn schedule(&self, id: &str, body: &str) -> Answer {
        self.send("POST", &format!("/posts/{id}/schedule"), &JSON, body).await
    }

    pub async fn retry(&self, id: &str, body: &str) -> Answer {
        self.send("POST", &format!("/posts/{id}/retry"), &JSON, body).await
    }

    /// Sends to a path below the base address.
    pub async fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Answer {
        send(self.running.addr, method, &format!("{BASE}{path}"), headers, body).await.unwrap()
    }

    /// The words of the only violations so far, as they are in JSON.
    pub fn kinds(&self) -> Vec<String> {
        let kinds = self.practice.violations().into_iter().map(|violation| {
            assert!(violation.sentence.ends_with('.'), "{}", violation.sentence);
            serde_json::to_value(violation.kind).unwrap().as_str().unwrap().to_owned()
        });
        kinds.collect()
    }
}

/// A post for Instagram and LinkedIn.
pub fn seed(status: PostStatus, at: Option<&str>) -> SeedPost {
    SeedPost {
        content: "Hello".to_owned(),
        status,
        scheduled_for: at.map(time),
        account_ids: vec![INSTAGRAM, LINKEDIN],
        ..SeedPost::default()
    }
}

/// What an answer of 200 or 201 has in its envelope.
#[track_caller]
pub fn data(answer: &Answer) -> Value {
    assert!(matches!(answer.status, 200 | 201), "{}: {}", answer.status, answer.text);
    let mut body = answer.json();
    assert_eq!(body["error"], Value::Null);
    body["data"].take()
}

/// Asserts that an answer is a refusal in the envelope.
#[track_caller]
pub fn refused(answer: &Answer, status: u16, code: &str, message: &str) {
    let body = answer.json();
    let error = &body["error"];
    assert_eq!((answer.status, &error["code"]), (status, &Value::from(code)), "{body}");
    assert_eq!((&error["message"], &body["data"]), (&Value::from(message), &Value::Null));
    assert_eq!(error["retryable"], status == 429 || status >= 500);
}
