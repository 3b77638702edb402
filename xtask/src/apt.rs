//! Debian packages: which of them are missing, and installing those.

use std::{
    io::{self, IsTerminal, Write},
    path::Path,
    process::Command,
};

use crate::{
    command::{Result, find_program, output, run},
    setup::{Consent, PREREQUISITES},
};

/// To build the app: a compiler, and the libraries that Tauri links.
pub const BUILD: &[&str] = &[
    "build-essential",
    "pkg-config",
    "libwebkit2gtk-4.1-dev",
    "librsvg2-dev",
    "libayatana-appindicator3-dev",
    "libssl-dev",
    "libdbus-1-dev",
];

/// For a desktop of the tests' own: a screen, a session bus, a keyring, a notification daemon, a
/// window manager, a panel with a tray, and the hands to use them.
pub const DESKTOP: &[&str] = &[
    "webkit2gtk-driver",
    "xvfb",
    "xauth",
    "dbus",
    "dbus-x11",
    "libglib2.0-bin",
    "gnome-keyring",
    "libsecret-tools",
    "dunst",
    "libnotify-bin",
    "xfwm4",
    "xfce4-panel",
    "wmctrl",
    "xdotool",
    "xclip",
    "imagemagick",
    "fonts-dejavu-core",
    "fonts-noto-color-emoji",
];

/// For the UI's tests in a browser.
pub const BROWSER: &[&str] = &["chromium"];

/// Whether apt installs this machine's software.
pub fn is_here() -> bool {
    Path::new("/usr/bin/apt-get").exists() && Path::new("/usr/bin/dpkg-query").exists()
}

/// Those of `packages` that are not installed.
pub fn missing<'a>(packages: &[&'a str]) -> Vec<&'a str> {
    // dpkg-query fails when it does not know one of them, and still lists the others.
    let listed = Command::new("dpkg-query")
        .args(["-W", "-f", "${Package} ${db:Status-Status}\n"])
        .args(packages)
        .output()
        .map(|output| String::from_utf8_lossy(&output.stdout).into_owned())
        .unwrap_or_default();
    not_installed(packages, &listed)
}

fn not_installed<'a>(packages: &[&'a str], listed: &str) -> Vec<&'a str> {
    let installed: Vec<&str> =
        listed.lines().filter_map(|line| line.strip_suffix(" installed")).collect();
    packages.iter().copied().filter(|package| !installed.contains(package)).collect()
}

/// Installs `packages`, after asking where nobody agreed yet.
pub fn install(packages: &[&str], consent: Consent) -> Result {
    let by_hand = format!("sudo apt-get install {}", packages.join(" "));
    println!("These Debian packages are missing:\n  {}", packages.join(" "));
    if consent == Consent::Ask && !agreed("Install them with apt-get now?")? {
        return Err(
            format!("Install them first:\n  {by_hand}\nor run this again with --yes.").into()
        );
    }
    let done = run(apt_get()?.arg("update"))
        .and_then(|()| run(apt_get()?.args(["install", "--yes"]).args(packages)));
    done.map_err(|error| {
        format!("{error}\nThe packages could not be installed. By hand:\n  {by_hand}\nSee also {PREREQUISITES}").into()
    })
}

fn agreed(question: &str) -> Result<bool> {
    if !io::stdin().is_terminal() {
        return Ok(false);
    }
    print!("{question} [Y/n] ");
    io::stdout().flush()?;
    let mut answer = String::new();
    io::stdin().read_line(&mut answer)?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "" | "y" | "yes"))
}

fn apt_get() -> Result<Command> {
    let is_root = output(Command::new("id").arg("-u")).is_some_and(|id| id == "0");
    let mut command = if is_root {
        Command::new("env")
    } else if find_program("sudo").is_some() {
        let mut sudo = Command::new("sudo");
        sudo.arg("env");
        sudo
    } else {
        return Err("Installing packages needs root, and there is no sudo here.".into());
    };
    command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]);
    Ok(command)
}

#[cfg(test)]
mod tests {
    use super::not_installed;

    #[test]
    fn a_package_that_is_unknown_or_only_configured_is_missing() {
        let listed = "xvfb installed\ndunst config-files\n";
        assert_eq!(not_installed(&["xvfb", "dunst", "xfwm4"], listed), ["dunst", "xfwm4"]);
    }
}
