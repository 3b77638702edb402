//! The shell's commands: each one that is declared is also registered.

use crate::tree::{Finding, Source, assert_none, sources};

const REGISTRY: &str = "src-tauri/src/commands/mod.rs";

/// Every function below a `#[tauri::command]`, as (line, name).
fn declared(source: &Source) -> Vec<(usize, String)> {
    let lines: Vec<&str> = source.text.lines().collect();
    let mut commands = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        if !line.trim_start().starts_with("#[tauri::command") {
            continue;
        }
        let name = lines[index..].iter().find_map(|line| {
            let name = line.split_once("fn ")?.1;
            Some(name.split(|c: char| !(c.is_alphanumeric() || c == '_')).next()?.to_owned())
        });
        commands.push((index + 1, name.unwrap_or_default()));
    }
    commands
}

/// The names in `collect_commands![…]`, without their modules.
fn registered(text: &str) -> Vec<String> {
    let Some((_, list)) = text.split_once("collect_commands![") else { return Vec::new() };
    let list = list.split(']').next().unwrap_or_default();
    let names = list.lines().map(|line| line.split("//").next().unwrap_or_default());
    names
        .flat_map(|line| line.split(','))
        .map(|path| path.rsplit("::").next().unwrap_or_default().trim().to_owned())
        .filter(|name| !name.is_empty())
        .collect()
}

fn unregistered(source: &Source, registered: &[String]) -> Vec<Finding> {
    declared(source)
        .into_iter()
        .filter(|(_, name)| !registered.contains(name))
        .map(|(line, name)| Finding {
            path: source.path.clone(),
            line,
            text: format!("fn {name} is not in collect_commands![]"),
        })
        .collect()
}

#[test]
fn every_command_is_registered() {
    let shell = sources(&["src-tauri/src"], &[".rs"]);
    let registry = shell.iter().find(|source| source.path == REGISTRY);
    let registry = registry.unwrap_or_else(|| panic!("{REGISTRY} is not there"));
    let registered = registered(&registry.text);
    assert!(!registered.is_empty(), "{REGISTRY} has no collect_commands![…]");
    let findings: Vec<Finding> =
        shell.iter().flat_map(|source| unregistered(source, &registered)).collect();
    assert_none("a command that is not registered fails only when it is called", &findings);
    assert!(
        shell.iter().any(|source| !declared(source).is_empty()),
        "no #[tauri::command] was found, so this rule looks at nothing"
    );
}

mod tries {
    use super::*;
    use crate::tree::source;

    #[test]
    fn a_command_that_nobody_registered_is_found() {
        let commands = source(
            "#[tauri::command]\n#[specta::specta]\npub async fn pause(id: PostId) {}\n\n\
             #[tauri::command(async)]\npub fn resume() {}\n",
        );
        let registered =
            registered("collect_commands![\n  posts::pause, // first\n  // posts::resume,\n]");
        assert_eq!(registered, ["pause"]);
        let found = unregistered(&commands, &registered);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].to_string(), "tried.rs:5: fn resume is not in collect_commands![]");
    }
}
