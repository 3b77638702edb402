//! Staying in step with a service: one lane for each account, and what it pulls.

mod ahead;
mod budget;
mod lane;
mod progress;
mod pull;
mod pulls;
#[cfg(test)]
mod tests;

pub(crate) use lane::{Lane, LaneHandle, Live, slept};
pub(crate) use pull::Asked;
