//! Which requests each task takes at Postato.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use http::{HeaderName, Method, StatusCode};
use rundown_core::model::{Act, Edit, IdempotencyKey, PostStatus, RemoteId, Workspace};
use rundown_core::service::{
    Accepted, Answer, Created, Heard, ListQuery, NewPost, Page, PageToken, Reading, RemoteChannel,
    RemotePost, SchedulingService, ServiceError,
};
use secrecy::SecretString;
use serde::Serialize;
use serde_json::Value;
use url::Url;

use super::NAME;
use super::map::{self, Listed, Parts, Single, Told};
use super::pages::{Cursor, Part, Place, SEARCH, parts};
use super::wire::PublishPost;
use super::writes;
use crate::answer;
use crate::api::{Api, Call};
use crate::transport::Transport;
use crate::wording::{foreign_id, foreign_place, not_done, unreadable, unsendable, wrong_address};

/// Honoured by creations alone.
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// What is missing where a list or a creation is answered with 404.
const WORKSPACE: &str = "Postato with this workspace";
/// The most that list_posts gives at once.
const PAGE_SIZE: &str = "100";

/// One workspace at Postato.
#[derive(Debug)]
pub struct Postato {
    api: Api,
    workspace: Option<RemoteId>,
    /// Whether a post has been read by itself: until then a 404 may mean the path.
    has_read_one: AtomicBool,
}

/// What asking for a single post came to.
#[expect(clippy::large_enum_variant, reason = "it is made once a request, and taken apart at once")]
enum Asked {
    Told(Answer<Single>),
    /// The API says, in JSON, that it does not have what was asked for.
    Denied,
    /// There is no such path, or what it answers is not the post.
    NotTold,
}

impl Postato {
    /// An adapter that reaches Postato at `base`, without `/v1`. Without a workspace it can only tell
    /// which there are. Makes no request.
    pub fn new(
        transport: Arc<dyn Transport>,
        base: Url,
        workspace: Option<RemoteId>,
        key: SecretString,
    ) -> Self {
        let api = Api::with_bearer(transport, base, key);
        Self { api, workspace, has_read_one: AtomicBool::new(false) }
    }

    /// An address in the workspace.
    fn url(&self, path: &[&str], query: &[(&str, &str)]) -> Result<Url, ServiceError> {
        let id = self.workspace.as_ref().map(RemoteId::as_str).filter(|id| map::is_id(id));
        let id = id.ok_or_else(|| {
            unsendable(
                "this account has no workspace; connect it again and choose one of Postato’s",
            )
        })?;
        Ok(self.api.url(&[&["v1", "workspaces", id], path].concat(), query))
    }

    async fn get(&self, url: Url) -> Result<Answer<Value>, ServiceError> {
        self.send(Call::new(Method::GET, url)).await
    }

    async fn send(&self, call: Call) -> Result<Answer<Value>, ServiceError> {
        let asked = call.url().clone();
        let response = self.api.send(call).await?;
        let status = response.status();
        if !status.is_success() {
            return Err(match answer::failure(&response, &asked) {
                ServiceError::Refused { status, sentence } => {
                    let body = answer::json(&response).unwrap_or_default();
                    let sentence = map::refusal(&body, sentence);
                    ServiceError::Refused { status, sentence }
                }
                other => other,
            });
        }
        let value = answer::json(&response)?;
        if value["success"] == Value::Bool(false) {
            let sentence = not_done(NAME, &value);
            return Err(ServiceError::Refused { status: status.as_u16(), sentence });
        }
        Ok(Answer { value, heard: answer::heard(&response) })
    }

    async fn page(&self, parts: &[Part], cursor: &Cursor) -> Result<Answer<Listed>, ServiceError> {
        let part = cursor.part(parts).ok_or_else(|| foreign_place(NAME))?;
        let number;
        let mut asked = None;
        let mut query = vec![("limit", PAGE_SIZE)];
        query.extend(part.status.map(|status| ("status", status)));
        match cursor.place() {
            None => {}
            Some(Place::Cursor(cursor)) => query.push(("cursor", cursor)),
            Some(Place::Page(page)) => {
                (number, asked) = (page.to_string(), Some(*page));
                query.push(("page", &number));
            }
        }
        let answer = self
            .get(self.url(&["posts"], &query)?)
            .await
            .map_err(|error| wrong_address(WORKSPACE, error))?;
        let listed = answer.try_map(|body| map::listed(body, asked)).map_err(unreadable)?;
        if listed.value.unreadable > 0 {
            tracing::debug!(count = listed.value.unreadable, "posts that cannot be read");
        }
        Ok(listed)
    }

