//! What is typed before it is saved, and the texts a post has had.

use rundown_core::model;
use serde::{Deserialize, Serialize};
use specta::Type;

use super::{post_id, rfc3339};

/// The form something was typed into.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[expect(missing_docs, reason = "as in rundown_core::model::Form")]
pub enum FormKey {
    New,
    Like { post: String },
    Edit { post: String },
}

impl From<FormKey> for model::Form {
    fn from(form: FormKey) -> Self {
        match form {
            FormKey::New => Self::New,
            FormKey::Like { post } => Self::Like(post_id(post)),
            FormKey::Edit { post } => Self::Edit(post_id(post)),
        }
    }
}

impl From<model::Form> for FormKey {
    fn from(form: model::Form) -> Self {
        match form {
            model::Form::New => Self::New,
            model::Form::Like(post) => Self::Like { post: post.to_string() },
            model::Form::Edit(post) => Self::Edit { post: post.to_string() },
        }
    }
}

/// A date and a time as they were typed.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[expect(missing_docs, reason = "as in rundown_core::model::TypedTime")]
pub struct TypedTime {
    pub date: String,
    pub time: String,
}

/// What a form held when it was last typed into.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[expect(missing_docs, reason = "as in rundown_core::model::Unsaved")]
pub struct Unsaved {
    pub form: FormKey,
    pub text: String,
    pub base: String,
    pub account: Option<String>,
    pub channels: Vec<String>,
    pub when: Option<TypedTime>,
}

impl From<Unsaved> for model::Unsaved {
    fn from(typed: Unsaved) -> Self {
        let Unsaved { form, text, base, account, channels, when } = typed;
        let when = when.map(|TypedTime { date, time }| model::TypedTime { date, time });
        Self { form: form.into(), text, base, account, channels, when }
    }
}

impl From<model::Unsaved> for Unsaved {
    fn from(typed: model::Unsaved) -> Self {
        let model::Unsaved { form, text, base, account, channels, when } = typed;
        let when = when.map(|model::TypedTime { date, time }| TypedTime { date, time });
        Self { form: form.into(), text, base, account, channels, when }
    }
}

/// A text that a post had, or was to have.
#[derive(Serialize, Type)]
pub struct TextVersionView {
    /// Since when; null for the first text.
    pub at: Option<String>,
    /// The text.
    pub text: String,
    /// Where it came from.
    pub source: TextSource,
}

/// Where a text came from.
#[derive(Clone, Copy, Serialize, Type)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "as in rundown_core::model::TextSource")]
pub enum TextSource {
    Here,
    Service,
}

impl From<model::TextVersion> for TextVersionView {
    fn from(version: model::TextVersion) -> Self {
        let source = match version.source {
            model::TextSource::Here => TextSource::Here,
            model::TextSource::Service => TextSource::Service,
        };
        Self { at: version.at.map(rfc3339), text: version.text, source }
    }
}
