//! Opening the database: migrate, check, and never overwrite a file that can't be read.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, ErrorCode};
use tokio::sync::watch;

use super::migrate::{beside, migrate};
use super::salvage::{Salvaged, salvage};
use super::schema::MIGRATIONS;
use super::{Store, StoreError};
use crate::guard::{self, Guard};

/// No Rundown has ever so many migrations.
const PLAUSIBLE_VERSIONS: std::ops::Range<i64> = 0..10_000;

/// How the names of a database's journals go on.
const JOURNALS: [&str; 2] = ["-wal", "-shm"];

/// An opened store, and the file that had to be set aside for it.
pub struct Opened {
    /// The store.
    pub store: Store,
    /// The damaged file that was set aside for it, if there was one.
    pub set_aside: Option<SetAside>,
}

/// A damaged database file. It was renamed, with its journals, and left as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetAside {
    /// Where it is now.
    pub path: PathBuf,
    /// What was intact of it, and is in the new database.
    pub salvaged: Salvaged,
}

enum Unusable {
    Damaged,
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
            StoreError::Database(sqlite) if is_damage(sqlite) => Self::Damaged,
            _ => Self::Error(error),
        }
    }
}

/// Statements of ours that are refused mean tables that are not as their version says.
fn is_damage(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt | ErrorCode::Unknown)
    )
}

impl Store {
    /// Opens the database at `path`, making it where there is none. A damaged file is renamed and a
    /// new one begun, with what is intact of it.
    ///
    /// # Errors
    /// [`StoreError`] where the disk can't be used, or a newer Rundown wrote the database.
    pub fn open(path: &Path, now: DateTime<Utc>) -> Result<Opened, StoreError> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        take_up_what_was_salvaged(path)?;
        match connect(path, now) {
            Ok(connection) => {
                return Ok(Opened { store: Self::around(connection), set_aside: None });
            }
            Err(Unusable::Error(error)) => return Err(error),
            Err(Unusable::Damaged) => {}
        }
        let salvaged = begin_anew_with_what_is_intact(path, now)?;
        let aside = set_aside(path, now)?;
        take_up_what_was_salvaged(path)?;
        let connection = connect(path, now).map_err(into_error)?;
        let set_aside = Some(SetAside { path: aside, salvaged });
        Ok(Opened { store: Self::around(connection), set_aside })
    }

    fn around(connection: Connection) -> Self {
        Self { connection: Mutex::new(connection), trouble: watch::Sender::new(None) }
    }
}

fn into_error(unusable: Unusable) -> StoreError {
    match unusable {
        Unusable::Error(error) => error,
        Unusable::Damaged => {
            StoreError::Malformed("a new database is not as it was written".to_owned())
        }
    }
}

/// Where what was salvaged waits, whole, for the damaged file to be renamed.
fn salvaged(path: &Path) -> PathBuf {
    beside(path, "salvaged")
}

/// Makes a new database of what is intact in a damaged one, beside it.
fn begin_anew_with_what_is_intact(path: &Path, now: DateTime<Utc>) -> Result<Salvaged, StoreError> {
    let unfinished = beside(path, "unfinished-salvage");
    remove_with_journals(&unfinished)?;
    let mut connection = connect(&unfinished, now).map_err(into_error)?;
    let saved = salvage(path, &mut connection)?;
    // Closing it brings everything from its journal into the file.
    connection.close().map_err(|(_, error)| error)?;
    fs::rename(&unfinished, salvaged(path))?;
    Ok(saved)
}

/// Gives what was salvaged the name of the database, once that has been set aside.
fn take_up_what_was_salvaged(path: &Path) -> Result<(), StoreError> {
    if !path.exists() && salvaged(path).exists() {
        // SQLite would read what a damaged database left of its journals into the new one.
        for suffix in JOURNALS {
            let journal = with_suffix(path, suffix);
            if journal.exists() {
                fs::rename(journal, with_suffix(&beside(path, "left-over"), suffix))?;
            }
        }
        fs::rename(salvaged(path), path)?;
    }
    Ok(())
}

