//! The seam to where keys are kept.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;
use secrecy::SecretString;

use crate::model::AccountId;

/// Keeps one key for each account.
#[async_trait]
pub trait SecretStore: Send + Sync {
    /// Whether keys can be kept and read now. Never prompts.
    async fn state(&self) -> SecretStoreState;

    /// The account's key; `None` where it has none.
    ///
    /// # Errors
    /// [`SecretError`] where the store cannot be read.
    async fn get(&self, account: &AccountId) -> Result<Option<SecretString>, SecretError>;

    /// Keeps a key, replacing the one before.
    ///
    /// # Errors
    /// [`SecretError`] where the store cannot be written.
    async fn set(&self, account: &AccountId, key: &SecretString) -> Result<(), SecretError>;

    /// Forgets the account's key; does nothing where it has none.
    ///
    /// # Errors
    /// [`SecretError`] where the store cannot be written.
    async fn delete(&self, account: &AccountId) -> Result<(), SecretError>;
}

/// Whether a secret store is of use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecretStoreState {
    /// Open.
    Ready,
    /// There, but to be unlocked by the user first.
    Locked,
    /// None on this machine.
    Absent,
}

/// Why a secret could not be read or kept.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SecretError {
    /// The keychain is there but locked.
    #[error("The keychain is locked.")]
    Locked,
    /// There is no keychain.
    #[error("There is no keychain to be had: {0}")]
    Absent(String),
    /// The keychain failed in another way.
    #[error("The keychain answered with an error: {0}")]
    Failed(String),
}

/// Keys kept in memory until Rundown quits.
#[derive(Default)]
pub struct SessionSecrets(Mutex<HashMap<AccountId, SecretString>>);

#[async_trait]
impl SecretStore for SessionSecrets {
    async fn state(&self) -> SecretStoreState {
        SecretStoreState::Ready
    }

    async fn get(&self, account: &AccountId) -> Result<Option<SecretString>, SecretError> {
        let keys = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(keys.get(account).cloned())
    }

    async fn set(&self, account: &AccountId, key: &SecretString) -> Result<(), SecretError> {
        let mut keys = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        keys.insert(account.clone(), key.clone());
        Ok(())
    }

    async fn delete(&self, account: &AccountId) -> Result<(), SecretError> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(account);
        Ok(())
    }
}
