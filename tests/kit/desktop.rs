//! The desktop that the tests run in. `cargo xtask test` makes it and names its parts in the
//! environment.

use std::{env, path::PathBuf};

use tokio::process::Command;

use crate::{Notifications, PATIENCE, Result, until};

/// Where the parts of the test desktop are.
#[derive(Clone, Debug)]
pub struct Desktop {
    folder: PathBuf,
    /// The app under test.
    pub app: PathBuf,
    pub(crate) tauri_driver: PathBuf,
}

impl Desktop {
    /// The desktop that this process runs in.
    ///
    /// # Errors
    /// It runs in none. A test of the window must not pass then, so it fails.
    pub fn from_env() -> Result<Self> {
        Ok(Self {
            folder: part("RUNDOWN_DESKTOP")?,
            app: part("RUNDOWN_APP")?.canonicalize()?,
            tauri_driver: part("RUNDOWN_TAURI_DRIVER")?,
        })
    }

    /// What the notification daemon shows from now on.
    pub fn notifications(&self) -> Notifications {
        Notifications::from_now(self.folder.join("notifications.txt"))
    }

    /// Chooses what has that label in a notification that is shown.
    ///
    /// # Errors
    /// The notification daemon does not answer.
    pub async fn choose_in_notification(&self, label: &str) -> Result {
        tokio::fs::write(self.folder.join("choice.txt"), label).await?;
        let status = Command::new("dunstctl").arg("context").status().await?;
        if status.success() { Ok(()) } else { Err(format!("dunstctl: {status}").into()) }
    }

    /// Waits until the text on the clipboard is one that `is_it`, and answers it.
    ///
    /// # Errors
    /// It is another one.
    pub async fn wait_for_clipboard(&self, is_it: impl Fn(&str) -> bool) -> Result<String> {
        let copied = async || -> Result<String> {
            let read = Command::new("xclip").args(["-o", "-selection", "clipboard"]).output();
            Ok(String::from_utf8(read.await?.stdout)?)
        };
        let found = until("text on the clipboard", PATIENCE, async || {
            Ok(Some(copied().await?).filter(|text| is_it(text)))
        });
        match found.await {
            Ok(text) => Ok(text),
            Err(error) => Err(format!("{error}; there was {:?}", copied().await?).into()),
        }
    }

    /// The window of a process on the screen, waiting for it.
    ///
    /// # Errors
    /// None appears in time.
    pub async fn window_of_process(&self, pid: u32) -> Result<WindowId> {
        self.window_named(pid, "Rundown").await
    }

    /// The window of a process on the screen that has this title, waiting for it.
    ///
    /// # Errors
    /// None appears in time.
    pub async fn window_named(&self, pid: u32, title: &str) -> Result<WindowId> {
        let name = format!("window “{title}” of process {pid}");
        until(name, PATIENCE, async || Ok(shown_window(pid, title).await?)).await
    }

    /// Whether a process has a window on the screen, now, that has this title.
    ///
    /// # Errors
    /// The window manager does not answer.
    pub async fn has_window(&self, pid: u32, title: &str) -> Result<bool> {
        Ok(shown_window(pid, title).await?.is_some())
    }

    /// Closes a window as its title bar's button does, and waits until it is gone.
    ///
    /// # Errors
    /// It stays.
    pub async fn close_window(&self, window: WindowId) -> Result {
        let id = format!("0x{:x}", window.0);
        Command::new("wmctrl").args(["-i", "-c", &id]).status().await?;
        until("end of the window", PATIENCE, async || {
            let name =
                Command::new("xdotool").args(["getwindowname", &window.0.to_string()]).output();
            Ok((!name.await?.status.success()).then_some(()))
        })
        .await
    }

    /// Keeps a picture of the whole screen as `e2e-failures/NAME.png` beside the app.
    ///
    /// # Errors
    /// It can't be taken or written.
    pub(crate) fn take_picture(&self, name: &str) -> Result<PathBuf> {
        let folder = self.app.with_file_name("e2e-failures");
        std::fs::create_dir_all(&folder)?;
        let file = folder.join(name).with_extension("png");
        let status =
            std::process::Command::new("import").args(["-window", "root"]).arg(&file).status()?;
        if status.success() { Ok(file) } else { Err(format!("import: {status}").into()) }
    }
}

/// A window's number at the X server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WindowId(u64);

/// The window of that process and title which the window manager knows: only such a one can be closed.
async fn shown_window(pid: u32, title: &str) -> Result<Option<WindowId>> {
    let listed = Command::new("wmctrl").args(["-l", "-p"]).output().await?;
    // ID DESKTOP PID HOST TITLE
    let found = String::from_utf8(listed.stdout)?.lines().find_map(|line| {
        let mut words = line.split_whitespace();
        let id = words.next()?.strip_prefix("0x")?.to_owned();
        let of = words.nth(1)?.to_owned();
        let called = words.skip(1).collect::<Vec<_>>().join(" ");
        (of == pid.to_string() && called == title).then_some(id)
    });
    Ok(found.map(|id| u64::from_str_radix(&id, 16).map(WindowId)).transpose()?)
}

fn part(name: &str) -> Result<PathBuf> {
    let value = env::var_os(name).ok_or_else(|| {
        format!("{name} is not set: the window's tests run in a desktop of their own, by `cargo xtask test`")
    })?;
    Ok(PathBuf::from(value))
}
