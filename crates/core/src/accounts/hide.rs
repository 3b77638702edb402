//! Hide a channel's lane, or show it again.
//!
//! Only the timeline leaves it out: its posts still go out, are read, announced and counted as
//! waiting, since none of that is any less true for not being looked at.

use crate::app::App;
use crate::error::{Error, ErrorCode};
use crate::events::Event;
use crate::model::ChannelId;

impl App {
    /// Takes a channel's lane off the timeline.
    ///
    /// # Errors
    /// `NotFound`, `Storage`.
    pub fn hide_channel(&self, id: &ChannelId) -> Result<(), Error> {
        self.store.write(|tx| found(tx.hide_channel(id)?))?;
        self.emit(Event::AccountsChanged);
        Ok(())
    }

    /// Puts a channel's lane back on the timeline.
    ///
    /// # Errors
    /// `NotFound`, `Storage`.
    pub fn show_channel(&self, id: &ChannelId) -> Result<(), Error> {
        self.store.write(|tx| found(tx.show_channel(id)?))?;
        self.emit(Event::AccountsChanged);
        Ok(())
    }
}

fn found(was_there: bool) -> Result<(), Error> {
    if was_there {
        return Ok(());
    }
    Err(Error::new(ErrorCode::NotFound, "This channel is no longer there."))
}
