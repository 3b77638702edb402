//! Edit the text of a post.

use super::Receipt;
use crate::app::App;
use crate::error::{Error, ErrorCode};
use crate::model::{Ability, PostId, Wish};

impl App {
    /// Gives a draft or scheduled post another text.
    ///
    /// # Errors
    /// `NotFound`, `NotEditable`, `NotPossible`, `EmptyText`, `Storage`.
    pub fn edit_text(&self, post: &PostId, text: String) -> Result<Receipt, Error> {
        let post = self.editable_post(post, Ability::EditText)?;
        check_text(&text, post.media.len())?;
        self.submit_step(&post, Wish::Edit(text))
    }
}

/// Refuses a text that no service takes.
pub(super) fn check_text(text: &str, media: usize) -> Result<(), Error> {
    if text.trim().is_empty() && media == 0 {
        return Err(Error::new(ErrorCode::EmptyText, "Write a text first."));
    }
    Ok(())
}
