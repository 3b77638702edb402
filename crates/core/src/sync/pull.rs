//! Pulling: reading what is at the service and merging it, a page at a time.
//!
//! Everything is read on connect and every six hours; between, only what is due soon or was changed
//! last. Absence from a list means nothing: a post missing from a whole sweep is read by itself,
//! and only the service's word that it is gone removes it.

use std::collections::{HashSet, VecDeque};

use chrono::{DateTime, TimeDelta, Utc};

use super::lane::{Lane, Live};
use crate::app::App;
use crate::error::Error;
use crate::events::{Event, Notice, NoticeLevel};
use crate::model::{Post, PostId, RemoteId};
use crate::posts::excerpt;
use crate::service::{ListQuery, Page, PageToken, Reading, RemotePost};
use crate::store::Merged;

const SWEEP_EVERY: TimeDelta = TimeDelta::hours(6);
const SWEEP_BACK: TimeDelta = TimeDelta::days(90);
const SWEEP_AHEAD: TimeDelta = TimeDelta::days(730);
const POLL_BACK: TimeDelta = TimeDelta::hours(6);
const POLL_AHEAD: TimeDelta = TimeDelta::hours(48);
const POLL_IN_FRONT: TimeDelta = TimeDelta::seconds(60);
const POLL_BEHIND: TimeDelta = TimeDelta::minutes(5);
/// A service publishes within a minute of the time: look this long after it.
const AFTER_DUE: TimeDelta = TimeDelta::seconds(75);
/// A list may be stale for a minute after a write.
const AFTER_STALE: TimeDelta = TimeDelta::seconds(65);
/// A list longer than this is taken for one that never ends (100,000 posts).
const MOST_PAGES: u32 = 1000;

/// What a lane still has to read, and when it will look for more.
#[derive(Default)]
pub(crate) struct Pulls {
    queue: VecDeque<Pull>,
    next_poll: Option<DateTime<Utc>>,
    sweep: Option<Sweep>,
}

/// One request to come.
enum Pull {
    Channels,
    List {
        query: ListQuery,
        page: Option<PageToken>,
        pages: u32,
    },
    Post(PostId),
    /// A post that a whole sweep did not show.
    Missing(PostId),
    /// The end of a sweep.
    Swept,
}

/// When something was asked for: an answer tells of that moment, however late it comes.
#[derive(Clone, Copy)]
pub(crate) struct Asked {
    pub at: DateTime<Utc>,
    /// The write-sequence then.
    seq: i64,
}

impl Asked {
    /// Now; to be taken before the request.
    pub(crate) fn now(app: &App) -> Result<Self, Error> {
        Ok(Self { at: app.clock.now(), seq: app.store.read(|tx| tx.write_sequence())? })
    }
}

/// A sweep under way.
struct Sweep {
    from: DateTime<Utc>,
    to: DateTime<Utc>,
    seen: HashSet<RemoteId>,
}

impl Pulls {
    /// Look for news at the next step.
    pub(crate) fn poll_now(&mut self) {
        self.next_poll = None;
    }

    /// When there is something to read, at the latest.
    pub(crate) fn next_at(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        if self.queue.is_empty() { self.next_poll.unwrap_or(now) } else { now }
    }

    fn list(&mut self, query: ListQuery) {
        self.queue.push_back(Pull::List { query, page: None, pages: 0 });
    }

    fn begin_sweep(&mut self, now: DateTime<Utc>) {
        let (from, to) = (now - SWEEP_BACK, now + SWEEP_AHEAD);
        self.sweep = Some(Sweep { from, to, seen: HashSet::new() });
        self.queue.push_back(Pull::Channels);
        // What goes out soon comes first: it is what the window shows.
        self.list(ListQuery::Dated { from: now - POLL_BACK, to: now + POLL_AHEAD });
        self.list(ListQuery::Drafts);
        self.list(ListQuery::Dated { from, to });
        self.queue.push_back(Pull::Swept);
    }

    fn begin_poll(&mut self, now: DateTime<Utc>) {
        self.list(ListQuery::RecentlyChanged);
        self.list(ListQuery::Dated { from: now - POLL_BACK, to: now + POLL_AHEAD });
    }
}

