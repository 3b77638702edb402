//! What became of each post of a pause.

use chrono::{DateTime, Utc};

use crate::app::App;
use crate::error::Error;
use crate::model::{AccountId, PausePhase, PausedStanding, Post, PostId, check_lead};
use crate::posts::excerpt;
use crate::store::StoreError;

/// An account that is paused as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pause {
    /// The account.
    pub account: AccountId,
    /// Since when.
    pub paused_at: DateTime<Utc>,
    /// How far pausing it has come.
    pub phase: PausePhase,
    /// Its posts, the one that was to go out soonest first. One that is gone is not among them.
    pub posts: Vec<PausedPost>,
}

/// A post of a pause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PausedPost {
    /// The post.
    pub post: PostId,
    /// When it was to go out.
    pub time: DateTime<Utc>,
    /// Whether that has passed, or come too close to be sent.
    pub has_passed: bool,
    /// Since when it is paused.
    pub paused_at: DateTime<Utc>,
    /// The beginning of its text.
    pub excerpt: String,
    /// Its channels, for people.
    pub channels: String,
    /// Where it stands.
    pub standing: PausedStanding,
}

impl App {
    /// The accounts that are paused as a whole, with what became of each of their posts.
    ///
    /// # Errors
    /// `Storage`.
    pub fn pauses(&self) -> Result<Vec<Pause>, Error> {
        let found = self.store.read(|tx| {
            let mut found = Vec::new();
            for account in tx.accounts()? {
                let Some(pause) = tx.pause(&account.id)? else { continue };
                let mut posts = Vec::new();
                for (id, journaled) in tx.journaled(&account.id)? {
                    if let Some(post) = tx.post(&id)? {
                        posts.push((journaled, tx.channel_names(&post)?, post));
                    }
                }
                found.push((account.id, pause, posts));
            }
            Ok::<_, StoreError>(found)
        })?;
        let pauses = found.into_iter().map(|(account, pause, posts)| {
            let hindered = self.hindered(&account)?;
            let lead = self.account_service(&account)?.capabilities.lead;
            let later_now = self.later_now(&account);
            let why = |post: &Post| hindered.clone().or_else(|| post.locked_because());
            let posts = posts.into_iter().map(|(journaled, channels, post)| PausedPost {
                time: journaled.time,
                paused_at: journaled.paused_at,
                has_passed: check_lead(journaled.time, later_now, lead).is_err(),
                excerpt: excerpt(post.shown_text()),
                channels,
                standing: PausedStanding::of(&post, journaled.asked, why(&post)),
                post: post.id,
            });
            Ok(Pause {
                posts: posts.collect(),
                paused_at: pause.paused_at,
                phase: pause.phase,
                account,
            })
        });
        pauses.collect()
    }
}
