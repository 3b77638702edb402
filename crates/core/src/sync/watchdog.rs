//! The watchdog speaks up when a post did not go out as it should have: its time is past and its
//! service still calls it scheduled, or publishing it failed; and when a channel's sign-in expires.
//! Once each, also over a restart.
//!
//! It goes by what the service has just said, never by what it said before the time: a list read
//! after a sleep is what tells that nothing is wrong.

use chrono::{DateTime, TimeDelta, Utc};

use super::lane::Lane;
use crate::app::App;
use crate::error::Error;
use crate::events::{Event, Notice, NoticeLevel};
use crate::model::{Account, Channel, Post, PostId, PostStatus, PublishNow};
use crate::posts::excerpt;

/// A service publishes within a minute or so.
pub(super) const OVERDUE_AFTER: TimeDelta = TimeDelta::minutes(3);
/// What went wrong longer ago is on its card, and nobody is called for it.
const STILL_TOLD: TimeDelta = TimeDelta::days(2);
/// More than these are told in one sentence.
const ONE_BY_ONE: usize = 3;

impl Lane {
    /// Looks at posts that their service has told of, as of `asked_at`.
    pub(super) fn watch(
        &self,
        app: &App,
        heard_of: &[PostId],
        asked_at: DateTime<Utc>,
    ) -> Result<(), Error> {
        let (account, since) = (&self.account, asked_at - STILL_TOLD);
        let until = asked_at - OVERDUE_AFTER;
        let (known, mut overdue, mut failed) = app.store.read(|tx| {
            Ok((
                tx.account(account)?,
                tx.overdue_unsaid(account, since, until)?,
                tx.failed_unsaid(account, since)?,
            ))
        })?;
        overdue.retain(|post| heard_of.contains(&post.id));
        failed.retain(|post| heard_of.contains(&post.id));
        let Some(known) = known.filter(|_| !overdue.is_empty() || !failed.is_empty()) else {
            return Ok(());
        };
        let service = app.service_info(&known.address.kind);
        if service.capabilities.publish_now == PublishNow::ByHand {
            // The user publishes these, and is told when they are due.
            return Ok(());
        }
        app.store.write::<_, Error>(|tx| {
            overdue.iter().try_for_each(|post| tx.note_overdue(post))?;
            failed.iter().try_for_each(|post| tx.note_failed(post))?;
            Ok(())
        })?;
        let is_overdue = |post: &Post| overdue_words(&service.name, post);
        tell(app, &known, &overdue, is_overdue, "are past their time and still scheduled");
        tell(app, &known, &failed, |post| failed_words(&service.name, post), "were not published");
        Ok(())
    }
}

/// Tells of each post, or of all in one sentence where they are many.
fn tell(app: &App, account: &Account, posts: &[Post], words: impl Fn(&Post) -> String, many: &str) {
    if posts.len() > ONE_BY_ONE {
        let message =
            format!("{} posts at {} {many}. Look at them there.", posts.len(), account.label);
        app.emit(Event::Notice(Notice { level: NoticeLevel::Problem, message, post: None }));
        return;
    }
    for post in posts {
        app.problem(&post.id, words(post));
    }
}

fn overdue_words(service: &str, post: &Post) -> String {
    format!(
        "“{}” should have gone out, and {service} still calls it scheduled. Look there whether it \
         is stuck.",
        excerpt(&post.text)
    )
}

fn failed_words(service: &str, post: &Post) -> String {
    let what = match post.confirmed.status {
        PostStatus::PartiallyPublished => "was published only in part",
        _ => "was not published",
    };
    let why = post.targets.iter().find_map(|target| target.error.as_deref());
    let why = why.map(|why| format!(" {service} says: {why}")).unwrap_or_default();
    format!("“{}” {what}.{why}", excerpt(&post.text))
}

/// What is said of channels that are in trouble now and were not before: their sign-in expires soon,
/// or has. One that is new has not got into trouble here.
pub(super) fn new_troubles(before: &[Channel], now: &[Channel]) -> Vec<String> {
    let was_well = |channel: &Channel| {
        before.iter().any(|known| known.id == channel.id && known.problem.is_none())
    };
    let in_trouble = now.iter().filter(|channel| was_well(channel));
    in_trouble
        .filter_map(|channel| {
            let problem = channel.problem.as_deref()?;
            Some(format!("{}: {problem}", channel.title()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{AccountId, ChannelId, RemoteId};

    #[test]
    fn a_channel_is_spoken_of_when_it_gets_into_trouble_and_not_again() {
        let channel = |problem: Option<&str>| Channel {
            id: ChannelId::from("one".to_owned()),
            account: AccountId::from("studio".to_owned()),
            remote: RemoteId("1".to_owned()),
            network: "linkedin".to_owned(),
            name: "Studio".to_owned(),
            handle: None,
            problem: problem.map(str::to_owned),
            hidden: false,
        };
        let (well, soon) = ([channel(None)], [channel(Some("It expires soon (in 5h)."))]);
        let said = new_troubles(&well, &soon);
        assert_eq!(said.len(), 1);
        assert!(said[0].contains("Studio: It expires soon"), "{said:?}");
        assert!(new_troubles(&soon, &[channel(Some("It expires soon (in 4h)."))]).is_empty());
        assert!(new_troubles(&[], &soon).is_empty(), "it came so");
    }
}
