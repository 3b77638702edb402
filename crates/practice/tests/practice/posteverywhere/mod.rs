//! PostEverywhere: what it answers, publishes and records, under each of its behaviours.

mod destinations;
mod documents;
mod drafts;
mod envelope;
mod faults;
mod kit;
mod limits;
mod lists;
mod orders;
mod publishing;
mod rules;
mod settings;
mod writes;
