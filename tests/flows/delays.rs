//! Requests that are held up on the way: their sender hears that the connection was cut, and they
//! arrive a while later all the same.

use std::sync::Mutex;

use chrono::{DateTime, TimeDelta, Utc};
use http::{HeaderValue, Request};
use serde_json::Value;

/// A time that has come meanwhile is not delivered: no client can take back what is on its way.
const LEAD: TimeDelta = TimeDelta::minutes(2);
/// By this header a request that was held up can be told in the record.
pub const HELD_UP: &str = "x-held-up";
/// Where the services expect the time of a post.
pub const TIMES: [&str; 3] = ["scheduledTime", "scheduledAt", "scheduled_for"];

/// A request, and when it arrives.
type HeldUp = (DateTime<Utc>, Request<Vec<u8>>);

#[derive(Default)]
pub struct Delays {
    next: Mutex<Option<TimeDelta>>,
    held_up: Mutex<Vec<HeldUp>>,
}

impl Delays {
    /// The next write that may be repeated arrives so much later.
    pub fn order(&self, by: TimeDelta) {
        *self.next.lock().unwrap() = Some(by);
    }

    /// Nothing more is to be held up.
    pub fn clear(&self) {
        *self.next.lock().unwrap() = None;
    }

    /// Holds the request up, where one was to be; says whether it did.
    pub fn hold_up(&self, request: &Request<Vec<u8>>, now: DateTime<Utc>) -> bool {
        let is_write = ["PUT", "PATCH"].contains(&request.method().as_str());
        if !is_write && !is_creation(request) {
            return false;
        }
        let Some(by) = self.next.lock().unwrap().take() else { return false };
        let mut request = request.clone();
        request.headers_mut().insert(HELD_UP, HeaderValue::from_static("yes"));
        self.held_up.lock().unwrap().push((now + by, request));
        true
    }

    /// What has arrived by now.
    pub fn arrived(&self, now: DateTime<Utc>) -> Vec<Request<Vec<u8>>> {
        let mut held_up = self.held_up.lock().unwrap();
        let (arrived, rest): (Vec<_>, Vec<_>) =
            std::mem::take(&mut *held_up).into_iter().partition(|(at, _)| *at <= now);
        *held_up = rest;
        let arrived = arrived.into_iter().map(|(_, request)| request);
        arrived.filter(|request| time_of(request).is_none_or(|time| time > now + LEAD)).collect()
    }
}

/// Whether a request makes a new post.
fn is_creation(request: &Request<Vec<u8>>) -> bool {
    let path = request.uri().path();
    request.method() == "POST" && (path.ends_with("/create-post") || path.ends_with("/posts"))
}

fn time_of(request: &Request<Vec<u8>>) -> Option<DateTime<Utc>> {
    let body: Value = serde_json::from_slice(request.body()).ok()?;
    TIMES.into_iter().find_map(|name| body.get(name)?.as_str()?.parse().ok())
}
