//! Edit the text of a post.

use super::{Receipt, not_editable};
use crate::app::App;
use crate::error::{Error, ErrorCode};
use crate::model::{Ability, Aim, Desired, PostId, Wish};

impl App {
    /// Gives a draft or scheduled post another text.
    ///
    /// # Errors
    /// `NotFound`, `NotEditable`, `NotPossible`, `EmptyText`, `Storage`.
    pub fn edit_text(&self, post: &PostId, text: String) -> Result<Receipt, Error> {
        let post = self.editable_post(post, Ability::EditText)?;
        check_text(&text, post.media.len())?;
        if Aim::as_it_stands(&post.shown()).is_none() {
            let why = match &post.open {
                Some(Desired { aim: Aim::Skipped, .. }) => "It is about to be passed over.",
                Some(_) => {
                    "The post is about to be published. Wait until it is known what became of that."
                }
                None => "Its service does not say when it goes out.",
            };
            return Err(not_editable(format!("This text can’t be changed now. {why}")));
        }
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
