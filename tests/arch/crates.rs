//! Who may depend on whom, asked of `cargo metadata`.

use std::{
    collections::{BTreeMap, BTreeSet},
    process::Command,
    sync::LazyLock,
};

use serde_json::Value;

use crate::tree::root;

/// The workspace's crates and what each may use of the others.
const ARROWS: &[(&str, &[&str])] = &[
    ("rundown-core", &[]),
    ("rundown-services", &["rundown-core"]),
    ("rundown-practice", &[]),
    ("rundown", &["rundown-core", "rundown-services"]),
    ("xtask", &[]),
    ("rundown-tests", &["rundown-core", "rundown-services", "rundown-practice"]),
];

/// Guards can be broken in tests alone.
#[test]
fn only_the_tests_can_break_a_guard() {
    for folder in ["src-tauri", "crates/services", "crates/practice", "xtask"] {
        let manifest = std::fs::read_to_string(root().join(folder).join("Cargo.toml")).unwrap();
        assert!(!manifest.contains("mutants"), "{folder} can break guards");
    }
}

/// What the app without a screen must not have anywhere below it.
const NOT_IN_CORE: &[&str] =
    &["tauri", "wry", "tao", "gtk", "reqwest", "hyper", "ureq", "keyring", "keyring-core"];

/// Crates by package id, with what they use in a build that is no test.
struct Graph {
    names: BTreeMap<String, String>,
    uses: BTreeMap<String, Vec<String>>,
    members: BTreeMap<String, Value>,
}

