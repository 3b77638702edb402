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
use crate::faults::What;
use crate::postpost::{self, Twist};
use crate::practice::Practice;
use crate::server::Hangup;

/// Far more than any service's request needs.
const LONGEST_REQUEST: usize = 1024 * 1024;

/// Marks the response of a router called in the process, without a connection that could be cut:
/// the caller must treat such a response as a connection that broke before any answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut;

/// What goes back over the connection.
enum Reply {
    Answer(Answer),
    /// An answer as it is, with its content type and perhaps one more header.
    Raw {
        status: u16,
        content_type: &'static str,
        text: String,
        extra: Option<(header::HeaderName, String)>,
        applied: bool,
    },
    Drip(Drip),
    Cut {
        applied: bool,
    },
}

/// Answers a request to any path outside of `/control`.
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
        let reply = reply(&mut world.postpost, &call, what, now);
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
fn reply(
    postpost: &mut postpost::State,
    call: &Call,
    what: Option<What>,
    now: DateTime<Utc>,
) -> Reply {
    let mut handle = |twist: Twist| {
        if postpost::speaks(&call.path) {
            postpost::answer(postpost, call, now, twist)
        } else {
            Answer::error(404, "Not found")
        }
    };
    let plain = |status, content_type, text: &str| Reply::Raw {
        status,
        content_type,
        text: text.to_owned(),
        extra: None,
        applied: false,
    };
    match what {
        None | Some(What::Delay(_) | What::DelayAfterApplying(_)) => {
            Reply::Answer(handle(Twist::None))
        }
        Some(What::TimeShifted { minutes }) => Reply::Answer(handle(Twist::ShiftTime { minutes })),
        Some(What::StatusIgnored { time_applied }) => {
            Reply::Answer(handle(Twist::IgnoreStatus { time_applied }))
        }
        Some(What::StaleList { seconds }) => Reply::Answer(handle(Twist::StaleList { seconds })),
        Some(What::Unauthorized401) => Reply::Answer(Answer::error(401, "Invalid API key")),
        Some(What::PlanLimit403) => {
            Reply::Answer(Answer::refused(403, postpost::example_limit(now)))
        }
        Some(What::NotFound404) => Reply::Answer(Answer::error(404, "Post group not found")),
        Some(What::Internal500) => Reply::Answer(Answer::error(500, "Internal server error")),
        Some(What::TooMany429 { retry_after_secs }) => Reply::Raw {
            status: 429,
            content_type: "application/json",
            text: r#"{"error":"Too many requests"}"#.to_owned(),
            extra: Some((header::RETRY_AFTER, retry_after_secs.to_string())),
            applied: false,
        },
        Some(What::BadGatewayHtml502) => plain(
            502,
            "text/html",
            "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>",
        ),
        Some(What::Garbage) => plain(200, "text/plain", "What a lovely day for sailing."),
        Some(What::Redirect { to }) => Reply::Raw {
            status: 307,
            content_type: "text/plain",
            text: String::new(),
            extra: Some((header::LOCATION, to)),
            applied: false,
        },
        Some(What::HugeBody { bytes }) => Reply::Drip(Drip::huge(bytes)),
        Some(What::NeverEnding) => Reply::Drip(Drip::never_ending()),
        Some(What::CutBeforeApplying) => Reply::Cut { applied: false },
        Some(What::CutAfterApplying) => Reply::Cut { applied: handle(Twist::None).applied },
        Some(What::Unavailable503AfterApplying) => {
            let applied = handle(Twist::None).applied;
            Reply::Answer(Answer {
                applied,
                ..Answer::error(503, "Service temporarily unavailable")
            })
        }
        Some(What::BadJson) => {
            let answer = handle(Twist::None);
            let mut text = answer.body.to_string();
            let mut half = text.len() / 2;
            while !text.is_char_boundary(half) {
                half -= 1;
            }
            text.truncate(half);
            Reply::Raw {
                status: answer.status,
                content_type: "application/json",
                text,
                extra: None,
                applied: answer.applied,
            }
        }
    }
}

impl Reply {
    /// The status, none when the connection is cut, and whether the call changed anything.
    fn outcome(&self) -> (Option<u16>, bool) {
        match self {
            Self::Answer(answer) => (Some(answer.status), answer.applied),
            Self::Raw { status, applied, .. } => (Some(*status), *applied),
            Self::Drip(_) => (Some(200), false),
            Self::Cut { applied } => (None, *applied),
        }
    }
}

fn respond(reply: Reply, now: DateTime<Utc>) -> Response {
    let (status, content_type, body, extra) = match reply {
        Reply::Answer(answer) => {
            (answer.status, "application/json", Body::from(answer.body.to_string()), None)
        }
        Reply::Raw { status, content_type, text, extra, .. } => {
            (status, content_type, Body::from(text), extra)
        }
        Reply::Drip(drip) => (200, "application/json", Body::new(drip), None),
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
