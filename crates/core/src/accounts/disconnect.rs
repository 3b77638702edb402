//! Disconnect an account: its key and all that is kept of it here are removed.

use super::{no_such_account, refuse_this_computer};
use crate::app::App;
use crate::error::Error;
use crate::events::Event;
use crate::model::{AccountId, Desired, Post};

/// What would be lost with an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// The post it is about.
    pub post: Post,
    /// What was asked of it and is not confirmed; none for a post that is only here.
    pub wanted: Option<Desired>,
}

impl App {
    /// What disconnecting an account would lose: changes that its service has not confirmed, and
    /// posts that it never got.
    ///
    /// # Errors
    /// `Storage`.
    pub fn lost_by_disconnecting(&self, id: &AccountId) -> Result<Vec<Loss>, Error> {
        let changes = self.open_changes()?.into_iter().filter(|(_, post)| post.account == *id);
        let mut lost: Vec<_> =
            changes.map(|(change, post)| Loss { post, wanted: Some(change.desired) }).collect();
        for post in self.store.read(|tx| tx.posts_only_here(id))? {
            if !lost.iter().any(|loss| loss.post.id == post.id) {
                lost.push(Loss { post, wanted: None });
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
