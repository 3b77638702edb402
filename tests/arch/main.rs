//! The architecture's rules as tests: who may depend on whom, and what may stand where.
//!
//! `ARCHITECTURE.md` says why each rule is there. A rule is a function from a source text to
//! findings, so that every rule is also tried on a text that breaks it.

#[cfg(test)]
mod crates;
#[cfg(test)]
mod files;
#[cfg(test)]
mod readme;
#[cfg(test)]
mod secrets;
#[cfg(test)]
mod shell;
#[cfg(test)]
mod sources;
#[cfg(test)]
mod tree;
