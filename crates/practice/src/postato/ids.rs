//! Postato's ids: ULIDs, with or without a prefix that says of what.

use chrono::{DateTime, Utc};

pub(super) const POST: &str = "pst_";
pub(super) const ITEM: &str = "itm_";
pub(super) const WORKSPACE: &str = "wks_";
pub(super) const ACCOUNT: &str = "acc_";

/// Base 32 without the letters that look like others.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// What the random part of every id begins with, so that a world is always the same.
const RANDOM: u128 = 0x7a3c_19e2_d04b;

/// Whether that is a ULID, with or without the prefix.
pub(super) fn is_id(text: &str, prefix: &str) -> bool {
    let ulid = text.strip_prefix(prefix).unwrap_or(text);
    ulid.len() == 26
        && ulid.starts_with(|first| matches!(first, '0'..='7'))
        && ulid.bytes().all(|byte| DIGITS.contains(&byte))
}

/// The ULID of a moment and a count.
pub(super) fn ulid(now: DateTime<Utc>, count: u32) -> String {
    let milliseconds = u128::try_from(now.timestamp_millis()).unwrap_or_default();
    let number = (milliseconds << 80) | (RANDOM << 32) | u128::from(count);
    let digit = |place: u32| char::from(DIGITS[(number >> (5 * place)) as usize % 32]);
    (0..26).rev().map(digit).collect()
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    #[test]
    fn an_id_is_a_ulid_with_or_without_its_prefix() {
        let now = DateTime::UNIX_EPOCH + TimeDelta::days(20_000);
        let ulid = ulid(now, 7);
        assert!(is_id(&ulid, POST), "{ulid}");
        assert!(is_id(&format!("pst_{ulid}"), POST));
        for wrong in ["", "42", "pst_", "wks_01ARZ3NDEKTSV4RRFFQ69G5FAV", "01H..."] {
            assert!(!is_id(wrong, POST), "{wrong}");
        }
        assert!(!is_id("81ARZ3NDEKTSV4RRFFQ69G5FAV", POST));
        assert!(!is_id("01ARZ3NDEKTSV4RRFFQ69G5FAI", POST));
    }

    #[test]
    fn ids_sort_by_moment_and_then_by_count() {
        let now = DateTime::UNIX_EPOCH + TimeDelta::days(20_000);
        let ids = [ulid(now, 1), ulid(now, 2), ulid(now + TimeDelta::milliseconds(1), 1)];
        assert!(ids.is_sorted());
        assert!(ids[0].starts_with("01"), "{}", ids[0]);
    }
}
