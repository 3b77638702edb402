//! Let what was paused as a whole go out again.

use chrono::{DateTime, Utc};

use super::is_answered_by_standing;
use crate::app::App;
use crate::error::Error;
use crate::model::{Ability, AccountId, PausePhase, Post, PostId, PostStatus, Wish, check_lead};
use crate::outbox::queue;

/// When the posts of a pause are to go out again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ResumeHow {
    /// Each at the time it had. One whose time has passed stays a draft.
    AsTheyWere,
    /// These at these times, and no other.
    At(Vec<(PostId, DateTime<Utc>)>),
}

/// What resuming came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resumed {
    /// How many posts were asked to go out again.
    pub resumed: u32,
    /// Those that stay drafts, since their time has passed or come too close.
    pub passed: Vec<PostId>,
}

impl App {
    /// Lets the paused posts of these accounts go out again, in one transaction. Posts that the user
    /// has scheduled, deleted or changed by themselves meanwhile are left alone.
    ///
    /// # Errors
    /// `NotFound`, `NotPossible`, `Storage`; then nothing was resumed.
    pub fn resume_all(&self, accounts: &[AccountId], how: &ResumeHow) -> Result<Resumed, Error> {
        let now = self.clock.now();
        let by_hand = self.by_hand()?;
        let (mut outcome, mut changed) = (Resumed::default(), Vec::new());
        for account in accounts {
            self.check_account_ability(account, Ability::Resume)?;
        }
        let mut scope = Vec::new();
        for account in accounts {
            let lead = self.account_service(account)?.capabilities.lead;
            scope.push((account, lead, self.later_now(account)));
        }
        self.store.write::<_, Error>(|tx| {
            for (account, lead, later_now) in scope {
                if tx.pause(account)?.is_none() {
                    continue;
                }
                tx.set_pause_phase(account, PausePhase::Paused)?;
                for (id, journaled) in tx.journaled(account)? {
                    let Some(post) = tx.post(&id)?.filter(is_paused) else { continue };
                    let time = match how {
                        ResumeHow::AsTheyWere => Some(journaled.time),
                        ResumeHow::At(chosen) => {
                            chosen.iter().find(|(post, _)| *post == id).map(|(_, time)| *time)
                        }
                    };
                    let Some(time) = time else { continue };
                    if check_lead(time, later_now, lead).is_err() {
                        outcome.passed.push(id);
                        continue;
                    }
                    queue(tx, &post.id, Wish::Resume(time), &by_hand, now)?;
                    if is_answered_by_standing(tx, &post.id)? {
                        tx.mark_seen(&post.id)?;
                    }
                    outcome.resumed += 1;
                    changed.push(id);
                }
            }
            Ok(())
        })?;
        self.pauses_changed(accounts, changed);
        Ok(outcome)
    }

    /// Ends the pauses of these accounts: what is a draft stays one.
    ///
    /// # Errors
    /// `Storage`.
    pub fn end_pauses(&self, accounts: &[AccountId]) -> Result<(), Error> {
        self.store.write::<_, Error>(|tx| {
            for account in accounts {
                tx.end_pause(account)?;
            }
            Ok(())
        })?;
        self.pauses_changed(accounts, Vec::new());
        Ok(())
    }
}

/// Whether a post is a draft, or is about to be one, and can be scheduled.
fn is_paused(post: &Post) -> bool {
    post.shown().status == PostStatus::Draft && post.locked_because().is_none()
}
