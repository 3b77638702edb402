//! One account at PostPost: its header, and what it has not got of what Publora has.

use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use http::HeaderName;
use rundown_core::model::{Ability, Act, Edit, IdempotencyKey, RemoteId};
use rundown_core::service::{
    Accepted, Answer, Created, ListQuery, NewPost, Page, PageToken, Reading, RemoteChannel,
    SchedulingService, ServiceError,
};
use secrecy::SecretString;
use url::Url;

use crate::answer;
use crate::api::Api;
use crate::family::{Client, Own, map};
use crate::transport::Transport;
use crate::wording::{unreadable, unsendable};

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
        if edit.text.is_some() {
            return Err(ServiceError::cannot(Ability::EditText.words()));
        }
        let call = self.client.update(post, &map::update(edit.step))?;
        let answer = self.client.send(call).await?;
        answer.try_map(|body| map::accepted(body, post)).map_err(unreadable)
    }

    async fn create(
        &self,
        post: &NewPost,
        _: &IdempotencyKey,
    ) -> Result<Answer<Created>, ServiceError> {
        check_creation(post)?;
        let answer = self.client.create(self.client.creation(post)?).await?;
        let created = |id| Created { id, accepted: Accepted::default() };
        answer.try_map(|body| map::created(body).map(created)).map_err(unreadable)
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

/// Refuses a creation that could go out twice, and one that PostPost is known to refuse.
fn check_creation(post: &NewPost) -> Result<(), ServiceError> {
    if post.time.is_some() {
        return Err(unsendable("PostPost’s posts are created as drafts and scheduled afterwards"));
    }
    let ids = post.channels.iter().map(|target| target.channel.as_str());
    match ids.into_iter().find(|id| !is_platform_id(id)) {
        Some(id) => Err(unsendable(format!(
            "PostPost lists the channel {id}, but takes no new posts for it from other apps. Leave \
             this channel out, or create the post on PostPost’s own page: it can be scheduled here \
             then"
        ))),
        None => Ok(()),
    }
}

/// `/^[a-z]+-[a-zA-Z0-9_-]+$/` (create-post).
fn is_platform_id(id: &str) -> bool {
    id.split_once('-').is_some_and(|(platform, raw)| {
        !platform.is_empty()
            && platform.bytes().all(|byte| byte.is_ascii_lowercase())
            && !raw.is_empty()
            && raw.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
    })
}
