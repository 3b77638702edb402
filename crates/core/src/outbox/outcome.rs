//! Outcomes: what an answer, or its absence, makes of the change that was sent.

use super::send::put_off;
use crate::app::App;
use crate::error::Error;
use crate::model::{Change, ChangeState, Desired, Edit, Post, PostStatus, Problem, Standing};
use crate::service::{Accepted, Answer, Disposition, PlanLimit, ServiceError};
use crate::store::Written;
use crate::sync::{Lane, Live};

/// What a 200 meant.
#[derive(Debug, PartialEq, Eq)]
enum Verdict {
    /// Status and time are as asked.
    AsAsked(Standing),
    /// The status is as asked, the time is another.
    Shifted(Standing),
    /// The post was left in another status.
    Ignored(Standing),
    /// The answer does not say.
    Silent,
}

/// Compares an answer with what was asked. What the answer leaves out is never assumed.
fn judge(edit: Edit, before: &Standing, accepted: &Accepted) -> Verdict {
    let Some(status) = accepted.status.clone() else { return Verdict::Silent };
    let said = Standing { status, time: accepted.time.or(before.time) };
    match edit.desired() {
        Desired::Draft if said.status == PostStatus::Draft => Verdict::AsAsked(said),
        Desired::Draft => Verdict::Ignored(said),
        Desired::Scheduled { .. } if said.status != PostStatus::Scheduled => Verdict::Ignored(said),
        Desired::Scheduled { .. } if accepted.time.is_none() => Verdict::Silent,
        Desired::Scheduled { time } if said.same_as(&Standing::scheduled(time)) => {
            Verdict::AsAsked(said)
        }
        Desired::Scheduled { .. } => Verdict::Shifted(said),
    }
}

impl Lane {
    /// Closes a change by its answer, or keeps it open where the answer leaves that open.
    pub(super) fn settle(
        &mut self,
        app: &App,
        live: &Live,
        change: &Change,
        post: &Post,
        edit: Edit,
        answer: Result<Answer<Accepted>, ServiceError>,
    ) -> Result<(), Error> {
        let accepted = match answer {
            Ok(answer) => {
                self.answered(app, answer.heard)?;
                answer.value
            }
            Err(error) => return self.settle_error(app, live, change, &error),
        };
        match judge(edit, &post.confirmed, &accepted) {
            Verdict::AsAsked(standing) => self.confirmed(app, change, post, standing, None),
            Verdict::Shifted(standing) => {
                let said = format!(
                    "{} took another time than the one asked for. It is shown at the time {} gave.",
                    live.name, live.name
                );
                let problem = Some((Problem::Shifted, said));
                self.confirmed(app, change, post, standing, problem)
            }
            Verdict::Ignored(standing) => {
                let said = match change.desired {
                    Desired::Draft => format!(
                        "{} said yes, but the post was NOT paused: it is still {} there and will go \
                         out. Pause it again, or on {}’s own page.",
                        live.name, standing.status, live.name
                    ),
                    Desired::Scheduled { .. } => format!(
                        "{} said yes, but the post is {} there, not scheduled. It will not go out at \
                         the time you chose.",
                        live.name, standing.status
                    ),
                };
                let problem = Some((Problem::Ignored, said));
                self.confirmed(app, change, post, standing, problem)
            }
            Verdict::Silent => {
                let why = format!("{} did not say what it made of this. Looking.", live.name);
                self.outcome_unknown(app, change, &why)
            }
        }
    }

    /// Takes over what the service confirmed and closes the change.
    pub(super) fn confirmed(
        &mut self,
        app: &App,
        change: &Change,
        post: &Post,
        standing: Standing,
        problem: Option<(Problem, String)>,
    ) -> Result<(), Error> {
        let at = app.clock.now();
        let written = Written { confirmed: standing, former: post.confirmed.clone(), at };
        app.store.write::<_, Error>(|tx| {
            tx.set_written(&post.id, &written)?;
            match &problem {
                None => tx.close(change.id, &ChangeState::Done, None, at)?,
                Some((problem, said)) => {
                    tx.close(change.id, &ChangeState::Failed(*problem), Some(said), at)?
                }
            };
            // A newer wish was made on the end state of this one.
            if let Some(waiting) = tx.waiting_change(&post.id)? {
                tx.rebase(waiting.id, &written.confirmed)?;
            }
            Ok(())
        })?;
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
        error: &ServiceError,
    ) -> Result<(), Error> {
        match error.disposition() {
            Disposition::Later { .. } | Disposition::NeedsKey => {
                let until = self.trouble_with(app, live, change, error)?;
                put_off(app, change, until, &error.to_string())
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
                (Problem::PlanLimit, explain_limit(&live.name, limit))
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
        let closed = app.store.write::<_, Error>(|tx| {
            let closed = tx.close(change.id, &ChangeState::Failed(problem), Some(said), now)?;
            // What was wished for on top of it stands on what the service last confirmed.
            if let (Some(waiting), Some(post)) =
                (tx.waiting_change(&change.post)?, tx.post(&change.post)?)
            {
                tx.rebase(waiting.id, &post.confirmed)?;
            }
            Ok(closed)
        })?;
        if closed {
            app.posts_changed(vec![change.post.clone()]);
            app.problem(&change.post, said);
        }
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

/// A plan's limit in its own numbers, and what to do about it.
fn explain_limit(service: &str, limit: &PlanLimit) -> String {
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
    use chrono::{DateTime, Utc};

    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn accepted(status: Option<PostStatus>, time: Option<&str>) -> Accepted {
        Accepted { status, time: time.map(at) }
    }

    #[test]
    fn an_answer_is_compared_with_what_was_asked() {
        let nine = "2026-03-20T09:00:00Z";
        let ten = "2026-03-20T10:00:00Z";
        let before = Standing::scheduled(at(nine));
        let (scheduled, draft) = (Some(PostStatus::Scheduled), Some(PostStatus::Draft));
        let move_to = Edit::MoveTo(at(ten));
        let judge = |edit, accepted| judge(edit, &before, &accepted);

        assert_eq!(
            judge(move_to, accepted(scheduled.clone(), Some(ten))),
            Verdict::AsAsked(Standing::scheduled(at(ten)))
        );
        assert_eq!(
            judge(move_to, accepted(scheduled.clone(), Some(nine))),
            Verdict::Shifted(Standing::scheduled(at(nine)))
        );
        assert_eq!(judge(move_to, accepted(scheduled.clone(), None)), Verdict::Silent);
        assert_eq!(judge(move_to, accepted(None, Some(ten))), Verdict::Silent);
        assert!(matches!(judge(move_to, accepted(draft.clone(), Some(ten))), Verdict::Ignored(_)));
        assert!(matches!(judge(Edit::Pause, accepted(draft, None)), Verdict::AsAsked(_)));
        assert_eq!(
            judge(Edit::Pause, accepted(scheduled, Some(nine))),
            Verdict::Ignored(before.clone())
        );
    }

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
            explain_limit("PostPost", &limit),
            "PostPost says: You have reached your scheduled posts limit. 3 of 3 are used on the \
             Starter plan. Wait for posts to go out, pause others, or change the plan."
        );
    }
}
