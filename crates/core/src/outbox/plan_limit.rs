//! Limits of a plan: the first refusal stops whatever would meet the same limit, since each refusal
//! mails the account's owner, and is explained in its numbers.

use chrono::{DateTime, Utc};

use super::outcome::had_no_effect;
use crate::app::App;
use crate::error::Error;
use crate::events::Event;
use crate::guard::{self, Guard};
use crate::model::{Change, ChangeState, PostId, PostStatus, Problem};
use crate::service::PlanLimit;
use crate::store::{StoreError, Tx};
use crate::sync::Live;

/// Closes a change that was refused for a limit of the plan and, in the same transaction, all that
/// waits and would meet it, too. Each of their posts asks what to do.
pub(super) fn over_limit(
    app: &App,
    live: &Live,
    change: &Change,
    limit: &PlanLimit,
) -> Result<(), Error> {
    let now = app.clock.now();
    let said = explain(&live.name, limit);
    let stopped = app.store.write::<_, Error>(|tx| {
        tx.set_plan_limit(&change.account, limit, now)?;
        had_no_effect(tx, change, Problem::PlanLimit, &said, now)?;
        let mut stopped = tx.waiting_changes(&change.account)?;
        stopped.retain(|it| it.post != change.post && would_meet(it, limit));
        for waiting in &stopped {
            close_unsent(tx, waiting, live, limit, now)?;
        }
        Ok(stopped.into_iter().map(|waiting| waiting.post).collect::<Vec<PostId>>())
    })?;
    app.emit(Event::AccountsChanged);
    app.posts_changed(std::iter::once(change.post.clone()).chain(stopped).collect());
    app.problem(&change.post, said);
    Ok(())
}

/// Closes a change, unsent, that was made before its account's plan refused what it would ask for;
/// one whose outcome was unknown then comes here. Says what is to be told.
pub(super) fn stop_at_limit(
    tx: &Tx<'_>,
    live: &Live,
    change: &Change,
    now: DateTime<Utc>,
) -> Result<Option<String>, StoreError> {
    let refusals = tx.plan_refusals(&change.account)?;
    let Some((mut limit, at)) = refusals.limit.filter(|(_, at)| change.made_at < *at) else {
        return Ok(None);
    };
    limit.horizon = refusals.horizon.filter(|(_, said_at)| *said_at == at).map(|(until, _)| until);
    if !would_meet(change, &limit) {
        return Ok(None);
    }
    close_unsent(tx, change, live, &limit, now).map(Some)
}

fn close_unsent(
    tx: &Tx<'_>,
    change: &Change,
    live: &Live,
    limit: &PlanLimit,
    now: DateTime<Utc>,
) -> Result<String, StoreError> {
    let (service, limit) = (&live.name, limit.sentence.trim_end_matches('.'));
    let refused = format!("{service} refused another post for a limit of the plan ({limit})");
    let said = match change.state {
        ChangeState::Unknown => format!(
            "{service} did not answer, and does not show this post. It was not asked again: \
             meanwhile {refused}, and this one would meet it, too. Look there before you try again."
        ),
        _ => format!(
            "Not sent: {refused}, and this one would meet it, too. Try again once there is room."
        ),
    };
    tx.close(change.id, &ChangeState::Failed(Problem::PlanLimit), Some(&said), now)?;
    Ok(said)
}

/// Whether a change adds to what the plan counts, or lies beyond how far ahead it lets posts be.
fn would_meet(change: &Change, limit: &PlanLimit) -> bool {
    let Some(time) = change.desired.time() else { return false };
    if !guard::holds(Guard::StopsAtLimit) {
        return false;
    }
    match limit.horizon {
        Some(horizon) => time > horizon,
        None => change.base.status != PostStatus::Scheduled,
    }
}

/// A plan's limit in its own numbers, and what to do about it.
fn explain(service: &str, limit: &PlanLimit) -> String {
    let mut said = format!("{service} says: {}", limit.sentence);
    if !said.ends_with(['.', '!', '?']) {
        said.push('.');
    }
    let plan = limit.plan.as_ref().map(|plan| format!(" on the {plan} plan")).unwrap_or_default();
    if let (Some(used), Some(most)) = (limit.used, limit.limit) {
        said.push_str(&format!(" {used} of {most} are used{plan}."));
    }
    if let Some(horizon) = limit.horizon {
        said.push_str(&format!(
            " Posts can be scheduled until {} UTC{plan}.",
            horizon.format("%-d %B %Y, %H:%M")
        ));
    }
    said.push_str(" Wait for posts to go out, pause others, or change the plan.");
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_limit_is_explained_in_its_numbers() {
        let limit = PlanLimit {
            sentence: "You have reached your scheduled posts limit".to_owned(),
            limit: Some(3),
            used: Some(3),
            plan: Some("Starter".to_owned()),
            ..PlanLimit::default()
        };
        assert_eq!(
            explain("PostPost", &limit),
            "PostPost says: You have reached your scheduled posts limit. 3 of 3 are used on the \
             Starter plan. Wait for posts to go out, pause others, or change the plan."
        );
    }
}
