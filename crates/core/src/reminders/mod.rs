//! Reminders: what goes out soon is announced once, by its confirmed time.
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
            if let Err(error) = self.remind(last_look) {
                tracing::error!(%error, "reminders could not be looked up");
            }
            last_look = now;
            self.clock.sleep_towards(now + EVERY).await;
        }
    }

    /// Announces what goes out soon, and what came due unannounced since `last_look` where Rundown
    /// slept, or did not run, meanwhile.
    fn remind(&self, last_look: DateTime<Utc>) -> Result<(), Error> {
        let Some(lead) = self.reminder_lead() else { return Ok(()) };
        let now = self.clock.now();
        let slept = now - last_look > SLEPT;
        let (soon, missed) = self.store.read(|tx| {
            let soon = reminders(tx, tx.unannounced(now, now + lead, AT_ONCE)?)?;
            let missed = if slept {
                reminders(tx, tx.unannounced(last_look, now, AT_ONCE)?)?
            } else {
                Vec::new()
            };
            Ok((soon, missed))
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
}

fn reminders(tx: &Tx<'_>, posts: Vec<Post>) -> Result<Vec<Reminder>, StoreError> {
    let mut reminders = Vec::new();
    for post in posts {
        let Some(time) = post.confirmed.goes_out_at() else { continue };
        reminders.push(Reminder {
            channels: tx.channel_names(&post)?,
            excerpt: excerpt(&post.text),
            post: post.id,
            time,
        });
    }
    Ok(reminders)
}
