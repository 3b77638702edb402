//! `ui/src/host/bindings.ts`: written from the Rust commands, or compared with them.

use crate::{
    app::EMBED_UI,
    command::{Result, cargo, run},
    setup::{NEXTEST, Need},
};

/// What building the shell's tests needs.
pub const NEEDS: &[Need] = &[Need::SystemLibraries, Need::UiPackages, Need::Tool(NEXTEST)];

/// The shell's test that compares, and that writes when this variable is set.
const TEST: &str = "test(bindings_are_fresh)";
const WRITE: &str = "RUNDOWN_WRITE_BINDINGS";

/// Fails when the committed bindings differ from the commands.
pub fn compare() -> Result {
    run(cargo().args(["nextest", "run", "--workspace", "-E", TEST]).args(EMBED_UI))
}

/// Writes the bindings.
pub fn write() -> Result {
    run(cargo().args(["nextest", "run", "--workspace", "-E", TEST]).args(EMBED_UI).env(WRITE, "1"))
}
