//! The texts that a post has had.

use crate::app::App;
use crate::error::Error;
use crate::model::{PostId, TextVersion};

impl App {
    /// The texts that a post had or was to have, newest first, at most 50. Empty where it has had one
    /// text only.
    ///
    /// # Errors
    /// `Storage`.
    pub fn text_versions(&self, post: &PostId) -> Result<Vec<TextVersion>, Error> {
        Ok(self.store.read(|tx| tx.text_versions(post))?)
    }
}
