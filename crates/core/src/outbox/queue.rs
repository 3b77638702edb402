//! Queueing: one transaction folds a wish into what already waits.

use crate::app::App;
use crate::error::Error;
use crate::model::{ChangeState, Desired, PostId, Wish, fold};
use crate::posts::{Receipt, no_such_post};
use crate::store::NewChange;

impl App {
    /// Folds a wish into the post's open change and keeps it, then wakes the account's lane.
    ///
    /// A change that takes the place of a waiting one keeps its base: the user never saw what the
    /// service may have changed meanwhile, so that still has to be noticed at sending.
    pub(crate) fn submit(&self, post: &PostId, wish: Wish) -> Result<Receipt, Error> {
        let now = self.clock.now();
        let receipt = self.store.write::<_, Error>(|tx| {
            let before = tx.post(post)?.ok_or_else(no_such_post)?;
            let waiting = tx.waiting_change(post)?;
            let ground = match tx.attempted_change(post)? {
                Some(attempted) => attempted.desired.standing(),
                None => before.confirmed.clone(),
            };
            let already = waiting.as_ref().map(|change| change.desired);
            let folded = fold(&ground, already, before.remembered, wish);
            if folded.waiting != already {
                if let Some(waiting) = &waiting {
                    tx.close(
                        waiting.id,
                        &ChangeState::Withdrawn,
                        Some(replaced(folded.waiting)),
                        now,
                    )?;
                }
                if let Some(desired) = folded.waiting {
                    let base = waiting.as_ref().map_or(&ground, |change| &change.base);
                    let account = &before.account;
                    tx.insert_waiting(&NewChange { post, account, desired, base, made_at: now })?;
                }
            }
            if folded.remembered != before.remembered {
                tx.remember(post, folded.remembered)?;
            }
            tx.mark_seen(post)?;
            let post = tx.post(post)?.ok_or_else(no_such_post)?;
            Ok(Receipt { will_send: folded.waiting.is_some(), post })
        })?;
        self.posts_changed(vec![post.clone()]);
        self.wake_lane(&receipt.post.account);
        Ok(receipt)
    }
}

fn replaced(by: Option<Desired>) -> &'static str {
    match by {
        Some(_) => "Replaced by a newer change before it was sent.",
        None => "Taken back before it was sent.",
    }
}