fn remove_with_journals(path: &Path) -> Result<(), StoreError> {
    for file in [path.to_owned()].into_iter().chain(JOURNALS.map(|it| with_suffix(path, it))) {
        if file.exists() {
            fs::remove_file(file)?;
        }
    }
    Ok(())
}

/// The file whose name goes on with this.
fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut file = path.as_os_str().to_owned();
    file.push(suffix);
    file.into()
}

/// Whether the file begins as each of our databases does. SQLite takes some of what it finds there
/// for a file that may not be written.
fn begins_well(path: &Path) -> Result<bool, StoreError> {
    let mut header = Vec::new();
    if path.exists() {
        fs::File::open(path)?.take(24).read_to_end(&mut header)?;
    }
    let Some(after_magic) = header.get(16..24) else { return Ok(header.is_empty()) };
    let journal_modes = 1..=2;
    Ok(after_magic[..2] == [0x10, 0]
        && journal_modes.contains(&after_magic[2])
        && journal_modes.contains(&after_magic[3])
        && after_magic[4..] == [0, 64, 32, 32])
}

fn connect(path: &Path, now: DateTime<Utc>) -> Result<Connection, Unusable> {
    if !begins_well(path)? {
        return Err(Unusable::Damaged);
    }
    let mut connection = Connection::open(path)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // All that a lane asks for between two pages stays prepared.
    connection.set_prepared_statement_cache_capacity(128);
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    let verdict: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if verdict != "ok" {
        return Err(Unusable::Damaged);
    }
    let version: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if !PLAUSIBLE_VERSIONS.contains(&version) {
        return Err(Unusable::Damaged);
    }
    migrate(&mut connection, path, now, MIGRATIONS)?;
    if !guard::holds(Guard::OneInFlight) {
        connection.execute_batch("DROP INDEX IF EXISTS one_in_flight")?;
    }
    // A file that is write-protected opens all the same, and would be noticed at the first change.
    connection.execute_batch("BEGIN IMMEDIATE; ROLLBACK")?;
    Ok(connection)
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
    for suffix in JOURNALS {
        let journal = with_suffix(path, suffix);
        if journal.exists() {
            fs::rename(journal, with_suffix(&aside, suffix))?;
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
        assert_eq!(aside.salvaged, Salvaged::default());
        assert_eq!(fs::read(aside.path).unwrap(), garbage);
    }

    #[test]
    fn a_database_of_a_newer_rundown_is_refused_and_left_where_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rundown.db");
        drop(Store::open(&path, now()).unwrap());
        let connection = Connection::open(&path).unwrap();
        connection.pragma_update(None, "user_version", 1000).unwrap();
        drop(connection);
        assert!(matches!(Store::open(&path, now()), Err(StoreError::OfANewerRundown)));
        let kept = Connection::open(&path).unwrap();
        let version: i64 = kept.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap();
        assert_eq!(version, 1000);
    }

    #[test]
    fn what_was_salvaged_is_not_mixed_with_the_journal_of_what_was_damaged() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rundown.db");
        drop(Store::open(&salvaged(&path), now()).unwrap());
        // As a kill leaves it between the two renamings.
        fs::write(with_suffix(&path, "-wal"), b"what a damaged one left").unwrap();
        assert_eq!(Store::open(&path, now()).unwrap().set_aside, None);
        let kept = with_suffix(&beside(&path, "left-over"), "-wal");
        assert_eq!(fs::read(kept).unwrap(), b"what a damaged one left");
    }

    #[test]
    fn opening_twice_keeps_what_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rundown.db");
        drop(Store::open(&path, now()).unwrap());
        assert_eq!(Store::open(&path, now()).unwrap().set_aside, None);
    }
}
