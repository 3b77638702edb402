//! How one request to a service becomes an answer, or what was ordered instead of one.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, header};
use axum::response::Response;
use chrono::{DateTime, Utc};
use hyper::body::Frame;
use tokio::time::{Interval, interval, sleep};

use crate::answer::Answer;
use crate::call::Call;
use crate::dialect::{Dialect, Failure};
use crate::faults::What;
use crate::practice::Practice;
use crate::server::Hangup;
use crate::twist::Twist;
use crate::world::World;

/// Far more than any service's request needs.
const LONGEST_REQUEST: usize = 1024 * 1024;

/// Marks the response of a router called in the process, without a connection that could be cut:
/// the caller must treat such a response as a connection that broke before any answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut;

/// What goes back over the connection.
enum Reply {
    Answer(Answer),
    Raw(Raw),
    Drip(Drip),
    Cut { applied: bool },
}

/// An answer that no dialect gives.
struct Raw {
    status: u16,
    content_type: &'static str,
    text: String,
    location: Option<String>,
    applied: bool,
}

/// Answers a request to any path outside of `/control` and the pictures.
pub(crate) async fn exchange(State(practice): State<Practice>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let hangup = parts.extensions.get::<Hangup>().cloned();
    let Ok(bytes) = to_bytes(body, LONGEST_REQUEST).await else {
        let answer = Answer::error(413, "Request entity too large");
        return respond(Reply::Answer(answer), practice.clock().now());
    };
    let call = Call::new(parts, &bytes);
    let (number, what) = practice.with(|world, now| world.arrive(&call, now));

    if let Some(What::Delay(ms)) = what {
        sleep(Duration::from_millis(ms)).await;
    }
    let late = match what {
        Some(What::DelayAfterApplying(ms)) => Some(Duration::from_millis(ms)),
        _ => None,
    };
    let (reply, now) = practice.with(|world, now| {
        let mut reply = reply(world, &call, what, now);
        if let (Reply::Answer(answer), Some(dialect)) = (&mut reply, world.dialect(&call.path)) {
            // What an answer says itself comes last and holds.
            answer.headers.splice(0..0, dialect.headers(&call, now));
        }
        let (status, applied) = reply.outcome();
        world.note(number, status, applied);
        tracing::debug!(method = call.method, path = call.path, ?status, applied, "answered");
        (reply, now)
    });
    if let Some(late) = late {
        sleep(late).await;
    }
    match (&reply, hangup) {
        (Reply::Cut { .. }, Some(hangup)) => hangup.now().await,
        _ => respond(reply, now),
    }
}

/// Handles the call, with or without what is ordered to go wrong with it.
fn reply(world: &mut World, call: &Call, what: Option<What>, now: DateTime<Utc>) -> Reply {
    let Some(dialect) = world.dialect(&call.path) else {
        return Reply::Answer(Answer::error(404, "Not found"));
    };
    let twisted =
        |dialect: &mut dyn Dialect, twist| Reply::Answer(dialect.answer(call, now, twist));
    let failed = |dialect: &dyn Dialect, failure| Reply::Answer(dialect.failure(failure, now));
    let raw = |status, content_type, text: &str| Raw {
        status,
        content_type,
        text: text.to_owned(),
        location: None,
        applied: false,
    };
    match what {
        None | Some(What::Delay(_) | What::DelayAfterApplying(_)) => twisted(dialect, Twist::None),
        Some(What::TimeShifted { minutes }) => twisted(dialect, Twist::ShiftTime { minutes }),
        Some(What::StatusIgnored { time_applied }) => {
            twisted(dialect, Twist::IgnoreStatus { time_applied })
        }
        Some(What::StaleList { seconds }) => twisted(dialect, Twist::StaleList { seconds }),
        Some(What::Unauthorized401) => failed(dialect, Failure::KeyRefused),
        Some(What::PlanLimit403) => failed(dialect, Failure::PlanLimit),
        Some(What::NotFound404) => failed(dialect, Failure::NotFound),
        Some(What::Internal500) => failed(dialect, Failure::Internal),
        Some(What::TooMany429 { retry_after_secs }) => {
            failed(dialect, Failure::TooMany { retry_after_secs })
        }
        Some(What::BadGatewayHtml502) => Reply::Raw(raw(
            502,
            "text/html",
            "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>",
        )),
        Some(What::Garbage) => Reply::Raw(raw(200, "text/plain", "What a lovely day for sailing.")),
        Some(What::Redirect { to }) => {
            Reply::Raw(Raw { location: Some(to), ..raw(307, "text/plain", "") })
        }
        Some(What::HugeBody { bytes }) => Reply::Drip(Drip::huge(bytes)),
        Some(What::NeverEnding) => Reply::Drip(Drip::never_ending()),
        Some(What::CutBeforeApplying) => Reply::Cut { applied: false },
        Some(What::CutAfterApplying) => {
            Reply::Cut { applied: dialect.answer(call, now, Twist::None).applied }
        }
        Some(What::Unavailable503AfterApplying) => {
            let applied = dialect.answer(call, now, Twist::None).applied;
            Reply::Answer(Answer { applied, ..dialect.failure(Failure::Unavailable, now) })
        }
        Some(What::BadJson) => {
            let answer = dialect.answer(call, now, Twist::None);
            let text = answer.body.to_string();
            let half = text.floor_char_boundary(text.len() / 2);
            let raw = raw(answer.status, "application/json", &text[..half]);
            Reply::Raw(Raw { applied: answer.applied, ..raw })
        }
    }
}

