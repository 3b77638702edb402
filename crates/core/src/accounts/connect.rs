//! Connect an account: the key is checked with its service before anything is saved.

use std::sync::Arc;

use secrecy::SecretString;

use super::{check_failed, checked_address, clean_key, refused_to_open, shares_a_channel};
use crate::app::App;
use crate::error::{Error, ErrorCode};
use crate::events::Event;
use crate::model::{Account, AccountId, Health, KeepKey, ServiceAddress, ServiceKind};
use crate::service::RemoteChannel;

/// What the connect form holds. It is not to be kept or shown.
pub struct ConnectForm {
    /// The service.
    pub kind: ServiceKind,
    /// What to call the account; the service's name where it is empty.
    pub label: String,
    /// The server address as typed.
    pub base_url: String,
    /// The key as pasted.
    pub key: SecretString,
    /// Where to keep the key.
    pub keep: KeepKey,
}

impl App {
    /// Checks the key with the service, keeps it, saves the account and starts reading it.
    ///
    /// # Errors
    /// `EmptyKey`, `BadAddress`, `WrongKeyKind`, `KeyRefused`, `Unreachable`, `NotThisService`,
    /// `Service`, `AlreadyConnected`, `NoKeychain`, `KeychainLocked`, `Storage`. Nothing is saved
    /// then.
    pub async fn connect(self: &Arc<Self>, form: ConnectForm) -> Result<Account, Error> {
        let key = clean_key(&form.key)?;
        let info = self.service_info(&form.kind);
        let address = ServiceAddress {
            kind: form.kind,
            base_url: checked_address(&form.base_url)?,
            workspace: None,
            managed_user: None,
        };
        let service =
            self.catalogue.open(&address, key.clone()).map_err(|error| refused_to_open(&error))?;
        let channels = service
            .channels()
            .await
            .map_err(|error| check_failed(&info.name, &address.base_url, &error))?
            .value;
        self.refuse_connected_twice(&address, &channels)?;
        let label = match form.label.trim() {
            "" => info.name,
            label => label.to_owned(),
        };
        let account = Account {
            id: AccountId::generate(),
            label,
            address,
            key_kept: form.keep,
            health: Health::ok(),
        };
        self.secrets(form.keep).set(&account.id, &key).await?;
        let saved = self.store.write::<_, Error>(|tx| {
            tx.insert_account(&account)?;
            tx.merge_channels(&account.id, &channels)?;
            Ok(())
        });
        if let Err(error) = saved {
            self.secrets(form.keep).delete(&account.id).await?;
            return Err(error);
        }
        self.emit(Event::AccountsChanged);
        self.start_lane(&account.id);
        Ok(account)
    }

    fn refuse_connected_twice(
        &self,
        address: &ServiceAddress,
        channels: &[RemoteChannel],
    ) -> Result<(), Error> {
        let twin = self.store.read(|tx| {
            for account in tx.accounts()? {
                if account.address == *address {
                    let known = tx.channels(&account.id)?;
                    if shares_a_channel(known.iter().map(|channel| &channel.remote), channels) {
                        return Ok(Some(account.label));
                    }
                }
            }
            Ok(None)
        })?;
        match twin {
            Some(label) => Err(Error::new(
                ErrorCode::AlreadyConnected,
                format!(
                    "This account is connected already, as “{label}”. To change its key, use “Replace key” there."
                ),
            )),
            None => Ok(()),
        }
    }
}
