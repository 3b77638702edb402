//! A drag in Chromium: the built window on the in-memory host, beside plain divs.

use std::process::Stdio;

use rundown_tests::Result;
use tokio::{io::AsyncWriteExt, process::Command};

use crate::frames::{DRAGS, Frames, MOVES, PIXELS};
use crate::posts::POSTS;
use crate::table::{Bar, Row};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/bench");
const UI: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../ui");
const SCRIPT: &str = include_str!("drag.mjs");
/// One frame of a display that shows sixty a second.
const DISPLAY_FRAME: f64 = 16.7;

/// Measures it.
pub async fn measure() -> Result<Row> {
    let mut node = Command::new("node")
        .args(["--input-type=module", "-", FOLDER])
        .args([POSTS.to_string(), DRAGS.to_string(), MOVES.to_string(), PIXELS.to_string()])
        .current_dir(UI)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()?;
    let mut stdin = node.stdin.take().ok_or("node has no input")?;
    stdin.write_all(SCRIPT.as_bytes()).await?;
    drop(stdin);
    let output = node.wait_with_output().await?;
    if !output.status.success() {
        return Err(format!("drag.mjs: {}", output.status).into());
    }
    let frames: Frames = serde_json::from_slice(&output.stdout)?;
    Ok(frames.row("Chromium", Bar::Milliseconds(DISPLAY_FRAME)))
}
