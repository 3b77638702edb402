//! The services as the demo sees them: an account that takes channels and posts.

use chrono::{DateTime, Utc};

use super::{Channel, SeededWorkspace, pictures};
use crate::family::{self, Handle, Plan, Vendor};
use crate::postato::{self, Postato};
use crate::posteverywhere::{self, PostEverywhere};

/// What has become of a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    Draft,
    Scheduled,
    Published,
    /// On all channels but the last.
    PartlyPublished,
    Failed,
}

/// An account to put posts into.
pub(super) trait Stage {
    fn add_channel(&self, channel: &Channel);

    /// Adds a post; at a service whose posts have one channel, one for each.
    fn add_post(&self, text: &str, fate: Fate, time: Option<DateTime<Utc>>, channels: &[&Channel]);
}

struct Family<'a, V> {
    service: &'a Handle<V>,
    key: &'static str,
    pictures: &'a str,
}

/// A user of PostPost or Publora on a Pro plan, whose pictures are below an address.
pub(super) fn family<'a, V: Vendor>(
    service: &'a Handle<V>,
    key: &'static str,
    pictures: &'a str,
) -> impl Stage + 'a {
    service.add_user(key, Plan::Pro);
    Family { service, key, pictures }
}

fn platform_id((platform, id, ..): &Channel) -> String {
    format!("{platform}-{id}")
}

impl<V> Stage for Family<'_, V> {
    fn add_channel(&self, channel: &Channel) {
        let (_, _, username, name) = channel;
        self.service.add_connection(self.key, &platform_id(channel), username, name);
    }

    fn add_post(&self, text: &str, fate: Fate, time: Option<DateTime<Utc>>, channels: &[&Channel]) {
        use family::PostStatus as Status;
        let networks: Vec<_> = channels.iter().map(|(platform, ..)| *platform).collect();
        let post = family::SeedPost {
            content: text.to_owned(),
            status: match fate {
                Fate::Draft => Status::Draft,
                Fate::Scheduled => Status::Scheduled,
                Fate::Published => Status::Published,
                Fate::PartlyPublished => Status::PartiallyPublished,
                Fate::Failed => Status::Failed,
            },
            scheduled_time: time,
            platforms: channels.iter().map(|channel| platform_id(channel)).collect(),
            media_urls: pictures::of(text, &networks, self.pictures),
        };
        self.service.add_post(self.key, post);
    }
}

struct Workspace<'a> {
    service: Postato,
    id: &'a str,
}

/// A workspace at Postato.
pub(super) fn postato<'a>(
    service: Postato,
    key: &str,
    workspace: &'a SeededWorkspace,
) -> impl Stage + 'a {
    service.add_key(key);
    service.add_workspace(key, workspace.id, workspace.name);
    Workspace { service, id: workspace.id }
}

impl Stage for Workspace<'_> {
    fn add_channel(&self, (platform, id, username, name): &Channel) {
        self.service.add_account(self.id, id, platform, username, name);
    }

    fn add_post(&self, text: &str, fate: Fate, time: Option<DateTime<Utc>>, channels: &[&Channel]) {
        use postato::PostStatus as Status;
        for (n, (_, account, ..)) in channels.iter().enumerate() {
            let is_last = n + 1 == channels.len();
            let post = postato::SeedPost {
                account_id: (*account).to_owned(),
                texts: vec![text.to_owned()],
                status: match fate {
                    Fate::Draft => Status::Draft,
                    Fate::Scheduled => Status::Scheduled,
                    Fate::PartlyPublished if is_last => Status::Failed,
                    Fate::Published | Fate::PartlyPublished => Status::Published,
                    Fate::Failed => Status::Failed,
                },
                scheduled_at: time,
                ..postato::SeedPost::default()
            };
            self.service.add_post(self.id, post);
        }
    }
}

struct Organisation {
    service: PostEverywhere,
    key: &'static str,
}

/// An organisation at PostEverywhere, whose accounts have numbers for ids and are called by their
/// user names.
pub(super) fn posteverywhere(service: PostEverywhere, key: &'static str) -> impl Stage {
    service.add_key(key);
    Organisation { service, key }
}

fn number((_, id, ..): &Channel) -> u64 {
    id.parse().unwrap_or_default()
}

impl Stage for Organisation {
    fn add_channel(&self, channel: &Channel) {
        let (platform, _, username, _) = channel;
        self.service.add_account(self.key, number(channel), platform, username);
    }

    fn add_post(&self, text: &str, fate: Fate, time: Option<DateTime<Utc>>, channels: &[&Channel]) {
        use posteverywhere::PostStatus as Status;
        let post = posteverywhere::SeedPost {
            content: text.to_owned(),
            status: match fate {
                Fate::Draft => Status::Draft,
                Fate::Scheduled => Status::Scheduled,
                Fate::Published => Status::Published,
                Fate::PartlyPublished => Status::PartiallyFailed,
                Fate::Failed => Status::Failed,
            },
            scheduled_for: time,
            account_ids: channels.iter().map(|channel| number(channel)).collect(),
            ..posteverywhere::SeedPost::default()
        };
        self.service.add_post(self.key, post);
    }
}