impl Lane {
    /// Reads a post by itself before long, and in any case before it is written again.
    pub(crate) fn read_soon(&mut self, post: &PostId) {
        self.must_read_post_again(post);
        self.pulls.queue.push_front(Pull::Post(post.clone()));
    }

    /// A post seems to be gone: a sweep, which is due now, decides.
    pub(crate) fn sweep_soon(&mut self) {
        self.pulls.next_poll = Some(DateTime::<Utc>::MIN_UTC);
    }

    /// Makes the next read, if one is due; says whether it made one.
    pub(crate) async fn pull(&mut self, app: &App, live: &Live) -> Result<bool, Error> {
        let now = app.clock.now();
        if self.pulls.queue.is_empty() {
            if self.pulls.next_poll.is_some_and(|time| now < time) {
                return Ok(false);
            }
            self.plan(app, now)?;
        }
        let Some(pull) = self.pulls.queue.pop_front() else { return Ok(false) };
        match pull {
            Pull::Channels => self.pull_channels(app, live).await?,
            Pull::List { query, page, pages } => {
                self.pull_page(app, live, query, page, pages).await?;
            }
            Pull::Post(post) => {
                if self.pull_post(app, live, &post).await?.is_some() {
                    self.sweep_soon();
                }
            }
            Pull::Missing(post) => {
                if let Some(gone) = self.pull_post(app, live, &post).await? {
                    remove(app, live, &gone)?;
                }
            }
            Pull::Swept => self.finish_sweep(app)?,
        }
        Ok(true)
    }

    /// Decides what to read now, and when to look again.
    fn plan(&mut self, app: &App, now: DateTime<Utc>) -> Result<(), Error> {
        self.forget_old_reads(now);
        let (swept_at, next_due) = app.store.read(|tx| {
            let due = tx.going_out(now, now + POLL_AHEAD, 1)?;
            Ok((
                tx.swept_at(&self.account)?,
                due.first().and_then(|post| post.confirmed.goes_out_at()),
            ))
        })?;
        let asked_for = self.pulls.next_poll == Some(DateTime::<Utc>::MIN_UTC);
        if asked_for || swept_at.is_none_or(|at| now - at >= SWEEP_EVERY) {
            self.set_sweeping(app, swept_at.is_none());
            self.pulls.begin_sweep(now);
        } else {
            self.pulls.begin_poll(now);
        }
        let interval = if app.is_in_front() { POLL_IN_FRONT } else { POLL_BEHIND };
        let after_due = next_due.map_or(now + interval, |time| time + AFTER_DUE);
        self.pulls.next_poll = Some((now + interval).min(after_due));
        Ok(())
    }

    async fn pull_channels(&mut self, app: &App, live: &Live) -> Result<(), Error> {
        match live.service.channels().await {
            Ok(answer) => {
                self.answered(app, answer.heard)?;
                let changed = app
                    .store
                    .write::<_, Error>(|tx| Ok(tx.merge_channels(&self.account, &answer.value)?))?;
                if changed {
                    app.emit(Event::AccountsChanged);
                }
                Ok(())
            }
            Err(error) => {
                self.pulls.queue.push_front(Pull::Channels);
                self.trouble(app, live, &error)
            }
        }
    }

    async fn pull_page(
        &mut self,
        app: &App,
        live: &Live,
        query: ListQuery,
        page: Option<PageToken>,
        pages: u32,
    ) -> Result<(), Error> {
        let asked = Asked::now(app)?;
        match live.service.list(&query, page.as_ref()).await {
            Ok(answer) => {
                self.answered(app, answer.heard)?;
                let Page { posts, next, .. } = answer.value;
                if let Some(sweep) = &mut self.pulls.sweep {
                    sweep.seen.extend(posts.iter().map(|post| post.id.clone()));
                }
                self.merge_page(app, &posts, asked)?;
                // Of what was changed last, the newest page is enough.
                let goes_on = next.filter(|next| {
                    query != ListQuery::RecentlyChanged
                        && pages < MOST_PAGES
                        && page.as_ref() != Some(next)
                });
                if goes_on.is_some() {
                    let pages = pages + 1;
                    self.pulls.queue.push_front(Pull::List { query, page: goes_on, pages });
                }
                Ok(())
            }
            Err(error) => {
                self.pulls.queue.push_front(Pull::List { query, page, pages });
                self.trouble(app, live, &error)
            }
        }
    }

