//! Proof: databases with bytes flipped, or cut short, at many places, each by its seed.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};

use super::Store;

const PAGE: usize = 4096;
const POSTS: usize = 600;
const CHANGES: usize = 200;
const SEEDS: u64 = 40;

fn now() -> DateTime<Utc> {
    "2026-11-23T10:00:00Z".parse().unwrap()
}

/// A number that looks like chance and follows from the seed (SplitMix64).
fn chance(seed: &mut u64, below: usize) -> usize {
    *seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = (*seed ^ (*seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    usize::try_from(mixed >> 33).unwrap() % below
}

/// An account with posts and changes that wait, in a file without a journal.
fn filled(path: &Path) {
    let store = Store::open(path, now()).unwrap().store;
    let connection = store.connection.into_inner().unwrap();
    connection
        .execute_batch(
            "INSERT INTO accounts (id, position, kind, base_url, label, key_kept, health)
             VALUES ('a', 0, 'postpost', 'https://example.com', 'Studio', 'keychain', 'ok');
             INSERT INTO channels (id, account, remote, position, network, name)
             VALUES ('c', 'a', 'r', 0, 'linkedin', 'Studio');
             BEGIN;",
        )
        .unwrap();
    for post in 0..POSTS {
        let (id, text) = (format!("post-{post}"), format!("What post {post} says. ").repeat(12));
        connection
            .execute(
                "INSERT INTO posts (id, account, remote, text, status, time)
                 VALUES (?1, 'a', ?1, ?2, 'scheduled', ?3)",
                params![id, text, i64::try_from(post).unwrap() * 60_000],
            )
            .unwrap();
        connection
            .execute("INSERT INTO targets VALUES (?1, 'c', 'scheduled', NULL, NULL, NULL)", [&id])
            .unwrap();
        if post < CHANGES {
            connection
                .execute(
                    "INSERT INTO changes (post, account, desired, base_status, state, made_at)
                     VALUES (?1, 'a', '{\"v\":1,\"status\":\"draft\"}', 'scheduled', 'waiting', 0)",
                    [&id],
                )
                .unwrap();
        }
    }
    connection.execute_batch("COMMIT").unwrap();
}

/// What a page holds: which table or index, and how many rows where it is a leaf.
type Pages = BTreeMap<usize, (String, Option<usize>)>;

fn pages(path: &Path) -> Pages {
    let connection = Connection::open(path).unwrap();
    let mut query = connection.prepare("SELECT pageno, name, pagetype, ncell FROM dbstat").unwrap();
    let page = |row: &rusqlite::Row<'_>| {
        let is_leaf = row.get::<_, String>(2)? == "leaf";
        let rows = usize::from(row.get::<_, u16>(3)?);
        Ok((usize::from(row.get::<_, u16>(0)?), (row.get(1)?, is_leaf.then_some(rows))))
    };
    query.query_map([], page).unwrap().map(Result::unwrap).collect()
}

fn count(store: &Store, table: &str) -> usize {
    let connection = store.connection.lock().unwrap();
    let sql = format!("SELECT count(*) FROM {table}");
    usize::from(connection.query_row(&sql, [], |row| row.get::<_, u16>(0)).unwrap())
}

#[test]
fn of_a_database_with_flipped_bytes_only_the_rows_on_the_damaged_page_are_lost() {
    let folder = tempfile::tempdir().unwrap();
    let whole = folder.path().join("whole.db");
    filled(&whole);
    let (bytes, pages) = (fs::read(&whole).unwrap(), pages(&whole));
    let mut salvaged = 0;
    for seed in 0..SEEDS {
        let mut random = seed;
        let page = 1 + chance(&mut random, bytes.len() / PAGE);
        let mut damaged = bytes.clone();
        for _ in 0..=chance(&mut random, 40) {
            // Headers of pages are where it hurts.
            let within = if chance(&mut random, 2) == 0 { 64 } else { PAGE };
            let at = (page - 1) * PAGE + chance(&mut random, within);
            damaged[at] ^= u8::try_from(1 + chance(&mut random, 255)).unwrap();
        }
        let path = folder.path().join(format!("{seed}.db"));
        fs::write(&path, &damaged).unwrap();
        let opened =
            Store::open(&path, now()).unwrap_or_else(|error| panic!("seed {seed}: {error}"));
        if let Some(aside) = &opened.set_aside {
            assert_eq!(fs::read(&aside.path).unwrap(), damaged, "seed {seed}: it is kept");
            salvaged += 1;
        }
        let (name, rows) = pages.get(&page).cloned().unwrap_or(("free".to_owned(), Some(0)));
        let Some(rows) = rows.filter(|_| page > 1) else { continue };
        let posts = if name == "posts" { rows } else { 0 };
        let changes = if name == "changes" { rows } else { 0 };
        if name != "accounts" && name != "channels" && name != "sqlite_schema" {
            let of = |table| count(&opened.store, table);
            let said = format!("seed {seed}, page {page} of {name}");
            assert!(of("posts") + posts >= POSTS, "{said}: {} posts", of("posts"));
            let least = CHANGES - changes - posts;
            assert!(of("changes") >= least, "{said}: {} changes", of("changes"));
        }
    }
    assert!(salvaged > 12, "of {SEEDS} damaged databases {salvaged} were noticed");
}

#[test]
fn a_database_cut_anywhere_is_opened_again_with_what_is_left_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let whole = folder.path().join("whole.db");
    filled(&whole);
    let bytes = fs::read(&whole).unwrap();
    let mut most = 0;
    for seed in 0..SEEDS / 2 {
        let mut random = seed;
        let cut = &bytes[..1 + chance(&mut random, bytes.len() - 1)];
        let path = folder.path().join(format!("{seed}.db"));
        fs::write(&path, cut).unwrap();
        let opened =
            Store::open(&path, now()).unwrap_or_else(|error| panic!("seed {seed}: {error}"));
        let aside = opened.set_aside.unwrap_or_else(|| panic!("seed {seed}: it is noticed"));
        assert_eq!(fs::read(&aside.path).unwrap(), cut, "seed {seed}: it is kept");
        most = most.max(count(&opened.store, "posts"));
    }
    assert!(most > POSTS / 2, "{most}");
}
