//! Accounts at scheduling services, and how they are doing.

use url::Url;

use super::{AccountId, RemoteId};

/// Which service an account is at, by the name its adapter registers, such as `postpost`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ServiceKind(pub String);

impl ServiceKind {
    /// No service elsewhere: posts that are kept here, for the user to publish by hand.
    pub fn this_computer() -> Self {
        Self("this-computer".to_owned())
    }
}

/// Where a service is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceAddress {
    /// The service.
    pub kind: ServiceKind,
    /// The base every path is appended to, without a trailing slash; https, or http for loopback.
    pub base_url: Url,
    /// The workspace, at a service that has several behind one key.
    pub workspace: Option<Workspace>,
    /// Whom requests are made for, at a service whose keys can act for managed users.
    pub managed_user: Option<RemoteId>,
}

/// A workspace behind a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Workspace {
    /// Its id at the service.
    pub id: RemoteId,
    /// Its name for people.
    pub name: String,
}

/// An account connected to Rundown. Its key is in the keychain, never here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Our id, also the name its key is kept under.
    pub id: AccountId,
    /// What the user calls it.
    pub label: String,
    /// What marks its lanes and posts; none where nobody has chosen.
    pub colour: Option<Colour>,
    /// Where its service is.
    pub address: ServiceAddress,
    /// Where its key is kept.
    pub key_kept: KeepKey,
    /// How it is doing.
    pub health: Health,
}

/// What tells an account's lanes and posts from another's. Red is not among them: it means now, and
/// failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the type says it")]
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

impl Colour {
    /// Each of them, in the order in which accounts are given them.
    pub const ALL: [Self; 8] = [
        Self::Blue,
        Self::Green,
        Self::Ochre,
        Self::Violet,
        Self::Teal,
        Self::Plum,
        Self::Olive,
        Self::Slate,
    ];

    /// The word used on screen and in the store.
    pub fn word(self) -> &'static str {
        match self {
            Self::Blue => "blue",
            Self::Green => "green",
            Self::Ochre => "ochre",
            Self::Violet => "violet",
            Self::Teal => "teal",
            Self::Plum => "plum",
            Self::Olive => "olive",
            Self::Slate => "slate",
        }
    }

    /// The colour that [`word`](Self::word) gave this word for.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|colour| colour.word() == word)
    }

    /// The first of those that the fewest accounts have.
    pub fn least_used(used: &[Self]) -> Self {
        let uses = |colour: &Self| used.iter().filter(|other| *other == colour).count();
        Self::ALL.into_iter().min_by_key(uses).unwrap_or(Self::Blue)
    }
}

impl Account {
    /// Whether this is the account that is always there: it has no key, can't be disconnected, and
    /// the user names its channels.
    pub fn is_this_computer(&self) -> bool {
        self.address.kind == ServiceKind::this_computer()
    }
}

/// How an account is doing, in words for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Health {
    /// The state.
    pub state: HealthState,
    /// What is wrong; the service's own sentence where it gave one.
    pub message: Option<String>,
}

impl Health {
    /// Not asked yet.
    pub fn checking() -> Self {
        Self { state: HealthState::Checking, message: None }
    }

    /// Answers.
    pub fn ok() -> Self {
        Self { state: HealthState::Ok, message: None }
    }

    /// In trouble, with a sentence for people.
    pub fn trouble(state: HealthState, message: impl Into<String>) -> Self {
        Self { state, message: Some(message.into()) }
    }
}

/// Where an account's key is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeepKey {
    /// In the operating system's keychain.
    Keychain,
    /// In memory, until Rundown quits.
    Session,
}

/// What an account's trouble is, if any.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HealthState {
    /// Answers.
    Ok,
    /// Not asked yet.
    Checking,
    /// The key was refused or is missing: nothing is sent until it is replaced.
    NeedsKey,
    /// The keychain is locked: nothing is sent until it is opened.
    KeychainLocked,
    /// No connection.
    Unreachable,
    /// Answers, but not sensibly.
    Error,
    /// Asked us to wait.
    Limited,
}

impl HealthState {
    /// The word used on screen and in the store.
    pub fn word(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Checking => "checking",
            Self::NeedsKey => "needs-key",
            Self::KeychainLocked => "keychain-locked",
            Self::Unreachable => "unreachable",
            Self::Error => "error",
            Self::Limited => "limited",
        }
    }

    /// The state that [`word`](Self::word) gave this word for; an unknown word is `Checking`.
    pub fn from_word(word: &str) -> Self {
        [
            Self::Ok,
            Self::NeedsKey,
            Self::KeychainLocked,
            Self::Unreachable,
            Self::Error,
            Self::Limited,
        ]
        .into_iter()
        .find(|state| state.word() == word)
        .unwrap_or(Self::Checking)
    }

    /// Whether requests may be made in this state.
    pub fn may_send(self) -> bool {
        !matches!(self, Self::NeedsKey | Self::KeychainLocked)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_account_gets_a_colour_that_no_other_has_while_there_is_one() {
        let mut used = Vec::new();
        for colour in Colour::ALL {
            assert_eq!(Colour::least_used(&used), colour);
            used.push(colour);
        }
        used.push(Colour::Blue);
        assert_eq!(Colour::least_used(&used), Colour::Green);
    }

    #[test]
    fn every_colour_is_found_again_by_its_word() {
        for colour in Colour::ALL {
            assert_eq!(Colour::from_word(colour.word()), Some(colour));
        }
        assert_eq!(Colour::from_word("red"), None);
    }
}
