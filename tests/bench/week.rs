//! A week of the timeline out of 50,000 posts, beside the bare indexed query for the same rows; and
//! the store that is filled for it.

use std::path::Path;
use std::time::Instant;

use chrono::TimeDelta;
use rundown_core::clock::{Clock, SystemClock};
use rundown_practice::Practice;
use rundown_tests::Result;
use rusqlite::{Connection, params};

use crate::posts::POSTS;
use crate::reschedule::{fill, open};
use crate::statistics::{median, milliseconds, percentile};
use crate::table::{Bar, Row};

/// How many copies of the posts there are, each at other times.
pub const COPIES: usize = 25;
const READS: usize = 200;

/// Measures it.
pub async fn measure() -> Result<Row> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("ours.db");
    fill(&folder.path().join("filled.db"), &[&file]).await?;
    multiply(&file)?;
    let app = open(&file, &Practice::new(rundown_practice::Clock::system()))?;
    let bare = Connection::open(&file)?;
    let from = SystemClock.now() - TimeDelta::days(40);
    let (mut ours, mut theirs, mut rows) = (Vec::new(), Vec::new(), 0);
    for read in 0..READS {
        let start = from + TimeDelta::hours(i64::try_from(read)? * 8);
        let end = start + TimeDelta::days(7);
        let started = Instant::now();
        let posts = app.posts_in_range(start, end)?;
        ours.push(milliseconds(started.elapsed()));
        rows += posts.len();

        let started = Instant::now();
        let mut query =
            bare.prepare_cached("SELECT * FROM posts WHERE time >= ?1 AND time < ?2")?;
        let columns = query.column_count();
        let mut found = query.query(params![start.timestamp_millis(), end.timestamp_millis()])?;
        while let Some(row) = found.next()? {
            for column in 0..columns {
                std::hint::black_box(row.get::<_, rusqlite::types::Value>(column)?);
            }
        }
        theirs.push(milliseconds(started.elapsed()));
    }
    Ok(Row {
        what: format!("A week of {} posts", POSTS * COPIES),
        ours: median(&ours),
        beside: ("bare query", median(&theirs)),
        bar: Bar::Times(3.0),
        note: format!(
            "medians of {READS} weeks, {} posts each on average, with what waits and what each \
             channel says of its post; the bare query reads every column of the posts \
             (95th percentiles {:.1} and {:.1} ms).",
            rows / READS,
            percentile(&ours, 95),
            percentile(&theirs, 95),
        ),
    })
}

/// Copies every post with its targets, each copy some minutes later.
pub fn multiply(file: &Path) -> Result {
    let connection = Connection::open(file)?;
    let columns = |table: &str| -> Result<Vec<String>> {
        let mut query =
            connection.prepare(&format!("SELECT name FROM pragma_table_info('{table}')"))?;
        let names = query.query_map([], |row| row.get(0))?;
        Ok(names.collect::<std::result::Result<_, _>>()?)
    };
    let (posts, targets) = (columns("posts")?, columns("targets")?);
    connection.execute_batch("BEGIN")?;
    for copy in 1..COPIES {
        let copied = |names: &[String]| {
            let expression = |name: &String| match name.as_str() {
                "id" | "remote" | "post" => format!("{name} || '-{copy}'"),
                "time" => format!("time + {copy} * 420000"),
                _ => name.clone(),
            };
            names.iter().map(expression).collect::<Vec<_>>().join(", ")
        };
        for (table, names, first) in [("posts", &posts, "id"), ("targets", &targets, "post")] {
            connection.execute_batch(&format!(
                "INSERT INTO {table} ({}) SELECT {} FROM {table} WHERE {first} NOT LIKE '%-%-%-%-%-%'",
                names.join(", "),
                copied(names),
            ))?;
        }
    }
    connection.execute_batch("COMMIT; PRAGMA wal_checkpoint(TRUNCATE)")?;
    Ok(())
}
