//! Accounts, and the keys on their way in.

use chrono::TimeDelta;
use rundown_core::model::{self, Channel};
use rundown_core::service::ServiceInfo;
use rundown_core::{AccountState, Connected, ReachedLimit};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use specta::Type;

use super::rfc3339;

/// Where a key is kept: the OS keychain, or memory until Rundown quits.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the type says it")]
pub enum KeepKey {
    Keychain,
    Session,
}

impl From<KeepKey> for model::KeepKey {
    fn from(keep: KeepKey) -> Self {
        match keep {
            KeepKey::Keychain => Self::Keychain,
            KeepKey::Session => Self::Session,
        }
    }
}

/// A key on its way in. It can't be shown or sent back.
#[derive(Deserialize, Type)]
#[serde(transparent)]
pub struct KeyField(#[specta(type = String)] pub SecretString);

/// What the connect form holds.
#[derive(Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ConnectForm {
    /// The kind of the service.
    pub service: String,
    /// What to call the account.
    pub label: String,
    /// The key as pasted.
    pub key: KeyField,
    /// The server address as typed.
    pub base_url: String,
    /// Where to keep the key.
    pub keep: KeepKey,
    /// Whom requests are made for, at a service with managed users; else empty.
    pub managed_user: String,
}

/// What became of the connect form.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "outcome")]
pub enum ConnectAnswer {
    /// The account is connected.
    Connected {
        /// Its id.
        account: String,
    },
    /// The key was accepted and opens several workspaces: one of them is to be chosen.
    ChooseWorkspace {
        /// They, in the service's order.
        workspaces: Vec<WorkspaceView>,
    },
}

/// A workspace behind a key.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "as in rundown_core::model::Workspace")]
pub struct WorkspaceView {
    pub id: String,
    pub name: String,
}

impl From<Connected> for ConnectAnswer {
    fn from(connected: Connected) -> Self {
        match connected {
            Connected::Account(account) => Self::Connected { account: account.to_string() },
            Connected::ChooseWorkspace(workspaces) => Self::ChooseWorkspace {
                workspaces: workspaces
                    .into_iter()
                    .map(|workspace| WorkspaceView { id: workspace.id.0, name: workspace.name })
                    .collect(),
            },
        }
    }
}

/// A service that can be connected.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "as in rundown_core::service::ServiceInfo")]
pub struct ServiceView {
    pub kind: String,
    pub name: String,
    pub base_url: String,
    pub key_hint: String,
    pub key_help_url: String,
    pub has_managed_users: bool,
}

impl From<ServiceInfo> for ServiceView {
    fn from(info: ServiceInfo) -> Self {
        Self {
            kind: info.kind.0,
            name: info.name,
            base_url: info.base_url,
            key_hint: info.key_hint,
            key_help_url: info.key_help_url,
            has_managed_users: info.has_managed_users,
        }
    }
}

/// How an account is doing. `message` says what is wrong, `advice` what to do; both are null when
/// all is well.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the type says it")]
pub struct HealthView {
    pub state: HealthState,
    pub message: Option<String>,
    pub advice: Option<String>,
    /// When Rundown asks it again, where it waits.
    pub until: Option<String>,
    pub last_contact: Option<String>,
    /// The limit of the plan that was reached last, while that is still likely to hold.
    pub plan_limit: Option<PlanLimitView>,
    /// By how many seconds the service's clock is ahead of ours, or behind (negative), where that is
    /// over 30 seconds.
    pub clock_difference: Option<i32>,
}

/// A limit of the plan that was reached. Of its numbers the service may have told none.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PlanLimitView {
    /// The service's sentence.
    pub message: String,
    /// What to do about it.
    pub advice: String,
    /// What is counted, in the service's word.
    pub metric: Option<String>,
    /// How many are used.
    pub used: Option<i32>,
    /// How many the plan has.
    pub limit: Option<i32>,
    /// The plan's name.
    pub plan: Option<String>,
    /// When something was refused for it.
    pub at: String,
}

impl From<ReachedLimit> for PlanLimitView {
    fn from(reached: ReachedLimit) -> Self {
        let ReachedLimit { limit, at } = reached;
        let count = |count: i64| i32::try_from(count).unwrap_or(i32::MAX);
        Self {
            message: limit.sentence,
            advice: "Wait for posts to go out, pause others, or change the plan.".to_owned(),
            metric: limit.metric,
            used: limit.used.map(count),
            limit: limit.limit.map(count),
            plan: limit.plan,
            at: rfc3339(at),
        }
    }
}

