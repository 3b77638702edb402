//! A served practice server with a Publora account.

use std::ops::Deref;

use rundown_practice::publora::{BASE, Generation, Plan, PostState, PostStatus, Publora, SeedPost};

use crate::kit::{self, Answer, KEY, LINKEDIN, TWITTER, send, time};

pub const KEY_HEADER: (&str, &str) = ("x-publora-key", KEY);
pub const JSON: (&str, &str) = ("content-type", "application/json");

/// The bench with one Pro user and two connections, at Publora, too.
pub struct Bench(kit::Bench);

impl Deref for Bench {
    type Target = kit::Bench;

    fn deref(&self) -> &kit::Bench {
        &self.0
    }
}

impl Bench {
    pub async fn new() -> Self {
        let bench = Self(kit::Bench::new().await);
        bench.publora().add_user(KEY, Plan::Pro);
        bench.publora().add_connection(KEY, TWITTER, "studio", "Studio");
        bench.publora().add_connection(KEY, LINKEDIN, "Studio", "Studio");
        bench
    }

    pub async fn of(generation: Generation) -> Self {
        let bench = Self::new().await;
        bench.publora().set_generation(generation);
        bench
    }

    pub fn publora(&self) -> Publora {
        self.practice.publora()
    }

    pub fn post(&self, id: &str) -> PostState {
        self.publora().post(id).unwrap()
    }

    /// A scheduled post on both platforms.
    pub fn scheduled(&self, at: &str) -> String {
        self.seed(PostStatus::Scheduled, Some(at))
    }

    pub fn seed(&self, status: PostStatus, at: Option<&str>) -> String {
        let post = SeedPost {
            content: "Hello".to_owned(),
            status,
            scheduled_time: at.map(time),
            platforms: vec![TWITTER.to_owned(), LINKEDIN.to_owned()],
            media_urls: Vec::new(),
        };
        self.publora().add_post(KEY, post)
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, &[KEY_HEADER], "").await
    }

    pub async fn delete(&self, id: &str) -> Answer {
        self.send("DELETE", &format!("/delete-post/{id}"), &[KEY_HEADER], "").await
    }

    pub async fn put(&self, id: &str, body: &str) -> Answer {
        self.send("PUT", &format!("/update-post/{id}"), &[KEY_HEADER, JSON], body).await
    }

    /// An update with an idempotency key.
    pub async fn put_once(&self, key: &str, id: &str, body: &str) -> Answer {
        let headers = [KEY_HEADER, JSON, ("idempotency-key", key)];
        self.send("PUT", &format!("/update-post/{id}"), &headers, body).await
    }

    pub async fn create(&self, body: &str) -> Answer {
        self.send("POST", "/create-post", &[KEY_HEADER, JSON], body).await
    }

    /// A creation with an idempotency key.
    pub async fn create_once(&self, key: &str, body: &str) -> Answer {
        let headers = [KEY_HEADER, JSON, ("idempotency-key", key)];
        self.send("POST", "/create-post", &headers, body).await
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
}

impl Answer {
    #[track_caller]
    pub fn coded(&self, status: u16, code: &str, error: &str) {
        self.refused(status, error);
        assert_eq!(self.json()["code"], code);
    }
}
