//! Takes a picture of the app on the accounts that `RUNDOWN_DEMO` names, once they show cards.
//!
//! `cargo xtask demo --headless` runs it; README's pictures are made with it.

use std::{env, path::PathBuf};

use rundown_tests::{App, Desktop, PATIENCE, Profile, Result, until};

#[tokio::main]
async fn main() -> Result {
    let file = env::args_os().nth(1).map(PathBuf::from).ok_or("name the picture's file")?;
    let desktop = Desktop::from_env()?;
    let profile = Profile::new()?;
    let app = App::open(&desktop, &profile).await?;
    let window = app.window()?;
    let card = until("card that is synced", PATIENCE, async || {
        let cards = window.cards().await?;
        Ok(cards.iter().any(|card| card.is_synced()).then_some(()))
    });
    card.await.map_err(|error| format!("{error}\n{}", profile.output()))?;
    window.picture(&file).await
}
