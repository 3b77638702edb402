//! Staying in step with a service: one lane for each account, and what it pulls.

mod ahead;
mod budget;
mod clocks;
mod lane;
mod opening;
mod progress;
mod pull;
mod pulls;
#[cfg(test)]
mod tests;
mod watchdog;

pub(crate) use lane::{Lane, LaneHandle, Live, slept};
pub(crate) use pull::Asked;
