//! The open questions of Postato's API, and the answers that its documents allow.

use serde::{Deserialize, Serialize};

/// One reading of the documents. What is absent in JSON is as by default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Settings {
    /// The words for a status.
    pub words: Words,
    /// The form of ids.
    pub ids: Ids,
    /// The names of what a published post carries.
    pub publication_fields: PublicationFields,
    /// How the list of posts is cut.
    pub paging: Paging,
    /// Whether one post can be read by itself.
    pub single_read: SingleRead,
    /// Whether the accounts can be read, and in which shape.
    pub accounts: AccountList,
    /// Which updates there are.
    pub update_rules: UpdateRules,
    /// What an update is answered with.
    pub update_answer: UpdateAnswer,
    /// What becomes of a scheduled post that is sent `draft`.
    pub pausing: Pausing,
    /// What becomes of its time.
    pub paused_time: PausedTime,
    /// What becomes of a draft that is sent a time alone.
    pub time_on_draft: TimeOnDraft,
    /// What a new text does to the media of the one it replaces.
    pub replaced_media: ReplacedMedia,
    /// How an update is refused that comes too late.
    pub uneditable: Uneditable,
    /// Whether a cancelled post is still shown.
    pub cancelled_posts: CancelledPosts,
    /// How a call without a workspace is refused.
    pub workspace_required: WorkspaceRequired,
    /// The shape of refusals.
    pub errors: ErrorShape,
}

/// The words for a status.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Words {
    /// `queued`, `publishing` ("Scheduled Posts").
    #[default]
    Guides,
    /// `pending`, `processing` (the tools' pages).
    Tools,
}

/// The form of ids that the service gives from now on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Ids {
    /// `pst_` and a ULID (the guides).
    #[default]
    Prefixed,
    /// A ULID alone ("Create a post": "Workspace ULID").
    Bare,
}

/// The names of what a published post carries; "Get Post Status" uses both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum PublicationFields {
    /// `platformPostId` and `platformUrl`.
    #[default]
    Platform,
    /// `externalId` and `externalUrl`.
    External,
}

/// How the list of posts is cut.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Paging {
    /// Numbered pages (the reference); a cursor is ignored.
    #[default]
    Pages,
    /// A cursor, null on the last page (the tool's page); a page number is ignored.
    Cursor,
}

/// Whether `GET …/posts/{id}` is there. No page names it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum SingleRead {
    /// It answers the post as the list does.
    #[default]
    Answered,
    /// 404 for any id, in the words for a post that is not there.
    Missing,
}

/// Whether `GET …/accounts` is there. No page names it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum AccountList {
    /// `{"accounts": …}`, as the tool answers.
    #[default]
    Accounts,
    /// `{"items": …}`, as the list of workspaces answers.
    Items,
    /// 404.
    Missing,
}

/// Which updates there are: the page of `update_post` describes two endpoints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum UpdateRules {
    /// Its prose: text, media, time and every transition; nothing once the post is queued.
    #[default]
    Prose,
    /// Its table: the status is required, to publish a draft or to cancel what is scheduled or
    /// queued; nothing else is taken.
    Table,
}

/// What an update is answered with. No page shows it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum UpdateAnswer {
    /// The post as the list has it.
    #[default]
    Post,
    /// `{"success": true}`, as the deletion tool answers.
    Success,
    /// `{}`
    Empty,
}

/// What becomes of a scheduled post that is sent `draft`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Pausing {
    /// It becomes a draft ("Scheduled Posts").
    #[default]
    Accepted,
    /// 400: the table of `update_post` does not know the word.
    Refused,
    /// 200, and it stays scheduled.
    Ignored,
}

/// What becomes of the time of a post that is paused.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum PausedTime {
    /// The draft keeps it.
    #[default]
    Kept,
    /// It is forgotten.
    Cleared,
}

/// What becomes of a draft that is sent a time alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum TimeOnDraft {
    /// It keeps the time and stays a draft.
    #[default]
    StaysDraft,
    /// It becomes scheduled.
    Arms,
}

/// What a new text, sent as text alone, does to the media of the one it replaces.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ReplacedMedia {
    /// They stay: `media` is a field of its own.
    #[default]
    Kept,
    /// They are dropped: `content` is a "full replacement of the body".
    Dropped,
}

/// How an update is refused of a post that is no longer a draft or scheduled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Uneditable {
    /// 409 ("Error Handling": a conflict with the resource's state).
    #[default]
    Conflict,
    /// 404 (the page of `delete_post`: not existing or not cancellable).
    NotFound,
}

/// Whether a cancelled post is still shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum CancelledPosts {
    /// With the status `cancelled`, for which the list has a filter.
    #[default]
    Shown,
    /// No longer, since a deletion is soft and lists leave the deleted out.
    Hidden,
}

/// How a call without a workspace is refused.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum WorkspaceRequired {
    /// 400 ("Authentication").
    #[default]
    BadRequest,
    /// 403 ("Error Handling").
    Forbidden,
}

/// The shape of refusals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ErrorShape {
    /// `{"error": code, "message": …, "details": …}` ("Error Handling").
    #[default]
    Guide,
    /// The same without a message ("Create a post").
    Reference,
    /// `{"error": {"code": …, "message": …, "details": …}}`
    Nested,
    /// `{"message": …}` and nothing else.
    Message,
}

impl Settings {
    /// The default reading, and every one that differs from it in a single answer.
    pub fn readings() -> Vec<Self> {
        let usual = Self::default();
        vec![
            usual,
            Self { words: Words::Tools, ..usual },
            Self { ids: Ids::Bare, ..usual },
            Self { publication_fields: PublicationFields::External, ..usual },
            Self { paging: Paging::Cursor, ..usual },
            Self { single_read: SingleRead::Missing, ..usual },
            Self { accounts: AccountList::Items, ..usual },
            Self { accounts: AccountList::Missing, ..usual },
            Self { update_rules: UpdateRules::Table, ..usual },
            Self { update_answer: UpdateAnswer::Success, ..usual },
            Self { update_answer: UpdateAnswer::Empty, ..usual },
            Self { pausing: Pausing::Refused, ..usual },
            Self { pausing: Pausing::Ignored, ..usual },
            Self { paused_time: PausedTime::Cleared, ..usual },
            Self { time_on_draft: TimeOnDraft::Arms, ..usual },
            Self { replaced_media: ReplacedMedia::Dropped, ..usual },
            Self { uneditable: Uneditable::NotFound, ..usual },
            Self { cancelled_posts: CancelledPosts::Hidden, ..usual },
            Self { workspace_required: WorkspaceRequired::Forbidden, ..usual },
            Self { errors: ErrorShape::Reference, ..usual },
            Self { errors: ErrorShape::Nested, ..usual },
            Self { errors: ErrorShape::Message, ..usual },
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reading_is_another_one_and_survives_json() {
        let mut seen = Vec::new();
        for reading in Settings::readings() {
            let text = serde_json::to_string(&reading).unwrap();
            assert_eq!(serde_json::from_str::<Settings>(&text).unwrap(), reading);
            assert!(!seen.contains(&text), "{text}");
            seen.push(text);
        }
        assert_eq!(serde_json::from_str::<Settings>("{}").unwrap(), Settings::default());
        assert!(serde_json::from_str::<Settings>(r#"{"pager":"cursor"}"#).is_err());
    }
}
