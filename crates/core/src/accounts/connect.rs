//! Connect an account: the key is checked with its service before anything is saved.

use std::sync::Arc;

use secrecy::SecretString;

use super::{check_failed, checked_address, clean_key, refused_to_open, shares_a_channel};
use crate::app::App;
use crate::error::{Error, ErrorCode};
use crate::events::Event;
use crate::model::{
    Account, AccountId, Colour, Health, KeepKey, RemoteId, ServiceAddress, ServiceKind, Workspace,
};
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
    /// The workspace, where it is known beforehand.
    pub workspace: Option<Workspace>,
    /// Whom requests are made for, at a service whose keys can act for managed users; else empty.
    pub managed_user: String,
}

/// What became of a connect form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Connected {
    /// The account is connected; this is its id.
    Account(AccountId),
    /// The key opens several workspaces: one of them is to be chosen by
    /// [`App::choose_workspace`]. Until then nothing is saved, and the key is kept in memory, so
    /// that it need not be pasted again.
    ChooseWorkspace(Vec<Workspace>),
}

/// A connection whose key was accepted and whose workspace is still to be chosen.
pub(crate) struct PendingConnection {
    address: ServiceAddress,
    label: String,
    key: SecretString,
    keep: KeepKey,
    workspaces: Vec<Workspace>,
}

impl App {
    /// Checks the key with the service, keeps it, saves the account and starts reading it.
    ///
    /// # Errors
    /// `EmptyKey`, `BadAddress`, `WrongKeyKind`, `KeyRefused`, `Unreachable`, `NotThisService`,
    /// `Service`, `AlreadyConnected`, `NoKeychain`, `KeychainLocked`, `Storage`. Nothing is saved
    /// then.
    pub async fn connect(self: &Arc<Self>, form: ConnectForm) -> Result<Connected, Error> {
        self.cancel_connect();
        let key = clean_key(&form.key)?;
        let info = self.service_info(&form.kind);
        let managed_user = Some(form.managed_user.trim()).filter(|user| !user.is_empty());
        let address = ServiceAddress {
            kind: form.kind,
            base_url: checked_address(&form.base_url)?,
            workspace: form.workspace,
            managed_user: managed_user.map(|user| RemoteId(user.to_owned())),
        };
        let label = match form.label.trim() {
            "" => info.name.clone(),
            label => label.to_owned(),
        };
        if !info.has_workspaces || address.workspace.is_some() {
            let account = self.connect_at(address, label, key, form.keep).await?;
            return Ok(Connected::Account(account.id));
        }
        let service =
            self.catalogue.open(&address, key.clone()).map_err(|error| refused_to_open(&error))?;
        let workspaces = service.workspaces().await;
        self.count_check(&address, &key, service.as_ref());
        let workspaces =
            workspaces.map_err(|error| check_failed(&info.name, &address.base_url, &error))?.value;
        match workspaces.as_slice() {
            [] => Err(Error::new(
                ErrorCode::Service,
                format!(
                    "{} accepts this key, but it opens no workspace. Give it access to one there.",
                    info.name
                ),
            )),
            [only] => {
                let address = ServiceAddress { workspace: Some(only.clone()), ..address };
                let account = self.connect_at(address, label, key, form.keep).await?;
                Ok(Connected::Account(account.id))
            }
            several => {
                let answer = Connected::ChooseWorkspace(several.to_vec());
                let pending =
                    PendingConnection { address, label, key, keep: form.keep, workspaces };
                *self.pending_connection() = Some(pending);
                Ok(answer)
            }
        }
    }

    /// Goes on with the connection whose workspace was asked for.
    ///
    /// # Errors
    /// `NotFound` where none waits for it, and those of [`connect`](Self::connect); another
    /// workspace may be chosen then.
    pub async fn choose_workspace(self: &Arc<Self>, id: &RemoteId) -> Result<Account, Error> {
        let chosen = self.pending_connection().as_ref().and_then(|pending| {
            let workspace =
                pending.workspaces.iter().find(|workspace| workspace.id == *id)?.clone();
            let address = ServiceAddress { workspace: Some(workspace), ..pending.address.clone() };
            Some((address, pending.label.clone(), pending.key.clone(), pending.keep))
        });
        let (address, label, key, keep) = chosen.ok_or_else(|| {
            Error::new(
                ErrorCode::NotFound,
                "Rundown no longer has the key of this connection. Paste it again.",
            )
        })?;
        let account = self.connect_at(address, label, key, keep).await?;
        self.cancel_connect();
        Ok(account)
    }

    /// Forgets the key of a connection whose workspace was never chosen.
    pub fn cancel_connect(&self) {
        *self.pending_connection() = None;
    }

    async fn connect_at(
        self: &Arc<Self>,
        address: ServiceAddress,
        label: String,
        key: SecretString,
        keep: KeepKey,
    ) -> Result<Account, Error> {
        let name = self.service_info(&address.kind).name;
        let service =
            self.catalogue.open(&address, key.clone()).map_err(|error| refused_to_open(&error))?;
        let channels = service.channels().await;
        self.count_check(&address, &key, service.as_ref());
        let channels =
            channels.map_err(|error| check_failed(&name, &address.base_url, &error))?.value;
        self.refuse_connected_twice(&address, &channels)?;
        let id = AccountId::generate();
        let used = self.store.read(|tx| tx.accounts())?;
        let used: Vec<_> = used.into_iter().filter_map(|account| account.colour).collect();
        let colour = Some(Colour::least_used(&used));
        let account = Account { id, label, colour, address, key_kept: keep, health: Health::ok() };
        self.secrets(keep).set(&account.id, &key).await?;
        let saved = self.store.write::<_, Error>(|tx| {
            tx.insert_account(&account)?;
            tx.merge_channels(&account.id, &channels)?;
            Ok(())
        });
        if let Err(error) = saved {
            self.secrets(keep).delete(&account.id).await?;
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
