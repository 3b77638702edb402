//! Pause a post: it becomes a draft and remembers its time.

use super::Receipt;
use crate::app::App;
use crate::error::Error;
use crate::model::{PostId, Wish};

impl App {
    /// Pauses a post. One that is a draft already stays as it is.
    ///
    /// # Errors
    /// `NotFound`, `NotEditable`, `Storage`.
    pub fn pause(&self, post: &PostId) -> Result<Receipt, Error> {
        let post = self.editable_post(post)?;
        self.submit_step(&post, Wish::Pause)
    }
}
