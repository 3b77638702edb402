//! The scheduler: takes up due posts every minute and publishes them.

use chrono::{DateTime, SubsecRound, Utc};

use super::body::objection;
use super::state::{AccountStatus, PostState, PostStatus, State};

impl State {
    /// Takes up every post that is due, and goes on with those that were taken up. Unless told to
    /// take longer, a publication ends in the minute that it began in.
    pub(crate) fn publish_due(&mut self, now: DateTime<Utc>) {
        let takes = self.publishing_takes;
        for post in self.posts.values_mut().filter(|post| is_due(post, now)) {
            post.enqueue(now, takes);
        }
        self.finish_publications(now);
    }

    /// Goes on with the posts that were taken up: what was queued is publishing, what was
    /// publishing is out, or has failed.
    pub(crate) fn finish_publications(&mut self, now: DateTime<Utc>) {
        let Self { posts, workspaces, failing, .. } = self;
        for post in posts.values_mut() {
            let Some(delivery) = post.delivery.filter(|delivery| delivery.begins_at <= now) else {
                continue;
            };
            post.status = PostStatus::Publishing;
            if delivery.finishes_at > now {
                continue;
            }
            let accounts = workspaces.get(&post.workspace).map(|workspace| &workspace.accounts);
            let account = accounts
                .and_then(|accounts| accounts.iter().find(|account| account.id == post.account_id));
            let order = failing
                .iter()
                .position(|order| *order == post.platform || *order == post.account_id);
            if let Some(order) = order {
                failing.remove(order);
                post.fail("The platform refused the post");
            } else if account.is_none_or(|account| account.status != AccountStatus::Connected) {
                post.fail("The account has to be connected again");
            } else if let Some(sentence) = objection(&post.platform, &post.items) {
                post.fail(sentence);
            } else {
                post.become_status(PostStatus::Published);
            }
            post.updated_at = now.trunc_subsecs(3);
        }
    }
}

fn is_due(post: &PostState, now: DateTime<Utc>) -> bool {
    post.status == PostStatus::Scheduled && post.scheduled_at.is_some_and(|time| time <= now)
}
