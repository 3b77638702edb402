//! A simulation: everything that can happen, in an order that chance chooses, and after each run the
//! five promises are checked. One seed always goes the same way, to the byte of its trace: one
//! thread, tokio's paused clock, the store called in line, the services in the same process.
//!
//! `cargo xtask simulate --seeds N` runs as many as wanted; a failing seed is named with the command
//! that runs it again. What a user can do is listed in [`actions`], what goes wrong in [`faults`].

mod actions;
mod checks;
mod corners;
mod faults;
mod history;
mod readings;
mod truth;
mod world;

use std::panic::{AssertUnwindSafe, catch_unwind};

use world::World;

/// How many steps a run has.
const STEPS: u32 = 60;
/// How many runs CI makes: a few thousand steps.
const RUNS_IN_CI: u64 = 34;

/// Runs one seed; answers what happened, line by line. Panics where a promise is broken.
fn run(seed: u64) -> Vec<String> {
    fastrand::seed(seed);
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
    runtime.unwrap().block_on(async {
        let mut world = World::begin(seed).await;
        for _ in 0..STEPS {
            world.step().await;
        }
        world.come_to_rest().await;
        world.check();
        world.trace()
    })
}

/// Runs a seed; where it breaks a promise, says which and how to run it again.
fn hold(seed: u64) -> Result<(), String> {
    catch_unwind(AssertUnwindSafe(|| run(seed))).map(drop).map_err(|panic| {
        let said = panic.downcast_ref::<String>().cloned();
        let said = said.or_else(|| panic.downcast_ref::<&str>().map(|said| (*said).to_owned()));
        format!(
            "seed {seed} broke a promise: {}\nRun it again: cargo xtask simulate --seed {seed}",
            said.unwrap_or_default()
        )
    })
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().expect("a number"))
}

#[test]
fn whatever_happens_every_promise_is_kept() {
    let broken: Vec<_> = (0..RUNS_IN_CI).filter_map(|seed| hold(seed).err()).collect();
    assert!(broken.is_empty(), "{}", broken.join("\n\n"));
}

#[test]
fn a_seed_goes_the_same_way_each_time() {
    for seed in [3, 7] {
        let (first, second) = (run(seed), run(seed));
        for (number, (one, other)) in first.iter().zip(&second).enumerate() {
            assert_eq!(one, other, "seed {seed}, line {number}");
        }
        assert_eq!(first.len(), second.len());
        assert!(first.len() > 60, "something happened");
    }
}

/// Breaks each guard by itself and shows that some seed notices: `cargo xtask simulate --mutants`.
#[cfg(feature = "mutants")]
#[test]
#[ignore = "minutes: cargo xtask simulate --mutants"]
fn every_broken_guard_is_noticed() {
    let seeds = number("RUNDOWN_SEEDS").unwrap_or(400);
    let mut unnoticed = Vec::new();
    let only = std::env::var("RUNDOWN_GUARD").ok();
    let is_wanted = |guard: &rundown_core::Guard| {
        only.as_ref().is_none_or(|name| format!("{guard:?}") == *name)
    };
    for guard in rundown_core::Guard::ALL.into_iter().filter(is_wanted) {
        rundown_core::break_guard(Some(guard));
        let noticed = (0..seeds).find_map(|seed| Some((seed, hold(seed).err()?)));
        rundown_core::break_guard(None);
        match noticed {
            Some((seed, said)) => {
                let said = said.split_once(": ").map_or("", |(_, said)| said);
                let said = said.lines().next().unwrap_or_default();
                println!("{guard:?} broken: seed {seed} says: {}", &said[..said.len().min(90)]);
            }
            None => unnoticed.push(guard),
        }
    }
    assert!(unnoticed.is_empty(), "{seeds} seeds noticed nothing of {unnoticed:?}");
}

/// What `cargo xtask simulate` runs.
#[test]
#[ignore = "as long as wanted: cargo xtask simulate"]
fn as_many_seeds_as_wanted() {
    let from = number("RUNDOWN_SEED").unwrap_or(0);
    let seeds = number("RUNDOWN_SEEDS").unwrap_or(1);
    let mut broken = 0;
    for seed in from..from + seeds {
        if let Err(said) = hold(seed) {
            broken += 1;
            println!("{said}\n");
        }
    }
    if seeds == 1 && broken == 0 {
        println!("{}", run(from).join("\n"));
    }
    println!("{seeds} seeds of {STEPS} steps from {from}: {broken} broke a promise");
    assert_eq!(broken, 0);
}
