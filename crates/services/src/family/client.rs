//! Which requests each task takes at PostPost and at Publora alike.

use chrono::{DateTime, TimeDelta, Utc};
use http::{Method, Response, StatusCode};
use rundown_core::model::{Ability, Act, PostStatus, RemoteId};
use rundown_core::service::{
    Accepted, Answer, ListQuery, NewPost, Page, PageToken, Reading, RemoteChannel, RemotePost,
    ServiceError,
};
use serde::Serialize;
use serde_json::Value;
use url::Url;

use super::map;
use crate::answer;
use crate::api::{Api, Call};
use crate::wording::{foreign_id, foreign_place, not_done, unreadable, wrong_address};

/// The most list-posts gives at once.
const PAGE_SIZE: usize = 100;
/// Lists end here whatever the service says: 100,000 posts.
const LAST_PAGE: u32 = 1000;
/// How far around a time a post is looked for: the service may shift a time it was asked for.
const AROUND: TimeDelta = TimeDelta::hours(1);
/// How many pages of one list a single post is looked for in.
const SEARCHED_PAGES: u32 = 5;

/// What a service has of its own, as far as the shared requests need it.
#[derive(Clone, Copy, Debug)]
pub struct Own {
    /// Its name for people.
    pub name: &'static str,
    /// What its answers without success mean, plan limits aside.
    pub failure: fn(&Response<Vec<u8>>, &Url) -> ServiceError,
}

/// One account at a service of the family.
#[derive(Debug)]
pub struct Client {
    api: Api,
    own: Own,
}

impl Client {
    /// A client that reaches its service through `api`. Makes no request.
    pub fn new(api: Api, own: Own) -> Self {
        Self { api, own }
    }

    /// How many requests were sent, answered or not.
    pub fn requests_made(&self) -> u64 {
        self.api.requests_made()
    }

    /// Sends a request; answers the JSON of a success.
    pub async fn send(&self, call: Call) -> Result<Answer<Value>, ServiceError> {
        let asked = call.url().clone();
        let response = self.api.send(call).await?;
        let status = response.status();
        if status == StatusCode::FORBIDDEN
            && let Some(limit) = answer::json(&response).ok().and_then(map::plan_limit)
        {
            return Err(ServiceError::PlanLimit(limit));
        }
        if !status.is_success() {
            return Err((self.own.failure)(&response, &asked));
        }
        let value = answer::json(&response)?;
        if value["success"] == Value::Bool(false) {
            let sentence = not_done(self.own.name, &value);
            return Err(ServiceError::Refused { status: status.as_u16(), sentence });
        }
        Ok(Answer { value, heard: answer::heard(&response) })
    }

    async fn get(
        &self,
        path: &[&str],
        query: &[(&str, &str)],
    ) -> Result<Answer<Value>, ServiceError> {
        self.send(Call::new(Method::GET, self.api.url(path, query))).await
    }

    /// The account's channels, `entries` being where the service has its list of connections.
    pub async fn channels(
        &self,
        entries: fn(Value) -> Option<Vec<Value>>,
    ) -> Result<Answer<Vec<RemoteChannel>>, ServiceError> {
        let answer = self
            .get(&["platform-connections"], &[])
            .await
            .map_err(|error| wrong_address(self.own.name, error))?;
        let now = answer.heard.date;
        answer.try_map(|body| {
            let entries =
                entries(body).ok_or_else(|| unreadable("it has no list of connections"))?;
            Ok(map::channels(entries, self.own.name, now))
        })
    }

    /// One page of a list.
    pub async fn list(
        &self,
        query: &ListQuery,
        page: Option<&PageToken>,
    ) -> Result<Answer<Page>, ServiceError> {
        let cursor = match page {
            None => Cursor::first(),
            Some(token) => Cursor::from_token(token).ok_or_else(|| foreign_place(self.own.name))?,
        };
        match query {
            ListQuery::Dated { from, to } => {
                let (from, to) = (answer::stamp(*from), answer::stamp(*to));
                self.page(&dated(&from, &to), &cursor).await
            }
            // The order in which they were made does not change while the pages are read.
            ListQuery::Drafts => {
                let filters = [("status", "draft"), ("sortBy", "createdAt"), ("sortOrder", "desc")];
                self.page(&filters, &cursor).await
            }
            ListQuery::RecentlyChanged => self.page(&RECENTLY_CHANGED, &cursor).await,
        }
    }

