//! Staying in step with a service: one lane for each account, and what it pulls.

mod ahead;
mod asking;
mod budget;
mod clocks;
mod lane;
mod opening;
mod progress;
mod pull;
mod pulls;
mod quotas;
#[cfg(test)]
mod tests;
mod watchdog;

pub(crate) use asking::urgency_of;
pub(crate) use budget::Urgency;
pub(crate) use lane::{Lane, LaneHandle, Live, slept};
pub(crate) use pull::Asked;
pub(crate) use quotas::{Quota, Quotas};
