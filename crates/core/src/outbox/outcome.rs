//! Outcomes: what an answer, or its absence, makes of the change that was sent.

use chrono::{DateTime, Utc};

use super::errand::{Errand, pauses_first};
use super::follow::follow;
use super::plan_limit::over_limit;
use super::send::Said;
use super::verdict::{Verdict, judge};
use crate::app::App;
use crate::error::Error;
use crate::events::Event;
use crate::guard::{self, Guard};
use crate::model::{
    Act, Aim, Change, ChangeState, Creation, Deletion, Post, PostStatus, Problem, RemoteId,
    Standing, TextSource, same_text,
};
use crate::service::{Answer, Disposition, ServiceError};
use crate::store::{StoreError, Tx, Written};
use crate::sync::{Lane, Live};

impl Lane {
    /// Closes a change by its answer, or keeps it open where the answer leaves that open.
    pub(super) fn settle(
        &mut self,
        app: &App,
        live: &Live,
        change: &Change,
        post: &Post,
        errand: &Errand,
        answer: Result<Answer<Said>, ServiceError>,
    ) -> Result<(), Error> {
        let Said { created, accepted } = match answer {
            Ok(answer) => {
                self.answered(app, answer.heard)?;
                answer.value
            }
            Err(error) => return self.settle_error(app, live, change, post, errand, &error),
        };
        let verdict = match errand.aim() {
            Some(aim) if !guard::holds(Guard::AnswerCompared) => {
                Verdict::AsAsked(aim.shown(&post.confirmed))
            }
            _ => judge(errand, &post.confirmed, &accepted),
        };
        if let Some(remote) = created {
            return self.settle_created(app, live, change, post, &remote, verdict);
        }
        if *errand == Errand::Act(Act::Delete) {
            return self.deleted(app, live, change, post);
        }
        match verdict {
            Verdict::AsAsked(standing) if pauses_first(change, post) => {
                self.goes_on_with_text(app, change, post, standing)
            }
            Verdict::AsAsked(standing) => self.confirmed(app, change, post, standing, None, None),
            Verdict::Shifted(standing) => {
                let problem = Some((Problem::Shifted, shifted(live)));
                self.confirmed(app, change, post, standing, None, problem)
            }
            Verdict::Ignored(standing) => {
                let said = ignored(live, errand.aim(), &standing);
                let problem = Some((Problem::Ignored, said));
                self.confirmed(app, change, post, standing, None, problem)
            }
            Verdict::Silent => {
                let why = format!("{} did not say what it made of this. Looking.", live.name);
                self.accepted(app, change, &why)
            }
        }
    }

    /// Takes over a post that was created, and goes on with what else was wanted of it.
    fn settle_created(
        &mut self,
        app: &App,
        live: &Live,
        change: &Change,
        post: &Post,
        remote: &RemoteId,
        verdict: Verdict,
    ) -> Result<(), Error> {
        let now = app.clock.now();
        let problem = match &verdict {
            Verdict::Shifted(_) => Some((Problem::Shifted, shifted(live))),
            _ => None,
        };
        let is_keyed = live.capabilities.create == Creation::Keyed;
        let mut has_room = false;
        app.store.write::<_, Error>(|tx| {
            match &verdict {
                Verdict::AsAsked(standing) if !change.desired.aim.is_reached_by(standing) => {
                    tx.set_created(&post.id, remote, standing)?;
                    tx.go_on(change, standing, now)?;
                }
                Verdict::AsAsked(standing) | Verdict::Shifted(standing) => {
                    tx.set_created(&post.id, remote, standing)?;
                    has_room = close_confirmed(tx, change, problem.as_ref(), now)?;
                }
                Verdict::Ignored(standing) => {
                    tx.set_created(&post.id, remote, standing)?;
                    tx.go_on(change, &Standing::draft(), now)?;
                }
                // It is there; where it stands is read before anything more is asked. A newer wish was
                // made on what was asked for.
                Verdict::Silent => {
                    let draft = Standing::draft();
                    tx.set_created(&post.id, remote, &draft)?;
                    let newer = tx.waiting_change(&post.id)?.map(|newer| newer.id);
                    tx.go_on(change, &draft, now)?;
                    if let Some(newer) = newer.filter(|_| is_keyed) {
                        tx.rebase(newer, &change.desired.aim.shown(&draft), None)?;
                    }
                }
            }
            Ok(())
        })?;
        if has_room {
            app.emit(Event::AccountsChanged);
        }
        app.posts_changed(vec![post.id.clone()]);
        if let Some((_, said)) = problem {
            app.problem(&post.id, said);
        }
        Ok(())
    }

