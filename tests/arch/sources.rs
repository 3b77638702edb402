//! What may stand where, in Rust and in the UI.

use crate::tree::{Finding, Source, assert_none, has_word, lines_where, sources};

const RUST: &[&str] = &[".rs"];
const UI: &[&str] = &[".ts", ".svelte"];
const SERVICES: &[&str] = &["postpost", "publora", "postato", "posteverywhere", "this-computer"];

fn input_and_output(source: &Source) -> Vec<Finding> {
    const UNWANTED: &[&str] = &[
        "std::fs",
        "std::net",
        "std::env",
        "std::process",
        "rusqlite",
        "tokio",
        "reqwest",
        "Utc::now",
        "Local::now",
        "SystemTime::now",
        "Instant::now",
    ];
    lines_where(source, |line| UNWANTED.iter().any(|unwanted| has_word(line, unwanted)))
}

#[test]
fn the_model_is_pure() {
    let findings: Vec<Finding> =
        sources(&["crates/core/src/model"], RUST).iter().flat_map(input_and_output).collect();
    assert_none("core::model does no I/O and reads no clock; time is an argument", &findings);
}

fn sql(source: &Source) -> Vec<Finding> {
    lines_where(source, |line| has_word(line, "rusqlite"))
}

#[test]
fn only_the_store_knows_sqlite() {
    let findings: Vec<Finding> = sources(&["crates", "src-tauri/src"], RUST)
        .iter()
        .filter(|source| !source.path.starts_with("crates/core/src/store"))
        .flat_map(sql)
        .collect();
    assert_none("only crates/core/src/store speaks SQL", &findings);
}

fn typescript_types(source: &Source) -> Vec<Finding> {
    lines_where(source, |line| {
        line.contains("specta::Type")
            || (line.contains("derive(") && has_word(line, "Type"))
            || (line.contains("use specta") && has_word(line, "Type"))
    })
}

#[test]
fn only_the_wire_derives_typescript_types() {
    let findings: Vec<Finding> = sources(&["crates", "src-tauri/src"], RUST)
        .iter()
        .filter(|source| !source.path.starts_with("src-tauri/src/wire"))
        .flat_map(typescript_types)
        .collect();
    assert_none("what crosses to TypeScript is declared in src-tauri/src/wire.rs", &findings);
}

fn tauri_imports(source: &Source) -> Vec<Finding> {
    lines_where(source, |line| line.contains("@tauri-apps/") || line.contains("__TAURI"))
}

#[test]
fn only_the_host_imports_tauri() {
    let findings: Vec<Finding> = sources(&["ui/src"], UI)
        .iter()
        .filter(|source| !source.path.starts_with("ui/src/host/"))
        .flat_map(tauri_imports)
        .collect();
    assert_none("only ui/src/host talks to Tauri; everything else uses the Host", &findings);
}

fn branches_on_a_service(source: &Source) -> Vec<Finding> {
    lines_where(source, |line| {
        let line = line.to_lowercase();
        let quoted = |name: &&str| {
            ["'", "\"", "`"].iter().any(|quote| line.contains(&format!("{quote}{name}{quote}")))
        };
        let decides = ["===", "!==", "==", "!=", "case ", "{#if", "if (", ".includes("];
        SERVICES.iter().any(quoted) && decides.iter().any(|decision| line.contains(decision))
    })
}

#[test]
fn the_ui_branches_on_capabilities_and_never_on_a_services_name() {
    let findings: Vec<Finding> = sources(&["ui/src"], UI)
        .iter()
        .filter(|source| !source.path.starts_with("ui/src/host/"))
        .filter(|source| !source.path.ends_with(".test.ts"))
        .flat_map(branches_on_a_service)
        .collect();
    assert_none("ask the account's capabilities instead", &findings);
}

mod tries {
    use super::*;
    use crate::tree::source;

    #[test]
    fn each_scanner_finds_what_it_is_for_and_nothing_else() {
        type Scanner = fn(&Source) -> Vec<Finding>;
        let cases: &[(Scanner, &str, &str)] = &[
            (input_and_output, "let now = Utc::now();", "/// Not `Utc::now`.\nfn now_line() {}"),
            (input_and_output, "use std::fs;", "let offset = std::fsync_like;"),
            (sql, "use rusqlite::Connection;", "// rusqlite lives in the store\n"),
            (typescript_types, "#[derive(Serialize, Type)]", "#[derive(Serialize, TypeName)]"),
            (typescript_types, "#[derive(specta::Type)]", "#[specta::specta]"),
            (typescript_types, "use specta::{Type, TypeMap};", "use specta::specta;"),
            (
                tauri_imports,
                "import { invoke } from '@tauri-apps/api/core'",
                "import { host } from '../host'",
            ),
            (tauri_imports, "window.__TAURI_INTERNALS__.invoke()", "host.invoke()"),
            (
                branches_on_a_service,
                "if (account.kind === 'postpost') {",
                "const hint = 'postpost'",
            ),
            (
                branches_on_a_service,
                "{#if kind == \"publora\"}",
                "<option value=\"publora\">Publora</option>",
            ),
            (branches_on_a_service, "case 'postato':", "// case 'postato':"),
        ];
        for (scanner, bad, good) in cases {
            assert_eq!(scanner(&source(bad)).len(), 1, "not found: {bad}");
            assert!(scanner(&source(good)).is_empty(), "wrongly found: {good}");
        }
    }
}
