//! The app as a process: opened through tauri-driver, which hands out its window, or started plain.

use std::{
    fs,
    net::TcpListener,
    path::Path,
    process::{Child, Command, Stdio},
};

use serde_json::json;
use thirtyfour::{Capabilities, WebDriver};
use tokio::net::TcpStream;

use crate::{Desktop, PATIENCE, Profile, Result, Window, until};

/// The app with its window in a driver's hand. Dropping it ends the app and the driver at once.
#[derive(Debug)]
pub struct App {
    window: Option<Window>,
    driver: Process,
    pid: u32,
}

impl App {
    /// Opens the app and waits until its page is there.
    ///
    /// # Errors
    /// The driver or the app does not come up.
    pub async fn open(desktop: &Desktop, profile: &Profile) -> Result<Self> {
        Self::open_with(desktop, profile, &[]).await
    }

    /// The same, with more variables in the app's environment.
    ///
    /// # Errors
    /// The driver or the app does not come up.
    pub async fn open_with(
        desktop: &Desktop,
        profile: &Profile,
        environment: &[(&str, &str)],
    ) -> Result<Self> {
        let (port, native_port) = two_free_ports()?;
        let driver = Command::new(&desktop.tauri_driver)
            .args(["--port", &port.to_string(), "--native-port", &native_port.to_string()])
            .env("RUNDOWN_HOME", profile.home())
            .envs(environment.iter().copied())
            .stdin(Stdio::null())
            .stdout(profile.append()?)
            .stderr(profile.append()?)
            .spawn()
            .map_err(|error| format!("{}: {error}", desktop.tauri_driver.display()))?;
        let driver = Process(driver);
        for port in [port, native_port] {
            until("driver that listens", PATIENCE, async || {
                Ok(TcpStream::connect(("127.0.0.1", port)).await.ok())
            })
            .await?;
        }
        let mut capabilities = Capabilities::new();
        capabilities.set("tauri:options", json!({ "application": desktop.app }))?;
        let session = WebDriver::new(format!("http://127.0.0.1:{port}"), capabilities)
            .await
            .map_err(|error| format!("{error}\n{}", profile.output()))?;
        let window = Some(Window::new(session));
        let home = profile.home();
        let find = async || Ok(process_with_home(&desktop.app, &home));
        let pid = until("process of the app", PATIENCE, find).await?;
        let app = Self { window, driver, pid };
        app.window()?.wait_until_loaded().await?;
        Ok(app)
    }

    /// The app's process id.
    pub fn pid(&self) -> u32 {
        self.pid
    }

    /// The window that the driver holds.
    ///
    /// # Errors
    /// The app was already told to end.
    pub fn window(&self) -> Result<&Window> {
        self.window.as_ref().ok_or_else(|| "the app has no window any more".into())
    }

    /// Ends the app as a power cut would: SIGKILL, with no chance to write anything.
    ///
    /// # Errors
    /// It does not end.
    pub async fn kill(mut self) -> Result {
        self.let_go_of_window();
        signal(self.pid, "KILL")?;
        self.wait_for_end().await
    }

    /// Waits for the app to end by itself, as it does after Quit.
    ///
    /// # Errors
    /// It does not end.
    pub async fn wait_for_end(&mut self) -> Result {
        self.let_go_of_window();
        let pid = self.pid;
        until("end of the app", PATIENCE, async || Ok((!is_alive(pid)).then_some(()))).await
    }

    /// The session dies with the app: asking the driver to close it would only wait in vain.
    fn let_go_of_window(&mut self) {
        if let Some(window) = self.window.take() {
            window.let_go();
        }
    }
}

impl Drop for App {
    fn drop(&mut self) {
        self.let_go_of_window();
        if is_alive(self.pid) {
            // A process that ended in between needs no signal.
            let _ = signal(self.pid, "KILL");
        }
        // The driver ends its own child, WebKit's driver, when it is asked to end.
        let _ = signal(self.driver.0.id(), "TERM");
        let _ = self.driver.0.wait();
    }
}

/// The app without a driver: for what happens outside of its window. Killed when dropped.
#[derive(Debug)]
pub struct Spawned(Process);

impl Spawned {
    /// Starts the app with these arguments.
    ///
    /// # Errors
    /// It can't be started.
    pub fn start(desktop: &Desktop, profile: &Profile, arguments: &[&str]) -> Result<Self> {
        let child = Command::new(&desktop.app)
            .args(arguments)
            .env("RUNDOWN_HOME", profile.home())
            .stdin(Stdio::null())
            .stdout(profile.append()?)
            .stderr(profile.append()?)
            .spawn()?;
        Ok(Self(Process(child)))
    }

    /// The app's process id.
    pub fn pid(&self) -> u32 {
        self.0.0.id()
    }

    /// Whether it still runs.
    ///
    /// # Errors
    /// The system does not say.
    pub fn is_running(&mut self) -> Result<bool> {
        Ok(self.0.0.try_wait()?.is_none())
    }

    /// Waits for the app to end by itself, and says whether it ended well.
    ///
    /// # Errors
    /// It does not end.
    pub async fn wait_for_end(&mut self) -> Result<bool> {
        let ended = async || Ok(self.0.0.try_wait()?);
        Ok(until("end of the app", PATIENCE, ended).await?.success())
    }
}

/// A child that does not outlive this value.
#[derive(Debug)]
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        // Both fail only for a child that has ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Two ports that were free a moment ago.
fn two_free_ports() -> Result<(u16, u16)> {
    let first = TcpListener::bind(("127.0.0.1", 0))?;
    let second = TcpListener::bind(("127.0.0.1", 0))?;
    Ok((first.local_addr()?.port(), second.local_addr()?.port()))
}

/// The process that runs `program` on that profile.
fn process_with_home(program: &Path, home: &Path) -> Option<u32> {
    let variable = [b"RUNDOWN_HOME=", home.as_os_str().as_encoded_bytes()].concat();
    let pids = fs::read_dir("/proc").ok()?.flatten();
    let mut pids = pids.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    pids.find(|pid| {
        let runs = fs::read_link(format!("/proc/{pid}/exe")).is_ok_and(|exe| exe == program);
        let environment = fs::read(format!("/proc/{pid}/environ")).unwrap_or_default();
        runs && environment.split(|byte| *byte == 0).any(|entry| entry == variable)
    })
}

/// Whether the process runs. One that has ended and was not fetched by its parent does not.
fn is_alive(pid: u32) -> bool {
    fs::read_link(format!("/proc/{pid}/exe")).is_ok()
}

fn signal(pid: u32, name: &str) -> Result {
    let status = Command::new("kill").args(["-s", name, &pid.to_string()]).status()?;
    if status.success() { Ok(()) } else { Err(format!("no signal reached process {pid}").into()) }
}
