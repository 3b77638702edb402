//! Pause a post: it becomes a draft and remembers its time.

use super::Receipt;
use crate::app::App;
use crate::error::Error;
use crate::model::{Ability, PostId, Wish};

impl App {
    /// Pauses a post. One that is a draft already stays as it is.
    ///
    /// # Errors
    /// `NotFound`, `NotEditable`, `NotPossible`, `Storage`.
    pub fn pause(&self, post: &PostId) -> Result<Receipt, Error> {
        let post = self.editable_post(post, Ability::Pause)?;
        self.submit_step(&post, Wish::Pause)
    }
}
