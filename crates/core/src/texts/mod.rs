//! What is typed before it is saved, and the texts that a post has had: nothing written is lost.

mod rescue;
mod unsaved;
mod versions;

pub(crate) use rescue::rescue_text;
