//! A served practice server with a manual clock, and an HTTP client that sees connections break.

use std::collections::BTreeMap;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use chrono::{DateTime, TimeZone, Utc};
use rundown_practice::postpost::{Plan, PostPost, PostState, PostStatus, SeedPost};
use rundown_practice::{Clock, Practice, Running};
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

pub const KEY: &str = "sk_test.0123456789abcdef";
pub const TWITTER: &str = "twitter-123456789";
pub const LINKEDIN: &str = "linkedin-Tz9W5i6ZYG";

/// Monday, 2 March 2026, nine o'clock, when the documents' dates are still ahead.
pub fn start() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, 2, 9, 0, 0).unwrap()
}

pub fn time(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// A practice server with one Pro user and two connections.
pub struct Bench {
    pub practice: Practice,
    pub clock: Clock,
    pub running: Running,
}

impl Bench {
    pub async fn new() -> Self {
        let clock = Clock::manual(start());
        let practice = Practice::new(clock.clone());
        practice.postpost().add_user(KEY, Plan::Pro);
        practice.postpost().add_connection(KEY, TWITTER, "studio", "Studio");
        practice.postpost().add_connection(KEY, LINKEDIN, "Studio", "Studio");
        let running = practice.serve((Ipv4Addr::LOCALHOST, 0).into()).await.unwrap();
        Self { practice, clock, running }
    }

    pub fn postpost(&self) -> PostPost {
        self.practice.postpost()
    }

    pub fn post(&self, id: &str) -> PostState {
        self.postpost().post(id).unwrap()
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
        self.postpost().add_post(KEY, post)
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.try_send("GET", path, &[("x-api-key", KEY)], "").await.unwrap()
    }

    pub async fn delete(&self, id: &str) -> Answer {
        let path = format!("/delete-post/{id}");
        self.try_send("DELETE", &path, &[("x-api-key", KEY)], "").await.unwrap()
    }

    pub async fn put(&self, id: &str, body: &str) -> Answer {
        self.try_put(id, body).await.unwrap()
    }

    pub async fn try_put(&self, id: &str, body: &str) -> io::Result<Answer> {
        self.try_send("PUT", &format!("/update-post/{id}"), &JSON, body).await
    }

    pub async fn create(&self, body: &str) -> Answer {
        self.try_send("POST", "/create-post", &JSON, body).await.unwrap()
    }

    /// Sends to a path below the base address.
    pub async fn try_send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> io::Result<Answer> {
        send(self.running.addr, method, &format!("/postpost/api/v1{path}"), headers, body).await
    }

    pub async fn control(&self, method: &str, path: &str, body: &str) -> Answer {
        let path = format!("/control{path}");
        let json = [("content-type", "application/json")];
        send(self.running.addr, method, &path, &json, body).await.unwrap()
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

pub const JSON: [(&str, &str); 2] = [("content-type", "application/json"), ("x-api-key", KEY)];

#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: BTreeMap<String, String>,
    pub text: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }

    #[track_caller]
    pub fn refused(&self, status: u16, error: &str) {
        assert_eq!((self.status, &self.json()["error"]), (status, &Value::from(error)));
    }
}

/// One request on a connection of its own, with an answer of known length.
pub async fn send(
    addr: SocketAddr,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> io::Result<Answer> {
    let mut stream = write(addr, method, path, headers, body).await?;
    let mut bytes = Vec::new();
    timeout(Duration::from_secs(20), stream.read_to_end(&mut bytes)).await??;
    // A picture is no text; its head is.
    let text = String::from_utf8_lossy(&bytes);
    let (head, body) = text.split_once("\r\n\r\n").ok_or(io::ErrorKind::UnexpectedEof)?;
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split(' ').nth(1)).unwrap();
    let headers = lines.filter_map(|line| line.split_once(": "));
    Ok(Answer {
        status: status.parse().unwrap(),
        headers: headers.map(|(name, value)| (name.to_lowercase(), value.to_owned())).collect(),
        text: body.to_owned(),
    })
}

/// Sends a request and leaves the answer to the caller.
pub async fn write(
    addr: SocketAddr,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> io::Result<TcpStream> {
    let mut stream = TcpStream::connect(addr).await?;
    let mut request = format!("{method} {path} HTTP/1.1\r\nhost: {addr}\r\nconnection: close\r\n");
    for (name, value) in headers {
        request += &format!("{name}: {value}\r\n");
    }
    if !body.is_empty() {
        request += &format!("content-length: {}\r\n", body.len());
    }
    request += &format!("\r\n{body}");
    stream.write_all(request.as_bytes()).await?;
    Ok(stream)
}
