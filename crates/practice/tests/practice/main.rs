//! The practice server over real HTTP: what it answers, publishes, records and breaks.

#![expect(clippy::unwrap_used, reason = "clippy's allowance for tests stops at their helpers")]

mod documents;
mod faults;
mod kit;
mod limits;
mod lists;
mod orders;
mod postato;
mod posteverywhere;
mod program;
mod publishing;
mod publora;
mod rules;
mod writes;
