//! How single values stand in the tables.

use chrono::{DateTime, Utc};
use rusqlite::{Row, RowIndex};
use serde::{Deserialize, Serialize};

use super::StoreError;
use crate::model::{Desired, Media, PostStatus, Standing};

/// A time as it is stored.
pub(super) fn to_ms(time: DateTime<Utc>) -> i64 {
    time.timestamp_millis()
}

/// A time as it was stored; one out of range reads as the earliest there is.
pub(super) fn from_ms(ms: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(ms).unwrap_or_default()
}

/// Reads a standing from a status column and the time column named with it.
pub(super) fn standing(
    row: &Row<'_>,
    status: impl RowIndex,
    time: impl RowIndex,
) -> Result<Standing, rusqlite::Error> {
    let word: String = row.get(status)?;
    let time: Option<i64> = row.get(time)?;
    Ok(Standing { status: PostStatus::from_word(&word), time: time.map(from_ms) })
}

/// The stored form of a desired state, with the version of the form.
#[derive(Serialize, Deserialize)]
struct StoredDesired {
    v: u32,
    #[serde(flatten)]
    desired: Desired,
}

/// A desired state as it is stored.
pub(super) fn desired_to_json(desired: &Desired) -> Result<String, StoreError> {
    serde_json::to_string(&StoredDesired { v: 1, desired: desired.clone() })
        .map_err(|error| StoreError::Malformed(error.to_string()))
}

/// A desired state as it was stored.
pub(super) fn desired_from_json(json: &str) -> Result<Desired, StoreError> {
    let stored: StoredDesired =
        serde_json::from_str(json).map_err(|error| StoreError::Malformed(error.to_string()))?;
    match stored.v {
        1 => Ok(stored.desired),
        v => Err(StoreError::Malformed(format!("a change of form {v}"))),
    }
}

/// The pictures and videos of a post as they are stored.
pub(super) fn media_to_json(media: &[Media]) -> Result<String, StoreError> {
    serde_json::to_string(media).map_err(|error| StoreError::Malformed(error.to_string()))
}

/// The pictures and videos of a post as they were stored.
pub(super) fn media_from_json(json: &str) -> Result<Vec<Media>, StoreError> {
    serde_json::from_str(json).map_err(|error| StoreError::Malformed(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Aim;

    #[test]
    fn the_stored_form_of_a_change_says_its_version() {
        let draft = Desired::aim(Aim::Draft);
        let json = desired_to_json(&draft).unwrap();
        assert_eq!(json, r#"{"v":1,"status":"draft"}"#);
        assert_eq!(desired_from_json(&json).unwrap(), draft);
        assert!(desired_from_json(r#"{"v":2,"status":"draft"}"#).is_err());
    }
}
