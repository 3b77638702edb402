//! Rundown on the practice server: the whole main job, without an account anywhere.

use std::{
    env, fs,
    io::{self, BufRead, BufReader},
    path::PathBuf,
    process::{self, Command, Stdio},
    thread,
};

use crate::{
    app::{self, EMBED_UI},
    command::{Result, Running, built, cargo, run, target_dir},
    desktop,
    setup::{self, Consent, Need, TAURI_DRIVER},
};

/// Makes the app connect the practice server's accounts, with keys for this session only.
const ACCOUNTS: &str = "RUNDOWN_DEMO";

/// Opens the app on practice data and a profile that is thrown away when it quits.
pub fn open(consent: Consent) -> Result {
    app::refuse_without_display("\n`cargo xtask demo --headless` takes a picture instead.")?;
    setup::prepare(app::NEEDS, consent)?;
    app::build_ui()?;
    run(cargo().args(["build", "-p", "rundown", "-p", "rundown-practice"]).args(EMBED_UI))?;

    let practice = PracticeServer::start()?;
    let profile = Profile::new()?;
    println!("Rundown opens on practice data. Nothing you do there leaves this computer.");
    println!("Closing the window keeps it in the tray; Quit there, or Ctrl+C here, ends it.");
    run(Command::new(built("rundown"))
        .env("RUNDOWN_HOME", &profile.0)
        .env(ACCOUNTS, &practice.accounts))
}

/// Opens the app in a desktop of its own and keeps a picture of the window once it has cards.
pub fn take_picture(consent: Consent) -> Result {
    let needs = [app::NEEDS, &[Need::TestDesktop, Need::Tool(TAURI_DRIVER)]].concat();
    setup::prepare(&needs, consent)?;
    app::build_workspace(&["--examples"])?;

    let practice = PracticeServer::start()?;
    let picture = target_dir().join("demo.png");
    desktop::run_inside(
        Command::new(built("examples/demo_window"))
            .arg(&picture)
            .env(ACCOUNTS, &practice.accounts)
            .envs(desktop::programs()?),
    )?;
    println!("The picture is {}", picture.display());
    Ok(())
}

/// The practice server with the demo's posts, ended when dropped.
struct PracticeServer {
    /// The line of JSON that the server prints when it listens: its address and accounts.
    accounts: String,
    _running: Running,
}

impl PracticeServer {
    fn start() -> Result<Self> {
        let mut child = Command::new(built("rundown-practice"))
            .args(["--port", "0", "--seed", "demo"])
            // It ends when its input is closed, so it can't outlive us.
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let stdout = child.stdout.take();
        let running = Running(child);
        let mut lines = BufReader::new(stdout.ok_or("the practice server has no output")?);
        let mut accounts = String::new();
        if lines.read_line(&mut accounts)? == 0 {
            return Err("The practice server ended before it was ready.".into());
        }
        // A full pipe would stop the server, so the rest is read as well.
        thread::spawn(move || io::copy(&mut lines, &mut io::sink()));
        Ok(Self { accounts: accounts.trim_end().to_owned(), _running: running })
    }
}

/// A profile folder, removed when dropped.
struct Profile(PathBuf);

impl Profile {
    fn new() -> Result<Self> {
        let folder = env::temp_dir().join(format!("rundown-demo-{}", process::id()));
        fs::create_dir_all(&folder)?;
        Ok(Self(folder))
    }
}

impl Drop for Profile {
    fn drop(&mut self) {
        // What can't be removed lies in the system's temporary folder, which is emptied anyway.
        let _ = fs::remove_dir_all(&self.0);
    }
}
