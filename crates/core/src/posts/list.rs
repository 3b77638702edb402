//! What the screen and the tray show of posts.

use chrono::{DateTime, TimeDelta, Utc};

use crate::app::App;
use crate::error::Error;
use crate::model::{Change, ChangeState, Desired, Post, PostId};

/// How far ahead the next post is looked for.
const FAR_AHEAD: TimeDelta = TimeDelta::days(3660);

/// The next post to go out, by its confirmed time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextPost {
    /// The post.
    pub post: PostId,
    /// When it goes out.
    pub time: DateTime<Utc>,
    /// Its channels, for people.
    pub channels: String,
    /// The beginning of its text.
    pub excerpt: String,
}

/// One line of a post's history, for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryEntry {
    /// When the user decided.
    pub at: DateTime<Utc>,
    /// What was asked for.
    pub desired: Desired,
    /// What became of it.
    pub state: ChangeState,
    /// The service's or our own sentence about it.
    pub message: Option<String>,
}

impl App {
    /// The posts that stand in `[from, to)` by their shown, confirmed or remembered time.
    ///
    /// # Errors
    /// `Storage`.
    pub fn posts_in_range(
        &self,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> Result<Vec<Post>, Error> {
        Ok(self.store.read(|tx| tx.posts_in_range(from, to))?)
    }

    /// The posts shown as drafts, newest first.
    ///
    /// # Errors
    /// `Storage`.
    pub fn drafts(&self) -> Result<Vec<Post>, Error> {
        Ok(self.store.read(|tx| tx.drafts())?)
    }

    /// Those of these posts that are still here.
    ///
    /// # Errors
    /// `Storage`.
    pub fn posts(&self, ids: &[PostId]) -> Result<Vec<Post>, Error> {
        Ok(self.store.read(|tx| tx.posts(ids))?)
    }

    /// Everything that was asked of a post, newest first.
    ///
    /// # Errors
    /// `Storage`.
    pub fn post_history(&self, post: &PostId) -> Result<Vec<HistoryEntry>, Error> {
        let changes = self.store.read(|tx| tx.history(post))?;
        Ok(changes
            .into_iter()
            .map(|change| HistoryEntry {
                at: change.made_at,
                desired: change.desired,
                state: change.state,
                message: change.message,
            })
            .collect())
    }

    /// The next posts to go out, soonest first, at most `limit`.
    ///
    /// # Errors
    /// `Storage`.
    pub fn next_posts(&self, limit: u32) -> Result<Vec<NextPost>, Error> {
        let now = self.clock.now();
        self.store
            .read(|tx| {
                tx.going_out(now, now + FAR_AHEAD, limit)?
                    .into_iter()
                    .filter_map(|post| Some((post.confirmed.goes_out_at()?, post)))
                    .map(|(time, post)| {
                        Ok(NextPost {
                            time,
                            channels: tx.channel_names(&post)?,
                            excerpt: excerpt(&post.text),
                            post: post.id,
                        })
                    })
                    .collect()
            })
            .map_err(Error::from)
    }

    /// How many changes the services have not confirmed yet.
    ///
    /// # Errors
    /// `Storage`.
    pub fn open_change_count(&self) -> Result<u32, Error> {
        Ok(self.store.read(|tx| tx.open_count(None))?)
    }

    /// The changes the services have not confirmed yet, with their posts.
    ///
    /// # Errors
    /// `Storage`.
    pub fn open_changes(&self) -> Result<Vec<(Change, Post)>, Error> {
        let changes = self.store.read(|tx| {
            tx.open_changes()?
                .into_iter()
                .filter_map(|change| match tx.post(&change.post) {
                    Ok(post) => Some(Ok((change, post?))),
                    Err(error) => Some(Err(error)),
                })
                .collect::<Result<Vec<_>, _>>()
        })?;
        Ok(changes)
    }
}

/// The first words of a text on one line, at most 80 characters.
pub(crate) fn excerpt(text: &str) -> String {
    const LONGEST: usize = 80;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LONGEST {
        return line;
    }
    let mut short: String = line.chars().take(LONGEST - 1).collect();
    short.push('…');
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_is_one_line_and_cut_between_characters() {
        assert_eq!(excerpt("Hello\n\n  world"), "Hello world");
        let long = "ü".repeat(200);
        assert_eq!(excerpt(&long).chars().count(), 80);
    }
}
