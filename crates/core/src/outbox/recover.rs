//! Recovering: a change whose outcome is unknown is looked up before anything is repeated.
//!
//! “Not applied” takes two reads, the second half a minute or more after our connection ended: a
//! request may still be on its way in the service when we look for its effect the first time.

use chrono::{DateTime, TimeDelta, Utc};

use super::errand::{Errand, pauses_first};
use super::outcome::{had_no_effect, ignored};
use super::plan_limit::stop_at_limit;
use super::send::{Turn, changed_elsewhere, put_off};
use crate::app::App;
use crate::error::Error;
use crate::guard::{self, Guard};
use crate::model::{
    Act, Aim, Change, ChangeState, Creation, Dispute, Post, Problem, Standing, same_text,
};
use crate::service::{ListQuery, Reading, RemotePost, ServiceError};
use crate::sync::{Asked, Lane, Live, Urgency, urgency_of};

/// How long a request may have its effect after our connection ended.
const SETTLING: TimeDelta = TimeDelta::seconds(30);
/// After being sent so often without an answer and without effect, a creation or a text is taken for
/// refused, and anything else is sent again less often.
const ENOUGH_ATTEMPTS: u32 = 3;

impl Lane {
    /// Looks for the effect of a change whose outcome is unknown.
    pub(crate) async fn look_for_effect(
        &mut self,
        app: &App,
        live: &Live,
        change: &Change,
    ) -> Result<(), Error> {
        let Some(post) = app.store.read(|tx| tx.post(&change.post))? else { return Ok(()) };
        if !guard::holds(Guard::ReadBack) {
            return put_off(app, change, None, "Sent again unseen.");
        }
        let Some(remote) = &post.remote else {
            return self.look_for_creation(app, live, change).await;
        };
        let near = near_times(&post, change);
        let asked = Asked::now(app)?;
        let reading = live.service.read(remote, &near);
        match self.ask(app, live, urgency_of(change), reading).await {
            Ok(answer) => {
                self.answered(app, answer.heard)?;
                match answer.value {
                    Reading::Found(found) => self.weigh(app, live, change, &post, &found, asked),
                    Reading::Gone if change.desired.aim == Aim::Deleted => {
                        self.deleted(app, live, change, &post)
                    }
                    Reading::Gone => self.gone(app, live, change),
                    Reading::Unclear => {
                        let again = Some(self.back_off_change(app, change));
                        look_later(app, change, again, change.not_found_reads)
                    }
                }
            }
            Err(error) => {
                let again = self.trouble_with(app, live, change, &error)?;
                look_later(app, change, again, change.not_found_reads)
            }
        }
    }

    /// Looks for a post whose creation was asked for without an answer: merging what is new at the
    /// service finds it. Where it was not made, making it again is harmless: it carries the same
    /// key, or is a draft.
    async fn look_for_creation(
        &mut self,
        app: &App,
        live: &Live,
        change: &Change,
    ) -> Result<(), Error> {
        let asked_at = app.clock.now();
        for query in [ListQuery::RecentlyChanged, ListQuery::Drafts] {
            if let Err(error) = self.merge_newest(app, live, &query).await? {
                let again = self.trouble_with(app, live, change, &error)?;
                return look_later(app, change, again, change.not_found_reads);
            }
        }
        let found =
            app.store.read(|tx| tx.post(&change.post))?.is_some_and(|it| it.remote.is_some());
        if found {
            // What it wants beyond its creation is decided once it is read by itself.
            return Ok(());
        }
        if let Some(again_at) = second_look(change, asked_at) {
            return look_later(app, change, Some(again_at), 1);
        }
        if change.unheard >= ENOUGH_ATTEMPTS {
            let said = format!(
                "{} was asked {} times to create this post and does not show it. Its text is kept \
                 here; look there before you try again.",
                live.name, change.unheard
            );
            return self.give_up_creation(app, change, &said);
        }
        self.create_again(app, live, change).await
    }

    /// Closes a creation that was not heard of, as a question; with it the wish behind it, which would
    /// be a creation of its own while the first may still turn up. What is to stay in may go on.
    fn give_up_creation(&mut self, app: &App, change: &Change, said: &str) -> Result<(), Error> {
        let now = app.clock.now();
        app.store.write::<_, Error>(|tx| {
            had_no_effect(tx, change, Problem::Refused, said, now)?;
            let newer = tx.waiting_change(&change.post)?;
            if let Some(newer) = newer.filter(|newer| newer.desired.time().is_some()) {
                tx.close(newer.id, &ChangeState::Failed(Problem::Refused), Some(said), now)?;
            }
            Ok(())
        })?;
        app.posts_changed(vec![change.post.clone()]);
        app.problem(&change.post, said);
        Ok(())
    }

