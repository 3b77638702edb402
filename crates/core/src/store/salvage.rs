//! Saving what is intact of a damaged database, row by row, into a new one.
//!
//! The damaged file is only copied from: all reading is done on a copy, whose header is mended first.
//! A table is read from its beginning and from its end as far as that goes, and between the two row
//! by row. A row that a table does not take, or whose account or post is lost, is left out.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, OpenFlags, Row, params_from_iter};

use super::migrate::beside;
use super::rows::{desired_from_json, media_from_json};
use super::{StoreError, Tx};

/// What was saved, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Salvaged {
    /// Accounts at services.
    pub accounts: u32,
    /// Posts of all accounts, drafts among them.
    pub posts: u32,
    /// Changes that had not reached their service.
    pub open_changes: u32,
}

/// What others refer to comes first, and what can be read nowhere else before what a service knows.
const FIRST: [&str; 4] = ["accounts", "channels", "posts", "changes"];

/// The most rows between two that could be read which are tried one by one.
const WIDEST_GAP: i64 = 1_000_000;

/// Saves into `new`, an empty database with the newest tables, what can be read of the one at
/// `damaged`.
pub(super) fn salvage(damaged: &Path, new: &mut Connection) -> Result<Salvaged, StoreError> {
    let copy = beside(damaged, "salvaging");
    let read = copy_with_journal(damaged, &copy).and_then(|()| save(&copy, new));
    for file in [copy.clone(), with_suffix(&copy, "-wal"), with_suffix(&copy, "-shm")] {
        if file.exists() {
            fs::remove_file(file)?;
        }
    }
    read
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

fn copy_with_journal(from: &Path, to: &Path) -> Result<(), StoreError> {
    let mut bytes = fs::read(from)?;
    mend_header(&mut bytes);
    fs::write(to, bytes)?;
    let journal = with_suffix(from, "-wal");
    if journal.exists() {
        fs::copy(journal, with_suffix(to, "-wal"))?;
    }
    Ok(())
}

/// Puts what is the same in each of our databases where the file format has it
/// (<https://sqlite.org/fileformat2.html#the_database_header>), and lets the list of free pages be
/// empty, since nothing is written.
fn mend_header(bytes: &mut [u8]) {
    const SAME: &[(usize, &[u8])] = &[
        (0, b"SQLite format 3\0\x10\x00\x02\x02\x00\x40\x20\x20"),
        (32, &[0; 8]),
        (44, &[0, 0, 0, 4]),
        (52, &[0; 4]),
        (56, &[0, 0, 0, 1]),
        (64, &[0; 4]),
    ];
    for (at, same) in SAME {
        if let Some(place) = bytes.get_mut(*at..*at + same.len()) {
            place.copy_from_slice(same);
        }
    }
}

fn save(copy: &Path, new: &mut Connection) -> Result<Salvaged, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let old = Connection::open_with_flags(copy, flags)?;
    // It makes SQLite put up with a table's description it can't read, and with a file cut short.
    old.pragma_update(None, "writable_schema", true)?;
    // What refers to nothing is left out at the end, and nobody else uses this connection.
    new.pragma_update(None, "foreign_keys", false)?;
    let transaction = new.transaction()?;
    let tables = tables(&transaction)?;
    for table in &tables {
        // A table that can't be read at all is the damage; the others still may be.
        if let Err(error) = save_table(&old, &transaction, table) {
            if !is_of_damage(&error) {
                return Err(error);
            }
            tracing::warn!(table, %error, "nothing more of a table could be saved");
        }
    }
    let tx = Tx(transaction);
    tx.leave_out_what_makes_no_sense()?;
    tx.leave_out_orphans(&tables)?;
    let saved = tx.count_saved()?;
    tx.0.commit()?;
    Ok(saved)
}

/// Whether an error tells of the damaged file, and not of the disk that the new one is on.
fn is_of_damage(error: &StoreError) -> bool {
    use rusqlite::ErrorCode as Code;
    let StoreError::Database(error) = error else { return false };
    !matches!(error.sqlite_error_code(), Some(Code::OutOfMemory | Code::CannotOpen))
}

