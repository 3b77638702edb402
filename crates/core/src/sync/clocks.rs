//! A service's clock beside ours, by the `Date` of its answers. The later of the two counts.

use std::sync::PoisonError;

use chrono::TimeDelta;

use super::lane::Lane;
use crate::app::App;
use crate::events::{Event, Notice, NoticeLevel};

impl Lane {
    /// Tells once that the clocks differ, and once more where they do so again after they agreed.
    pub(super) fn tell_clock_difference(&mut self, app: &App) {
        let view = *self.shared.view.lock().unwrap_or_else(PoisonError::into_inner);
        let difference = view.clocks_differ_by();
        if difference.is_some() == self.told_clocks_differ {
            return;
        }
        self.told_clocks_differ = difference.is_some();
        app.emit(Event::AccountsChanged);
        if let (Some(difference), Some(name)) = (difference, self.service_name()) {
            app.emit(Event::Notice(Notice {
                level: NoticeLevel::Info,
                message: clocks_differ(name, difference),
                post: None,
            }));
        }
    }
}

/// What is said of a clock that is not ours.
fn clocks_differ(service: &str, difference: TimeDelta) -> String {
    let by = in_words(difference.abs());
    let (which, counts) = match difference > TimeDelta::zero() {
        true => ("ahead of", format!("{service}’s clock decides what is too late")),
        false => ("behind", "this computer’s clock decides what is too late".to_owned()),
    };
    format!("{service}’s clock is {by} {which} this computer’s. Until they agree, {counts}.")
}

fn in_words(length: TimeDelta) -> String {
    match length.num_seconds() {
        seconds @ ..120 => format!("{seconds} seconds"),
        seconds @ ..7200 => format!("{} minutes", seconds / 60),
        seconds => format!("{} hours", seconds / 3600),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_differs_is_told_with_what_that_means() {
        assert_eq!(
            clocks_differ("PostPost", TimeDelta::seconds(125)),
            "PostPost’s clock is 2 minutes ahead of this computer’s. Until they agree, PostPost’s \
             clock decides what is too late."
        );
        assert!(clocks_differ("PostPost", TimeDelta::seconds(-45)).contains("45 seconds behind"));
    }
}
