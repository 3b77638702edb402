//! Bringing a database to the newest tables, with a copy of it kept before anything there is rewritten.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use rusqlite::Connection;

use super::StoreError;
use super::schema::{Kind, Migration};

/// How many copies are kept, the newest ones.
const BACKUPS_KEPT: usize = 3;

/// Applies what is missing of `migrations` in one transaction. Where one of those rewrites what is
/// there, the database at `path` is copied beside itself first; without that copy nothing is done.
///
/// # Errors
/// [`StoreError::OfANewerRundown`] where it has more migrations than are known here; nothing was done.
pub(super) fn migrate(
    connection: &mut Connection,
    path: &Path,
    now: DateTime<Utc>,
    migrations: &[Migration],
) -> Result<(), StoreError> {
    let version: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let applied = usize::try_from(version).unwrap_or(usize::MAX);
    let Some(missing) = migrations.get(applied..) else {
        return Err(StoreError::OfANewerRundown);
    };
    if missing.is_empty() {
        return Ok(());
    }
    if applied > 0 && missing.iter().any(|migration| migration.kind == Kind::Rewrites) {
        back_up(connection, path, now)?;
    }
    let transaction = connection.transaction()?;
    for migration in missing {
        transaction.execute_batch(migration.sql)?;
    }
    transaction.pragma_update(None, "user_version", migrations.len().to_string())?;
    transaction.commit()?;
    Ok(())
}

/// Copies the database to a file that says when, and removes all but the newest copies. The name
/// is given once the copy is whole and safe on disk.
fn back_up(connection: &Connection, path: &Path, now: DateTime<Utc>) -> Result<(), StoreError> {
    let unfinished = beside(path, "unfinished-backup");
    if unfinished.exists() {
        fs::remove_file(&unfinished)?;
    }
    connection.execute("VACUUM INTO ?1", [unfinished.to_string_lossy()])?;
    File::options().write(true).open(&unfinished)?.sync_all()?;
    let stamp = now.format("%Y%m%dT%H%M%S%3fZ");
    fs::rename(&unfinished, beside(path, &format!("backup-{stamp}")))?;
    let backups = backups(path)?;
    for old in &backups[..backups.len().saturating_sub(BACKUPS_KEPT)] {
        fs::remove_file(old)?;
    }
    Ok(())
}

/// The copies of the database at `path`, oldest first.
fn backups(path: &Path) -> Result<Vec<PathBuf>, StoreError> {
    let prefix = beside(path, "backup-");
    let mut found = Vec::new();
    for entry in fs::read_dir(path.parent().unwrap_or(Path::new(".")))? {
        let path = entry?.path();
        if path.as_os_str().as_encoded_bytes().starts_with(prefix.as_os_str().as_encoded_bytes()) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// The path with `.suffix` at its end.
pub(super) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(suffix);
    name.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTES: Migration =
        Migration { sql: "CREATE TABLE notes (text TEXT) STRICT;", kind: Kind::Additive };
    const COLOURS: Migration =
        Migration { sql: "ALTER TABLE notes ADD COLUMN colour TEXT;", kind: Kind::Additive };
    const UPPER_CASE: Migration =
        Migration { sql: "UPDATE notes SET text = upper(text);", kind: Kind::Rewrites };
    const BROKEN: Migration =
        Migration { sql: "DELETE FROM notes; SELECT nonsense;", kind: Kind::Rewrites };

    fn at(second: u32) -> DateTime<Utc> {
        format!("2026-11-23T10:00:{second:02}Z").parse().unwrap()
    }

    fn with_a_note(folder: &Path) -> (PathBuf, Connection) {
        let path = folder.join("rundown.db");
        let mut connection = Connection::open(&path).unwrap();
        connection.pragma_update(None, "journal_mode", "WAL").unwrap();
        migrate(&mut connection, &path, at(0), &[NOTES]).unwrap();
        connection.execute("INSERT INTO notes VALUES ('keep me')", []).unwrap();
        (path, connection)
    }

    fn note(connection: &Connection) -> String {
        connection.query_row("SELECT text FROM notes", [], |row| row.get(0)).unwrap()
    }

    #[test]
    fn a_migration_that_rewrites_leaves_a_copy_of_what_was_there() {
        let folder = tempfile::tempdir().unwrap();
        let (path, mut connection) = with_a_note(folder.path());
        migrate(&mut connection, &path, at(1), &[NOTES, UPPER_CASE]).unwrap();
        assert_eq!(note(&connection), "KEEP ME");
        let backups = backups(&path).unwrap();
        assert_eq!(backups.len(), 1);
        assert_eq!(note(&Connection::open(&backups[0]).unwrap()), "keep me");
    }

    #[test]
    fn a_migration_that_only_adds_and_a_new_database_leave_no_copy() {
        let folder = tempfile::tempdir().unwrap();
        let (path, mut connection) = with_a_note(folder.path());
        migrate(&mut connection, &path, at(1), &[NOTES, COLOURS]).unwrap();
        let new = folder.path().join("new.db");
        migrate(&mut Connection::open(&new).unwrap(), &new, at(1), &[NOTES, UPPER_CASE]).unwrap();
        assert_eq!(backups(&path).unwrap(), backups(&new).unwrap());
        assert!(backups(&path).unwrap().is_empty());
    }

    #[test]
    fn the_last_three_copies_are_kept() {
        let folder = tempfile::tempdir().unwrap();
        let (path, mut connection) = with_a_note(folder.path());
        let mut migrations = vec![NOTES];
        for second in 1..=5 {
            migrations.push(UPPER_CASE);
            migrate(&mut connection, &path, at(second), &migrations).unwrap();
        }
        let names: Vec<_> = backups(&path).unwrap();
        let expected = [3, 4, 5].map(|s| beside(&path, &format!("backup-20261123T10000{s}000Z")));
        assert_eq!(names, expected);
    }

    #[test]
    fn a_migration_that_fails_changes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let (path, mut connection) = with_a_note(folder.path());
        let migrations = [NOTES, UPPER_CASE, BROKEN];
        assert!(migrate(&mut connection, &path, at(1), &migrations).is_err());
        assert_eq!(note(&connection), "keep me");
        migrate(&mut connection, &path, at(2), &[NOTES, UPPER_CASE]).unwrap();
        assert_eq!(note(&connection), "KEEP ME");
    }

    #[test]
    fn nothing_is_rewritten_where_no_copy_can_be_kept() {
        let folder = tempfile::tempdir().unwrap();
        let (path, mut connection) = with_a_note(folder.path());
        // A folder in the copy's place: it can't be removed like a file.
        fs::create_dir(beside(&path, "unfinished-backup")).unwrap();
        assert!(migrate(&mut connection, &path, at(1), &[NOTES, UPPER_CASE]).is_err());
        assert_eq!(note(&connection), "keep me");
    }
}
