//! A change in a form to be passed on, for a question to a service or to us. No key is in it.

use chrono::SecondsFormat;

use super::discard::no_such_change;
use crate::app::App;
use crate::error::Error;
use crate::model::ChangeId;

/// How the keys of the services begin.
const KEY_BEGINNINGS: [&str; 4] = ["sk_", "smcp_", "pe_live_", "pe_test_"];

impl App {
    /// What is known of a change, line by line.
    ///
    /// # Errors
    /// `NotFound`, `Storage`.
    pub fn change_details(&self, id: ChangeId) -> Result<String, Error> {
        let (change, post) = self.store.read(|tx| {
            let change = tx.change(id)?;
            let post = match &change {
                Some(change) => tx.post(&change.post)?,
                None => None,
            };
            Ok((change, post))
        })?;
        let change = change.ok_or_else(no_such_change)?;
        let service = self.account_service(&change.account)?;
        let at =
            |time: chrono::DateTime<chrono::Utc>| time.to_rfc3339_opts(SecondsFormat::Secs, true);
        let mut lines = vec![
            format!("Rundown change {}", change.id.0),
            format!("Service: {}", service.name),
            format!("Asked for: {}", wanted(&change.desired)),
            format!("State: {:?}", change.state),
            format!("Attempts: {}", change.attempts),
            format!("Made: {}", at(change.made_at)),
        ];
        if let Some(remote) = post.and_then(|post| post.remote) {
            lines.insert(2, format!("Post: {}", remote.as_str()));
        }
        lines.extend(change.closed_at.map(|time| format!("Closed: {}", at(time))));
        lines.extend(change.not_before.map(|time| format!("Next try: {}", at(time))));
        lines.extend(change.message.map(|message| format!("Last answer: {message}")));
        Ok(without_keys(&lines.join("\n")))
    }
}

fn wanted(desired: &crate::model::Desired) -> String {
    let time = desired
        .time()
        .map(|time| format!(" for {}", time.to_rfc3339_opts(SecondsFormat::Secs, true)));
    let text = if desired.text.is_some() { ", with another text" } else { "" };
    format!("{}{}{text}", desired.aim.word(), time.unwrap_or_default())
}

/// The text with whatever looks like a key left out: a service may repeat one in its answer.
fn without_keys(text: &str) -> String {
    let is_of_key = |letter: char| letter.is_ascii_alphanumeric() || "_.-".contains(letter);
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let length = rest.find(|letter| !is_of_key(letter)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(length);
        let is_key = KEY_BEGINNINGS.iter().any(|beginning| word.starts_with(beginning));
        clean.push_str(if is_key { "[key]" } else { word });
        let mut others = after.chars();
        clean.extend(others.next());
        rest = others.as_str();
    }
    clean
}

#[cfg(test)]
mod tests {
    use super::without_keys;

    #[test]
    fn a_key_that_a_service_repeats_is_left_out() {
        assert_eq!(
            without_keys("Invalid key: sk_live.0123abc (use smcp_00ff, “pe_live_9”)."),
            "Invalid key: [key] (use [key], “[key]”)."
        );
        assert_eq!(without_keys("Zwölf Äpfel, task_force"), "Zwölf Äpfel, task_force");
    }
}