static GRAPH: LazyLock<Graph> = LazyLock::new(|| {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let output = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--locked", "--all-features"])
        .current_dir(root())
        .output()
        .expect("cargo starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Graph::read(&serde_json::from_slice(&output.stdout).expect("cargo metadata is JSON"))
});

impl Graph {
    fn read(metadata: &Value) -> Self {
        let text = |value: &Value| value.as_str().expect("a string").to_owned();
        let list = |value: &Value| value.as_array().expect("a list").clone();
        let mut graph =
            Self { names: BTreeMap::new(), uses: BTreeMap::new(), members: BTreeMap::new() };
        let members: BTreeSet<String> =
            list(&metadata["workspace_members"]).iter().map(text).collect();
        for package in list(&metadata["packages"]) {
            let id = text(&package["id"]);
            graph.names.insert(id.clone(), text(&package["name"]));
            if members.contains(&id) {
                graph.members.insert(text(&package["name"]), package);
            }
        }
        for node in list(&metadata["resolve"]["nodes"]) {
            let is_normal = |dependency: &&Value| {
                list(&dependency["dep_kinds"]).iter().any(|kind| kind["kind"].is_null())
            };
            let uses = list(&node["deps"]);
            let uses = uses.iter().filter(is_normal).map(|used| text(&used["pkg"])).collect();
            graph.uses.insert(text(&node["id"]), uses);
        }
        graph
    }

    fn id(&self, name: &str) -> &str {
        let found = self.names.iter().find(|(_, known)| *known == name);
        found.map(|(id, _)| id.as_str()).unwrap_or_else(|| panic!("there is no crate {name}"))
    }

    /// The way from `name` to each of `unwanted` that can be reached from it.
    fn ways(&self, name: &str, unwanted: &[&str]) -> Vec<String> {
        let mut came_from: BTreeMap<&str, &str> = BTreeMap::new();
        let start = self.id(name);
        let mut open = vec![start];
        let mut ways = Vec::new();
        while let Some(id) = open.pop() {
            if unwanted.contains(&self.names[id].as_str()) {
                let mut way = vec![self.names[id].as_str()];
                let mut at = id;
                while let Some(&before) = came_from.get(at) {
                    way.insert(0, &self.names[before]);
                    at = before;
                }
                ways.push(way.join(" → "));
            }
            for used in &self.uses[id] {
                if used != start && !came_from.contains_key(used.as_str()) {
                    came_from.insert(used, id);
                    open.push(used);
                }
            }
        }
        ways
    }
}

/// The dependencies of a member as its `Cargo.toml` lists them, those of its tests included.
fn listed(member: &Value) -> Vec<String> {
    let all = member["dependencies"].as_array().expect("a list");
    all.iter().map(|one| one["name"].as_str().expect("a name").to_owned()).collect()
}

/// The arrows of `members` that `allowed` does not have.
fn wrong_arrows(members: &BTreeMap<String, Value>, allowed: &[(&str, &[&str])]) -> Vec<String> {
    let ours: BTreeSet<&str> = allowed.iter().map(|(name, _)| *name).collect();
    let mut wrong = Vec::new();
    for (name, member) in members {
        let may_use = allowed.iter().find(|(known, _)| known == name).map(|(_, uses)| *uses);
        let Some(may_use) = may_use else {
            wrong.push(format!("{name} is new: say in ARROWS what it may use"));
            continue;
        };
        for used in listed(member) {
            if ours.contains(used.as_str()) && !may_use.contains(&used.as_str()) {
                wrong.push(format!("{name} → {used}"));
            }
        }
    }
    wrong
}

#[test]
fn crates_use_each_other_only_along_the_arrows() {
    let wrong = wrong_arrows(&GRAPH.members, ARROWS);
    assert!(wrong.is_empty(), "these arrows are not in the architecture: {wrong:#?}");
    for (name, _) in ARROWS {
        assert!(GRAPH.members.contains_key(*name), "ARROWS names {name}, which is no member");
    }
}

#[test]
fn the_core_has_no_screen_no_http_and_no_keyring_anywhere_below_it() {
    let ways = GRAPH.ways("rundown-core", NOT_IN_CORE);
    assert!(ways.is_empty(), "core must stay the app without a screen: {ways:#?}");
}

#[test]
fn only_the_shell_knows_tauri() {
    for (name, member) in &GRAPH.members {
        let tauri: Vec<String> = listed(member)
            .into_iter()
            .filter(|used| used == "tauri" || used.starts_with("tauri-"))
            .collect();
        assert!(name == "rundown" || tauri.is_empty(), "{name} depends on {tauri:?}");
    }
}

#[test]
fn every_member_says_in_one_line_what_it_is_for() {
    let manifest = std::fs::read_to_string(root().join("Cargo.toml")).expect("the workspace file");
    let mute = members_without_comment(&manifest);
    assert!(mute.is_empty(), "Cargo.toml: no comment behind {mute:?}");
    for (name, member) in &GRAPH.members {
        let says = member["description"].as_str().unwrap_or_default();
        assert!(!says.is_empty(), "{name} has no description in its Cargo.toml");
    }
}

/// The members of a workspace manifest whose line has no comment that says what they are for.
fn members_without_comment(manifest: &str) -> Vec<&str> {
    let list = manifest.split_once("members = [").expect("a list of members").1;
    let list = list.split_once("\n]").expect("its end").0;
    list.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .filter(|line| line.split_once("# ").is_none_or(|(_, comment)| comment.trim().is_empty()))
        .collect()
}

mod tries {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_arrow_backwards_is_found() {
        let core = json!({"dependencies": [{"name": "serde"}, {"name": "rundown-services"}]});
        let members = BTreeMap::from([("rundown-core".to_owned(), core)]);
        assert_eq!(wrong_arrows(&members, ARROWS), ["rundown-core → rundown-services"]);
    }

    #[test]
    fn a_crate_that_nobody_placed_is_found() {
        let members = BTreeMap::from([("rundown-extra".to_owned(), json!({"dependencies": []}))]);
        assert_eq!(wrong_arrows(&members, ARROWS).len(), 1);
    }

    #[test]
    fn an_unwanted_crate_is_found_below_another_and_not_among_the_tests_dependencies() {
        let used = |id: &str, kind: Option<&str>| json!({"pkg": id, "dep_kinds": [{"kind": kind}]});
        let package = |name: &str| json!({"id": name, "name": name, "dependencies": []});
        let graph = Graph::read(&json!({
            "workspace_members": ["core"],
            "packages": [package("core"), package("mail"), package("hyper"), package("wry")],
            "resolve": {"nodes": [
                {"id": "core", "deps": [used("mail", None), used("wry", Some("dev"))]},
                {"id": "mail", "deps": [used("hyper", None)]},
                {"id": "hyper", "deps": []},
                {"id": "wry", "deps": []},
            ]},
        }));
        assert_eq!(graph.ways("core", &["hyper", "wry"]), ["core → mail → hyper"]);
    }

    #[test]
    fn a_member_without_a_comment_is_found() {
        let manifest = "members = [\n  \"a\", # does a thing\n  \"b\",\n]\n";
        assert_eq!(members_without_comment(manifest), ["\"b\","]);
    }
}
