//! The practice server as a program: `rundown-practice --port N [--seed demo]`.
//!
//! Prints one line of JSON when it is ready, and serves until it is told to end by SIGTERM, by
//! ctrl-c, or by its standard input being closed, so that it never outlives what started it.

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, SocketAddr};
use std::process::ExitCode;

use rundown_practice::{Clock, PICTURES, Practice, seed};
use serde_json::json;
use tokio::sync::oneshot;

const USAGE: &str = "usage: rundown-practice [--port N] [--seed demo]";

#[derive(Debug, Default, PartialEq, Eq)]
struct Options {
    /// 0 picks a free one.
    port: u16,
    demo: bool,
}

fn parse(mut args: impl Iterator<Item = String>) -> Result<Options, String> {
    let mut options = Options::default();
    while let Some(name) = args.next() {
        let value = args.next().ok_or_else(|| format!("{name} needs a value"))?;
        match (name.as_str(), value.as_str()) {
            ("--port", port) => {
                options.port = port.parse().map_err(|_| format!("{port} is no port"))?;
            }
            ("--seed", "demo") => options.demo = true,
            ("--seed", other) => return Err(format!("there is no seed called {other}")),
            (other, _) => return Err(format!("{other} is not an option")),
        }
    }
    Ok(options)
}

#[tokio::main]
async fn main() -> ExitCode {
    let ended = match parse(std::env::args().skip(1)) {
        Ok(options) => run(options).await.map_err(|error| error.to_string()),
        Err(error) => Err(format!("{error}\n{USAGE}")),
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "{error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(options: Options) -> io::Result<()> {
    let practice = Practice::new(Clock::system());
    let addr = SocketAddr::from((Ipv4Addr::LOCALHOST, options.port));
    // Before anyone is told that it is ready, and may tell it to end.
    let told_to_end = told_to_end()?;
    let running = practice.serve(addr).await?;
    let accounts = match options.demo {
        true => seed::demo(&practice, practice.clock().now(), &running.url(PICTURES)),
        false => Vec::new(),
    };
    let accounts = accounts.iter().map(|account| {
        json!({
            "service": account.service,
            "baseUrl": running.url(account.base),
            "label": account.label,
            "key": account.key,
            "workspace": account.workspace.map(|one| json!({ "id": one.id, "name": one.name })),
        })
    });
    let ready = json!({
        "controlUrl": running.url("/control"),
        "accounts": accounts.collect::<Vec<_>>(),
    });
    let mut stdout = io::stdout();
    writeln!(stdout, "{ready}")?;
    stdout.flush()?;

    tokio::select! {
        () = told_to_end => {}
        () = stdin_closed() => {}
    }
    running.stop().await;
    Ok(())
}

/// Listens for SIGTERM and ctrl-c from the call on.
#[cfg(unix)]
fn told_to_end() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Listens for ctrl-c from the call on.
#[cfg(windows)]
fn told_to_end() -> io::Result<impl Future<Output = ()>> {
    let mut interrupt = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        interrupt.recv().await;
    })
}

/// A thread reads, since tokio's own reading of stdin would keep the process from ending.
async fn stdin_closed() {
    let (closed, wait) = oneshot::channel::<()>();
    std::thread::spawn(move || {
        let mut input = io::stdin().lock();
        let mut some = [0; 256];
        while matches!(input.read(&mut some), Ok(read) if read > 0) {}
        drop(closed);
    });
    let _ = wait.await;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Options, String> {
        parse(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn options_are_read_and_anything_else_is_refused() {
        assert_eq!(parsed(""), Ok(Options::default()));
        assert_eq!(parsed("--port 4100 --seed demo"), Ok(Options { port: 4100, demo: true }));
        for wrong in ["--port", "--port x", "--seed other", "--verbose yes"] {
            assert!(parsed(wrong).is_err(), "{wrong}");
        }
    }
}
