//! The table: what was measured, what it is compared with, and the bar it is held to.

use std::fmt;

/// What a measurement may come to.
#[derive(Clone, Copy, Debug)]
pub enum Bar {
    /// At most this many times what it is compared with.
    Times(f64),
    /// At most this many milliseconds.
    Milliseconds(f64),
}

/// One measurement. Times are in milliseconds.
#[derive(Debug)]
pub struct Row {
    /// What was measured.
    pub what: String,
    /// What Rundown took.
    pub ours: f64,
    /// What it is compared with, and what that took.
    pub beside: (&'static str, f64),
    /// What it is held to.
    pub bar: Bar,
    /// How it was measured: a sentence below the table.
    pub note: String,
}

impl Row {
    fn ratio(&self) -> f64 {
        self.ours / self.beside.1
    }

    /// Figures are compared as they are printed, to a tenth of a millisecond or a hundredth.
    fn is_met(&self) -> bool {
        match self.bar {
            Bar::Times(most) => (self.ratio() * 100.0).round() <= most * 100.0,
            Bar::Milliseconds(most) => (self.ours * 10.0).round() <= most * 10.0,
        }
    }

    fn cells(&self) -> [String; 6] {
        let (name, beside) = self.beside;
        [
            self.what.clone(),
            in_words(self.ours),
            format!("{name}: {}", in_words(beside)),
            format!("{:.2}", self.ratio()),
            match self.bar {
                Bar::Times(most) => format!("≤ {most} ×"),
                Bar::Milliseconds(most) => format!("≤ {most} ms"),
            },
            if self.is_met() { "yes" } else { "NO" }.to_owned(),
        ]
    }
}

/// A time with the digits that tell.
fn in_words(milliseconds: f64) -> String {
    match milliseconds {
        ..1.0 => format!("{milliseconds:.3} ms"),
        ..100.0 => format!("{milliseconds:.1} ms"),
        _ => format!("{milliseconds:.0} ms"),
    }
}

/// All measurements of a run.
#[derive(Debug, Default)]
pub struct Table(Vec<Row>);

impl Table {
    /// Whether nothing was measured.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds a measurement.
    pub fn add(&mut self, row: Row) {
        self.0.push(row);
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let head = ["what", "ours", "beside", "ratio", "bar", "met?"].map(str::to_owned);
        let lines: Vec<[String; 6]> =
            [head].into_iter().chain(self.0.iter().map(Row::cells)).collect();
        let width = |column: usize| lines.iter().map(|line| line[column].chars().count()).max();
        let widths: [usize; 6] = std::array::from_fn(|column| width(column).unwrap_or_default());
        for (number, line) in lines.iter().enumerate() {
            let cells = line.iter().zip(widths).map(|(cell, width)| format!(" {cell:width$} "));
            writeln!(f, "|{}|", cells.collect::<Vec<_>>().join("|"))?;
            if number == 0 {
                let rule = widths.map(|width| "-".repeat(width + 2));
                writeln!(f, "|{}|", rule.join("|"))?;
            }
        }
        writeln!(f)?;
        for row in &self.0 {
            writeln!(f, "{}: {}", row.what, row.note)?;
        }
        Ok(())
    }
}
