//! Reminders: what goes out soon is announced once, by its confirmed time; what the user publishes by
//! hand is handed over once its time has come, however long ago that was.
//!
//! A change that waits moves no reminder: until the service has confirmed it, the post still goes
//! out at the old time.

use chrono::{DateTime, TimeDelta, Utc};

use crate::app::App;
use crate::error::Error;
use crate::events::{Event, Reminder};
use crate::model::Post;
use crate::posts::excerpt;
use crate::store::{StoreError, Tx};
use crate::this_computer::ByHand;

/// How often what is due is looked up.
const EVERY: TimeDelta = TimeDelta::seconds(20);
/// A longer gap between two looks means that the machine slept.
const SLEPT: TimeDelta = TimeDelta::minutes(2);
/// What came due before Rundown was started is still told for this long.
const STILL_TOLD: TimeDelta = TimeDelta::days(1);
/// At most this many posts are announced at once.
const AT_ONCE: u32 = 50;

impl App {
    pub(crate) async fn remind_forever(&self) {
        let mut last_look = self.clock.now() - STILL_TOLD;
        loop {
            let now = self.clock.now();
            let next = self.remind(last_look).unwrap_or_else(|error| {
                tracing::error!(%error, "reminders could not be looked up");
                None
            });
            last_look = now;
            let wake = next.map_or(now + EVERY, |next| next.min(now + EVERY));
            self.clock.sleep_towards(wake).await;
        }
    }

    /// Tells what there is to tell, and when the next post comes due that is published by hand.
    fn remind(&self, last_look: DateTime<Utc>) -> Result<Option<DateTime<Utc>>, Error> {
        let by_hand = self.by_hand()?;
        self.announce(&by_hand, last_look)?;
        self.hand_over_what_is_due(&by_hand)?;
        Ok(self.store.read(|tx| tx.next_due(&by_hand.accounts(), self.clock.now()))?)
    }

    /// Announces what goes out soon, and what came due unannounced since `last_look` where Rundown
    /// slept, or did not run, meanwhile.
    fn announce(&self, by_hand: &ByHand, last_look: DateTime<Utc>) -> Result<(), Error> {
        let Some(lead) = self.reminder_lead() else { return Ok(()) };
        let now = self.clock.now();
        let slept = now - last_look > SLEPT;
        let (soon, missed) = self.store.read(|tx| {
            let soon = tx.unannounced(now, now + lead, &[], AT_ONCE)?;
            let missed = if slept {
                // What is published by hand was not missed: it is handed over now.
                tx.unannounced(last_look, now, &by_hand.accounts(), AT_ONCE)?
            } else {
                Vec::new()
            };
            Ok((reminders(tx, by_hand, soon)?, reminders(tx, by_hand, missed)?))
        })?;
        if soon.is_empty() && missed.is_empty() {
            return Ok(());
        }
        self.store.write::<_, Error>(|tx| {
            for reminder in soon.iter().chain(&missed) {
                tx.note_reminder(&reminder.post, reminder.time)?;
            }
            Ok(())
        })?;
        for reminder in soon {
            self.emit(Event::Reminder(reminder));
        }
        if !missed.is_empty() {
            self.emit(Event::MissedReminders(missed));
        }
        Ok(())
    }

    /// Hands over what has come due and was not answered, also where reminders are off.
    fn hand_over_what_is_due(&self, by_hand: &ByHand) -> Result<(), Error> {
        let due = self.store.read(|tx| {
            let mut posts = tx.to_hand_over(&by_hand.accounts(), self.clock.now(), AT_ONCE)?;
            posts.retain(|post| by_hand.is_due(post));
            reminders(tx, by_hand, posts)
        })?;
        if due.is_empty() {
            return Ok(());
        }
        self.store.write::<_, Error>(|tx| {
            for reminder in &due {
                tx.note_hand_over(&reminder.post, reminder.time)?;
            }
            Ok(())
        })?;
        self.posts_changed(due.iter().map(|reminder| reminder.post.clone()).collect());
        self.emit(Event::HandOver(due));
        Ok(())
    }
}

fn reminders(tx: &Tx<'_>, by_hand: &ByHand, posts: Vec<Post>) -> Result<Vec<Reminder>, StoreError> {
    let mut reminders = Vec::new();
    for post in posts {
        let Some(time) = post.confirmed.goes_out_at() else { continue };
        reminders.push(Reminder {
            channels: tx.channel_names(&post)?,
            excerpt: excerpt(&post.text),
            by_hand: by_hand.has(&post),
            post: post.id,
            time,
        });
    }
    Ok(reminders)
}
