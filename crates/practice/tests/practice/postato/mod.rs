//! Postato, under one reading of its documents after another.

mod documents;
mod faults;
mod kit;
mod lists;
mod orders;
mod publishing;
mod readings;
mod rules;
mod updates;
mod writes;
