//! Pulling: reading what is at the service and merging it, a page at a time.
//!
//! Everything is read on connect and every six hours; between, only what is due soon or was changed
//! last. Absence from a list means nothing: a post missing from a whole sweep is read by itself,
//! and only the service's word that it is gone removes it.

use chrono::{DateTime, TimeDelta, Utc};

use super::budget::Urgency;
use super::lane::{Lane, Live};
use super::pulls::{POLL_AHEAD, Place, Pull};
use super::watchdog::{OVERDUE_AFTER, new_troubles};
use crate::app::App;
use crate::error::Error;
use crate::events::{Event, Notice, NoticeLevel};
use crate::model::{Post, PostId};
use crate::outbox::follow;
use crate::posts::excerpt;
use crate::service::{Disposition, ListQuery, Page, Reading, RemotePost};
use crate::store::Merged;
use crate::texts::rescue_text;

const POLL_IN_FRONT: TimeDelta = TimeDelta::seconds(60);
const POLL_BEHIND: TimeDelta = TimeDelta::minutes(5);
/// A service publishes within a minute of the time: look this long after it.
const AFTER_DUE: TimeDelta = TimeDelta::seconds(75);
/// A post that is still not seen to have gone out so long after its time is no longer looked at by
/// itself.
const OVERDUE_FOR: TimeDelta = TimeDelta::minutes(10);
const MOST_OVERDUE: u32 = 5;
/// A list may be stale for a minute after a write.
const AFTER_STALE: TimeDelta = TimeDelta::seconds(65);
/// A list longer than this is taken for one that never ends (100,000 posts).
const MOST_PAGES: u32 = 1000;

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

const MAY_BE_SPARE: &str = "A draft may be there twice: the service did not answer when it was created, so \
     Rundown asked again. Look at both, and delete the one too many.";

impl Lane {
    /// Reads a post by itself before long, and in any case before it is written again.
    pub(crate) fn read_soon(&mut self, post: &PostId) {
        self.must_read_post_again(post);
        self.pulls.read_first(Urgency::Poll, Pull::Post(post.clone()));
    }

    /// A post seems to be gone: a sweep, which is due now, decides.
    pub(crate) fn sweep_soon(&mut self) {
        self.pulls.sweep_soon();
    }

    /// Whether a sweep was asked for and has not begun.
    pub(crate) fn is_sweep_to_begin(&self) -> bool {
        self.pulls.is_sweep_asked_for()
    }

    /// Makes the next read, if one is due and the budget has room for it; says whether it made one.
    pub(crate) async fn pull(&mut self, app: &App, live: &Live) -> Result<bool, Error> {
        let now = app.clock.now();
        if self.pulls.is_poll_due(now) {
            self.plan(app, now)?;
        }
        let Some((urgency, pull)) = self.pulls.take(now) else { return Ok(false) };
        self.read(app, live, urgency, pull).await.map(|()| true)
    }

    async fn read(
        &mut self,
        app: &App,
        live: &Live,
        urgency: Urgency,
        pull: Pull,
    ) -> Result<(), Error> {
        match pull {
            Pull::Channels => self.pull_channels(app, live, urgency).await,
            Pull::List(place) => self.pull_page(app, live, urgency, place).await,
            Pull::Post(post) => {
                if self.pull_post(app, live, urgency, &post).await?.is_some() {
                    self.sweep_soon();
                }
                Ok(())
            }
            Pull::Missing(post) => match self.pull_post(app, live, urgency, &post).await? {
                Some(gone) => remove(app, live, &gone),
                None => Ok(()),
            },
            Pull::Swept => self.finish_sweep(app),
        }
    }

    /// Decides what to read now, and when to look again.
    fn plan(&mut self, app: &App, now: DateTime<Utc>) -> Result<(), Error> {
        self.forget_old_reads(now);
        let account = &self.account;
        let (swept_at, due, overdue) = app.store.read(|tx| {
            let since = now - AFTER_DUE;
            Ok((
                tx.swept_at(account)?,
                tx.due(account, since, now + POLL_AHEAD, 1)?,
                tx.due(account, since - OVERDUE_FOR, since, MOST_OVERDUE)?,
            ))
        })?;
        let interval = if app.is_in_front() { POLL_IN_FRONT } else { POLL_BEHIND };
        let after_due = due.first().map(|(_, time)| *time + AFTER_DUE);
        // The watchdog is to hear of them in time.
        let is_overdue = overdue.iter().map(|(_, time)| *time + OVERDUE_AFTER);
        let is_overdue = is_overdue.filter(|time| *time > now);
        let next_poll = after_due.into_iter().chain(is_overdue).chain([now + interval]).min();
        let overdue = overdue.into_iter().map(|(post, _)| post).collect();
        self.pulls.plan(now, swept_at, overdue, next_poll.unwrap_or(now + interval));
        self.tell_progress(app);
        Ok(())
    }

    async fn pull_channels(
        &mut self,
        app: &App,
        live: &Live,
        urgency: Urgency,
    ) -> Result<(), Error> {
        match self.ask(app, live, urgency, live.service.channels()).await {
            Ok(answer) => {
                self.answered(app, answer.heard)?;
                let (changed, news) = app.store.write::<_, Error>(|tx| {
                    let before = tx.channels(&self.account)?;
                    let changed = tx.merge_channels(&self.account, &answer.value)?;
                    Ok((changed, new_troubles(&before, &tx.channels(&self.account)?)))
                })?;
                if changed {
                    app.emit(Event::AccountsChanged);
                }
                for message in news {
                    let level = NoticeLevel::Problem;
                    app.emit(Event::Notice(Notice { level, message, post: None }));
                }
                Ok(())
            }
            Err(error) => {
                self.pulls.read_first(urgency, Pull::Channels);
                self.trouble(app, live, &error)
            }
        }
    }

