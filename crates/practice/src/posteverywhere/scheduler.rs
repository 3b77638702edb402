//! The scheduler: takes up due destinations every minute and publishes them.

use chrono::{DateTime, SubsecRound, Utc};

use super::state::{PostStatus, State};

impl State {
    /// Takes up every destination that is due, and ends the publications whose time is over. Unless
    /// told to take longer, a publication ends in the minute that it began in.
    pub(crate) fn publish_due(&mut self, now: DateTime<Utc>) {
        let finishes_at = now + self.publishing_takes;
        for post in self.posts.values_mut() {
            if !matches!(post.status, PostStatus::Scheduled | PostStatus::Publishing) {
                continue;
            }
            let mut taken_up = false;
            for destination in post.queued() {
                if destination.scheduled_for.is_some_and(|time| time <= now) {
                    destination.start(finishes_at);
                    taken_up = true;
                }
            }
            if taken_up {
                post.status = PostStatus::Publishing;
                post.updated_at = now.trunc_subsecs(3);
            }
        }
        self.finish_publications(now);
    }

    /// Ends the publications whose time is over: each destination publishes, or fails if so
    /// ordered.
    pub(crate) fn finish_publications(&mut self, now: DateTime<Utc>) {
        let Self { posts, failing, .. } = self;
        for post in posts.values_mut() {
            let mut ended = false;
            for destination in &mut post.destinations {
                if destination.finishes_at.is_none_or(|finishes_at| now < finishes_at) {
                    continue;
                }
                ended = true;
                let account = destination.account_id.to_string();
                let order = failing
                    .iter()
                    .position(|order| *order == destination.platform || *order == account);
                if let Some(order) = order {
                    failing.remove(order);
                    destination.fail();
                } else {
                    destination.publish(now);
                }
            }
            if ended {
                post.status = post.status_of_destinations();
                post.updated_at = now.trunc_subsecs(3);
            }
        }
    }
}
