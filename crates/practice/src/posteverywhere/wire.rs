//! The JSON shapes of PostEverywhere's answers, without their envelope.

use serde_json::{Value, json};

use super::list::Page;
use super::settings::{
    AccountIdField, DeletedShape, DestinationTimes, ListShape, RetriedShape, Settings, Totals,
};
use super::state::{Account, Destination, PostState};
use crate::time;

pub(super) fn post(post: &PostState, settings: &Settings) -> Value {
    let media = post.media_ids.iter().map(|id| {
        // As in the sample of "Update post": there is no more to be known of media here.
        json!({ "media_id": id, "type": "image", "width": 1920, "height": 1080 })
    });
    let destinations = post.destinations.iter().map(|one| destination(one, settings));
    json!({
        "post_id": post.id,
        "id": post.id,
        "status": post.status,
        "content": post.content,
        "account_ids": post.account_ids(),
        "scheduled_for": post.scheduled_for.map(time::text),
        "timezone": post.timezone,
        "media_ids": post.media_ids,
        "media": media.collect::<Vec<_>>(),
        "platform_content": post.platform_content,
        "destinations": destinations.collect::<Vec<_>>(),
        "created_at": time::text(post.created_at),
        "updated_at": time::text(post.updated_at),
    })
}

fn destination(destination: &Destination, settings: &Settings) -> Value {
    let mut value = json!({
        "account_id": destination.account_id,
        "account_name": destination.account_name,
        "platform": destination.platform,
        "status": destination.status,
        "platform_post_id": destination.platform_post_id,
        "platform_post_url": destination.url(),
        "published_at": destination.published_at.map(time::text),
        "error": destination.error,
        "attempts": destination.attempts,
    });
    if settings.destination_times == DestinationTimes::Shown {
        value["scheduled_for"] = json!(destination.scheduled_for.map(time::text));
    }
    value
}

impl Destination {
    fn url(&self) -> Option<String> {
        let id = self.platform_post_id.as_ref()?;
        Some(format!("https://{}.example/{id}", self.platform))
    }
}

/// What a creation or an update answers.
pub(super) fn written(written: &PostState, settings: &Settings, next_step: &str) -> Value {
    let mut value = post(written, settings);
    value["next_step"] = json!(next_step);
    value
}

/// What a creation answers to older clients.
pub(super) fn created(post: &PostState, message: &str) -> Value {
    json!({
        "post_id": post.id,
        "status": post.status,
        "scheduled_for": post.scheduled_for.map(time::text),
        "accounts_count": post.destinations.len(),
        "message": message,
    })
}

pub(super) fn list(posts: &[&PostState], page: &Page, settings: &Settings) -> Value {
    let posts = posts.iter().map(|listed| match settings.list_shape {
        ListShape::Current => post(listed, settings),
        ListShape::Older => older(post(listed, settings)),
    });
    let mut pagination = json!({ "limit": page.limit, "offset": page.offset });
    if settings.totals == Totals::Shown {
        pagination["total"] = json!(page.total);
        pagination["has_more"] = json!(page.has_more());
    }
    json!({ "posts": posts.collect::<Vec<_>>(), "pagination": pagination })
}

/// A post as lists had it before it could make the round trip.
fn older(mut post: Value) -> Value {
    if let Value::Object(post) = &mut post {
        post.retain(|name, _| !["post_id", "account_ids", "media_ids"].contains(&name.as_str()));
    }
    for media in post["media"].as_array_mut().into_iter().flatten() {
        let id = media["media_id"].as_str().unwrap_or_default();
        let url = format!("https://media.example/{id}.jpg");
        *media = json!({ "id": id, "url": url, "type": media["type"] });
    }
    for destination in post["destinations"].as_array_mut().into_iter().flatten() {
        if let Value::Object(destination) = destination {
            destination.remove("platform_post_url");
        }
    }
    post
}

/// What `/schedule` answers.
pub(super) fn scheduled(post: &PostState, publish_now: bool) -> Value {
    let destinations = post.destinations.iter().map(|one| {
        json!({ "account_id": one.account_id, "platform": one.platform, "status": one.status })
    });
    let message = if publish_now { "Draft is being published." } else { "Draft scheduled." };
    json!({
        "post_id": post.id,
        "status": post.status,
        "scheduled_for": post.scheduled_for.map(time::text),
        "publish_now": publish_now,
        "destinations": destinations.collect::<Vec<_>>(),
        "message": message,
    })
}

pub(super) fn retried(id: &str, retried: &[Destination], settings: &Settings) -> Value {
    let count = retried.len();
    match settings.retried_shape {
        RetriedShape::Page => {
            let destinations = retried.iter().map(|one| destination(one, settings));
            json!({
                "post_id": id,
                "retried_count": count,
                "destinations": destinations.collect::<Vec<_>>(),
                "next_step": format!(
                    "{count} destination(s) re-queued. Poll GET /v1/posts/{id} to watch them.",
                ),
            })
        }
        RetriedShape::Client => {
            let destinations = retried.iter().map(
                |one| json!({ "id": one.id, "platform": one.platform, "new_status": one.status }),
            );
            json!({ "retried_count": count, "destinations": destinations.collect::<Vec<_>>() })
        }
    }
}

pub(super) fn deleted(id: &str, shape: DeletedShape) -> Value {
    match shape {
        DeletedShape::Page => json!({ "post_id": id, "deleted": true }),
        DeletedShape::Client => json!({ "deleted": true, "id": id }),
        DeletedShape::Message => json!({ "message": "Post deleted successfully." }),
    }
}

pub(super) fn results(post: &PostState) -> Value {
    let results = post.destinations.iter().map(|one| {
        json!({
            "id": one.id,
            "platform": one.platform,
            "status": one.status,
            "account_name": one.account_name,
            "account_id": one.account_id,
            "published_at": one.published_at.map(time::text),
            "platform_post_id": one.platform_post_id,
            "platform_post_url": one.url(),
            "error": one.error,
            "attempts": one.attempts,
            "next_retry_at": null,
        })
    });
    json!({
        "post_id": post.id,
        "post_status": post.status,
        "results": results.collect::<Vec<_>>(),
    })
}

/// Practice accounts are active and healthy, and have no picture.
pub(super) fn accounts(accounts: &[Account], settings: &Settings) -> Value {
    let id_field = match settings.account_id_field {
        AccountIdField::Id => "id",
        AccountIdField::AccountId => "account_id",
    };
    let listed = accounts.iter().map(|account| {
        json!({
            (id_field): account.id,
            "platform": account.platform,
            "account_name": account.name,
            "avatar_url": null,
            "is_active": true,
            "created_at": time::text(account.created_at),
            "health": { "status": "healthy", "can_post": true },
        })
    });
    let mut value = json!({ "accounts": listed.collect::<Vec<_>>() });
    if settings.account_id_field == AccountIdField::AccountId {
        value["account_ids"] = accounts.iter().map(|account| account.id).collect();
    }
    value
}
