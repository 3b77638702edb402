//! This computer: the account that is always there, for posts that the user publishes by hand.
//!
//! It is a scheduling service like the others, kept in our own database: its posts go through the
//! same outbox and the same lane. What is particular to it is here and at three places elsewhere: a
//! lane opens it without a key, it can't be disconnected, and the user names its channels. That its
//! posts are handed to the user at their time follows from its capabilities.

mod channels;
mod compose;
mod hand_over;
mod service;
#[cfg(test)]
mod tests;

use chrono::TimeDelta;
use url::Url;

pub use channels::ChannelForm;
pub use hand_over::{ByHand, HandedOver};
pub(crate) use service::ThisComputer;

use crate::error::Error;
use crate::model::{
    Account, AccountId, Capabilities, Colour, Creation, Deletion, Health, KeepKey, PublishNow,
    ServiceAddress, ServiceKind,
};
use crate::service::ServiceInfo;
use crate::store::{Store, StoreError};

const NAME: &str = "This computer";
/// Nothing is ever asked of this address.
const ADDRESS: &str = "rundown://this-computer";

/// What it can do. It needs no lead, since it publishes nothing by itself.
pub fn info() -> ServiceInfo {
    ServiceInfo {
        kind: ServiceKind::this_computer(),
        name: NAME.to_owned(),
        base_url: ADDRESS.to_owned(),
        key_hint: String::new(),
        key_help_url: String::new(),
        has_workspaces: false,
        has_managed_users: false,
        capabilities: Capabilities {
            reschedule: true,
            pause: true,
            resume: true,
            create: Creation::Keyed,
            edit_text: true,
            delete: Deletion::Removes,
            publish_now: PublishNow::ByHand,
            retry: false,
            one_channel_per_post: true,
            lead: TimeDelta::zero(),
        },
        limits: Vec::new(),
    }
}

/// Adds the account to a store that does not have it yet.
pub(crate) fn ensure(store: &Store) -> Result<(), Error> {
    let accounts = store.read(|tx| tx.accounts())?;
    if accounts.iter().any(Account::is_this_computer) {
        return Ok(());
    }
    let base_url =
        Url::parse(ADDRESS).map_err(|_| StoreError::Malformed(format!("the address {ADDRESS}")))?;
    let account = Account {
        id: AccountId::generate(),
        label: NAME.to_owned(),
        address: ServiceAddress {
            kind: ServiceKind::this_computer(),
            base_url,
            workspace: None,
            managed_user: None,
        },
        key_kept: KeepKey::Session,
        health: Health::ok(),
        colour: Some(Colour::Slate),
    };
    store.write(|tx| Ok(tx.insert_account(&account)?))
}
