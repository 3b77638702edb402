//! Following: a change that wants only another text leaves the post where it stands, also where that
//! was changed elsewhere meanwhile. So a text never arms a post that was paused elsewhere.

use crate::model::{Aim, PostId};
use crate::store::{StoreError, Tx};

/// Lets a waiting change of the text alone stand where its post now stands. One behind another change
/// stands where that leads, until its outcome is known.
pub(crate) fn follow(tx: &Tx<'_>, post: &PostId) -> Result<(), StoreError> {
    let Some(change) = tx.waiting_change(post)?.filter(|change| change.wants_text_alone()) else {
        return Ok(());
    };
    if tx.attempted_change(post)?.is_some() {
        return Ok(());
    }
    let Some(post) = tx.post(post)? else { return Ok(()) };
    match Aim::as_it_stands(&post.confirmed) {
        Some(aim) if !post.confirmed.same_as(&change.base) => {
            tx.restand(&change, aim, &post.confirmed)
        }
        _ => Ok(()),
    }
}
