//! Keep what is typed into a form until it is saved. Nothing is asked of a service, and no pull
//! touches it.

use crate::app::App;
use crate::error::Error;
use crate::model::{Form, Unsaved};

impl App {
    /// Everything that was typed and not saved, last typed first.
    ///
    /// # Errors
    /// `Storage`.
    pub fn unsaved(&self) -> Result<Vec<Unsaved>, Error> {
        Ok(self.store.read(|tx| tx.all_unsaved())?)
    }

    /// Keeps what is typed, in the place of what was typed into the same form before.
    ///
    /// # Errors
    /// `Storage`.
    pub fn keep_unsaved(&self, typed: &Unsaved) -> Result<(), Error> {
        let now = self.clock.now();
        self.store.write::<_, Error>(|tx| Ok(tx.keep_unsaved(typed, now)?))
    }

    /// Forgets what was typed into a form: it is saved, or thrown away.
    ///
    /// # Errors
    /// `Storage`.
    pub fn forget_unsaved(&self, form: &Form) -> Result<(), Error> {
        self.store.write::<_, Error>(|tx| Ok(tx.forget_unsaved(form)?))
    }
}
