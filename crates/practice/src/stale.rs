//! Former values of posts, which lists show for a while on order.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use crate::twist::Twist;

/// What lists still show instead of the truth.
#[derive(Debug)]
pub(crate) struct Stale<P>(Vec<Former<P>>);

#[derive(Debug)]
struct Former<P> {
    id: String,
    /// None if the post did not exist.
    post: Option<P>,
    until: DateTime<Utc>,
}

impl<P> Stale<P> {
    /// Where it is ordered, lets lists show the former value of what was just written for a while.
    pub fn hide_write(&mut self, id: &str, former: Option<P>, now: DateTime<Utc>, twist: Twist) {
        let Some(until) = twist.stale_until(now) else { return };
        self.0.retain(|one| one.id != id);
        self.0.push(Former { id: id.to_owned(), post: former, until });
    }

    /// The posts as lists show them.
    pub fn as_listed<'a>(
        &'a self,
        posts: &'a BTreeMap<String, P>,
        now: DateTime<Utc>,
    ) -> impl Iterator<Item = &'a P> {
        let former = self.0.iter().filter(move |one| now < one.until);
        let is_hidden = {
            let former = former.clone();
            move |id: &str| former.clone().any(|one| one.id == id)
        };
        let fresh = posts.iter().filter(move |(id, _)| !is_hidden(id)).map(|(_, post)| post);
        fresh.chain(former.filter_map(|one| one.post.as_ref()))
    }
}

impl<P> Default for Stale<P> {
    fn default() -> Self {
        Self(Vec::new())
    }
}
