//! What no client should ever send. Tests assert that there is none.

use chrono::{DateTime, Utc};
use serde::Serialize;

/// A rule that a client broke, and how.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Violation {
    /// When, by the practice clock.
    pub at: DateTime<Utc>,
    /// The rule.
    pub kind: ViolationKind,
    /// What was wrong, in a sentence.
    pub sentence: String,
    /// The request's method.
    pub method: String,
    /// The request's path.
    pub path: String,
}

/// The rules. A mistyped key, or an update of a post that went out meanwhile, breaks none of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum ViolationKind {
    /// A time that has passed: some services publish at once when they get one.
    PastTime,
    /// A time less than two minutes ahead (a second's travel is forgiven).
    LateTime,
    /// A time that is not ISO 8601 with seconds and an offset.
    MalformedTime,
    /// A time with an offset other than zero.
    OffsetNotUtc,
    /// Scheduling without saying for when: the service takes a stored time, or now.
    ScheduledWithoutTime,
    /// A field that the endpoint does not document.
    UnknownField,
    /// An update with nothing to update.
    EmptyUpdate,
    /// A body that is not a JSON object where one belongs.
    MalformedBody,
    /// A body without `Content-Type: application/json`.
    WrongContentType,
    /// A field by a name that is only accepted for old clients' sake.
    DeprecatedField,
    /// A field by a name that the endpoint refuses.
    MisnamedField,
    /// What would be published at once, without a test expecting it.
    PublishesAtOnce,
    /// A cancellation, which is final, without a test expecting it.
    UnexpectedCancellation,
    /// No key where it belongs.
    MissingKey,
    /// A key in a header of another service.
    KeyInWrongHeader,
    /// What is sent as a key cannot be one of this service's.
    MalformedKey,
    /// More requests than the rate limit allows.
    OverRateLimit,
    /// A query parameter that the endpoint does not document.
    UnknownQueryParam,
    /// A query value outside of what is documented.
    BadQueryValue,
    /// An id that is not one of this service's.
    MalformedPostId,
    /// A managed user's id that is not one of this service's.
    MalformedUserId,
    /// A path without the workspace that it needs.
    MissingWorkspace,
    /// A creation that could be doubled, where the service takes an idempotency key.
    MissingIdempotencyKey,
    /// An idempotency key that was sent before, with another body.
    IdempotencyKeyReused,
    /// An idempotency key where the service honours none: whoever sends it counts on a protection
    /// that is not there.
    IdempotencyKeyInVain,
    /// A path that is no endpoint.
    UnknownPath,
    /// An endpoint with another method than its own.
    WrongMethod,
}

/// A broken rule before it is known when and by which request.
#[derive(Debug)]
pub(crate) struct Finding {
    pub kind: ViolationKind,
    pub sentence: String,
}

impl Finding {
    pub fn new(kind: ViolationKind, sentence: impl Into<String>) -> Self {
        Self { kind, sentence: sentence.into() }
    }
}
