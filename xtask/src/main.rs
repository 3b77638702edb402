//! `cargo xtask`: one way to run, try, check and test Rundown, on a developer's machine as in CI.
//!
//! It has no dependencies, because it is the first thing a newcomer waits for. Whatever a command
//! needs and does not find, it installs first (`setup`), so there is no list of steps to follow.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command-line tool speaks here")]

mod app;
mod apt;
mod bench;
mod bindings;
mod check;
mod command;
mod demo;
mod desktop;
mod setup;
mod simulate;
mod test;

use std::{env, process::ExitCode};

use command::Result;
use setup::Consent;

const USAGE: &str = "\
cargo xtask <command>

  run                 Rundown, with your own profile
  demo                Rundown on a practice server, with a profile that is thrown away
    --headless        in a desktop of its own, with a picture in target/demo.png
  test [filter…]      every test; the real window gets a desktop of its own
                      (a filter goes to nextest and leaves the UI's own tests out)
  check [--fix]       formatting, lints, arrows, docs, licences, UI; --fix mends what it can
  bindings [--check]  write ui/src/host/bindings.ts from the Rust commands, or compare it
  build               the optimised app, in target/release
  simulate            a run of everything that can go wrong, by its seed
    --seeds N         so many of them; --seed S begins with that one
    --mutants         each guard broken on purpose, to show that a run notices
    --kills N         the real app, killed so often while it sends a hundred changes
    --soak N          so many changes in one run, with what memory and disk come to
  bench [name…]       how fast it is, as a table: window, queue, reschedule, week, chromium, webkit

  --yes               agree to installing what is missing (so does CI=true)";

fn main() -> ExitCode {
    let mut words: Vec<String> = env::args().skip(1).collect();
    if words.first().is_some_and(|word| word == desktop::INSIDE) {
        return desktop::serve_inside(&words[1..]);
    }
    let consent = Consent::from_flag(take_flag(&mut words, "--yes"));
    let command = if words.is_empty() { String::new() } else { words.remove(0) };
    match dispatch(&command, words, consent) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\n{error}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(command: &str, mut words: Vec<String>, consent: Consent) -> Result {
    match command {
        "run" => nothing_more(&words).and_then(|()| app::run(consent)),
        "demo" => {
            let headless = take_flag(&mut words, "--headless");
            nothing_more(&words)?;
            if headless { demo::take_picture(consent) } else { demo::open(consent) }
        }
        "test" => test::run(&words, consent),
        "check" => {
            let mode =
                if take_flag(&mut words, "--fix") { check::Mode::Fix } else { check::Mode::Report };
            nothing_more(&words).and_then(|()| check::run(mode, consent))
        }
        "bindings" => {
            let compare = take_flag(&mut words, "--check");
            nothing_more(&words)?;
            setup::prepare(bindings::NEEDS, consent)?;
            app::build_ui()?;
            if compare { bindings::compare() } else { bindings::write() }
        }
        "bench" => bench::run(&words, consent),
        "simulate" => simulate::run(&mut words, consent),
        "build" => nothing_more(&words).and_then(|()| app::build_release(consent)),
        "" | "help" | "-h" | "--help" => {
            println!("{USAGE}");
            Ok(())
        }
        unknown => Err(format!("There is no command “{unknown}”.\n\n{USAGE}").into()),
    }
}

/// Removes `flag` from the words and says whether it was there.
fn take_flag(words: &mut Vec<String>, flag: &str) -> bool {
    let before = words.len();
    words.retain(|word| word != flag);
    words.len() < before
}

fn nothing_more(words: &[String]) -> Result {
    match words.first() {
        Some(word) => Err(format!("“{word}” means nothing here.\n\n{USAGE}").into()),
        None => Ok(()),
    }
}