    async fn page(
        &self,
        filters: &[(&str, &str)],
        cursor: &Cursor,
    ) -> Result<Answer<Page>, ServiceError> {
        let (page, limit) = (cursor.page.to_string(), PAGE_SIZE.to_string());
        let mut query = vec![("page", page.as_str()), ("limit", limit.as_str())];
        query.extend_from_slice(filters);
        let answer = self
            .get(&["list-posts"], &query)
            .await
            .map_err(|error| wrong_address(self.own.name, error))?;
        let listed = map::listed(answer.value, PAGE_SIZE).map_err(unreadable)?;
        if listed.unreadable > 0 {
            tracing::debug!(count = listed.unreadable, "posts that cannot be read");
        }
        let next = cursor.after(&listed.posts).filter(|_| listed.more);
        Ok(Answer {
            value: Page {
                next: next.map(|cursor| cursor.token()),
                posts: listed.posts,
                unreadable: listed.unreadable,
                total: listed.total,
            },
            heard: answer.heard,
        })
    }

    /// What get-post says of a post; none where it says that there is no such post.
    pub async fn get_post(&self, post: &RemoteId) -> Result<Option<Answer<Value>>, ServiceError> {
        self.check_id(post)?;
        match self.get(&["get-post", post.as_str()], &[]).await {
            Ok(answer) if map::is_about_another(&answer.value["postGroupId"], post) => {
                Err(unreadable(map::ABOUT_ANOTHER))
            }
            Ok(answer) => Ok(Some(answer)),
            Err(ServiceError::NotFound { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// A post by what the lists say of it, and get-post of how far its channels have come.
    pub async fn read_by_listing(
        &self,
        post: &RemoteId,
        near: &[DateTime<Utc>],
        existing: Answer<Value>,
    ) -> Result<Answer<Reading>, ServiceError> {
        let states = map::states(existing.value).map_err(unreadable)?;
        let is_draft = states.iter().any(|state| state.status == PostStatus::Draft);
        let likely = if is_draft { PostStatus::Draft } else { PostStatus::Scheduled };
        let Some(found) = self.find(post, &likely, near).await? else {
            return Ok(Answer { value: Reading::Unclear, heard: existing.heard });
        };
        Ok(found.map(|post| map::combined(post, states).map_or(Reading::Unclear, Reading::Found)))
    }

    /// Looks for one post in the lists. Where a post of this status most likely stands is asked
    /// first: as a rule that takes one list.
    pub async fn find(
        &self,
        post: &RemoteId,
        likely: &PostStatus,
        near: &[DateTime<Utc>],
    ) -> Result<Option<Answer<RemotePost>>, ServiceError> {
        let is_draft = *likely == PostStatus::Draft;
        let mut found = if is_draft {
            self.find_draft(post).await?
        } else {
            self.find_near(post, near).await?
        };
        if found.is_none() {
            found = self.find_in(post, &RECENTLY_CHANGED, 1).await?;
        }
        if found.is_none() {
            found = if is_draft {
                self.find_near(post, near).await?
            } else {
                self.find_draft(post).await?
            };
        }
        Ok(found)
    }

    /// Looks for one post in a list, a few pages deep.
    async fn find_in(
        &self,
        post: &RemoteId,
        filters: &[(&str, &str)],
        pages: u32,
    ) -> Result<Option<Answer<RemotePost>>, ServiceError> {
        let mut cursor = Cursor::first();
        loop {
            let page = self.page(filters, &cursor).await?;
            let found = page.value.posts.into_iter().find(|found| found.id == *post);
            if let Some(found) = found {
                return Ok(Some(Answer { value: found, heard: page.heard }));
            }
            match page.value.next.as_ref().and_then(Cursor::from_token) {
                Some(next) if next.page <= pages => cursor = next,
                _ => return Ok(None),
            }
        }
    }

    async fn find_near(
        &self,
        post: &RemoteId,
        near: &[DateTime<Utc>],
    ) -> Result<Option<Answer<RemotePost>>, ServiceError> {
        for (from, to) in windows(near) {
            let (from, to) = (answer::stamp(from), answer::stamp(to));
            let found = self.find_in(post, &dated(&from, &to), SEARCHED_PAGES).await?;
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }

    /// Drafts by their last change: one that was just paused is on the first page.
    async fn find_draft(
        &self,
        post: &RemoteId,
    ) -> Result<Option<Answer<RemotePost>>, ServiceError> {
        let filters = [("status", "draft"), ("sortBy", "updatedAt"), ("sortOrder", "desc")];
        self.find_in(post, &filters, SEARCHED_PAGES).await
    }

    /// The request for an edit, for the service to add to and send.
    pub fn update(&self, post: &RemoteId, body: &impl Serialize) -> Result<Call, ServiceError> {
        self.check_id(post)?;
        let url = self.api.url(&["update-post", post.as_str()], &[]);
        Call::new(Method::PUT, url).with_json(body)
    }

    /// The request for a new post, for the service to add to.
    pub fn creation(&self, post: &NewPost) -> Result<Call, ServiceError> {
        let url = self.api.url(&["create-post"], &[]);
        Call::new(Method::POST, url).with_json(&map::creation(post))
    }

    /// Sends the request for a new post.
    pub async fn create(&self, creation: Call) -> Result<Answer<Value>, ServiceError> {
        self.send(creation).await.map_err(|error| wrong_address(self.own.name, error))
    }

    /// Deletes a post for good; neither service has a request for anything else that is done once.
    pub async fn act(&self, post: &RemoteId, act: Act) -> Result<Answer<Accepted>, ServiceError> {
        let lacking = match act {
            Act::Delete => {
                self.check_id(post)?;
                let url = self.api.url(&["delete-post", post.as_str()], &[]);
                let answer = self.send(Call::new(Method::DELETE, url)).await?;
                return Ok(answer.map(|_| Accepted::default()));
            }
            Act::PublishNow => Ability::PublishNow,
            Act::Retry => Ability::Retry,
            Act::Skip => Ability::Skip,
        };
        Err(ServiceError::cannot(lacking.words()))
    }

    /// Both services answer 500 to an id that is not a MongoDB ObjectId.
    fn check_id(&self, post: &RemoteId) -> Result<(), ServiceError> {
        let id = post.as_str();
        if id.len() == 24 && id.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Ok(());
        }
        Err(foreign_id(self.own.name))
    }
}

const RECENTLY_CHANGED: [(&str, &str); 2] = [("sortBy", "updatedAt"), ("sortOrder", "desc")];

fn dated<'a>(from: &'a str, to: &'a str) -> [(&'static str, &'a str); 4] {
    [("fromDate", from), ("toDate", to), ("sortBy", "scheduledTime"), ("sortOrder", "asc")]
}

/// The windows around some times, those that overlap made one.
fn windows(near: &[DateTime<Utc>]) -> Vec<(DateTime<Utc>, DateTime<Utc>)> {
    let mut times = near.to_vec();
    times.sort_unstable();
    let mut windows: Vec<(DateTime<Utc>, DateTime<Utc>)> = Vec::new();
    for time in times {
        let from = time.checked_sub_signed(AROUND).unwrap_or(time);
        let to = time.checked_add_signed(AROUND).unwrap_or(time);
        match windows.last_mut() {
            Some(last) if from <= last.1 => last.1 = to,
            _ => windows.push((from, to)),
        }
    }
    windows
}

/// A place in a list: the page, and the first post of the page before. A page that begins with that
/// post again is the same page again, as from a server that does not know `page`.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Cursor {
    page: u32,
    before: Option<String>,
}

impl Cursor {
    fn first() -> Self {
        Self { page: 1, before: None }
    }

    fn from_token(token: &PageToken) -> Option<Self> {
        let (page, before) = token.0.split_once(' ')?;
        let before = (!before.is_empty()).then(|| before.to_owned());
        Some(Self { page: page.parse().ok()?, before })
    }

    fn token(&self) -> PageToken {
        PageToken(format!("{} {}", self.page, self.before.as_deref().unwrap_or_default()))
    }

    /// The page after this one, which has `posts`.
    fn after(&self, posts: &[RemotePost]) -> Option<Self> {
        let first = posts.first().map(|post| post.id.0.clone());
        let repeated = first.is_some() && first == self.before;
        (self.page < LAST_PAGE && !repeated).then(|| Self { page: self.page + 1, before: first })
    }
}