impl Reply {
    /// The status, none when the connection is cut, and whether the call changed anything.
    fn outcome(&self) -> (Option<u16>, bool) {
        match self {
            Self::Answer(answer) => (Some(answer.status), answer.applied),
            Self::Raw(raw) => (Some(raw.status), raw.applied),
            Self::Drip(_) => (Some(200), false),
            Self::Cut { applied } => (None, *applied),
        }
    }
}

fn respond(reply: Reply, now: DateTime<Utc>) -> Response {
    let (status, content_type, body, extra) = match reply {
        Reply::Answer(Answer { status, headers, body, .. }) => {
            (status, "application/json", Body::from(body.to_string()), headers)
        }
        Reply::Raw(Raw { status, content_type, text, location, .. }) => {
            let location = location.map(|to| (header::LOCATION, to));
            (status, content_type, Body::from(text), location.into_iter().collect())
        }
        Reply::Drip(drip) => (200, "application/json", Body::new(drip), Vec::new()),
        Reply::Cut { .. } => {
            let mut response = Response::new(Body::empty());
            response.extensions_mut().insert(Cut);
            return response;
        }
    };
    let mut response = Response::new(body);
    if let Ok(status) = axum::http::StatusCode::from_u16(status) {
        *response.status_mut() = status;
    }
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    let date = now.format("%a, %d %b %Y %H:%M:%S GMT").to_string();
    for (name, value) in [(header::DATE, date)].into_iter().chain(extra) {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(name, value);
        }
    }
    response
}

/// A body that comes in chunks of unknown number: far too many at once, or a few bytes for ever.
#[derive(Debug)]
struct Drip {
    /// Chunks that are still to come, the last one first; when empty, the body ends.
    parts: Vec<(Bytes, u64)>,
    pace: Option<Interval>,
}

impl Drip {
    fn huge(bytes: u64) -> Self {
        const CHUNK: usize = 64 * 1024;
        let padding = Bytes::from(vec![b'x'; CHUNK]);
        let open = Bytes::from_static(br#"{"success":true,"posts":[],"padding":""#);
        let close = Bytes::from_static(br#""}"#);
        let chunks = bytes.div_ceil(CHUNK as u64);
        Self { parts: vec![(close, 1), (padding, chunks), (open, 1)], pace: None }
    }

    fn never_ending() -> Self {
        let open = Bytes::from_static(br#"{"success":true,"posts":["#);
        let drop = Bytes::from_static(b"    ");
        let pace = Some(interval(Duration::from_millis(50)));
        Self { parts: vec![(drop, u64::MAX), (open, 1)], pace }
    }
}

impl HttpBody for Drip {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if let Some(pace) = &mut self.pace
            && pace.poll_tick(context).is_pending()
        {
            return Poll::Pending;
        }
        while let Some((bytes, left)) = self.parts.last_mut() {
            if *left > 0 {
                *left -= 1;
                return Poll::Ready(Some(Ok(Frame::data(bytes.clone()))));
            }
            self.parts.pop();
        }
        Poll::Ready(None)
    }
}