    /// Closes a deletion that was done: the post is gone, or stays on record as cancelled.
    pub(super) fn deleted(
        &mut self,
        app: &App,
        live: &Live,
        change: &Change,
        post: &Post,
    ) -> Result<(), Error> {
        if live.capabilities.delete == Deletion::Cancels {
            let cancelled = Standing { status: PostStatus::Cancelled, time: post.confirmed.time };
            return self.confirmed(app, change, post, cancelled, None, None);
        }
        let now = app.clock.now();
        let kept = app.store.write::<_, Error>(|tx| {
            tx.close(change.id, &ChangeState::Done, None, now)?;
            Ok(tx.delete_post(&post.id)?)
        })?;
        app.posts_changed([Some(post.id.clone()), kept].into_iter().flatten().collect());
        Ok(())
    }

    /// Takes over that a post was paused, and goes on with its new text.
    pub(super) fn goes_on_with_text(
        &mut self,
        app: &App,
        change: &Change,
        post: &Post,
        standing: Standing,
    ) -> Result<(), Error> {
        let (at, former) = (app.clock.now(), post.confirmed.clone());
        let written = Written { confirmed: standing.clone(), text: None, former, at };
        app.store.write::<_, Error>(|tx| {
            tx.set_written(&post.id, &written)?;
            Ok(tx.go_on(change, &standing, at)?)
        })?;
        self.mark_fresh(&post.id, at);
        app.posts_changed(vec![post.id.clone()]);
        Ok(())
    }

    /// Takes over what the service confirmed and closes the change. `read` is the text that the post
    /// was found to have, where it was read.
    pub(super) fn confirmed(
        &mut self,
        app: &App,
        change: &Change,
        post: &Post,
        standing: Standing,
        read: Option<&str>,
        problem: Option<(Problem, String)>,
    ) -> Result<(), Error> {
        let at = app.clock.now();
        let asked = change.desired.text.as_deref();
        let taken = asked.filter(|_| !matches!(problem, Some((Problem::Ignored, _))));
        let text = read.or(taken).map(str::to_owned);
        let theirs = read.filter(|read| {
            !same_text(read, &post.text) && !asked.is_some_and(|asked| same_text(read, asked))
        });
        let former = post.confirmed.clone();
        let paused_from = former
            .goes_out_at()
            .filter(|_| standing.status == PostStatus::Draft && change.desired.aim != Aim::Draft);
        let written = Written { confirmed: standing, text, former, at };
        let has_room = app.store.write::<_, Error>(|tx| {
            if let Some(text) = theirs {
                tx.note_text(&post.id, text, TextSource::Service, at)?;
            }
            if paused_from.is_some() {
                tx.remember(&post.id, paused_from)?;
            }
            tx.set_written(&post.id, &written)?;
            Ok(close_confirmed(tx, change, problem.as_ref(), at)?)
        })?;
        if has_room {
            app.emit(Event::AccountsChanged);
        }
        self.mark_fresh(&post.id, at);
        app.posts_changed(vec![post.id.clone()]);
        if let Some((_, said)) = problem {
            app.problem(&post.id, said);
        }
        Ok(())
    }

