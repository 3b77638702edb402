//! Create a post: it is a draft here before anything is asked of a service.

use chrono::{DateTime, Utc};

use super::edit::check_text;
use super::undo::Step;
use super::{Receipt, no_such_post};
use crate::app::App;
use crate::error::{Error, ErrorCode};
use crate::model::{Ability, AccountId, Act, Aim, ChannelId, Desired, PostId, Standing};
use crate::store::{NewChange, Tx};

/// What the form for a new post holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPostForm {
    /// The account it is created at.
    pub account: AccountId,
    /// The channels it goes to.
    pub channels: Vec<ChannelId>,
    /// Its text.
    pub text: String,
    /// When it goes out; none for a draft.
    pub time: Option<DateTime<Utc>>,
}

impl App {
    /// Creates a post, or one for each channel where the service has one channel per post. It is
    /// kept here at once; its service is asked as soon as it answers.
    ///
    /// # Errors
    /// `EmptyText`, `NoChannel`, `NotFound`, `NotPossible`, `PastTime`, `TooLate`, `Storage`.
    /// Nothing is kept then.
    pub fn create_post(&self, form: &NewPostForm) -> Result<Vec<Receipt>, Error> {
        check_text(&form.text, 0)?;
        if form.channels.is_empty() {
            return Err(Error::new(
                ErrorCode::NoChannel,
                "Choose at least one channel for the post to go to.",
            ));
        }
        self.check_account_ability(&form.account, Ability::Create)?;
        if let Some(time) = form.time {
            self.check_account_ability(&form.account, Ability::Resume)?;
            self.check_time(&form.account, time)?;
        }
        let one_each = self.account_service(&form.account)?.capabilities.one_channel_per_post;
        let groups: Vec<&[ChannelId]> = match one_each {
            true => form.channels.chunks(1).collect(),
            false => vec![&form.channels],
        };
        let now = self.clock.now();
        let receipts: Vec<Receipt> = self.store.write::<_, Error>(|tx| {
            for channel in &form.channels {
                if !tx.has_channel(&form.account, channel)? {
                    return Err(Error::new(
                        ErrorCode::NotFound,
                        "This channel is no longer connected to the account.",
                    ));
                }
            }
            groups.iter().map(|channels| insert(tx, form, channels, now)).collect()
        })?;
        for receipt in &receipts {
            self.steps().push(Step::Created(receipt.post.id.clone()));
        }
        self.posts_changed(receipts.iter().map(|receipt| receipt.post.id.clone()).collect());
        self.wake_lane(&form.account);
        Ok(receipts)
    }

    /// Calls a post off at its service, for good, and keeps its text here as a draft that no service
    /// knows. For services that can't make a draft of a scheduled post. Answers the draft.
    ///
    /// # Errors
    /// `NotFound`, `NotEditable`, `NotPossible`, `Storage`.
    pub fn cancel_keeping_draft(&self, post: &PostId) -> Result<Receipt, Error> {
        let post = self.editable_post(post, Ability::Delete)?;
        let copy = self.store.write::<_, Error>(|tx| {
            let id = PostId::generate();
            let channels: Vec<_> =
                post.targets.iter().map(|target| target.channel.clone()).collect();
            tx.insert_new_post(&id, &post.account, post.shown_text(), &channels)?;
            tx.remember(&id, post.confirmed.time)?;
            tx.post(&id)?.ok_or_else(no_such_post)
        })?;
        self.posts_changed(vec![copy.id.clone()]);
        self.act(&post.id, Act::Delete)?;
        Ok(Receipt { post: copy, will_send: false })
    }
}

fn insert(
    tx: &Tx<'_>,
    form: &NewPostForm,
    channels: &[ChannelId],
    now: DateTime<Utc>,
) -> Result<Receipt, Error> {
    let id = PostId::generate();
    tx.insert_new_post(&id, &form.account, &form.text, channels)?;
    let aim = form.time.map_or(Aim::Draft, |time| Aim::Scheduled { time });
    tx.insert_waiting(&NewChange {
        post: &id,
        account: &form.account,
        desired: &Desired::aim(aim),
        base: &Standing::draft(),
        base_text: &form.text,
        made_at: now,
        not_before: None,
    })?;
    let post = tx.post(&id)?.ok_or_else(no_such_post)?;
    Ok(Receipt { post, will_send: true })
}
