//! Behaviours to select between, where PostEverywhere's pages and clients disagree.

use serde::{Deserialize, Serialize};

/// How the service behaves. What is absent in JSON is as by default: the defaults are the newest page's word or the dangerous reading.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Settings {
    /// What lists do with filters.
    pub filters: Filters,
    /// Whether lists count.
    pub totals: Totals,
    /// How a post looks in a list.
    pub list_shape: ListShape,
    /// What a creation answers.
    pub created_shape: CreatedShape,
    /// Whether a creation knows `draft`.
    pub drafts: Drafts,
    /// What a deletion answers.
    pub deleted_shape: DeletedShape,
    /// What a retry answers.
    pub retried_shape: RetriedShape,
    /// What a `status` in an update does.
    pub patched_status: PatchedStatus,
    /// What becomes of a paused post's time.
    pub paused_time: PausedTime,
    /// What becomes of a time that has passed.
    pub past_time: PastTime,
    /// Whether destinations show their own time.
    pub destination_times: DestinationTimes,
    /// How accounts name their id.
    pub account_id_field: AccountIdField,
}

/// What lists do with filters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Filters {
    /// All those of the newest clients.
    #[default]
    Honoured,
    /// Those of the first list page alone: one `status` of scheduled, published or draft, one
    /// `platform`, `limit` and `offset`. Anything else is ignored, comma-separated lists, `sort` and
    /// `order` included; newest first.
    Ignored,
}

/// Whether a list's `pagination` has `total` and `has_more`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Totals {
    /// As in the newest clients.
    #[default]
    Shown,
    /// `limit` and `offset` alone, as on the pages.
    Missing,
}

/// How a post looks in a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ListShape {
    /// As everywhere else.
    #[default]
    Current,
    /// Without `post_id`, `account_ids`, `media_ids` and `platform_post_url`; media by `id` and
    /// `url`.
    Older,
}

/// What a creation answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum CreatedShape {
    /// The post, as "Update post" has it.
    #[default]
    Post,
    /// `post_id`, `status`, `scheduled_for`, `accounts_count` and a `message`.
    Summary,
}

/// Whether a creation knows `draft`, which the newer clients send and "Create post" does not list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Drafts {
    /// What has it is saved only.
    #[default]
    Honoured,
    /// It is ignored: what has no time goes out at once.
    Unknown,
}

/// What a deletion answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum DeletedShape {
    /// `post_id` and `deleted`, as on the page.
    #[default]
    Page,
    /// `id` and `deleted`, as the MCP server reads it.
    Client,
    /// A `message` alone, as the SDK reads it.
    Message,
}

/// What a retry answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum RetriedShape {
    /// `post_id`, `retried_count` and destinations as posts have them, as on the page.
    #[default]
    Page,
    /// `retried_count` and destinations with a `new_status`, as the MCP server reads it.
    Client,
}

/// What a `status` in an update does: "Update post" documents it, no published client sends it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum PatchedStatus {
    /// It pauses and resumes.
    #[default]
    Accepted,
    /// 400, and nothing of the update is applied.
    Refused,
    /// 200, and everything else of the update is applied.
    Ignored,
}

/// What becomes of a post's `scheduled_for` when it is paused without a new one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum PausedTime {
    /// "Fields you omit are left untouched."
    #[default]
    Kept,
    /// It becomes null, at the destinations, too.
    Cleared,
}

/// What becomes of a time that has passed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum PastTime {
    /// 400 `past_schedule_time`. Scheduling a draft then takes a minute's lead.
    Refuse,
    /// The post is published immediately, unless it is a draft. The default, since it is the
    /// dangerous one.
    #[default]
    Publish,
}

/// Whether destinations show the time that the scheduler goes by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum DestinationTimes {
    /// As on the schema page.
    #[default]
    Shown,
    /// As in the samples of "Update post".
    Absent,
}

/// How an account's object names its id.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum AccountIdField {
    /// `id`, as every published client reads it.
    #[default]
    Id,
    /// `account_id`, as on the page, which has a list of `account_ids` beside the accounts.
    AccountId,
}
