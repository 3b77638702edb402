//! Which requests each task takes at PostEverywhere.

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use http::{Method, Response};
use rundown_core::clock::Clock;
use rundown_core::model::{
    Act, Edit, IdempotencyKey, PostStatus, RemoteId, Standing, Step, same_text,
};
use rundown_core::service::{
    Accepted, Answer, Created, ListQuery, NewPost, Page, PageToken, Reading, RemoteChannel,
    SchedulingService, ServiceError,
};
use secrecy::SecretString;
use serde_json::Value;
use url::Url;

use super::wire::{NewDraft, PublishDraft, ScheduleDraft, Yes};
use super::{NAME, errors, map};
use crate::answer;
use crate::api::{Api, Call};
use crate::transport::Transport;
use crate::wording::{foreign_id, foreign_place, unreadable, unsendable, wrong_address};

/// The most the list gives at once.
const PAGE_SIZE: usize = 100;
/// Lists end here whatever the service says.
const LAST_OFFSET: usize = 100_000;
/// An answer that took longer came after a sleep, and the time checked before it may have passed:
/// the transport waits for half a minute, and its timer stands still while the machine sleeps.
const LONGEST_ANSWER: TimeDelta = TimeDelta::seconds(45);

/// What became of a write.
type Outcome = Result<Answer<Accepted>, ServiceError>;

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
        let first = listed.entries.first().map(|post| post.id.0.clone());
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

    /// An address of one post.
    fn post_url(&self, post: &RemoteId, below: &[&str]) -> Url {
        self.api.url(&[&["posts", post.as_str()], below].concat(), &[])
    }

    /// Asks for an edit by a PATCH; answers what came of it beside the answer itself.
    async fn patch(
        &self,
        post: &RemoteId,
        edit: &Edit,
    ) -> Result<(Response<Vec<u8>>, Outcome), ServiceError> {
        let url = self.post_url(post, &[]);
        let call = Call::new(Method::PATCH, url.clone()).with_json(&map::update(edit))?;
        let response = self.api.send(call).await?;
        let patched = content(&response, &url).and_then(|answer| accepted(answer, post, edit));
        Ok((response, patched))
    }

    /// Makes a scheduled post of a draft: by a PATCH, or where that leaves it a draft, by
    /// `…/schedule`, which is asked only once the draft has the text that is to go out.
    async fn resume(&self, post: &RemoteId, edit: &Edit, time: DateTime<Utc>) -> Outcome {
        let asked_at = self.clock.now();
        let (response, mut patched) = self.patch(post, edit).await?;
        let is_refused = patched.is_err() && errors::leaves_scheduling_to_post(&response);
        if is_refused && let Some(text) = &edit.text {
            // The text was refused together with the status; by itself it may be taken.
            patched = self.patch(post, &Edit::text(text)).await?.1;
        }
        let is_ready = match &patched {
            Ok(answer) => {
                answer.value.status == Some(PostStatus::Draft) && has_text(&answer.value.text, edit)
            }
            Err(_) => is_refused && edit.text.is_none(),
        };
        let took = (self.clock.now() - asked_at).abs();
        if is_ready && took <= LONGEST_ANSWER {
            self.schedule(post, edit, time, patched).await
        } else {
            patched
        }
    }

    /// Schedules a draft that a PATCH left one; `patched` is what became of that.
    async fn schedule(
        &self,
        post: &RemoteId,
        edit: &Edit,
        time: DateTime<Utc>,
        patched: Outcome,
    ) -> Outcome {
        let call = Call::new(Method::POST, self.post_url(post, &["schedule"]))
            .with_json(&ScheduleDraft { scheduled_for: time })?;
        let answer = match self.send(call).await {
            Ok(answer) => answer,
            // A server of before this address: what the PATCH came to stands.
            Err(
                ServiceError::NotFound { .. } | ServiceError::Refused { status: 404 | 405, .. },
            ) => return patched,
            // It is no draft: the PATCH may have done it after all.
            Err(conflict @ ServiceError::Refused { status: 409, .. }) => {
                return self.scheduled_after_all(post, edit, time).await?.ok_or(conflict);
            }
            Err(error) => return Err(error),
        };
        let mut answer = accepted(answer, post, edit)?;
        // The answer has no text; the one to the PATCH had.
        if let (None, Ok(patched)) = (&answer.value.text, patched) {
            answer.value.text = patched.value.text;
        }
        Ok(answer)
    }

    async fn scheduled_after_all(
        &self,
        post: &RemoteId,
        edit: &Edit,
        time: DateTime<Utc>,
    ) -> Result<Option<Answer<Accepted>>, ServiceError> {
        let Answer { value, heard } = self.read(post, &[]).await?;
        let Reading::Found(found) = value else { return Ok(None) };
        let text = edit.text.as_ref().map(|_| found.text);
        if !found.standing.same_as(&Standing::scheduled(time)) || !has_text(&text, edit) {
            return Ok(None);
        }
        let Standing { status, time } = found.standing;
        Ok(Some(Answer { value: Accepted { status: Some(status), time, text }, heard }))
    }

    /// Publishes a draft. A scheduled post would have to be made a draft first, and a break between
    /// the two requests would leave it one that nobody knows of: that is for the user to ask.
    async fn publish(&self, post: &RemoteId) -> Outcome {
        let url = self.post_url(post, &["schedule"]);
        let call =
            Call::new(Method::POST, url.clone()).with_json(&PublishDraft { publish_now: Yes })?;
        let response = self.api.send(call).await?;
        let answer = content(&response, &url).map_err(|error| match error {
            ServiceError::Refused { status: 409, sentence }
                if !errors::says_published(&response) =>
            {
                let sentence = format!(
                    "{sentence} {NAME} publishes only drafts at once: make a draft of a scheduled \
                     post first, then publish it."
                );
                ServiceError::Refused { status: 409, sentence }
            }
            other => no_way("publish it at once", other),
        })?;
        accepted(answer, post, &Edit { step: None, text: None })
    }

    async fn retry(&self, post: &RemoteId) -> Outcome {
        let call = Call::new(Method::POST, self.post_url(post, &["retry"]));
        let answer = self.send(call).await.map_err(|error| no_way("try it again", error))?;
        let answer = answer.try_map(|body| map::retried(body, post)).map_err(unreadable)?;
        answer.try_map(|said| {
            said.ok_or_else(|| ServiceError::Refused {
                status: 200,
                sentence: "There was nothing that failed, so nothing was tried again.".to_owned(),
            })
        })
    }

    async fn delete(&self, post: &RemoteId) -> Outcome {
        let answer = self.send(Call::new(Method::DELETE, self.post_url(post, &[]))).await?;
        let answer = answer.try_map(|body| map::deleted(body, post)).map_err(unreadable)?;
        answer.try_map(|is_deleted| {
            if is_deleted {
                return Ok(Accepted::default());
            }
            let sentence = format!("{NAME} answered that the post was not deleted.");
            Err(ServiceError::Refused { status: 200, sentence })
        })
    }
}

