//! One account at PostPost: its header, and what it has not got of what Publora has.

use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use http::HeaderName;
use rundown_core::model::{Edit, IdempotencyKey, RemoteId};
use rundown_core::service::{
    Accepted, Answer, ListQuery, Page, PageToken, Reading, RemoteChannel, SchedulingService,
    ServiceError,
};
use secrecy::SecretString;
use url::Url;

use crate::answer;
use crate::api::Api;
use crate::family::{Client, Own, map};
use crate::transport::Transport;
use crate::wording::unreadable;

const OWN: Own = Own { name: "PostPost", failure: answer::failure };

/// One account at PostPost.
#[derive(Debug)]
pub struct PostPost {
    client: Client,
}

impl PostPost {
    /// An adapter that reaches PostPost at `base`, `/api/v1` included. Makes no request.
    pub fn new(transport: Arc<dyn Transport>, base: Url, key: SecretString) -> Self {
        let api = Api::new(transport, base, HeaderName::from_static("x-api-key"), key);
        Self { client: Client::new(api, OWN) }
    }
}

#[async_trait]
impl SchedulingService for PostPost {
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
        match self.client.get_post(post).await? {
            Some(existing) => self.client.read_by_listing(post, near, existing).await,
            None => Ok(answer::gone()),
        }
    }

    async fn apply(
        &self,
        post: &RemoteId,
        edit: &Edit,
        _: &IdempotencyKey,
    ) -> Result<Answer<Accepted>, ServiceError> {
        let answer = self.client.send(self.client.update(post, edit)?).await?;
        answer.try_map(|body| map::accepted(body, post)).map_err(unreadable)
    }
}
