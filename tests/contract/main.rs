//! Every adapter against the practice server: what it sends is what the documents say, and what it
//! makes of each answer is what the outbox relies on.
//!
//! `suite` has the cases that hold for every service, each run over real HTTP and in the process; a
//! service joins with a [`bench::Dialect`] and one line below. Its own cases stand in its own file.
//! Every case ends by asserting that the practice server has seen nothing that no client should send.

#[cfg(test)]
mod bench;
#[cfg(test)]
mod demo;
#[cfg(test)]
mod family;
#[cfg(test)]
mod network;
#[cfg(test)]
mod postato;
#[cfg(test)]
mod posteverywhere;
#[cfg(test)]
mod postpost;
#[cfg(test)]
mod publora;
#[cfg(test)]
mod suite;
#[cfg(test)]
mod writing;

#[cfg(test)]
suite::every_case!(every_service_does_at_postpost, crate::postpost::PostPost);
#[cfg(test)]
suite::every_case!(every_service_does_at_publora, crate::publora::Publora);
#[cfg(test)]
suite::every_case!(every_service_does_at_postato, crate::postato::Postato);
#[cfg(test)]
suite::every_case!(every_service_does_at_posteverywhere, crate::posteverywhere::PostEverywhere);