    /// Makes a post again that was not found. One that carries a key does so without waiting in the
    /// queue, where a newer wish would take its place: with the same key and body nothing can be made
    /// twice, also where the service shows it late. What was paused or deleted meanwhile is not armed.
    async fn create_again(&mut self, app: &App, live: &Live, change: &Change) -> Result<(), Error> {
        let is_keyed = live.capabilities.create == Creation::Keyed;
        let newer = app.store.read(|tx| tx.waiting_change(&change.post))?;
        let is_to_stay_in = newer.is_some_and(|newer| newer.keeps_post_in());
        let later_now = self.later_now(app.clock.now());
        if !is_keyed || is_to_stay_in || change.is_too_late(later_now, live.capabilities.lead) {
            let (why, now) = ("It had not arrived, so it is sent again.", app.clock.now());
            app.store.write::<_, Error>(|tx| {
                // The first request may still have its effect, however late.
                tx.set_created_again(&change.post)?;
                Ok(tx.put_off(change, None, why, now)?)
            })?;
            app.posts_changed(vec![change.post.clone()]);
            return Ok(());
        }
        let now = app.clock.now();
        let turn = app.store.write::<_, Error>(|tx| {
            let Some(post) = tx.post(&change.post)?.filter(|post| post.remote.is_none()) else {
                return Ok(Turn::Settled(None));
            };
            // A newer wish would be a creation of its own, with another key.
            if tx.waiting_change(&change.post)?.is_none()
                && let Some(said) = stop_at_limit(tx, live, change, now)?
            {
                return Ok(Turn::Settled(Some(said)));
            }
            let Some(errand) = Errand::next(tx, &post, change, &live.capabilities)? else {
                return Ok(Turn::Settled(None));
            };
            tx.begin_attempt(change.id)?;
            Ok(Turn::Send(post, errand))
        })?;
        let again = Change { attempts: change.attempts + 1, ..change.clone() };
        self.carry_out(app, live, &again, turn).await
    }

    /// Merges the first page of a list.
    pub(super) async fn merge_newest(
        &mut self,
        app: &App,
        live: &Live,
        query: &ListQuery,
    ) -> Result<Result<(), ServiceError>, Error> {
        let asked = Asked::now(app)?;
        let listing = live.service.list(query, None);
        match self.ask(app, live, Urgency::Write, listing).await {
            Ok(answer) => {
                self.answered(app, answer.heard)?;
                self.merge_page(app, &answer.value.posts, asked)?;
                Ok(Ok(()))
            }
            Err(error) => Ok(Err(error)),
        }
    }

    fn weigh(
        &mut self,
        app: &App,
        live: &Live,
        change: &Change,
        post: &Post,
        found: &RemotePost,
        asked: Asked,
    ) -> Result<(), Error> {
        let desired = &change.desired;
        let has_text = desired.text.as_deref().is_none_or(|text| same_text(text, &found.text));
        // A text alone leaves the post where it is, also where that was changed elsewhere.
        let stands = change.wants_text_alone() || desired.aim.is_reached_by(&found.standing);
        if stands && has_text {
            let (standing, text) = (found.standing.clone(), Some(found.text.as_str()));
            return self.confirmed(app, change, post, standing, text, None);
        }
        if is_as_it_was(change, &found.standing, &found.text) {
            return self.not_applied(app, live, change, post, found, asked);
        }
        if desired.aim.is_reached_by(&found.standing) && has_base_text(change, found) {
            if pauses_first(change, post) {
                return self.goes_on_with_text(app, change, post, found.standing.clone());
            }
            let said = format!(
                "{} took the new time and left the old text. Your text is kept in the post’s history.",
                live.name
            );
            let problem = Some((Problem::Ignored, said));
            return self.confirmed(app, change, post, found.standing.clone(), None, problem);
        }
        if !Dispute::of(change, &found.standing, &found.text).is_open() {
            // It took a part of what was asked for, and nobody changed the rest.
            return self.not_applied(app, live, change, post, found, asked);
        }
        if found.standing.status.is_editable() {
            let (conflict, said) =
                (ChangeState::Conflict(found.standing.clone()), changed_elsewhere(live, post));
            let now = app.clock.now();
            app.store
                .write::<_, Error>(|tx| Ok(tx.close(change.id, &conflict, Some(&said), now)?))?;
            app.problem(&post.id, said);
        } else {
            let said = format!(
                "Rundown did not hear what became of this. {} now says that the post is {}.",
                live.name, found.standing.status
            );
            self.close_failed(app, change, Problem::Refused, &said)?;
        }
        self.merge_found(app, found, asked)?;
        app.posts_changed(vec![post.id.clone()]);
        Ok(())
    }

