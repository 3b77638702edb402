//! The simulation: seeds as long as wanted, guards broken on purpose, the real app killed, a soak.

use crate::{
    app::{self, EMBED_UI},
    command::{Result, cargo, run as run_to_end},
    desktop,
    setup::{self, Consent, NEXTEST, Need, TAURI_DRIVER},
    take_flag,
};

/// The simulation is in `tests/flows/simulation`. Optimised: it is about how many seeds there are.
const FLOWS: [&str; 6] = ["test", "--release", "-p", "rundown-tests", "--test", "flows"];
const HOW: [&str; 4] = ["--", "--ignored", "--exact", "--nocapture"];

/// Runs what the flags ask for.
pub fn run(words: &mut Vec<String>, consent: Consent) -> Result {
    let breaks_guards = take_flag(words, "--mutants");
    let seeds = take_number(words, "--seeds")?;
    let seed = take_number(words, "--seed")?;
    let kills = take_number(words, "--kills")?;
    let soak = take_number(words, "--soak")?;
    if let Some(word) = words.first() {
        return Err(format!("“{word}” means nothing to simulate.").into());
    }
    if let Some(kills) = kills {
        return kill(kills, consent);
    }
    let mut command = cargo();
    command.args(FLOWS);
    if breaks_guards {
        command.args(["--features", "mutants"]).args(HOW);
        command.arg("simulation::every_broken_guard_is_noticed");
    } else if let Some(changes) = soak {
        command.args(HOW).arg("soak::many_changes_leave_memory_flat_and_the_database_bounded");
        command.env("RUNDOWN_CHANGES", changes.to_string());
    } else {
        command.args(HOW).arg("simulation::as_many_seeds_as_wanted");
    }
    if let Some(seed) = seed {
        command.env("RUNDOWN_SEED", seed.to_string());
    }
    if let Some(seeds) = seeds {
        command.env("RUNDOWN_SEEDS", seeds.to_string());
    }
    run_to_end(&mut command)
}

/// Kills the real app so often while it sends a hundred changes.
fn kill(kills: u64, consent: Consent) -> Result {
    let of_its_own = [Need::Tool(NEXTEST), Need::TestDesktop, Need::Tool(TAURI_DRIVER)];
    setup::prepare(&[app::NEEDS, &of_its_own].concat(), consent)?;
    app::build_workspace(&["--tests"])?;
    desktop::run_inside(
        cargo()
            .args(["nextest", "run", "--workspace", "--no-capture"])
            .args(EMBED_UI)
            .arg("kills::")
            .envs(desktop::programs()?)
            .env("RUNDOWN_KILLS", kills.to_string()),
    )
}

/// Removes `flag` and the number after it from the words.
fn take_number(words: &mut Vec<String>, flag: &str) -> Result<Option<u64>> {
    let Some(place) = words.iter().position(|word| word == flag) else { return Ok(None) };
    words.remove(place);
    if place == words.len() {
        return Err(format!("{flag} needs a number.").into());
    }
    let number = words.remove(place);
    number.parse().map(Some).map_err(|_| format!("{flag} needs a number, not “{number}”.").into())
}

#[cfg(test)]
mod tests {
    use super::take_number;

    #[test]
    fn a_number_is_taken_with_its_flag() {
        let mut words = ["--seeds", "12", "rest"].map(str::to_owned).to_vec();
        assert_eq!(take_number(&mut words, "--seeds").unwrap(), Some(12));
        assert_eq!(words, ["rest"]);
        assert_eq!(take_number(&mut words, "--seed").unwrap(), None);
        assert!(take_number(&mut vec!["--seed".to_owned()], "--seed").is_err());
        assert!(take_number(&mut ["--seed", "x"].map(str::to_owned).to_vec(), "--seed").is_err());
    }
}
