//! A served practice server with a Postato key, two workspaces, and the first one's accounts.

use std::io;
use std::net::Ipv4Addr;

use rundown_practice::postato::{PostState, PostStatus, Postato, SeedPost, Settings};
use rundown_practice::{Clock, Practice, Running};
use serde_json::{Value, json};

use crate::kit::send;
pub use crate::kit::{Answer, start, time};

pub const KEY: &str = "smcp_3f1a2b4c5d6e7f8091a2b3c4d5e6f7081a2b3c4d5e6f7089abcdef0123456789";
pub const BEARER: (&str, &str) = (
    "authorization",
    "Bearer smcp_3f1a2b4c5d6e7f8091a2b3c4d5e6f7081a2b3c4d5e6f7089abcdef0123456789",
);
pub const JSON: (&str, &str) = ("content-type", "application/json");
pub const ONCE: (&str, &str) = ("idempotency-key", "8f2a4b1c-7d9e-4c3b-9a1f-5e6d8c7b4a3f");

pub const WORKSPACE: &str = "wks_01HV7Y3M8Q2K4N6P8R0T2V4X6Z";
pub const OTHER_WORKSPACE: &str = "wks_01HV7Y3M8Q2K4N6P8R0T2V4X70";
pub const TWITTER: &str = "acc_01HV7Y4A1B3C5D7E9F1G3H5J7K";
pub const INSTAGRAM: &str = "acc_01HV7Y4A1B3C5D7E9F1G3H5J7M";
/// An id that is no post's.
pub const NOBODY: &str = "pst_01HV7Y5B2C4D6E8F0G2H4J6K8M";

pub const LATER: &str = r#"{"scheduledAt":"2026-03-15T14:00:00Z"}"#;
pub const PAUSE: &str = r#"{"status":"draft"}"#;
pub const RESUME: &str = r#"{"status":"scheduled","scheduledAt":"2026-03-15T14:00:00Z"}"#;
pub const PUBLISH: &str = r#"{"status":"publish"}"#;
pub const CANCEL: &str = r#"{"status":"cancelled"}"#;

pub struct Bench {
    pub practice: Practice,
    pub clock: Clock,
    pub running: Running,
}

impl Bench {
    pub async fn new() -> Self {
        Self::reading(Settings::default()).await
    }

    pub async fn reading(settings: Settings) -> Self {
        let clock = Clock::manual(start());
        let practice = Practice::new(clock.clone());
        let postato = practice.postato();
        postato.set_settings(settings);
        postato.add_key(KEY);
        postato.add_workspace(KEY, WORKSPACE, "Main Brand");
        postato.add_workspace(KEY, OTHER_WORKSPACE, "Consumer Products");
        postato.add_account(WORKSPACE, TWITTER, "twitter", "@studio", "Studio");
        postato.add_account(WORKSPACE, INSTAGRAM, "instagram", "studio", "");
        let running = practice.serve((Ipv4Addr::LOCALHOST, 0).into()).await.unwrap();
        Self { practice, clock, running }
    }

    pub fn postato(&self) -> Postato {
        self.practice.postato()
    }

    pub fn post(&self, id: &str) -> PostState {
        self.postato().post(id).unwrap()
    }

    pub fn status(&self, id: &str) -> PostStatus {
        self.post(id).status
    }

    pub fn scheduled(&self, at: &str) -> String {
        self.seed(PostStatus::Scheduled, Some(at))
    }

    pub fn seed(&self, status: PostStatus, at: Option<&str>) -> String {
        let post = SeedPost { status, scheduled_at: at.map(time), ..tweet("Hello") };
        self.postato().add_post(WORKSPACE, post)
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.try_send("GET", &within(path), &[BEARER], "").await.unwrap()
    }

    pub async fn delete(&self, id: &str) -> Answer {
        self.try_send("DELETE", &within(&format!("/posts/{id}")), &[BEARER], "").await.unwrap()
    }

    pub async fn patch(&self, id: &str, body: &str) -> Answer {
        self.try_patch(id, body).await.unwrap()
    }

    pub async fn try_patch(&self, id: &str, body: &str) -> io::Result<Answer> {
        self.try_send("PATCH", &within(&format!("/posts/{id}")), &[BEARER, JSON], body).await
    }

    pub async fn create(&self, body: &Value, idempotency_key: &str) -> Answer {
        let headers = [BEARER, JSON, ("idempotency-key", idempotency_key)];
        self.try_send("POST", &within("/posts"), &headers, &body.to_string()).await.unwrap()
    }

    /// Sends to a path below the base address.
    pub async fn try_send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> io::Result<Answer> {
        send(self.running.addr, method, &format!("/postato{path}"), headers, body).await
    }

    pub async fn control(&self, method: &str, path: &str, body: &Value) -> Answer {
        let path = format!("/control/postato{path}");
        send(self.running.addr, method, &path, &[JSON], &body.to_string()).await.unwrap()
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

/// A path within the first workspace.
pub fn within(path: &str) -> String {
    format!("/v1/workspaces/{WORKSPACE}{path}")
}

pub fn tweet(text: &str) -> SeedPost {
    SeedPost { account_id: TWITTER.to_owned(), texts: vec![text.to_owned()], ..SeedPost::default() }
}

/// The body of a creation as a scheduled tweet, with some fields replaced.
pub fn creation(replace: Value) -> Value {
    let mut body = json!({
        "platform": "twitter",
        "accountId": TWITTER,
        "status": "scheduled",
        "postType": "tweet",
        "content": "Launch day.",
        "scheduledAt": "2026-04-20T14:00:00Z",
    });
    for (name, value) in replace.as_object().unwrap() {
        body[name] = value.clone();
    }
    body
}

pub fn ids(answer: &Answer) -> Vec<String> {
    let items = answer.json()["items"].as_array().unwrap().clone();
    items.iter().map(|post| post["id"].as_str().unwrap().to_owned()).collect()
}
