//! What a use case answers when it can't: a code the screen acts on, and a sentence for people.

use crate::secrets::SecretError;
use crate::store::{OfStorage, StoreError};

/// An error of a use case.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    /// What the screen acts on.
    pub code: ErrorCode,
    /// What is wrong, and what to do next. Never holds a key.
    pub message: String,
}

/// The closed list of codes. One is added only where the screen acts on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorCode {
    /// The key field was empty.
    EmptyKey,
    /// The key is another service's, or can be no key at all.
    WrongKeyKind,
    /// The service does not accept the key.
    KeyRefused,
    /// The server address can't be used.
    BadAddress,
    /// No connection could be made.
    Unreachable,
    /// Something answered that is not this service.
    NotThisService,
    /// There is no keychain: offer to keep the key for this session.
    NoKeychain,
    /// The keychain is locked.
    KeychainLocked,
    /// The key belongs to another account than the one it should replace.
    DifferentAccount,
    /// The same account is connected already.
    AlreadyConnected,
    /// The time has passed.
    PastTime,
    /// The time is closer than the lead.
    TooLate,
    /// The post can no longer be changed.
    NotEditable,
    /// The account's service can't do this.
    NotPossible,
    /// The post has no text.
    EmptyText,
    /// No channel was chosen.
    NoChannel,
    /// No such post or account here.
    NotFound,
    /// There is no step to undo.
    NothingToUndo,
    /// No step was undone, or another was taken since.
    NothingToRedo,
    /// The post has changed since the step that was to be undone.
    MovedOn,
    /// The service answered with an error.
    Service,
    /// Reading or writing on disk failed.
    Storage,
}

impl Error {
    /// An error with a code and a sentence.
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        Self::new(ErrorCode::Storage, error.to_string())
    }
}

impl OfStorage for Error {
    fn of_storage(&self) -> Option<String> {
        (self.code == ErrorCode::Storage).then(|| self.message.clone())
    }
}

impl From<SecretError> for Error {
    fn from(error: SecretError) -> Self {
        match error {
            SecretError::Locked => Self::new(
                ErrorCode::KeychainLocked,
                "The keychain is locked. Unlock it, then try again.",
            ),
            SecretError::Absent(_) => Self::new(
                ErrorCode::NoKeychain,
                "There is no keychain on this computer to keep the key in. Install one (on Linux \
                 “gnome-keyring” or KWallet), or keep the key for this session only.",
            ),
            SecretError::Failed(reason) => {
                Self::new(ErrorCode::Storage, format!("The keychain could not be used: {reason}"))
            }
        }
    }
}
