//! What was typed and not saved, and the texts that each post has had.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Row, params};

use super::rows::{from_ms, to_ms};
use super::{StoreError, Tx};
use crate::model::{
    AccountId, ChannelId, Form, PostId, TextSource, TextVersion, TypedTime, Unsaved, same_text,
};

/// How many texts of a post are kept.
const VERSIONS_KEPT: u32 = 50;

impl Tx<'_> {
    /// Keeps what was typed into a form.
    pub(crate) fn keep_unsaved(
        &self,
        typed: &Unsaved,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let (kind, post) = form_words(&typed.form);
        self.0
            .prepare_cached(
                "INSERT OR REPLACE INTO unsaved
                     (form, post, text, base, account, channels, date, time, kept_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            )?
            .execute(params![
                kind,
                post,
                typed.text,
                typed.base,
                typed.account,
                serde_json::to_string(&typed.channels).map_err(|error| malformed(&error))?,
                typed.when.as_ref().map(|when| &when.date),
                typed.when.as_ref().map(|when| &when.time),
                to_ms(now),
            ])?;
        Ok(())
    }

    /// Forgets what was typed into a form.
    pub(crate) fn forget_unsaved(&self, form: &Form) -> Result<(), StoreError> {
        let (kind, post) = form_words(form);
        self.0
            .prepare_cached("DELETE FROM unsaved WHERE form = ?1 AND post = ?2")?
            .execute(params![kind, post])?;
        Ok(())
    }

    /// What was typed into a form and not saved.
    pub(crate) fn unsaved(&self, form: &Form) -> Result<Option<Unsaved>, StoreError> {
        let (kind, post) = form_words(form);
        let mut query =
            self.0.prepare_cached("SELECT * FROM unsaved WHERE form = ?1 AND post = ?2")?;
        let mut rows = query.query_and_then(params![kind, post], unsaved_from)?;
        rows.next().transpose()
    }

    /// Everything that was typed and not saved, last typed first.
    pub(crate) fn all_unsaved(&self) -> Result<Vec<Unsaved>, StoreError> {
        let mut query =
            self.0.prepare_cached("SELECT * FROM unsaved ORDER BY kept_at DESC, form, post")?;
        query.query_and_then([], unsaved_from)?.collect()
    }

    /// What was typed into a duplicate of a post that goes becomes a draft of its own, where the form
    /// of a new post, which would have it else, is taken. Answers the draft.
    pub(super) fn keep_duplicate(&self, post: &PostId) -> Result<Option<PostId>, StoreError> {
        let Some(typed) = self.unsaved(&Form::Like(post.clone()))? else { return Ok(None) };
        let is_taken = self.unsaved(&Form::New)?.is_some();
        let Some(original) = self.post(post)?.filter(|_| is_taken) else { return Ok(None) };
        if typed.text.trim().is_empty() {
            return Ok(None);
        }
        let chosen = typed.account.map(AccountId::from);
        let chosen = match chosen.map(|account| self.account(&account)).transpose()?.flatten() {
            Some(account) => account.id,
            None => original.account.clone(),
        };
        let mut channels: Vec<_> = typed.channels.into_iter().map(ChannelId::from).collect();
        let known = self.channels(&chosen)?;
        channels.retain(|channel| known.iter().any(|it| it.id == *channel));
        if channels.is_empty() && chosen == original.account {
            channels = original.targets.into_iter().map(|target| target.channel).collect();
        }
        let id = PostId::generate();
        self.insert_new_post(&id, &chosen, &typed.text, &channels)?;
        Ok(Some(id))
    }

    /// Notes the text that a post gets, or is to get; the one it has had until now is kept as well.
    pub(crate) fn note_text(
        &self,
        post: &PostId,
        text: &str,
        source: TextSource,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let last = self.last_text(post)?;
        if last.as_deref().is_some_and(|last| same_text(last, text)) {
            return Ok(());
        }
        if last.is_none() {
            self.0
                .prepare_cached(
                    "INSERT INTO texts (post, text, source)
                     SELECT id, text, CASE at_service WHEN 1 THEN 'service' ELSE 'here' END
                     FROM posts WHERE id = ?1",
                )?
                .execute([post.as_str()])?;
        }
        self.0
            .prepare_cached("INSERT INTO texts (post, text, source, at) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![post.as_str(), text, source_word(source), to_ms(at)])?;
        self.0
            .prepare_cached(
                "DELETE FROM texts WHERE post = ?1 AND id NOT IN
                     (SELECT id FROM texts WHERE post = ?1 ORDER BY id DESC LIMIT ?2)",
            )?
            .execute(params![post.as_str(), VERSIONS_KEPT])?;
        Ok(())
    }

    /// The texts that a post had or was to have, newest first.
    pub(crate) fn text_versions(&self, post: &PostId) -> Result<Vec<TextVersion>, StoreError> {
        let mut query = self.0.prepare_cached(
            "SELECT text, source, at FROM texts WHERE post = ?1 ORDER BY id DESC",
        )?;
        let rows = query.query_map([post.as_str()], |row| {
            Ok(TextVersion {
                at: row.get::<_, Option<i64>>("at")?.map(from_ms),
                text: row.get("text")?,
                source: match row.get::<_, String>("source")?.as_str() {
                    "here" => TextSource::Here,
                    _ => TextSource::Service,
                },
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn last_text(&self, post: &PostId) -> Result<Option<String>, StoreError> {
        Ok(self
            .0
            .prepare_cached("SELECT text FROM texts WHERE post = ?1 ORDER BY id DESC LIMIT 1")?
            .query_row([post.as_str()], |row| row.get(0))
            .optional()?)
    }
}

fn form_words(form: &Form) -> (&'static str, &str) {
    match form {
        Form::New => ("new", ""),
        Form::Like(post) => ("like", post.as_str()),
        Form::Edit(post) => ("edit", post.as_str()),
    }
}

fn source_word(source: TextSource) -> &'static str {
    match source {
        TextSource::Here => "here",
        TextSource::Service => "service",
    }
}

fn malformed(error: &serde_json::Error) -> StoreError {
    StoreError::Malformed(error.to_string())
}

fn unsaved_from(row: &Row<'_>) -> Result<Unsaved, StoreError> {
    let post = PostId::from(row.get::<_, String>("post")?);
    let (date, time): (Option<String>, Option<String>) = (row.get("date")?, row.get("time")?);
    Ok(Unsaved {
        form: match row.get::<_, String>("form")?.as_str() {
            "edit" => Form::Edit(post),
            "like" => Form::Like(post),
            _ => Form::New,
        },
        text: row.get("text")?,
        base: row.get("base")?,
        account: row.get("account")?,
        channels: serde_json::from_str(&row.get::<_, String>("channels")?)
            .map_err(|error| malformed(&error))?,
        when: date.zip(time).map(|(date, time)| TypedTime { date, time }),
    })
}
