//! The control address of Postato, below its name.
//!
//! | | |
//! |---|---|
//! | `POST keys` | `{"key"}` |
//! | `DELETE keys/{key}` | revoke a key |
//! | `POST workspaces` | `{"key", "id", "name"}`: the key may act on it |
//! | `POST accounts` | `{"workspace", "id", "platform", "username", "displayName"?}` |
//! | `PATCH accounts/{id}` | `{"status"}`: `connected`, `token_expired` or `suspended` |
//! | `POST posts` | `{"workspace", "id"?, "post"}` with a seed post; answers `{"id"}` |
//! | `GET posts` | all posts as the service has them |
//! | `GET`, `PATCH`, `DELETE posts/{id}` | one post; an edit made elsewhere; a deletion |
//! | `POST failures` | `{"target"}`: the next publication on that platform or account fails |
//! | `POST expectations` | `"publish"` or `"cancellation"`: one more of them is no violation |
//! | `POST publishing` | `{"takesSeconds"}` |
//! | `GET`, `PUT settings` | the reading of the documents; what is absent is as by default |

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{delete, get, patch, post};
use axum::{Json, Router};
use chrono::TimeDelta;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{DONE, found};
use crate::postato::{
    AccountStatus, Edit, PostState, SeedPost, Settings, is_account_id, is_post_id, is_workspace_id,
};
use crate::practice::Practice;

pub(super) fn router() -> Router<Practice> {
    Router::new()
        .route("/keys", post(add_key))
        .route("/keys/{key}", delete(remove_key))
        .route("/workspaces", post(add_workspace))
        .route("/accounts", post(add_account))
        .route("/accounts/{id}", patch(change_account))
        .route("/posts", post(add_post).get(posts))
        .route("/posts/{id}", get(one_post).patch(edit_post).delete(delete_post))
        .route("/failures", post(fail_next))
        .route("/expectations", post(expect))
        .route("/publishing", post(change_publishing))
        .route("/settings", get(settings).put(change_settings))
}

#[derive(Deserialize)]
struct AddKey {
    key: String,
}

async fn add_key(State(practice): State<Practice>, Json(order): Json<AddKey>) -> StatusCode {
    practice.postato().add_key(&order.key);
    DONE
}

async fn remove_key(State(practice): State<Practice>, Path(key): Path<String>) -> StatusCode {
    practice.postato().remove_key(&key);
    DONE
}

#[derive(Deserialize)]
struct AddWorkspace {
    key: String,
    id: String,
    name: String,
}

async fn add_workspace(
    State(practice): State<Practice>,
    Json(AddWorkspace { key, id, name }): Json<AddWorkspace>,
) -> StatusCode {
    let postato = practice.postato();
    if !is_workspace_id(&id) {
        return StatusCode::UNPROCESSABLE_ENTITY;
    }
    if !postato.has_key(&key) {
        return StatusCode::NOT_FOUND;
    }
    postato.add_workspace(&key, &id, &name);
    DONE
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct AddAccount {
    workspace: String,
    id: String,
    platform: String,
    username: String,
    #[serde(default)]
    display_name: String,
}

async fn add_account(
    State(practice): State<Practice>,
    Json(order): Json<AddAccount>,
) -> StatusCode {
    let postato = practice.postato();
    let AddAccount { workspace, id, platform, username, display_name } = order;
    if !is_account_id(&id) {
        return StatusCode::UNPROCESSABLE_ENTITY;
    }
    if !postato.has_workspace(&workspace) {
        return StatusCode::NOT_FOUND;
    }
    postato.add_account(&workspace, &id, &platform, &username, &display_name);
    DONE
}

#[derive(Deserialize)]
struct ChangeAccount {
    status: AccountStatus,
}

async fn change_account(
    State(practice): State<Practice>,
    Path(id): Path<String>,
    Json(order): Json<ChangeAccount>,
) -> StatusCode {
    found(practice.postato().set_account_status(&id, order.status))
}

#[derive(Deserialize)]
struct AddPost {
    workspace: String,
    id: Option<String>,
    post: SeedPost,
}

async fn add_post(
    State(practice): State<Practice>,
    Json(AddPost { workspace, id, post }): Json<AddPost>,
) -> Result<Json<Value>, StatusCode> {
    let postato = practice.postato();
    if !postato.has_account(&workspace, &post.account_id) {
        return Err(StatusCode::NOT_FOUND);
    }
    let id = match id {
        None => postato.add_post(&workspace, post),
        Some(id) if is_post_id(&id) => {
            postato.add_post_with_id(&workspace, &id, post);
            id
        }
        Some(_) => return Err(StatusCode::UNPROCESSABLE_ENTITY),
    };
    Ok(Json(json!({ "id": id })))
}

async fn posts(State(practice): State<Practice>) -> Json<Vec<PostState>> {
    Json(practice.postato().posts())
}

async fn one_post(
    State(practice): State<Practice>,
    Path(id): Path<String>,
) -> Result<Json<PostState>, StatusCode> {
    practice.postato().post(&id).map(Json).ok_or(StatusCode::NOT_FOUND)
}

async fn edit_post(
    State(practice): State<Practice>,
    Path(id): Path<String>,
    Json(edit): Json<Edit>,
) -> StatusCode {
    found(practice.postato().edit_elsewhere(&id, edit))
}

async fn delete_post(State(practice): State<Practice>, Path(id): Path<String>) -> StatusCode {
    found(practice.postato().delete_elsewhere(&id))
}

#[derive(Deserialize)]
struct FailNext {
    target: String,
}

async fn fail_next(State(practice): State<Practice>, Json(order): Json<FailNext>) -> StatusCode {
    practice.postato().fail_next_publication(&order.target);
    DONE
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
enum Expect {
    Publish,
    Cancellation,
}

async fn expect(State(practice): State<Practice>, Json(order): Json<Expect>) -> StatusCode {
    match order {
        Expect::Publish => practice.postato().expect_publish(),
        Expect::Cancellation => practice.postato().expect_cancellation(),
    }
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
    practice.postato().set_publishing_takes(TimeDelta::seconds(order.takes_seconds));
    DONE
}

async fn settings(State(practice): State<Practice>) -> Json<Settings> {
    Json(practice.postato().settings())
}

async fn change_settings(
    State(practice): State<Practice>,
    Json(settings): Json<Settings>,
) -> StatusCode {
    practice.postato().set_settings(settings);
    DONE
}
