//! The generations of Publora's documents, and what each of them says.

use serde::{Deserialize, Serialize};

use crate::answer::Answer;
use crate::family::PostState;

/// Which documents the server follows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Generation {
    /// "Update Post" of 16 February 2026: status and time can be updated.
    First,
    /// Of 20 February 2026: other texts, and a rate limit by the minute.
    Second,
    /// Of August 2026 and later: text and platforms can be edited, updates and creations carry an
    /// `Idempotency-Key`, errors have codes, and a post is read with its status and time.
    #[default]
    Current,
}

impl Generation {
    /// The fields of an update.
    pub(super) const fn fields(self) -> &'static [&'static str] {
        match self {
            Self::First | Self::Second => &["status", "scheduledTime"],
            Self::Current => &[
                "status",
                "scheduledTime",
                "content",
                "platforms",
                "platformSettings",
                "mediaUrls",
            ],
        }
    }

    pub(super) fn nothing_to_update(self) -> &'static str {
        match self {
            Self::First | Self::Second => "Either status or scheduledTime must be provided",
            Self::Current => {
                "At least one of status, scheduledTime, content, platforms, platformSettings, or mediaUrls must be provided"
            }
        }
    }

    pub(super) fn bad_status(self) -> &'static str {
        match self {
            Self::First => "Status must be draft or scheduled",
            Self::Second | Self::Current => "Status must be either 'draft' or 'scheduled'",
        }
    }

    pub(super) fn malformed_time(self) -> &'static str {
        match self {
            Self::First => "Invalid scheduled time",
            Self::Second | Self::Current => "Invalid scheduled time format",
        }
    }

    pub(super) fn past_time(self) -> &'static str {
        match self {
            Self::First => "Invalid scheduled time",
            Self::Second | Self::Current => "Scheduled time cannot be in the past",
        }
    }

    pub(super) fn missing_key(self) -> &'static str {
        match self {
            Self::First => "Invalid API key",
            Self::Second | Self::Current => "API key is required",
        }
    }

    /// What is answered to `get-post` with an id that is none.
    pub(super) fn malformed_id(self) -> Answer {
        match self {
            Self::First | Self::Second => Answer::error(500, "Failed to fetch post group"),
            Self::Current => Answer::error(400, "Invalid post group ID"),
        }
    }

    /// Whether create-post takes a platform's id for well-formed. The current documents allow what
    /// `platform-connections` returns, such as `bluesky-did:plc:abc123`.
    pub(super) fn is_platform_id(self, id: &str) -> bool {
        match self {
            Self::First | Self::Second => crate::family::is_platform_id(id),
            Self::Current => id.split_once('-').is_some_and(|(platform, raw)| {
                let is_odd = |letter: char| letter.is_whitespace() || "/?#".contains(letter);
                !platform.is_empty()
                    && platform.bytes().all(|byte| byte.is_ascii_lowercase())
                    && !raw.is_empty()
                    && !raw.contains(is_odd)
            }),
        }
    }

    /// Why a post cannot be updated, if it cannot.
    pub(super) fn refuse_update(self, post: &PostState) -> Option<Answer> {
        let word = post.refusing_status()?;
        let sentence = format!("Cannot update post: post is currently in {word} status");
        Some(match self {
            Self::First => Answer::error(400, "Cannot update published or failed posts"),
            Self::Second => Answer::error(400, &sentence),
            Self::Current if post.is_processing() => Answer::coded(
                409,
                "POST_PUBLISH_IN_PROGRESS",
                "Post publishing has already started; the post can no longer be edited.",
            ),
            Self::Current => Answer::coded(400, "POST_NOT_EDITABLE", &sentence),
        })
    }
}
