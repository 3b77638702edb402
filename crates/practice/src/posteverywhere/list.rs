//! `GET /posts`: filters, order and pages.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use chrono::{DateTime, Utc};

use super::envelope::{Outcome, Refusal};
use super::settings::Filters;
use super::state::{PostState, PostStatus, State};
use super::wire;
use crate::time;

/// The parameters that are documented, or sent by a published client.
pub(super) const PARAMS: [&str; 15] = [
    "status",
    "platform",
    "account_id",
    "limit",
    "offset",
    "created_after",
    "created_before",
    "scheduled_after",
    "scheduled_before",
    "published_after",
    "published_before",
    "updated_after",
    "search",
    "sort",
    "order",
];

const LIMITS: RangeInclusive<u64> = 1..=100;
const DEFAULT_LIMIT: u64 = 20;

/// Whether the parameter `name` may have that value.
pub(super) fn is_good(name: &str, value: &str) -> bool {
    let number = || value.parse::<u64>().ok();
    match name {
        "limit" => number().is_some_and(|limit| LIMITS.contains(&limit)),
        "offset" | "account_id" => number().is_some(),
        "status" => value.split(',').all(|word| PostStatus::parse(word).is_some()),
        "sort" => SortBy::parse(value).is_some(),
        "order" => ["asc", "desc"].contains(&value),
        _ if name.ends_with("_after") || name.ends_with("_before") => {
            time::parse_date(value).is_some()
        }
        _ => !value.is_empty(),
    }
}

pub(super) fn list(
    state: &State,
    key: &str,
    query: &BTreeMap<String, String>,
    now: DateTime<Utc>,
) -> Result<Outcome, Refusal> {
    let filter = Filter::parse(query, state.settings.filters)?;
    let mut posts: Vec<_> = state
        .stale
        .as_listed(&state.posts, now)
        .filter(|post| post.key == key && filter.keeps(post))
        .collect();
    posts.sort_by(|a, b| {
        let order = filter.sort_by.of(a).cmp(&filter.sort_by.of(b));
        let order = order.then_with(|| a.id.cmp(&b.id));
        if filter.is_ascending { order } else { order.reverse() }
    });
    let total = posts.len() as u64;
    let page = Page { limit: filter.limit, offset: filter.offset, total };
    let start = page.offset.min(total);
    let end = page.offset.saturating_add(page.limit).min(total);
    let posts = &posts[start as usize..end as usize];
    Ok(Outcome::read(wire::list(posts, &page, &state.settings)))
}

/// Where a page stands.
pub(super) struct Page {
    pub limit: u64,
    pub offset: u64,
    pub total: u64,
}

impl Page {
    pub fn has_more(&self) -> bool {
        self.offset.saturating_add(self.limit) < self.total
    }
}

/// What a list is asked for: empty lists and absent bounds keep everything.
#[derive(Default)]
struct Filter<'a> {
    limit: u64,
    offset: u64,
    statuses: Vec<PostStatus>,
    platforms: Vec<&'a str>,
    account: Option<u64>,
    created: Span,
    scheduled: Span,
    published: Span,
    updated: Span,
    /// In lower case.
    search: Option<String>,
    sort_by: SortBy,
    is_ascending: bool,
}

/// From one time to another, both included.
#[derive(Default)]
struct Span {
    after: Option<DateTime<Utc>>,
    before: Option<DateTime<Utc>>,
}

impl Span {
    /// A time that is not there is only in a span without bounds.
    fn has(&self, time: Option<DateTime<Utc>>) -> bool {
        self.after.is_none_or(|after| time.is_some_and(|time| after <= time))
            && self.before.is_none_or(|before| time.is_some_and(|time| time <= before))
    }
}

#[derive(Clone, Copy, Default)]
enum SortBy {
    #[default]
    CreatedAt,
    ScheduledFor,
    PublishedAt,
    UpdatedAt,
}

impl SortBy {
    fn parse(name: &str) -> Option<Self> {
        match name {
            "created_at" => Some(Self::CreatedAt),
            "scheduled_for" => Some(Self::ScheduledFor),
            "published_at" => Some(Self::PublishedAt),
            "updated_at" => Some(Self::UpdatedAt),
            _ => None,
        }
    }

    /// Posts without such a time come first when ascending.
    fn of(self, post: &PostState) -> Option<DateTime<Utc>> {
        match self {
            Self::CreatedAt => Some(post.created_at),
            Self::ScheduledFor => post.scheduled_for,
            Self::PublishedAt => post.published_at(),
            Self::UpdatedAt => Some(post.updated_at),
        }
    }
}

impl<'a> Filter<'a> {
    /// Reads the query, or says what is wrong with what of it is honoured.
    fn parse(query: &'a BTreeMap<String, String>, filters: Filters) -> Result<Self, Refusal> {
        let get = |name: &str| match query.get(name).map(String::as_str) {
            Some(value) if !is_good(name, value) => {
                Err(Refusal::invalid(format!("Invalid {name}: {value}.")))
            }
            value => Ok(value),
        };
        let number = |name: &str| Ok(get(name)?.and_then(|value| value.parse().ok()));
        let page = Self {
            limit: number("limit")?.unwrap_or(DEFAULT_LIMIT),
            offset: number("offset")?.unwrap_or(0),
            ..Self::default()
        };
        if filters == Filters::Ignored {
            let one = |name: &str| {
                query.get(name).map(String::as_str).filter(|value| !value.contains(','))
            };
            let status = one("status").filter(|word| OLDER_STATUSES.contains(word));
            return Ok(Self {
                statuses: status.and_then(PostStatus::parse).into_iter().collect(),
                platforms: one("platform").into_iter().collect(),
                ..page
            });
        }
        let date = |name: &str| Ok(get(name)?.and_then(time::parse_date));
        let words = |name: &str| Ok(get(name)?.into_iter().flat_map(|value| value.split(',')));
        Ok(Self {
            statuses: words("status")?.filter_map(PostStatus::parse).collect(),
            platforms: words("platform")?.collect(),
            account: number("account_id")?,
            created: Span { after: date("created_after")?, before: date("created_before")? },
            scheduled: Span { after: date("scheduled_after")?, before: date("scheduled_before")? },
            published: Span { after: date("published_after")?, before: date("published_before")? },
            updated: Span { after: date("updated_after")?, before: None },
            search: get("search")?.map(str::to_lowercase),
            sort_by: get("sort")?.and_then(SortBy::parse).unwrap_or_default(),
            is_ascending: get("order")? == Some("asc"),
            ..page
        })
    }

    fn keeps(&self, post: &PostState) -> bool {
        let goes_to = |wanted: &str| {
            post.destinations.iter().any(|one| one.platform.eq_ignore_ascii_case(wanted))
        };
        (self.statuses.is_empty() || self.statuses.contains(&post.status))
            && (self.platforms.is_empty() || self.platforms.iter().any(|wanted| goes_to(wanted)))
            && self.account.is_none_or(|account| post.account_ids().contains(&account))
            && self.created.has(Some(post.created_at))
            && self.scheduled.has(post.scheduled_for)
            && self.published.has(post.published_at())
            && self.updated.has(Some(post.updated_at))
            && self.search.as_ref().is_none_or(|text| post.content.to_lowercase().contains(text))
    }
}

/// The statuses of the first list page.
const OLDER_STATUSES: [&str; 3] = ["scheduled", "published", "draft"];