/// The words for how an account is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "as in rundown_core::model::HealthState")]
pub enum HealthState {
    Ok,
    Checking,
    NeedsKey,
    KeychainLocked,
    Unreachable,
    Error,
    Limited,
}

/// The colours an account can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "as in rundown_core::model::Colour")]
pub enum Colour {
    Blue,
    Green,
    Ochre,
    Violet,
    Teal,
    Plum,
    Olive,
    Slate,
}

impl From<model::Colour> for Colour {
    fn from(colour: model::Colour) -> Self {
        match colour {
            model::Colour::Blue => Self::Blue,
            model::Colour::Green => Self::Green,
            model::Colour::Ochre => Self::Ochre,
            model::Colour::Violet => Self::Violet,
            model::Colour::Teal => Self::Teal,
            model::Colour::Plum => Self::Plum,
            model::Colour::Olive => Self::Olive,
            model::Colour::Slate => Self::Slate,
        }
    }
}

impl From<Colour> for model::Colour {
    fn from(colour: Colour) -> Self {
        match colour {
            Colour::Blue => Self::Blue,
            Colour::Green => Self::Green,
            Colour::Ochre => Self::Ochre,
            Colour::Violet => Self::Violet,
            Colour::Teal => Self::Teal,
            Colour::Plum => Self::Plum,
            Colour::Olive => Self::Olive,
            Colour::Slate => Self::Slate,
        }
    }
}

/// Which way an account is moved among the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the type says it")]
pub enum Direction {
    Up,
    Down,
}

impl From<Direction> for rundown_core::Direction {
    fn from(direction: Direction) -> Self {
        match direction {
            Direction::Up => Self::Up,
            Direction::Down => Self::Down,
        }
    }
}

/// A channel: a lane of the timeline.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "as in rundown_core::model::Channel")]
pub struct ChannelView {
    pub id: String,
    pub network: String,
    pub name: String,
    pub handle: Option<String>,
    pub problem: Option<String>,
    /// Whether its lane is off the timeline.
    pub hidden: bool,
}

impl From<Channel> for ChannelView {
    fn from(channel: Channel) -> Self {
        Self {
            id: channel.id.to_string(),
            network: channel.network,
            name: channel.name,
            handle: channel.handle,
            problem: channel.problem,
            hidden: channel.hidden,
        }
    }
}

/// What a service does with a post that is deleted.
#[derive(Clone, Copy, Debug, Serialize, Type)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "as in rundown_core::model::Deletion")]
pub enum Deletion {
    Never,
    Removes,
    Cancels,
}

/// How a post is published now.
#[derive(Clone, Copy, Debug, Serialize, Type)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "as in rundown_core::model::PublishNow")]
pub enum PublishNow {
    Never,
    AtService,
    DraftsAtService,
    ByHand,
}

/// What an account's service can do.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CapabilitiesView {
    /// A scheduled post can be given another time.
    pub reschedule: bool,
    /// A scheduled post can be made a draft.
    pub pause: bool,
    /// A draft can be scheduled.
    pub resume: bool,
    /// Posts can be created.
    pub create: bool,
    /// The text of a post can be changed.
    pub edit_text: bool,
    /// What deleting does.
    pub delete: Deletion,
    /// How a post is published now.
    pub publish_now: PublishNow,
    /// A failed post can be tried again.
    pub retry: bool,
    /// A post goes to one channel: for several, several posts are made.
    pub one_channel_per_post: bool,
    /// How many seconds ahead a time must lie.
    pub lead_seconds: i32,
    /// The latest time the plan allows, where it is known.
    pub horizon: Option<String>,
}

