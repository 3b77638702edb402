//! Every test: the UI's, then the workspace's in a desktop of its own.

use crate::{
    app::{self, EMBED_UI},
    command::{Result, cargo, npm, run as run_to_end},
    desktop,
    setup::{self, Consent, NEXTEST, Need, TAURI_DRIVER},
};

/// Runs all tests, or with `filters` those of the workspace whose names contain one.
pub fn run(filters: &[String], consent: Consent) -> Result {
    let mut needs = [app::NEEDS, &[Need::Tool(NEXTEST)]].concat();
    if filters.is_empty() {
        needs.push(Need::Browser);
    }
    if cfg!(target_os = "linux") {
        needs.extend([Need::TestDesktop, Need::Tool(TAURI_DRIVER)]);
    }
    setup::prepare(&needs, consent)?;
    app::build_workspace(&["--tests"])?;

    let ui = if filters.is_empty() {
        run_to_end(npm().arg("test")).and(run_to_end(npm().args(["run", "test:browser"])))
    } else {
        println!("A filter was given, so the UI's own tests are left out.");
        Ok(())
    };

    let mut nextest = cargo();
    nextest.args(["nextest", "run", "--workspace"]).args(EMBED_UI);
    let workspace = if cfg!(target_os = "linux") {
        nextest.args(filters).envs(desktop::programs()?);
        desktop::run_inside(&mut nextest)
    } else {
        println!("There is no driver for the real window here, so the e2e tests are left out.");
        run_to_end(nextest.args(["-E", "not binary(e2e)"]).args(filters))
    };
    ui.and(workspace)
}
