//! What can't be taken back: publish now, retry, delete, skip.

use super::{Receipt, no_such_post, not_editable};
use crate::app::App;
use crate::error::{Error, ErrorCode};
use crate::model::{Ability, Act, HealthState, Post, PostId, PostStatus, PublishNow, Wish};

impl App {
    /// Does to a post what can't be taken back. Publishing is asked for at once or not at all; a
    /// deletion can be undone for ten seconds.
    ///
    /// # Errors
    /// `NotFound`, `NotEditable`, `NotPossible`, `Unreachable`, `Storage`.
    pub fn act(&self, post: &PostId, act: Act) -> Result<Receipt, Error> {
        let post = self.store.read(|tx| tx.post(post))?.ok_or_else(no_such_post)?;
        let (ability, refusal) = match act {
            Act::Delete => (Ability::Delete, post.undeletable_because()),
            Act::Skip => (Ability::Skip, post.locked_because()),
            Act::PublishNow => (Ability::PublishNow, post.locked_because()),
            Act::Retry => (Ability::Retry, why_not_retry(&post)),
        };
        if let Some(why) = refusal {
            return Err(not_editable(format!("Nothing was done. {why}")));
        }
        self.check_ability(&post, ability)?;
        if act == Act::PublishNow {
            self.check_publishable(&post)?;
        }
        if !act.is_repeatable() {
            if post.open.as_ref().is_some_and(|open| open.aim != act.aim()) {
                return Err(not_editable(
                    "Nothing was published: a change of this post is still on its way. Wait for it, or \
                     undo it."
                        .to_owned(),
                ));
            }
            if post.remote.is_none() {
                return Err(not_editable(
                    "The post has not reached its service yet, so it can’t be published from there."
                        .to_owned(),
                ));
            }
            self.check_reachable(&post)?;
        }
        self.submit_step(&post, Wish::Act(act))
    }

    /// Some services publish nothing but drafts at once.
    fn check_publishable(&self, post: &Post) -> Result<(), Error> {
        let service = self.account_service(&post.account)?;
        let only_drafts = service.capabilities.publish_now == PublishNow::DraftsAtService;
        if only_drafts && post.confirmed.status != PostStatus::Draft {
            return Err(not_editable(format!(
                "{} publishes only drafts at once. Pause the post first.",
                service.name
            )));
        }
        Ok(())
    }

    /// What is meant for now never waits: it is refused where it could not be sent at once.
    fn check_reachable(&self, post: &Post) -> Result<(), Error> {
        let account = self.store.read(|tx| tx.account(&post.account))?;
        match account.map(|account| account.health) {
            Some(health) if health.state != HealthState::Ok => Err(Error::new(
                ErrorCode::Unreachable,
                format!(
                    "This can only be done while its service answers, so nothing was published. {}",
                    health.message.unwrap_or_default()
                ),
            )),
            _ => Ok(()),
        }
    }
}

fn why_not_retry(post: &Post) -> Option<String> {
    match post.confirmed.status {
        PostStatus::Failed | PostStatus::PartiallyPublished => None,
        _ => Some("It did not fail, so there is nothing to try again.".to_owned()),
    }
}
