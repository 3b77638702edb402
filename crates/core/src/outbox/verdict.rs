//! Verdicts: what a 2xx made of what was asked.

use super::errand::Errand;
use crate::model::{Aim, PostStatus, Standing, same_text};
use crate::service::Accepted;

/// What a 2xx meant.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Standing and text are as asked.
    AsAsked(Standing),
    /// The status is as asked, the time is another.
    Shifted(Standing),
    /// The post was left in another status, or with its old text.
    Ignored(Standing),
    /// The answer does not say.
    Silent,
}

/// Compares an answer with what was asked. What the answer leaves out is never assumed.
pub(super) fn judge(errand: &Errand, before: &Standing, accepted: &Accepted) -> Verdict {
    let said = Standing {
        status: accepted.status.clone().unwrap_or(before.status.clone()),
        time: accepted.time.or(before.time),
    };
    let standing = match (errand.aim(), &accepted.status) {
        (Some(aim @ (Aim::Deleted | Aim::Skipped)), _) => {
            return Verdict::AsAsked(Standing {
                status: PostStatus::Cancelled,
                ..aim.shown(before)
            });
        }
        (None, _) if said.same_as(before) => Verdict::AsAsked(said),
        (None, _) | (Some(_), None) => Verdict::Silent,
        (Some(Aim::Published | Aim::Retried), _) => {
            let aim = errand.aim().is_some_and(|aim| aim.is_reached_by(&said));
            if aim { Verdict::AsAsked(said) } else { Verdict::Silent }
        }
        (Some(Aim::Draft), Some(PostStatus::Draft)) => Verdict::AsAsked(said),
        (Some(Aim::Draft), Some(_)) => Verdict::Ignored(said),
        (Some(Aim::Scheduled { time }), Some(PostStatus::Scheduled)) => match accepted.time {
            None => Verdict::Silent,
            Some(_) if said.same_as(&Standing::scheduled(time)) => Verdict::AsAsked(said),
            Some(_) => Verdict::Shifted(said),
        },
        (Some(Aim::Scheduled { .. }), Some(_)) => Verdict::Ignored(said),
    };
    match (standing, errand.text(), &accepted.text) {
        (Verdict::AsAsked(_) | Verdict::Shifted(_), Some(_), None) => Verdict::Silent,
        (Verdict::AsAsked(said), Some(asked), Some(kept)) if !same_text(asked, kept) => {
            Verdict::Ignored(said)
        }
        (verdict, _, _) => verdict,
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};

    use super::*;
    use crate::model::Edit;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn accepted(status: Option<PostStatus>, time: Option<&str>) -> Accepted {
        Accepted { status, time: time.map(at), text: None }
    }

    #[test]
    fn an_answer_is_compared_with_what_was_asked() {
        let nine = "2026-03-20T09:00:00Z";
        let ten = "2026-03-20T10:00:00Z";
        let before = Standing::scheduled(at(nine));
        let (scheduled, draft) = (Some(PostStatus::Scheduled), Some(PostStatus::Draft));
        let move_to = || Edit::move_to(at(ten));
        let judge = |edit, accepted| judge(&Errand::Edit(edit), &before, &accepted);

        assert_eq!(
            judge(move_to(), accepted(scheduled.clone(), Some(ten))),
            Verdict::AsAsked(Standing::scheduled(at(ten)))
        );
        assert_eq!(
            judge(move_to(), accepted(scheduled.clone(), Some(nine))),
            Verdict::Shifted(Standing::scheduled(at(nine)))
        );
        assert_eq!(judge(move_to(), accepted(scheduled.clone(), None)), Verdict::Silent);
        assert_eq!(judge(move_to(), accepted(None, Some(ten))), Verdict::Silent);
        assert!(matches!(
            judge(move_to(), accepted(draft.clone(), Some(ten))),
            Verdict::Ignored(_)
        ));
        assert!(matches!(judge(Edit::pause(), accepted(draft, None)), Verdict::AsAsked(_)));
        assert_eq!(
            judge(Edit::pause(), accepted(scheduled, Some(nine))),
            Verdict::Ignored(before.clone())
        );
    }

    #[test]
    fn a_text_counts_as_changed_only_where_the_answer_shows_it() {
        let before = Standing::scheduled(at("2026-03-20T09:00:00Z"));
        let judge = |text: Option<&str>| {
            let text = text.map(str::to_owned);
            let accepted = Accepted { text, ..Accepted::default() };
            judge(&Errand::Edit(Edit::text("Good morning")), &before, &accepted)
        };
        assert_eq!(judge(Some("Good morning")), Verdict::AsAsked(before.clone()));
        assert_eq!(judge(Some("Hello")), Verdict::Ignored(before.clone()));
        assert_eq!(judge(None), Verdict::Silent);
    }
}
