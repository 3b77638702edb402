//! Move a post to another time.

use chrono::{DateTime, Utc};

use super::Receipt;
use crate::app::App;
use crate::error::Error;
use crate::guard::{self, Guard};
use crate::model::{Ability, PostId, Wish};

impl App {
    /// Moves a post. A draft stays one: the time is only remembered here.
    ///
    /// # Errors
    /// `NotFound`, `NotEditable`, `NotPossible`, `PastTime`, `TooLate`, `Storage`.
    pub fn reschedule(&self, post: &PostId, time: DateTime<Utc>) -> Result<Receipt, Error> {
        let post = self.editable_post(post, Ability::Reschedule)?;
        self.check_time(&post.account, time)?;
        if !guard::holds(Guard::DraftStaysDraft) {
            return self.submit_step(&post, Wish::Resume(time));
        }
        self.submit_step(&post, Wish::MoveTo(time))
    }
}
