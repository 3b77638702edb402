//! When what was wished for, so that a request can be told that should have waited, or never come.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use rundown_core::model::{Act, Post, PostId};
use rundown_practice::Recorded;

use super::checks::time_sent;
use crate::delays::HELD_UP;

/// A deletion can be taken back for ten seconds; its request takes no time in the other direction.
const GRACE: TimeDelta = TimeDelta::seconds(9);
/// A request may have its effect for half a minute; the clocks are a second apart at most.
const SETTLING: TimeDelta = TimeDelta::seconds(29);
/// The grace ends so long before the post would go out.
const GRACE_ENDS_BEFORE: TimeDelta = TimeDelta::minutes(6);

/// A write that its service answered with an error of its own, so that nobody knows what became of
/// it until the post is read.
struct Unheard {
    service: String,
    at: DateTime<Utc>,
    was_applied: bool,
    read_at: Option<DateTime<Utc>>,
}

impl Unheard {
    /// Whether it was looked for; where it was not applied, half a minute later.
    fn is_looked_up(&self) -> bool {
        let long_enough = if self.was_applied { TimeDelta::zero() } else { SETTLING };
        self.read_at.is_some_and(|at| at >= self.at + long_enough)
    }
}

/// A request to create a post that was not heard of.
struct Creation {
    key: String,
    time: Option<DateTime<Utc>>,
    /// How often it was made.
    tries: u32,
}

#[derive(Default)]
pub struct History {
    unheard: BTreeMap<PostId, Unheard>,
    /// When the user last wished for something of each post.
    wished_at: BTreeMap<PostId, DateTime<Utc>>,
    /// When each post was last asked to be deleted, where that can be taken back since.
    deleted_at: BTreeMap<PostId, DateTime<Utc>>,
    /// The creations of which nobody knows whether they arrived.
    created_with: BTreeMap<PostId, Creation>,
    /// When each service last refused for a limit of the plan.
    limited_at: BTreeMap<String, DateTime<Utc>>,
}

impl History {
    /// The user wished for something, which left a post as it is now.
    pub fn wished(&mut self, post: &Post, now: DateTime<Utc>) {
        self.wished_at.insert(post.id.clone(), now);
        let is_to_go = post.open.as_ref().is_some_and(|it| it.aim.act() == Some(Act::Delete));
        let is_soon =
            post.confirmed.time.is_some_and(|time| time < now + GRACE + GRACE_ENDS_BEFORE);
        if is_to_go && !is_soon {
            self.deleted_at.entry(post.id.clone()).or_insert(now);
        } else {
            self.deleted_at.remove(&post.id);
        }
    }

    /// A start ends the time in which a deletion can be taken back.
    pub fn crashed(&mut self) {
        self.deleted_at.clear();
    }

    /// Something was read at a service.
    pub fn of_read(&mut self, request: &Recorded, sent_at: DateTime<Utc>) {
        let reads = self.unheard.values_mut().filter(|it| request.path.contains(&it.service));
        reads.for_each(|it| it.read_at = Some(sent_at));
    }

    /// Why a request came too soon, or should not have come; none where it is right.
    pub fn of_request(
        &mut self,
        request: &Recorded,
        posts: &[Post],
        sent_at: DateTime<Utc>,
    ) -> Option<String> {
        let service = request.path.split('/').nth(1).unwrap_or_default();
        let limited_at = self.limited_at.get(service).copied();
        let is_held_up = request.headers.contains_key(HELD_UP);
        if request.status == Some(403) && !is_held_up {
            self.limited_at.insert(service.to_owned(), sent_at);
        }
        if let Some(why) = self.of_creation(request, posts, sent_at) {
            return Some(why);
        }
        let is_named = |post: &&Post| {
            post.remote.as_ref().is_some_and(|remote| request.path.contains(remote.as_str()))
        };
        let post = &posts.iter().find(is_named)?.id;
        let before = self.unheard.remove(post);
        let is_heard = !is_held_up;
        if is_heard && request.status.is_some_and(|status| status >= 500) {
            let (service, was_applied) = (service.to_owned(), request.applied);
            let unheard = Unheard { service, at: sent_at, was_applied, read_at: None };
            self.unheard.insert(post.clone(), unheard);
        }
        if let Some(before) = before.filter(|before| is_heard && !before.is_looked_up()) {
            return Some(format!(
                "a post was written at {sent_at}, before it was known what became of {}",
                before.at
            ));
        }
        let deleted_at = self.deleted_at.get(post).filter(|_| request.method == "DELETE");
        if let Some(at) = deleted_at.filter(|at| sent_at < **at + GRACE) {
            return Some(format!("a deletion of {at} was sent at {sent_at}"));
        }
        let schedules = request.body.get("status").is_some_and(|word| word == "scheduled");
        let (at, limited_at) = (self.wished_at.get(post)?, limited_at?);
        (schedules && *at < limited_at && limited_at < sent_at).then(|| {
            format!("a wish of {at} was sent at {sent_at}, after the plan's limit at {limited_at}")
        })
    }

    /// A creation of which nobody knows whether it arrived is repeated with the key it had, as long
    /// as its time is still to come.
    fn of_creation(
        &mut self,
        request: &Recorded,
        posts: &[Post],
        sent_at: DateTime<Utc>,
    ) -> Option<String> {
        let text = request.body.get("content")?.as_str().filter(|_| request.method == "POST")?;
        let key = request.headers.get("idempotency-key")?.clone();
        let post = &posts.iter().find(|post| post.text == text)?.id;
        let is_heard = !request.headers.contains_key(HELD_UP)
            && request.status.is_some_and(|status| status < 500);
        let before = self.created_with.remove(post);
        let tries = before.as_ref().map_or(0, |before| before.tries) + 1;
        if !is_heard {
            let time = time_sent(request);
            self.created_with.insert(post.clone(), Creation { key: key.clone(), time, tries });
        }
        // One that was paused meanwhile is made as a draft, which is another request.
        let was_paused = |before: &Creation| before.time.is_some() && time_sent(request).is_none();
        let is_another = |before: &Creation| before.key != key && !was_paused(before);
        let before = before.filter(|before| before.tries < 3 && is_another(before))?;
        before
            .time
            .is_none_or(|time| time > sent_at + TimeDelta::minutes(4))
            .then(|| format!("the creation of “{text}” was repeated at {sent_at} with another key"))
    }
}