/// The tables, those that others refer to first.
fn tables(new: &Connection) -> Result<Vec<String>, StoreError> {
    let mut query = new.prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
    )?;
    let mut tables = query.query_map([], |row| row.get(0))?.collect::<Result<Vec<String>, _>>()?;
    let place = |name: &String| FIRST.iter().position(|first| first == name).unwrap_or(FIRST.len());
    tables.sort_by_key(place);
    Ok(tables)
}

fn columns(connection: &Connection, table: &str) -> Result<Vec<String>, StoreError> {
    let mut query = connection.prepare("SELECT name FROM pragma_table_info(?1)")?;
    Ok(query.query_map([table], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// One table of both databases, by the columns that they share.
struct Reading<'a> {
    old: &'a Connection,
    new: &'a Connection,
    table: &'a str,
    columns: String,
    insert: String,
    width: usize,
}

fn save_table(old: &Connection, new: &Connection, table: &str) -> Result<(), StoreError> {
    let known = columns(new, table)?;
    let shared: Vec<_> =
        columns(old, table)?.into_iter().filter(|name| known.contains(name)).collect();
    if shared.is_empty() {
        return Ok(());
    }
    let columns = shared.join(", ");
    let places = vec!["?"; shared.len()].join(", ");
    let insert = format!("INSERT OR REPLACE INTO {table} ({columns}) VALUES ({places})");
    let reading = Reading { old, new, table, columns, insert, width: shared.len() };
    let Ok(key) = new.prepare(&format!("SELECT rowid FROM {table}")).map(|_| "rowid") else {
        return reading.both_ways(&primary_key(new, table)?).map(|_| ());
    };
    let (Some(last), Some(first)) = reading.both_ways(key)? else { return Ok(()) };
    for row in (last + 1..first).take(usize::try_from(WIDEST_GAP).unwrap_or(usize::MAX)) {
        reading.save_rows("", &format!("WHERE rowid = {row}"))?;
    }
    Ok(())
}

fn primary_key(connection: &Connection, table: &str) -> Result<String, StoreError> {
    let mut query =
        connection.prepare("SELECT name FROM pragma_table_info(?1) WHERE pk > 0 ORDER BY pk")?;
    let names = query.query_map([table], |row| row.get(0))?.collect::<Result<Vec<String>, _>>()?;
    Ok(names.join(", "))
}

impl Reading<'_> {
    /// Reads from the beginning and, where that does not come to the end, from there. Answers where
    /// both stopped.
    fn both_ways(&self, key: &str) -> Result<(Option<i64>, Option<i64>), StoreError> {
        let number = if key == "rowid" { ", rowid" } else { "" };
        let descending = key.replace(',', " DESC,");
        let (to_end, last) = self.save_rows(number, &format!("ORDER BY {key}"))?;
        if to_end {
            return Ok((None, None));
        }
        let (_, first) = self.save_rows(number, &format!("ORDER BY {descending} DESC"))?;
        Ok((last.or(Some(0)), first))
    }

    /// Saves rows until one can't be read. Whether there was none such, and the last row's number.
    fn save_rows(&self, number: &str, rest: &str) -> Result<(bool, Option<i64>), StoreError> {
        let sql = format!("SELECT {}{number} FROM {} NOT INDEXED {rest}", self.columns, self.table);
        let mut last = None;
        let Ok(mut query) = self.old.prepare(&sql) else { return Ok((false, last)) };
        let mut insert = self.new.prepare_cached(&self.insert)?;
        let mut rows = query.query([])?;
        loop {
            match rows.next() {
                Ok(Some(row)) => {
                    if !number.is_empty() {
                        last = row.get(self.width).ok().or(last);
                    }
                    let Some(values) = self.values(row) else { continue };
                    match insert.execute(params_from_iter(values)) {
                        Err(error) if !is_refusal(&error) => return Err(error.into()),
                        _ => {}
                    }
                }
                Ok(None) => return Ok((true, last)),
                Err(_) => return Ok((false, last)),
            }
        }
    }

    /// The row's values; none where a text is none.
    fn values(&self, row: &Row<'_>) -> Option<Vec<Value>> {
        let value = |index| match row.get_ref(index).ok()? {
            ValueRef::Null => Some(Value::Null),
            ValueRef::Integer(number) => Some(Value::Integer(number)),
            ValueRef::Real(number) => Some(Value::Real(number)),
            ValueRef::Text(text) => String::from_utf8(text.to_vec()).ok().map(Value::Text),
            ValueRef::Blob(bytes) => Some(Value::Blob(bytes.to_vec())),
        };
        (0..self.width).map(value).collect()
    }
}

/// Whether a table did not take a row for what is in it.
fn is_refusal(error: &rusqlite::Error) -> bool {
    use rusqlite::ErrorCode as Code;
    matches!(error.sqlite_error_code(), Some(Code::ConstraintViolation | Code::TypeMismatch))
}

impl Tx<'_> {
    /// Removes what no later reading could make sense of.
    fn leave_out_what_makes_no_sense(&self) -> Result<(), StoreError> {
        self.remove_unless("changes", "desired", |json| desired_from_json(json).is_ok())?;
        self.remove_unless("posts", "media", |json| media_from_json(json).is_ok())?;
        self.0.execute(
            "UPDATE changes SET idempotency_key = lower(hex(randomblob(16)))
             WHERE idempotency_key = ''",
            [],
        )?;
        // A pull that begins with a lower number than a post was written at would never change it.
        self.0.execute(
            "INSERT INTO write_sequence VALUES (1, (SELECT ifnull(max(written_seq), 0) FROM posts))
             ON CONFLICT (only_row) DO UPDATE SET value = max(value, excluded.value)",
            [],
        )?;
        Ok(())
    }

    fn remove_unless(
        &self,
        table: &str,
        column: &str,
        makes_sense: impl Fn(&str) -> bool,
    ) -> Result<(), StoreError> {
        let mut query = self.0.prepare(&format!("SELECT rowid, {column} FROM {table}"))?;
        let mut rows = query.query([])?;
        let mut senseless: Vec<i64> = Vec::new();
        while let Some(row) = rows.next()? {
            if !makes_sense(row.get_ref(1)?.as_str().unwrap_or_default()) {
                senseless.push(row.get(0)?);
            }
        }
        for row in senseless {
            self.0.execute(&format!("DELETE FROM {table} WHERE rowid = ?1"), [row])?;
        }
        Ok(())
    }

    /// Removes rows that refer to lost ones, and those that refer to them in turn.
    fn leave_out_orphans(&self, tables: &[String]) -> Result<(), StoreError> {
        loop {
            let mut removed = 0;
            for table in tables {
                let mut query = self.0.prepare(
                    "SELECT \"table\", \"from\", \"to\" FROM pragma_foreign_key_list(?1)",
                )?;
                let references = query
                    .query_map([table], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
                    .collect::<Result<Vec<(String, String, String)>, _>>()?;
                for (parent, from, to) in references {
                    removed += self.0.execute(
                        &format!(
                            "DELETE FROM {table} WHERE {from} NOT IN (SELECT {to} FROM {parent})"
                        ),
                        [],
                    )?;
                }
            }
            if removed == 0 {
                return Ok(());
            }
        }
    }

    fn count_saved(&self) -> Result<Salvaged, StoreError> {
        let count = |sql: &str| self.0.query_row(sql, [], |row| row.get(0));
        Ok(Salvaged {
            accounts: count("SELECT count(*) FROM accounts WHERE kind != 'this-computer'")?,
            posts: count("SELECT count(*) FROM posts")?,
            open_changes: count(
                "SELECT count(*) FROM changes WHERE state IN ('waiting', 'sending', 'unknown')",
            )?,
        })
    }
}
