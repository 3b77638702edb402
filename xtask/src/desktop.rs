//! A desktop of the tests' own: a screen, a session bus, an unlocked keyring, a notification
//! daemon, a window manager and a panel with a tray, all in a home that is thrown away.
//!
//! The outer half lays out the home and starts a screen and a bus with this same program in them;
//! the inner half starts the rest, waits until each part truly answers, and runs what was asked.
//! Nothing of the user's own desktop, keyring or files is reached.

use std::{
    env,
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
    process::{self, Command, ExitCode, Stdio},
    thread,
    time::{Duration, Instant},
};

use crate::{
    command::{Result, Running, built, find_program, output, run},
    setup::TAURI_DRIVER,
};

/// The hidden first word that makes this program the inner half.
pub const INSIDE: &str = "inside-desktop";

/// Names the folder of the test desktop to everything that runs in it. The notification daemon
/// writes what it shows to `notifications.txt` there; when it is told to open its menu of actions, it
/// chooses the one that `choice.txt` names.
const FOLDER: &str = "RUNDOWN_DESKTOP";

/// What the notification daemon shows its menu with. It gets the lines and answers with one.
const CHOOSE: &str = "#!/bin/sh\nexec grep -m 1 -F -f \"$RUNDOWN_DESKTOP/choice.txt\"\n";

const SCREEN: &str = "-screen 0 1440x900x24";
const READY_WITHIN: Duration = Duration::from_secs(30);

/// Runs `program` in a desktop of its own, or here if this already is one.
pub fn run_inside(program: &mut Command) -> Result {
    if env::var_os(FOLDER).is_some() {
        return run(program);
    }
    let home = Home::new()?;
    let mut command = Command::new("xvfb-run");
    command.args(["-a", "-s", SCREEN, "dbus-run-session", "--"]).arg(built("xtask")).arg(INSIDE);
    command.arg(program.get_program()).args(program.get_args());
    if let Some(folder) = program.get_current_dir() {
        command.current_dir(folder);
    }
    for (name, value) in program.get_envs() {
        if let Some(value) = value {
            command.env(name, value);
        }
    }
    home.furnish(&mut command);
    run(&mut command)
}

