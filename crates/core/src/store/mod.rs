//! What is kept on disk: SQLite in WAL mode, every write safe before the screen says so.
//!
//! Only this module contains SQL. The rest of the crate works on a `Tx`, whose methods are named
//! after what they mean, and everything one change does is in one transaction.

mod accounts;
mod activity;
mod attempts;
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
mod texts;
mod turns;
mod watched;

use std::sync::{Mutex, PoisonError};

use rusqlite::{Connection, ErrorCode, Transaction, TransactionBehavior, ffi};
use tokio::sync::watch;

pub(crate) use changes::NewChange;
pub(crate) use merge::Merged;
pub use open::{Opened, SetAside};
pub(crate) use plan::PlanRefusals;
pub(crate) use posts::Written;
pub use salvage::Salvaged;
pub(crate) use turns::Sendable;

/// The database. One connection, used by one caller at a time.
pub struct Store {
    connection: Mutex<Connection>,
    trouble: watch::Sender<Option<String>>,
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
    pub(crate) fn write<T, E: From<StoreError> + OfStorage>(
        &self,
        work: impl FnOnce(&Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        self.noted(transact(&connection, work))
    }

    /// Runs `work` in a transaction without waiting for the disk: for what can be read again. A
    /// crash loses nothing of it, a power cut may undo the last of it, and the next
    /// [`write`](Self::write) makes it safe.
    pub(crate) fn write_repeatable<T, E: From<StoreError> + OfStorage>(
        &self,
        work: impl FnOnce(&Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        let waits = WaitsForDisk::not_now(&connection)?;
        self.noted(transact(waits.0, work))
    }

    /// What keeps the disk from taking what is written, since the last write that worked.
    pub(crate) fn trouble(&self) -> watch::Receiver<Option<String>> {
        self.trouble.subscribe()
    }

    fn noted<T, E: OfStorage>(&self, written: Result<T, E>) -> Result<T, E> {
        let trouble = match &written {
            Ok(_) => None,
            Err(error) => match error.of_storage() {
                Some(said) => Some(said),
                // It was our own rule that ended it: that says nothing of the disk.
                None => return written,
            },
        };
        self.trouble.send_if_modified(|known| {
            let is_news = *known != trouble;
            *known = trouble;
            is_news
        });
        written
    }
}

fn transact<T, E: From<StoreError>>(
    connection: &Connection,
    work: impl FnOnce(&Tx<'_>) -> Result<T, E>,
) -> Result<T, E> {
    let transaction = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)
        .map_err(StoreError::from)?;
    let tx = Tx(transaction);
    let value = work(&tx)?;
    tx.0.commit().map_err(StoreError::from)?;
    Ok(value)
}

/// An error that knows whether it is the disk's.
pub(crate) trait OfStorage {
    /// What is wrong with the disk, where that is what it tells of.
    fn of_storage(&self) -> Option<String>;
}

impl OfStorage for StoreError {
    fn of_storage(&self) -> Option<String> {
        Some(self.to_string())
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
    /// There is no room for what is to be written.
    #[error(
        "The disk is full, so Rundown can’t keep changes. Free some space on it: what waits is sent \
         once it can be kept."
    )]
    Full,
    /// What is there can be read, and not changed.
    #[error(
        "Rundown’s database can’t be written, so changes can’t be kept. Check that its disk is not \
         write-protected and that its folder and file are yours to change."
    )]
    ReadOnly,
    /// It has tables that are not known here. Nothing was done to it.
    #[error(
        "Rundown’s database was written by a newer version of Rundown. Install that version again: \
         this one could damage it."
    )]
    OfANewerRundown,
    /// SQLite's own error.
    #[error(
        "Rundown could not use its database: {0}. Check that its disk can be read and written."
    )]
    Database(rusqlite::Error),
    /// The folder or file could not be used.
    #[error("Rundown could not use its data folder: {0}")]
    Folder(#[from] std::io::Error),
    /// What was read makes no sense.
    #[error("Rundown’s database holds something it can’t read: {0}")]
    Malformed(String),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(_) if is_without_room_for_its_index(&error) => Self::Full,
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::ReadOnly) => Self::ReadOnly,
            _ => Self::Database(error),
        }
    }
}

/// The index of the WAL is made when a database is opened. SQLite tells of no room for it as of an
/// error of the disk.
fn is_without_room_for_its_index(error: &rusqlite::Error) -> bool {
    error.sqlite_error().is_some_and(|it| it.extended_code == ffi::SQLITE_IOERR_SHMSIZE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{Error, ErrorCode as Code};

    #[test]
    fn a_full_disk_keeps_nothing_of_a_write_and_is_said_until_one_works() {
        let folder = tempfile::tempdir().unwrap();
        let now = "2026-11-23T10:00:00Z".parse().unwrap();
        let store = Store::open(&folder.path().join("rundown.db"), now).unwrap().store;
        let trouble = store.trouble();
        let pages = |most: &str| {
            let connection = store.connection.lock().unwrap();
            let sql = format!("PRAGMA max_page_count = {most}");
            connection.query_row(&sql, [], |_| Ok(())).unwrap();
        };
        let fill = |rows: u32| {
            store.write(|tx| {
                for row in 0..rows {
                    let text = format!("{row} {}", "text ".repeat(200));
                    let sql = "INSERT INTO by_hand_channels VALUES (?1, 0, 'x', ?1, NULL)";
                    tx.0.execute(sql, [text])?;
                }
                Ok::<_, StoreError>(())
            })
        };
        let count = || -> u32 {
            let sql = "SELECT count(*) FROM by_hand_channels";
            store.read(|tx| Ok(tx.0.query_row(sql, [], |row| row.get(0))?)).unwrap()
        };
        pages("1");
        assert!(matches!(fill(500), Err(StoreError::Full)));
        assert_eq!(count(), 0, "nothing is half-written");
        assert!(trouble.borrow().as_ref().is_some_and(|said| said.contains("disk is full")));

        let ours = store.write(|_| Err::<(), _>(Error::new(Code::PastTime, "It has passed.")));
        assert!(ours.is_err());
        assert!(trouble.borrow().is_some(), "a rule of ours says nothing of the disk");

        pages("1000000");
        fill(500).unwrap();
        assert_eq!(count(), 500);
        assert_eq!(*trouble.borrow(), None);
    }

    #[test]
    fn a_disk_that_can_not_be_written_is_said_as_that() {
        let folder = tempfile::tempdir().unwrap();
        let now = "2026-11-23T10:00:00Z".parse().unwrap();
        let store = Store::open(&folder.path().join("rundown.db"), now).unwrap().store;
        let trouble = store.trouble();
        store.refuse_writes(true);
        let forget = |tx: &Tx<'_>| {
            tx.0.execute("DELETE FROM accounts", [])?;
            Ok::<_, StoreError>(())
        };
        assert!(matches!(store.write(forget), Err(StoreError::ReadOnly)));
        assert!(trouble.borrow().as_ref().is_some_and(|said| said.contains("can’t be written")));
        store.refuse_writes(false);
        store.write(forget).unwrap();
        assert_eq!(*trouble.borrow(), None);
    }

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
