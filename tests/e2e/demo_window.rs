//! Takes a picture of the app on the accounts that `RUNDOWN_DEMO` names, once all have been read.
//!
//! `cargo xtask demo --headless` runs it; README's pictures are made with it.

use std::{env, path::PathBuf};

use rundown_tests::{App, Desktop, PATIENCE, Profile, Result, until};

/// How many accounts have been read whole.
const READ: &str = "return [...document.querySelectorAll('[data-account]')]
    .filter((account) => !account.textContent.includes('Reading')).length";

#[tokio::main]
async fn main() -> Result {
    let file = env::args_os().nth(1).map(PathBuf::from).ok_or("name the picture's file")?;
    let desktop = Desktop::from_env()?;
    let profile = Profile::new()?;
    let app = App::open(&desktop, &profile).await?;
    let window = app.window()?;
    let demo: serde_json::Value = serde_json::from_str(&env::var("RUNDOWN_DEMO")?)?;
    // This computer is there besides.
    let accounts = demo["accounts"].as_array().map_or(0, Vec::len) + 1;
    let read = until("window with every account read", PATIENCE, async || {
        let read: usize = window.ask(READ).await?;
        let cards = window.cards().await?;
        Ok((read == accounts && cards.iter().any(|card| card.is_synced())).then_some(()))
    });
    read.await.map_err(|error| format!("{error}\n{}", profile.output()))?;
    window.picture(&file).await
}
