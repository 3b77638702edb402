//! Channels: the social accounts behind an account. Each is a lane of the timeline.

use super::{AccountId, ChannelId, RemoteId};

/// One social account, such as LinkedIn "Studio".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Channel {
    /// Our id.
    pub id: ChannelId,
    /// The account it belongs to.
    pub account: AccountId,
    /// The service's id of the connection.
    pub remote: RemoteId,
    /// The network's bare name in lower case, such as `linkedin`.
    pub network: String,
    /// What people call it.
    pub name: String,
    /// The handle, without `@`, where it differs from the name.
    pub handle: Option<String>,
    /// What is wrong with the connection at the service, such as an expired token.
    pub problem: Option<String>,
    /// Whether the user has taken its lane off the timeline. Its posts go out, and are announced,
    /// all the same.
    pub hidden: bool,
}

impl Channel {
    /// The network and the name together, such as “LinkedIn Studio” or “X @studio”.
    pub fn title(&self) -> String {
        let network = network_name(&self.network);
        match &self.handle {
            Some(handle) => format!("{network} @{handle}"),
            None => format!("{network} {}", self.name),
        }
    }
}

/// A network's name as it writes itself.
fn network_name(network: &str) -> &str {
    match network {
        "twitter" | "x" => "X",
        "linkedin" => "LinkedIn",
        "bluesky" => "Bluesky",
        "mastodon" => "Mastodon",
        "instagram" => "Instagram",
        "threads" => "Threads",
        "facebook" => "Facebook",
        "tiktok" => "TikTok",
        "youtube" => "YouTube",
        "telegram" => "Telegram",
        "pinterest" => "Pinterest",
        "reddit" => "Reddit",
        other => other,
    }
}
