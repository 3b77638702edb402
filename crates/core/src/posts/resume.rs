//! Resume a draft: schedule it for a time.

use chrono::{DateTime, Utc};

use super::Receipt;
use crate::app::App;
use crate::error::Error;
use crate::model::{Ability, PostId, Wish};

impl App {
    /// Schedules a draft for `time`.
    ///
    /// # Errors
    /// `NotFound`, `NotEditable`, `NotPossible`, `PastTime`, `TooLate`, `Storage`.
    pub fn resume(&self, post: &PostId, time: DateTime<Utc>) -> Result<Receipt, Error> {
        let post = self.editable_post(post, Ability::Resume)?;
        self.check_time(&post.account, time)?;
        self.submit_step(&post, Wish::Resume(time))
    }
}
