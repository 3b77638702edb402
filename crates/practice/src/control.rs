//! The control address: the power of [`Practice`] and [`crate::postpost::PostPost`] over HTTP.
//!
//! Bodies are JSON with the field names of the Rust types in camel case. Orders answer 204, those
//! that name an unknown user or post 404.
//!
//! | | |
//! |---|---|
//! | `POST /control/faults` | a [`Fault`]: `{"on": {"method": "PUT"}, "times": 1, "what": {"delay": 500}}` |
//! | `DELETE /control/faults` | none is to happen any more |
//! | `GET`, `DELETE /control/requests` | the record; forget it |
//! | `GET /control/violations` | what no client should send |
//! | `POST /control/tick` | publish what is due |
//! | `POST /control/clock` | `{"set": time}` or `{"advanceSeconds": n}`; answers `{"now"}` |
//! | `POST /control/postpost/users` | `{"key", "plan"}` |
//! | `DELETE /control/postpost/users/{key}` | revoke a key |
//! | `POST /control/postpost/connections` | `{"key", "platformId", "username", "displayName"}` |
//! | `POST /control/postpost/posts` | `{"key", "id"?}` and the fields of a seed post; answers `{"postGroupId"}` |
//! | `GET /control/postpost/posts` | all posts as the service has them |
//! | `GET`, `PATCH`, `DELETE /control/postpost/posts/{id}` | one post; an edit made elsewhere; a deletion |
//! | `POST /control/postpost/failures` | `{"platform"}`: its next publication fails |
//! | `POST /control/postpost/settings` | any of `pastTime`, `timeOnDraft`, `publishingTakesSeconds`, `plan` with `key` |

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{delete, get, post};
use axum::{Json, Router};
use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::faults::Fault;
use crate::postpost::{Edit, PastTime, Plan, PostState, SeedPost, TimeOnDraft};
use crate::practice::Practice;
use crate::record::Recorded;
use crate::violations::Violation;

pub(crate) fn router() -> Router<Practice> {
    Router::new()
        .route("/faults", post(order_fault).delete(clear_faults))
        .route("/requests", get(requests).delete(clear_requests))
        .route("/violations", get(violations))
        .route("/tick", post(tick))
        .route("/clock", post(move_clock))
        .route("/postpost/users", post(add_user))
        .route("/postpost/users/{key}", delete(remove_user))
        .route("/postpost/connections", post(add_connection))
        .route("/postpost/posts", post(add_post).get(posts))
        .route("/postpost/posts/{id}", get(one_post).patch(edit_post).delete(delete_post))
        .route("/postpost/failures", post(fail_next))
        .route("/postpost/settings", post(change_settings))
}

const DONE: StatusCode = StatusCode::NO_CONTENT;

async fn order_fault(State(practice): State<Practice>, Json(fault): Json<Fault>) -> StatusCode {
    practice.fault(fault);
    DONE
}

async fn clear_faults(State(practice): State<Practice>) -> StatusCode {
    practice.clear_faults();
    DONE
}

async fn requests(State(practice): State<Practice>) -> Json<Vec<Recorded>> {
    Json(practice.requests())
}

async fn clear_requests(State(practice): State<Practice>) -> StatusCode {
    practice.clear_requests();
    DONE
}

async fn violations(State(practice): State<Practice>) -> Json<Vec<Violation>> {
    Json(practice.violations())
}

