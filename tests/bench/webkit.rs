//! A drag in WebKitGTK: the real app, beside plain divs that take its place in the same window.

use rundown_tests::{App, Desktop, PATIENCE, Result, Service, Window, until};
use serde::Deserialize;
use serde_json::json;
use thirtyfour::Key;

use crate::frames::{DRAGS, Frames, MOVES, PIXELS};
use crate::posts;
use crate::table::{Bar, Row};
use crate::window::filled;

const SCRIPT: &str = include_str!("page.js");
const PLAIN: &str = concat!("file://", env!("CARGO_MANIFEST_DIR"), "/bench/plain.html");

/// Where a drag begins.
#[derive(Debug, Deserialize)]
struct Grip {
    x: i64,
    y: i64,
}

/// A card to drag.
#[derive(Debug, Deserialize)]
struct Held {
    remote: String,
    time: String,
    #[serde(flatten)]
    grip: Grip,
}

/// Measures it.
pub async fn measure(desktop: &Desktop) -> Result<Row> {
    let service = Service::start().await?;
    posts::fill(&service.practice);
    let profile = filled(desktop, &service).await?;
    let app = App::open(desktop, &profile).await?;
    let window = app.window()?;
    let home = window.address().await?;
    let mut frames = Frames::default();
    // The first of each only warms up.
    for run in 0..=DRAGS {
        window.go_to(&home).await?;
        let ours = drag_card(window).await?;
        frames.cards = ask(window, "cardsInView()").await?;
        window.go_to(&format!("{PLAIN}?#{}", frames.cards)).await?;
        let plain = drag_div(window).await?;
        if run > 0 {
            frames.ours.extend(ours);
            frames.plain.extend(plain);
        }
    }
    Ok(frames.row("WebKitGTK", Bar::Times(1.3)))
}

/// Drags a card to another time, and takes that back.
async fn drag_card(window: &Window) -> Result<Vec<f64>> {
    let card: Held = until("scheduled card with room for a drag", PATIENCE, async || {
        ask(window, &format!("cardWithRoom({PIXELS})")).await
    })
    .await?;
    let lengths = drag(window, &card.grip).await?;
    let is_home = format!("isSyncedAt({}, {})", json!(card.remote), json!(card.time));
    wait_for(window, &format!("!{is_home}")).await?;
    window.press_keys(Key::Control, "z").await?;
    wait_for(window, &is_home).await?;
    Ok(lengths)
}

async fn drag_div(window: &Window) -> Result<Vec<f64>> {
    let grip = ask(window, "plainGrip()").await?;
    drag(window, &grip).await
}

async fn drag(window: &Window, grip: &Grip) -> Result<Vec<f64>> {
    let _: Option<bool> = ask(window, "recordFrames()").await?;
    window.drag_in(MOVES, (grip.x, grip.y), (grip.x + PIXELS, grip.y)).await?;
    ask(window, "takeFrames()").await
}

async fn wait_for(window: &Window, condition: &str) -> Result {
    until(condition, PATIENCE, async || {
        let is_so: bool = ask(window, condition).await?;
        Ok(is_so.then_some(()))
    })
    .await
}

async fn ask<T: serde::de::DeserializeOwned>(window: &Window, expression: &str) -> Result<T> {
    window.ask(&format!("{SCRIPT}\nreturn {expression};")).await
}
