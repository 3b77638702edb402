//! Every test: the UI's, then the workspace's in a desktop of its own.

use std::fs;

use crate::{
    app::{self, EMBED_UI},
    command::{Result, cargo, npm, run as run_to_end, target_dir},
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

    let mut outcomes = Vec::new();
    if filters.is_empty() {
        outcomes.extend(["test", "test:browser"].map(run_ui));
    } else {
        println!("A filter was given, so the UI's own tests are left out.");
    }

    let mut nextest = cargo();
    nextest.args(["nextest", "run", "--workspace"]).args(EMBED_UI);
    outcomes.push(if cfg!(target_os = "linux") {
        nextest.args(filters).envs(desktop::programs()?);
        desktop::run_inside(&mut nextest)
    } else {
        println!("There is no driver for the real window here, so the e2e tests are left out.");
        run_to_end(nextest.args(["-E", "not binary(e2e)"]).args(filters))
    });
    all(outcomes)
}

/// Runs one of the UI's npm scripts. Its error repeats what failed in it: by the time it is shown,
/// the workspace's tests have written over what vitest said.
fn run_ui(script: &str) -> Result {
    let kept = target_dir().join("ui-failures.txt");
    // There is none yet, the first time.
    let _ = fs::remove_file(&kept);
    run_to_end(npm().args(["run", script]).env("FAILURES_FILE", &kept)).map_err(|error| {
        match fs::read_to_string(&kept) {
            Ok(failures) => format!("{error}\n{failures}").into(),
            Err(_) => error,
        }
    })
}

/// Every error there was, one below the other.
fn all(outcomes: Vec<Result>) -> Result {
    let errors: Vec<_> =
        outcomes.into_iter().filter_map(Result::err).map(|error| error.to_string()).collect();
    if errors.is_empty() { Ok(()) } else { Err(errors.join("\n\n").into()) }
}

#[cfg(test)]
mod tests {
    use super::all;

    #[test]
    fn every_part_that_failed_is_named_in_the_end() {
        assert!(all(vec![Ok(()), Ok(())]).is_ok());
        let error = all(vec![Err("vitest".into()), Ok(()), Err("nextest".into())]).unwrap_err();
        assert_eq!(error.to_string(), "vitest\n\nnextest");
    }
}