impl From<model::Capabilities> for CapabilitiesView {
    fn from(can: model::Capabilities) -> Self {
        Self {
            reschedule: can.reschedule,
            pause: can.pause,
            resume: can.resume,
            create: can.create != model::Creation::Never,
            edit_text: can.edit_text,
            delete: match can.delete {
                model::Deletion::Never => Deletion::Never,
                model::Deletion::Removes => Deletion::Removes,
                model::Deletion::Cancels => Deletion::Cancels,
            },
            publish_now: match can.publish_now {
                model::PublishNow::Never => PublishNow::Never,
                model::PublishNow::AtService => PublishNow::AtService,
                model::PublishNow::DraftsAtService => PublishNow::DraftsAtService,
                model::PublishNow::ByHand => PublishNow::ByHand,
            },
            retry: can.retry,
            one_channel_per_post: can.one_channel_per_post,
            lead_seconds: whole_seconds(can.lead),
            horizon: None,
        }
    }
}

/// An account with its channels.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AccountView {
    /// Its id.
    pub id: String,
    /// The kind of its service.
    pub service: String,
    /// Its service's name.
    pub service_name: String,
    /// What the user calls it.
    pub label: String,
    /// What marks its lanes and posts; null where nobody has chosen.
    pub colour: Option<Colour>,
    /// The name of its workspace, at a service that has several.
    pub workspace: Option<String>,
    /// Where its service is.
    pub base_url: String,
    /// How it is doing.
    pub health: HealthView,
    /// Its lanes.
    pub channels: Vec<ChannelView>,
    /// What can be offered.
    pub capabilities: CapabilitiesView,
    /// How many changes are not confirmed yet.
    pub waiting: u32,
    /// Whether everything is being read for the first time.
    pub syncing: bool,
    /// How many posts were read so far while that is so, else null.
    pub synced_posts: Option<u32>,
    /// How many there are, where the service has said so.
    pub total_posts: Option<u32>,
    /// Where its key is kept.
    pub key_kept_in: KeepKey,
    /// Whether it is the account that is always there: it has no key, can't be disconnected, and the
    /// user names its channels.
    pub built_in: bool,
}

impl From<AccountState> for AccountView {
    fn from(state: AccountState) -> Self {
        let AccountState { account, service, channels, open_changes, last_contact, .. } = state;
        let is_well = account.health.state == model::HealthState::Ok;
        let (word, advice) = match account.health.state {
            model::HealthState::Ok => (HealthState::Ok, None),
            model::HealthState::Checking => (HealthState::Checking, None),
            model::HealthState::NeedsKey => (
                HealthState::NeedsKey,
                Some("Nothing is sent until you replace the key: “Replace key” in its menu."),
            ),
            model::HealthState::KeychainLocked => (
                HealthState::KeychainLocked,
                Some("Unlock the keychain; Rundown goes on by itself."),
            ),
            model::HealthState::Unreachable => {
                (HealthState::Unreachable, Some("Changes wait here and are sent once it answers."))
            }
            model::HealthState::Error => (
                HealthState::Error,
                Some("What is shown is what it last said. Rundown keeps trying."),
            ),
            model::HealthState::Limited => (
                HealthState::Limited,
                Some("Rundown waits as long as it was asked to, then goes on by itself."),
            ),
        };
        Self {
            built_in: account.is_this_computer(),
            id: account.id.to_string(),
            service: account.address.kind.0,
            service_name: service.name,
            label: account.label,
            colour: account.colour.map(Colour::from),
            base_url: account.address.base_url.to_string(),
            workspace: account.address.workspace.map(|workspace| workspace.name),
            health: HealthView {
                state: word,
                message: account.health.message,
                advice: advice.map(str::to_owned),
                until: state.held_until.filter(|_| !is_well).map(rfc3339),
                last_contact: last_contact.map(rfc3339),
                plan_limit: state.reached_limit.map(PlanLimitView::from),
                clock_difference: state
                    .clock_difference
                    .and_then(|difference| i32::try_from(difference.num_seconds()).ok()),
            },
            channels: channels.into_iter().map(ChannelView::from).collect(),
            capabilities: CapabilitiesView {
                horizon: state.horizon.map(rfc3339),
                ..service.capabilities.into()
            },
            waiting: open_changes,
            syncing: state.progress.is_some(),
            synced_posts: state.progress.map(|progress| progress.read),
            total_posts: state.progress.and_then(|progress| progress.total),
            key_kept_in: match account.key_kept {
                model::KeepKey::Keychain => KeepKey::Keychain,
                model::KeepKey::Session => KeepKey::Session,
            },
        }
    }
}

fn whole_seconds(span: TimeDelta) -> i32 {
    i32::try_from(span.num_seconds()).unwrap_or(i32::MAX)
}
