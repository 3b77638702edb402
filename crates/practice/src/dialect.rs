//! What every service's dialect can be asked by the server around it.

use axum::http::HeaderName;
use chrono::{DateTime, Utc};

use crate::answer::Answer;
use crate::call::Call;
use crate::twist::Twist;
use crate::violations::Finding;

/// One service, below a path of its own.
pub(crate) trait Dialect {
    /// Its base address below the practice server's own.
    fn base(&self) -> &'static str;

    /// The key that a call carries where this service expects it.
    fn key<'a>(&self, call: &'a Call) -> Option<&'a str>;

    /// Whether that is an account's key.
    fn knows(&self, key: &str) -> bool;

    /// The rules that a call breaks, whatever is answered to it. Each call is inspected once.
    fn inspect(&mut self, call: &Call, now: DateTime<Utc>) -> Vec<Finding>;

    /// Headers of every answer in this service's own words, ordered failures included.
    fn headers(&self, _call: &Call, _now: DateTime<Utc>) -> Vec<(HeaderName, String)> {
        Vec::new()
    }

    /// Answers a call, applying it if it is a write.
    fn answer(&mut self, call: &Call, now: DateTime<Utc>, twist: Twist) -> Answer;

    /// An ordered failure in this service's own words.
    fn failure(&self, failure: Failure, now: DateTime<Utc>) -> Answer;

    /// Takes up what is due, and ends the publications whose time is over.
    fn publish_due(&mut self, now: DateTime<Utc>);

    /// Ends the publications whose time is over, without starting any.
    fn finish_publications(&mut self, now: DateTime<Utc>);
}

/// A failure that each service words in its own way. None of them applies anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// 401: no account has this key.
    KeyRefused,
    /// 403 or the like: a limit of the plan.
    PlanLimit,
    /// 404: there is no such post.
    NotFound,
    /// 429, to be tried again after so many seconds.
    TooMany { retry_after_secs: u64 },
    /// 500.
    Internal,
    /// 503.
    Unavailable,
}
