//! The channels of This computer, which the user names: a network, and a handle or a name there.

use uuid::Uuid;

use crate::app::App;
use crate::error::{Error, ErrorCode};
use crate::events::Event;
use crate::model::{Account, AccountId, Channel, ChannelId, RemoteId};
use crate::service::RemoteChannel;
use crate::store::Tx;

/// What the form for a channel holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChannelForm {
    /// The network's name, such as `linkedin` or `Forum`.
    pub network: String,
    /// A handle (`@studio`, `studio@mastodon.social`) or a name (“Neighbours’ group”).
    pub name: String,
}

impl App {
    /// Adds a channel to This computer; answers it.
    ///
    /// # Errors
    /// `NotFound`, `NotPossible`, `EmptyText`, `AlreadyConnected`, `Storage`.
    pub fn add_channel(&self, account: &AccountId, form: &ChannelForm) -> Result<Channel, Error> {
        let id = RemoteId(Uuid::now_v7().to_string());
        self.save_channel(account, &remote_channel(id, form)?)
    }

    /// Gives a channel of This computer another name, or another network; answers it.
    ///
    /// # Errors
    /// As [`add_channel`](Self::add_channel).
    pub fn rename_channel(
        &self,
        account: &AccountId,
        channel: &ChannelId,
        form: &ChannelForm,
    ) -> Result<Channel, Error> {
        let known = self.store.read(|tx| tx.channels(account))?;
        let known = known.into_iter().find(|it| it.id == *channel).ok_or_else(no_such_channel)?;
        self.save_channel(account, &remote_channel(known.remote, form)?)
    }

    /// Removes a channel of This computer, with the record of what went out or was skipped there.
    /// It stays while posts are planned for it.
    ///
    /// # Errors
    /// `NotFound`, `NotPossible`, `Storage`.
    pub fn remove_channel(&self, account: &AccountId, channel: &ChannelId) -> Result<(), Error> {
        let gone = self.store.write::<_, Error>(|tx| {
            check_account(tx, account)?;
            if !tx.has_channel(account, channel)? {
                return Err(no_such_channel());
            }
            match tx.planned_in(channel)? {
                0 => Ok(tx.delete_by_hand_channel(account, channel)?),
                planned => Err(still_in_use(planned)),
            }
        })?;
        self.posts_changed(gone);
        self.emit(Event::AccountsChanged);
        Ok(())
    }

    fn save_channel(&self, account: &AccountId, wanted: &RemoteChannel) -> Result<Channel, Error> {
        let saved = self.store.write::<_, Error>(|tx| {
            check_account(tx, account)?;
            let is_twin = |it: &RemoteChannel| {
                it.id != wanted.id
                    && it.network == wanted.network
                    && it.name.to_lowercase() == wanted.name.to_lowercase()
            };
            if tx.by_hand_channels()?.iter().any(is_twin) {
                return Err(Error::new(
                    ErrorCode::AlreadyConnected,
                    "There is a channel of this name already.",
                ));
            }
            tx.save_by_hand_channel(wanted)?;
            tx.merge_channels(account, &tx.by_hand_channels()?)?;
            let saved = tx.channels(account)?.into_iter().find(|it| it.remote == wanted.id);
            saved.ok_or_else(no_such_channel)
        })?;
        self.emit(Event::AccountsChanged);
        Ok(saved)
    }
}

/// Refuses an account whose channels are its service's.
fn check_account(tx: &Tx<'_>, account: &AccountId) -> Result<(), Error> {
    match tx.account(account)? {
        Some(account) if account.is_this_computer() => Ok(()),
        Some(Account { label, .. }) => Err(Error::new(
            ErrorCode::NotPossible,
            format!("The channels of “{label}” are added and removed at its service."),
        )),
        None => Err(Error::new(ErrorCode::NotFound, "This account is no longer connected.")),
    }
}

/// A form as a channel. A name with an `@` is a handle, which is kept without the first one.
fn remote_channel(id: RemoteId, form: &ChannelForm) -> Result<RemoteChannel, Error> {
    let (network, name) = (form.network.trim().to_lowercase(), form.name.trim());
    let bare = name.strip_prefix('@').unwrap_or(name);
    if network.is_empty() || bare.is_empty() {
        return Err(Error::new(
            ErrorCode::EmptyText,
            "Choose a network, and write the handle or name of the channel there.",
        ));
    }
    let handle = name.contains('@').then(|| bare.to_owned());
    Ok(RemoteChannel { id, network, name: bare.to_owned(), handle, problem: None })
}

fn no_such_channel() -> Error {
    Error::new(ErrorCode::NotFound, "This channel is no longer here.")
}

fn still_in_use(planned: u32) -> Error {
    let posts = match planned {
        1 => "1 post is".to_owned(),
        several => format!("{several} posts are"),
    };
    Error::new(
        ErrorCode::NotPossible,
        format!("{posts} still planned for this channel. Publish, skip or delete what is, first."),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn channel(network: &str, name: &str) -> Result<RemoteChannel, Error> {
        let form = ChannelForm { network: network.to_owned(), name: name.to_owned() };
        remote_channel(RemoteId("one".to_owned()), &form)
    }

    #[test]
    fn a_name_with_an_at_sign_is_a_handle() {
        let told = |network, name| channel(network, name).map(|it| (it.name, it.handle));
        let handle = |text: &str| Ok((text.to_owned(), Some(text.to_owned())));
        assert_eq!(told("X", " @studio "), handle("studio"));
        assert_eq!(told("mastodon", "studio@mastodon.social"), handle("studio@mastodon.social"));
        assert_eq!(told("mastodon", "@studio@mastodon.social"), handle("studio@mastodon.social"));
        assert_eq!(told("forum", "The neighbours"), Ok(("The neighbours".to_owned(), None)));
        assert_eq!(channel(" LinkedIn ", "Studio").unwrap().network, "linkedin");
    }

    #[test]
    fn a_channel_needs_a_network_and_a_name() {
        for (network, name) in [("", "Studio"), ("x", "  "), ("x", "@")] {
            assert_eq!(channel(network, name).unwrap_err().code, ErrorCode::EmptyText);
        }
    }
}
