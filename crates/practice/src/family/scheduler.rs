//! The scheduler: takes up due posts every minute and publishes them.

use chrono::{DateTime, Utc};

use super::post::{PlatformStatus, PostState, PostStatus, ProcessingStatus};
use super::state::State;

impl<V> State<V> {
    /// Takes up every post that is due, and ends the publications whose time is over. Unless told
    /// to take longer, a publication ends in the minute that it began in.
    pub(crate) fn publish_due(&mut self, now: DateTime<Utc>) {
        let finishes_at = now + self.publishing_takes;
        for post in self.posts.values_mut().filter(|post| is_due(post, now)) {
            post.processing_status = ProcessingStatus::Processing;
            post.finishes_at = Some(finishes_at);
            for (index, platform) in post.platforms.iter_mut().enumerate() {
                platform.status =
                    if index == 0 { PlatformStatus::Processing } else { PlatformStatus::Pending };
            }
        }
        self.finish_publications(now);
    }

    /// Ends the publications whose time is over: each platform publishes, or fails if so ordered.
    pub(crate) fn finish_publications(&mut self, now: DateTime<Utc>) {
        let Self { posts, users, failing, .. } = self;
        let done =
            |post: &&mut PostState| post.finishes_at.is_some_and(|finishes_at| finishes_at <= now);
        for post in posts.values_mut().filter(done) {
            let mut published = 0;
            for platform in &mut post.platforms {
                let order = failing.iter().position(|order| {
                    order == platform.platform() || *order == platform.platform_id
                });
                let connection = users.get_mut(&post.key).and_then(|user| {
                    user.connections.iter_mut().find(|one| one.platform_id == platform.platform_id)
                });
                if let Some(order) = order {
                    failing.remove(order);
                    platform.fail(now);
                } else {
                    platform.publish();
                    published += 1;
                }
                if let Some(connection) = connection {
                    match &platform.error {
                        None => connection.last_successful_post = Some(now),
                        Some(error) => connection.last_error = Some((error.message.clone(), now)),
                    }
                }
            }
            post.status = if published == post.platforms.len() {
                PostStatus::Published
            } else if published == 0 {
                PostStatus::Failed
            } else {
                PostStatus::PartiallyPublished
            };
            post.processing_status = ProcessingStatus::Finished;
            post.finishes_at = None;
            post.updated_at = now;
        }
    }
}

fn is_due(post: &PostState, now: DateTime<Utc>) -> bool {
    post.status == PostStatus::Scheduled
        && post.processing_status == ProcessingStatus::Pending
        && post.scheduled_time.is_some_and(|time| time <= now)
}