/// The inner half: starts the desktop's parts and runs the program that `words` name.
pub fn serve_inside(words: &[String]) -> ExitCode {
    let code = || -> Result<u8> {
        let folder =
            PathBuf::from(env::var_os(FOLDER).ok_or("this runs inside a test desktop only")?);
        let (program, arguments) = words.split_first().ok_or("there is nothing to run")?;
        let _parts = start_parts(&folder)?;
        let status = Command::new(program).args(arguments).status()?;
        Ok(status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1))
    };
    match code() {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            eprintln!("The test desktop did not come up: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The throw-away home, removed when dropped.
struct Home(PathBuf);

impl Home {
    fn new() -> Result<Self> {
        let folder = env::temp_dir().join(format!("rundown-desktop-{}", process::id()));
        // What is there is left over from a process of the same id that was killed.
        let _ = fs::remove_dir_all(&folder);
        for part in ["home", "config", "data", "cache", "state", "run", "tmp"] {
            fs::create_dir_all(folder.join(part))?;
        }
        let (menu, settings) = (folder.join("choose"), folder.join("config/dunst"));
        fs::create_dir_all(&settings)?;
        fs::write(settings.join("dunstrc"), format!("[global]\ndmenu = {}\n", menu.display()))?;
        fs::write(&menu, CHOOSE)?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            for program_or_private in [&folder.join("run"), &menu] {
                fs::set_permissions(program_or_private, fs::Permissions::from_mode(0o700))?;
            }
        }
        Ok(Self(folder))
    }

    fn furnish(&self, command: &mut Command) {
        // Cargo and rustup look below HOME unless they are told where they are.
        for (name, folder) in [("CARGO_HOME", ".cargo"), ("RUSTUP_HOME", ".rustup")] {
            if let (None, Some(home)) = (env::var_os(name), env::var_os("HOME")) {
                command.env(name, Path::new(&home).join(folder));
            }
        }
        command
            .env(FOLDER, &self.0)
            .env("HOME", self.0.join("home"))
            .env("XDG_CONFIG_HOME", self.0.join("config"))
            .env("XDG_DATA_HOME", self.0.join("data"))
            .env("XDG_CACHE_HOME", self.0.join("cache"))
            .env("XDG_STATE_HOME", self.0.join("state"))
            .env("XDG_RUNTIME_DIR", self.0.join("run"))
            .env("TMPDIR", self.0.join("tmp"))
            .env("GDK_BACKEND", "x11")
            .env("NO_AT_BRIDGE", "1")
            .env("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
            .env_remove("WAYLAND_DISPLAY");
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        // What the bus had started ends after the bus, and may write a last time. What hangs, or
        // can't be removed, lies in the system's temporary folder, which is emptied anyway.
        let _ = wait_until("the end of the desktop", || !is_in_use(&self.0));
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Whether a process runs whose environment names the folder.
fn is_in_use(folder: &Path) -> bool {
    let folder = folder.as_os_str().as_encoded_bytes();
    let names_it =
        |environment: Vec<u8>| environment.windows(folder.len()).any(|window| window == folder);
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    processes.filter_map(|process| fs::read(process.path().join("environ")).ok()).any(names_it)
}

/// Starts all parts, in the order in which they need each other.
fn start_parts(folder: &Path) -> Result<Vec<Running>> {
    let mut parts = Vec::new();

    let keyring = ["--foreground", "--unlock", "--components=secrets"];
    let mut keyring = start(folder, "gnome-keyring-daemon", &keyring, "keyring.txt")?;
    if let Some(mut stdin) = keyring.0.stdin.take() {
        // The empty password of a new keyring.
        stdin.write_all(b"\n")?;
    }
    parts.push(keyring);
    wait_for_name("org.freedesktop.secrets")?;
    keep_a_secret()?;

    parts.push(start(folder, "dunst", &["-print"], "notifications.txt")?);
    wait_for_name("org.freedesktop.Notifications")?;

    parts.push(start(folder, "xfwm4", &[], "xfwm4.txt")?);
    wait_until("the window manager", || {
        output(Command::new("xdotool").arg("get_desktop")).is_some()
    })?;

    parts.push(start(folder, "xfce4-panel", &["--disable-wm-check"], "panel.txt")?);
    wait_for_name("org.kde.StatusNotifierWatcher")?;
    Ok(parts)
}

fn start(folder: &Path, program: &str, arguments: &[&str], stdout: &str) -> Result<Running> {
    let child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(File::create(folder.join(stdout))?)
        .stderr(File::create(folder.join(format!("{program}-errors.txt")))?)
        .spawn()
        .map_err(|error| format!("{program}: {error}"))?;
    Ok(Running(child))
}

fn wait_for_name(name: &str) -> Result {
    let seconds = READY_WITHIN.as_secs().to_string();
    output(Command::new("gdbus").args(["wait", "--session", "--timeout", &seconds, name]))
        .map(|_| ())
        .ok_or_else(|| format!("nothing on the session bus took the name {name}").into())
}

fn wait_until(what: &str, is_ready: impl Fn() -> bool) -> Result {
    let deadline = Instant::now() + READY_WITHIN;
    while !is_ready() {
        if Instant::now() > deadline {
            return Err(format!("{what} did not answer").into());
        }
        thread::sleep(Duration::from_millis(50));
    }
    Ok(())
}

/// Proves that the keyring is open: a locked one would answer with a prompt that nobody sees.
fn keep_a_secret() -> Result {
    let attribute = ["rundown-test-desktop", "ready"];
    let seconds = format!("{}s", READY_WITHIN.as_secs());
    let mut store = Command::new("timeout")
        .args([&seconds, "secret-tool", "store", "--label=ready"])
        .args(attribute)
        .stdin(Stdio::piped())
        .spawn()?;
    if let Some(mut stdin) = store.stdin.take() {
        stdin.write_all(b"yes")?;
    }
    if !store.wait()?.success() {
        return Err("the keyring is locked".into());
    }
    output(Command::new("secret-tool").arg("clear").args(attribute))
        .map(|_| ())
        .ok_or_else(|| "the keyring did not forget what it was told to forget".into())
}

/// Where the tests find the app and the driver of its window.
pub fn programs() -> Result<[(&'static str, PathBuf); 2]> {
    let driver = find_program(TAURI_DRIVER.name).ok_or("tauri-driver was not found")?;
    Ok([("RUNDOWN_APP", built("rundown")), ("RUNDOWN_TAURI_DRIVER", driver)])
}
