//! `GET /list-posts`: filters, order and pages.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::post::{PostState, PostStatus, platform_of};
use super::state::State;
use super::wire::{self, Pagination};
use crate::answer::Answer;
use crate::time;

/// The parameters that are documented.
pub(super) const PARAMS: [&str; 8] =
    ["page", "limit", "status", "platform", "sortBy", "sortOrder", "fromDate", "toDate"];

/// Whether the parameter `name` may have that value.
pub(super) fn is_good(name: &str, value: &str) -> bool {
    let number = || value.parse::<u64>().ok();
    match name {
        "page" => number().is_some_and(|page| page >= 1),
        "limit" => number().is_some_and(|limit| (1..=100).contains(&limit)),
        "status" => PostStatus::parse(value).is_some(),
        "sortBy" => ["createdAt", "scheduledTime", "updatedAt"].contains(&value),
        "sortOrder" => ["asc", "desc"].contains(&value),
        "fromDate" | "toDate" => time::parse_date(value).is_some(),
        _ => !value.is_empty(),
    }
}

pub(super) fn list<V>(
    state: &State<V>,
    user: &str,
    query: &BTreeMap<String, String>,
    now: DateTime<Utc>,
) -> Answer {
    match Filter::parse(query) {
        Ok(filter) => filter.apply(state, user, now),
        Err(sentence) => Answer::error(400, &sentence),
    }
}

struct Filter<'a> {
    page: u64,
    limit: u64,
    status: Option<PostStatus>,
    platform: Option<&'a str>,
    sort_by: SortBy,
    descending: bool,
    from: Option<DateTime<Utc>>,
    to: Option<DateTime<Utc>>,
}

#[derive(Clone, Copy)]
enum SortBy {
    CreatedAt,
    ScheduledTime,
    UpdatedAt,
}

impl<'a> Filter<'a> {
    /// Reads the query, or says what is wrong with it. An empty value counts as absent.
    fn parse(query: &'a BTreeMap<String, String>) -> Result<Self, String> {
        let get =
            |name: &str| query.get(name).map(String::as_str).filter(|value| !value.is_empty());
        let status = get("status").map(|word| {
            PostStatus::parse(word).ok_or_else(|| {
                let words = PostStatus::ALL.map(PostStatus::word).join(", ");
                format!("Invalid status. Must be one of: {words}")
            })
        });
        let sort_by = match get("sortBy") {
            None | Some("createdAt") => SortBy::CreatedAt,
            Some("scheduledTime") => SortBy::ScheduledTime,
            Some("updatedAt") => SortBy::UpdatedAt,
            Some(_) => {
                let names = "createdAt, updatedAt, scheduledTime";
                return Err(format!("Invalid sortBy. Must be one of: {names}"));
            }
        };
        let date = |name: &str| match get(name) {
            None => Ok(None),
            Some(text) => {
                time::parse_date(text).map(Some).ok_or_else(|| format!("Invalid {name} format"))
            }
        };
        Ok(Self {
            page: clamped(get("page"), 1, u64::MAX, 1),
            limit: clamped(get("limit"), 1, 100, 20),
            status: status.transpose()?,
            platform: get("platform"),
            sort_by,
            descending: get("sortOrder") != Some("asc"),
            from: date("fromDate")?,
            to: date("toDate")?,
        })
    }

    fn apply<V>(&self, state: &State<V>, user: &str, now: DateTime<Utc>) -> Answer {
        let mut posts: Vec<_> = state
            .stale
            .as_listed(&state.posts, now)
            .filter(|post| post.key == user && self.keeps(post))
            .collect();
        posts.sort_by(|a, b| {
            let order = match self.sort_by {
                SortBy::CreatedAt => a.created_at.cmp(&b.created_at),
                SortBy::ScheduledTime => a.scheduled_time.cmp(&b.scheduled_time),
                SortBy::UpdatedAt => a.updated_at.cmp(&b.updated_at),
            };
            let order = order.then_with(|| a.id.cmp(&b.id));
            if self.descending { order.reverse() } else { order }
        });
        let total_items = posts.len() as u64;
        let total_pages = total_items.div_ceil(self.limit);
        let start = (self.page - 1).saturating_mul(self.limit).min(total_items);
        let end = start.saturating_add(self.limit).min(total_items);
        let pagination = Pagination {
            page: self.page,
            limit: self.limit,
            total_items,
            total_pages,
            has_next_page: self.page < total_pages,
            has_prev_page: self.page > 1,
        };
        Answer::read(wire::list(&posts[start as usize..end as usize], &pagination))
    }

    fn keeps(&self, post: &PostState) -> bool {
        let on_platform = |wanted: &str| {
            let has = |id: &str| platform_of(id).eq_ignore_ascii_case(wanted);
            post.platforms.iter().any(|platform| has(&platform.platform_id))
        };
        let in_range = match (self.from, self.to) {
            (None, None) => true,
            (from, to) => post.scheduled_time.is_some_and(|time| {
                from.is_none_or(|from| from <= time) && to.is_none_or(|to| time <= to)
            }),
        };
        self.status.is_none_or(|status| post.status == status)
            && self.platform.is_none_or(on_platform)
            && in_range
    }
}

/// A number as JavaScript's `parseInt(value) || default` reads it, clamped.
fn clamped(text: Option<&str>, least: i64, most: u64, default: u64) -> u64 {
    match text.and_then(|text| text.parse::<i64>().ok()) {
        None | Some(0) => default,
        Some(number) => (number.max(least) as u64).min(most),
    }
}
