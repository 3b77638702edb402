//! The fold table: what a new wish makes of the change that already waits.
//!
//! A post has at most one waiting change. A newer wish edits it, so that the service is asked for
//! the end state only and never for a time that a later pause has taken back.

use chrono::{DateTime, Utc};

use super::{Act, Aim, Desired, PostStatus, Standing, same_text};

/// What the user asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    /// Another time. For a draft this is the time it is remembered by; it stays a draft.
    MoveTo(DateTime<Utc>),
    /// Not going out.
    Pause,
    /// A draft goes out at this time.
    Resume(DateTime<Utc>),
    /// Another text.
    Edit(String),
    /// Something that is done once.
    Act(Act),
    /// Back to what was asked for before a step (undo).
    Restore {
        /// Where it was to stand before the step; none where that was not ours to say.
        aim: Option<Aim>,
        /// The text before the step.
        text: String,
        /// The remembered time before the step.
        remembered: Option<DateTime<Utc>>,
    },
}

/// What a wish is folded onto: where the post stands once whatever is in flight has arrived.
#[derive(Clone, Copy, Debug)]
pub struct Ground<'a> {
    /// Its standing.
    pub standing: &'a Standing,
    /// Its text.
    pub text: &'a str,
    /// Whether its service knows it, or was asked to create it. Until then its text is nobody's but
    /// ours, and deleting it takes no request.
    pub is_at_service: bool,
}

/// What is left to wait, and to remember, once a wish has been folded in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Folded {
    /// The post stays.
    Kept {
        /// The one change that waits now; none where the post already is as wished.
        waiting: Option<Desired>,
        /// The time a paused post is remembered by.
        remembered: Option<DateTime<Utc>>,
        /// The text a post gets at once that no service has yet.
        text: Option<String>,
    },
    /// Nothing of the post ever left this computer, and it is to be gone.
    Discarded,
}