    async fn pull_page(
        &mut self,
        app: &App,
        live: &Live,
        urgency: Urgency,
        place: Place,
    ) -> Result<(), Error> {
        let (asked, answer) = match self.take_ahead(app, &place).await {
            Some(answered) => answered,
            None => {
                let asked = Asked::now(app)?;
                let asking = live.service.list(&place.query, place.page.as_ref());
                (asked, self.ask(app, live, urgency, asking).await)
            }
        };
        let answer = match answer {
            Ok(answer) => answer,
            Err(error) => {
                let is_refused = error.disposition() == Disposition::Refused;
                if !is_refused || place.page.is_none() {
                    self.pulls.read_first(urgency, Pull::List(place));
                } else if !place.is_anew {
                    // The place may be gone: the list is begun anew, once.
                    let place = Place { page: None, pages: 0, is_anew: true, ..place };
                    self.pulls.read_first(urgency, Pull::List(place));
                } else {
                    self.pulls.give_up(urgency);
                }
                return self.trouble(app, live, &error);
            }
        };
        self.answered(app, answer.heard)?;
        let Page { posts, next, total, .. } = answer.value;
        if let Some(sweep) = &mut self.pulls.sweep {
            sweep.seen.extend(posts.iter().map(|post| post.id.clone()));
            if let Some(total) = total {
                sweep.heard_total(&place.query, total);
            }
        }
        // Of what was changed last, the newest page is enough.
        let goes_on = next.filter(|next| {
            place.query != ListQuery::RecentlyChanged
                && place.pages < MOST_PAGES
                && place.page.as_ref() != Some(next)
        });
        match goes_on {
            Some(next) => {
                let place = Place { page: Some(next), pages: place.pages + 1, ..place };
                self.read_ahead(app, live, urgency, &place).await?;
                self.pulls.read_first(urgency, Pull::List(place));
            }
            None => self.pulls.list_ended(urgency, &place, app.clock.now()),
        }
        self.merge_page(app, &posts, asked)?;
        self.tell_progress(app);
        Ok(())
    }

    /// Takes over the posts of a page.
    pub(crate) fn merge_page(
        &mut self,
        app: &App,
        posts: &[RemotePost],
        asked: Asked,
    ) -> Result<(), Error> {
        let (merged, has_new_channels) = app.store.write_repeatable::<_, Error>(|tx| {
            let channels = tx.channel_count(&self.account)?;
            let merged = tx.merge_posts(&self.account, posts, asked.seq, asked.at)?;
            for outcome in &merged {
                if let Merged::Changed(post) = outcome {
                    follow(tx, post)?;
                }
            }
            Ok((merged, tx.channel_count(&self.account)? > channels))
        })?;
        if has_new_channels {
            self.pulls.read_first(Urgency::Poll, Pull::Channels);
            app.emit(Event::AccountsChanged);
        }
        let (mut changed, mut heard_of, mut spare) = (Vec::new(), Vec::new(), Vec::new());
        for outcome in merged {
            match outcome {
                Merged::Same(post) => {
                    self.mark_fresh(&post, asked.at);
                    heard_of.push(post);
                }
                Merged::Changed(post) => {
                    self.mark_fresh(&post, asked.at);
                    heard_of.push(post.clone());
                    changed.push(post);
                }
                Merged::Spare(post) => {
                    self.mark_fresh(&post, asked.at);
                    heard_of.push(post.clone());
                    changed.push(post.clone());
                    spare.push(post);
                }
                Merged::OlderThanWrite => {}
                Merged::Stale => {
                    self.pulls.poll_by(app.clock.now() + AFTER_STALE);
                }
            }
        }
        app.posts_changed(changed);
        for post in spare {
            app.problem(&post, MAY_BE_SPARE);
        }
        self.watch(app, &heard_of, asked.at)
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
        urgency: Urgency,
        id: &PostId,
    ) -> Result<Option<Post>, Error> {
        let Some(post) = app.store.read(|tx| tx.post(id))? else { return Ok(None) };
        let Some(remote) = &post.remote else { return Ok(None) };
        let near: Vec<_> = post.confirmed.time.into_iter().collect();
        let asked = Asked::now(app)?;
        match self.ask(app, live, urgency, live.service.read(remote, &near)).await {
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
            tx.forget_old_changes(&self.account, now)?;
            Ok(tx.sweepable(&self.account, sweep.from, sweep.to)?)
        })?;
        for (post, remote) in known {
            if !sweep.seen.contains(&remote) {
                self.pulls.look_for_missing(post);
            }
        }
        self.tell_progress(app);
        self.pause_what_slipped_through(app)
    }
}

/// Removes a post that is gone at its service, and says so.
fn remove(app: &App, live: &Live, post: &Post) -> Result<(), Error> {
    let (rescued, kept) = app.store.write::<_, Error>(|tx| {
        // The user may have written for it while it was asked for.
        let rescued = match tx.post(&post.id)? {
            Some(post) => rescue_text(tx, &post)?,
            None => None,
        };
        Ok((rescued, tx.delete_post(&post.id)?))
    })?;
    let mut message = format!("“{}” was deleted at {}.", excerpt(&post.text), live.name);
    if rescued.is_some() {
        message.push_str(" The text you wrote for it is kept here as a draft.");
    }
    let changed = [Some(post.id.clone()), rescued.clone(), kept];
    app.posts_changed(changed.into_iter().flatten().collect());
    app.emit(Event::Notice(Notice { level: NoticeLevel::Info, message, post: rescued }));
    Ok(())
}
