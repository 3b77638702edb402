//! The accounts as the screen shows them.

use chrono::{DateTime, TimeDelta, Utc};

use super::plan::{ReachedLimit, known_limits};
use crate::app::{App, Progress};
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
    /// Until when nothing is asked of the service, where it asked for that or is in trouble.
    pub held_until: Option<DateTime<Utc>>,
    /// By how much the service's clock is ahead of ours, or behind, where that is over 30 seconds.
    pub clock_difference: Option<TimeDelta>,
    /// The limit of its plan that was reached last, if that was not long ago and nothing has shown
    /// since that there is room again.
    pub reached_limit: Option<ReachedLimit>,
    /// The latest time its plan allows, where it is known.
    pub horizon: Option<DateTime<Utc>>,
    /// How far reading everything for the first time has come; none once that is done.
    pub progress: Option<Progress>,
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
        let now = self.clock.now();
        let accounts = self.store.read(|tx| {
            tx.accounts()?
                .into_iter()
                .map(|account| {
                    let channels = tx.channels(&account.id)?;
                    let open_changes = tx.open_count(Some(&account.id))?;
                    let refusals = tx.plan_refusals(&account.id)?;
                    Ok((account, channels, open_changes, refusals))
                })
                .collect::<Result<Vec<_>, _>>()
        })?;
        Ok(accounts
            .into_iter()
            .map(|(account, channels, open_changes, refusals)| {
                let lane = self.lane_view(&account.id);
                let (reached_limit, horizon) = known_limits(refusals, now);
                AccountState {
                    service: self.service_info(&account.address.kind),
                    channels,
                    open_changes,
                    last_contact: lane.last_contact,
                    clock_difference: lane.clocks_differ_by(),
                    held_until: lane.held_until.filter(|until| *until > now),
                    reached_limit,
                    horizon,
                    progress: lane.progress,
                    account,
                }
            })
            .collect())
    }
}
