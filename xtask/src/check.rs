//! Everything that is wrong without running the app: each step in turn, and all that failed.

use std::time::{Duration, Instant};

use crate::{
    app::{self, EMBED_UI},
    bindings,
    command::{Result, cargo, npm, run as run_to_end},
    setup::{self, Consent, DENY, MACHETE, Need},
};

/// Whether to mend what can be mended.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Only say what is wrong.
    Report,
    /// Mend it, and say what is left.
    Fix,
}

/// A step's name and what it does.
type Step = (&'static str, fn(Mode) -> Result);

/// The quick ones first. `ui build` comes before everything that compiles the shell, which embeds
/// the built UI.
const STEPS: &[Step] = &[
    ("formatting", formatting),
    ("ui", ui),
    ("ui build", |_| app::build_ui()),
    ("licences and sources", |_| {
        run_to_end(cargo().args(["deny", "--workspace", "check", "bans", "licenses", "sources"]))
    }),
    ("unused dependencies", |_| run_to_end(cargo().arg("machete"))),
    ("lints", lints),
    ("docs", docs),
    ("arrows", |_| {
        run_to_end(
            cargo().args(["nextest", "run", "--workspace", "-E", "binary(arch)"]).args(EMBED_UI),
        )
    }),
    ("bindings", |mode| match mode {
        Mode::Report => bindings::compare(),
        Mode::Fix => bindings::write(),
    }),
];

/// Runs all steps, whatever fails, and then says how each went.
pub fn run(mode: Mode, consent: Consent) -> Result {
    let needs = [bindings::NEEDS, &[Need::Tool(DENY), Need::Tool(MACHETE)]].concat();
    setup::prepare(&needs, consent)?;

    let mut report = String::from("\n");
    let mut failed = Vec::new();
    for (name, step) in STEPS {
        println!("\n--- {name}");
        let started = Instant::now();
        let outcome = step(mode);
        let verdict = if outcome.is_ok() { "ok" } else { "FAILED" };
        report += &format!("{verdict:6} {name:22} {}\n", seconds(started.elapsed()));
        if let Err(error) = outcome {
            println!("{error}");
            failed.push(*name);
        }
    }
    print!("{report}");
    if failed.is_empty() { Ok(()) } else { Err(format!("Failed: {}", failed.join(", ")).into()) }
}

fn formatting(mode: Mode) -> Result {
    let mut format = cargo();
    format.args(["fmt", "--all"]);
    if mode == Mode::Report {
        format.arg("--check");
    }
    run_to_end(&mut format)
}

fn ui(mode: Mode) -> Result {
    if mode == Mode::Fix {
        run_to_end(npm().args(["exec", "--", "prettier", "--write", "."]))?;
        run_to_end(npm().args(["exec", "--", "eslint", "--fix", "."]))?;
    }
    run_to_end(npm().args(["run", "check"]))
}

fn lints(mode: Mode) -> Result {
    let mut clippy = cargo();
    clippy.arg("clippy");
    if mode == Mode::Fix {
        clippy.args(["--fix", "--allow-dirty", "--allow-staged"]);
    }
    run_to_end(
        clippy.args(["--workspace", "--all-targets"]).args(EMBED_UI).args(["--", "-D", "warnings"]),
    )
}

fn docs(_: Mode) -> Result {
    run_to_end(
        cargo()
            .args(["doc", "--workspace", "--no-deps"])
            .args(EMBED_UI)
            .env("RUSTDOCFLAGS", "-D warnings"),
    )
}

fn seconds(duration: Duration) -> String {
    format!("{:6.1} s", duration.as_secs_f64())
}
