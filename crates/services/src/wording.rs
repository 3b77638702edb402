//! The errors that adapters word themselves, alike but for their service's name.

use std::fmt;

use http::StatusCode;
use rundown_core::service::ServiceError;
use serde_json::Value;

use crate::answer;

/// Nothing was sent, because it could not be written.
pub fn unsendable(what: impl fmt::Display) -> ServiceError {
    ServiceError::Refused { status: 0, sentence: format!("Nothing was sent: {what}.") }
}

/// Nothing was sent, because no post of this service has such an id.
pub fn foreign_id(service: &str) -> ServiceError {
    ServiceError::Refused {
        status: 0,
        sentence: format!("This post’s id is not one of {service}’s, so nothing was sent."),
    }
}

/// Nothing was sent, because the adapter never gave such a page token.
pub fn foreign_place(service: &str) -> ServiceError {
    unsendable(format!("the place in the list is not one of {service}’s"))
}

/// A list that is not there is no missing post: `what` is not at this address.
pub fn wrong_address(what: &str, error: ServiceError) -> ServiceError {
    match error {
        ServiceError::NotFound { sentence } | ServiceError::Refused { status: 404, sentence } => {
            ServiceError::Refused {
                status: StatusCode::NOT_FOUND.as_u16(),
                sentence: format!("There is no {what} at this server address: {sentence}"),
            }
        }
        other => other,
    }
}

/// A 2xx that is not what was asked for.
pub fn unreadable(reason: impl Into<String>) -> ServiceError {
    ServiceError::Unreadable { reason: reason.into() }
}

/// The sentence of a 2xx by which the service says that it did not do it.
pub fn not_done(service: &str, body: &Value) -> String {
    answer::sentence(body).unwrap_or_else(|| format!("{service} answered that it did not succeed."))
}
