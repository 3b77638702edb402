//! What is kept on disk: SQLite in WAL mode, every write safe before the screen says so.
//!
//! Only this module contains SQL. The rest of the crate works on a `Tx`, whose methods are named
//! after what they mean, and everything one change does is in one transaction.

mod accounts;
mod activity;
mod by_hand;
mod changes;
#[cfg(test)]
mod damage;
mod merge;
mod migrate;
mod new_posts;
mod open;
mod pauses;
mod plan;
mod posts;
mod reminders;
mod rows;
mod salvage;
mod schema;
mod watched;

use std::sync::{Mutex, PoisonError};

use rusqlite::{Connection, Transaction, TransactionBehavior};

pub(crate) use changes::NewChange;
pub(crate) use merge::Merged;
pub use open::{Opened, SetAside, SetAsideReason};
pub(crate) use plan::PlanRefusals;
pub(crate) use posts::Written;
pub use salvage::Salvaged;

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

    /// Runs `work` in a transaction without waiting for the disk: for what can be read again. A
    /// crash loses nothing of it, a power cut may undo the last of it, and the next
    /// [`write`](Self::write) makes it safe.
    pub(crate) fn write_repeatable<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        let waits = WaitsForDisk::not_now(&connection)?;
        let transaction = Transaction::new_unchecked(waits.0, TransactionBehavior::Immediate)
            .map_err(StoreError::from)?;
        let tx = Tx(transaction);
        let value = work(&tx)?;
        tx.0.commit().map_err(StoreError::from)?;
        Ok(value)
    }
}

/// While it lives, no commit waits for the disk.
struct WaitsForDisk<'a>(&'a Connection);

impl<'a> WaitsForDisk<'a> {
    fn not_now(connection: &'a Connection) -> Result<Self, StoreError> {
        connection.pragma_update(None, "synchronous", "NORMAL")?;
        Ok(Self(connection))
    }
}

impl Drop for WaitsForDisk<'_> {
    fn drop(&mut self) {
        if let Err(error) = self.0.pragma_update(None, "synchronous", "FULL") {
            tracing::error!(%error, "commits no longer wait for the disk");
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn synchronous(store: &Store) -> i64 {
        let connection = store.connection.lock().unwrap_or_else(PoisonError::into_inner);
        connection.query_row("PRAGMA synchronous", [], |row| row.get(0)).unwrap()
    }

    #[test]
    fn every_write_but_a_repeatable_one_waits_for_the_disk_whatever_became_of_that() {
        let folder = tempfile::tempdir().unwrap();
        let now = "2026-11-23T10:00:00Z".parse().unwrap();
        let store = Store::open(&folder.path().join("rundown.db"), now).unwrap().store;
        assert_eq!(synchronous(&store), 2, "FULL");
        let within = |tx: &Tx<'_>| -> i64 {
            tx.0.query_row("PRAGMA synchronous", [], |row| row.get(0)).unwrap()
        };
        let during = store.write_repeatable(|tx| Ok::<_, StoreError>(within(tx)));
        assert_eq!(during.unwrap(), 1, "NORMAL");
        assert_eq!(synchronous(&store), 2);
        let failed = store.write_repeatable(|_| Err::<(), _>(StoreError::Malformed(String::new())));
        assert!(failed.is_err());
        assert_eq!(synchronous(&store), 2);
        std::thread::scope(|scope| {
            let panicking = scope.spawn(|| {
                store.write_repeatable(|_| -> Result<(), StoreError> { panic!("on purpose") })
            });
            assert!(panicking.join().is_err());
        });
        assert_eq!(store.write(|tx| Ok::<_, StoreError>(within(tx))).unwrap(), 2);
    }
}