/// Folds `wish` into what is known of a post.
pub fn fold(
    ground: Ground<'_>,
    waiting: Option<&Desired>,
    remembered: Option<DateTime<Utc>>,
    wish: Wish,
) -> Folded {
    let unchanged = |remembered| Folded::Kept { waiting: waiting.cloned(), remembered, text: None };
    let shown = waiting.map_or_else(|| ground.standing.clone(), |it| it.aim.shown(ground.standing));
    let text = waiting.and_then(|waiting| waiting.text.clone());
    let is_draft = shown.status == PostStatus::Draft;
    let (aim, text, remembered) = match wish {
        // A time alone may arm a draft at the service, so it is kept here.
        Wish::MoveTo(time) if is_draft => return unchanged(Some(time)),
        Wish::MoveTo(time) => (Some(Aim::Scheduled { time }), text, remembered),
        Wish::Pause if is_draft => return unchanged(remembered),
        Wish::Pause => (Some(Aim::Draft), text, shown.time),
        Wish::Resume(time) => (Some(Aim::Scheduled { time }), text, Some(time)),
        // What waits of a post that is not there yet is its creation, which takes the text along.
        Wish::Edit(text) if !ground.is_at_service => {
            (waiting.map(|waiting| waiting.aim), Some(text), remembered)
        }
        Wish::Edit(text) => (Aim::as_it_stands(&shown), Some(text), remembered),
        Wish::Act(Act::Delete) if !ground.is_at_service => return Folded::Discarded,
        Wish::Act(act) => (Some(act.aim()), None, remembered),
        Wish::Restore { aim, text, remembered } => (aim, Some(text), remembered),
    };
    let text = text.filter(|text| !same_text(text, ground.text));
    let (text, text_here) = if ground.is_at_service { (text, None) } else { (None, text) };
    let already_so = |aim: &Aim| {
        let is_there = aim.act().is_none() && aim.is_reached_by(ground.standing);
        ground.is_at_service && text.is_none() && is_there
    };
    let aim = aim.filter(|aim| !already_so(aim));
    Folded::Kept { waiting: aim.map(|aim| Desired { aim, text }), remembered, text: text_here }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NINE: &str = "2026-03-20T09:00:00Z";
    const TEN: &str = "2026-03-20T10:00:00Z";
    const NOON: &str = "2026-03-20T12:00:00Z";
    const DRAFT: Desired = Desired { aim: Aim::Draft, text: None };
    const DELETED: Desired = Desired { aim: Aim::Deleted, text: None };

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn scheduled(text: &str) -> Desired {
        Desired::aim(Aim::Scheduled { time: at(text) })
    }

    fn with_text(desired: Desired, text: &str) -> Option<Desired> {
        Some(Desired { text: Some(text.to_owned()), ..desired })
    }

    fn edit(text: &str) -> Wish {
        Wish::Edit(text.to_owned())
    }

    fn restore(desired: Option<Desired>, text: &str, remembered: Option<&str>) -> Wish {
        let aim = desired.map(|desired| desired.aim);
        Wish::Restore { aim, text: text.to_owned(), remembered: remembered.map(at) }
    }

    /// A post and what already waits: ground · waiting · remembered.
    struct Known {
        standing: Standing,
        is_at_service: bool,
        waiting: Option<Desired>,
        remembered: Option<&'static str>,
    }

    impl Known {
        fn folds(&self, wish: Wish) -> Folded {
            let Self { standing, is_at_service, waiting, remembered } = self;
            let ground = Ground { standing, text: "Hello", is_at_service: *is_at_service };
            fold(ground, waiting.as_ref(), remembered.map(at), wish)
        }
    }

    /// A post that is scheduled for nine at its service.
    fn armed(waiting: Option<Desired>, remembered: Option<&'static str>) -> Known {
        let standing = Standing::scheduled(at(NINE));
        Known { standing, is_at_service: true, waiting, remembered }
    }

    /// A draft at its service.
    fn draft(waiting: Option<Desired>, remembered: Option<&'static str>) -> Known {
        Known { standing: Standing::draft(), is_at_service: true, waiting, remembered }
    }

    /// A post that no service knows yet; without a waiting change it is a draft kept here.
    fn new(waiting: Option<Desired>, remembered: Option<&'static str>) -> Known {
        Known { is_at_service: false, ..draft(waiting, remembered) }
    }

    fn kept(waiting: Option<Desired>, remembered: Option<&str>) -> Folded {
        Folded::Kept { waiting, remembered: remembered.map(at), text: None }
    }

    fn kept_with(text: &str, waiting: Option<Desired>, remembered: Option<&str>) -> Folded {
        let text = Some(text.to_owned());
        Folded::Kept { waiting, remembered: remembered.map(at), text }
    }

    fn check(rows: Vec<(Known, Wish, Folded)>) {
        for (index, (known, wish, wanted)) in rows.into_iter().enumerate() {
            let (said, waiting) = (format!("{wish:?}"), known.waiting.clone());
            let on = &known.standing;
            assert_eq!(known.folds(wish), wanted, "row {index}: {said} into {waiting:?} on {on:?}");
        }
    }

    #[test]
    fn every_pair_of_waiting_change_and_wish_folds_as_written() {
        let (to_ten, to_noon) = (|| Wish::MoveTo(at(TEN)), || Wish::MoveTo(at(NOON)));
        let (ten, noon) = (|| Some(scheduled(TEN)), || Some(scheduled(NOON)));
        let resume = |time| Wish::Resume(at(time));
        let paused = || Some(DRAFT);
        check(vec![
            // A scheduled post.
            (armed(None, None), to_ten(), kept(ten(), None)),
            (armed(None, None), Wish::MoveTo(at(NINE)), kept(None, None)),
            (armed(None, None), Wish::Pause, kept(paused(), Some(NINE))),
            (armed(None, None), resume(TEN), kept(ten(), Some(TEN))),
            // … that waits to be moved.
            (armed(ten(), None), to_noon(), kept(noon(), None)),
            (armed(ten(), None), Wish::MoveTo(at(NINE)), kept(None, None)),
            (armed(ten(), None), Wish::Pause, kept(paused(), Some(TEN))),
            (armed(ten(), None), resume(NOON), kept(noon(), Some(NOON))),
            // … that waits to be paused: a move changes only what is remembered.
            (armed(paused(), Some(NINE)), to_noon(), kept(paused(), Some(NOON))),
            (armed(paused(), Some(NINE)), Wish::Pause, kept(paused(), Some(NINE))),
            (armed(paused(), Some(NINE)), resume(NINE), kept(None, Some(NINE))),
            (armed(paused(), Some(NINE)), resume(TEN), kept(ten(), Some(TEN))),
            // A draft.
            (draft(None, Some(NINE)), to_ten(), kept(None, Some(TEN))),
            (draft(None, Some(NINE)), Wish::Pause, kept(None, Some(NINE))),
            (draft(None, None), resume(TEN), kept(ten(), Some(TEN))),
            // … that waits to be resumed.
            (draft(ten(), Some(TEN)), to_noon(), kept(noon(), Some(TEN))),
            (draft(ten(), Some(TEN)), Wish::Pause, kept(None, Some(TEN))),
            (draft(ten(), Some(TEN)), resume(NOON), kept(noon(), Some(NOON))),
            // Undo restores what was there before the step, whatever waits.
            (armed(ten(), None), restore(Some(scheduled(NINE)), "Hello", None), kept(None, None)),
            (armed(None, Some(NINE)), restore(ten(), "Hello", None), kept(ten(), None)),
            (
                armed(ten(), None),
                restore(paused(), "Hello", Some(NOON)),
                kept(paused(), Some(NOON)),
            ),
        ]);
    }

    #[test]
    fn a_text_joins_the_waiting_change_and_is_dropped_where_it_is_the_old_one() {
        let (ten, nine) = (|| scheduled(TEN), || scheduled(NINE));
        let bye = |desired| with_text(desired, "Bye");
        check(vec![
            (armed(None, None), edit("Bye"), kept(bye(nine()), None)),
            (armed(None, None), edit(" Hello\r\n"), kept(None, None)),
            (armed(Some(ten()), None), edit("Bye"), kept(bye(ten()), None)),
            (armed(Some(DRAFT), Some(NINE)), edit("Bye"), kept(bye(DRAFT), Some(NINE))),
            (draft(None, None), edit("Bye"), kept(bye(DRAFT), None)),
            (armed(bye(nine()), None), Wish::MoveTo(at(TEN)), kept(bye(ten()), None)),
            (armed(bye(nine()), None), Wish::Pause, kept(bye(DRAFT), Some(NINE))),
            (armed(bye(ten()), None), Wish::MoveTo(at(NINE)), kept(bye(nine()), None)),
            (armed(bye(ten()), None), edit("Hello"), kept(Some(ten()), None)),
            (draft(bye(DRAFT), None), Wish::Resume(at(TEN)), kept(bye(ten()), Some(TEN))),
            (armed(bye(nine()), None), restore(Some(nine()), "Hello", None), kept(None, None)),
            (armed(None, None), restore(Some(nine()), "Bye", None), kept(bye(nine()), None)),
        ]);
    }

    #[test]
    fn every_wish_folds_into_a_creation_that_waits() {
        let (ten, noon) = (|| Some(scheduled(TEN)), || Some(scheduled(NOON)));
        let created = || Some(DRAFT);
        check(vec![
            // To be created as a draft.
            (new(created(), None), Wish::MoveTo(at(TEN)), kept(created(), Some(TEN))),
            (new(created(), None), Wish::Pause, kept(created(), None)),
            (new(created(), None), Wish::Resume(at(TEN)), kept(ten(), Some(TEN))),
            (new(created(), None), edit("Bye"), kept_with("Bye", created(), None)),
            (new(created(), None), Wish::Act(Act::Delete), Folded::Discarded),
            // To be created and scheduled.
            (new(ten(), None), Wish::MoveTo(at(NOON)), kept(noon(), None)),
            (new(ten(), None), Wish::Pause, kept(created(), Some(TEN))),
            (new(ten(), None), Wish::Resume(at(NOON)), kept(noon(), Some(NOON))),
            (new(ten(), None), edit("Bye"), kept_with("Bye", ten(), None)),
            (new(ten(), None), Wish::Act(Act::Delete), Folded::Discarded),
            // A draft that is kept here, and what undo makes of its first steps.
            (new(None, None), Wish::MoveTo(at(TEN)), kept(None, Some(TEN))),
            (new(None, None), Wish::Resume(at(TEN)), kept(ten(), Some(TEN))),
            (new(None, None), edit("Bye"), kept_with("Bye", None, None)),
            (new(None, None), Wish::Act(Act::Delete), Folded::Discarded),
            (new(ten(), Some(TEN)), restore(None, "Hello", None), kept(None, None)),
            (new(None, None), restore(None, "Bye", None), kept_with("Bye", None, None)),
        ]);
    }

    #[test]
    fn a_deletion_takes_the_place_of_what_waits_and_a_newer_wish_takes_its() {
        let delete = || Wish::Act(Act::Delete);
        let deleted = || Some(DELETED);
        let ten = || Some(scheduled(TEN));
        let published = || Wish::Act(Act::PublishNow);
        check(vec![
            (armed(None, None), delete(), kept(deleted(), None)),
            (armed(ten(), None), delete(), kept(deleted(), None)),
            (armed(Some(DRAFT), Some(NINE)), delete(), kept(deleted(), Some(NINE))),
            (draft(None, Some(NINE)), delete(), kept(deleted(), Some(NINE))),
            (draft(ten(), Some(TEN)), delete(), kept(deleted(), Some(TEN))),
            (armed(deleted(), None), delete(), kept(deleted(), None)),
            (armed(deleted(), None), Wish::Pause, kept(Some(DRAFT), Some(NINE))),
            (armed(deleted(), None), Wish::MoveTo(at(TEN)), kept(ten(), None)),
            (armed(deleted(), None), Wish::MoveTo(at(NINE)), kept(None, None)),
            (armed(deleted(), None), Wish::Resume(at(TEN)), kept(ten(), Some(TEN))),
            (armed(deleted(), None), edit("Bye"), kept(with_text(scheduled(NINE), "Bye"), None)),
            (draft(deleted(), Some(NINE)), Wish::MoveTo(at(TEN)), kept(deleted(), Some(TEN))),
            (draft(deleted(), None), Wish::Pause, kept(deleted(), None)),
            (armed(deleted(), None), published(), kept(Some(Desired::aim(Aim::Published)), None)),
            (armed(deleted(), None), restore(ten(), "Hello", None), kept(ten(), None)),
            (armed(deleted(), None), restore(None, "Hello", None), kept(None, None)),
            (
                armed(deleted(), None),
                restore(Some(scheduled(NINE)), "Hello", None),
                kept(None, None),
            ),
        ]);
    }
}
