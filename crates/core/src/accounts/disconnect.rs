//! Disconnect an account: its key and all that is kept of it here are removed.

use super::no_such_account;
use crate::app::App;
use crate::error::Error;
use crate::events::Event;
use crate::model::AccountId;

impl App {
    /// Disconnects an account. What stands at the service is not touched; changes that still wait
    /// are lost, which the screen has said before.
    ///
    /// # Errors
    /// `NotFound`, `KeychainLocked`, `Storage`. Nothing is removed then.
    pub async fn disconnect(&self, id: &AccountId) -> Result<(), Error> {
        let account = self.store.read(|tx| tx.account(id))?.ok_or_else(no_such_account)?;
        self.forget_key(id, account.key_kept).await?;
        self.store.write::<_, Error>(|tx| Ok(tx.delete_account(id)?))?;
        self.stop_lane(id);
        self.emit(Event::AccountsChanged);
        Ok(())
    }
}
