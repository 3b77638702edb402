//! Sending one change: look first, check its time, count the attempt, ask, and close it.

use chrono::{DateTime, TimeDelta, Utc};

use crate::app::App;
use crate::error::Error;
use crate::model::{Account, Change, ChangeState, Edit, Post, Problem, check_lead};
use crate::posts::excerpt;
use crate::service::Reading;
use crate::store::{StoreError, Tx};
use crate::sync::{Lane, Live, slept};

const TOO_LATE: &str = "This change could not be sent before its time came, and sending it now \
     could publish the post at once. Nothing was sent: choose another time.";

/// What is to be done about a change whose turn has come.
enum Turn {
    /// Ask the service for this.
    Send(Post, Edit),
    /// Read the post first: we have not for a while.
    ReadFirst(Post),
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
        match self.take_turn(app, live, change)? {
            Turn::Settled(said) => {
                app.posts_changed(vec![change.post.clone()]);
                if let Some(said) = said {
                    app.problem(&change.post, said);
                }
                Ok(())
            }
            Turn::ReadFirst(post) => self.read_before_write(app, live, change, &post).await,
            Turn::Send(post, edit) => {
                app.posts_changed(vec![change.post.clone()]);
                let asked_at = app.clock.now();
                let answer = live.service.apply(&post.remote, &edit, &change.key).await;
                if slept(asked_at, app.clock.now()) {
                    self.must_read_again();
                    return self.outcome_unknown(
                        app,
                        change,
                        "The computer slept while this was being sent. Looking.",
                    );
                }
                self.settle(app, live, change, &post, edit, answer)
            }
        }
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
            if is_too_late(&change, later_now, live.capabilities.lead) {
                // The next step closes it.
                return Ok(Turn::Settled(None));
            }
            if !is_fresh {
                return Ok(Turn::ReadFirst(post));
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
        late.retain(|change| is_too_late(change, later_now, lead));
        for change in late {
            let outcome = ChangeState::Failed(Problem::TooLate);
            let closed = app.store.write::<_, Error>(|tx| {
                Ok(tx.close(change.id, &outcome, Some(TOO_LATE), now)?)
            })?;
            if closed {
                app.posts_changed(vec![change.post.clone()]);
                app.problem(&change.post, TOO_LATE);
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
    ) -> Result<(), Error> {
        match self.read_post(app, live, post, change).await? {
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
            Err(error) => {
                let until = self.trouble_with(app, live, change, &error)?;
                put_off(app, change, until, &error.to_string())
            }
        }
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

fn is_too_late(change: &Change, later_now: DateTime<Utc>, lead: TimeDelta) -> bool {
    change.desired.time().is_some_and(|time| check_lead(time, later_now, lead).is_err())
}

/// Closes a change that needs no request or may not be made, or begins an attempt at it.
fn settle_or_begin(
    tx: &Tx<'_>,
    live: &Live,
    change: &Change,
    post: Post,
    now: DateTime<Utc>,
) -> Result<Turn, StoreError> {
    let confirmed = &post.confirmed;
    let Some(edit) = Edit::between(confirmed, change.desired) else {
        tx.close(change.id, &ChangeState::Done, Some("It was so already."), now)?;
        return Ok(Turn::Settled(None));
    };
    if let Some(why) = post.locked_because() {
        let (refused, said) =
            (ChangeState::Failed(Problem::Refused), format!("Nothing was sent. {why}"));
        tx.close(change.id, &refused, Some(&said), now)?;
        return Ok(Turn::Settled(Some(said)));
    }
    if !confirmed.same_as(&change.base) {
        let said = changed_elsewhere(live, &post);
        tx.close(change.id, &ChangeState::Conflict(confirmed.clone()), Some(&said), now)?;
        return Ok(Turn::Settled(Some(said)));
    }
    tx.begin_attempt(change.id)?;
    Ok(Turn::Send(post, edit))
}

/// What is said of a post that was changed in two places.
pub(super) fn changed_elsewhere(live: &Live, post: &Post) -> String {
    format!(
        "“{}” was also changed at {}. Nothing more is sent until you choose which version to keep.",
        excerpt(&post.text),
        live.name
    )
}
