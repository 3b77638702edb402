//! The fold table: what a new wish makes of the change that already waits.
//!
//! A post has at most one waiting change. A newer wish edits it, so that the service is asked for
//! the end state only and never for a time that a later pause has taken back.

use chrono::{DateTime, Utc};

use super::{Desired, PostStatus, Standing};

/// What the user asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// Another time. For a draft this is the time it is remembered by; it stays a draft.
    MoveTo(DateTime<Utc>),
    /// Not going out.
    Pause,
    /// A draft goes out at this time.
    Resume(DateTime<Utc>),
    /// Back to an earlier end state and remembered time (undo).
    Restore {
        /// The end state before the step.
        desired: Desired,
        /// The remembered time before the step.
        remembered: Option<DateTime<Utc>>,
    },
}

/// What is left to wait, and to remember, once a wish has been folded in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Folded {
    /// The one change that waits now; none where the post already is as wished.
    pub waiting: Option<Desired>,
    /// The time a paused post is remembered by.
    pub remembered: Option<DateTime<Utc>>,
}

/// Folds `wish` into what is known of a post.
///
/// `ground` is where the post stands once whatever is in flight has arrived: the desired state of
/// the attempted change where there is one, else what the service confirmed.
pub fn fold(
    ground: &Standing,
    waiting: Option<Desired>,
    remembered: Option<DateTime<Utc>>,
    wish: Wish,
) -> Folded {
    let shown = waiting.map_or_else(|| ground.clone(), Desired::standing);
    let (desired, remembered) = match wish {
        // A time alone may arm a draft at the service, so it is kept here.
        Wish::MoveTo(time) if shown.status == PostStatus::Draft => {
            return Folded { waiting, remembered: Some(time) };
        }
        Wish::MoveTo(time) => (Desired::Scheduled { time }, remembered),
        Wish::Pause if shown.status == PostStatus::Draft => return Folded { waiting, remembered },
        Wish::Pause => (Desired::Draft, shown.time),
        Wish::Resume(time) => (Desired::Scheduled { time }, Some(time)),
        Wish::Restore { desired, remembered } => (desired, remembered),
    };
    let already_so = desired.standing().same_as(ground);
    Folded { waiting: (!already_so).then_some(desired), remembered }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NINE: &str = "2026-03-20T09:00:00Z";
    const TEN: &str = "2026-03-20T10:00:00Z";
    const NOON: &str = "2026-03-20T12:00:00Z";

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn scheduled(text: &str) -> Desired {
        Desired::Scheduled { time: at(text) }
    }

    /// ground · waiting · remembered · wish → waiting · remembered
    type Row = (
        Standing,
        Option<Desired>,
        Option<&'static str>,
        Wish,
        Option<Desired>,
        Option<&'static str>,
    );

    #[test]
    fn every_pair_of_waiting_change_and_wish_folds_as_written() {
        let armed = || Standing::scheduled(at(NINE));
        let draft = Standing::draft;
        let (to_ten, to_noon) = (Wish::MoveTo(at(TEN)), Wish::MoveTo(at(NOON)));
        let rows: Vec<Row> = vec![
            // A scheduled post.
            (armed(), None, None, to_ten, Some(scheduled(TEN)), None),
            (armed(), None, None, Wish::MoveTo(at(NINE)), None, None),
            (armed(), None, None, Wish::Pause, Some(Desired::Draft), Some(NINE)),
            (armed(), None, None, Wish::Resume(at(TEN)), Some(scheduled(TEN)), Some(TEN)),
            // … that waits to be moved.
            (armed(), Some(scheduled(TEN)), None, to_noon, Some(scheduled(NOON)), None),
            (armed(), Some(scheduled(TEN)), None, Wish::MoveTo(at(NINE)), None, None),
            (armed(), Some(scheduled(TEN)), None, Wish::Pause, Some(Desired::Draft), Some(TEN)),
            (
                armed(),
                Some(scheduled(TEN)),
                None,
                Wish::Resume(at(NOON)),
                Some(scheduled(NOON)),
                Some(NOON),
            ),
            // … that waits to be paused: a move changes only what is remembered.
            (armed(), Some(Desired::Draft), Some(NINE), to_noon, Some(Desired::Draft), Some(NOON)),
            (
                armed(),
                Some(Desired::Draft),
                Some(NINE),
                Wish::Pause,
                Some(Desired::Draft),
                Some(NINE),
            ),
            (armed(), Some(Desired::Draft), Some(NINE), Wish::Resume(at(NINE)), None, Some(NINE)),
            (
                armed(),
                Some(Desired::Draft),
                Some(NINE),
                Wish::Resume(at(TEN)),
                Some(scheduled(TEN)),
                Some(TEN),
            ),
            // A draft.
            (draft(), None, Some(NINE), to_ten, None, Some(TEN)),
            (draft(), None, Some(NINE), Wish::Pause, None, Some(NINE)),
            (draft(), None, None, Wish::Resume(at(TEN)), Some(scheduled(TEN)), Some(TEN)),
            // … that waits to be resumed.
            (draft(), Some(scheduled(TEN)), Some(TEN), to_noon, Some(scheduled(NOON)), Some(TEN)),
            (draft(), Some(scheduled(TEN)), Some(TEN), Wish::Pause, None, Some(TEN)),
            (
                draft(),
                Some(scheduled(TEN)),
                Some(TEN),
                Wish::Resume(at(NOON)),
                Some(scheduled(NOON)),
                Some(NOON),
            ),
            // Undo restores the end state before the step, whatever waits.
            (
                armed(),
                Some(scheduled(TEN)),
                None,
                Wish::Restore { desired: scheduled(NINE), remembered: None },
                None,
                None,
            ),
            (
                armed(),
                None,
                Some(NINE),
                Wish::Restore { desired: scheduled(TEN), remembered: None },
                Some(scheduled(TEN)),
                None,
            ),
            (
                armed(),
                Some(scheduled(TEN)),
                None,
                Wish::Restore { desired: Desired::Draft, remembered: Some(at(NOON)) },
                Some(Desired::Draft),
                Some(NOON),
            ),
        ];
        for (index, (ground, waiting, remembered, wish, want, want_remembered)) in
            rows.into_iter().enumerate()
        {
            let folded = fold(&ground, waiting, remembered.map(at), wish);
            let wanted = Folded { waiting: want, remembered: want_remembered.map(at) };
            assert_eq!(folded, wanted, "row {index}: {wish:?} into {waiting:?} on {ground:?}");
        }
    }
}
