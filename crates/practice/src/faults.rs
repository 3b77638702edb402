//! Faults on order: what goes wrong, on which requests, and how often.

use serde::{Deserialize, Serialize};

use crate::call::Call;

/// An order to misbehave. Of several that match a request, the one ordered first is taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Fault {
    /// Which requests; all of them by default.
    #[serde(default)]
    pub on: Match,
    /// How often; once by default.
    #[serde(default)]
    pub times: Times,
    /// What happens to them.
    pub what: What,
}

impl Fault {
    /// The next request that matches.
    pub fn once(on: Match, what: What) -> Self {
        Self { on, times: Times::Next(1), what }
    }

    /// Every request that matches, until the faults are cleared.
    pub fn always(on: Match, what: What) -> Self {
        Self { on, times: Times::Always, what }
    }
}

/// Which requests a fault is for. What is absent matches everything.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Match {
    /// The method, in capitals: `PUT`.
    pub method: Option<String>,
    /// A part of the path: `list-posts`.
    pub path_contains: Option<String>,
    /// The id of the post that the path names.
    pub post: Option<String>,
    /// The API key of one account.
    pub key: Option<String>,
}

impl Match {
    /// Every request.
    pub fn any() -> Self {
        Self::default()
    }

    /// Requests of one method, such as `PUT`.
    pub fn method(method: &str) -> Self {
        Self { method: Some(method.to_owned()), ..Self::default() }
    }

    /// Requests whose path contains `part`.
    pub fn path(part: &str) -> Self {
        Self { path_contains: Some(part.to_owned()), ..Self::default() }
    }

    /// The same, for one post only.
    pub fn of_post(mut self, id: &str) -> Self {
        self.post = Some(id.to_owned());
        self
    }

    /// The same, for one account only.
    pub fn of_key(mut self, key: &str) -> Self {
        self.key = Some(key.to_owned());
        self
    }

    fn covers(&self, call: &Call, key: Option<&str>) -> bool {
        let holds =
            |wish: &Option<String>, test: &dyn Fn(&str) -> bool| wish.as_deref().is_none_or(test);
        holds(&self.method, &|method| call.method.eq_ignore_ascii_case(method))
            && holds(&self.path_contains, &|part| call.path.contains(part))
            && holds(&self.post, &|id| call.path.split('/').any(|segment| segment == id))
            && holds(&self.key, &|wanted| key == Some(wanted))
    }
}

/// How often a fault happens. In JSON a number or `"always"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Times {
    /// Until the faults are cleared.
    Always,
    /// The next so many matching requests.
    #[serde(untagged)]
    Next(u32),
}

impl Default for Times {
    fn default() -> Self {
        Self::Next(1)
    }
}

/// What goes wrong. "Applied" says whether a write takes effect all the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum What {
    /// So many milliseconds pass, then the request is handled as usual. Not applied if the client
    /// hangs up first.
    Delay(u64),
    /// Applied at once, answered as usual so many milliseconds later.
    DelayAfterApplying(u64),
    /// 401: no account has this key. Not applied.
    Unauthorized401,
    /// 403: a limit of the plan, with all that the service tells of one. Not applied.
    PlanLimit403,
    /// 404: there is no such post. Not applied.
    NotFound404,
    /// 429 with `Retry-After`. Not applied.
    TooMany429 {
        /// The value of `Retry-After`, in seconds.
        retry_after_secs: u64,
    },
    /// 500 `Internal server error`. Not applied.
    Internal500,
    /// 502 with a proxy's HTML page. Not applied.
    BadGatewayHtml502,
    /// 503, and the write was applied.
    Unavailable503AfterApplying,
    /// The usual answer as JSON, broken off in the middle. Applied.
    BadJson,
    /// The connection is closed without an answer. Not applied.
    CutBeforeApplying,
    /// The connection is closed without an answer. Applied.
    CutAfterApplying,
    /// A write's time is moved by so many minutes, stored and answered so. Writes only.
    TimeShifted {
        /// Later if positive.
        minutes: i64,
    },
    /// An update is answered with 200 and the status that the post had before. Updates only.
    StatusIgnored {
        /// Whether the update's time is taken over.
        time_applied: bool,
    },
    /// A write is applied, but lists show what was before for so many seconds. Writes only.
    StaleList {
        /// By the practice clock.
        seconds: u64,
    },
    /// 200 with a well-formed JSON body of at least so many bytes, in chunks. Not applied.
    HugeBody {
        /// 10 MB is 10 000 000.
        bytes: u64,
    },
    /// 200, and a body that drips a few bytes 20 times a second for ever. Not applied.
    NeverEnding,
    /// 200 with text that is not JSON. Not applied.
    Garbage,
    /// 307 to another address. Not applied.
    Redirect {
        /// The value of `Location`.
        to: String,
    },
}

