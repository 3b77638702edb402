//! Opening a lane: the key is fetched, and the adapter made with it.

use std::sync::Arc;

use chrono::TimeDelta;

use super::lane::{LONGEST_BACKOFF, Lane, Live, Next};
use crate::app::App;
use crate::error::Error;
use crate::model::{Account, Health, HealthState};
use crate::secrets::SecretError;
use crate::service::SchedulingService;
use crate::this_computer::ThisComputer;

impl Lane {
    /// Gets the key and makes the adapter, or says when to try again.
    pub(super) async fn open(
        &mut self,
        app: &App,
        account: &Account,
    ) -> Result<Result<Live, Next>, Error> {
        let now = app.clock.now();
        if account.is_this_computer() {
            let service = ThisComputer::new(Arc::clone(&app.store), Arc::clone(&app.clock));
            let live = self.live_from(app, account, Arc::new(service));
            self.live = Some(live.clone());
            return Ok(Ok(live));
        }
        if account.health.state == HealthState::NeedsKey && self.failures > 0 {
            return Ok(Err(Next::At(now + LONGEST_BACKOFF)));
        }
        let health = match app.secrets(account.key_kept).get(&account.id).await {
            Ok(Some(key)) => match app.catalogue.open(&account.address, key.clone()) {
                Ok(service) => {
                    self.pulls.quota = app.quota(&account.address, &key);
                    let live = self.live_from(app, account, service);
                    self.live = Some(live.clone());
                    return Ok(Ok(live));
                }
                Err(error) => Health::trouble(HealthState::NeedsKey, error.to_string()),
            },
            Ok(None) => Health::trouble(
                HealthState::NeedsKey,
                "Its key is not kept on this computer any more.",
            ),
            Err(error @ SecretError::Locked) => {
                Health::trouble(HealthState::KeychainLocked, error.to_string())
            }
            Err(error) => Health::trouble(HealthState::NeedsKey, error.to_string()),
        };
        self.set_health(app, &health)?;
        Ok(Err(Next::At(now + TimeDelta::seconds(30))))
    }

    fn live_from(&self, app: &App, account: &Account, service: Arc<dyn SchedulingService>) -> Live {
        let info = app.service_info(&account.address.kind);
        Live { service, capabilities: info.capabilities, name: info.name }
    }
}
