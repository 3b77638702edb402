//! PostEverywhere's endpoints, and the checks that come before each of them.

use axum::http::{HeaderName, Method};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::envelope::{Outcome, Refusal};
use super::limits::REQUESTS;
use super::state::State;
use super::{BASE, check, fields, list, publish, wire, write};
use crate::answer::Answer;
use crate::call::{Body, Call};
use crate::dialect::{Dialect, Failure};
use crate::rates;
use crate::twist::Twist;
use crate::violations::Finding;

/// An endpoint with its parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Endpoint<'a> {
    List,
    Create,
    Get(&'a str),
    Update(&'a str),
    Delete(&'a str),
    Schedule(&'a str),
    Retry(&'a str),
    Results(&'a str),
    Accounts,
}

/// What a method and a path lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Route<'a> {
    To(Endpoint<'a>),
    WrongMethod,
    Unknown,
}

pub(super) fn route<'a>(method: &str, path: &'a str) -> Route<'a> {
    let mut parts = path.strip_prefix(BASE).unwrap_or_default().split('/').skip(1);
    let parts = (parts.next(), parts.next(), parts.next(), parts.next());
    let endpoints: &[(Method, Endpoint<'a>)] = match parts {
        (Some("posts"), None, ..) => {
            &[(Method::GET, Endpoint::List), (Method::POST, Endpoint::Create)]
        }
        (Some("posts"), Some(id), None, _) => &[
            (Method::GET, Endpoint::Get(id)),
            (Method::PATCH, Endpoint::Update(id)),
            (Method::DELETE, Endpoint::Delete(id)),
        ],
        (Some("posts"), Some(id), Some("schedule"), None) => {
            &[(Method::POST, Endpoint::Schedule(id))]
        }
        (Some("posts"), Some(id), Some("retry"), None) => &[(Method::POST, Endpoint::Retry(id))],
        (Some("posts"), Some(id), Some("results"), None) => &[(Method::GET, Endpoint::Results(id))],
        (Some("accounts"), None, ..) => &[(Method::GET, Endpoint::Accounts)],
        _ => return Route::Unknown,
    };
    let own = endpoints.iter().find(|(wanted, _)| wanted.as_str() == method);
    own.map_or(Route::WrongMethod, |(_, endpoint)| Route::To(*endpoint))
}

impl<'a> Endpoint<'a> {
    /// The post that the path names.
    pub fn post(self) -> Option<&'a str> {
        match self {
            Self::Get(id)
            | Self::Update(id)
            | Self::Delete(id)
            | Self::Schedule(id)
            | Self::Retry(id)
            | Self::Results(id) => Some(id),
            Self::List | Self::Create | Self::Accounts => None,
        }
    }
}

/// `f47ac10b-58cc-4372-a567-0e02b2c3d479`: of posts and media, of any version.
pub(crate) fn is_uuid(id: &str) -> bool {
    let fits = |(at, byte): (usize, u8)| match at {
        8 | 13 | 18 | 23 => byte == b'-',
        _ => byte.is_ascii_hexdigit(),
    };
    id.len() == 36 && id.bytes().enumerate().all(fits)
}

/// What every key begins with; in the documents 32 hexadecimal digits follow.
pub(crate) const KEY_PREFIX: &str = "pe_live_";

impl Dialect for State {
    fn base(&self) -> &'static str {
        BASE
    }

    fn key<'a>(&self, call: &'a Call) -> Option<&'a str> {
        call.bearer()
    }

    fn knows(&self, key: &str) -> bool {
        self.keys.contains_key(key)
    }

    fn inspect(&mut self, call: &Call, now: DateTime<Utc>) -> Vec<Finding> {
        let findings = check::inspect(self, call, now);
        self.calls += 1;
        self.rate.count(call.bearer().unwrap_or_default(), now);
        findings
    }

    fn headers(&self, call: &Call, now: DateTime<Utc>) -> Vec<(HeaderName, String)> {
        self.rate.headers(call.bearer().unwrap_or_default(), now)
    }

    fn answer(&mut self, call: &Call, now: DateTime<Utc>, twist: Twist) -> Answer {
        let outcome = self.handle(call, now, twist);
        self.envelop(outcome, now)
    }

    fn failure(&self, failure: Failure, now: DateTime<Utc>) -> Answer {
        self.envelop(Err(refusal(failure, now)), now)
    }

    fn publish_due(&mut self, now: DateTime<Utc>) {
        Self::publish_due(self, now);
    }

    fn finish_publications(&mut self, now: DateTime<Utc>) {
        Self::finish_publications(self, now);
    }
}

