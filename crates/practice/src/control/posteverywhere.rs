//! The control address of PostEverywhere, below its name.
//!
//! | | |
//! |---|---|
//! | `POST keys` | `{"key"}` |
//! | `DELETE keys/{key}` | revoke a key, with its accounts |
//! | `POST accounts` | `{"key", "id", "platform", "name"}` |
//! | `POST posts` | `{"key", "id"?, "post"}` with a seed post; answers `{"id"}` |
//! | `GET posts` | all posts as the service has them |
//! | `GET`, `PATCH`, `DELETE posts/{id}` | one post; an edit made elsewhere; a deletion |
//! | `POST failures` | `{"target"}`: the next publication on that platform or account fails |
//! | `POST left-behind` | `{"accountId"}`: its destination does not follow the next update of a time |
//! | `POST expectations` | `{"publishNow": id}`: one more of that post is no violation |
//! | `POST publishing` | `{"takesSeconds"}` |
//! | `DELETE limits` | no rate limit any more |
//! | `GET`, `PUT settings` | how the service behaves; what is absent is as by default |

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{delete, get, post};
use axum::{Json, Router};
use chrono::TimeDelta;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{DONE, found};
use crate::posteverywhere::{Edit, KEY_PREFIX, PostState, SeedPost, Settings, is_uuid};
use crate::practice::Practice;

pub(super) fn router() -> Router<Practice> {
    Router::new()
        .route("/keys", post(add_key))
        .route("/keys/{key}", delete(remove_key))
        .route("/accounts", post(add_account))
        .route("/posts", post(add_post).get(posts))
        .route("/posts/{id}", get(one_post).patch(edit_post).delete(delete_post))
        .route("/failures", post(fail_next))
        .route("/left-behind", post(leave_behind))
        .route("/expectations", post(expect))
        .route("/publishing", post(change_publishing))
        .route("/limits", delete(lift_limits))
        .route("/settings", get(settings).put(change_settings))
}

#[derive(Deserialize)]
struct AddKey {
    key: String,
}

async fn add_key(State(practice): State<Practice>, Json(order): Json<AddKey>) -> StatusCode {
    if !order.key.starts_with(KEY_PREFIX) {
        return StatusCode::UNPROCESSABLE_ENTITY;
    }
    practice.posteverywhere().add_key(&order.key);
    DONE
}

async fn remove_key(State(practice): State<Practice>, Path(key): Path<String>) -> StatusCode {
    practice.posteverywhere().remove_key(&key);
    DONE
}

#[derive(Deserialize)]
struct AddAccount {
    key: String,
    id: u64,
    platform: String,
    name: String,
}

async fn add_account(
    State(practice): State<Practice>,
    Json(AddAccount { key, id, platform, name }): Json<AddAccount>,
) -> StatusCode {
    let posteverywhere = practice.posteverywhere();
    if !posteverywhere.has_key(&key) {
        return StatusCode::NOT_FOUND;
    }
    posteverywhere.add_account(&key, id, &platform, &name);
    DONE
}

#[derive(Deserialize)]
struct AddPost {
    key: String,
    id: Option<String>,
    post: SeedPost,
}

async fn add_post(
    State(practice): State<Practice>,
    Json(AddPost { key, id, post }): Json<AddPost>,
) -> Result<Json<Value>, StatusCode> {
    let posteverywhere = practice.posteverywhere();
    if !posteverywhere.has_accounts(&key, &post.account_ids) {
        return Err(StatusCode::NOT_FOUND);
    }
    let id = match id {
        None => posteverywhere.add_post(&key, post),
        Some(id) if is_uuid(&id) => {
            posteverywhere.add_post_with_id(&key, &id, post);
            id
        }
        Some(_) => return Err(StatusCode::UNPROCESSABLE_ENTITY),
    };
    Ok(Json(json!({ "id": id })))
}

async fn posts(State(practice): State<Practice>) -> Json<Vec<PostState>> {
    Json(practice.posteverywhere().posts())
}

async fn one_post(
    State(practice): State<Practice>,
    Path(id): Path<String>,
) -> Result<Json<PostState>, StatusCode> {
    practice.posteverywhere().post(&id).map(Json).ok_or(StatusCode::NOT_FOUND)
}

async fn edit_post(
    State(practice): State<Practice>,
    Path(id): Path<String>,
    Json(edit): Json<Edit>,
) -> StatusCode {
    found(practice.posteverywhere().edit_elsewhere(&id, edit))
}

async fn delete_post(State(practice): State<Practice>, Path(id): Path<String>) -> StatusCode {
    found(practice.posteverywhere().delete_elsewhere(&id))
}

#[derive(Deserialize)]
struct FailNext {
    target: String,
}

async fn fail_next(State(practice): State<Practice>, Json(order): Json<FailNext>) -> StatusCode {
    practice.posteverywhere().fail_next_publication(&order.target);
    DONE
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct LeaveBehind {
    account_id: u64,
}

async fn leave_behind(
    State(practice): State<Practice>,
    Json(order): Json<LeaveBehind>,
) -> StatusCode {
    practice.posteverywhere().leave_behind_next(order.account_id);
    DONE
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Expect {
    publish_now: String,
}

async fn expect(State(practice): State<Practice>, Json(order): Json<Expect>) -> StatusCode {
    practice.posteverywhere().expect_publish_now(&order.publish_now);
    DONE
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Publishing {
    takes_seconds: i64,
}

async fn change_publishing(
    State(practice): State<Practice>,
    Json(order): Json<Publishing>,
) -> StatusCode {
    let takes = TimeDelta::seconds(order.takes_seconds);
    practice.posteverywhere().set_publishing_takes(takes);
    DONE
}

async fn lift_limits(State(practice): State<Practice>) -> StatusCode {
    practice.posteverywhere().set_limits_off();
    DONE
}

async fn settings(State(practice): State<Practice>) -> Json<Settings> {
    Json(practice.posteverywhere().settings())
}

async fn change_settings(
    State(practice): State<Practice>,
    Json(chosen): Json<Settings>,
) -> StatusCode {
    practice.posteverywhere().set(|settings| *settings = chosen);
    DONE
}
