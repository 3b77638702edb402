//! The frames of a drag: how it goes, and what is printed of it.

use serde::Deserialize;

use crate::posts::POSTS;
use crate::statistics::percentile;
use crate::table::{Bar, Row};

/// How many drags are measured on each page, after one that warms up.
pub const DRAGS: usize = 8;
/// The moves of a drag, 16 ms apart, and how far they go in pixels.
pub const MOVES: i64 = 64;
/// See [`MOVES`].
pub const PIXELS: i64 = 420;

/// The lengths of all frames during the drags, in milliseconds.
#[derive(Debug, Default, Deserialize)]
pub struct Frames {
    /// Of Rundown's window.
    pub ours: Vec<f64>,
    /// Of the page of plain divs.
    pub plain: Vec<f64>,
    /// How many cards were in view, and how many divs there are.
    pub cards: usize,
}

impl Frames {
    /// The table's row for these frames, in that engine.
    pub fn row(&self, engine: &str, bar: Bar) -> Row {
        let describe = |frames: &[f64]| {
            format!(
                "{} frames, median {:.1}, longest {:.1} ms",
                frames.len(),
                percentile(frames, 50),
                percentile(frames, 100),
            )
        };
        Row {
            what: format!("Drag frame in {engine}, p95, {POSTS} posts"),
            ours: percentile(&self.ours, 95),
            beside: ("plain divs", percentile(&self.plain, 95)),
            bar,
            note: format!(
                "{DRAGS} drags each, in turn, of {MOVES} moves over {PIXELS} px, with {} cards in \
                 view ({}; plain {}).",
                self.cards,
                describe(&self.ours),
                describe(&self.plain),
            ),
        }
    }
}
