//! Disputes: what of a change was meanwhile changed at its service as well, field by field.

use super::{Change, Desired, Standing, same_text};

/// How the fields of a post stand between what was asked for here and what is at the service.
/// Status and time are one field, so that a post paused elsewhere is never armed by a time alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dispute {
    /// Status and time.
    pub standing: Stake,
    /// The text.
    pub text: Stake,
}

/// A post at one moment. A change that leaves the text alone kept none.
#[derive(Clone, Copy, Debug)]
pub struct Version<'a> {
    /// Where it stands.
    pub standing: &'a Standing,
    /// Its text.
    pub text: Option<&'a str>,
}

/// How one field stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stake {
    /// Nothing else is asked for here than what is there.
    Agreed,
    /// Asked for here, and left alone there: it goes through as wished.
    Ours,
    /// Changed at both places, to something else.
    Disputed,
}

impl Dispute {
    /// Compares a change with what its post is at the service.
    pub fn of(change: &Change, standing: &Standing, text: &str) -> Self {
        let base = Version { standing: &change.base, text: change.base_text.as_deref() };
        Self::between(&change.desired, base, Version { standing, text: Some(text) })
    }

    /// Compares what is desired, on the base of one version of a post, with another version.
    pub fn between(desired: &Desired, base: Version<'_>, theirs: Version<'_>) -> Self {
        let stake = |is_asked, is_untouched| match (is_asked, is_untouched) {
            (false, _) => Stake::Agreed,
            (true, true) => Stake::Ours,
            (true, false) => Stake::Disputed,
        };
        let is_moved =
            !desired.wants_text_alone(base.standing) && !desired.aim.is_reached_by(theirs.standing);
        let differs = |text: Option<&str>| match (text, theirs.text) {
            (Some(text), Some(theirs)) => !same_text(text, theirs),
            _ => false,
        };
        Self {
            standing: stake(is_moved, theirs.standing.same_as(base.standing)),
            text: stake(differs(desired.text.as_deref()), !differs(base.text)),
        }
    }

    /// Whether the user has to pick.
    pub fn is_open(self) -> bool {
        self.standing == Stake::Disputed || self.text == Stake::Disputed
    }

    /// The same for a change that has become a question: where the service went back to what it had,
    /// everything that was asked for is still to be decided.
    #[must_use]
    pub fn asked(self) -> Self {
        if self.is_open() {
            return self;
        }
        let decide = |stake| if stake == Stake::Ours { Stake::Disputed } else { stake };
        Self { standing: decide(self.standing), text: decide(self.text) }
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};

    use super::*;
    use crate::model::{AccountId, Aim, ChangeId, ChangeState, Desired, IdempotencyKey, PostId};

    fn at(hour: u32) -> DateTime<Utc> {
        format!("2026-03-20T{hour:02}:00:00Z").parse().unwrap()
    }

    /// A change made on a post that was scheduled for nine, with the text “Hello”.
    fn change(aim: Aim, text: Option<&str>) -> Change {
        Change {
            id: ChangeId(1),
            post: PostId::generate(),
            account: AccountId::generate(),
            desired: Desired { aim, text: text.map(str::to_owned) },
            key: IdempotencyKey::generate(),
            base: Standing::scheduled(at(9)),
            base_text: text.map(|_| "Hello".to_owned()),
            state: ChangeState::Waiting,
            attempts: 0,
            not_before: None,
            cut_at: None,
            unheard: 0,
            not_found_reads: 0,
            made_at: at(8),
            closed_at: None,
            message: None,
        }
    }

    fn stakes(change: &Change, standing: &Standing, text: &str) -> (Stake, Stake) {
        let Dispute { standing, text } = Dispute::of(change, standing, text);
        (standing, text)
    }

    #[test]
    fn only_what_was_changed_at_both_places_is_disputed() {
        let both = change(Aim::Scheduled { time: at(15) }, Some("Mine"));
        let (nine, noon) = (Standing::scheduled(at(9)), Standing::scheduled(at(12)));
        assert_eq!(stakes(&both, &nine, "Hello"), (Stake::Ours, Stake::Ours));
        assert_eq!(stakes(&both, &noon, "Hello"), (Stake::Disputed, Stake::Ours));
        assert_eq!(stakes(&both, &nine, "Theirs"), (Stake::Ours, Stake::Disputed));
        assert_eq!(stakes(&both, &noon, "Theirs"), (Stake::Disputed, Stake::Disputed));
        let paused = Standing { status: crate::model::PostStatus::Draft, time: Some(at(15)) };
        assert_eq!(stakes(&both, &paused, "Hello"), (Stake::Disputed, Stake::Ours));
    }

    #[test]
    fn what_is_the_same_at_both_places_or_not_asked_for_is_agreed() {
        let both = change(Aim::Scheduled { time: at(15) }, Some("Mine"));
        let there = Standing::scheduled(at(15));
        assert_eq!(stakes(&both, &there, "Mine"), (Stake::Agreed, Stake::Agreed));
        let text_alone = change(Aim::Scheduled { time: at(9) }, Some("Mine"));
        assert_eq!(stakes(&text_alone, &there, "Hello"), (Stake::Agreed, Stake::Ours));
        let time_alone = change(Aim::Scheduled { time: at(15) }, None);
        let nine = Standing::scheduled(at(9));
        assert_eq!(stakes(&time_alone, &nine, "Theirs"), (Stake::Ours, Stake::Agreed));
    }

    #[test]
    fn a_question_whose_cause_is_gone_still_asks_for_all_that_was_wanted() {
        let both = change(Aim::Scheduled { time: at(15) }, Some("Mine"));
        let dispute = Dispute::of(&both, &Standing::scheduled(at(9)), "Hello");
        assert!(!dispute.is_open());
        let asked = Dispute { standing: Stake::Disputed, text: Stake::Disputed };
        assert_eq!(dispute.asked(), asked);
    }
}
