//! The rate limit: 60 requests a minute for each key, told with every answer.

use axum::http::HeaderName;
use chrono::{DateTime, Utc};

use super::envelope::Refusal;
use crate::rates::Rates;

pub(super) const REQUESTS: u64 = 60;

#[derive(Debug, Default)]
pub(crate) struct RateLimit {
    pub off: bool,
    /// By key, known or not; without one by an empty key.
    rates: Rates,
}

impl RateLimit {
    pub fn count(&mut self, key: &str, now: DateTime<Utc>) {
        self.rates.count(key, now);
    }

    /// Whether a further request is one too many.
    pub fn is_used_up(&self, key: &str, now: DateTime<Utc>) -> bool {
        !self.off && self.rates.used(key, now) >= REQUESTS
    }

    /// Refuses a request that was counted, if it is one too many.
    pub fn check(&self, key: &str, now: DateTime<Utc>) -> Result<(), Refusal> {
        if self.off || self.rates.used(key, now) <= REQUESTS {
            return Ok(());
        }
        Err(Refusal::too_many(self.rates.wait(key, now)))
    }

    /// What every answer tells of the limit; nothing where there is none.
    pub fn headers(&self, key: &str, now: DateTime<Utc>) -> Vec<(HeaderName, String)> {
        if self.off { Vec::new() } else { self.rates.headers(key, REQUESTS, now) }
    }
}
