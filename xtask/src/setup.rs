//! Finds what a command needs and this machine does not have, and installs it.

use std::{env, fs, process::Command, time::SystemTime};

use crate::{
    apt,
    command::{Result, cargo, find_program, npm, output, root, run, tools_dir},
};

/// Where Tauri says what a machine needs, for systems that we can't set up ourselves.
pub const PREREQUISITES: &str = "https://v2.tauri.app/start/prerequisites/";

const OLDEST_NODE: (u32, u32) = (20, 19);

/// Something that a command can't do without.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// The compiler and the system libraries that the app links.
    SystemLibraries,
    /// The parts of a desktop for the tests.
    TestDesktop,
    /// A browser for the UI's tests.
    Browser,
    /// Node.js and the UI's packages.
    UiPackages,
    /// A program from crates.io.
    Tool(Tool),
}

/// A program that is built from crates.io into `target/tools` when it is not found.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Tool {
    /// The program, and its crate.
    pub name: &'static str,
    version: &'static str,
}

/// The bridge between WebDriver and a Tauri window.
pub const TAURI_DRIVER: Tool = Tool { name: "tauri-driver", version: "2.1.0" };
/// The test runner.
pub const NEXTEST: Tool = Tool { name: "cargo-nextest", version: "0.9.143" };
/// Licences, sources and banned crates.
pub const DENY: Tool = Tool { name: "cargo-deny", version: "0.20.2" };
/// Dependencies that nothing uses.
pub const MACHETE: Tool = Tool { name: "cargo-machete", version: "0.9.2" };

/// Whether the user has agreed to installs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Consent {
    /// By `--yes`, or because this is CI.
    Given,
    /// Not yet.
    Ask,
}

impl Consent {
    /// Consent as the command line and the environment give it.
    pub fn from_flag(yes: bool) -> Self {
        let ci = env::var("CI").is_ok_and(|value| value == "true");
        if yes || ci { Self::Given } else { Self::Ask }
    }
}

/// Makes sure that everything in `needs` is there, installing what is missing.
pub fn prepare(needs: &[Need], consent: Consent) -> Result {
    system_packages(needs, consent)?;
    for need in needs {
        match need {
            Need::UiPackages => ui_packages()?,
            Need::Tool(tool) => cargo_tool(*tool)?,
            Need::SystemLibraries | Need::TestDesktop | Need::Browser => {}
        }
    }
    Ok(())
}

fn system_packages(needs: &[Need], consent: Consent) -> Result {
    if !cfg!(target_os = "linux") {
        println!("If the build asks for system software: {PREREQUISITES}");
        return Ok(());
    }
    let mut wanted = Vec::new();
    for need in needs {
        match need {
            Need::SystemLibraries => wanted.extend(apt::BUILD),
            Need::TestDesktop => wanted.extend(apt::DESKTOP),
            Need::Browser if find_program("chromium").is_none() => wanted.extend(apt::BROWSER),
            Need::Browser | Need::UiPackages | Need::Tool(_) => {}
        }
    }
    if wanted.is_empty() {
        return Ok(());
    }
    if apt::is_here() {
        let missing = apt::missing(&wanted);
        return if missing.is_empty() { Ok(()) } else { apt::install(&missing, consent) };
    }
    if output(Command::new("pkg-config").args(["--exists", "webkit2gtk-4.1"])).is_none() {
        return Err(format!(
            "This machine has no apt, so install what Tauri needs on your system: {PREREQUISITES}\n\
             On Debian it would be:\n  {}",
            wanted.join(" ")
        )
        .into());
    }
    Ok(())
}

fn ui_packages() -> Result {
    let (major, minor) = OLDEST_NODE;
    let version = output(Command::new("node").arg("--version"));
    match version.as_deref().map(|text| (text, node_version(text))) {
        Some((_, Some(found))) if found >= OLDEST_NODE => {}
        Some((text, _)) => {
            return Err(format!(
                "Node.js {major}.{minor} or newer is needed; this is {text}. See https://nodejs.org/"
            )
            .into());
        }
        None => {
            return Err(format!(
                "Node.js {major}.{minor} or newer is needed and was not found. See https://nodejs.org/"
            )
            .into());
        }
    }
    if output(npm().arg("--version")).is_none() {
        return Err("npm is needed and was not found; it comes with https://nodejs.org/".into());
    }
    let ui = root().join("ui");
    let changed =
        |file: &str| -> Option<SystemTime> { fs::metadata(ui.join(file)).ok()?.modified().ok() };
    // npm writes this file at the end of each install.
    match (changed("node_modules/.package-lock.json"), changed("package-lock.json")) {
        (Some(installed), Some(locked)) if installed >= locked => Ok(()),
        _ => run(npm().arg("ci")),
    }
}

/// Reads `v20.19.3` as `(20, 19)`.
fn node_version(text: &str) -> Option<(u32, u32)> {
    let mut parts = text.trim().strip_prefix('v')?.split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

fn cargo_tool(tool: Tool) -> Result {
    if find_program(tool.name).is_some() {
        return Ok(());
    }
    println!("{} is not here: building it once, into {}.", tool.name, tools_dir().display());
    // Without optimisation it is ready in half the time, and none of these tools works hard.
    run(cargo()
        .args(["install", "--locked", "--debug", "--root"])
        .arg(tools_dir())
        .args([tool.name, "--version", tool.version])
        .env("CARGO_PROFILE_DEV_DEBUG", "0"))
}

#[cfg(test)]
mod tests {
    use super::node_version;

    #[test]
    fn nodes_version_is_read_from_what_it_prints() {
        assert_eq!(node_version("v20.19.3\n"), Some((20, 19)));
        assert_eq!(node_version("v24.1.0"), Some((24, 1)));
        assert_eq!(node_version("20"), None);
    }
}
