//! Which requests each task takes at PostEverywhere.

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use http::{Method, Response};
use rundown_core::clock::Clock;
use rundown_core::model::{Edit, IdempotencyKey, PostStatus, RemoteId, Standing, Step};
use rundown_core::service::{
    Accepted, Answer, ListQuery, Page, PageToken, Reading, RemoteChannel, SchedulingService,
    ServiceError,
};
use secrecy::SecretString;
use serde_json::Value;
use url::Url;

use super::wire::ScheduleDraft;
use super::{NAME, errors, map};
use crate::answer;
use crate::api::{Api, Call};
use crate::transport::Transport;
use crate::wording::{foreign_id, foreign_place, unreadable, wrong_address};

/// The most the list gives at once.
const PAGE_SIZE: usize = 100;
/// Lists end here whatever the service says.
const LAST_OFFSET: usize = 100_000;
/// An answer that took longer came after a sleep, and the time checked before it may have passed:
/// the transport waits for half a minute, and its timer stands still while the machine sleeps.
const LONGEST_ANSWER: TimeDelta = TimeDelta::seconds(45);

/// One account at PostEverywhere.
pub struct PostEverywhere {
    api: Api,
    clock: Arc<dyn Clock>,
}

impl PostEverywhere {
    /// An adapter that reaches PostEverywhere at `base`, `/api/v1` included. Makes no request.
    /// `clock` measures how long an answer took.
    pub fn new(
        transport: Arc<dyn Transport>,
        clock: Arc<dyn Clock>,
        base: Url,
        key: SecretString,
    ) -> Self {
        Self { api: Api::with_bearer(transport, base, key), clock }
    }

    async fn get(&self, url: Url) -> Result<Answer<Value>, ServiceError> {
        self.send(Call::new(Method::GET, url)).await
    }

    async fn send(&self, call: Call) -> Result<Answer<Value>, ServiceError> {
        let asked = call.url().clone();
        content(&self.api.send(call).await?, &asked)
    }

    async fn page(&self, query: &ListQuery, cursor: &Cursor) -> Result<Answer<Page>, ServiceError> {
        let asked = parameters(query, cursor);
        let asked: Vec<_> = asked.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let answer = self.get(self.api.url(&["posts"], &asked)).await?;
        let listed = map::listed(answer.value, cursor.offset, PAGE_SIZE).map_err(unreadable)?;
        let readable = listed.entries.len();
        let unreadable = listed.count - readable;
        if unreadable > 0 {
            tracing::debug!(count = unreadable, "posts that cannot be read");
        }
        let first = listed.entries.first().map(|entry| entry.post.id.0.clone());
        let next = cursor.after(listed.count, first).filter(|_| listed.more);
        let posts = map::chosen(query, listed.entries);
        Ok(Answer {
            value: Page {
                next: next.map(|cursor| cursor.token()),
                unreadable,
                // A total that counts what was not asked for is not this list's.
                total: listed.total.filter(|_| posts.len() == readable),
                posts,
            },
            heard: answer.heard,
        })
    }

    /// Schedules a draft that a PATCH left one; `patched` is what became of that.
    async fn schedule(
        &self,
        post: &RemoteId,
        time: DateTime<Utc>,
        patched: Result<Answer<Accepted>, ServiceError>,
    ) -> Result<Answer<Accepted>, ServiceError> {
        let url = self.api.url(&["posts", post.as_str(), "schedule"], &[]);
        let call =
            Call::new(Method::POST, url).with_json(&ScheduleDraft { scheduled_for: time })?;
        let answer = match self.send(call).await {
            Ok(answer) => answer,
            // A server of before this address: what the PATCH came to stands.
            Err(
                ServiceError::NotFound { .. } | ServiceError::Refused { status: 404 | 405, .. },
            ) => return patched,
            // It is no draft: the PATCH may have done it after all.
            Err(conflict @ ServiceError::Refused { status: 409, .. }) => {
                return self.scheduled_after_all(post, time).await?.ok_or(conflict);
            }
            Err(error) => return Err(error),
        };
        accepted(answer, post, &Edit::schedule(time))
    }

    async fn scheduled_after_all(
        &self,
        post: &RemoteId,
        time: DateTime<Utc>,
    ) -> Result<Option<Answer<Accepted>>, ServiceError> {
        let Answer { value, heard } = self.read(post, &[]).await?;
        let Reading::Found(found) = value else { return Ok(None) };
        if !found.standing.same_as(&Standing::scheduled(time)) {
            return Ok(None);
        }
        let value = Accepted {
            status: Some(found.standing.status),
            time: found.standing.time,
            ..Accepted::default()
        };
        Ok(Some(Answer { value, heard }))
    }
}

#[async_trait]
impl SchedulingService for PostEverywhere {
    async fn channels(&self) -> Result<Answer<Vec<RemoteChannel>>, ServiceError> {
        let answer = self.get(self.api.url(&["accounts"], &[])).await.map_err(elsewhere)?;
        answer.try_map(map::channels).map_err(unreadable)
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
        let answer = match self.page(query, &cursor).await {
            // Whether parameters that a server does not know are ignored or refused is not said.
            Err(ServiceError::Refused { status: 400 | 422, .. }) if page.is_none() => {
                self.page(query, &Cursor { plain: true, ..cursor }).await
            }
            other => other,
        };
        answer.map_err(elsewhere)
    }

