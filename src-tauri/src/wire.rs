//! What crosses to the window: the only types with TypeScript twins.
//!
//! Times are RFC 3339 UTC strings, ids opaque strings. No type here can hold a key but the two that
//! carry one in, and those can't be serialised.

mod accounts;
mod activity;
mod app;
mod errors;
mod pauses;
mod posts;
mod texts;

use chrono::{DateTime, SecondsFormat, Utc};

pub use accounts::{
    AccountView, CapabilitiesView, ChannelView, Colour, ConnectAnswer, ConnectForm, Deletion,
    Direction, HealthState, HealthView, KeepKey, KeyField, PublishNow, ServiceView, WorkspaceView,
};
pub use activity::{ActivityEntryView, ActivityFilter, ActivityView, account_id, change_id};
pub use app::{
    Changed, KeychainWord, NextPost, Notice, NoticeLevel, Preferences, QuitAsked, QuitQuestion,
    ShowPauses, ShowPost, StatusView, Theme, WindowClosing, describe, describe_loss,
};
pub use errors::{Error, ErrorCode};
pub use pauses::{
    PausableView, PausePhase, PauseView, PausedPostView, PausedWord, ResumeHow, ResumedAt,
    ResumedView, account_ids,
};
pub use posts::{
    ChangeReceipt, HandOverAnswer, HandOverView, HistoryEntry, KeepSide, KeepView, MediaKind,
    MediaView, NewPostForm, OutcomeWord, PostView, ProgressWord, SideView, StakeWord, SyncView,
    TargetView, post_id,
};
pub use texts::{FormKey, TextSource, TextVersionView, TypedTime, Unsaved};

/// A time as the window gets it.
pub fn rfc3339(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

/// A time from the window.
pub fn parse_time(text: &str) -> Result<DateTime<Utc>, Error> {
    DateTime::parse_from_rfc3339(text)
        .map(|time| time.to_utc())
        .map_err(|_| Error::internal(format!("“{text}” is not a time.")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_crosses_as_code_and_message() {
        let error = rundown_core::Error::new(rundown_core::ErrorCode::TooLate, "Too close.");
        let json = serde_json::to_string(&Error::from(error)).unwrap();
        assert_eq!(json, r#"{"code":"too-late","message":"Too close."}"#);
    }

    #[test]
    fn a_time_crosses_as_rfc_3339_in_utc() {
        let time = parse_time("2026-03-20T10:00:00+01:00").unwrap();
        assert_eq!(rfc3339(time), "2026-03-20T09:00:00Z");
    }
}