    fn settle_error(
        &mut self,
        app: &App,
        live: &Live,
        change: &Change,
        post: &Post,
        errand: &Errand,
        error: &ServiceError,
    ) -> Result<(), Error> {
        let is_once = matches!(errand, Errand::Act(act) if !act.is_repeatable());
        match error.disposition() {
            // What is meant for now is not sent at some later time.
            Disposition::Later { .. } | Disposition::NeedsKey if is_once => {
                self.trouble(app, live, error)?;
                let said =
                    format!("Nothing was published, and it is not tried again by itself: {error}");
                self.close_failed(app, change, Problem::Refused, &said)
            }
            Disposition::Refused
                if *errand == Errand::Act(Act::Delete)
                    && matches!(error, ServiceError::NotFound { .. }) =>
            {
                self.deleted(app, live, change, post)
            }
            // An earlier attempt may still turn up: it is looked for again, never replaced.
            Disposition::Later { .. } | Disposition::NeedsKey
                if change.state == ChangeState::Unknown =>
            {
                self.trouble(app, live, error)?;
                let (cut_at, why) = (app.clock.now(), error.to_string());
                app.store
                    .write::<_, Error>(|tx| Ok(tx.set_still_unknown(change.id, cut_at, &why)?))?;
                app.posts_changed(vec![change.post.clone()]);
                Ok(())
            }
            Disposition::Later { .. } | Disposition::NeedsKey => {
                self.put_off_by(app, live, change, error)
            }
            // The service is well: only this post has to wait and be looked at.
            Disposition::Unknown if matches!(error, ServiceError::Unsettled { .. }) => {
                self.must_read_post_again(&change.post);
                self.outcome_unknown(app, change, &error.to_string())
            }
            Disposition::Unknown => {
                self.trouble(app, live, error)?;
                self.outcome_unknown(app, change, &error.to_string())
            }
            Disposition::Refused => self.refused(app, live, change, error),
        }
    }

    /// Closes a change of a post that the service does not find. Whether it is gone, a sweep
    /// decides.
    pub(super) fn gone(&mut self, app: &App, live: &Live, change: &Change) -> Result<(), Error> {
        self.sweep_soon();
        let said = format!("{} says that this post no longer exists.", live.name);
        self.close_failed(app, change, Problem::Gone, &said)
    }

    fn refused(
        &mut self,
        app: &App,
        live: &Live,
        change: &Change,
        error: &ServiceError,
    ) -> Result<(), Error> {
        let (problem, said) = match error {
            ServiceError::PlanLimit(limit) => {
                over_limit(app, live, change, limit)?;
                self.read_soon(&change.post);
                return Ok(());
            }
            ServiceError::NotFound { .. } => return self.gone(app, live, change),
            other => (Problem::Refused, format!("{} says: {other}", live.name)),
        };
        self.close_failed(app, change, problem, &said)?;
        // What it is now may be why it was refused.
        self.read_soon(&change.post);
        Ok(())
    }

    /// Closes a change that had no effect, and says so.
    pub(super) fn close_failed(
        &mut self,
        app: &App,
        change: &Change,
        problem: Problem,
        said: &str,
    ) -> Result<(), Error> {
        let now = app.clock.now();
        let closed =
            app.store.write::<_, Error>(|tx| Ok(had_no_effect(tx, change, problem, said, now)?))?;
        if closed {
            app.posts_changed(vec![change.post.clone()]);
            app.problem(&change.post, said);
        }
        Ok(())
    }

    /// Keeps a change open that the service said yes to, until what it made of it has been read.
    fn accepted(&self, app: &App, change: &Change, why: &str) -> Result<(), Error> {
        let now = app.clock.now();
        app.store.write::<_, Error>(|tx| {
            tx.set_unknown(change.id, now, why)?;
            Ok(tx.set_accepted(change.id, now)?)
        })?;
        app.posts_changed(vec![change.post.clone()]);
        Ok(())
    }

    /// Keeps a change open until its effect has been looked for.
    pub(super) fn outcome_unknown(
        &self,
        app: &App,
        change: &Change,
        why: &str,
    ) -> Result<(), Error> {
        let cut_at = app.clock.now();
        app.store.write::<_, Error>(|tx| Ok(tx.set_unknown(change.id, cut_at, why)?))?;
        app.posts_changed(vec![change.post.clone()]);
        Ok(())
    }
}

