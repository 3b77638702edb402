//! The app as a whole: status, preferences, quitting and what is told as it happens.

use chrono::Local;
use rundown_core::model::{Aim, Desired, Post};
use rundown_core::{Loss, Lost};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::rfc3339;

/// The next post to go out, by its confirmed time.
#[derive(Serialize, Type)]
#[expect(missing_docs, reason = "as in rundown_core::NextPost")]
pub struct NextPost {
    pub post: String,
    pub channel: String,
    pub time: String,
}

impl From<rundown_core::NextPost> for NextPost {
    fn from(post: rundown_core::NextPost) -> Self {
        Self { post: post.post.to_string(), channel: post.channels, time: rfc3339(post.time) }
    }
}

/// What the status bar and the banners show.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StatusView {
    /// Whether any service could be reached; true where none is connected.
    pub online: bool,
    /// How many changes the services have not confirmed yet.
    pub waiting: u32,
    /// The next post to go out.
    pub next: Option<NextPost>,
    /// The posts that the user is to publish by hand now, the one due longest first; at most 20.
    pub due: Vec<NextPost>,
    /// Our clock.
    pub now: String,
    /// Whether keys can be kept.
    pub keychain: KeychainWord,
    /// What is wrong with the disk, or was with the database at start.
    pub storage_notice: Option<String>,
    /// Whether closing the window keeps Rundown in the tray.
    pub has_tray: bool,
}

/// Whether keys can be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "as in rundown_core::secrets::SecretStoreState")]
pub enum KeychainWord {
    Ready,
    Locked,
    Absent,
}

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the type says it")]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

/// What the user has set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", default)]
pub struct Preferences {
    /// How many minutes before a post goes out it is announced: 0 (never), 5, 15, 30 or 60.
    pub reminder_minutes: u32,
    /// Light or dark.
    pub theme: Theme,
    /// Whether letters alone are shortcuts. Who dictates would rather not have them.
    pub letter_keys: bool,
}

impl Default for Preferences {
    fn default() -> Self {
        Self { reminder_minutes: 15, theme: Theme::System, letter_keys: true }
    }
}

/// What would be left unsent by quitting now, one line for each change.
#[derive(Clone, Debug, Serialize, Type)]
#[expect(missing_docs, reason = "the type says it")]
pub struct QuitQuestion {
    pub changes: Vec<String>,
}

/// Event: accounts, channels or posts changed on disk; fetch what is named.
#[derive(Clone, Debug, Serialize, Deserialize, Type, tauri_specta::Event)]
#[expect(missing_docs, reason = "the type says it")]
pub struct Changed {
    pub posts: Vec<String>,
    pub accounts: bool,
    /// Events were lost: fetch everything again.
    pub everything: bool,
}

/// Event: something to tell the user.
#[derive(Clone, Debug, Serialize, Deserialize, Type, tauri_specta::Event)]
#[expect(missing_docs, reason = "the type says it")]
pub struct Notice {
    pub level: NoticeLevel,
    pub message: String,
    pub post: Option<String>,
}

/// How bad a notice is.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the type says it")]
pub enum NoticeLevel {
    Info,
    Error,
}

/// Event: a quit was asked for while changes wait; ask for the question.
#[derive(Clone, Debug, Serialize, Deserialize, Type, tauri_specta::Event)]
pub struct QuitAsked;

/// Event: the tray or a notification wants this post shown.
#[derive(Clone, Debug, Serialize, Deserialize, Type, tauri_specta::Event)]
pub struct ShowPost(pub String);

/// Event: the tray wants everything paused, or what is paused shown; the window asks how.
#[derive(Clone, Debug, Serialize, Deserialize, Type, tauri_specta::Event)]
pub struct ShowPauses;

/// Event: the window is about to close; say so once all that is typed is kept.
#[derive(Clone, Debug, Serialize, Deserialize, Type, tauri_specta::Event)]
pub struct WindowClosing;

/// A change in words, with the beginning of its post: for the question at quitting.
pub fn describe(post: &Post, desired: &Desired) -> String {
    format!("{}: {}", quoted(post), wish(desired))
}

/// What would be lost with an account, in words: for the question at disconnecting.
pub fn describe_loss(loss: &Loss) -> String {
    match &loss.what {
        Lost::Change(desired) => describe(&loss.post, desired),
        Lost::Question(desired) => format!("{}, not decided yet", describe(&loss.post, desired)),
        Lost::Typed => format!("{}: a text that is not saved", quoted(&loss.post)),
        Lost::Post => format!("{}: kept on this computer only", quoted(&loss.post)),
    }
}

fn quoted(post: &Post) -> String {
    let line = post.shown_text().split_whitespace().collect::<Vec<_>>().join(" ");
    let text: String = line.chars().take(60).collect();
    if text.is_empty() { "A post without text".to_owned() } else { format!("“{text}”") }
}

fn wish(desired: &Desired) -> String {
    let standing = match desired.aim {
        Aim::Draft => "be a draft".to_owned(),
        Aim::Scheduled { time } => {
            let local = time.with_timezone(&Local);
            format!("go out on {}", local.format("%a %-d %B %Y, %H:%M"))
        }
        Aim::Published => "be published now".to_owned(),
        Aim::Retried => "be tried again".to_owned(),
        Aim::Deleted => "be deleted".to_owned(),
        Aim::Skipped => "be skipped".to_owned(),
    };
    match &desired.text {
        Some(_) => format!("{standing}, with a new text"),
        None => standing,
    }
}
