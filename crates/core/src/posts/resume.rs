//! Resume a draft: schedule it for a time.

use chrono::{DateTime, Utc};

use super::Receipt;
use crate::app::App;
use crate::error::Error;
use crate::model::{PostId, Wish};

impl App {
    /// Schedules a draft for `time`.
    ///
    /// # Errors
    /// `NotFound`, `NotEditable`, `PastTime`, `TooLate`, `Storage`.
    pub fn resume(&self, post: &PostId, time: DateTime<Utc>) -> Result<Receipt, Error> {
        let post = self.editable_post(post)?;
        self.check_time(&post, time)?;
        self.submit_step(&post, Wish::Resume(time))
    }
}
