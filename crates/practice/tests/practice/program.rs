//! The program itself: what it prints, and how it ends.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use super::kit::send;

fn start(args: &[&str]) -> (Child, Value) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_rundown-practice"))
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    (child, serde_json::from_str(&line).unwrap())
}

#[tokio::test]
async fn the_program_says_where_it_is_serves_the_demo_and_ends_with_its_input() {
    let (mut child, ready) = start(&["--port", "0", "--seed", "demo"]);
    let accounts = ready["accounts"].as_array().unwrap();
    assert_eq!(accounts.len(), 2);
    for account in accounts {
        assert!(account["label"].is_string());
        assert_eq!(account["service"], "postpost");
        let host = account["baseUrl"].as_str().unwrap().strip_prefix("http://").unwrap();
        let (addr, path) = host.split_once('/').unwrap();
        assert_eq!(path, "postpost/api/v1");
        assert_eq!(ready["controlUrl"], format!("http://{addr}/control"));
        let key = [("x-api-key", account["key"].as_str().unwrap())];
        let path = format!("/{path}/list-posts?limit=100");
        let answer = send(addr.parse().unwrap(), "GET", &path, &key, "").await.unwrap();
        assert!(answer.json()["posts"].as_array().unwrap().len() > 25);
    }
    drop(child.stdin.take());
    assert!(child.wait().unwrap().success());
}

#[cfg(unix)]
#[test]
fn the_program_ends_well_on_sigterm() {
    let (mut child, ready) = start(&["--port", "0"]);
    assert_eq!(ready["accounts"], Value::Array(Vec::new()));
    let killed = Command::new("kill").arg(child.id().to_string()).status().unwrap();
    assert!(killed.success());
    assert!(child.wait().unwrap().success());
}

#[test]
fn an_unknown_option_is_refused_with_the_usage() {
    let output = Command::new(env!("CARGO_BIN_EXE_rundown-practice"))
        .args(["--colour", "red"])
        .output()
        .unwrap();
    assert!(!output.status.success());
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(error.contains("--colour") && error.contains("usage:"), "{error}");
}
