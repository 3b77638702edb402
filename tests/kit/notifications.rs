//! What the notification daemon showed, read from what `dunst -print` writes.

use std::{fs, path::PathBuf, time::Duration};

use crate::{Result, until};

/// A notification as a person saw it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notification {
    /// The bold line.
    pub summary: String,
    /// The text below it.
    pub body: String,
    /// What can be chosen in it, in no order.
    pub actions: Vec<String>,
}

impl Notification {
    /// Whether `text` is somewhere in it.
    pub fn says(&self, text: &str) -> bool {
        self.summary.contains(text) || self.body.contains(text)
    }
}

/// The notifications since a moment.
#[derive(Debug)]
pub struct Notifications {
    file: PathBuf,
    skip: usize,
}

impl Notifications {
    pub(crate) fn from_now(file: PathBuf) -> Self {
        let skip = fs::read(&file).map(|bytes| bytes.len()).unwrap_or_default();
        Self { file, skip }
    }

    /// All so far.
    ///
    /// # Errors
    /// The daemon's output can't be read.
    pub fn all(&self) -> Result<Vec<Notification>> {
        let bytes = fs::read(&self.file)?;
        Ok(parse(&String::from_utf8_lossy(&bytes[self.skip.min(bytes.len())..])))
    }

    /// The first one that says `text`, waiting for it.
    ///
    /// # Errors
    /// It does not come within `patience`.
    pub async fn one_saying(&self, text: &str, patience: Duration) -> Result<Notification> {
        let what = format!("notification saying “{text}”");
        let found = until(what, patience, async || {
            Ok(self.all()?.into_iter().find(|notification| notification.says(text)))
        });
        match found.await {
            Ok(notification) => Ok(notification),
            Err(error) => Err(format!("{error}; there were {:?}", self.all()?).into()),
        }
    }
}

/// Reads dunst's blocks: one `name: 'value'` a line, where a body may have several lines.
fn parse(printed: &str) -> Vec<Notification> {
    let field = |block: &str, from: &str, to: &str| -> Option<String> {
        let rest = block.split_once(from)?.1;
        Some(rest.split_once(to)?.0.to_owned())
    };
    printed
        .split("\n}")
        .filter_map(|block| {
            let actions = field(block, "\n\tactions: {\n", "\n\t}").unwrap_or_default();
            Some(Notification {
                summary: field(block, "\n\tsummary: '", "'\n\tbody: '")?,
                body: field(block, "\n\tbody: '", "'\n\ticon: '")?,
                actions: actions.lines().filter_map(label).collect(),
            })
        })
        .collect()
}

/// The label in an action's line: `"name": "label"`.
fn label(line: &str) -> Option<String> {
    let label = line.split_once("\": \"")?.1.strip_suffix('"')?;
    (!label.is_empty()).then(|| label.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notifications_are_read_from_what_dunst_prints() {
        let printed = "{\n\tappname: 'Rundown'\n\tsummary: 'Goes out in 15 minutes'\n\tbody: \
                       'It's a 'quoted' text\nin two lines'\n\ticon: ''\n\tid: 2\n\tactions: {\n\t\t\"done\": \"Done\"\n\
                       \t\t\"default\": \"\"\n\t}\n\tscript_count: 0\n}\n\
                       {\n\tappname: 'x'\n\tsummary: 'Second'\n\tbody: ''\n\ticon: ''\n}\n\
                       {\n\tappname: 'x'\n\tsummary: 'not yet whol";
        let read = parse(printed);
        assert_eq!(read.len(), 2);
        assert!(read[0].says("15 minutes") && read[0].says("in two lines"));
        assert_eq!(read[0].actions, ["Done"]);
        let second = Notification { summary: "Second".to_owned(), ..Notification::default() };
        assert_eq!(read[1], second);
    }
}
