//! PostEverywhere as its dashboard would command it: keys, accounts, posts and settings.

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use serde::Deserialize;

use super::routes::{KEY_PREFIX, is_uuid};
use super::settings::Settings;
use super::state::{Account, NewPost, PostState, PostStatus, State};
use crate::practice::Practice;

/// A handle to the practice server's PostEverywhere. What it does bypasses the API: it is neither
/// recorded nor limited.
#[derive(Clone, Debug)]
pub struct PostEverywhere {
    practice: Practice,
}

/// A post to begin with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct SeedPost {
    /// The text.
    pub content: String,
    /// Of a partially failed post the last destination failed.
    pub status: PostStatus,
    /// For a published or failed post also when that happened.
    pub scheduled_for: Option<DateTime<Utc>>,
    /// Accounts that were added before.
    pub account_ids: Vec<u64>,
    /// UUIDs of pictures and videos.
    pub media_ids: Vec<String>,
    /// Three days ago by default, or three days before it went out.
    pub created_at: Option<DateTime<Utc>>,
}

/// A change made elsewhere, in the dashboard say. What is absent stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Edit {
    /// The destinations follow.
    pub status: Option<PostStatus>,
    /// The new time, for the destinations, too.
    pub scheduled_for: Option<DateTime<Utc>>,
    /// The new text.
    pub content: Option<String>,
}

impl PostEverywhere {
    pub(crate) fn new(practice: Practice) -> Self {
        Self { practice }
    }

    /// Adds an API key without accounts, unless it is there.
    ///
    /// # Panics
    /// The key does not begin with `pe_live_`.
    pub fn add_key(&self, key: &str) {
        assert!(key.starts_with(KEY_PREFIX), "a key begins with pe_live_");
        self.with(|state, _| {
            state.keys.entry(key.to_owned()).or_default();
        });
    }

    /// Revokes a key with its accounts; the posts stay, and are there again when the key is added
    /// again.
    pub fn remove_key(&self, key: &str) {
        self.with(|state, _| state.keys.remove(key));
    }

    /// Whether that key opens anything.
    pub fn has_key(&self, key: &str) -> bool {
        self.with(|state, _| state.keys.contains_key(key))
    }

    /// Connects a social account, such as `@mybrand` at `instagram`, after those that are there.
    ///
    /// # Panics
    /// There is no such key.
    pub fn add_account(&self, key: &str, id: u64, platform: &str, name: &str) {
        let found = self.with(|state, now| {
            let Some(accounts) = state.keys.get_mut(key) else { return false };
            accounts.push(Account {
                id,
                platform: platform.to_owned(),
                name: name.to_owned(),
                created_at: now,
            });
            true
        });
        assert!(found, "there is no such PostEverywhere key");
    }

    /// Whether a key opens those accounts.
    pub fn has_accounts(&self, key: &str, ids: &[u64]) -> bool {
        self.with(|state, _| state.keys.contains_key(key) && state.accounts(key, ids).is_ok())
    }

    /// Adds a post; answers its id.
    ///
    /// # Panics
    /// There is no such key, or it does not open one of the accounts.
    pub fn add_post(&self, key: &str, post: SeedPost) -> String {
        self.insert(key, None, post)
    }

    /// Adds a post with an id of your own, replacing one that has it.
    ///
    /// # Panics
    /// There is no such key, or it does not open one of the accounts, or the id is not a UUID.
    pub fn add_post_with_id(&self, key: &str, id: &str, post: SeedPost) {
        assert!(is_uuid(id), "{id} is not a UUID");
        self.insert(key, Some(id.to_owned()), post);
    }

    /// A post as the service has it.
    pub fn post(&self, id: &str) -> Option<PostState> {
        self.with(|state, _| state.posts.get(id).cloned())
    }

    /// All posts of all keys, by id.
    pub fn posts(&self) -> Vec<PostState> {
        self.with(|state, _| state.posts.values().cloned().collect())
    }

    /// Changes a post behind the API's back. Answers whether it is there.
    pub fn edit_elsewhere(&self, id: &str, edit: Edit) -> bool {
        self.with(|state, now| {
            let Some(post) = state.posts.get_mut(id) else { return false };
            if let Some(content) = edit.content {
                post.content = content;
            }
            if let Some(status) = edit.status {
                post.become_status(status, now);
            }
            if let Some(time) = edit.scheduled_for {
                post.set_time(Some(time.trunc_subsecs(3)));
            }
            post.updated_at = now.trunc_subsecs(3);
            true
        })
    }

    /// Deletes a post behind the API's back. Answers whether it was there.
    pub fn delete_elsewhere(&self, id: &str) -> bool {
        self.with(|state, _| state.posts.remove(id).is_some())
    }

    /// Changes how the service behaves from now on:
    /// `set(|settings| settings.past_time = PastTime::Refuse)`.
    pub fn set(&self, change: impl FnOnce(&mut Settings)) {
        self.with(|state, _| change(&mut state.settings));
    }

    /// How the service behaves now.
    pub fn settings(&self) -> Settings {
        self.with(|state, _| state.settings)
    }

    /// How long publications that begin from now on take; none by default, so that those of the
    /// scheduler begin and end in one tick.
    pub fn set_publishing_takes(&self, takes: TimeDelta) {
        self.with(|state, _| state.publishing_takes = takes);
    }

    /// Takes the rate limit away, with the headers that tell of it.
    pub fn set_limits_off(&self) {
        self.with(|state, _| state.rate.off = true);
    }

    /// Lets one `publish_now` of that post be no violation.
    pub fn expect_publish_now(&self, id: &str) {
        self.with(|state, _| state.publish_now_expected.push(id.to_owned()));
    }

    /// Lets the next publication on a platform (`instagram`) or at an account (`2280`) fail, once.
    /// A post with other destinations is then partially failed.
    pub fn fail_next_publication(&self, order: &str) {
        self.with(|state, _| state.failing.push(order.to_owned()));
    }

    /// Lets the next update of a time not reach the destination at that account, once: the post
    /// shows the new time, and the destination goes out at the former.
    pub fn leave_behind_next(&self, account_id: u64) {
        self.with(|state, _| state.left_behind.push(account_id));
    }

    fn insert(&self, key: &str, id: Option<String>, post: SeedPost) -> String {
        let inserted = self.with(|state, now| {
            let accounts = state.accounts(key, &post.account_ids).ok()?;
            let went_out = post.scheduled_for.map_or(now, |time| time.min(now));
            let new = NewPost {
                id,
                key: key.to_owned(),
                content: post.content,
                status: post.status,
                scheduled_for: post.scheduled_for,
                timezone: None,
                media_ids: post.media_ids,
                platform_content: None,
                accounts,
                created_at: post.created_at.unwrap_or(went_out - TimeDelta::days(3)),
            };
            state.keys.contains_key(key).then(|| state.insert(new, now))
        });
        assert!(
            inserted.is_some(),
            "there is no such PostEverywhere key, or not with that account"
        );
        inserted.unwrap_or_default()
    }

    fn with<T>(&self, act: impl FnOnce(&mut State, DateTime<Utc>) -> T) -> T {
        self.practice.with(|world, now| act(&mut world.posteverywhere, now))
    }
}
