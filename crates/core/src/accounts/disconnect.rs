//! Disconnect an account: its key and all that is kept of it here are removed.

use super::{no_such_account, refuse_this_computer};
use crate::app::App;
use crate::error::Error;
use crate::events::Event;
use crate::model::{AccountId, Desired, Form, Post, SyncState};

/// What would be lost with an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// The post it is about.
    pub post: Post,
    /// What of it.
    pub what: Lost,
}

/// What of a post would be lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lost {
    /// What was asked of it and is not confirmed.
    Change(Desired),
    /// What was asked of it, had no effect, and is still to be decided.
    Question(Desired),
    /// A text that was typed and not saved.
    Typed,
    /// All of it: no service has it.
    Post,
}

impl App {
    /// What disconnecting an account would lose: changes that its service has not confirmed, questions
    /// about a text that are not answered, texts that are not saved, and posts that it never got.
    ///
    /// # Errors
    /// `Storage`.
    pub fn lost_by_disconnecting(&self, id: &AccountId) -> Result<Vec<Loss>, Error> {
        let changes = self.open_changes()?.into_iter().filter(|(_, post)| post.account == *id);
        let mut lost: Vec<_> = changes
            .map(|(change, post)| Loss { post, what: Lost::Change(change.desired) })
            .collect();
        let (questions, typed, only_here) = self.store.read(|tx| {
            let typed = tx.all_unsaved()?.into_iter().filter_map(|typed| match typed.form {
                Form::Edit(post) | Form::Like(post) => Some(post),
                Form::New => None,
            });
            let typed = tx.posts(&typed.collect::<Vec<_>>())?;
            Ok((tx.posts_with_questions(id)?, typed, tx.posts_only_here(id)?))
        })?;
        for post in questions {
            let wanted = match &post.sync {
                SyncState::NeedsYou { wanted, .. } => wanted.clone(),
                SyncState::Conflict { mine, .. } => mine.clone(),
                _ => continue,
            };
            if wanted.text.is_some() {
                lost.push(Loss { post, what: Lost::Question(wanted) });
            }
        }
        let typed = typed.into_iter().filter(|post| post.account == *id);
        lost.extend(typed.map(|post| Loss { post, what: Lost::Typed }));
        for post in only_here {
            if !lost.iter().any(|loss| loss.post.id == post.id) {
                lost.push(Loss { post, what: Lost::Post });
            }
        }
        Ok(lost)
    }

    /// Disconnects an account. What stands at the service is not touched; changes that still wait
    /// are lost, which the screen has said before.
    ///
    /// # Errors
    /// `NotFound`, `NotPossible`, `KeychainLocked`, `Storage`. Nothing is removed then.
    pub async fn disconnect(&self, id: &AccountId) -> Result<(), Error> {
        let account = self.store.read(|tx| tx.account(id))?.ok_or_else(no_such_account)?;
        refuse_this_computer(&account, "can’t be disconnected")?;
        self.forget_key(id, account.key_kept).await?;
        self.store.write::<_, Error>(|tx| Ok(tx.delete_account(id)?))?;
        self.stop_lane(id);
        self.emit(Event::AccountsChanged);
        Ok(())
    }
}
