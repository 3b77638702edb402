//! Opening the database: migrate, check, and never overwrite a file that can't be read.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, ErrorCode};

use super::migrate::{Migrated, migrate};
use super::schema::MIGRATIONS;
use super::{Store, StoreError};

/// An opened store, and the file that had to be set aside for it.
pub struct Opened {
    /// The store.
    pub store: Store,
    /// The file that could not be used, if there was one.
    pub set_aside: Option<SetAside>,
}

/// A database file that could not be used. It was renamed, with its journals, and left as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetAside {
    /// Where it is now.
    pub path: PathBuf,
    /// Why it could not be used, for people.
    pub reason: String,
}

enum Unusable {
    SetAside(String),
    Error(StoreError),
}

impl From<rusqlite::Error> for Unusable {
    fn from(error: rusqlite::Error) -> Self {
        StoreError::from(error).into()
    }
}

impl From<StoreError> for Unusable {
    fn from(error: StoreError) -> Self {
        match &error {
            StoreError::Database(sqlite) if is_damage(sqlite) => {
                Self::SetAside("it is damaged".to_owned())
            }
            _ => Self::Error(error),
        }
    }
}

fn is_damage(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt))
}

impl Store {
    /// Opens the database at `path`, making it where there is none. A damaged file, or one of a
    /// newer Rundown, is renamed and a new one begun.
    ///
    /// # Errors
    /// [`StoreError`] where the disk can't be used.
    pub fn open(path: &Path, now: DateTime<Utc>) -> Result<Opened, StoreError> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        match connect(path, now) {
            Ok(connection) => Ok(Opened { store: Self::around(connection), set_aside: None }),
            Err(Unusable::Error(error)) => Err(error),
            Err(Unusable::SetAside(reason)) => {
                let aside = set_aside(path, now)?;
                let connection = connect(path, now).map_err(|unusable| match unusable {
                    Unusable::Error(error) => error,
                    Unusable::SetAside(reason) => StoreError::Malformed(reason),
                })?;
                let set_aside = Some(SetAside { path: aside, reason });
                Ok(Opened { store: Self::around(connection), set_aside })
            }
        }
    }

    fn around(connection: Connection) -> Self {
        Self { connection: Mutex::new(connection) }
    }
}

fn connect(path: &Path, now: DateTime<Utc>) -> Result<Connection, Unusable> {
    let mut connection = Connection::open(path)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // All that a lane asks for between two pages stays prepared.
    connection.set_prepared_statement_cache_capacity(128);
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    let verdict: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if verdict != "ok" {
        return Err(Unusable::SetAside("it is damaged".to_owned()));
    }
    match migrate(&mut connection, path, now, MIGRATIONS)? {
        Migrated::UpToDate => Ok(connection),
        Migrated::OfANewerRundown => {
            Err(Unusable::SetAside("it was written by a newer Rundown".to_owned()))
        }
    }
}

/// Renames the database and its journals to names that say when, and returns the new path.
fn set_aside(path: &Path, now: DateTime<Utc>) -> Result<PathBuf, StoreError> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let stamp = now.format("%Y%m%dT%H%M%SZ");
    let mut aside = path.with_file_name(format!("{name}.unused-{stamp}"));
    let mut count = 1;
    while aside.exists() {
        count += 1;
        aside = path.with_file_name(format!("{name}.unused-{stamp}-{count}"));
    }
    fs::rename(path, &aside)?;
    for suffix in ["-wal", "-shm"] {
        let journal = path.with_file_name(format!("{name}{suffix}"));
        if journal.exists() {
            let mut kept = aside.clone().into_os_string();
            kept.push(suffix);
            fs::rename(journal, kept)?;
        }
    }
    Ok(aside)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> DateTime<Utc> {
        "2026-11-23T10:00:00Z".parse().unwrap()
    }

    #[test]
    fn a_damaged_database_is_kept_aside_and_never_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rundown.db");
        let garbage = b"this is no database at all, just some text".repeat(100);
        fs::write(&path, &garbage).unwrap();
        let opened = Store::open(&path, now()).unwrap();
        let aside = opened.set_aside.expect("the file is set aside");
        assert_eq!(aside.reason, "it is damaged");
        assert_eq!(fs::read(aside.path).unwrap(), garbage);
    }

    #[test]
    fn a_database_of_a_newer_rundown_is_kept_aside() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rundown.db");
        drop(Store::open(&path, now()).unwrap());
        let connection = Connection::open(&path).unwrap();
        connection.pragma_update(None, "user_version", 1000).unwrap();
        drop(connection);
        let aside = Store::open(&path, now()).unwrap().set_aside.expect("the file is set aside");
        assert_eq!(aside.reason, "it was written by a newer Rundown");
        let kept = Connection::open(aside.path).unwrap();
        let version: i64 = kept.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap();
        assert_eq!(version, 1000);
    }

    #[test]
    fn opening_twice_keeps_what_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rundown.db");
        drop(Store::open(&path, now()).unwrap());
        assert_eq!(Store::open(&path, now()).unwrap().set_aside, None);
    }
}
