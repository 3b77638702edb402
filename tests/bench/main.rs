//! The speeds that Rundown promises, measured and printed as one table. `cargo xtask bench` builds
//! what is compared and runs this in a desktop of its own; nothing here passes or fails.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "it prints a table")]

mod chromium;
mod first_sync;
mod frames;
mod polling;
mod posts;
mod reschedule;
mod screen;
mod statistics;
mod table;
mod webkit;
mod week;
mod window;

use std::fs;

use rundown_tests::{Desktop, Result};
use table::Table;

#[tokio::main]
async fn main() -> Result {
    if let Ok(told) = std::env::var(first_sync::SERVE) {
        return first_sync::serve(&told).await;
    }
    // The names of the measurements to make, or none for all of them.
    let chosen: Vec<String> =
        std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let is_chosen = |name: &str| chosen.is_empty() || chosen.iter().any(|one| one == name);
    let before = load();
    let mut table = Table::default();
    if is_chosen("window") {
        eprintln!("Opening windows …");
        table.add(window::measure(&Desktop::from_env()?).await?);
    }
    if is_chosen("queue") {
        eprintln!("Opening windows with changes waiting …");
        table.add(window::measure_with_queue(&Desktop::from_env()?).await?);
    }
    if is_chosen("reschedule") {
        eprintln!("Moving posts …");
        table.add(reschedule::measure().await?);
    }
    if is_chosen("week") {
        eprintln!("Reading weeks …");
        table.add(week::measure().await?);
    }
    if is_chosen("chromium") {
        eprintln!("Dragging in Chromium …");
        table.add(chromium::measure().await?);
    }
    if is_chosen("webkit") {
        eprintln!("Dragging in WebKitGTK …");
        table.add(webkit::measure(&Desktop::from_env()?).await?);
    }
    if is_chosen("first-sync") {
        eprintln!("Reading accounts …");
        for row in first_sync::measure().await? {
            table.add(row);
        }
    }
    let polling = if is_chosen("polling") {
        eprintln!("Letting days go by …");
        polling::measure().await?
    } else {
        String::new()
    };
    if !table.is_empty() {
        println!("\n{table}");
    }
    if !polling.is_empty() {
        println!("Looking for news at accounts of 10,000 posts, the window in front:\n{polling}");
    }
    println!("Load of the machine, over one minute: {before} before, {} after.", load());
    println!("What else runs on it slows both sides: take the figures of a quiet one.");
    Ok(())
}

/// How many processes wanted a processor in the last minute, on average.
fn load() -> String {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split_whitespace().next().unwrap_or("unknown").to_owned()
}
