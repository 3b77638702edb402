//! The fields that writes have in common, read as PostEverywhere does.

use chrono::{DateTime, NaiveDateTime, SubsecRound, Utc};
use serde_json::Value;

use super::envelope::Refusal;
use super::routes::is_uuid;
use crate::call::{Body, Call};
use crate::time;

/// The time, and its name before April 2026.
pub(super) const TIME: &str = "scheduled_for";
pub(super) const OLD_TIME: &str = "scheduled_at";

/// Names that are refused, lest `media_ids` be meant.
pub(super) const MISNAMED: [&str; 4] = ["media", "media_id", "mediaId", "attachments"];

/// What a body asks for. What is absent or null is none.
#[derive(Debug, Default)]
pub(super) struct Fields {
    pub content: Option<String>,
    pub account_ids: Option<Vec<u64>>,
    pub time: Option<DateTime<Utc>>,
    pub timezone: Option<String>,
    pub media_ids: Option<Vec<String>>,
    pub platform_content: Option<Value>,
}

impl Fields {
    pub fn read(body: &Value) -> Result<Self, Refusal> {
        if let Some(name) = MISNAMED.into_iter().find(|name| body.get(name).is_some()) {
            let message = format!("Unknown field {name}: did you mean media_ids?");
            return Err(Refusal::new(400, "invalid_field_name", message));
        }
        let time = optional(body, TIME, read_time)?;
        let time = time.map_or_else(|| optional(body, OLD_TIME, read_time), |time| Ok(Some(time)));
        Ok(Self {
            content: optional(body, "content", text)?,
            account_ids: optional(body, "account_ids", |value| list(value, Value::as_u64))?,
            time: time?,
            timezone: optional(body, "timezone", text)?,
            media_ids: optional(body, "media_ids", media_ids)?,
            platform_content: optional(body, "platform_content", |value| {
                value.is_object().then(|| value.clone())
            })?,
        })
    }
}

/// The call's body, whatever it is declared as.
pub(super) fn body(call: &Call) -> Result<&Value, Refusal> {
    match &call.body {
        Body::Json(value) if value.is_object() => Ok(value),
        Body::Json(_) => Err(Refusal::invalid("The request body must be a JSON object.")),
        Body::Empty | Body::Text(_) => {
            Err(Refusal::new(400, "invalid_json", "The request body is not valid JSON."))
        }
    }
}

/// A field that is true, false or absent.
pub(super) fn flag(body: &Value, name: &str) -> Result<bool, Refusal> {
    Ok(optional(body, name, Value::as_bool)?.unwrap_or(false))
}

pub(super) fn optional<T>(
    body: &Value,
    name: &str,
    read: impl FnOnce(&Value) -> Option<T>,
) -> Result<Option<T>, Refusal> {
    match &body[name] {
        Value::Null => Ok(None),
        value => match read(value) {
            Some(value) => Ok(Some(value)),
            None => Err(Refusal::invalid(format!("Invalid {name}."))),
        },
    }
}

fn text(value: &Value) -> Option<String> {
    value.as_str().filter(|text| !text.trim().is_empty()).map(str::to_owned)
}

fn list<T>(value: &Value, read: impl Fn(&Value) -> Option<T>) -> Option<Vec<T>> {
    let list = value.as_array().filter(|list| !list.is_empty())?;
    list.iter().map(read).collect()
}

/// Unlike accounts, media may be none.
fn media_ids(value: &Value) -> Option<Vec<String>> {
    let ids = value.as_array()?.iter();
    ids.map(|id| id.as_str().filter(|id| is_uuid(id)).map(str::to_owned)).collect()
}

/// A time, cut to milliseconds. One without an offset is taken for UTC.
fn read_time(value: &Value) -> Option<DateTime<Utc>> {
    let text = value.as_str()?;
    let naive = || NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f").ok();
    let time = time::parse(text).or_else(|| naive().map(|time| time.and_utc()))?;
    Some(time.trunc_subsecs(3))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_old_name_of_the_time_counts_where_the_new_one_is_absent() {
        let time = |body| Fields::read(&body).unwrap().time.map(time::text);
        let new = json!({ "scheduled_for": "2026-04-20T09:00:00Z" });
        let old = json!({ "scheduled_at": "2026-04-21T09:00:00" });
        let both = json!({
            "scheduled_for": "2026-04-20T09:00:00Z", "scheduled_at": "2026-04-21T09:00:00Z",
        });
        assert_eq!(time(new).as_deref(), Some("2026-04-20T09:00:00.000Z"));
        assert_eq!(time(old).as_deref(), Some("2026-04-21T09:00:00.000Z"));
        assert_eq!(time(both).as_deref(), Some("2026-04-20T09:00:00.000Z"));
        assert_eq!(time(json!({ "scheduled_for": null })), None);
    }
}
