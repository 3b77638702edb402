//! Sending one change: look first, check its time, count the attempt, ask, and close it.

use chrono::{DateTime, Utc};

use super::errand::Errand;
use super::plan_limit::stop_at_limit;
use crate::app::App;
use crate::error::Error;
use crate::guard::{self, Guard};
use crate::model::{
    Account, Aim, Change, ChangeState, Creation, Dispute, IdempotencyKey, Post, Problem, RemoteId,
};
use crate::posts::excerpt;
use crate::service::{Accepted, Answer, ListQuery, Reading, ServiceError};
use crate::store::{StoreError, Tx};
use crate::sync::{Lane, Live, Urgency, slept, urgency_of};

const TOO_LATE: &str = "This change could not be sent before its time came, and sending it now \
     could publish the post at once. Nothing was sent: choose another time.";

const NOT_NOW: &str = "There was no connection in time, so nothing was published. It is not tried \
     again by itself.";

/// What is to be done about a change whose turn has come.
pub(super) enum Turn {
    /// Ask the service for this.
    Send(Post, Errand),
    /// Read the post first: we have not for a while.
    ReadFirst(Post, RemoteId),
    /// Read anything first: it is not known what time it is at the service.
    AskClock,
    /// It is closed, or no longer waits: nothing to send. The sentence is for the user.
    Settled(Option<String>),
}

impl Lane {
    /// Takes a waiting change one step on: reads its post, or sends it.
    pub(crate) async fn send(
        &mut self,
        app: &App,
        live: &Live,
        change: &Change,
    ) -> Result<(), Error> {
        let turn = self.take_turn(app, live, change)?;
        self.carry_out(app, live, change, turn).await
    }

    /// Does what was decided about a change.
    pub(super) async fn carry_out(
        &mut self,
        app: &App,
        live: &Live,
        change: &Change,
        turn: Turn,
    ) -> Result<(), Error> {
        match turn {
            Turn::Settled(said) => {
                app.posts_changed(vec![change.post.clone()]);
                if let Some(said) = said {
                    app.problem(&change.post, said);
                }
                Ok(())
            }
            Turn::ReadFirst(post, remote) => {
                self.read_before_write(app, live, change, &post, &remote).await
            }
            Turn::AskClock => {
                match self.merge_newest(app, live, &ListQuery::RecentlyChanged).await? {
                    Ok(()) => Ok(()),
                    Err(error) => self.put_off_by(app, live, change, &error),
                }
            }
            Turn::Send(post, errand) => self.make_request(app, live, change, &post, &errand).await,
        }
    }

    /// Makes the request of an attempt that has begun, and closes the change by its answer.
    async fn make_request(
        &mut self,
        app: &App,
        live: &Live,
        change: &Change,
        post: &Post,
        errand: &Errand,
    ) -> Result<(), Error> {
        app.posts_changed(vec![change.post.clone()]);
        let asked_at = app.clock.now();
        let urgency = match errand {
            Errand::Create(_) => Urgency::Create,
            _ => urgency_of(change),
        };
        let asking = ask(live, change, post, errand);
        let answer = self.ask(app, live, urgency, asking).await;
        if slept(asked_at, app.clock.now()) {
            self.must_read_again();
            let why = "The computer slept while this was being sent. Looking.";
            return self.outcome_unknown(app, change, why);
        }
        self.settle(app, live, change, post, errand, answer)
    }

    /// Decides about a change in one transaction, which also counts the attempt: from its COMMIT
    /// on, a crash leaves the change in flight, never waiting.
    fn take_turn(&mut self, app: &App, live: &Live, change: &Change) -> Result<Turn, Error> {
        let now = app.clock.now();
        let later_now = self.later_now(now);
        let is_fresh = self.is_fresh(&change.post, now);
        app.store.write(|tx| {
            // The user may have taken it back since it was chosen.
            let Some(change) = tx.change(change.id)?.filter(|it| it.state == ChangeState::Waiting)
            else {
                return Ok(Turn::Settled(None));
            };
            let Some(post) = tx.post(&change.post)? else { return Ok(Turn::Settled(None)) };
            let is_too_late = change.is_too_late(later_now, live.capabilities.lead);
            if is_too_late && guard::holds(Guard::TimeAtSending) {
                // The next step closes it.
                return Ok(Turn::Settled(None));
            }
            if let Some(remote) =
                post.remote.clone().filter(|_| !is_fresh && guard::holds(Guard::ReadBeforeWrite))
            {
                return Ok(Turn::ReadFirst(post, remote));
            }
            let is_created_armed = post.remote.is_none()
                && change.desired.time().is_some()
                && live.capabilities.create == Creation::Keyed;
            let has_clock = self.knows_clock || live.capabilities.lead.is_zero();
            if is_created_armed && !has_clock && guard::holds(Guard::LaterClock) {
                return Ok(Turn::AskClock);
            }
            Ok(settle_or_begin(tx, live, &change, post, now)?)
        })
    }

    /// A change whose time came too close while it waited becomes a question, never a request;
    /// also where there is no connection, or no key, to send it with.
    pub(crate) fn close_what_is_too_late(&self, app: &App, account: &Account) -> Result<(), Error> {
        let now = app.clock.now();
        let later_now = self.later_now(now);
        let lead = app.service_info(&account.address.kind).capabilities.lead;
        let mut late = app.store.read(|tx| tx.waiting_until(&account.id, later_now + lead))?;
        late.retain(|change| {
            change.is_too_late(later_now, lead) && guard::holds(Guard::TimeAtSending)
        });
        for change in late {
            let outcome = ChangeState::Failed(Problem::TooLate);
            let said = match change.desired.aim {
                Aim::Published | Aim::Retried => NOT_NOW,
                _ => TOO_LATE,
            };
            let closed = app
                .store
                .write::<_, Error>(|tx| Ok(tx.close(change.id, &outcome, Some(said), now)?))?;
            if closed {
                app.posts_changed(vec![change.post.clone()]);
                app.problem(&change.post, said);
            }
        }
        Ok(())
    }

