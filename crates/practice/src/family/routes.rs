//! The endpoints of the family, and the checks that come before each of them.

use axum::http::HeaderName;
use chrono::{DateTime, Utc};
use serde_json::Value;

use super::state::State;
use super::vendor::Vendor;
use super::write::Write;
use super::{check, list, wire};
use crate::answer::Answer;
use crate::call::{Body, Call};
use crate::dialect::{Dialect, Failure};
use crate::twist::Twist;
use crate::violations::Finding;

/// An endpoint with its parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Endpoint<'a> {
    ListPosts,
    GetPost(&'a str),
    CreatePost,
    UpdatePost(&'a str),
    DeletePost(&'a str),
    PlatformConnections,
}

/// What a method and a path lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Route<'a> {
    To(Endpoint<'a>),
    WrongMethod,
    Unknown,
}

pub(super) fn route<'a>(base: &str, method: &str, path: &'a str) -> Route<'a> {
    let mut parts = path.strip_prefix(base).unwrap_or_default().split('/').skip(1);
    let (wanted, endpoint) = match (parts.next(), parts.next(), parts.next()) {
        (Some("list-posts"), None, _) => ("GET", Endpoint::ListPosts),
        (Some("get-post"), Some(id), None) => ("GET", Endpoint::GetPost(id)),
        (Some("create-post"), None, _) => ("POST", Endpoint::CreatePost),
        (Some("update-post"), Some(id), None) => ("PUT", Endpoint::UpdatePost(id)),
        (Some("delete-post"), Some(id), None) => ("DELETE", Endpoint::DeletePost(id)),
        (Some("platform-connections"), None, _) => ("GET", Endpoint::PlatformConnections),
        _ => return Route::Unknown,
    };
    if method == wanted { Route::To(endpoint) } else { Route::WrongMethod }
}

/// An id as MongoDB has them; any other makes most endpoints answer 500.
pub(crate) fn is_object_id(id: &str) -> bool {
    id.len() == 24 && id.bytes().all(|byte| byte.is_ascii_hexdigit())
}

impl<V: Vendor> Dialect for State<V> {
    fn base(&self) -> &'static str {
        V::BASE
    }

    fn key<'a>(&self, call: &'a Call) -> Option<&'a str> {
        call.header(V::KEY_HEADER.as_str())
    }

    fn knows(&self, key: &str) -> bool {
        self.users.get(key).is_some_and(|user| user.managed_by.is_none())
    }

    fn inspect(&mut self, call: &Call, now: DateTime<Utc>) -> Vec<Finding> {
        check::inspect::<V>(call, now)
    }

    fn headers(&self, call: &Call, now: DateTime<Utc>) -> Vec<(HeaderName, String)> {
        let key = self.key(call).filter(|key| self.knows(key));
        key.map(|key| V::headers(self, key, now)).unwrap_or_default()
    }

    fn answer(&mut self, call: &Call, now: DateTime<Utc>, twist: Twist) -> Answer {
        let Route::To(endpoint) = route(V::BASE, &call.method, &call.path) else {
            return Answer::error(404, "Not found");
        };
        match V::admit(self, call, now) {
            Ok(user) => self.attend(endpoint, &user, call, now, twist),
            Err(refusal) => refusal,
        }
    }

    fn failure(&self, failure: Failure, now: DateTime<Utc>) -> Answer {
        self.own.failure(failure, now)
    }

    fn publish_due(&mut self, now: DateTime<Utc>) {
        Self::publish_due(self, now);
    }

    fn finish_publications(&mut self, now: DateTime<Utc>) {
        Self::finish_publications(self, now);
    }
}

impl<V: Vendor> State<V> {
    /// The key of a call if it is a user's, else the 401; `missing` is said when there is none.
    pub fn known_key(
        &self,
        call: &Call,
        missing: &str,
        now: DateTime<Utc>,
    ) -> Result<String, Answer> {
        match self.key(call) {
            None | Some("") => Err(Answer::error(401, missing)),
            Some(key) if self.knows(key) => Ok(key.to_owned()),
            Some(_) => Err(self.own.failure(Failure::KeyRefused, now)),
        }
    }

    fn attend(
        &mut self,
        endpoint: Endpoint<'_>,
        user: &str,
        call: &Call,
        now: DateTime<Utc>,
        twist: Twist,
    ) -> Answer {
        let write = |body| Write { user, call, body, now, twist };
        match endpoint {
            Endpoint::ListPosts => list::list(self, user, &call.query, now),
            Endpoint::PlatformConnections => {
                let connections = self.users.get(user).map(|user| user.connections.as_slice());
                Answer::read(wire::connections(connections.unwrap_or_default()))
            }
            Endpoint::GetPost(id) => V::get(self, user, id),
            Endpoint::DeletePost(id) => self.delete(id, &write(Value::Null)),
            Endpoint::CreatePost => match body(call) {
                Ok(body) => V::create(self, &write(body)),
                Err(answer) => answer,
            },
            Endpoint::UpdatePost(id) => match body(call) {
                Ok(body) => V::update(self, id, &write(body)),
                Err(answer) => answer,
            },
        }
    }
}

/// The body as Express reads it: nothing at all unless it is declared as JSON.
fn body(call: &Call) -> Result<Value, Answer> {
    match &call.body {
        _ if !call.is_declared_json() => Ok(Value::Null),
        Body::Empty => Ok(Value::Null),
        Body::Json(value) => Ok(value.clone()),
        Body::Text(_) => {
            let message = serde_json::json!({ "message": "Unexpected token in JSON" });
            Err(Answer::refused(400, message))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::postpost::BASE;

    #[test]
    fn paths_lead_to_endpoints_by_their_own_method_only() {
        let path = "/postpost/api/v1/update-post/abc";
        assert_eq!(route(BASE, "PUT", path), Route::To(Endpoint::UpdatePost("abc")));
        assert_eq!(route(BASE, "PATCH", path), Route::WrongMethod);
        for unknown in ["/update-post", "/update-post/a/b", "/posts", "/", "", "//list-posts"] {
            assert_eq!(
                route(BASE, "PUT", &format!("{BASE}{unknown}")),
                Route::Unknown,
                "{unknown}"
            );
        }
    }
}