    async fn read(
        &self,
        post: &RemoteId,
        _: &[DateTime<Utc>],
    ) -> Result<Answer<Reading>, ServiceError> {
        check_id(post)?;
        match self.get(self.api.url(&["posts", post.as_str()], &[])).await {
            Ok(answer) => answer.try_map(|body| map::reading(body, post)).map_err(unreadable),
            Err(ServiceError::NotFound { .. }) => Ok(answer::gone()),
            Err(error) => Err(error),
        }
    }

    async fn apply(
        &self,
        post: &RemoteId,
        edit: &Edit,
        _: &IdempotencyKey,
    ) -> Result<Answer<Accepted>, ServiceError> {
        check_id(post)?;
        let url = self.api.url(&["posts", post.as_str()], &[]);
        let step = edit.step.ok_or_else(|| ServiceError::cannot("change a text yet"))?;
        let call = Call::new(Method::PATCH, url.clone()).with_json(&map::update(step))?;
        let asked_at = self.clock.now();
        let response = self.api.send(call).await?;
        let patched = content(&response, &url).and_then(|answer| accepted(answer, post, edit));
        let Step::Schedule(time) = step else { return patched };
        let is_left_a_draft = match &patched {
            Ok(answer) => answer.value.status == Some(PostStatus::Draft),
            Err(_) => errors::leaves_scheduling_to_post(&response),
        };
        let took = (self.clock.now() - asked_at).abs();
        if is_left_a_draft && took <= LONGEST_ANSWER {
            self.schedule(post, time, patched).await
        } else {
            patched
        }
    }
}

impl fmt::Debug for PostEverywhere {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PostEverywhere").field("api", &self.api).finish_non_exhaustive()
    }
}

/// The content of an answer, or why it has none.
fn content(response: &Response<Vec<u8>>, asked: &Url) -> Result<Answer<Value>, ServiceError> {
    let status = response.status();
    if !status.is_success() {
        return Err(errors::failure(response, asked));
    }
    let body = answer::json(response)?;
    match errors::refused_within(status, &body) {
        Some(refused) => Err(refused),
        None => Ok(Answer { value: map::content(body), heard: answer::heard(response) }),
    }
}

fn accepted(
    answer: Answer<Value>,
    post: &RemoteId,
    edit: &Edit,
) -> Result<Answer<Accepted>, ServiceError> {
    answer.try_map(|body| map::accepted(body, post, edit)).map_err(unreadable)
}

/// What is asked of the list. `limit`, `offset` and one `status` are documented; the rest is what the
/// vendor's newer clients send.
fn parameters(query: &ListQuery, cursor: &Cursor) -> Vec<(&'static str, String)> {
    let mut asked = vec![("limit", PAGE_SIZE.to_string()), ("offset", cursor.offset.to_string())];
    if *query == ListQuery::Drafts {
        asked.push(("status", "draft".to_owned()));
    }
    if cursor.plain {
        return asked;
    }
    let (sort, order) = match query {
        ListQuery::Dated { from, to } => {
            // A second wider, since no document says whether the ends belong to the window.
            let second = TimeDelta::seconds(1);
            let after = from.checked_sub_signed(second).unwrap_or(*from);
            let before = to.checked_add_signed(second).unwrap_or(*to);
            asked.push(("scheduled_after", answer::stamp(after)));
            asked.push(("scheduled_before", answer::stamp(before)));
            ("scheduled_for", "asc")
        }
        // The order in which they were made does not change while the pages are read.
        ListQuery::Drafts => ("created_at", "desc"),
        ListQuery::RecentlyChanged => ("updated_at", "desc"),
    };
    asked.extend([("sort", sort.to_owned()), ("order", order.to_owned())]);
    asked
}

/// A place in a list: how many entries come before it, and the first post of the page before. A page
/// that begins with that post again is the same page again, as from a server that does not know
/// `offset`.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Cursor {
    offset: usize,
    /// Asked for in documented words only, because the server refused the others.
    plain: bool,
    before: Option<String>,
}

impl Cursor {
    fn first() -> Self {
        Self { offset: 0, plain: false, before: None }
    }

    fn from_token(token: &PageToken) -> Option<Self> {
        let mut parts = token.0.splitn(3, ' ');
        let offset = parts.next()?.parse().ok()?;
        let plain = match parts.next()? {
            "plain" => true,
            "filtered" => false,
            _ => return None,
        };
        let before = parts.next()?;
        Some(Self { offset, plain, before: (!before.is_empty()).then(|| before.to_owned()) })
    }

    fn token(&self) -> PageToken {
        let kind = if self.plain { "plain" } else { "filtered" };
        PageToken(format!("{} {kind} {}", self.offset, self.before.as_deref().unwrap_or_default()))
    }

    /// The page after this one, which has `count` entries and begins with `first`.
    fn after(&self, count: usize, first: Option<String>) -> Option<Self> {
        let offset = self.offset + count;
        let repeated = first.is_some() && first == self.before;
        let next = Self { offset, plain: self.plain, before: first };
        (offset < LAST_OFFSET && !repeated).then_some(next)
    }
}

/// Ids are UUIDs, or `post_8f3k2j1` on older pages: nothing else is put into an address.
fn check_id(post: &RemoteId) -> Result<(), ServiceError> {
    let id = post.as_str();
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    if (1..=64).contains(&id.len()) && id.bytes().all(is_plain) {
        return Ok(());
    }
    Err(foreign_id(NAME))
}

fn elsewhere(error: ServiceError) -> ServiceError {
    wrong_address(NAME, error)
}
