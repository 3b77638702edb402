//! Which requests each task takes at Publora, and what its answers have that PostPost's have not.

use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use http::{HeaderName, Response};
use rundown_core::model::{Act, Edit, IdempotencyKey, RemoteId, ServiceAddress};
use rundown_core::service::{
    Accepted, Answer, Created, ListQuery, NewPost, Page, PageToken, Reading, RemoteChannel,
    SchedulingService, ServiceError,
};
use secrecy::SecretString;
use serde_json::Value;
use url::Url;

use super::map;
use crate::answer;
use crate::api::{Api, Call};
use crate::family::{Client, Own};
use crate::transport::Transport;
use crate::wording::unreadable;

const KEY: HeaderName = HeaderName::from_static("x-publora-key");
const MANAGED_USER: HeaderName = HeaderName::from_static("x-publora-user-id");
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

const OWN: Own = Own { name: "Publora", failure };

/// One account at Publora, or a user that it manages.
#[derive(Debug)]
pub struct Publora {
    client: Client,
}

impl Publora {
    /// An adapter that reaches Publora at `address`, and acts for its managed user if it names one.
    /// Makes no request.
    pub fn new(transport: Arc<dyn Transport>, address: &ServiceAddress, key: SecretString) -> Self {
        let mut api = Api::new(transport, address.base_url.clone(), KEY, key);
        if let Some(user) = &address.managed_user {
            api = api.with_header(MANAGED_USER, user.as_str());
        }
        Self { client: Client::new(api, OWN) }
    }
}

#[async_trait]
impl SchedulingService for Publora {
    fn requests_made(&self) -> Option<u64> {
        Some(self.client.requests_made())
    }

    async fn channels(&self) -> Result<Answer<Vec<RemoteChannel>>, ServiceError> {
        self.client.channels(map::connections).await
    }

    async fn list(
        &self,
        query: &ListQuery,
        page: Option<&PageToken>,
    ) -> Result<Answer<Page>, ServiceError> {
        self.client.list(query, page).await
    }

    async fn read(
        &self,
        post: &RemoteId,
        near: &[DateTime<Utc>],
    ) -> Result<Answer<Reading>, ServiceError> {
        let Some(existing) = self.client.get_post(post).await? else { return Ok(answer::gone()) };
        let Some(told) = map::told(existing.value.clone(), post) else {
            return self.client.read_by_listing(post, near, existing).await;
        };
        if told.is_whole {
            return Ok(existing.map(|_| Reading::Found(told.post)));
        }
        let standing = &told.post.standing;
        let near = standing.time.as_ref().map_or(near, std::slice::from_ref);
        Ok(match self.client.find(post, &standing.status, near).await? {
            Some(listed) => listed.map(|listed| Reading::Found(told.completed(listed))),
            None => existing.map(|_| Reading::Unclear),
        })
    }

    async fn apply(
        &self,
        post: &RemoteId,
        edit: &Edit,
        key: &IdempotencyKey,
    ) -> Result<Answer<Accepted>, ServiceError> {
        let call = keyed(self.client.update(post, &map::update(edit))?, key);
        let answer = self.client.send(call).await?;
        answer.try_map(|body| map::accepted(body, post, edit)).map_err(unreadable)
    }

    async fn create(
        &self,
        post: &NewPost,
        key: &IdempotencyKey,
    ) -> Result<Answer<Created>, ServiceError> {
        let answer = self.client.create(keyed(self.client.creation(post)?, key)).await?;
        answer.try_map(map::created).map_err(unreadable)
    }

    async fn act(
        &self,
        post: &RemoteId,
        act: Act,
        _: &IdempotencyKey,
    ) -> Result<Answer<Accepted>, ServiceError> {
        self.client.act(post, act).await
    }
}

/// The same request under the change's key for its body.
fn keyed(call: Call, key: &IdempotencyKey) -> Call {
    let key = key.for_body(call.body());
    call.with_header(IDEMPOTENCY_KEY, key)
}

/// What an answer without success means: as anywhere, but for some of the conflicts, after which the
/// post has to be read before anything is repeated (see the head of the module).
fn failure(response: &Response<Vec<u8>>, asked: &Url) -> ServiceError {
    let body: Value = serde_json::from_slice(response.body()).unwrap_or_default();
    match (answer::failure(response, asked), body["code"].as_str()) {
        (
            ServiceError::Refused { status: 409, sentence },
            Some(
                "IDEMPOTENCY_IN_FLIGHT"
                | "POST_GROUP_VERSION_CONFLICT"
                | "POST_CHANGED"
                | "POST_IS_PROCESSING",
            ),
        ) => ServiceError::Unsettled { sentence },
        (error, _) => error,
    }
}
