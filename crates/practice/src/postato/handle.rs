//! Postato as its dashboard would command it: keys, workspaces, accounts, posts and settings.

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use serde::Deserialize;

use super::body::Part;
use super::create::NewPost;
use super::ids;
use super::settings::Settings;
use super::state::{Account, AccountStatus, PostState, PostStatus, State, Workspace};
use crate::practice::Practice;

/// A handle to the practice server's Postato. What it does bypasses the API: it is neither
/// recorded nor limited.
#[derive(Clone, Debug)]
pub struct Postato {
    practice: Practice,
}

/// A post to begin with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct SeedPost {
    /// The account it goes to, which also says on which platform.
    pub account_id: String,
    /// Where it is empty, `tweet` on Twitter and `feed` elsewhere.
    pub post_type: String,
    /// One text, or those of a thread.
    pub texts: Vec<String>,
    /// Ids of pictures and videos, which go with the first text.
    pub media: Vec<String>,
    /// Queued and publishing posts stay so, since no delivery was begun.
    pub status: PostStatus,
    /// For a published or failed post also when that happened.
    pub scheduled_at: Option<DateTime<Utc>>,
}

/// A change made elsewhere, in the dashboard say. What is absent stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Edit {
    /// The new status.
    pub status: Option<PostStatus>,
    /// The new time.
    pub scheduled_at: Option<DateTime<Utc>>,
    /// The new text of the first item.
    pub text: Option<String>,
}

impl Postato {
    pub(crate) fn new(practice: Practice) -> Self {
        Self { practice }
    }

    /// Adds an API key that may act on no workspace yet. Real ones are `smcp_` and 64 hexadecimal
    /// digits.
    pub fn add_key(&self, key: &str) {
        self.with(|state, _| {
            state.keys.entry(key.to_owned()).or_default();
        });
    }

    /// Revokes a key; workspaces and posts stay.
    pub fn remove_key(&self, key: &str) {
        self.with(|state, _| state.keys.remove(key));
    }

    /// Whether there is that key.
    pub fn has_key(&self, key: &str) -> bool {
        self.with(|state, _| state.keys.contains_key(key))
    }

    /// Lets a key act on a workspace, which is created if it is new.
    ///
    /// # Panics
    /// There is no such key, or the id is no ULID.
    pub fn add_workspace(&self, key: &str, id: &str, name: &str) {
        assert!(is_workspace_id(id), "{id} is not a ULID, with or without wks_");
        let found = self.with(|state, now| {
            let Some(granted) = state.keys.get_mut(key) else { return false };
            if !granted.iter().any(|one| one == id) {
                granted.push(id.to_owned());
            }
            let name = name.to_owned();
            let workspace = Workspace { name, created_at: now, accounts: Vec::new() };
            state.workspaces.entry(id.to_owned()).or_insert(workspace);
            true
        });
        assert!(found, "there is no such Postato key");
    }

    /// Takes a workspace from a key; it stays, with its posts.
    pub fn remove_workspace(&self, key: &str, id: &str) {
        self.with(|state, _| {
            if let Some(granted) = state.keys.get_mut(key) {
                granted.retain(|one| one != id);
            }
        });
    }

    /// Whether there is that workspace.
    pub fn has_workspace(&self, id: &str) -> bool {
        self.with(|state, _| state.workspaces.contains_key(id))
    }

    /// Connects a social account after those that are there. An empty display name is none.
    ///
    /// # Panics
    /// There is no such workspace, or the id is no ULID.
    pub fn add_account(
        &self,
        workspace: &str,
        id: &str,
        platform: &str,
        username: &str,
        display_name: &str,
    ) {
        assert!(is_account_id(id), "{id} is not a ULID, with or without acc_");
        let account = Account {
            id: id.to_owned(),
            platform: platform.to_owned(),
            username: username.to_owned(),
            display_name: Some(display_name.to_owned()).filter(|name| !name.is_empty()),
            status: AccountStatus::Connected,
        };
        let found = self.with(|state, _| {
            state.workspaces.get_mut(workspace).map(|one| one.accounts.push(account)).is_some()
        });
        assert!(found, "there is no Postato workspace {workspace}");
    }

    /// Whether a workspace has that account.
    pub fn has_account(&self, workspace: &str, id: &str) -> bool {
        self.with(|state, _| state.account(workspace, id).is_some())
    }

    /// Changes whether an account can be published to. Answers whether it is there.
    pub fn set_account_status(&self, id: &str, status: AccountStatus) -> bool {
        self.with(|state, _| {
            let mut accounts =
                state.workspaces.values_mut().flat_map(|workspace| &mut workspace.accounts);
            accounts.find(|one| one.id == id).map(|account| account.status = status).is_some()
        })
    }

    /// Adds a post; answers its id.
    ///
    /// # Panics
    /// The workspace has no such account.
    pub fn add_post(&self, workspace: &str, post: SeedPost) -> String {
        self.insert(workspace, None, post)
    }

