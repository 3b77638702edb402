//! Move an account up or down among the others; its lanes go with it.

use super::no_such_account;
use crate::app::App;
use crate::error::Error;
use crate::events::Event;
use crate::model::AccountId;

/// Which way an account goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Before the one before it.
    Up,
    /// After the one after it.
    Down,
}

impl App {
    /// Moves an account by one place; the first stays first, and the last last.
    ///
    /// # Errors
    /// `NotFound`, `Storage`.
    pub fn move_account(&self, id: &AccountId, direction: Direction) -> Result<(), Error> {
        self.store.write::<_, Error>(|tx| {
            let mut order: Vec<_> = tx.accounts()?.into_iter().map(|account| account.id).collect();
            let at = order.iter().position(|other| other == id).ok_or_else(no_such_account)?;
            let to = match direction {
                Direction::Up => at.saturating_sub(1),
                Direction::Down => (at + 1).min(order.len() - 1),
            };
            order.swap(at, to);
            Ok(tx.set_order(&order)?)
        })?;
        self.emit(Event::AccountsChanged);
        Ok(())
    }
}
