//! A service as its dashboard would command it: users, connections, posts and settings.

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use serde::Deserialize;
use serde_json::Map;

use super::limits::Plan;
use super::post::{PostState, PostStatus};
use super::routes::is_object_id;
use super::state::{Connection, NewPost, State, TimeOnDraft, User};
use super::vendor::Vendor;
use crate::practice::Practice;
use crate::world::World;

/// A handle to one service of the practice server. What it does bypasses the API: it is neither
/// recorded nor limited by a plan.
#[derive(Clone, Debug)]
pub struct Handle<V> {
    practice: Practice,
    service: fn(&mut World) -> &mut State<V>,
    name: &'static str,
}

/// A post to begin with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SeedPost {
    /// The text.
    pub content: String,
    /// Of a partially published post the last platform failed.
    pub status: PostStatus,
    /// For a published or failed post also when that happened.
    pub scheduled_time: Option<DateTime<Utc>>,
    /// Connections: `twitter-123456789`.
    pub platforms: Vec<String>,
    /// Addresses of pictures and videos.
    pub media_urls: Vec<String>,
}

/// A change made elsewhere, in the dashboard say. What is absent stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Edit {
    /// The platforms follow.
    pub status: Option<PostStatus>,
    /// The new time.
    pub scheduled_time: Option<DateTime<Utc>>,
    /// The new text.
    pub content: Option<String>,
}

impl<V> Handle<V> {
    pub(crate) fn new(practice: Practice) -> Self
    where
        V: Vendor,
    {
        Self { practice, service: V::state, name: V::NAME }
    }

    /// Adds a user with that API key, or changes the plan of the one who has it.
    pub fn add_user(&self, key: &str, plan: Plan) {
        self.with(|state, _| {
            let user = User { plan, connections: Vec::new(), managed_by: None };
            state.users.entry(key.to_owned()).or_insert(user).plan = plan;
        });
    }

    /// Revokes a key; the posts stay, and are there again when the key is added again.
    pub fn remove_user(&self, key: &str) {
        self.with(|state, _| state.users.remove(key));
    }

    /// Whether there is a user with that key.
    pub fn has_user(&self, key: &str) -> bool {
        self.with(|state, _| state.users.contains_key(key))
    }

    /// Changes a user's plan.
    ///
    /// # Panics
    /// There is no user with that key.
    pub fn set_plan(&self, key: &str, plan: Plan) {
        self.with_user(key, |user| user.plan = plan);
    }

    /// Connects a social account, such as `linkedin-Tz9W5i6ZYG`, after those that are there.
    ///
    /// # Panics
    /// There is no user with that key.
    pub fn add_connection(&self, key: &str, platform_id: &str, username: &str, display_name: &str) {
        self.with_user(key, |user| {
            user.connections.push(Connection {
                platform_id: platform_id.to_owned(),
                username: username.to_owned(),
                display_name: Some(display_name.to_owned()).filter(|name| !name.is_empty()),
                last_successful_post: None,
                last_error: None,
            });
        });
    }

    /// The ids of a user's connections, in order; empty for a key that is no user's.
    pub fn connections(&self, key: &str) -> Vec<String> {
        self.with(|state, _| {
            let connections = state.users.get(key).map(|user| &user.connections);
            connections.into_iter().flatten().map(|one| one.platform_id.clone()).collect()
        })
    }

    /// Adds a post; answers its id.
    ///
    /// # Panics
    /// There is no user with that key.
    pub fn add_post(&self, key: &str, post: SeedPost) -> String {
        self.insert(key, None, post)
    }

    /// Adds a post with an id of your own, replacing one that has it.
    ///
    /// # Panics
    /// There is no user with that key, or the id is not 24 hexadecimal digits.
    pub fn add_post_with_id(&self, key: &str, id: &str, post: SeedPost) {
        assert!(is_object_id(id), "{id} is not an id of 24 hexadecimal digits");
        self.insert(key, Some(id.to_owned()), post);
    }

    /// A post as the service has it.
    pub fn post(&self, id: &str) -> Option<PostState> {
        self.with(|state, _| state.posts.get(id).cloned())
    }

    /// All posts of all users, by id.
    pub fn posts(&self) -> Vec<PostState> {
        self.with(|state, _| state.posts.values().cloned().collect())
    }

    /// Changes a post behind the API's back. Answers whether it is there.
    pub fn edit_elsewhere(&self, id: &str, edit: Edit) -> bool {
        self.with(|state, now| {
            let Some(post) = state.posts.get_mut(id) else { return false };
            if let Some(time) = edit.scheduled_time {
                post.scheduled_time = Some(time.trunc_subsecs(3));
            }
            if let Some(content) = edit.content {
                post.content = content;
            }
            if let Some(status) = edit.status {
                post.become_status(status, now);
            }
            post.updated_at = now.trunc_subsecs(3);
            true
        })
    }

    /// Deletes a post behind the API's back. Answers whether it was there.
    pub fn delete_elsewhere(&self, id: &str) -> bool {
        self.with(|state, _| state.posts.remove(id).is_some())
    }

    /// Selects what happens to a draft that is sent a time alone.
    pub fn set_time_on_draft(&self, time_on_draft: TimeOnDraft) {
        self.with(|state, _| state.time_on_draft = time_on_draft);
    }

    /// How long publications that begin from now on take; none by default, so that they begin and
    /// end in one tick. Meanwhile the platforms are pending or processing.
    pub fn set_publishing_takes(&self, takes: TimeDelta) {
        self.with(|state, _| state.publishing_takes = takes);
    }

    /// Lets the next publication on a platform (`twitter`) or connection (`twitter-123`) fail, once.
    /// A post with other platforms is then partially published.
    pub fn fail_next_publication(&self, platform: &str) {
        self.with(|state, _| state.failing.push(platform.to_owned()));
    }

    fn insert(&self, key: &str, id: Option<String>, post: SeedPost) -> String {
        assert!(self.has_user(key), "there is no {} user with that key", self.name);
        self.with(|state, now| {
            let created_at = post.scheduled_time.map_or(now, |time| time.min(now));
            state.insert(
                NewPost {
                    id,
                    key: key.to_owned(),
                    content: post.content,
                    status: post.status,
                    scheduled_time: post.scheduled_time,
                    created_at: created_at - TimeDelta::days(3),
                    platforms: post.platforms,
                    media_urls: post.media_urls,
                    platform_settings: Map::new(),
                },
                now,
            )
        })
    }

    fn with_user(&self, key: &str, act: impl FnOnce(&mut User)) {
        let found = self.with(|state, _| state.users.get_mut(key).map(act).is_some());
        assert!(found, "there is no {} user with that key", self.name);
    }

    pub(crate) fn with<T>(&self, act: impl FnOnce(&mut State<V>, DateTime<Utc>) -> T) -> T {
        self.practice.with(|world, now| act((self.service)(world), now))
    }
}