fn refusal(failure: Failure, now: DateTime<Utc>) -> Refusal {
    match failure {
        Failure::KeyRefused => Refusal::new(401, "unauthorized", "Invalid API key."),
        Failure::PlanLimit => {
            Refusal::new(403, "quota_exceeded", "Your plan's post quota is used up.")
        }
        Failure::NotFound => Refusal::not_found(),
        Failure::TooMany { retry_after_secs } => {
            let headers = rates::used_up(REQUESTS, retry_after_secs, now);
            Refusal::too_many(retry_after_secs).with_headers(headers)
        }
        Failure::Internal => Refusal::new(500, "internal_error", "Internal server error."),
        Failure::Unavailable => {
            Refusal::new(503, "service_unavailable", "Service temporarily unavailable.")
        }
    }
}

impl State {
    fn handle(
        &mut self,
        call: &Call,
        now: DateTime<Utc>,
        twist: Twist,
    ) -> Result<Outcome, Refusal> {
        let Route::To(endpoint) = route(&call.method, &call.path) else {
            return Err(Refusal::new(404, "not_found", "Not found."));
        };
        let key = call.bearer().unwrap_or_default();
        self.rate.check(key, now)?;
        let Some(accounts) = self.keys.get(key) else {
            return Err(refusal(Failure::KeyRefused, now));
        };
        match endpoint {
            Endpoint::List => list::list(self, key, &call.query, now),
            Endpoint::Accounts => Ok(Outcome::read(wire::accounts(accounts, &self.settings))),
            Endpoint::Get(id) => {
                let post = self.find(key, id)?;
                Ok(Outcome::read(wire::post(post, &self.settings)))
            }
            Endpoint::Results(id) => publish::results(self, key, id),
            Endpoint::Create => write::create(self, key, fields::body(call)?, now, twist),
            Endpoint::Update(id) => write::update(self, key, id, fields::body(call)?, now, twist),
            Endpoint::Delete(id) => write::delete(self, key, id, now, twist),
            Endpoint::Schedule(id) => {
                publish::schedule(self, key, id, fields::body(call)?, now, twist)
            }
            Endpoint::Retry(id) => publish::retry(self, key, id, &retry_body(call)?, now, twist),
        }
    }
}

/// A retry's body may be left out.
fn retry_body(call: &Call) -> Result<Value, Refusal> {
    match call.body {
        Body::Empty => Ok(json!({})),
        _ => fields::body(call).cloned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lead_to_endpoints_by_their_own_methods_only() {
        let to = |method, path: &str| match route(method, &format!("{BASE}{path}")) {
            Route::To(endpoint) => format!("{endpoint:?}"),
            other => format!("{other:?}"),
        };
        assert_eq!(to("GET", "/posts"), "List");
        assert_eq!(to("POST", "/posts"), "Create");
        assert_eq!(to("PATCH", "/posts/a"), "Update(\"a\")");
        assert_eq!(to("POST", "/posts/a/schedule"), "Schedule(\"a\")");
        assert_eq!(to("GET", "/posts/a/results"), "Results(\"a\")");
        assert_eq!(to("PUT", "/posts/a"), "WrongMethod");
        assert_eq!(to("GET", "/posts/a/retry"), "WrongMethod");
        for unknown in ["/posts/a/b", "/posts/a/retry/c", "/me", "/accounts/7", "/", ""] {
            assert_eq!(to("GET", unknown), "Unknown", "{unknown}");
        }
    }

    #[test]
    fn a_uuid_has_its_dashes_in_their_places() {
        assert!(is_uuid("f47ac10b-58cc-4372-a567-0e02b2c3d479"));
        for wrong in ["f47ac10b58cc4372a5670e02b2c3d479", "post_8f3k2j1", ""] {
            assert!(!is_uuid(wrong), "{wrong}");
        }
        assert!(!is_uuid("g47ac10b-58cc-4372-a567-0e02b2c3d479"));
    }
}