    /// The post is as it was before: after a second look, a request that may be repeated is.
    fn not_applied(
        &mut self,
        app: &App,
        live: &Live,
        change: &Change,
        post: &Post,
        found: &RemotePost,
        asked: Asked,
    ) -> Result<(), Error> {
        if let Some(again_at) = second_look(change, asked.at) {
            return look_later(app, change, Some(again_at), 1);
        }
        self.repeat_or_give_up(app, live, change, post)?;
        // Whatever else was changed there is known before anything more is sent.
        self.merge_found(app, found, asked)
    }

    /// Puts a change that had no effect back in the queue, unless it is not to be asked for again.
    fn repeat_or_give_up(
        &mut self,
        app: &App,
        live: &Live,
        change: &Change,
        post: &Post,
    ) -> Result<(), Error> {
        let is_once = change.desired.aim.act().is_some_and(|act: Act| !act.is_repeatable());
        if is_once && guard::holds(Guard::ActsOnce) {
            let said =
                "It did not arrive, so nothing was published. It is not tried again by itself.";
            return self.close_failed(app, change, Problem::Refused, said);
        }
        if change.state == ChangeState::Accepted && change.unheard > 1 {
            // The service said yes, again, and did nothing; a list that lags behind is not that slow.
            let aim = (!change.wants_text_alone()).then_some(change.desired.aim);
            let said = ignored(live, aim, &change.base);
            return self.close_failed(app, change, Problem::Ignored, &said);
        }
        let has_sent_text = change.desired.text.is_some() && !pauses_first(change, post);
        if has_sent_text && change.unheard >= ENOUGH_ATTEMPTS {
            let said = format!(
                "{} was asked {} times, and the post still has its old text. Your text is kept in the \
                 post’s history.",
                live.name, change.unheard
            );
            return self.close_failed(app, change, Problem::Ignored, &said);
        }
        // Read and as it was before: an absolute wish may be sent again. It takes another key,
        // since a service answers a key that it knows as it did before, be it with a refusal.
        let (why, now) = ("It had not arrived, so it is sent again.", app.clock.now());
        let is_in_vain = change.unheard >= ENOUGH_ATTEMPTS;
        let again_at = is_in_vain.then(|| self.back_off_change(app, change));
        app.store.write::<_, Error>(|tx| {
            tx.renew_key(change.id)?;
            Ok(tx.put_off(change, again_at, why, now)?)
        })?;
        app.posts_changed(vec![post.id.clone()]);
        Ok(())
    }
}

/// When to look a second time, where a look at `asked_at` that found nothing is not enough.
fn second_look(change: &Change, asked_at: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let settled_at = change.cut_at.unwrap_or(asked_at) + SETTLING;
    let is_too_soon = change.not_found_reads == 0 || asked_at < settled_at;
    (is_too_soon && guard::holds(Guard::SecondLook)).then_some(settled_at)
}

/// Whether a post stands, and reads, as it did when the change was made.
fn is_as_it_was(change: &Change, standing: &Standing, text: &str) -> bool {
    standing.same_as(&change.base)
        && change.base_text.as_deref().is_none_or(|base| same_text(base, text))
}

/// Whether a post still has the text that the change was to replace.
fn has_base_text(change: &Change, found: &RemotePost) -> bool {
    change.base_text.as_deref().is_some_and(|base| same_text(base, &found.text))
}

fn look_later(
    app: &App,
    change: &Change,
    at: Option<DateTime<Utc>>,
    not_found_reads: u32,
) -> Result<(), Error> {
    app.store.write::<_, Error>(|tx| Ok(tx.look_again(change.id, at, not_found_reads)?))
}

/// The times a post may stand at, whatever became of the change.
pub(crate) fn near_times(post: &Post, change: &Change) -> Vec<DateTime<Utc>> {
    let mut near: Vec<_> = [post.confirmed.time, change.base.time, change.desired.time()]
        .into_iter()
        .flatten()
        .collect();
    near.sort();
    near.dedup();
    near
}
