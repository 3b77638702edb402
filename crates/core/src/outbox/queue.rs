//! Queueing: one transaction folds a wish into what already waits.

use chrono::{DateTime, TimeDelta, Utc};

use crate::app::App;
use crate::error::Error;
use crate::guard::{self, Guard};
use crate::model::{
    Act, Aim, Change, ChangeState, Desired, Folded, Ground, PostId, PostStatus, Problem,
    TextSource, Wish, fold,
};
use crate::posts::{Receipt, no_such_post};
use crate::store::{NewChange, StoreError, Tx};
use crate::this_computer::ByHand;

/// For how long a deletion can be taken back.
const GRACE: TimeDelta = TimeDelta::seconds(10);
/// The grace ends this long before the post would go out.
const GRACE_ENDS_BEFORE: TimeDelta = TimeDelta::minutes(5);

impl App {
    /// Folds a wish into the post's open change and keeps it, then wakes the account's lane. A post
    /// that nobody else knows, and that is to be deleted, is gone: the receipt tells of what was.
    pub(crate) fn submit(&self, post: &PostId, wish: Wish) -> Result<Receipt, Error> {
        let now = self.clock.now();
        let by_hand = self.by_hand()?;
        let receipt = self.store.write::<_, Error>(|tx| {
            let pauses_alone = wish == Wish::Pause;
            let receipt = queue(tx, post, wish, &by_hand, now)?;
            if pauses_alone {
                tx.journal_paused_alone(post)?;
            }
            // Whoever wishes anew has read what was said of the last wish.
            tx.mark_seen(post)?;
            Ok(Receipt { post: tx.post(post)?.unwrap_or(receipt.post), ..receipt })
        })?;
        self.posts_changed(vec![post.clone()]);
        self.wake_lane(&receipt.post.account);
        Ok(receipt)
    }
}

/// Folds a wish into a post's open change. What is said of the last one stays unread.
///
/// A change that takes the place of a waiting one keeps its base: the user never saw what the
/// service may have changed meanwhile, so that still has to be noticed at sending.
pub(crate) fn queue(
    tx: &Tx<'_>,
    post: &PostId,
    wish: Wish,
    by_hand: &ByHand,
    now: DateTime<Utc>,
) -> Result<Receipt, Error> {
    let before = tx.post(post)?.ok_or_else(no_such_post)?;
    // What is published by hand does not go out while its deletion can be taken back.
    let goes_out_at = before.confirmed.goes_out_at().filter(|_| !by_hand.has(&before));
    let waiting = tx.waiting_change(post)?;
    let attempted = tx.attempted_change(post)?;
    let standing = match &attempted {
        Some(attempted) => attempted.desired.aim.shown(&before.confirmed),
        None => before.confirmed.clone(),
    };
    let sent_text = attempted.as_ref().and_then(|change| change.desired.text.as_deref());
    let ground = Ground {
        standing: &standing,
        text: sent_text.unwrap_or(&before.text),
        is_at_service: before.remote.is_some() || attempted.is_some(),
    };
    let resumes = matches!(wish, Wish::Resume(_));
    let moved_to = match wish {
        Wish::MoveTo(time) => Some(time),
        _ => None,
    };
    let already = waiting.as_ref().map(|change| &change.desired);
    let unsent_text = unsent_text(tx, post, &ground)?;
    let under = already.or(unsent_text.as_ref().map(|unsent| &unsent.desired));
    let folded = fold(ground, under, before.remembered, wish);
    let Folded::Kept { waiting: wanted, remembered, text } = folded else {
        tx.delete_post(post)?;
        return Ok(Receipt { will_send: false, post: before });
    };
    let wanted_text = wanted.as_ref().and_then(|desired| desired.text.as_deref());
    if let Some(text) = wanted_text.or(text.as_deref()) {
        tx.note_text(post, text, TextSource::Here, now)?;
    }
    if wanted.as_ref() != already {
        if let Some(waiting) = &waiting {
            let said = Some(replaced(wanted.as_ref()));
            tx.close(waiting.id, &ChangeState::Withdrawn, said, now)?;
        }
        if let Some(desired) = &wanted {
            let base = waiting.as_ref().map_or(&standing, |change| &change.base);
            let beneath = waiting.as_ref().or(unsent_text.as_ref());
            let base_text = beneath.and_then(|change| change.base_text.as_deref());
            tx.insert_waiting(&NewChange {
                post,
                account: &before.account,
                desired,
                base,
                base_text: base_text.unwrap_or(ground.text),
                made_at: now,
                not_before: grace(desired, goes_out_at, now),
            })?;
        }
    }
    if let Some(text) = text {
        tx.set_text(post, &text)?;
    }
    if remembered != before.remembered {
        tx.remember(post, remembered)?;
    }
    if resumes {
        tx.journal_resumed(post)?;
    }
    let post = tx.post(post)?.ok_or_else(no_such_post)?;
    if let Some(time) = moved_to.filter(|_| post.shown().status == PostStatus::Draft) {
        tx.journal_moved(&post.id, time)?;
    }
    Ok(Receipt { will_send: wanted.is_some(), post })
}

/// A text that was never sent, since the time it was to go with came too late, as if it waited by
/// itself: an answer to the question about the time takes it along.
fn unsent_text(
    tx: &Tx<'_>,
    post: &PostId,
    ground: &Ground<'_>,
) -> Result<Option<Change>, StoreError> {
    let is_too_late = |change: &Change| change.state == ChangeState::Failed(Problem::TooLate);
    let Some(mut change) = tx.open_problem(post)?.filter(is_too_late) else { return Ok(None) };
    let Some(aim) = Aim::as_it_stands(ground.standing) else { return Ok(None) };
    change.desired.aim = aim;
    Ok(Some(change).filter(|it| ground.is_at_service && it.desired.text.is_some()))
}

/// Until when a deletion waits for its Undo: no longer where the post is about to go out.
fn grace(
    desired: &Desired,
    goes_out_at: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    if desired.aim.act() != Some(Act::Delete) || !guard::holds(Guard::DeletionWaits) {
        return None;
    }
    let end = now + GRACE;
    let due = goes_out_at.map(|time| time - GRACE_ENDS_BEFORE);
    Some(due.map_or(end, |due| end.min(due)))
}

fn replaced(by: Option<&Desired>) -> &'static str {
    match by.map(|desired| desired.aim) {
        Some(Aim::Deleted) => "The post is to be deleted instead.",
        Some(_) => "Replaced by a newer change before it was sent.",
        None => "Taken back before it was sent.",
    }
}
