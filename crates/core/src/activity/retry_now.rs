//! Do not wait any longer: send a change, look for its effect, or ask again for what failed.

use super::discard::no_such_change;
use crate::app::App;
use crate::error::{Error, ErrorCode};
use crate::model::{ChangeId, ChangeState};

impl App {
    /// Ends the wait of a change that is open; asks again, by the rules of a new wish, for what had
    /// no effect. What is unknown is looked up as ever before anything is repeated, and a service
    /// that asked us to wait is waited for.
    ///
    /// # Errors
    /// `NotFound`, `NotPossible`, and those of [`try_again`](Self::try_again).
    pub fn retry_now(&self, id: ChangeId) -> Result<(), Error> {
        let change = self.store.read(|tx| tx.change(id))?.ok_or_else(no_such_change)?;
        match change.state {
            ChangeState::Waiting
            | ChangeState::Sending
            | ChangeState::Unknown
            | ChangeState::Accepted => {
                self.store.write::<_, Error>(|tx| Ok(tx.end_wait(id)?))?;
                self.posts_changed(vec![change.post]);
                self.wake_lane(&change.account);
                Ok(())
            }
            ChangeState::Failed(_) => self.try_again(&change.post).map(drop),
            ChangeState::Conflict(_) | ChangeState::Done | ChangeState::Withdrawn => {
                Err(Error::new(ErrorCode::NotPossible, "There is nothing to try again here."))
            }
        }
    }
}
