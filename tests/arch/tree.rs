//! The checkout as the rules see it: its files, and findings that name file and line.

use std::{
    fmt, fs,
    path::{Path, PathBuf},
};

/// The checkout's top folder.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ lies in the checkout")
}

/// A text file of the checkout.
pub struct Source {
    /// From the top folder, with forward slashes.
    pub path: String,
    pub text: String,
}

/// A line that breaks a rule.
#[derive(Debug, PartialEq, Eq)]
pub struct Finding {
    pub path: String,
    /// From 1.
    pub line: usize,
    pub text: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.text.trim())
    }
}

/// Fails with the rule and every finding, unless there is none.
#[track_caller]
pub fn assert_none(rule: &str, findings: &[Finding]) {
    let list: Vec<String> = findings.iter().map(|finding| format!("  {finding}")).collect();
    assert!(findings.is_empty(), "{rule}\n{}", list.join("\n"));
}

/// Every file below `folders` whose name ends in one of `endings`, in a fixed order.
///
/// A folder that is not there, or that holds no such file, is an error in the rule: it would look
/// at nothing and always pass.
pub fn sources(folders: &[&str], endings: &[&str]) -> Vec<Source> {
    let mut all = Vec::new();
    for folder in folders {
        let before = all.len();
        collect(&root().join(folder), endings, &mut all);
        assert!(all.len() > before, "the rule looks at {folder}, which has no {endings:?}");
    }
    all
}

fn collect(path: &Path, endings: &[&str], all: &mut Vec<Source>) {
    if path.is_file() {
        let name = path.to_string_lossy();
        if endings.iter().any(|ending| name.ends_with(ending)) {
            let text = fs::read_to_string(path)
                .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            all.push(Source { path: from_root(path), text });
        }
        return;
    }
    let mut entries: Vec<PathBuf> = fs::read_dir(path)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
        .map(|entry| entry.expect("a readable folder").path())
        .filter(|entry| !is_made_by_tools(entry))
        .collect();
    entries.sort();
    for entry in entries {
        collect(&entry, endings, all);
    }
}

fn is_made_by_tools(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    matches!(name.as_ref(), "node_modules" | "dist" | "target" | "gen") || name.starts_with('.')
}

fn from_root(path: &Path) -> String {
    let relative = path.strip_prefix(root()).unwrap_or(path);
    relative.to_string_lossy().replace('\\', "/")
}

/// The lines of `source` that are code, in which `breaks` holds.
///
/// Whole-line comments are left out: they may name what the code must not use.
pub fn lines_where(source: &Source, breaks: impl Fn(&str) -> bool) -> Vec<Finding> {
    let is_comment = |line: &str| {
        let line = line.trim_start();
        line.starts_with("//") || line.starts_with('*') || line.starts_with("/*")
    };
    source
        .text
        .lines()
        .enumerate()
        .filter(|(_, line)| !is_comment(line) && breaks(line))
        .map(|(index, line)| Finding {
            path: source.path.clone(),
            line: index + 1,
            text: line.to_owned(),
        })
        .collect()
}

/// Whether `text` has `word` where no letter, digit or underscore touches it.
pub fn has_word(text: &str, word: &str) -> bool {
    let joins = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(word).any(|(at, _)| {
        !text[..at].chars().next_back().is_some_and(joins)
            && !text[at + word.len()..].chars().next().is_some_and(joins)
    })
}

/// A source for trying a rule on.
pub fn source(text: &str) -> Source {
    Source { path: "tried.rs".to_owned(), text: text.to_owned() }
}

#[test]
fn a_finding_names_file_and_line() {
    let found = lines_where(&source("// no fs here\nuse std::fs;\n"), |line| has_word(line, "fs"));
    assert_eq!(
        found.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["tried.rs:2: use std::fs;"]
    );
}

#[test]
fn a_word_inside_another_is_not_that_word() {
    assert!(has_word("a fs::read", "fs"));
    assert!(!has_word("offset, dfs, fs_type", "fs"));
}
