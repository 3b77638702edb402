//! Recovering: a change whose outcome is unknown is looked up before anything is repeated.
//!
//! “Not applied” takes two reads, the second half a minute or more after our connection ended: a
//! request may still be on its way in the service when we look for its effect the first time.

use chrono::{DateTime, TimeDelta, Utc};

use super::send::changed_elsewhere;
use crate::app::App;
use crate::error::Error;
use crate::model::{Change, ChangeState, Post, Problem};
use crate::service::{Reading, RemotePost};
use crate::sync::{Asked, Lane, Live};

/// How long a request may have its effect after our connection ended.
const SETTLING: TimeDelta = TimeDelta::seconds(30);

impl Lane {
    /// Looks for the effect of a change whose outcome is unknown.
    pub(crate) async fn look_for_effect(
        &mut self,
        app: &App,
        live: &Live,
        change: &Change,
    ) -> Result<(), Error> {
        let Some(post) = app.store.read(|tx| tx.post(&change.post))? else { return Ok(()) };
        let near = near_times(&post, change);
        let asked = Asked::now(app)?;
        match live.service.read(&post.remote, &near).await {
            Ok(answer) => {
                self.answered(app, answer.heard)?;
                match answer.value {
                    Reading::Found(found) => self.weigh(app, live, change, &post, &found, asked),
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

    fn weigh(
        &mut self,
        app: &App,
        live: &Live,
        change: &Change,
        post: &Post,
        found: &RemotePost,
        asked: Asked,
    ) -> Result<(), Error> {
        if found.standing.same_as(&change.desired.standing()) {
            return self.confirmed(app, change, post, found.standing.clone(), None);
        }
        if found.standing.same_as(&change.base) {
            let settled_at = change.cut_at.unwrap_or(asked.at) + SETTLING;
            if change.not_found_reads == 0 || asked.at < settled_at {
                return look_later(app, change, Some(settled_at), 1);
            }
            // Read and as it was before: an absolute wish may be sent again. It takes another key,
            // since a service answers a key that it knows as it did before, be it with a refusal.
            self.mark_fresh(&post.id, asked.at);
            let (why, now) = ("It had not arrived, so it is sent again.", app.clock.now());
            app.store.write::<_, Error>(|tx| {
                tx.renew_key(change.id)?;
                Ok(tx.put_off(change, None, why, now)?)
            })?;
            app.posts_changed(vec![post.id.clone()]);
            return Ok(());
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
                "The connection broke while this was being sent. {} now says that the post is {}.",
                live.name, found.standing.status
            );
            self.close_failed(app, change, Problem::Refused, &said)?;
        }
        self.merge_found(app, found, asked)?;
        app.posts_changed(vec![post.id.clone()]);
        Ok(())
    }
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
