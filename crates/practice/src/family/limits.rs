//! The plan limits of "Scheduling Posts", and the structured refusal they end in.
//!
//! Counts are of platform posts: a post group for three platforms counts three times. Starter's are
//! for the whole account, Pro's and Premium's for each connection.

use chrono::{DateTime, Datelike, Days, Months, NaiveTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::post::{PlatformStatus, PostState, PostStatus, platform_of};
use crate::time;

/// Every platform that "List Posts" names.
const PLATFORMS: [&str; 11] = [
    "twitter",
    "linkedin",
    "instagram",
    "threads",
    "tiktok",
    "youtube",
    "facebook",
    "bluesky",
    "mastodon",
    "telegram",
    "pinterest",
];

/// A user's plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Plan {
    /// 15 posts a month, 3 scheduled, 7 days ahead, no Twitter.
    Starter,
    /// 100 posts a month and 100 scheduled, for each connection.
    Pro,
    /// 500 posts a month and 500 scheduled, for each connection.
    Premium,
}

impl Plan {
    fn name(self) -> &'static str {
        match self {
            Self::Starter => "Starter",
            Self::Pro => "Pro",
            Self::Premium => "Premium",
        }
    }

    fn monthly(self) -> u64 {
        match self {
            Self::Starter => 15,
            Self::Pro => 100,
            Self::Premium => 500,
        }
    }

    fn scheduled(self) -> u64 {
        match self {
            Self::Starter => 3,
            Self::Pro => 100,
            Self::Premium => 500,
        }
    }

    fn horizon(self) -> Option<Days> {
        (self == Self::Starter).then(|| Days::new(7))
    }

    fn is_per_connection(self) -> bool {
        self != Self::Starter
    }

    fn allows(self, platform: &str) -> bool {
        !(self == Self::Starter && platform == "twitter")
    }
}

/// A post that is about to be scheduled, or to be scheduled for another time.
pub(super) struct Wish<'a> {
    pub plan: Plan,
    /// The post's own platforms.
    pub platforms: &'a [String],
    pub time: DateTime<Utc>,
    pub now: DateTime<Utc>,
    /// The user's other posts.
    pub others: &'a [&'a PostState],
}

/// Refuses platforms that the plan does not include. Checked for drafts, too.
pub(super) fn check_platforms(
    plan: Plan,
    platforms: &[String],
    now: DateTime<Utc>,
) -> Result<(), Value> {
    let mut disallowed: Vec<_> = platforms
        .iter()
        .map(|id| platform_of(id))
        .filter(|platform| !plan.allows(platform))
        .collect();
    disallowed.dedup();
    if disallowed.is_empty() {
        return Ok(());
    }
    let allowed: Vec<_> = PLATFORMS.into_iter().filter(|platform| plan.allows(platform)).collect();
    let mut body = exceeded(
        plan,
        ("PLATFORM_NOT_AVAILABLE", "Platform not available", "posts.platform_monthly"),
        format!("Your {} plan does not include: {}.", plan.name(), disallowed.join(", ")),
        plan.monthly(),
    );
    set_period(&mut body, now);
    body["disallowedPlatforms"] = json!(disallowed);
    body["allowedPlatforms"] = json!(allowed);
    Err(body)
}

/// Refuses a wish that the plan does not allow.
///
/// Documented for a post that becomes scheduled, and by "Update Post" for a reschedule, which
/// takes no further place, since a post is not among its own others. A month's posts are those
/// whose time lies in it and that are no drafts.
pub(super) fn check(wish: &Wish<'_>) -> Result<(), Value> {
    check_platforms(wish.plan, wish.platforms, wish.now)?;
    check_horizon(wish)?;
    let (start, end) = month_of(wish.time);
    check_count(wish, Metric::Monthly, &|post, _| {
        post.status != PostStatus::Draft
            && post.scheduled_time.is_some_and(|time| start <= time && time < end)
    })?;
    check_count(wish, Metric::Scheduled, &|_, status| {
        !matches!(
            status,
            PlatformStatus::Draft | PlatformStatus::Published | PlatformStatus::Failed
        )
    })
}

fn check_horizon(wish: &Wish<'_>) -> Result<(), Value> {
    let Some(days) = wish.plan.horizon() else { return Ok(()) };
    let furthest = wish.now + days;
    if wish.time <= furthest {
        return Ok(());
    }
    let mut body = exceeded(
        wish.plan,
        ("SCHEDULE_HORIZON_REACHED", "Schedule horizon reached", "posts.schedule_horizon_days"),
        format!("Your {} plan allows scheduling up to 7 days in advance.", wish.plan.name()),
        7,
    );
    body["scheduledTime"] = json!(time::text(wish.time));
    body["maxScheduledDate"] = json!(time::text(furthest));
    Err(body)
}