    /// Asks for one post by itself.
    async fn ask(&self, post: &RemoteId) -> Result<Asked, ServiceError> {
        let answer = match self.get(self.url(&["posts", post.as_str()], &[])?).await {
            Ok(answer) => answer,
            Err(ServiceError::NotFound { .. }) => return Ok(Asked::Denied),
            Err(error) if is_missing_path(&error) => return Ok(Asked::NotTold),
            Err(error) => return Err(error),
        };
        Ok(match answer.try_map(|body| map::single(body, post)) {
            Ok(single) => {
                self.has_read_one.store(true, Ordering::Relaxed);
                Asked::Told(single)
            }
            Err(reason) => {
                tracing::debug!(reason, "a single post that cannot be read");
                Asked::NotTold
            }
        })
    }

    /// Looks for one post in the lists.
    async fn find(&self, post: &RemoteId) -> Result<Option<Answer<Told>>, ServiceError> {
        let mut at = Some(Cursor::first());
        while let Some(cursor) = at {
            let Answer { value: listed, heard } = self.page(&SEARCH, &cursor).await?;
            at = cursor.after(&SEARCH, &listed);
            let is_it = |found: &Told| map::is_same(found.post.id.as_str(), post.as_str());
            if let Some(mut found) = listed.posts.into_iter().find(is_it) {
                found.post.id = post.clone();
                return Ok(Some(Answer { value: found, heard }));
            }
        }
        Ok(None)
    }

    /// The media of a post that is given another text, which replaces all that it consists of: a
    /// thread would become one post, and pictures that are not named again could be lost.
    async fn kept_media(&self, post: &RemoteId) -> Result<Vec<String>, ServiceError> {
        let shown = match self.ask(post).await? {
            Asked::Told(answer) => answer.value.told.parts,
            Asked::Denied | Asked::NotTold => None,
        };
        let shown = match shown {
            Some(parts) => Some(parts),
            None => self.find(post).await?.and_then(|answer| answer.value.parts),
        };
        match shown {
            Some(Parts { count: 0 | 1, media: Some(media) }) => Ok(media),
            Some(Parts { count: 0 | 1, media: None }) => Err(unsendable(
                "Postato does not name the pictures of this post, and a new text could drop them; \
                 change it at Postato",
            )),
            Some(Parts { count, .. }) => Err(unsendable(format!(
                "this post is a thread of {count} parts, and a new text would make it one; change \
                 it at Postato"
            ))),
            None => Err(unsendable(
                "Postato does not show what this post consists of, and a new text would replace it",
            )),
        }
    }

    async fn update(
        &self,
        post: &RemoteId,
        body: &impl Serialize,
    ) -> Result<Answer<Accepted>, ServiceError> {
        let url = self.url(&["posts", post.as_str()], &[])?;
        let call = Call::new(Method::PATCH, url).with_json(body)?;
        let answer = self.send(call).await.map_err(|error| denied("changed", error))?;
        answer.try_map(|body| writes::accepted(body, post)).map_err(unreadable)
    }

    /// Cancels a post for good.
    async fn cancel(&self, post: &RemoteId) -> Result<Answer<Accepted>, ServiceError> {
        let call = Call::new(Method::DELETE, self.url(&["posts", post.as_str()], &[])?);
        match self.send(call).await {
            Ok(answer) => answer.try_map(|body| writes::cancelled(body, post)).map_err(unreadable),
            // Also the answer for what is cancelled already, or can't be any more.
            Err(denial @ ServiceError::NotFound { .. }) => match self.read(post, &[]).await {
                Ok(Answer { value: Reading::Gone, .. }) => Err(denial),
                Ok(Answer { value: Reading::Found(found), heard })
                    if found.standing.status == PostStatus::Cancelled =>
                {
                    let status = Some(found.standing.status);
                    Ok(Answer { value: Accepted { status, ..Accepted::default() }, heard })
                }
                Ok(_) => Err(denied("cancelled", denial)),
                Err(_) => Err(ServiceError::Unsettled { sentence: denial.to_string() }),
            },
            Err(error) => Err(error),
        }
    }
}

#[async_trait]
impl SchedulingService for Postato {
    fn requests_made(&self) -> Option<u64> {
        Some(self.api.requests_made())
    }

    async fn workspaces(&self) -> Result<Answer<Vec<Workspace>>, ServiceError> {
        let url = self.api.url(&["v1", "workspaces"], &[]);
        let answer = self.get(url).await.map_err(|error| wrong_address(NAME, error))?;
        answer.try_map(map::workspaces).map_err(unreadable)
    }

    async fn channels(&self) -> Result<Answer<Vec<RemoteChannel>>, ServiceError> {
        match self.get(self.url(&["accounts"], &[])?).await {
            Ok(answer) => answer.try_map(map::channels).map_err(unreadable),
            Err(error) if is_missing_path(&error) => {
                let newest = parts(&ListQuery::RecentlyChanged);
                let answer = self.page(newest, &Cursor::first()).await?;
                Ok(answer.map(|listed| map::channels_of(&listed.posts)))
            }
            Err(error) => Err(error),
        }
    }

