//! What a user does and what comes of it: the app without a screen on a real database, the real
//! adapter, and the practice server in the same process on a clock that the test moves.

#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "all of it is tests; clippy knows only those marked so by the standard library"
)]

mod accounts;
mod activity;
mod behind;
mod budget;
mod by_hand;
mod clocks;
mod conflicts;
mod delays;
mod desk;
mod disk;
mod editing;
mod faults;
mod health;
mod keys;
mod offices;
mod offline;
mod pacing;
mod pauses;
mod pull;
mod reminders;
mod services;
mod simulation;
mod soak;
mod steps;
mod storms;
mod stuck;
mod texts;
mod undo;
mod watchdog;
mod writing;