#[derive(Clone, Copy)]
enum Metric {
    Monthly,
    Scheduled,
}

fn check_count(
    wish: &Wish<'_>,
    metric: Metric,
    counts: &dyn Fn(&PostState, PlatformStatus) -> bool,
) -> Result<(), Value> {
    let plan = wish.plan;
    let limit = match metric {
        Metric::Monthly => plan.monthly(),
        Metric::Scheduled => plan.scheduled(),
    };
    let used = |only: Option<&str>| {
        let platforms = wish.others.iter().flat_map(|post| {
            post.platforms.iter().filter(|platform| counts(post, platform.status))
        });
        platforms.filter(|platform| only.is_none_or(|only| platform.platform_id == only)).count()
            as u64
    };
    let refuse = |used: Value, remaining: Value, requested: u64| {
        let mut body = match metric {
            Metric::Monthly => exceeded(
                plan,
                ("POST_LIMIT_REACHED", "Post limit reached", "posts.platform_monthly"),
                format!(
                    "Monthly post limit reached. Your {} plan allows {limit} platform posts per month.",
                    plan.name()
                ),
                limit,
            ),
            Metric::Scheduled => exceeded(
                plan,
                (
                    "SCHEDULED_POST_LIMIT_REACHED",
                    "Scheduled post limit reached",
                    "posts.scheduled_active",
                ),
                format!(
                    "Scheduled post limit reached. Your {} plan allows {limit} scheduled posts at a time.",
                    plan.name()
                ),
                limit,
            ),
        };
        set_period(&mut body, wish.time);
        body["used"] = used;
        body["remaining"] = remaining;
        body["requested"] = json!(requested);
        body
    };

    let requested = wish.platforms.len() as u64;
    if !plan.is_per_connection() {
        let used = used(None);
        if used + requested <= limit {
            return Ok(());
        }
        return Err(refuse(json!(used), json!(limit.saturating_sub(used)), requested));
    }
    let blocked: Vec<_> = wish
        .platforms
        .iter()
        .map(|id| (id, used(Some(id))))
        .filter(|(_, used)| used + 1 > limit)
        .map(|(id, used)| {
            json!({
                "platformSelection": id,
                "used": used,
                "remaining": limit.saturating_sub(used),
            })
        })
        .collect();
    if blocked.is_empty() {
        return Ok(());
    }
    let mut body = refuse(Value::Null, Value::Null, requested);
    body["scope"] = json!("connection");
    body["blockedPlatforms"] = json!(blocked);
    Err(body)
}

/// A refusal on order: Starter's three scheduled posts are there already.
pub(crate) fn example(now: DateTime<Utc>) -> Value {
    let mut body = exceeded(
        Plan::Starter,
        ("SCHEDULED_POST_LIMIT_REACHED", "Scheduled post limit reached", "posts.scheduled_active"),
        "Scheduled post limit reached. Your Starter plan allows 3 scheduled posts at a time."
            .to_owned(),
        3,
    );
    set_period(&mut body, now);
    body["used"] = json!(3);
    body["requested"] = json!(1);
    body["remaining"] = json!(0);
    body
}

/// The fields that every `LimitExceededError` has; code, error and metric belong together.
fn exceeded(
    plan: Plan,
    (code, error, metric): (&str, &str, &str),
    message: String,
    limit: u64,
) -> Value {
    json!({
        "error": error,
        "code": code,
        "metric": metric,
        "message": message,
        "limit": limit,
        "used": null,
        "requested": null,
        "remaining": null,
        "periodStart": null,
        "periodEnd": null,
        "planName": plan.name(),
    })
}

fn set_period(body: &mut Value, time: DateTime<Utc>) {
    let (start, end) = month_of(time);
    body["periodStart"] = json!(time::text(start));
    body["periodEnd"] = json!(time::text(end));
}

/// The calendar month of a time in UTC, as the documents' example has it; its end is the start of
/// the next.
fn month_of(time: DateTime<Utc>) -> (DateTime<Utc>, DateTime<Utc>) {
    let date = time.date_naive();
    let first = date.with_day(1).unwrap_or(date);
    let start = first.and_time(NaiveTime::MIN).and_utc();
    (start, start + Months::new(1))
}
