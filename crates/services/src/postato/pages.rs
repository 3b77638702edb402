//! How a list goes on at Postato: what an answer says of further pages, and our way through them.

use chrono::TimeDelta;
use rundown_core::service::{ListQuery, PageToken};
use serde_json::Value;

use super::map::{Listed, is_id};

/// Lists end here whatever the service says: 100,000 posts.
const LAST_PAGE: u32 = 1000;
/// A longer window is read a few times a day, a shorter one every minute.
const NARROW: TimeDelta = TimeDelta::days(7);

/// A list that is asked for apart: posts of one status, or of all, so many pages deep.
#[derive(Debug)]
pub struct Part {
    pub status: Option<&'static str>,
    pages: u32,
}

const EVERYTHING: [Part; 1] = [Part { status: None, pages: LAST_PAGE }];
const NEWEST: [Part; 1] = [Part { status: None, pages: 1 }];
const DRAFTS: [Part; 1] = [Part { status: Some("draft"), pages: LAST_PAGE }];

/// What may lie in a narrow window. A post that has just gone out was made within the last weeks, and
/// most that were made since are still scheduled, so it is on the first pages of its list.
const SOON: [Part; 3] = [
    Part { status: Some("scheduled"), pages: 10 },
    Part { status: Some("published"), pages: 2 },
    Part { status: Some("failed"), pages: 1 },
];

/// Where a single post is looked for: those that can be edited first, as they are few.
pub const SEARCH: [Part; 3] = [
    Part { status: Some("scheduled"), pages: 10 },
    Part { status: Some("draft"), pages: 10 },
    Part { status: None, pages: 20 },
];

/// The lists that make up a list.
pub fn parts(query: &ListQuery) -> &'static [Part] {
    match query {
        ListQuery::Dated { from, to } if *to - *from <= NARROW => &SOON,
        ListQuery::Dated { .. } => &EVERYTHING,
        ListQuery::Drafts => &DRAFTS,
        ListQuery::RecentlyChanged => &NEWEST,
    }
}

/// Where the service says that a list goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    Cursor(String),
    Page(u64),
}

/// What an answer with `count` entries says of further pages, `asked` being the page asked for. An
/// answer that speaks of pages but not of their number goes on until an empty or a repeated one.
pub fn next(body: &Value, count: usize, asked: Option<u64>) -> Option<Place> {
    let levels = [body, &body["pagination"], &body["meta"], &body["data"]];
    let said = |names: [&str; 2]| {
        levels.iter().flat_map(|level| names.map(|name| &level[name])).find(|it| !it.is_null())
    };
    let number = |names| said(names).and_then(Value::as_u64);
    let more = said(["hasNextPage", "hasMore"]).and_then(Value::as_bool);
    if count == 0 || more == Some(false) {
        return None;
    }
    match said(["nextCursor", "cursor"]) {
        Some(Value::String(cursor)) if !cursor.is_empty() => {
            return Some(Place::Cursor(cursor.clone()));
        }
        Some(Value::Number(cursor)) => return Some(Place::Cursor(cursor.to_string())),
        _ => {}
    }
    let page = number(["page", "currentPage"]);
    let pages = number(["totalPages", "pageCount"]);
    let total = number(["total", "totalItems"]);
    if more.is_none() && page.is_none() && pages.is_none() && total.is_none() {
        return None;
    }
    let here = page.or(asked).unwrap_or(1);
    if asked.is_some_and(|asked| here < asked) {
        return None;
    }
    let count = u64::try_from(count).unwrap_or(u64::MAX);
    let size = number(["limit", "pageSize"]);
    let goes_on = more
        .or_else(|| Some(here < pages?))
        .or_else(|| Some(here.saturating_mul(size.unwrap_or(count)) < total?))
        .unwrap_or_else(|| size.is_none_or(|size| count >= size));
    goes_on.then(|| Place::Page(here.saturating_add(1)))
}

/// A place in a list of ours: the part, how many pages of it there are with this one, where it is by
/// the service's word, and the first post of the page before. A page that begins with that post
/// again is the same page again, as from a server that does not know `page` or `cursor`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    part: usize,
    nth: u32,
    before: Option<String>,
    place: Option<Place>,
}

impl Cursor {
    pub fn first() -> Self {
        Self::first_of(0)
    }

    fn first_of(part: usize) -> Self {
        Self { part, nth: 1, before: None, place: None }
    }

    /// The list it is a place in; none where the lists have no such part.
    pub fn part<'a>(&self, parts: &'a [Part]) -> Option<&'a Part> {
        parts.get(self.part)
    }

    pub fn place(&self) -> Option<&Place> {
        self.place.as_ref()
    }

    /// The page after this one, which was answered with `listed`.
    pub fn after(&self, parts: &[Part], listed: &Listed) -> Option<Self> {
        let repeated = self.before.is_some() && listed.first == self.before;
        let most = self.part(parts)?.pages;
        let place = listed.next.as_ref().filter(|next| {
            let is_new = !repeated && listed.first.is_some() && self.place.as_ref() != Some(next);
            is_new && self.nth < most
        });
        match place {
            Some(place) => Some(Self {
                part: self.part,
                nth: self.nth + 1,
                before: listed.first.clone(),
                place: Some(place.clone()),
            }),
            None => (self.part + 1 < parts.len()).then(|| Self::first_of(self.part + 1)),
        }
    }

    /// `postato 0 2 pst_01H… page 2`; the service's own cursor comes last, as it may have spaces.
    pub fn token(&self) -> PageToken {
        let Self { part, nth, before, place } = self;
        let before = before.as_deref().unwrap_or("-");
        let place = match place {
            None => "first".to_owned(),
            Some(Place::Page(page)) => format!("page {page}"),
            Some(Place::Cursor(cursor)) => format!("cursor {cursor}"),
        };
        PageToken(format!("postato {part} {nth} {before} {place}"))
    }

    /// The place a token of ours names.
    pub fn from_token(token: &PageToken) -> Option<Self> {
        let mut words = token.0.strip_prefix("postato ")?.splitn(4, ' ');
        let (part, nth) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
        let before = words.next().filter(|word| *word == "-" || is_id(word))?;
        let before = (before != "-").then(|| before.to_owned());
        let rest = words.next()?;
        let place = match rest.split_once(' ') {
            None if rest == "first" => None,
            Some(("page", page)) => Some(Place::Page(page.parse().ok()?)),
            Some(("cursor", cursor)) => Some(Place::Cursor(cursor.to_owned())),
            _ => return None,
        };
        Some(Self { part, nth, before, place })
    }
}
