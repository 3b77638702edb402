//! Give a change up.

use crate::app::App;
use crate::error::{Error, ErrorCode};
use crate::model::{ChangeId, ChangeState};

impl App {
    /// Gives up a change that waits: nothing is sent, and the post stays as its service has it; one
    /// that no service has stays here as a draft. A question is taken for answered. What may have
    /// been sent can't be given up: it is looked up.
    ///
    /// # Errors
    /// `NotFound`, `NotPossible`, `Storage`.
    pub fn discard(&self, id: ChangeId) -> Result<(), Error> {
        let now = self.clock.now();
        let change = self.store.read(|tx| tx.change(id))?.ok_or_else(no_such_change)?;
        match change.state {
            ChangeState::Waiting => {
                let said = Some("Given up before it was sent.");
                let closed = self.store.write::<_, Error>(|tx| {
                    // The lane may have begun to send it since.
                    match tx.change(id)?.is_some_and(|it| it.state == ChangeState::Waiting) {
                        true => Ok(tx.close(id, &ChangeState::Withdrawn, said, now)?),
                        false => Ok(false),
                    }
                })?;
                if !closed {
                    return Err(under_way());
                }
            }
            ChangeState::Failed(_) | ChangeState::Conflict(_) => {
                self.store.write::<_, Error>(|tx| Ok(tx.mark_seen(&change.post)?))?;
            }
            ChangeState::Sending | ChangeState::Unknown | ChangeState::Accepted => {
                return Err(under_way());
            }
            ChangeState::Done | ChangeState::Withdrawn => return Err(no_such_change()),
        }
        self.posts_changed(vec![change.post]);
        self.wake_lane(&change.account);
        Ok(())
    }
}

fn under_way() -> Error {
    Error::new(
        ErrorCode::NotPossible,
        "It may have reached its service already, so it can’t be given up. Rundown is finding out; \
         undo it then.",
    )
}

pub(super) fn no_such_change() -> Error {
    Error::new(ErrorCode::NotFound, "This change is no longer open.")
}
