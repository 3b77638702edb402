//! What the documents of a service leave open: a run goes by one reading of them.

use rundown_practice::{Practice, postato, posteverywhere};

/// Chooses a reading for each service that has several.
pub fn choose(practice: &Practice, chance: &mut fastrand::Rng) {
    use postato::{PausedTime, Pausing, Settings, TimeOnDraft, Uneditable, UpdateAnswer};
    let mut one_of = |choices: usize| chance.usize(..choices);
    practice.postato().set_settings(Settings {
        update_answer: [UpdateAnswer::Post, UpdateAnswer::Success, UpdateAnswer::Empty][one_of(3)],
        pausing: [Pausing::Accepted, Pausing::Accepted, Pausing::Refused, Pausing::Ignored]
            [one_of(4)],
        paused_time: [PausedTime::Kept, PausedTime::Cleared][one_of(2)],
        time_on_draft: [TimeOnDraft::StaysDraft, TimeOnDraft::Arms][one_of(2)],
        uneditable: [Uneditable::Conflict, Uneditable::NotFound][one_of(2)],
        ..Settings::default()
    });
    use posteverywhere::{Filters, PatchedStatus};
    practice.posteverywhere().set(|settings| {
        let words = [PatchedStatus::Accepted, PatchedStatus::Refused, PatchedStatus::Ignored];
        settings.patched_status = words[one_of(3)];
        settings.paused_time =
            [posteverywhere::PausedTime::Kept, posteverywhere::PausedTime::Cleared][one_of(2)];
        settings.filters = [Filters::Honoured, Filters::Ignored][one_of(2)];
    });
}
