//! The control address: the power of [`Practice`] and of its services' handles over HTTP.
//!
//! Bodies are JSON with the field names of the Rust types in camel case. Orders answer 204, those
//! that name an unknown user or post 404.
//!
//! | | |
//! |---|---|
//! | `POST /control/faults` | a [`Fault`]: `{"on": {"method": "PUT"}, "times": 1, "what": {"delay": 500}}` |
//! | `DELETE /control/faults` | none is to happen any more |
//! | `GET`, `DELETE /control/requests` | the record; forget it |
//! | `GET /control/violations` | what no client should send |
//! | `POST /control/tick` | publish what is due |
//! | `POST /control/clock` | `{"set": time}` or `{"advanceSeconds": n}`; answers `{"now"}` |
//!
//! Each service has its own below its name; those of `postpost` and `publora` are in [`family`],
//! those of `postato` and `posteverywhere` in modules of these names.

mod family;
mod postato;
mod posteverywhere;

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::faults::Fault;
use crate::practice::Practice;
use crate::record::Recorded;
use crate::violations::Violation;
use crate::{postpost, publora};

pub(crate) fn router() -> Router<Practice> {
    Router::new()
        .route("/faults", post(order_fault).delete(clear_faults))
        .route("/requests", get(requests).delete(clear_requests))
        .route("/violations", get(violations))
        .route("/tick", post(tick))
        .route("/clock", post(move_clock))
        .nest("/postpost", family::router::<postpost::Quirks>())
        .nest("/publora", family::router::<publora::Quirks>())
        .nest("/postato", postato::router())
        .nest("/posteverywhere", posteverywhere::router())
}

const DONE: StatusCode = StatusCode::NO_CONTENT;

/// 404 unless what an order names is there.
fn found(found: bool) -> StatusCode {
    if found { DONE } else { StatusCode::NOT_FOUND }
}

async fn order_fault(State(practice): State<Practice>, Json(fault): Json<Fault>) -> StatusCode {
    practice.fault(fault);
    DONE
}

async fn clear_faults(State(practice): State<Practice>) -> StatusCode {
    practice.clear_faults();
    DONE
}

async fn requests(State(practice): State<Practice>) -> Json<Vec<Recorded>> {
    Json(practice.requests())
}

async fn clear_requests(State(practice): State<Practice>) -> StatusCode {
    practice.clear_requests();
    DONE
}

async fn violations(State(practice): State<Practice>) -> Json<Vec<Violation>> {
    Json(practice.violations())
}

async fn tick(State(practice): State<Practice>) -> StatusCode {
    practice.tick();
    DONE
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
enum MoveClock {
    Set(DateTime<Utc>),
    AdvanceSeconds(i64),
}

async fn move_clock(State(practice): State<Practice>, Json(order): Json<MoveClock>) -> Json<Value> {
    match order {
        MoveClock::Set(to) => practice.clock().set(to),
        MoveClock::AdvanceSeconds(seconds) => {
            practice.clock().advance(TimeDelta::seconds(seconds));
        }
    }
    Json(json!({ "now": practice.clock().now() }))
}
