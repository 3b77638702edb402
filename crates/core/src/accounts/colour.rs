//! Give an account another colour.

use super::found;
use crate::app::App;
use crate::error::Error;
use crate::events::Event;
use crate::model::{AccountId, Colour};

impl App {
    /// Gives an account another colour.
    ///
    /// # Errors
    /// `NotFound`, `Storage`.
    pub fn colour_account(&self, id: &AccountId, colour: Colour) -> Result<(), Error> {
        self.store.write(|tx| found(tx.set_colour(id, colour)?))?;
        self.emit(Event::AccountsChanged);
        Ok(())
    }
}
