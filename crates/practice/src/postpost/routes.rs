//! PostPost's endpoints, and the checks that come before each of them.

use axum::http::HeaderName;
use axum::http::header::RETRY_AFTER;
use chrono::{DateTime, Utc};
use serde_json::Value;

use super::state::State;
use super::{BASE, check, limits, list, wire, write};
use crate::answer::Answer;
use crate::call::{Body, Call};
use crate::dialect::{Dialect, Failure};
use crate::twist::Twist;
use crate::violations::Finding;

/// Where PostPost expects the key.
pub(super) const KEY_HEADER: HeaderName = HeaderName::from_static("x-api-key");

/// An endpoint with its parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Endpoint<'a> {
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

pub(super) fn route<'a>(method: &str, path: &'a str) -> Route<'a> {
    let mut parts = path.strip_prefix(BASE).unwrap_or_default().split('/').skip(1);
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

/// An id as MongoDB has them; any other makes PostPost answer 500.
pub(crate) fn is_post_id(id: &str) -> bool {
    id.len() == 24 && id.bytes().all(|byte| byte.is_ascii_hexdigit())
}

impl Dialect for State {
    fn speaks(&self, path: &str) -> bool {
        path.strip_prefix(BASE).is_some_and(|rest| rest.starts_with('/'))
    }

    fn key<'a>(&self, call: &'a Call) -> Option<&'a str> {
        call.header(KEY_HEADER.as_str())
    }

    fn knows(&self, key: &str) -> bool {
        self.users.contains_key(key)
    }

    fn inspect(&self, call: &Call, now: DateTime<Utc>) -> Vec<Finding> {
        check::inspect(call, now)
    }

    fn answer(&mut self, call: &Call, now: DateTime<Utc>, twist: Twist) -> Answer {
        let Route::To(endpoint) = route(&call.method, &call.path) else {
            return Answer::error(404, "Not found");
        };
        let key = match call.header(KEY_HEADER.as_str()) {
            None | Some("") => return Answer::error(401, "API key is required"),
            Some(key) => key,
        };
        let Some(user) = self.users.get(key) else {
            return self.failure(Failure::KeyRefused, now);
        };
        match endpoint {
            Endpoint::ListPosts => list::list(self, key, &call.query, now),
            Endpoint::PlatformConnections => Answer::read(wire::connections(&user.connections)),
            Endpoint::GetPost(id) => get(self, key, id),
            Endpoint::DeletePost(id) => write::delete(self, key, id, now, twist),
            Endpoint::CreatePost => match body(call) {
                Ok(body) => write::create(self, key, &body, now, twist),
                Err(answer) => answer,
            },
            Endpoint::UpdatePost(id) => match body(call) {
                Ok(body) => write::update(self, key, id, &body, now, twist),
                Err(answer) => answer,
            },
        }
    }

    fn failure(&self, failure: Failure, now: DateTime<Utc>) -> Answer {
        match failure {
            Failure::KeyRefused => Answer::error(401, "Invalid API key"),
            Failure::PlanLimit => Answer::refused(403, limits::example(now)),
            Failure::NotFound => Answer::error(404, "Post group not found"),
            Failure::TooMany { retry_after_secs } => Answer::error(429, "Too many requests")
                .with_header(RETRY_AFTER, retry_after_secs.to_string()),
            Failure::Internal => Answer::error(500, "Internal server error"),
            Failure::Unavailable => Answer::error(503, "Service temporarily unavailable"),
        }
    }

    fn publish_due(&mut self, now: DateTime<Utc>) {
        Self::publish_due(self, now);
    }

    fn finish_publications(&mut self, now: DateTime<Utc>) {
        Self::finish_publications(self, now);
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

fn get(state: &State, key: &str, id: &str) -> Answer {
    if !is_post_id(id) {
        return Answer::error(500, "Failed to fetch post group");
    }
    match state.posts.get(id).filter(|post| post.key == key) {
        Some(post) => Answer::read(wire::single(post)),
        None => Answer::error(404, "Post group not found"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lead_to_endpoints_by_their_own_method_only() {
        let path = "/postpost/api/v1/update-post/abc";
        assert_eq!(route("PUT", path), Route::To(Endpoint::UpdatePost("abc")));
        assert_eq!(route("PATCH", path), Route::WrongMethod);
        for unknown in ["/update-post", "/update-post/a/b", "/posts", "/", "", "//list-posts"] {
            assert_eq!(route("PUT", &format!("{BASE}{unknown}")), Route::Unknown, "{unknown}");
        }
    }

    #[test]
    fn a_neighbour_of_the_base_address_is_not_below_it() {
        let speaks = |path| State::default().speaks(path);
        assert!(speaks("/postpost/api/v1/list-posts"));
        assert!(!speaks("/postpost/api/v10/list-posts"));
        assert!(!speaks("/postpost/api/v1"));
    }
}
