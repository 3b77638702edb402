//! The operating system's keychain.
//!
//! Reading from a locked keychain would make it ask for its password. A lane must never do that, so
//! whether it is locked is looked up first; only keeping a key, which the user asked for, may ask.

use async_trait::async_trait;
use keyring::Error as KeyringError;
use keyring::v1::Entry;
use rundown_core::model::AccountId;
use rundown_core::secrets::{SecretError, SecretStore, SecretStoreState};
use secrecy::{ExposeSecret, SecretString};

/// The name that keys are kept under, with the account's id.
const SERVICE: &str = "dev.rundown.desktop";

/// The Secret Service, the macOS Keychain or the Windows Credential Manager.
pub struct Keychain;

#[async_trait]
impl SecretStore for Keychain {
    async fn state(&self) -> SecretStoreState {
        off_thread(|| Ok(state())).await.unwrap_or(SecretStoreState::Absent)
    }

    async fn get(&self, account: &AccountId) -> Result<Option<SecretString>, SecretError> {
        let account = account.clone();
        off_thread(move || {
            refuse_unless_open()?;
            match entry(&account)?.get_password() {
                Ok(key) => Ok(Some(SecretString::from(key))),
                Err(KeyringError::NoEntry) => Ok(None),
                Err(error) => Err(secret_error(&error)),
            }
        })
        .await
    }

    async fn set(&self, account: &AccountId, key: &SecretString) -> Result<(), SecretError> {
        let (account, key) = (account.clone(), key.clone());
        off_thread(move || {
            entry(&account)?.set_password(key.expose_secret()).map_err(|error| secret_error(&error))
        })
        .await
    }

    async fn delete(&self, account: &AccountId) -> Result<(), SecretError> {
        let account = account.clone();
        off_thread(move || match entry(&account)?.delete_credential() {
            Ok(()) | Err(KeyringError::NoEntry) => Ok(()),
            Err(error) => Err(secret_error(&error)),
        })
        .await
    }
}

/// The keychain may wait for the user: never on a thread that others wait for.
async fn off_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, SecretError> + Send + 'static,
) -> Result<T, SecretError> {
    tokio::task::spawn_blocking(work)
        .await
        .unwrap_or_else(|error| Err(SecretError::Failed(error.to_string())))
}

fn entry(account: &AccountId) -> Result<Entry, SecretError> {
    if let Err(error) = Entry::store_status() {
        return Err(SecretError::Absent(error.to_string()));
    }
    Entry::new(SERVICE, account.as_str()).map_err(|error| secret_error(&error))
}

fn secret_error(error: &KeyringError) -> SecretError {
    match error {
        KeyringError::NoStorageAccess(_) => SecretError::Locked,
        KeyringError::NoDefaultStore => SecretError::Absent(error.to_string()),
        other => SecretError::Failed(other.to_string()),
    }
}

fn refuse_unless_open() -> Result<(), SecretError> {
    match state() {
        SecretStoreState::Ready => Ok(()),
        SecretStoreState::Locked => Err(SecretError::Locked),
        SecretStoreState::Absent => Err(SecretError::Absent("no Secret Service".to_owned())),
    }
}

#[cfg(target_os = "linux")]
fn state() -> SecretStoreState {
    use std::sync::{Mutex, PoisonError};

    use secret_service::blocking::SecretService;
    use secret_service::{EncryptionType, Error};

    static SERVICE: Mutex<Option<SecretService<'static>>> = Mutex::new(None);

    // One connection for all look-ups; a service that was absent may be there by now.
    let mut service = SERVICE.lock().unwrap_or_else(PoisonError::into_inner);
    if service.is_none() {
        *service = SecretService::connect(EncryptionType::Plain).ok();
    }
    let Some(service) = service.as_ref() else { return SecretStoreState::Absent };
    match service.get_default_collection().and_then(|collection| collection.is_locked()) {
        Ok(true) => SecretStoreState::Locked,
        // The first key makes the collection.
        Ok(false) | Err(Error::NoResult) => SecretStoreState::Ready,
        Err(_) => SecretStoreState::Absent,
    }
}

#[cfg(not(target_os = "linux"))]
fn state() -> SecretStoreState {
    match Entry::store_status() {
        Ok(()) => SecretStoreState::Ready,
        Err(_) => SecretStoreState::Absent,
    }
}
