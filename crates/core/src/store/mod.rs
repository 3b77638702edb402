//! What is kept on disk: SQLite in WAL mode, every write safe before the screen says so.
//!
//! Only this module contains SQL. The rest of the crate works on a `Tx`, whose methods are named
//! after what they mean, and everything one change does is in one transaction.

mod accounts;
mod by_hand;
mod changes;
mod new_posts;
mod open;
mod plan;
mod posts;
mod reminders;
mod rows;
mod schema;

use std::sync::{Mutex, PoisonError};

use rusqlite::{Connection, Transaction, TransactionBehavior};

pub(crate) use changes::NewChange;
pub use open::{Opened, SetAside};
pub(crate) use plan::PlanRefusals;
pub(crate) use posts::{Merged, Written};

/// The database. One connection, used by one caller at a time.
pub struct Store {
    connection: Mutex<Connection>,
}

/// A transaction; nothing it did is kept unless it is committed by [`Store::write`].
pub(crate) struct Tx<'a>(Transaction<'a>);

impl Store {
    /// Runs `work` in a transaction that is rolled back: for reading one consistent state.
    pub(crate) fn read<T>(
        &self,
        work: impl FnOnce(&Tx<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        work(&Tx(connection.transaction()?))
    }

    /// Lets every write fail from now on, as on a disk that is full, or no longer.
    #[cfg(test)]
    pub(crate) fn refuse_writes(&self, refuse: bool) {
        let connection = self.connection.lock().unwrap();
        connection.pragma_update(None, "query_only", refuse).unwrap();
    }

    /// Runs `work` in a transaction and commits it; on an error nothing of it is kept.
    pub(crate) fn write<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        let transaction = connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(StoreError::from)?;
        let tx = Tx(transaction);
        let value = work(&tx)?;
        tx.0.commit().map_err(StoreError::from)?;
        Ok(value)
    }
}

/// Why the disk did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// SQLite's own error.
    #[error(
        "Rundown could not use its database: {0}. Check that the disk is not full and can be written."
    )]
    Database(#[from] rusqlite::Error),
    /// The folder or file could not be used.
    #[error("Rundown could not use its data folder: {0}")]
    Folder(#[from] std::io::Error),
    /// What was read makes no sense.
    #[error("Rundown’s database holds something it can’t read: {0}")]
    Malformed(String),
}
