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
    let services: Vec<_> = accounts.iter().map(|account| &account["service"]).collect();
    assert_eq!(services, ["postpost", "postpost", "publora", "postato", "posteverywhere"]);
    let mut seen = 0;
    for account in accounts {
        let service = account["service"].as_str().unwrap();
        assert!(account["label"].is_string());
        let host = account["baseUrl"].as_str().unwrap().strip_prefix("http://").unwrap();
        let (addr, base) = host.split_once('/').unwrap();
        assert_eq!(ready["controlUrl"], format!("http://{addr}/control"));
        let workspace = &account["workspace"];
        assert_eq!(workspace.is_object(), service == "postato", "{account}");
        let key = account["key"].as_str().unwrap();
        let (name, key, path, list, least) = match service {
            "postpost" => ("x-api-key", key.to_owned(), "list-posts".to_owned(), "/posts", 26),
            "publora" => ("x-publora-key", key.to_owned(), "list-posts".to_owned(), "/posts", 12),
            "postato" => {
                assert_eq!(workspace["name"], "Torrefação Aurora");
                let path = format!("v1/workspaces/{}/posts", workspace["id"].as_str().unwrap());
                ("authorization", format!("Bearer {key}"), path, "/items", 12)
            }
            _ => ("authorization", format!("Bearer {key}"), "posts".to_owned(), "/data/posts", 12),
        };
        let path = format!("/{base}/{path}?limit=100");
        let key = [(name, key.as_str())];
        let answer = send(addr.parse().unwrap(), "GET", &path, &key, "").await.unwrap().json();
        let posts = answer.pointer(list).and_then(Value::as_array);
        assert!(posts.is_some_and(|posts| posts.len() >= least), "{service}: {answer}");
        // The address of the first picture, at a service that says where its pictures are.
        let urls = posts.into_iter().flatten().filter_map(|post| post["mediaUrls"][0].as_str());
        for url in urls.filter(|url| url.ends_with(".png")).take(2) {
            let path = url.strip_prefix(&format!("http://{addr}")).unwrap();
            let picture = send(addr.parse().unwrap(), "GET", path, &[], "").await.unwrap();
            assert_eq!(picture.headers["content-type"], "image/png", "{url}");
            seen += 1;
        }
    }
    assert_eq!(seen, 6, "pictures of two accounts at PostPost and one at Publora");
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