    /// Takes over the posts of a page.
    pub(crate) fn merge_page(
        &mut self,
        app: &App,
        posts: &[RemotePost],
        asked: Asked,
    ) -> Result<(), Error> {
        let (merged, has_new_channels) = app.store.write::<_, Error>(|tx| {
            let channels = tx.channel_count(&self.account)?;
            let mut merged = Vec::with_capacity(posts.len());
            for post in posts {
                merged.push(tx.merge_post(&self.account, post, asked.seq, asked.at)?);
            }
            Ok((merged, tx.channel_count(&self.account)? > channels))
        })?;
        if has_new_channels {
            self.pulls.queue.push_front(Pull::Channels);
            app.emit(Event::AccountsChanged);
        }
        let mut changed = Vec::new();
        for outcome in merged {
            match outcome {
                Merged::Same(post) => self.mark_fresh(&post, asked.at),
                Merged::Changed(post) => {
                    self.mark_fresh(&post, asked.at);
                    changed.push(post);
                }
                Merged::OlderThanWrite => {}
                Merged::Stale => {
                    let again = app.clock.now() + AFTER_STALE;
                    let next = self.pulls.next_poll.map_or(again, |time| time.min(again));
                    self.pulls.next_poll = Some(next);
                }
            }
        }
        app.posts_changed(changed);
        Ok(())
    }

    /// Takes over a single post that was just read.
    pub(crate) fn merge_found(
        &mut self,
        app: &App,
        found: &RemotePost,
        asked: Asked,
    ) -> Result<(), Error> {
        self.merge_page(app, std::slice::from_ref(found), asked)
    }

    /// Reads a post by itself; answers it where the service says that it is gone.
    async fn pull_post(
        &mut self,
        app: &App,
        live: &Live,
        id: &PostId,
    ) -> Result<Option<Post>, Error> {
        let Some(post) = app.store.read(|tx| tx.post(id))? else { return Ok(None) };
        let Some(remote) = &post.remote else { return Ok(None) };
        let near: Vec<_> = post.confirmed.time.into_iter().collect();
        let asked = Asked::now(app)?;
        match live.service.read(remote, &near).await {
            Ok(answer) => {
                self.answered(app, answer.heard)?;
                match answer.value {
                    Reading::Found(found) => {
                        self.merge_found(app, &found, asked)?;
                        Ok(None)
                    }
                    Reading::Gone => Ok(Some(post)),
                    Reading::Unclear => Ok(None),
                }
            }
            Err(error) => {
                self.trouble(app, live, &error)?;
                Ok(None)
            }
        }
    }

    fn finish_sweep(&mut self, app: &App) -> Result<(), Error> {
        let Some(sweep) = self.pulls.sweep.take() else { return Ok(()) };
        let now = app.clock.now();
        let known = app.store.write::<_, Error>(|tx| {
            tx.set_swept_at(&self.account, now)?;
            Ok(tx.sweepable(&self.account, sweep.from, sweep.to)?)
        })?;
        for (post, remote) in known {
            if !sweep.seen.contains(&remote) {
                self.pulls.queue.push_back(Pull::Missing(post));
            }
        }
        self.set_sweeping(app, false);
        Ok(())
    }
}

/// Removes a post that is gone at its service, and says so.
fn remove(app: &App, live: &Live, post: &Post) -> Result<(), Error> {
    app.store.write::<_, Error>(|tx| Ok(tx.delete_post(&post.id)?))?;
    app.posts_changed(vec![post.id.clone()]);
    app.emit(Event::Notice(Notice {
        level: NoticeLevel::Info,
        message: format!("“{}” was deleted at {}.", excerpt(&post.text), live.name),
        post: None,
    }));
    Ok(())
}
