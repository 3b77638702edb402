//! Quotas: the budgets of requests, one for each key, whichever accounts use it.
//!
//! Services count by key, and a key may open several accounts: workspaces, or managed users. Which
//! accounts share one is known by comparing hashes of their keys. The hash is taken with a secret of
//! this process's own, so that it tells nothing about the key, and is kept nowhere but here.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use secrecy::{ExposeSecret, SecretString};

use super::budget::{Budget, Urgency};
use crate::model::ServiceAddress;
use crate::service::{Allowance, RequestLimit};

/// The quotas of all keys that were used since the start. None is forgotten: an account that is
/// connected again goes on with what its key has spent.
#[derive(Default)]
pub(crate) struct Quotas {
    hasher: RandomState,
    known: Mutex<HashMap<u64, Arc<Quota>>>,
}

impl Quotas {
    /// The quota of a key at its service.
    pub fn of(
        &self,
        address: &ServiceAddress,
        key: &SecretString,
        limits: &[RequestLimit],
    ) -> Arc<Quota> {
        let whose = (&address.kind.0, address.base_url.as_str(), key.expose_secret());
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let quota = Arc::clone(known.entry(self.hasher.hash_one(whose)).or_default());
        quota.budget().set_limits(limits);
        quota
    }
}

/// What one key may ask of its service. Without limits, anything.
#[derive(Default)]
pub(crate) struct Quota(Mutex<Budget>);

impl Quota {
    fn budget(&self) -> MutexGuard<'_, Budget> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// When so many requests may be made; they may at once where that is not after `now`.
    pub fn free_at(&self, urgency: Urgency, requests: usize, now: DateTime<Utc>) -> DateTime<Utc> {
        self.budget().free_at(urgency, requests, now)
    }

    /// How much time there is for each polling request; none where there is no limit.
    pub fn pace(&self) -> Option<TimeDelta> {
        self.budget().pace()
    }

    /// Counts requests that were made.
    pub fn spend(&self, urgency: Urgency, requests: usize, now: DateTime<Utc>) {
        self.budget().spend(urgency, requests, now);
    }

    /// Keeps room for so many requests while they are made.
    pub fn begin(
        self: &Arc<Self>,
        urgency: Urgency,
        requests: usize,
        now: DateTime<Utc>,
    ) -> UnderWay {
        self.budget().begin(urgency, requests);
        UnderWay { quota: Arc::clone(self), urgency, requests, made: requests, at: now }
    }

    /// Asks nothing until then, for whichever account.
    pub fn hold(&self, until: DateTime<Utc>, now: DateTime<Utc>) {
        self.budget().hold(until, now);
    }

    /// Goes by what the service says is left.
    pub fn heard(&self, allowance: Allowance, now: DateTime<Utc>) {
        self.budget().heard(allowance, now);
    }
}

/// Requests under way. Whoever stops waiting for them has made them all the same.
pub(crate) struct UnderWay {
    quota: Arc<Quota>,
    urgency: Urgency,
    requests: usize,
    made: usize,
    at: DateTime<Utc>,
}

impl UnderWay {
    /// So many were made in the end, and answered by now: a limit may count from any moment until
    /// then.
    pub fn end(mut self, made: usize, now: DateTime<Utc>) {
        self.made = made;
        self.at = now;
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.quota.budget().end(self.urgency, self.requests, self.made, self.at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{RemoteId, ServiceKind};

    #[test]
    fn accounts_share_a_quota_where_service_address_and_key_are_the_same() {
        let address = |base: &str, user: &str| ServiceAddress {
            kind: ServiceKind("publora".to_owned()),
            base_url: base.parse().unwrap(),
            workspace: None,
            managed_user: Some(RemoteId(user.to_owned())),
        };
        let quotas = Quotas::default();
        let of = |base, user, key: &str| quotas.of(&address(base, user), &key.into(), &[]);
        let ours = of("https://api.publora.com/api/v1", "a", "sk_one");
        assert!(Arc::ptr_eq(&ours, &of("https://api.publora.com/api/v1", "b", "sk_one")));
        assert!(!Arc::ptr_eq(&ours, &of("https://api.publora.com/api/v1", "a", "sk_two")));
        assert!(!Arc::ptr_eq(&ours, &of("https://other.example/api/v1", "a", "sk_one")));
    }
}
