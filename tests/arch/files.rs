//! How long a file may be, and how it begins.

use crate::tree::{Finding, Source, assert_none, sources};

const LONGEST: usize = 500;

/// Files that may be longer, each with its reason.
const MAY_BE_LONGER: &[(&str, &str)] = &[
    ("ui/src/host/bindings.ts", "it is generated from the Rust commands"),
    ("ui/src/timeline/Timeline.svelte", "a third of it is its props and styles"),
];

fn all() -> Vec<Source> {
    let folders = &["crates", "src-tauri/src", "xtask/src", "tests", "ui/src"];
    sources(folders, &[".rs", ".ts", ".svelte", ".css"])
}

fn too_long(source: &Source) -> Option<Finding> {
    let lines = source.text.lines().count();
    let text = format!("{lines} lines");
    (lines > LONGEST).then(|| Finding { path: source.path.clone(), line: LONGEST + 1, text })
}

#[test]
fn no_file_is_longer_than_five_hundred_lines() {
    let is_listed = |source: &&Source| !MAY_BE_LONGER.iter().any(|(path, _)| *path == source.path);
    let all = all();
    let findings: Vec<Finding> = all.iter().filter(is_listed).filter_map(too_long).collect();
    assert_none("a file is one thing; split it, or say in MAY_BE_LONGER why not", &findings);
}

#[test]
fn the_list_of_longer_files_names_only_files_that_are_there() {
    let all = all();
    for (path, reason) in MAY_BE_LONGER {
        assert!(all.iter().any(|source| source.path == *path), "{path} ({reason}) is gone");
    }
}

fn begins_without_saying_what_it_is(source: &Source) -> Option<Finding> {
    let first = source.text.lines().next().unwrap_or_default();
    (!first.starts_with("//!")).then(|| Finding {
        path: source.path.clone(),
        line: 1,
        text: first.to_owned(),
    })
}

#[test]
fn every_rust_file_says_first_what_it_is() {
    let findings: Vec<Finding> = all()
        .iter()
        .filter(|source| source.path.ends_with(".rs"))
        .filter_map(begins_without_saying_what_it_is)
        .collect();
    assert_none("a module's first line says what it is, as `//! …`", &findings);
}

mod tries {
    use super::*;
    use crate::tree::source;

    #[test]
    fn a_file_is_too_long_from_the_first_line_over() {
        assert!(too_long(&source(&"x\n".repeat(LONGEST))).is_none());
        assert_eq!(
            too_long(&source(&"x\n".repeat(LONGEST + 1))).map(|found| found.text),
            Some("501 lines".to_owned())
        );
    }

    #[test]
    fn a_file_that_begins_with_code_is_found() {
        assert!(begins_without_saying_what_it_is(&source("use std::fmt;\n")).is_some());
        assert!(begins_without_saying_what_it_is(&source("//! Says what it is.\n")).is_none());
    }
}
