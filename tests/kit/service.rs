//! The service at the other end: the practice server's PostPost with one account, in this process.

use std::{
    net::{Ipv4Addr, SocketAddr},
    time::Duration,
};

use chrono::{DateTime, TimeDelta, Utc};
use rundown_practice::{
    Clock, Practice, Recorded, Running,
    postpost::{self, Plan, PostStatus, SeedPost},
};

use crate::{PATIENCE, Result, until};

/// The account's key. It is told from everything else that the app could write.
pub const API_KEY: &str = "sk_m3v7x2.9f8e7d6c5b4a39281706f5e4d3c2b1a0";

/// The account's channels.
const CHANNELS: [(&str, &str, &str); 2] =
    [("linkedin-Tz9W5i6ZYG", "studio", "Studio"), ("twitter-123456789", "studio", "Studio on X")];

/// PostPost with one account, which can go down and come back at the same address.
#[derive(Debug)]
pub struct Service {
    /// The world behind the address.
    pub practice: Practice,
    address: SocketAddr,
    running: Option<Running>,
    base_url: String,
}

impl Service {
    /// Serves an account without posts.
    ///
    /// # Errors
    /// There is no port to be had.
    pub async fn start() -> Result<Self> {
        let practice = Practice::new(Clock::system());
        add_account(&practice, API_KEY);
        let running = practice.serve(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await?;
        let (address, base_url) = (running.addr, running.url(postpost::BASE));
        Ok(Self { practice, address, running: Some(running), base_url })
    }

    /// What belongs into the field “Server address”.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// The address of another service's path.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// The time that both sides go by, in whole minutes.
    pub fn this_minute(&self) -> DateTime<Utc> {
        let now = self.practice.clock().now();
        now - TimeDelta::nanoseconds(now.timestamp_nanos_opt().unwrap_or_default() % 60_000_000_000)
    }

    /// Adds a scheduled post on the first channel; answers its id.
    pub fn add_scheduled(&self, content: &str, time: DateTime<Utc>) -> String {
        self.add(content, PostStatus::Scheduled, Some(time))
    }

    /// Adds a draft without a time on the first channel; answers its id.
    pub fn add_draft(&self, content: &str) -> String {
        self.add(content, PostStatus::Draft, None)
    }

    fn add(
        &self,
        content: &str,
        status: PostStatus,
        scheduled_time: Option<DateTime<Utc>>,
    ) -> String {
        let post = SeedPost {
            content: content.to_owned(),
            status,
            scheduled_time,
            platforms: vec![CHANNELS[0].0.to_owned()],
            media_urls: Vec::new(),
        };
        self.practice.postpost().add_post(API_KEY, post)
    }

    /// Revokes the account's key and gives it another one, with the same channels and posts.
    pub fn rotate_key(&self, new: &str) {
        let postpost = self.practice.postpost();
        postpost.remove_user(API_KEY);
        add_account(&self.practice, new);
        for post in postpost.posts() {
            let same = SeedPost {
                content: post.content,
                status: post.status,
                scheduled_time: post.scheduled_time,
                platforms: post.platforms.into_iter().map(|part| part.platform_id).collect(),
                media_urls: post.media_urls,
            };
            postpost.add_post_with_id(new, &post.id, same);
        }
    }

    /// Stops answering: connections are refused from now on.
    pub async fn go_down(&mut self) {
        if let Some(running) = self.running.take() {
            running.stop().await;
        }
    }

    /// Answers again, at the same address and with the same posts.
    ///
    /// # Errors
    /// Someone else took the address meanwhile.
    pub async fn come_back(&mut self) -> Result {
        self.running = Some(self.practice.serve(self.address).await?);
        Ok(())
    }

    /// Every request so far that could change something, oldest first.
    pub fn writes(&self) -> Vec<Recorded> {
        let all = self.practice.requests();
        all.into_iter().filter(|request| request.method != "GET").collect()
    }

    /// Waits for the `count`-th write and answers it.
    ///
    /// # Errors
    /// There are fewer in time.
    pub async fn write(&self, count: usize) -> Result<Recorded> {
        self.write_within(count, PATIENCE).await
    }

    /// The same, with another patience.
    ///
    /// # Errors
    /// There are fewer in time.
    pub async fn write_within(&self, count: usize, patience: Duration) -> Result<Recorded> {
        until(format!("write number {count} at the service"), patience, async || {
            Ok(self.writes().into_iter().nth(count - 1).filter(|write| write.status.is_some()))
        })
        .await
    }
}

fn add_account(practice: &Practice, key: &str) {
    let postpost = practice.postpost();
    postpost.add_user(key, Plan::Premium);
    for (id, username, name) in CHANNELS {
        postpost.add_connection(key, id, username, name);
    }
}