/// Closes a change that had no effect; says whether it was still open.
pub(super) fn had_no_effect(
    tx: &Tx<'_>,
    change: &Change,
    problem: Problem,
    said: &str,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let closed = tx.close(change.id, &ChangeState::Failed(problem), Some(said), now)?;
    if !guard::holds(Guard::QuestionAsked) {
        tx.mark_seen(&change.post)?;
    }
    // What was wished for on top of it stands on what the service last confirmed.
    tx.take_text_home(&change.post)?;
    follow(tx, &change.post)?;
    if let (Some(waiting), Some(post)) = (tx.waiting_change(&change.post)?, tx.post(&change.post)?)
    {
        tx.rebase(waiting.id, &post.confirmed, Some(&post.text))?;
    }
    Ok(closed)
}

/// Closes a change whose effect the service has confirmed. A newer wish was made on the end state of
/// this one; where that was not reached, on what it was made on. Says whether it showed that the plan
/// has room again.
fn close_confirmed(
    tx: &Tx<'_>,
    change: &Change,
    problem: Option<&(Problem, String)>,
    at: DateTime<Utc>,
) -> Result<bool, StoreError> {
    match problem {
        None => tx.close(change.id, &ChangeState::Done, None, at)?,
        Some((problem, said)) => {
            tx.close(change.id, &ChangeState::Failed(*problem), Some(said), at)?
        }
    };
    if let (Some(_), Some(post)) = (problem, tx.post(&change.post)?) {
        // Whoever tries it again has read where the service put the post.
        tx.rebase(change.id, &post.confirmed, None)?;
    }
    follow(tx, &change.post)?;
    if let (Some(waiting), Some(post)) = (tx.waiting_change(&change.post)?, tx.post(&change.post)?)
    {
        let is_reached = match problem {
            Some((Problem::Shifted, _)) => true,
            _ => change.desired.aim.is_reached_by(&post.confirmed),
        };
        let stands_on_it = is_reached || waiting.wants_text_alone();
        let base = if stands_on_it { &post.confirmed } else { &change.base };
        // What else the text may have become there was not seen by whoever made the newer wish.
        let base_text = match problem {
            Some((Problem::Ignored, _)) => &change.base_text,
            _ => &change.desired.text,
        };
        tx.rebase(waiting.id, base, base_text.as_deref())?;
    }
    let is_taken = !matches!(problem, Some((Problem::Ignored, _)));
    match change.desired.time().filter(|_| is_taken) {
        Some(time) => tx.disprove_plan_limit(&change.account, time, at),
        None => Ok(false),
    }
}

/// What is said of a post that the service put at another time.
fn shifted(live: &Live) -> String {
    format!(
        "{} took another time than the one asked for. It is shown at the time {} gave.",
        live.name, live.name
    )
}

/// What is said where the service said yes and did not do it.
pub(super) fn ignored(live: &Live, aim: Option<Aim>, standing: &Standing) -> String {
    match aim {
        Some(Aim::Draft) => format!(
            "{} said yes, but the post was NOT paused: it is still {} there and will go out. Pause \
             it again, or on {}’s own page.",
            live.name, standing.status, live.name
        ),
        Some(Aim::Scheduled { time })
            if *standing != Standing::scheduled(time)
                && standing.status == PostStatus::Scheduled =>
        {
            format!(
                "{} said yes, but the post was not moved: it still goes out at the time it had. Move it \
             again, or on {}’s own page.",
                live.name, live.name
            )
        }
        Some(aim) if !aim.is_reached_by(standing) => format!(
            "{} said yes, but the post is {} there, not scheduled. It will not go out at the time \
             you chose.",
            live.name, standing.status
        ),
        _ => format!(
            "{} said yes, but the post has its old text there. Your text is kept in its history.",
            live.name
        ),
    }
}
