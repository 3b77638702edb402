//! Postato's endpoints, and the checks that come before each of them.

use chrono::{DateTime, Utc};

use super::refusal::Refusal;
use super::settings::SingleRead;
use super::state::State;
use super::{BASE, check, create, delete, list, update, wire};
use crate::answer::Answer;
use crate::call::Call;
use crate::dialect::{Dialect, Failure};
use crate::twist::Twist;
use crate::violations::Finding;

/// Honoured by creations alone.
pub(super) const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// An endpoint of a workspace, with its parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Endpoint<'a> {
    ListAccounts,
    ListPosts,
    CreatePost,
    GetPost(&'a str),
    UpdatePost(&'a str),
    DeletePost(&'a str),
}

/// What a method and a path lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Route<'a> {
    ListWorkspaces,
    /// An endpoint of the workspace with that id.
    Within(&'a str, Endpoint<'a>),
    /// An endpoint of a workspace that is not named.
    NoWorkspace,
    WrongMethod,
    Unknown,
}

pub(super) fn route<'a>(method: &str, path: &'a str) -> Route<'a> {
    let parts: Vec<_> = path.strip_prefix(BASE).unwrap_or_default().split('/').skip(1).collect();
    let (workspace, rest) = match parts.as_slice() {
        ["v1", "workspaces"] if method == "GET" => return Route::ListWorkspaces,
        ["v1", "workspaces"] => return Route::WrongMethod,
        ["v1", "posts" | "accounts", ..]
        | ["v1", "workspaces", "posts" | "accounts", ..]
        | ["v1", "workspaces", "", "posts" | "accounts", ..] => return Route::NoWorkspace,
        ["v1", "workspaces", workspace, rest @ ..] if !workspace.is_empty() => (workspace, rest),
        _ => return Route::Unknown,
    };
    let endpoint = match (rest, method) {
        (["accounts"], "GET") => Endpoint::ListAccounts,
        (["posts"], "GET") => Endpoint::ListPosts,
        (["posts"], "POST") => Endpoint::CreatePost,
        (["posts", ""], _) => return Route::Unknown,
        (["posts", id], "GET") => Endpoint::GetPost(id),
        (["posts", id], "PATCH") => Endpoint::UpdatePost(id),
        (["posts", id], "DELETE") => Endpoint::DeletePost(id),
        (["accounts"] | ["posts"] | ["posts", _], _) => return Route::WrongMethod,
        _ => return Route::Unknown,
    };
    Route::Within(workspace, endpoint)
}

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
        check::inspect(self, call, now)
    }

    fn answer(&mut self, call: &Call, now: DateTime<Utc>, twist: Twist) -> Answer {
        let shape = self.settings.errors;
        self.try_answer(call, now, twist).unwrap_or_else(|refusal| refusal.answer(shape))
    }

    fn failure(&self, failure: Failure, _: DateTime<Utc>) -> Answer {
        let refusal = match failure {
            Failure::KeyRefused => Refusal::unauthorized(),
            Failure::PlanLimit => {
                Refusal::new(403, "plan_inactive", "The subscription is not active")
            }
            Failure::NotFound => Refusal::not_found(),
            Failure::TooMany { retry_after_secs } => Refusal::too_many(retry_after_secs),
            Failure::Internal => Refusal::new(500, "internal_error", "Internal server error"),
            Failure::Unavailable => Refusal::new(503, "unavailable", "Service unavailable"),
        };
        refusal.answer(self.settings.errors)
    }

    fn publish_due(&mut self, now: DateTime<Utc>) {
        Self::publish_due(self, now);
    }

    fn finish_publications(&mut self, now: DateTime<Utc>) {
        Self::finish_publications(self, now);
    }
}

impl State {
    fn try_answer(
        &mut self,
        call: &Call,
        now: DateTime<Utc>,
        twist: Twist,
    ) -> Result<Answer, Refusal> {
        let granted = self.key(call).and_then(|key| self.keys.get(key));
        let granted = granted.ok_or_else(Refusal::unauthorized)?;
        let (workspace, endpoint) = match route(&call.method, &call.path) {
            Route::ListWorkspaces => return Ok(Answer::read(wire::workspaces(self, granted, now))),
            Route::NoWorkspace => {
                let required = self.settings.workspace_required;
                return Err(Refusal::workspace_required(required, granted));
            }
            Route::WrongMethod | Route::Unknown => return Err(Refusal::not_found()),
            Route::Within(workspace, endpoint) => (workspace, endpoint),
        };
        if !granted.iter().any(|id| id == workspace) {
            return Err(Refusal::not_found());
        }
        match endpoint {
            Endpoint::ListAccounts => self.list_accounts(workspace, call),
            Endpoint::ListPosts => list::list(self, workspace, call, now),
            Endpoint::GetPost(id) => self.get(workspace, id),
            Endpoint::CreatePost => create::create(self, workspace, call, now, twist),
            Endpoint::UpdatePost(id) => update::update(self, workspace, id, call, now, twist),
            Endpoint::DeletePost(id) => delete::delete(self, workspace, id, now, twist),
        }
    }

    fn list_accounts(&self, workspace: &str, call: &Call) -> Result<Answer, Refusal> {
        let wanted = call.query.get("platform");
        let accounts = self.workspaces.get(workspace).into_iter().flat_map(|one| &one.accounts);
        let accounts: Vec<_> =
            accounts.filter(|one| wanted.is_none_or(|wanted| one.platform == *wanted)).collect();
        let body = wire::accounts(&accounts, self.settings.accounts);
        body.map(Answer::read).ok_or_else(Refusal::not_found)
    }

    fn get(&self, workspace: &str, id: &str) -> Result<Answer, Refusal> {
        let post = self.shown(workspace, id);
        let post = post.filter(|_| self.settings.single_read == SingleRead::Answered);
        let post = post.ok_or_else(Refusal::not_found)?;
        Ok(Answer::read(wire::post(post, &self.settings)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lead_to_endpoints_by_their_own_methods_only() {
        let path = "/postato/v1/workspaces/w/posts/p";
        assert_eq!(route("PATCH", path), Route::Within("w", Endpoint::UpdatePost("p")));
        assert_eq!(route("PUT", path), Route::WrongMethod);
        assert_eq!(route("POST", "/postato/v1/workspaces"), Route::WrongMethod);
        for unknown in ["/v1/workspaces/w", "/v1/workspaces/w/media", "/posts", "/", "", "//v1"] {
            assert_eq!(route("GET", &format!("{BASE}{unknown}")), Route::Unknown, "{unknown}");
        }
        let empty_id = "/postato/v1/workspaces/w/posts/";
        assert_eq!(route("DELETE", empty_id), Route::Unknown);
    }

    #[test]
    fn a_path_without_its_workspace_is_told_from_an_unknown_one() {
        for path in [
            "/postato/v1/posts",
            "/postato/v1/posts/p",
            "/postato/v1/accounts",
            "/postato/v1/workspaces/posts/p",
            "/postato/v1/workspaces//posts",
        ] {
            assert_eq!(route("GET", path), Route::NoWorkspace, "{path}");
        }
    }
}
