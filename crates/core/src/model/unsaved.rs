//! What is typed into a form and not saved yet, and the texts a post has had.

use chrono::{DateTime, Utc};

use super::PostId;

/// The form something was typed into.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// For a new post.
    New,
    /// For a new post that begins like this one.
    Like(PostId),
    /// For the text of this post.
    Edit(PostId),
}

/// What a form held when it was last typed into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsaved {
    /// The form.
    pub form: Form,
    /// The text.
    pub text: String,
    /// The text the form began with: where the post has another now, it was changed meanwhile.
    pub base: String,
    /// The account that was chosen, which may be gone.
    pub account: Option<String>,
    /// The channels that were chosen, which may be gone.
    pub channels: Vec<String>,
    /// When the post was to go out; none for a draft, or where the form does not ask.
    pub when: Option<TypedTime>,
}

/// A date and a time as they were typed, in whatever way.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the type says it")]
pub struct TypedTime {
    pub date: String,
    pub time: String,
}

/// A text that a post had, or was to have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextVersion {
    /// Since when; none for the first text, where nobody knows.
    pub at: Option<DateTime<Utc>>,
    /// The text.
    pub text: String,
    /// Where it came from.
    pub source: TextSource,
}

/// Where a text came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextSource {
    /// It was written here.
    Here,
    /// It was found at the service.
    Service,
}
