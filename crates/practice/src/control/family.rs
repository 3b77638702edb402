//! The control address of the services that [`crate::family`] has, below each one's name.
//!
//! | | |
//! |---|---|
//! | `POST users` | `{"key", "plan"}` |
//! | `DELETE users/{key}` | revoke a key |
//! | `POST connections` | `{"key", "platformId", "username", "displayName"}` |
//! | `POST posts` | `{"key", "id"?}` and the fields of a seed post; answers `{"postGroupId"}` |
//! | `GET posts` | all posts as the service has them |
//! | `GET`, `PATCH`, `DELETE posts/{id}` | one post; an edit made elsewhere; a deletion |
//! | `POST failures` | `{"platform"}`: its next publication fails |
//! | `POST settings` | any of `timeOnDraft`, `publishingTakesSeconds`, `plan` with `key`, and the service's own |
//!
//! PostPost's own setting is `pastTime`; Publora's are `generation`, `pastTime`, `pausedTime`,
//! `deletion` and `once` (`idempotencyInFlight`, `versionConflict` or `postChanged`).

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{delete, get, post};
use axum::{Json, Router};
use chrono::TimeDelta;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{DONE, found};
use crate::family::{Edit, Handle, Plan, PostState, SeedPost, TimeOnDraft, Vendor, is_object_id};
use crate::practice::Practice;

pub(super) fn router<V: Vendor>() -> Router<Practice> {
    Router::new()
        .route("/users", post(add_user::<V>))
        .route("/users/{key}", delete(remove_user::<V>))
        .route("/connections", post(add_connection::<V>))
        .route("/posts", post(add_post::<V>).get(posts::<V>))
        .route("/posts/{id}", get(one_post::<V>).patch(edit_post::<V>).delete(delete_post::<V>))
        .route("/failures", post(fail_next::<V>))
        .route("/settings", post(change_settings::<V>))
}

#[derive(Deserialize)]
struct AddUser {
    key: String,
    plan: Plan,
}

async fn add_user<V: Vendor>(
    State(practice): State<Practice>,
    Json(order): Json<AddUser>,
) -> StatusCode {
    Handle::<V>::new(practice).add_user(&order.key, order.plan);
    DONE
}

async fn remove_user<V: Vendor>(
    State(practice): State<Practice>,
    Path(key): Path<String>,
) -> StatusCode {
    Handle::<V>::new(practice).remove_user(&key);
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

async fn add_connection<V: Vendor>(
    State(practice): State<Practice>,
    Json(order): Json<AddConnection>,
) -> StatusCode {
    let service = Handle::<V>::new(practice);
    if !service.has_user(&order.key) {
        return StatusCode::NOT_FOUND;
    }
    let AddConnection { key, platform_id, username, display_name } = order;
    service.add_connection(&key, &platform_id, &username, &display_name);
    DONE
}

#[derive(Deserialize)]
struct AddPost {
    key: String,
    id: Option<String>,
    #[serde(flatten)]
    post: SeedPost,
}

async fn add_post<V: Vendor>(
    State(practice): State<Practice>,
    Json(order): Json<AddPost>,
) -> Result<Json<Value>, StatusCode> {
    let service = Handle::<V>::new(practice);
    if !service.has_user(&order.key) {
        return Err(StatusCode::NOT_FOUND);
    }
    let id = match order.id {
        None => service.add_post(&order.key, order.post),
        Some(id) if is_object_id(&id) => {
            service.add_post_with_id(&order.key, &id, order.post);
            id
        }
        Some(_) => return Err(StatusCode::UNPROCESSABLE_ENTITY),
    };
    Ok(Json(json!({ "postGroupId": id })))
}

async fn posts<V: Vendor>(State(practice): State<Practice>) -> Json<Vec<PostState>> {
    Json(Handle::<V>::new(practice).posts())
}

async fn one_post<V: Vendor>(
    State(practice): State<Practice>,
    Path(id): Path<String>,
) -> Result<Json<PostState>, StatusCode> {
    Handle::<V>::new(practice).post(&id).map(Json).ok_or(StatusCode::NOT_FOUND)
}

async fn edit_post<V: Vendor>(
    State(practice): State<Practice>,
    Path(id): Path<String>,
    Json(edit): Json<Edit>,
) -> StatusCode {
    found(Handle::<V>::new(practice).edit_elsewhere(&id, edit))
}

async fn delete_post<V: Vendor>(
    State(practice): State<Practice>,
    Path(id): Path<String>,
) -> StatusCode {
    found(Handle::<V>::new(practice).delete_elsewhere(&id))
}

#[derive(Deserialize)]
struct FailNext {
    platform: String,
}

async fn fail_next<V: Vendor>(
    State(practice): State<Practice>,
    Json(order): Json<FailNext>,
) -> StatusCode {
    Handle::<V>::new(practice).fail_next_publication(&order.platform);
    DONE
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Settings {
    time_on_draft: Option<TimeOnDraft>,
    publishing_takes_seconds: Option<i64>,
    plan: Option<Plan>,
    /// Whose plan.
    key: Option<String>,
    /// What only this service has.
    #[serde(flatten)]
    own: Map<String, Value>,
}

async fn change_settings<V: Vendor>(
    State(practice): State<Practice>,
    Json(settings): Json<Settings>,
) -> StatusCode {
    let service = Handle::<V>::new(practice);
    let Ok(own) = serde_json::from_value(Value::Object(settings.own)) else {
        return StatusCode::UNPROCESSABLE_ENTITY;
    };
    match (settings.plan, settings.key) {
        (None, _) => {}
        (Some(plan), Some(key)) if service.has_user(&key) => service.set_plan(&key, plan),
        (Some(_), Some(_)) => return StatusCode::NOT_FOUND,
        (Some(_), None) => return StatusCode::UNPROCESSABLE_ENTITY,
    }
    service.with(|state, _| state.own.select(own));
    if let Some(time_on_draft) = settings.time_on_draft {
        service.set_time_on_draft(time_on_draft);
    }
    if let Some(seconds) = settings.publishing_takes_seconds {
        service.set_publishing_takes(TimeDelta::seconds(seconds));
    }
    DONE
}
