//! Building the app, and running it with the user's own profile.

use std::env;

use crate::{
    command::{Result, cargo, npm, run as run_to_end, target_dir},
    setup::{self, Consent, Need},
};

/// What building the app needs.
pub const NEEDS: &[Need] = &[Need::SystemLibraries, Need::UiPackages];

/// The feature that puts the built UI into the program instead of asking a development server.
/// All builds use it, so that none of them rebuilds what another has built.
pub const EMBED_UI: [&str; 2] = ["--features", "rundown/custom-protocol"];

/// Builds `ui/dist`, which the app embeds when it is compiled.
pub fn build_ui() -> Result {
    run_to_end(npm().args(["run", "build"]))
}

/// Builds the programs, and those `targets` of the whole workspace, with the set of features that
/// the tests have, so that each dependency is built once.
pub fn build_workspace(targets: &[&str]) -> Result {
    build_ui()?;
    run_to_end(cargo().args(["build", "--workspace", "--bins"]).args(targets).args(EMBED_UI))
}

/// Opens Rundown with the user's own profile.
pub fn run(consent: Consent) -> Result {
    refuse_without_display("")?;
    setup::prepare(NEEDS, consent)?;
    build_ui()?;
    run_to_end(cargo().args(["run", "--package", "rundown"]).args(EMBED_UI))
}

/// Builds the optimised app and says where it is.
pub fn build_release(consent: Consent) -> Result {
    setup::prepare(NEEDS, consent)?;
    build_ui()?;
    run_to_end(cargo().args(["build", "--release", "--package", "rundown"]).args(EMBED_UI))?;
    let program = target_dir().join("release/rundown").with_extension(env::consts::EXE_EXTENSION);
    println!("Built {}", program.display());
    Ok(())
}

/// Fails in words where no window could open; `hint` says what can be done instead.
pub fn refuse_without_display(hint: &str) -> Result {
    let has = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    if !cfg!(target_os = "linux") || has("DISPLAY") || has("WAYLAND_DISPLAY") {
        return Ok(());
    }
    Err(format!("There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set).{hint}")
        .into())
}
