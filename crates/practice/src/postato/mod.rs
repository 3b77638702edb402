//! Postato's API below `/postato/v1`, as its guides, its reference of "Create a post" and the pages
//! of its MCP tools describe it.
//!
//! Most of the REST API is documented nowhere. Each open question is one field of [`Settings`], so
//! that a client can be held against every answer to it; [`Settings::readings`] lists them all.
//! Where one side had to be taken without a setting:
//!
//! * The accounts are at `GET …/accounts`, and the parameters of numbered pages are `page` and
//!   `limit`.
//! * Creating answers 201 in the shape of the reference, which names neither account nor time.
//! * A workspace that the key may not act on is not found, like all that a caller cannot see. One
//!   that is not named is never guessed, not even for a key that has a single one.
//! * An idempotency key answers with what it answered before, whatever the body. All keys are one
//!   tenant's, to which idempotency and the limit on creations belong.
//! * Only drafts and scheduled posts can be updated, and not what waits for approval.
//! * DELETE cancels a queued post, too, as the page of the tool says; an update finds it taken.
//! * Due posts are taken up once a minute like those of the other services here, not every few
//!   seconds.
//! * Of the platforms' own rules there is one: 280 characters on Twitter.
//!
//! Not spoken: media, webhooks, approval and the MCP server; their paths count as unknown.

mod body;
mod check;
mod create;
mod delete;
mod handle;
mod ids;
mod list;
mod refusal;
mod routes;
mod scheduler;
mod settings;
mod state;
mod update;
mod wire;

pub use handle::{Edit, Postato, SeedPost};
pub use settings::{
    AccountList, CancelledPosts, ErrorShape, Ids, Paging, PausedTime, Pausing, PublicationFields,
    ReplacedMedia, Settings, SingleRead, TimeOnDraft, Uneditable, UpdateAnswer, UpdateRules, Words,
    WorkspaceRequired,
};
pub use state::{AccountStatus, Item, PostState, PostStatus, Publication};

pub(crate) use handle::{is_account_id, is_post_id, is_workspace_id};
pub(crate) use state::State;

/// Postato's base address below the practice server's own: its origin, without `/v1`.
pub const BASE: &str = "/postato";
