//! Identifiers. Ours are opaque; a service's own id is a [`RemoteId`] and is never mixed with them.

use std::fmt;

use uuid::Uuid;

macro_rules! local_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(String);

        impl $name {
            /// A new id, unique and roughly ordered by the time it was made.
            pub fn generate() -> Self {
                Self(Uuid::now_v7().to_string())
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

local_id!(
    /// An account connected to Rundown.
    AccountId
);
local_id!(
    /// One social channel behind an account.
    ChannelId
);
local_id!(
    /// A post, whatever the service calls it.
    PostId
);

/// A post's, channel's or connection's id at its service, as the service wrote it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RemoteId(pub String);

impl RemoteId {
    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RemoteId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Tells a service that two requests ask for the same thing once. A change keeps its key from
/// attempt to attempt, until a look has shown that none of them arrived; an adapter whose service
/// documents a header for it sends it there.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct IdempotencyKey(String);

impl IdempotencyKey {
    /// A key that nobody has used.
    pub fn generate() -> Self {
        Self(Uuid::now_v7().to_string())
    }

    /// The key for a request with this body: the same for the same body, another for another.
    pub fn for_body(&self, body: &[u8]) -> String {
        let space = Uuid::parse_str(&self.0).unwrap_or_default();
        Uuid::new_v5(&space, body).to_string()
    }

    /// The key as it is stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for IdempotencyKey {
    fn from(text: String) -> Self {
        Self(text)
    }
}

/// A change in the outbox; later changes have larger ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ChangeId(pub i64);
