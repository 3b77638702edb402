//! The speeds that Rundown promises: optimised builds of what is compared, then one table.

use crate::{
    app::{self, EMBED_UI},
    command::{Result, cargo, npm, run as run_to_end, target_dir},
    desktop,
    setup::{self, Consent, Need, TAURI_DRIVER},
};

/// The measurements: what is behind the table is in `tests/bench`.
const BENCH: [&str; 4] = ["bench", "--workspace", "--bench", "speed"];

/// Measures everything, or only the measurements that are named.
pub fn run(names: &[String], consent: Consent) -> Result {
    if !cfg!(target_os = "linux") {
        return Err("The measurements need a desktop of their own, which is made on Linux.".into());
    }
    let of_its_own = [Need::TestDesktop, Need::Browser, Need::Tool(TAURI_DRIVER)];
    setup::prepare(&[app::NEEDS, &of_its_own].concat(), consent)?;
    app::build_ui()?;
    run_to_end(npm().args(["run", "build", "--", "--mode", "memory"]))?;
    println!("The optimised build takes some minutes, the first time.");
    run_to_end(
        cargo()
            .args(["build", "--release", "--workspace", "--bin", "rundown", "--example", "blank"])
            .args(EMBED_UI),
    )?;
    // Before the desktop starts, so that nothing else runs beside the measurements.
    run_to_end(cargo().args(BENCH).arg("--no-run").args(EMBED_UI))?;

    let release = target_dir().join("release");
    desktop::run_inside(
        cargo()
            .args(BENCH)
            .args(EMBED_UI)
            .arg("--")
            .args(names)
            .envs(desktop::programs()?)
            .env("RUNDOWN_APP", release.join("rundown"))
            .env("RUNDOWN_BLANK", release.join("examples/blank")),
    )
}
