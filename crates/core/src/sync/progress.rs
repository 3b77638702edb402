//! How far the first sweep of an account has come, told to the screen now and then.

use std::sync::PoisonError;

use chrono::TimeDelta;

use super::lane::Lane;
use super::pulls::Sweep;
use crate::app::App;
use crate::events::Event;

/// Pages may come faster than anyone can read figures.
const TOLD_EVERY: TimeDelta = TimeDelta::milliseconds(250);

impl Lane {
    /// Takes over how far the sweep has come, if it is the account's first.
    pub(super) fn tell_progress(&mut self, app: &App) {
        let now = app.clock.now();
        let first = self.pulls.sweep.as_ref().filter(|sweep| sweep.is_first);
        let progress = first.map(Sweep::progress);
        let is_news = {
            let mut view = self.shared.view.lock().unwrap_or_else(PoisonError::into_inner);
            let before = std::mem::replace(&mut view.progress, progress);
            let is_turn = progress.is_some() != before.is_some();
            let is_time = self.told_progress_at.is_none_or(|at| (now - at).abs() >= TOLD_EVERY);
            progress != before && (is_turn || is_time)
        };
        if is_news {
            self.told_progress_at = Some(now);
            app.emit(Event::AccountsChanged);
        }
    }
}
