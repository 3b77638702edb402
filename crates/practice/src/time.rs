//! How all of the services write and read times.

use chrono::{DateTime, NaiveDate, NaiveTime, SecondsFormat, Utc};
use serde::{Serialize, Serializer};

/// `2026-03-15T14:00:00.000Z`
pub(crate) fn text(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// For `serde(serialize_with)`.
pub(crate) fn serialize<S: Serializer>(
    at: &DateTime<Utc>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&text(*at))
}

/// For `serde(serialize_with)`.
pub(crate) fn serialize_optional<S: Serializer>(
    at: &Option<DateTime<Utc>>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    at.map(text).serialize(serializer)
}

/// An ISO 8601 time with `T`, seconds and an offset. Offsets other than zero are documented
/// nowhere; they are taken for what they say.
pub(crate) fn parse(text: &str) -> Option<DateTime<Utc>> {
    if text.as_bytes().get(10) != Some(&b'T') {
        return None;
    }
    DateTime::parse_from_rfc3339(text).ok().map(|time| time.to_utc())
}

/// What lists accept as a date: documented is whatever JavaScript's `new Date()` reads; here that
/// is a time as above or a bare date, which is midnight UTC.
pub(crate) fn parse_date(text: &str) -> Option<DateTime<Utc>> {
    parse(text).or_else(|| {
        let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
        Some(date.and_time(NaiveTime::MIN).and_utc())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_documented() {
        for good in
            ["2026-03-15T10:00:00.000Z", "2026-03-15T10:00:00Z", "2026-03-15T10:00:00+00:00"]
        {
            assert_eq!(parse(good).map(text).as_deref(), Some("2026-03-15T10:00:00.000Z"));
        }
        for bad in ["2026-03-15 10:00:00", "March 15, 2026", "03/15/2026", "2026-03-15", ""] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_bare_date_filters_from_midnight_utc() {
        assert_eq!(parse_date("2026-03-15").map(text).as_deref(), Some("2026-03-15T00:00:00.000Z"));
        assert_eq!(parse_date("the ides of March"), None);
    }
}
