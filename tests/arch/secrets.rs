//! A type that holds a secret can't be serialised, so no answer, event or file can carry it.

use crate::tree::{Finding, Source, assert_none, has_word, sources};

const SECRETS: &[&str] = &["SecretString", "SecretBox"];

/// Types that derive `Serialize` and name a secret in their body.
fn serialisable_secrets(source: &Source) -> Vec<Finding> {
    let text = &source.text;
    let mut findings = Vec::new();
    for (at, _) in text.match_indices("derive(") {
        let after = &text[at + "derive(".len()..];
        let Some((derives, rest)) = after.split_once(')') else { continue };
        if !has_word(derives, "Serialize") {
            continue;
        }
        let item = item(rest);
        if let Some(secret) = SECRETS.iter().find(|secret| has_word(item, secret)) {
            findings.push(Finding {
                path: source.path.clone(),
                line: text[..at].lines().count(),
                text: format!("derives Serialize and holds a {secret}"),
            });
        }
    }
    findings
}

/// The text of the type that begins here: to its closing brace, or to the semicolon of a tuple.
fn item(text: &str) -> &str {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 1 => return &text[..=at],
            '}' => depth = depth.saturating_sub(1),
            ';' if depth == 0 => return &text[..=at],
            _ => {}
        }
    }
    text
}

#[test]
fn what_holds_a_secret_is_not_serialisable() {
    let findings: Vec<Finding> = sources(&["crates", "src-tauri/src"], &[".rs"])
        .iter()
        .flat_map(serialisable_secrets)
        .collect();
    assert_none("a key goes in once and never comes out", &findings);
}

mod tries {
    use super::*;
    use crate::tree::source;

    #[test]
    fn a_serialisable_type_with_a_secret_is_found_and_others_are_not() {
        let bad = "use x;\n#[derive(Debug, Serialize)]\n#[serde(rename_all = \"camelCase\")]\n\
                   pub struct Form {\n  key: SecretString,\n}\n";
        let found = serialisable_secrets(&source(bad));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].line, 2);
        assert_eq!(
            serialisable_secrets(&source("#[derive(Serialize)] struct Key(SecretString);")).len(),
            1
        );

        let good = "#[derive(Deserialize)]\nstruct Form { key: SecretString }\n\
                    #[derive(Serialize)]\nstruct Account { label: String }\n\
                    struct Keys { all: Vec<SecretString> }\n";
        assert!(serialisable_secrets(&source(good)).is_empty());
    }
}
