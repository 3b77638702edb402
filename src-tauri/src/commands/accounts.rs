//! Commands on accounts.

use std::sync::Arc;

use rundown_core::model::{AccountId, ChannelId, RemoteId, ServiceKind};
use rundown_core::{App, ChannelForm};
use tauri::State;

use crate::pictures::Pictures;
use crate::wire::{
    AccountView, ChannelView, Colour, ConnectAnswer, ConnectForm, Direction, Error, KeepKey,
    KeyField, ServiceView, describe_loss,
};

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

/// Gives an account another name; its service's name where it is empty.
#[tauri::command]
#[specta::specta]
pub async fn rename_account(app: TheApp<'_>, account: String, label: String) -> Result<(), Error> {
    Ok(app.rename_account(&AccountId::from(account), &label)?)
}

/// Gives an account another colour.
#[tauri::command]
#[specta::specta]
pub async fn colour_account(app: TheApp<'_>, account: String, colour: Colour) -> Result<(), Error> {
    Ok(app.colour_account(&AccountId::from(account), colour.into())?)
}

/// Moves an account by one place among the others.
#[tauri::command]
#[specta::specta]
pub async fn move_account(
    app: TheApp<'_>,
    account: String,
    direction: Direction,
) -> Result<(), Error> {
    Ok(app.move_account(&AccountId::from(account), direction.into())?)
}

/// Takes a channel's lane off the timeline.
#[tauri::command]
#[specta::specta]
pub async fn hide_channel(app: TheApp<'_>, channel: String) -> Result<(), Error> {
    Ok(app.hide_channel(&ChannelId::from(channel))?)
}

/// Puts a channel's lane back on the timeline.
#[tauri::command]
#[specta::specta]
pub async fn show_channel(app: TheApp<'_>, channel: String) -> Result<(), Error> {
    Ok(app.show_channel(&ChannelId::from(channel))?)
}

/// What would be lost by disconnecting an account, one line for each change or post.
#[tauri::command]
#[specta::specta]
pub async fn lost_by_disconnecting(app: TheApp<'_>, account: String) -> Result<Vec<String>, Error> {
    let lost = app.lost_by_disconnecting(&AccountId::from(account))?;
    Ok(lost.iter().map(describe_loss).collect())
}

/// Removes an account with its key and all that is kept of it here.
#[tauri::command]
#[specta::specta]
pub async fn disconnect_account(
    app: TheApp<'_>,
    pictures: State<'_, Pictures>,
    account: String,
) -> Result<(), Error> {
    let account = AccountId::from(account);
    app.disconnect(&account).await?;
    pictures.forget(&account);
    Ok(())
}

/// Adds a channel to the account whose channels the user names: a network, and a handle or name.
#[tauri::command]
#[specta::specta]
pub async fn add_channel(
    app: TheApp<'_>,
    account: String,
    network: String,
    name: String,
) -> Result<ChannelView, Error> {
    let form = ChannelForm { network, name };
    Ok(app.add_channel(&AccountId::from(account), &form)?.into())
}

/// Gives such a channel another network or name.
#[tauri::command]
#[specta::specta]
pub async fn rename_channel(
    app: TheApp<'_>,
    account: String,
    channel: String,
    network: String,
    name: String,
) -> Result<ChannelView, Error> {
    let (account, channel) = (AccountId::from(account), ChannelId::from(channel));
    Ok(app.rename_channel(&account, &channel, &ChannelForm { network, name })?.into())
}

/// Removes such a channel; refused while posts are planned for it.
#[tauri::command]
#[specta::specta]
pub async fn remove_channel(
    app: TheApp<'_>,
    account: String,
    channel: String,
) -> Result<(), Error> {
    Ok(app.remove_channel(&AccountId::from(account), &ChannelId::from(channel))?)
}
