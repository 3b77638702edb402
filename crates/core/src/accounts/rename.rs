//! Give an account another name.

use super::{found, no_such_account};
use crate::app::App;
use crate::error::Error;
use crate::events::Event;
use crate::model::AccountId;

impl App {
    /// Gives an account another name; the service's name where it is empty.
    ///
    /// # Errors
    /// `NotFound`, `Storage`.
    pub fn rename_account(&self, id: &AccountId, label: &str) -> Result<(), Error> {
        let account = self.store.read(|tx| tx.account(id))?.ok_or_else(no_such_account)?;
        let label = match label.trim() {
            "" => self.service_info(&account.address.kind).name,
            label => label.to_owned(),
        };
        self.store.write(|tx| found(tx.set_label(id, &label)?))?;
        self.emit(Event::AccountsChanged);
        Ok(())
    }
}
