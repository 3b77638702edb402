//! What can be said of a post's way to publication.

use std::fmt;

/// A post's status, mapped from each service's own words by its adapter.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum PostStatus {
    /// Not going out; may carry a time all the same.
    Draft,
    /// Goes out at its time.
    Scheduled,
    /// Its time has come and the service has taken it up.
    Queued,
    /// Being handed to the network right now.
    Publishing,
    /// Live on every channel.
    Published,
    /// Live on some channels, failed on others.
    PartiallyPublished,
    /// Failed on every channel.
    Failed,
    /// Called off at the service, for good.
    Cancelled,
    /// A word no document shows: displayed as it is, and read-only.
    Other(String),
}

impl PostStatus {
    /// The word used on cards, in the store and in tests.
    pub fn word(&self) -> &str {
        match self {
            Self::Draft => "draft",
            Self::Scheduled => "scheduled",
            Self::Queued => "queued",
            Self::Publishing => "publishing",
            Self::Published => "published",
            Self::PartiallyPublished => "partially-published",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
            Self::Other(word) => word,
        }
    }

    /// The status that [`word`](Self::word) gave this word for.
    pub fn from_word(word: &str) -> Self {
        match word {
            "draft" => Self::Draft,
            "scheduled" => Self::Scheduled,
            "queued" => Self::Queued,
            "publishing" => Self::Publishing,
            "published" => Self::Published,
            "partially-published" => Self::PartiallyPublished,
            "failed" => Self::Failed,
            "cancelled" => Self::Cancelled,
            other => Self::Other(other.to_owned()),
        }
    }

    /// Whether a post in this status may be moved, paused or resumed.
    pub fn is_editable(&self) -> bool {
        matches!(self, Self::Draft | Self::Scheduled)
    }
}

impl fmt::Display for PostStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.word().replace('-', " "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_survives_its_word() {
        let all = [
            PostStatus::Draft,
            PostStatus::Scheduled,
            PostStatus::Queued,
            PostStatus::Publishing,
            PostStatus::Published,
            PostStatus::PartiallyPublished,
            PostStatus::Failed,
            PostStatus::Cancelled,
            PostStatus::Other("simmering".to_owned()),
        ];
        for status in all {
            assert_eq!(PostStatus::from_word(status.word()), status);
        }
    }

    #[test]
    fn an_unknown_status_is_read_only() {
        assert!(!PostStatus::Other("simmering".to_owned()).is_editable());
    }
}
