//! Commands on accounts.

use std::sync::Arc;

use rundown_core::App;
use rundown_core::model::{AccountId, RemoteId, ServiceKind};
use tauri::State;

use crate::wire::{AccountView, ConnectAnswer, ConnectForm, Error, KeepKey, KeyField, ServiceView};

type TheApp<'a> = State<'a, Arc<App>>;

/// The services that can be connected.
#[tauri::command]
#[specta::specta]
pub fn services(app: TheApp<'_>) -> Vec<ServiceView> {
    app.services().into_iter().map(ServiceView::from).collect()
}

/// All accounts in the user's order.
#[tauri::command]
#[specta::specta]
pub fn accounts(app: TheApp<'_>) -> Result<Vec<AccountView>, Error> {
    Ok(app.accounts()?.into_iter().map(AccountView::from).collect())
}

/// Checks the key with the service, keeps it and saves the account, or asks for its workspace.
#[tauri::command]
#[specta::specta]
pub async fn connect_account(app: TheApp<'_>, form: ConnectForm) -> Result<ConnectAnswer, Error> {
    let form = rundown_core::ConnectForm {
        kind: ServiceKind(form.service),
        label: form.label,
        base_url: form.base_url,
        key: form.key.0,
        keep: form.keep.into(),
        workspace: None,
        managed_user: form.managed_user,
    };
    Ok(app.connect(form).await?.into())
}

/// Goes on with the connection whose workspace was asked for; answers with the account's id.
#[tauri::command]
#[specta::specta]
pub async fn choose_workspace(app: TheApp<'_>, workspace: String) -> Result<String, Error> {
    Ok(app.choose_workspace(&RemoteId(workspace)).await?.id.to_string())
}

/// The connect form was closed: what it had begun is forgotten.
#[tauri::command]
#[specta::specta]
pub fn cancel_connect(app: TheApp<'_>) {
    app.cancel_connect();
}

/// Checks a new key with the service and keeps it in place of the old one.
#[tauri::command]
#[specta::specta]
pub async fn replace_key(
    app: TheApp<'_>,
    account: String,
    key: KeyField,
    keep: KeepKey,
) -> Result<(), Error> {
    Ok(app.replace_key(&AccountId::from(account), &key.0, keep.into()).await?)
}

/// Removes an account with its key and all that is kept of it here.
#[tauri::command]
#[specta::specta]
pub async fn disconnect_account(app: TheApp<'_>, account: String) -> Result<(), Error> {
    Ok(app.disconnect(&AccountId::from(account)).await?)
}
