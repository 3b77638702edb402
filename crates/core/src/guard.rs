//! The guards that keep the promises, by name, so that the simulation can break one at a time and
//! show that it would notice. Without the feature `mutants`, which the app never has, each holds.

/// A check without which a promise would be broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guard {
    /// A time is compared with the clock again when its change is sent.
    TimeAtSending,
    /// Of our clock and the service's, the later counts.
    LaterClock,
    /// A post is read before it is written where it was not read for a while.
    ReadBeforeWrite,
    /// A post is compared with the one the change was made on.
    BaseCompared,
    /// A change whose outcome is unknown is looked up before it is sent again.
    ReadBack,
    /// What was being sent when Rundown stopped is unknown, not waiting.
    CrashIsUnknown,
    /// What can't be taken back is asked for once.
    ActsOnce,
    /// Moving a draft does not schedule it.
    DraftStaysDraft,
    /// An answer is compared with what was asked.
    AnswerCompared,
    /// A change without its effect stands on the card until the user has seen it.
    QuestionAsked,
    /// A deletion waits for its Undo.
    DeletionWaits,
    /// An attempt is counted before its request is made.
    AttemptCounted,
    /// “It did not arrive” takes a second look, half a minute after the connection ended.
    SecondLook,
    /// The same creation is asked for with the same idempotency key.
    SameKey,
    /// A limit of the plan stops whatever would meet it, too.
    StopsAtLimit,
    /// A post’s next change waits until the outcome of the one before it is known.
    OneInFlight,
}

impl Guard {
    /// Each of them.
    pub const ALL: [Self; 16] = [
        Self::TimeAtSending,
        Self::LaterClock,
        Self::ReadBeforeWrite,
        Self::BaseCompared,
        Self::ReadBack,
        Self::CrashIsUnknown,
        Self::ActsOnce,
        Self::DraftStaysDraft,
        Self::AnswerCompared,
        Self::QuestionAsked,
        Self::DeletionWaits,
        Self::AttemptCounted,
        Self::SecondLook,
        Self::SameKey,
        Self::StopsAtLimit,
        Self::OneInFlight,
    ];
}

#[cfg(feature = "mutants")]
mod broken {
    use std::cell::Cell;

    use super::Guard;

    thread_local! {
        static BROKEN: Cell<Option<Guard>> = const { Cell::new(None) };
    }

    /// Breaks one guard on this thread, or none.
    pub fn break_guard(guard: Option<Guard>) {
        BROKEN.set(guard);
    }

    pub(crate) fn holds(guard: Guard) -> bool {
        BROKEN.get() != Some(guard)
    }
}

#[cfg(feature = "mutants")]
pub use broken::break_guard;
#[cfg(feature = "mutants")]
pub(crate) use broken::holds;

#[cfg(not(feature = "mutants"))]
pub(crate) const fn holds(_: Guard) -> bool {
    true
}
