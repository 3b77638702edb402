//! Where a picture of a post is, for whoever fetches it.

use url::Url;

use super::no_such_post;
use crate::app::App;
use crate::error::{Error, ErrorCode};
use crate::model::{AccountId, MediaKind, PostId};

/// A picture as a post's service named it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PictureAddress {
    /// The account the post belongs to: its pictures are forgotten with it.
    pub account: AccountId,
    /// Where the picture is, as the service wrote it.
    pub url: String,
    /// The server that said so.
    pub told_by: Url,
}

impl App {
    /// Where the `index`th of a post's pictures and videos is.
    ///
    /// # Errors
    /// `NotFound` where there is no such post, or no picture at this place; `Storage`.
    pub fn picture_address(&self, post: &PostId, index: usize) -> Result<PictureAddress, Error> {
        self.store.read(|tx| Ok((tx.post(post)?, tx.accounts()?))).map_err(Error::from).and_then(
            |(post, accounts)| {
                let mut post = post.ok_or_else(no_such_post)?;
                let media = (index < post.media.len()).then(|| post.media.swap_remove(index));
                let url = media
                    .filter(|media| media.kind == MediaKind::Image)
                    .and_then(|media| media.url)
                    .ok_or_else(no_such_picture)?;
                let account = accounts.into_iter().find(|account| account.id == post.account);
                let told_by = account.ok_or_else(no_such_post)?.address.base_url;
                Ok(PictureAddress { account: post.account, url, told_by })
            },
        )
    }
}

fn no_such_picture() -> Error {
    Error::new(ErrorCode::NotFound, "This post has no picture there.")
}
