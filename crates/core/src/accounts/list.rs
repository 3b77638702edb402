//! The accounts as the screen shows them.

use chrono::{DateTime, Utc};

use crate::app::App;
use crate::error::Error;
use crate::model::{Account, Channel};
use crate::service::ServiceInfo;

/// An account with all that is shown of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountState {
    /// The account.
    pub account: Account,
    /// Its service.
    pub service: ServiceInfo,
    /// Its channels in the service's order.
    pub channels: Vec<Channel>,
    /// How many of its changes are not confirmed yet.
    pub open_changes: u32,
    /// When the service last gave a sensible answer, since Rundown started.
    pub last_contact: Option<DateTime<Utc>>,
    /// Whether everything is being read for the first time.
    pub sweeping: bool,
}

impl App {
    /// What the connect form offers.
    pub fn services(&self) -> Vec<ServiceInfo> {
        self.catalogue.services()
    }

    /// All accounts in the user's order.
    ///
    /// # Errors
    /// `Storage`.
    pub fn accounts(&self) -> Result<Vec<AccountState>, Error> {
        let accounts = self.store.read(|tx| {
            tx.accounts()?
                .into_iter()
                .map(|account| {
                    let channels = tx.channels(&account.id)?;
                    let open_changes = tx.open_count(Some(&account.id))?;
                    Ok((account, channels, open_changes))
                })
                .collect::<Result<Vec<_>, _>>()
        })?;
        Ok(accounts
            .into_iter()
            .map(|(account, channels, open_changes)| {
                let lane = self.lane_view(&account.id);
                AccountState {
                    service: self.service_info(&account.address.kind),
                    channels,
                    open_changes,
                    last_contact: lane.last_contact,
                    sweeping: lane.sweeping,
                    account,
                }
            })
            .collect())
    }
}
