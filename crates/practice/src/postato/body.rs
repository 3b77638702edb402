//! Reading a body field by field, and remembering what is wrong with each.

use chrono::{DateTime, SubsecRound, Utc};
use serde_json::{Map, Value, json};

use super::refusal::Refusal;
use super::state::Item;
use crate::call::{Body, Call};
use crate::time;

/// The only rule of a platform that is spoken here.
const LONGEST_TWEET: usize = 280;

/// A text with its media, not yet an item of a post.
#[derive(Debug)]
pub(super) struct Part {
    pub text: String,
    pub media: Vec<String>,
}

/// The `content` of a body.
#[derive(Debug)]
pub(super) enum Content {
    Text(String),
    Thread(Vec<Part>),
}

/// The fields of a body.
pub(super) struct Fields<'a> {
    body: &'a Map<String, Value>,
    wrong: Map<String, Value>,
}

impl<'a> Fields<'a> {
    /// The body of a call. One that is not declared as JSON is not read at all.
    pub fn of(call: &'a Call) -> Result<Self, Refusal> {
        match &call.body {
            Body::Json(Value::Object(body)) if call.is_declared_json() => {
                Ok(Self { body, wrong: Map::new() })
            }
            _ => Err(Refusal::invalid(Map::new())),
        }
    }

    pub fn has(&self, name: &str) -> bool {
        self.body.contains_key(name)
    }

    pub fn blame(&mut self, name: &str, sentence: &str) {
        self.wrong.insert(name.to_owned(), json!([sentence]));
    }

    /// A text that has to be there.
    pub fn required(&mut self, name: &str) -> &'a str {
        let text = self.optional(name);
        if text.is_none() && !self.wrong.contains_key(name) {
            self.blame(name, "Required");
        }
        text.unwrap_or_default()
    }

    pub fn optional(&mut self, name: &str) -> Option<&'a str> {
        let text = match self.body.get(name)? {
            Value::String(text) if !text.is_empty() => Some(text.as_str()),
            _ => None,
        };
        if text.is_none() {
            self.blame(name, "Expected a string");
        }
        text
    }

    /// A time that lies ahead, cut to milliseconds.
    pub fn future(&mut self, name: &str, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let text = self.optional(name)?;
        match time::parse(text) {
            None => self.blame(name, "Invalid datetime"),
            Some(time) if time <= now => self.blame(name, "Must be in the future"),
            Some(time) => return Some(time.trunc_subsecs(3)),
        }
        None
    }

    pub fn content(&mut self) -> Option<Content> {
        let content = match self.body.get("content")? {
            Value::String(text) => Some(Content::Text(text.clone())),
            Value::Array(parts) if !parts.is_empty() => {
                parts.iter().map(part).collect::<Option<_>>().map(Content::Thread)
            }
            _ => None,
        };
        if content.is_none() {
            self.blame("content", "Expected a string or an array of objects");
        }
        content
    }

    /// The media of the whole post, which only a single text may have.
    pub fn media(&mut self, content: Option<&Content>) -> Option<Vec<String>> {
        let media = media(self.body.get("media")?);
        match content {
            _ if media.is_none() => self.blame("media", "Expected an array of objects"),
            Some(Content::Thread(_)) => self.blame("media", "Only valid with a string as content"),
            _ => return media,
        }
        None
    }

    pub fn done(self) -> Result<(), Refusal> {
        if self.wrong.is_empty() { Ok(()) } else { Err(Refusal::invalid(self.wrong)) }
    }
}

fn part(value: &Value) -> Option<Part> {
    let text = value.get("text")?.as_str()?.to_owned();
    let media = match value.get("media") {
        None => Vec::new(),
        Some(value) => media(value)?,
    };
    Some(Part { text, media })
}

fn media(value: &Value) -> Option<Vec<String>> {
    value.as_array()?.iter().map(|one| Some(one.get("id")?.as_str()?.to_owned())).collect()
}

/// Why the platform would not take one of the texts.
pub(super) fn objection(platform: &str, items: &[Item]) -> Option<&'static str> {
    let too_long = |item: &Item| item.text.chars().count() > LONGEST_TWEET;
    (matches!(platform, "twitter" | "x") && items.iter().any(too_long))
        .then_some("Text is longer than 280 characters")
}