#[async_trait]
impl SchedulingService for PostEverywhere {
    fn requests_made(&self) -> Option<u64> {
        Some(self.api.requests_made())
    }

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
        match edit.step {
            None if edit.text.is_none() => Err(unsendable("there is nothing to change")),
            Some(Step::Schedule(time)) => self.resume(post, edit, time).await,
            _ => self.patch(post, edit).await?.1,
        }
    }

    async fn create(
        &self,
        post: &NewPost,
        _: &IdempotencyKey,
    ) -> Result<Answer<Created>, ServiceError> {
        if post.time.is_some() {
            return Err(unsendable(format!("{NAME} makes a draft first, which has no time")));
        }
        let accounts = map::account_ids(&post.channels).filter(|ids| !ids.is_empty());
        let accounts = accounts.ok_or_else(|| {
            unsendable(format!("the post goes to no channel, or to one that is not {NAME}’s"))
        })?;
        let call = Call::new(Method::POST, self.api.url(&["posts"], &[]))
            .with_json(&NewDraft::new(&post.text, accounts))?;
        let answer = self.send(call).await.map_err(elsewhere)?;
        answer.try_map(map::created).map_err(unreadable)
    }

    async fn act(
        &self,
        post: &RemoteId,
        act: Act,
        _: &IdempotencyKey,
    ) -> Result<Answer<Accepted>, ServiceError> {
        check_id(post)?;
        match act {
            Act::PublishNow => self.publish(post).await,
            Act::Retry => self.retry(post).await,
            Act::Delete => self.delete(post).await,
            Act::Skip => Err(ServiceError::cannot("pass over a post")),
        }
    }
}

impl fmt::Debug for PostEverywhere {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PostEverywhere").field("api", &self.api).finish_non_exhaustive()
    }
}

/// Whether an answer shows the text that an edit asks for, if it asks for one.
fn has_text(shown: &Option<String>, edit: &Edit) -> bool {
    match (&edit.text, shown) {
        (None, _) => true,
        (Some(asked), Some(shown)) => same_text(asked, shown),
        (Some(_), None) => false,
    }
}

/// A 404 for an address below a post's does not say which of the two is missing.
fn no_way(to: &str, error: ServiceError) -> ServiceError {
    match error {
        ServiceError::NotFound { sentence } => ServiceError::Refused {
            status: 404,
            sentence: format!("There is no such post, or no way to {to}: {sentence}"),
        },
        other => other,
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

fn check_id(post: &RemoteId) -> Result<(), ServiceError> {
    if map::is_id(post.as_str()) {
        return Ok(());
    }
    Err(foreign_id(NAME))
}

fn elsewhere(error: ServiceError) -> ServiceError {
    wrong_address(NAME, error)
}