    /// Adds a post with an id of your own, replacing one that has it.
    ///
    /// # Panics
    /// The workspace has no such account, or the id is no ULID.
    pub fn add_post_with_id(&self, workspace: &str, id: &str, post: SeedPost) {
        assert!(is_post_id(id), "{id} is not a ULID, with or without pst_");
        self.insert(workspace, Some(id.to_owned()), post);
    }

    /// A post as the service has it, cancelled ones included.
    pub fn post(&self, id: &str) -> Option<PostState> {
        self.with(|state, _| state.posts.get(id).cloned())
    }

    /// All posts of all workspaces, by id.
    pub fn posts(&self) -> Vec<PostState> {
        self.with(|state, _| state.posts.values().cloned().collect())
    }

    /// Changes a post behind the API's back. Answers whether it is there.
    pub fn edit_elsewhere(&self, id: &str, edit: Edit) -> bool {
        self.with(|state, now| {
            let Some(post) = state.posts.get_mut(id) else { return false };
            if let Some(time) = edit.scheduled_at {
                post.scheduled_at = Some(time.trunc_subsecs(3));
            }
            if let (Some(text), Some(first)) = (edit.text, post.items.first_mut()) {
                first.text = text;
            }
            if let Some(status) = edit.status {
                post.begin_as(status);
            }
            post.updated_at = now.trunc_subsecs(3);
            true
        })
    }

    /// Removes a post behind the API's back, without a trace. Answers whether it was there.
    pub fn delete_elsewhere(&self, id: &str) -> bool {
        self.with(|state, _| state.posts.remove(id).is_some())
    }

    /// The reading of the documents that is selected.
    pub fn settings(&self) -> Settings {
        self.with(|state, _| state.settings)
    }

    /// Selects a reading of the documents.
    pub fn set_settings(&self, settings: Settings) {
        self.with(|state, _| state.settings = settings);
    }

    /// How long publications that begin from now on take; none by default, so that they begin and
    /// end in one tick. Half of it a post is queued, then it is publishing.
    pub fn set_publishing_takes(&self, takes: TimeDelta) {
        self.with(|state, _| state.publishing_takes = takes);
    }

    /// Lets the next publication on a platform (`twitter`) or account (`acc_…`) fail, once.
    pub fn fail_next_publication(&self, target: &str) {
        self.with(|state, _| state.failing.push(target.to_owned()));
    }

    /// Expects one more request with the status `publish`; any other is a violation.
    pub fn expect_publish(&self) {
        self.with(|state, _| state.publications_expected += 1);
    }

    /// Expects one more update with the status `cancelled`; any other is a violation.
    pub fn expect_cancellation(&self) {
        self.with(|state, _| state.cancellations_expected += 1);
    }

    fn insert(&self, workspace: &str, id: Option<String>, post: SeedPost) -> String {
        let inserted = self.with(|state, now| {
            let platform = state.account(workspace, &post.account_id)?.platform.clone();
            let created_at = post.scheduled_at.map_or(now, |time| time.min(now));
            let post_type = match (post.post_type.as_str(), platform.as_str()) {
                ("", "twitter" | "x") => "tweet",
                ("", _) => "feed",
                (named, _) => named,
            };
            let part = |text| Part { text, media: Vec::new() };
            let mut parts: Vec<_> = post.texts.into_iter().map(part).collect();
            if let Some(first) = parts.first_mut() {
                first.media = post.media;
            }
            let new = NewPost {
                id,
                workspace: workspace.to_owned(),
                account_id: post.account_id,
                platform,
                post_type: post_type.to_owned(),
                scheduled_at: post.scheduled_at,
                created_at: created_at - TimeDelta::days(3),
                parts,
            };
            let mut built = state.build(new, now);
            built.begin_as(post.status);
            let id = built.id.clone();
            state.posts.insert(id.clone(), built);
            Some(id)
        });
        assert!(inserted.is_some(), "the Postato workspace {workspace} has no such account");
        inserted.unwrap_or_default()
    }

    fn with<T>(&self, act: impl FnOnce(&mut State, DateTime<Utc>) -> T) -> T {
        self.practice.with(|world, now| act(&mut world.postato, now))
    }
}

impl PostState {
    /// Takes a status over; one that has failed has done so for the usual reason.
    fn begin_as(&mut self, status: PostStatus) {
        match status {
            PostStatus::Failed => self.fail("The platform refused the post"),
            status => self.become_status(status),
        }
    }
}

pub(crate) fn is_post_id(id: &str) -> bool {
    ids::is_id(id, ids::POST)
}

pub(crate) fn is_workspace_id(id: &str) -> bool {
    ids::is_id(id, ids::WORKSPACE)
}

pub(crate) fn is_account_id(id: &str) -> bool {
    ids::is_id(id, ids::ACCOUNT)
}
