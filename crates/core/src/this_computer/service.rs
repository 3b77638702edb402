//! This computer as a scheduling service: what it is asked, it does in one transaction of the store.

#![allow(clippy::result_large_err, reason = "an error is made once a request, and read at once")]

use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::clock::Clock;
use crate::model::{Act, Edit, IdempotencyKey, PostStatus, RemoteId, Standing, Step};
use crate::service::{
    Accepted, Answer, Created, Heard, ListQuery, NewPost, Page, PageToken, Reading, RemoteChannel,
    RemotePost, SchedulingService, ServiceError,
};
use crate::store::{OfStorage, Store, StoreError, Tx};

/// How many posts a page of a list has.
const PAGE: u32 = 100;

/// The account without a key.
pub(crate) struct ThisComputer {
    pub(super) store: Arc<Store>,
    clock: Arc<dyn Clock>,
}

/// Why nothing was done. A transaction that fails leaves nothing behind, so it may be tried again.
impl From<StoreError> for ServiceError {
    fn from(error: StoreError) -> Self {
        Self::NotSent { reason: error.to_string() }
    }
}

impl OfStorage for ServiceError {
    fn of_storage(&self) -> Option<String> {
        match self {
            Self::NotSent { reason } => Some(reason.clone()),
            _ => None,
        }
    }
}

impl ThisComputer {
    /// The account whose posts are in this store.
    pub(crate) fn new(store: Arc<Store>, clock: Arc<dyn Clock>) -> Self {
        Self { store, clock }
    }

    fn answer<T>(&self, value: T) -> Answer<T> {
        Answer { value, heard: Heard { date: Some(self.clock.now()), allowance: None } }
    }

    fn read_store<T>(
        &self,
        work: impl FnOnce(&Tx<'_>) -> Result<T, StoreError>,
    ) -> Result<Answer<T>, ServiceError> {
        Ok(self.answer(self.store.read(work)?))
    }

    /// A post will be published by the user's hand, so a time that has passed would never be told.
    fn check_ahead(&self, time: Option<DateTime<Utc>>) -> Result<(), ServiceError> {
        match time {
            Some(time) if time <= self.clock.now() => {
                Err(refused("That time has passed. Choose one that is still to come."))
            }
            _ => Ok(()),
        }
    }
}

#[async_trait]
impl SchedulingService for ThisComputer {
    async fn channels(&self) -> Result<Answer<Vec<RemoteChannel>>, ServiceError> {
        self.read_store(|tx| tx.by_hand_channels())
    }

    async fn list(
        &self,
        query: &ListQuery,
        page: Option<&PageToken>,
    ) -> Result<Answer<Page>, ServiceError> {
        let skip = match page {
            None => 0,
            Some(token) => token.0.parse().map_err(|_| refused("There is no such page."))?,
        };
        let mut posts = self.store.read(|tx| tx.by_hand_list(query, skip, PAGE + 1))?;
        let more = posts.len() > PAGE as usize;
        posts.truncate(PAGE as usize);
        let next = more.then(|| PageToken((skip + PAGE).to_string()));
        Ok(self.answer(Page { posts, unreadable: 0, next, total: None }))
    }

    async fn read(
        &self,
        post: &RemoteId,
        _near: &[DateTime<Utc>],
    ) -> Result<Answer<Reading>, ServiceError> {
        let found = self.read_store(|tx| tx.by_hand_post(post))?;
        Ok(found.map(|found| found.map_or(Reading::Gone, Reading::Found)))
    }

    async fn apply(
        &self,
        post: &RemoteId,
        edit: &Edit,
        _key: &IdempotencyKey,
    ) -> Result<Answer<Accepted>, ServiceError> {
        self.check_ahead(edit.step.map(Step::aim).and_then(|aim| aim.time()))?;
        let accepted = self.store.write::<_, ServiceError>(|tx| {
            let found = open_post(tx, post)?;
            let standing =
                edit.step.map_or(found.standing.clone(), |step| step.aim().shown(&found.standing));
            let text = edit.text.as_ref().unwrap_or(&found.text);
            tx.set_by_hand_post(post, &standing, text)?;
            Ok(accepted(&standing, text))
        })?;
        Ok(self.answer(accepted))
    }

    async fn create(
        &self,
        post: &NewPost,
        key: &IdempotencyKey,
    ) -> Result<Answer<Created>, ServiceError> {
        let made = |post: &RemotePost| Created {
            id: post.id.clone(),
            accepted: accepted(&post.standing, &post.text),
        };
        if let Some(before) = self.store.read(|tx| tx.by_hand_post_made_with(key))? {
            return Ok(self.answer(made(&before)));
        }
        self.check_ahead(post.time)?;
        let [target] = post.channels.as_slice() else {
            return Err(refused("A post on this computer goes to one channel."));
        };
        let id = RemoteId(Uuid::now_v7().to_string());
        let created = self.store.write::<_, ServiceError>(|tx| {
            let is_known = tx.insert_by_hand_post(&id, &target.channel, post, key)?;
            tx.by_hand_post(&id)?
                .filter(|_| is_known)
                .map(|post| made(&post))
                .ok_or_else(|| refused("This channel is not on this computer any more."))
        })?;
        Ok(self.answer(created))
    }

    async fn act(
        &self,
        post: &RemoteId,
        act: Act,
        _key: &IdempotencyKey,
    ) -> Result<Answer<Accepted>, ServiceError> {
        let now = self.clock.now();
        let accepted = self.store.write::<_, ServiceError>(|tx| {
            if act == Act::Delete {
                let found = tx.by_hand_post(post)?.ok_or_else(no_such_post)?;
                tx.delete_by_hand_post(post)?;
                return Ok(accepted(&found.standing, &found.text));
            }
            let found = open_post(tx, post)?;
            let standing = match act {
                // What was published before its time went out now, not in the future.
                Act::PublishNow => Standing {
                    status: PostStatus::Published,
                    time: Some(found.standing.time.map_or(now, |time| time.min(now))),
                },
                Act::Skip => Standing { status: PostStatus::Cancelled, time: found.standing.time },
                Act::Retry | Act::Delete => {
                    return Err(ServiceError::cannot("try a post again"));
                }
            };
            tx.set_by_hand_post(post, &standing, &found.text)?;
            Ok(accepted(&standing, &found.text))
        })?;
        Ok(self.answer(accepted))
    }
}

/// A post that may still be changed.
fn open_post(tx: &Tx<'_>, id: &RemoteId) -> Result<RemotePost, ServiceError> {
    let post = tx.by_hand_post(id)?.ok_or_else(no_such_post)?;
    match post.standing.status {
        PostStatus::Draft | PostStatus::Scheduled => Ok(post),
        status => Err(refused(&format!("It is {status} already."))),
    }
}

fn accepted(standing: &Standing, text: &str) -> Accepted {
    Accepted {
        status: Some(standing.status.clone()),
        time: standing.time,
        text: Some(text.to_owned()),
    }
}

fn refused(sentence: &str) -> ServiceError {
    ServiceError::Refused { status: 0, sentence: sentence.to_owned() }
}

fn no_such_post() -> ServiceError {
    ServiceError::NotFound { sentence: "This post is no longer on this computer.".to_owned() }
}
