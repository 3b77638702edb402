//! What a service of the family does in its own way.

use std::fmt::Debug;

use axum::http::HeaderName;
use axum::http::header::RETRY_AFTER;
use chrono::{DateTime, Utc};
use serde::de::DeserializeOwned;

use super::limits;
use super::post::PostState;
use super::routes::Endpoint;
use super::state::State;
use super::write::Write;
use crate::answer::Answer;
use crate::call::Call;
use crate::dialect::Failure;
use crate::violations::Finding;
use crate::world::World;

/// One of the two services. The implementing type holds what only that one knows.
pub(crate) trait Vendor: Debug + Default + Send + 'static {
    /// As people write it.
    const NAME: &'static str;
    /// The base address below the practice server's own.
    const BASE: &'static str;
    /// Where the key is expected.
    const KEY_HEADER: HeaderName;
    /// The documented fields of `create-post`.
    const CREATE_FIELDS: &'static [&'static str];
    /// The documented fields of `update-post`.
    const UPDATE_FIELDS: &'static [&'static str];

    /// What can be selected over the control address, beside what the family has.
    type Settings: DeserializeOwned + Send;

    /// This service in the world.
    fn state(world: &mut World) -> &mut State<Self>;

    /// Selects what is named and leaves the rest.
    fn select(&mut self, settings: Self::Settings);

    /// The rules of its own that a call to an endpoint breaks.
    fn inspect(_call: &Call, _endpoint: Endpoint<'_>) -> Vec<Finding> {
        Vec::new()
    }

    /// Who is acting, or why the call is refused before its endpoint is looked at.
    fn admit(state: &mut State<Self>, call: &Call, now: DateTime<Utc>) -> Result<String, Answer>;

    /// Headers that every answer to a known key carries.
    fn headers(_: &State<Self>, _key: &str, _now: DateTime<Utc>) -> Vec<(HeaderName, String)> {
        Vec::new()
    }

    /// `get-post`
    fn get(state: &State<Self>, user: &str, id: &str) -> Answer;

    /// `create-post`
    fn create(state: &mut State<Self>, write: &Write<'_>) -> Answer;

    /// `update-post`
    fn update(state: &mut State<Self>, id: &str, write: &Write<'_>) -> Answer;

    /// Why a post cannot be deleted, if it cannot.
    fn refuse_deletion(&mut self, _post: &PostState) -> Option<Answer> {
        None
    }

    /// An ordered failure in its own words.
    fn failure(&self, ordered: Failure, now: DateTime<Utc>) -> Answer {
        failure(ordered, now)
    }
}

/// An ordered failure in the words that both have. Documented for neither: 503, and a 429 to
/// anything but an upload.
pub(crate) fn failure(ordered: Failure, now: DateTime<Utc>) -> Answer {
    match ordered {
        Failure::KeyRefused => Answer::error(401, "Invalid API key"),
        Failure::PlanLimit => Answer::refused(403, limits::example(now)),
        Failure::NotFound => Answer::error(404, "Post group not found"),
        Failure::TooMany { retry_after_secs } => Answer::error(429, "Too many requests")
            .with_header(RETRY_AFTER, retry_after_secs.to_string()),
        Failure::Internal => Answer::error(500, "Internal server error"),
        Failure::Unavailable => Answer::error(503, "Service temporarily unavailable"),
    }
}