    async fn read_before_write(
        &mut self,
        app: &App,
        live: &Live,
        change: &Change,
        post: &Post,
        remote: &RemoteId,
    ) -> Result<(), Error> {
        match self.read_post(app, live, post, remote, change).await? {
            // Merged and fresh now: the next step decides.
            Ok(Reading::Found(_)) => Ok(()),
            Ok(Reading::Gone) => self.gone(app, live, change),
            Ok(Reading::Unclear) => {
                let why = format!(
                    "{} did not say where this post stands, so nothing was sent yet.",
                    live.name
                );
                put_off(app, change, Some(self.back_off_change(app, change)), &why)
            }
            Err(error) => self.put_off_by(app, live, change, &error),
        }
    }

    /// Puts a change off for what kept it from being sent.
    pub(super) fn put_off_by(
        &mut self,
        app: &App,
        live: &Live,
        change: &Change,
        error: &ServiceError,
    ) -> Result<(), Error> {
        let until = self.trouble_with(app, live, change, error)?;
        put_off(app, change, until, &error.to_string())
    }
}

/// Puts a change off: it goes on waiting, and the card says why.
pub(super) fn put_off(
    app: &App,
    change: &Change,
    until: Option<DateTime<Utc>>,
    why: &str,
) -> Result<(), Error> {
    let now = app.clock.now();
    app.store.write::<_, Error>(|tx| Ok(tx.put_off(change, until, why, now)?))?;
    app.posts_changed(vec![change.post.clone()]);
    Ok(())
}

/// Makes the request. What a service answers to a creation names the post it made.
async fn ask(
    live: &Live,
    change: &Change,
    post: &Post,
    errand: &Errand,
) -> Result<Answer<Said>, ServiceError> {
    let service = &live.service;
    let key = match guard::holds(Guard::SameKey) {
        true => change.key.clone(),
        false => IdempotencyKey::generate(),
    };
    let accepted = match (errand, &post.remote) {
        (Errand::Create(new), _) => {
            let answer = service.create(new, &key).await?;
            return Ok(answer.map(|it| Said { created: Some(it.id), accepted: it.accepted }));
        }
        (Errand::Edit(edit), Some(remote)) => service.apply(remote, edit, &key).await?,
        (Errand::Act(act), Some(remote)) => service.act(remote, *act, &key).await?,
        (Errand::Edit(_) | Errand::Act(_), None) => {
            let sentence = "It is not at its service yet.".to_owned();
            return Err(ServiceError::Refused { status: 0, sentence });
        }
    };
    Ok(accepted.map(|accepted| Said { created: None, accepted }))
}

/// What a service said of a post it was asked about.
pub(super) struct Said {
    /// The post that was made.
    pub created: Option<RemoteId>,
    /// Where it stands.
    pub accepted: Accepted,
}

/// Closes a change that needs no request or may not be made, or begins an attempt at it.
fn settle_or_begin(
    tx: &Tx<'_>,
    live: &Live,
    change: &Change,
    post: Post,
    now: DateTime<Utc>,
) -> Result<Turn, StoreError> {
    if post.remote.is_none() && change.desired.aim == Aim::Deleted {
        // Its creation came to nothing, so there is nothing to delete anywhere else.
        tx.delete_post(&post.id)?;
        return Ok(Turn::Settled(None));
    }
    let Some(errand) = Errand::next(tx, &post, change, &live.capabilities)? else {
        tx.close(change.id, &ChangeState::Done, Some("It was so already."), now)?;
        return Ok(Turn::Settled(None));
    };
    let refusal = errand.forbidden_by(&without_change(&post)).or_else(|| {
        let lacking = errand.abilities().into_iter().find(|it| !live.capabilities.can(*it))?;
        Some(format!("{} can’t {} for Rundown.", live.name, lacking.words()))
    });
    if let Some(why) = refusal {
        let (refused, said) =
            (ChangeState::Failed(Problem::Refused), format!("Nothing was sent. {why}"));
        tx.close(change.id, &refused, Some(&said), now)?;
        return Ok(Turn::Settled(Some(said)));
    }
    let is_disputed = Dispute::of(change, &post.confirmed, &post.text).is_open();
    if is_disputed && guard::holds(Guard::BaseCompared) {
        let said = changed_elsewhere(live, &post);
        tx.close(change.id, &ChangeState::Conflict(post.confirmed.clone()), Some(&said), now)?;
        return Ok(Turn::Settled(Some(said)));
    }
    if let Some(said) = stop_at_limit(tx, live, change, now)? {
        return Ok(Turn::Settled(Some(said)));
    }
    if guard::holds(Guard::AttemptCounted) {
        tx.begin_attempt(change.id)?;
    }
    Ok(Turn::Send(post, errand))
}

/// The post as it is without the change that is about to be sent.
fn without_change(post: &Post) -> Post {
    Post { open: None, ..post.clone() }
}

/// What is said of a post that was changed in two places.
pub(super) fn changed_elsewhere(live: &Live, post: &Post) -> String {
    format!(
        "“{}” was also changed at {}. Nothing more is sent until you choose which version to keep.",
        excerpt(&post.text),
        live.name
    )
}
