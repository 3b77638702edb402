//! Errors as the window gets them.

use serde::Serialize;
use specta::Type;

/// What every command throws. `message` is for people: what is wrong and what to do next.
#[derive(Clone, Debug, thiserror::Error, Serialize, Type)]
#[error("{message}")]
pub struct Error {
    /// What the window acts on.
    pub code: ErrorCode,
    /// The sentence to show.
    pub message: String,
}

/// The closed list of error codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "kebab-case")]
#[expect(
    missing_docs,
    reason = "each is documented where it comes from, in rundown_core::ErrorCode"
)]
pub enum ErrorCode {
    EmptyKey,
    WrongKeyKind,
    KeyRefused,
    BadAddress,
    Unreachable,
    NotThisService,
    NoKeychain,
    KeychainLocked,
    DifferentAccount,
    AlreadyConnected,
    PastTime,
    TooLate,
    NotEditable,
    NotPossible,
    EmptyText,
    NoChannel,
    NotFound,
    NothingToUndo,
    NothingToRedo,
    MovedOn,
    Service,
    Storage,
    /// What the window sent could not be understood, or a part of the shell failed.
    Internal,
}

impl From<rundown_core::Error> for Error {
    fn from(error: rundown_core::Error) -> Self {
        use rundown_core::ErrorCode as Core;
        let code = match error.code {
            Core::EmptyKey => ErrorCode::EmptyKey,
            Core::WrongKeyKind => ErrorCode::WrongKeyKind,
            Core::KeyRefused => ErrorCode::KeyRefused,
            Core::BadAddress => ErrorCode::BadAddress,
            Core::Unreachable => ErrorCode::Unreachable,
            Core::NotThisService => ErrorCode::NotThisService,
            Core::NoKeychain => ErrorCode::NoKeychain,
            Core::KeychainLocked => ErrorCode::KeychainLocked,
            Core::DifferentAccount => ErrorCode::DifferentAccount,
            Core::AlreadyConnected => ErrorCode::AlreadyConnected,
            Core::PastTime => ErrorCode::PastTime,
            Core::TooLate => ErrorCode::TooLate,
            Core::NotEditable => ErrorCode::NotEditable,
            Core::NotPossible => ErrorCode::NotPossible,
            Core::EmptyText => ErrorCode::EmptyText,
            Core::NoChannel => ErrorCode::NoChannel,
            Core::NotFound => ErrorCode::NotFound,
            Core::NothingToUndo => ErrorCode::NothingToUndo,
            Core::NothingToRedo => ErrorCode::NothingToRedo,
            Core::MovedOn => ErrorCode::MovedOn,
            Core::Service => ErrorCode::Service,
            Core::Storage => ErrorCode::Storage,
        };
        Self { code, message: error.message }
    }
}

impl Error {
    /// A fault that no use case names.
    pub fn internal(message: impl ToString) -> Self {
        Self { code: ErrorCode::Internal, message: message.to_string() }
    }
}