impl What {
    /// Whether this can happen to a request of that method.
    fn can_happen_to(&self, method: &str) -> bool {
        match self {
            Self::TimeShifted { .. } | Self::StaleList { .. } => method != "GET",
            Self::StatusIgnored { .. } => matches!(method, "PUT" | "PATCH"),
            _ => true,
        }
    }
}

/// The faults that are still to happen.
#[derive(Debug, Default)]
pub(crate) struct Faults(Vec<Fault>);

impl Faults {
    pub fn order(&mut self, fault: Fault) {
        self.0.push(fault);
    }

    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// The fault for this call, which is then one nearer to its end.
    pub fn take(&mut self, call: &Call, key: Option<&str>) -> Option<What> {
        let at = self.0.iter().position(|fault| {
            fault.times != Times::Next(0)
                && fault.what.can_happen_to(&call.method)
                && fault.on.covers(call, key)
        })?;
        let what = self.0[at].what.clone();
        if let Times::Next(left) = &mut self.0[at].times {
            *left -= 1;
            if *left == 0 {
                self.0.remove(at);
            }
        }
        Some(what)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(method: &str, path: &str) -> Call {
        let request = axum::http::Request::builder().method(method).uri(path).body(()).unwrap();
        Call::new(request.into_parts().0, b"")
    }

    #[test]
    fn a_fault_happens_as_often_as_ordered_and_only_where_it_matches() {
        let mut faults = Faults::default();
        faults.order(Fault {
            on: Match::method("PUT").of_post("abc"),
            times: Times::Next(2),
            what: What::Internal500,
        });
        assert_eq!(faults.take(&call("GET", "/x/abc"), None), None);
        assert_eq!(faults.take(&call("PUT", "/x/abcd"), None), None);
        assert_eq!(faults.take(&call("PUT", "/x/abc"), None), Some(What::Internal500));
        assert_eq!(faults.take(&call("PUT", "/x/abc"), None), Some(What::Internal500));
        assert_eq!(faults.take(&call("PUT", "/x/abc"), None), None);
    }

    #[test]
    fn a_fault_that_needs_a_write_is_not_used_up_by_a_read() {
        let mut faults = Faults::default();
        let stale = What::StaleList { seconds: 60 };
        faults.order(Fault::once(Match::any(), stale.clone()));
        assert_eq!(faults.take(&call("GET", "/x"), None), None);
        assert_eq!(faults.take(&call("PUT", "/x"), None), Some(stale));
    }

    #[test]
    fn a_fault_for_one_account_leaves_the_other_alone() {
        let mut faults = Faults::default();
        faults.order(Fault::always(Match::any().of_key("sk_a"), What::Unauthorized401));
        assert_eq!(faults.take(&call("GET", "/x"), Some("sk_b")), None);
        assert_eq!(faults.take(&call("GET", "/x"), Some("sk_a")), Some(What::Unauthorized401));
    }

    #[test]
    fn faults_have_these_shapes_in_json() {
        let read = |text: &str| serde_json::from_str::<Fault>(text).unwrap();
        assert_eq!(
            read(
                r#"{"on":{"method":"PUT","pathContains":"update-post"},"times":3,"what":{"tooMany429":{"retryAfterSecs":7}}}"#
            ),
            Fault {
                on: Match {
                    method: Some("PUT".into()),
                    path_contains: Some("update-post".into()),
                    ..Match::default()
                },
                times: Times::Next(3),
                what: What::TooMany429 { retry_after_secs: 7 },
            }
        );
        assert_eq!(
            read(r#"{"times":"always","what":"badGatewayHtml502"}"#),
            Fault::always(Match::any(), What::BadGatewayHtml502)
        );
        assert_eq!(read(r#"{"what":{"delay":500}}"#), Fault::once(Match::any(), What::Delay(500)));
    }
}
