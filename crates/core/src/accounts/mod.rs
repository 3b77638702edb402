//! What a user can do with accounts: one file each.

mod colour;
mod connect;
mod disconnect;
mod hide;
mod list;
mod plan;
mod rename;
mod reorder;
mod replace_key;

pub(crate) use connect::PendingConnection;
pub use connect::{ConnectForm, Connected};
pub use disconnect::{Loss, Lost};
pub use list::AccountState;
pub use plan::ReachedLimit;
pub use reorder::Direction;

use std::sync::Arc;

use secrecy::{ExposeSecret, SecretString};
use url::{Host, Url};

use crate::app::App;
use crate::error::{Error, ErrorCode};
use crate::model::{Account, AccountId, Capabilities, KeepKey, ServiceAddress, ServiceKind};
use crate::secrets::SecretError;
use crate::service::{OpenError, RemoteChannel, SchedulingService, ServiceError, ServiceInfo};
use crate::sync::{Quota, Urgency};
use crate::this_computer;

impl App {
    /// What is known of a service; one that this version does not know can do nothing.
    pub(crate) fn service_info(&self, kind: &ServiceKind) -> ServiceInfo {
        let known = self.catalogue.services().into_iter().chain([this_computer::info()]);
        let mut known = known.filter(|info| info.kind == *kind);
        known.next().unwrap_or_else(|| ServiceInfo {
            kind: kind.clone(),
            name: kind.0.clone(),
            base_url: String::new(),
            key_hint: String::new(),
            key_help_url: String::new(),
            has_workspaces: false,
            has_managed_users: false,
            capabilities: Capabilities::none(),
            limits: Vec::new(),
        })
    }

    /// What a key may ask of its service, whichever accounts use it.
    pub(crate) fn quota(&self, address: &ServiceAddress, key: &SecretString) -> Arc<Quota> {
        self.quotas.of(address, key, &self.service_info(&address.kind).limits)
    }

    /// Counts what was asked of a service to check a key.
    fn count_check(
        &self,
        address: &ServiceAddress,
        key: &SecretString,
        service: &dyn SchedulingService,
    ) {
        let made = usize::try_from(service.requests_made().unwrap_or(1)).unwrap_or(1);
        self.quota(address, key).spend(Urgency::Write, made, self.clock.now());
    }

    /// Forgets a key. Where there is no keychain any more, there is none to forget.
    async fn forget_key(&self, account: &AccountId, kept: KeepKey) -> Result<(), Error> {
        match self.secrets(kept).delete(account).await {
            Ok(()) | Err(SecretError::Absent(_)) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// The service of an account.
    pub(crate) fn account_service(&self, account: &AccountId) -> Result<ServiceInfo, Error> {
        let account = self.store.read(|tx| tx.account(account))?.ok_or_else(no_such_account)?;
        Ok(self.service_info(&account.address.kind))
    }
}

/// `NotFound` where a write found no account to change.
fn found(was_there: bool) -> Result<(), Error> {
    if was_there { Ok(()) } else { Err(no_such_account()) }
}

/// The account that is always there has no key, and stays.
fn refuse_this_computer(account: &Account, what: &str) -> Result<(), Error> {
    if account.is_this_computer() {
        return Err(Error::new(
            ErrorCode::NotPossible,
            format!("“{}” is always there and {what}.", account.label),
        ));
    }
    Ok(())
}

fn no_such_account() -> Error {
    Error::new(ErrorCode::NotFound, "This account is no longer connected.")
}

/// A pasted key without the white space around it.
fn clean_key(key: &SecretString) -> Result<SecretString, Error> {
    let key = key.expose_secret().trim();
    if key.is_empty() {
        return Err(Error::new(ErrorCode::EmptyKey, "Paste the API key of your account."));
    }
    Ok(SecretString::from(key))
}

/// A base address that keys may be sent to: https anywhere, http for this computer alone.
fn checked_address(text: &str) -> Result<Url, Error> {
    let bad = |why: &str| Error::new(ErrorCode::BadAddress, why);
    let mut url = Url::parse(text.trim())
        .map_err(|_| bad("The server address is not a web address. It begins with https://."))?;
    let is_loopback = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => return Err(bad("The server address names no server.")),
    };
    match url.scheme() {
        "https" => {}
        "http" if is_loopback => {}
        _ => {
            return Err(bad(
                "The server address has to begin with https://, or anyone on the way could read \
                 your key. (http:// is only for a server on this computer.)",
            ));
        }
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(bad("The server address may not have a user name or password in it."));
    }
    url.set_query(None);
    url.set_fragment(None);
    let path = url.path().trim_end_matches('/').to_owned();
    url.set_path(&path);
    Ok(url)
}

fn refused_to_open(error: &OpenError) -> Error {
    Error::new(ErrorCode::WrongKeyKind, error.to_string())
}

/// What the form says when the check of a key failed.
fn check_failed(service: &str, address: &Url, error: &ServiceError) -> Error {
    let host = address.host_str().unwrap_or_default();
    let (code, message) = match error {
        ServiceError::KeyRefused { sentence } => (
            ErrorCode::KeyRefused,
            format!(
                "{service} does not accept this key: {sentence}. Copy it again from your account \
                 there; nothing was saved."
            ),
        ),
        ServiceError::NotSent { reason } => (
            ErrorCode::Unreachable,
            format!(
                "{host} can’t be reached ({reason}). Check the connection and the server address."
            ),
        ),
        ServiceError::Interrupted { reason } => (
            ErrorCode::Unreachable,
            format!("{host} did not answer in time ({reason}). Try again in a moment."),
        ),
        ServiceError::Unreadable { .. } | ServiceError::NotFound { .. } => (
            ErrorCode::NotThisService,
            format!("{host} answered, but not like {service} does. Check the server address."),
        ),
        ServiceError::Refused { status: 300..=399 | 404, sentence } => {
            (ErrorCode::NotThisService, format!("{sentence} Check the server address."))
        }
        other => (ErrorCode::Service, format!("{service} says: {other}")),
    };
    Error::new(code, message)
}

/// Whether both lists name a channel in common.
fn shares_a_channel<'a>(
    known: impl IntoIterator<Item = &'a crate::model::RemoteId>,
    listed: &[RemoteChannel],
) -> bool {
    known.into_iter().any(|id| listed.iter().any(|channel| channel.id == *id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_only_goes_over_https_or_to_this_computer() {
        let host = |text: &str| checked_address(text).map(|url| url.to_string());
        assert_eq!(
            host("https://api.postpost.dev/api/v1/").unwrap(),
            "https://api.postpost.dev/api/v1"
        );
        assert!(host("http://127.0.0.1:8080/api/v1").is_ok());
        assert!(host("http://[::1]:8080").is_ok());
        assert!(host("http://localhost:1").is_ok());
        for bad in [
            "http://api.postpost.dev/api/v1",
            "http://127.0.0.1.evil.example/",
            "http://localhost.evil.example/",
            "ftp://127.0.0.1/",
            "file:///etc/passwd",
            "https://user:pass@api.postpost.dev/",
            "postpost",
            "",
        ] {
            assert_eq!(checked_address(bad).unwrap_err().code, ErrorCode::BadAddress, "{bad}");
        }
    }

    #[test]
    fn a_key_of_white_space_is_empty() {
        let error = clean_key(&SecretString::from(" \n\t")).unwrap_err();
        assert_eq!(error.code, ErrorCode::EmptyKey);
    }
}
