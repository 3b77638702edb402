//! After the last pause of an account its service is read once more: what was made or changed there
//! meanwhile is paused as well.

use super::pause_all::pause;
use crate::app::App;
use crate::error::Error;
use crate::events::Event;
use crate::model::PausePhase;
use crate::sync::Lane;

impl Lane {
    /// Asks for a whole sweep once each post of the account's pause has its outcome.
    pub(crate) fn look_again_after_pause(&mut self, app: &App) -> Result<(), Error> {
        let account = &self.account;
        let (phase, is_still_pausing) = app.store.read(|tx| {
            Ok((tx.pause(account)?.map(|pause| pause.phase), tx.is_still_pausing(account)?))
        })?;
        match phase {
            Some(PausePhase::Pausing) if !is_still_pausing => {
                app.store.write::<_, Error>(|tx| {
                    Ok(tx.set_pause_phase(account, PausePhase::Looking)?)
                })?;
                app.emit(Event::AccountsChanged);
            }
            // Also where Rundown was stopped before it had looked.
            Some(PausePhase::Looking) if !self.looks_again => {}
            _ => return Ok(()),
        }
        self.looks_again = true;
        self.sweep_soon();
        Ok(())
    }

    /// Pauses what a whole sweep has shown to go out although the account was paused.
    pub(crate) fn pause_what_slipped_through(&mut self, app: &App) -> Result<(), Error> {
        // A sweep that had begun before may have passed what was made since.
        if !self.looks_again || self.is_sweep_to_begin() {
            return Ok(());
        }
        self.looks_again = false;
        let (account, now, by_hand) = (&self.account, app.clock.now(), app.by_hand()?);
        let hindered = app.hindered(account)?;
        let slipped = app.store.write::<_, Error>(|tx| {
            let pause_of_all = tx.pause(account)?.filter(|it| it.phase == PausePhase::Looking);
            let Some(pause_of_all) = pause_of_all else { return Ok(Vec::new()) };
            let slipped = tx.slipped_through(account, pause_of_all.paused_at)?;
            for post in tx.posts(&slipped)? {
                let Some(time) = post.confirmed.time else { continue };
                tx.journal(account, &post.id, time, now)?;
                if hindered.is_none() {
                    pause(tx, &post, &by_hand, now)?;
                }
            }
            let is_more_to_do = !slipped.is_empty() && hindered.is_none();
            let phase = if is_more_to_do { PausePhase::Pausing } else { PausePhase::Paused };
            tx.set_pause_phase(account, phase)?;
            Ok(slipped)
        })?;
        app.posts_changed(slipped);
        app.emit(Event::AccountsChanged);
        Ok(())
    }
}
