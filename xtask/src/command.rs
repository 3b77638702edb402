//! Running other programs: shown as they would be typed, and failing in words.

use std::{
    env,
    error::Error,
    ffi::{OsStr, OsString},
    iter,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

/// What every task returns. The error is a sentence for the person at the terminal.
pub type Result<T = ()> = std::result::Result<T, Box<dyn Error>>;

/// The checkout's top folder.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."))
}

/// Cargo's target folder, wherever the environment or a configuration file put it: this program
/// lies in `<target>/debug`.
pub fn target_dir() -> PathBuf {
    env::current_exe()
        .ok()
        .and_then(|exe| exe.ancestors().nth(2).map(Path::to_owned))
        .unwrap_or_else(|| root().join("target"))
}

/// Where tools go that are built for this checkout alone.
pub fn tools_dir() -> PathBuf {
    target_dir().join("tools")
}

/// A program of the dev profile, such as `rundown`.
pub fn built(name: &str) -> PathBuf {
    target_dir().join("debug").join(name).with_extension(env::consts::EXE_EXTENSION)
}

/// The cargo that runs us, with this checkout's own tools in reach.
pub fn cargo() -> Command {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(root()).env("PATH", path_with_tools());
    // What `cargo run` told us of our own package is not for others: some tools go by it.
    for (name, _) in env::vars_os() {
        let name = name.to_string_lossy();
        if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") {
            cargo.env_remove(name.as_ref());
        }
    }
    cargo
}

/// npm, working in `ui/`.
pub fn npm() -> Command {
    let mut npm = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    npm.current_dir(root().join("ui"));
    npm
}

fn path_with_tools() -> OsString {
    let path = env::var_os("PATH").unwrap_or_default();
    let all = iter::once(tools_dir().join("bin")).chain(env::split_paths(&path));
    env::join_paths(all).unwrap_or(path)
}

/// Finds `name` in this checkout's tools, then on `PATH`.
pub fn find_program(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    iter::once(tools_dir().join("bin"))
        .chain(env::split_paths(&path))
        .map(|folder| folder.join(name).with_extension(env::consts::EXE_EXTENSION))
        .find(|file| file.is_file())
}

/// Shows the command, runs it to its end, and fails unless it succeeded.
pub fn run(command: &mut Command) -> Result {
    let shown = shown(command);
    println!("$ {shown}");
    let status = command.status().map_err(|error| format!("{shown}: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("{shown}: {status}").into()) }
}

/// The command's standard output without the line end, or `None` when it failed or is not there.
pub fn output(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim_end().to_owned())
}

fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_stem().unwrap_or(command.get_program());
    iter::once(program)
        .chain(command.get_args())
        .map(OsStr::to_string_lossy)
        .collect::<Vec<_>>()
        .join(" ")
}

/// A child process that is ended, and waited for, when this value is dropped.
pub struct Running(pub Child);

impl Drop for Running {
    fn drop(&mut self) {
        // Both fail only for a child that has ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
