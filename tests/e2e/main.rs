//! The promises of the main job, kept in the real window, over real HTTP, on a real desktop.
//!
//! Few, because they are slow: what can be shown without a window is shown in the crates. They run
//! in the desktop that `cargo xtask test` makes; without one they fail.

#[cfg(test)]
mod activity;
#[cfg(test)]
mod by_hand;
#[cfg(test)]
mod connect;
#[cfg(test)]
mod crash;
#[cfg(test)]
mod drafts;
#[cfg(test)]
mod keys;
#[cfg(test)]
mod kills;
#[cfg(test)]
mod main_job;
#[cfg(test)]
mod offline;
#[cfg(test)]
mod pause_all;
#[cfg(test)]
mod questions;
#[cfg(test)]
mod reminder;
#[cfg(test)]
mod restart;
#[cfg(test)]
mod services;
#[cfg(test)]
mod storage;
#[cfg(test)]
mod tray;
#[cfg(test)]
mod writing;