async fn tick(State(practice): State<Practice>) -> StatusCode {
    practice.tick();
    DONE
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
enum MoveClock {
    Set(DateTime<Utc>),
    AdvanceSeconds(i64),
}

async fn move_clock(State(practice): State<Practice>, Json(order): Json<MoveClock>) -> Json<Value> {
    match order {
        MoveClock::Set(to) => practice.clock().set(to),
        MoveClock::AdvanceSeconds(seconds) => {
            practice.clock().advance(TimeDelta::seconds(seconds));
        }
    }
    Json(json!({ "now": practice.clock().now() }))
}

#[derive(Deserialize)]
struct AddUser {
    key: String,
    plan: Plan,
}

async fn add_user(State(practice): State<Practice>, Json(order): Json<AddUser>) -> StatusCode {
    practice.postpost().add_user(&order.key, order.plan);
    DONE
}

async fn remove_user(State(practice): State<Practice>, Path(key): Path<String>) -> StatusCode {
    practice.postpost().remove_user(&key);
    DONE
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct AddConnection {
    key: String,
    platform_id: String,
    username: String,
    #[serde(default)]
    display_name: String,
}

async fn add_connection(
    State(practice): State<Practice>,
    Json(order): Json<AddConnection>,
) -> StatusCode {
    let postpost = practice.postpost();
    if !postpost.has_user(&order.key) {
        return StatusCode::NOT_FOUND;
    }
    let AddConnection { key, platform_id, username, display_name } = order;
    postpost.add_connection(&key, &platform_id, &username, &display_name);
    DONE
}

#[derive(Deserialize)]
struct AddPost {
    key: String,
    id: Option<String>,
    #[serde(flatten)]
    post: SeedPost,
}

async fn add_post(
    State(practice): State<Practice>,
    Json(order): Json<AddPost>,
) -> Result<Json<Value>, StatusCode> {
    let postpost = practice.postpost();
    if !postpost.has_user(&order.key) {
        return Err(StatusCode::NOT_FOUND);
    }
    let id = match order.id {
        None => postpost.add_post(&order.key, order.post),
        Some(id) if crate::postpost::is_post_id(&id) => {
            postpost.add_post_with_id(&order.key, &id, order.post);
            id
        }
        Some(_) => return Err(StatusCode::UNPROCESSABLE_ENTITY),
    };
    Ok(Json(json!({ "postGroupId": id })))
}

async fn posts(State(practice): State<Practice>) -> Json<Vec<PostState>> {
    Json(practice.postpost().posts())
}

async fn one_post(
    State(practice): State<Practice>,
    Path(id): Path<String>,
) -> Result<Json<PostState>, StatusCode> {
    practice.postpost().post(&id).map(Json).ok_or(StatusCode::NOT_FOUND)
}

async fn edit_post(
    State(practice): State<Practice>,
    Path(id): Path<String>,
    Json(edit): Json<Edit>,
) -> StatusCode {
    if practice.postpost().edit_elsewhere(&id, edit) { DONE } else { StatusCode::NOT_FOUND }
}

async fn delete_post(State(practice): State<Practice>, Path(id): Path<String>) -> StatusCode {
    if practice.postpost().delete_elsewhere(&id) { DONE } else { StatusCode::NOT_FOUND }
}

#[derive(Deserialize)]
struct FailNext {
    platform: String,
}

async fn fail_next(State(practice): State<Practice>, Json(order): Json<FailNext>) -> StatusCode {
    practice.postpost().fail_next_publication(&order.platform);
    DONE
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Settings {
    past_time: Option<PastTime>,
    time_on_draft: Option<TimeOnDraft>,
    publishing_takes_seconds: Option<i64>,
    plan: Option<Plan>,
    /// Whose plan.
    key: Option<String>,
}

async fn change_settings(
    State(practice): State<Practice>,
    Json(settings): Json<Settings>,
) -> StatusCode {
    let postpost = practice.postpost();
    match (settings.plan, settings.key) {
        (None, _) => {}
        (Some(plan), Some(key)) if postpost.has_user(&key) => postpost.set_plan(&key, plan),
        (Some(_), Some(_)) => return StatusCode::NOT_FOUND,
        (Some(_), None) => return StatusCode::UNPROCESSABLE_ENTITY,
    }
    if let Some(past_time) = settings.past_time {
        postpost.set_past_time(past_time);
    }
    if let Some(time_on_draft) = settings.time_on_draft {
        postpost.set_time_on_draft(time_on_draft);
    }
    if let Some(seconds) = settings.publishing_takes_seconds {
        postpost.set_publishing_takes(TimeDelta::seconds(seconds));
    }
    DONE
}