    async fn list(
        &self,
        query: &ListQuery,
        page: Option<&PageToken>,
    ) -> Result<Answer<Page>, ServiceError> {
        let cursor = match page {
            None => Cursor::first(),
            Some(token) => Cursor::from_token(token).ok_or_else(|| foreign_place(NAME))?,
        };
        let parts = parts(query);
        let answer = self.page(parts, &cursor).await?;
        Ok(answer.map(|listed| {
            let next = cursor.after(parts, &listed).map(|cursor| cursor.token());
            let Listed { posts, unreadable, .. } = listed;
            let mut posts: Vec<_> = posts.into_iter().map(|told| told.post).collect();
            posts.retain(|post| belongs(post, query));
            if let ListQuery::Dated { .. } = query {
                posts.sort_by_key(|post| post.standing.time);
            }
            // The service counts what is left out here, too.
            Page { posts, unreadable, next, total: None }
        }))
    }

    async fn read(
        &self,
        post: &RemoteId,
        _: &[DateTime<Utc>],
    ) -> Result<Answer<Reading>, ServiceError> {
        check_id(post)?;
        let asked = self.ask(post).await?;
        if let Asked::Told(Answer { value: Single { told, is_whole: true }, heard }) = asked {
            return Ok(Answer { value: Reading::Found(told.post), heard });
        }
        let Some(listed) = self.find(post).await? else {
            let value = match asked {
                Asked::Denied if self.has_read_one.load(Ordering::Relaxed) => Reading::Gone,
                Asked::Told(_) | Asked::Denied | Asked::NotTold => Reading::Unclear,
            };
            return Ok(Answer { value, heard: Heard::default() });
        };
        Ok(listed.map(|listed| match asked {
            Asked::Told(single) => map::combined(listed.post, single.value.told.post)
                .map_or(Reading::Unclear, Reading::Found),
            Asked::Denied | Asked::NotTold => Reading::Found(listed.post),
        }))
    }

    async fn apply(
        &self,
        post: &RemoteId,
        edit: &Edit,
        _: &IdempotencyKey,
    ) -> Result<Answer<Accepted>, ServiceError> {
        check_id(post)?;
        let media = match edit {
            Edit { step: None, text: None } => {
                return Err(unsendable("there is nothing to change"));
            }
            Edit { text: Some(_), .. } => self.kept_media(post).await?,
            Edit { text: None, .. } => Vec::new(),
        };
        let answer = self.update(post, &writes::update(edit, media)).await?;
        // A text that was not asked for is not confirmed either.
        Ok(answer.map(|said| Accepted { text: edit.text.as_ref().and(said.text), ..said }))
    }

    async fn create(
        &self,
        post: &NewPost,
        key: &IdempotencyKey,
    ) -> Result<Answer<Created>, ServiceError> {
        let body = writes::creation(post).map_err(unsendable)?;
        let call = Call::new(Method::POST, self.url(&["posts"], &[])?).with_json(&body)?;
        let once = key.for_body(call.body());
        let answer = self.send(call.with_header(IDEMPOTENCY_KEY, once)).await;
        let answer = answer.map_err(|error| wrong_address(WORKSPACE, error))?;
        answer.try_map(writes::created).map_err(unreadable)
    }

    async fn act(
        &self,
        post: &RemoteId,
        act: Act,
        _: &IdempotencyKey,
    ) -> Result<Answer<Accepted>, ServiceError> {
        check_id(post)?;
        match act {
            Act::PublishNow => {
                let answer = self.update(post, &PublishPost::Publish).await?;
                Ok(answer.map(|said| Accepted { text: None, ..said }))
            }
            Act::Delete => self.cancel(post).await,
            Act::Retry => Err(ServiceError::cannot("try a failed post again")),
            Act::Skip => Err(ServiceError::cannot("pass over a post")),
        }
    }
}

/// Whether a listed post is one that was asked for.
fn belongs(post: &RemotePost, query: &ListQuery) -> bool {
    match query {
        ListQuery::Dated { from, to } => {
            post.standing.time.is_some_and(|time| (*from..=*to).contains(&time))
        }
        ListQuery::Drafts => post.standing.status == PostStatus::Draft,
        ListQuery::RecentlyChanged => true,
    }
}

fn check_id(post: &RemoteId) -> Result<(), ServiceError> {
    if map::is_id(post.as_str()) {
        return Ok(());
    }
    Err(foreign_id(NAME))
}

/// Whether an error says that this path cannot be read at all.
fn is_missing_path(error: &ServiceError) -> bool {
    matches!(error, ServiceError::NotFound { .. } | ServiceError::Refused { status: 404 | 405, .. })
}

/// A 404 to a write does not say that the post is gone: the documents have one for what can no longer
/// be changed, too.
fn denied(what: &str, error: ServiceError) -> ServiceError {
    match error {
        ServiceError::NotFound { sentence } => ServiceError::Refused {
            status: StatusCode::NOT_FOUND.as_u16(),
            sentence: format!("There is no such post, or it can no longer be {what}: {sentence}"),
        },
        other => other,
    }
}
