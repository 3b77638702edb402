//! Publora: what it shares with PostPost is tested there; here is what it does in its own way.

mod bench;
mod creates;
mod documents;
mod generations;
mod idempotency;
mod orders;
mod reads;
mod rules;
mod times;
mod updates;
