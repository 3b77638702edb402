//! The guides' own examples, run as written.

use std::path::PathBuf;
use std::process::Command;

use rundown_practice::postpost::{self, PostStatus, SeedPost};
use rundown_practice::publora;
use serde_json::{Value, json};

use super::kit::{Bench, KEY, time};

/// The post that the examples are about.
const ID: &str = "507f1f77bcf86cd799439011";

pub fn fixture(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

async fn bench_with_the_post(status: PostStatus) -> Bench {
    let bench = Bench::new().await;
    let post = SeedPost {
        content: "From the documents".to_owned(),
        status,
        scheduled_time: Some(time("2026-03-10T08:00:00Z")),
        platforms: vec!["twitter-123".to_owned(), "linkedin-ABC".to_owned()],
        media_urls: Vec::new(),
    };
    bench.postpost().add_post_with_id(KEY, ID, post);
    bench
}

/// Runs a cURL fixture in a shell, with host and key replaced; answers what it printed.
async fn run(bench: &Bench, name: &str, shell: &'static str, replace: &[(&str, &str)]) -> String {
    let mut script = fixture(name)
        .replace("https://api.postpost.dev/api/v1", &bench.running.url(postpost::BASE))
        .replace("https://api.publora.com/api/v1", &bench.running.url(publora::BASE))
        .replace("YOUR_API_KEY", KEY);
    for (from, to) in replace {
        script = script.replace(from, to);
    }
    assert!(!script.contains("https://"), "{script}");
    let ran = move || Command::new(shell).arg("-c").arg(script).output();
    let output = tokio::task::spawn_blocking(ran).await.unwrap().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

pub async fn run_json(bench: &Bench, name: &str, replace: &[(&str, &str)]) -> Value {
    serde_json::from_str(&run(bench, name, "sh", replace).await).unwrap()
}

fn documented_answer() -> Value {
    serde_json::from_str(&fixture("update-post.response.json")).unwrap()
}

#[tokio::test]
async fn the_documents_curl_reschedules_the_post() {
    let bench = bench_with_the_post(PostStatus::Scheduled).await;
    assert_eq!(run_json(&bench, "curl/000-reschedule.sh", &[]).await, documented_answer());
    assert_eq!(bench.post(ID).scheduled_time, Some(time("2026-03-15T14:00:00Z")));
    assert_eq!(bench.practice.violations(), []);
}

#[tokio::test]
async fn the_documents_curl_pauses_the_post_and_it_keeps_its_time() {
    let bench = bench_with_the_post(PostStatus::Scheduled).await;
    let answer = run_json(&bench, "curl/000-pause.sh", &[]).await;
    assert_eq!(answer["postGroup"]["status"], "draft");
    assert_eq!(bench.post(ID).status, PostStatus::Draft);
    assert_eq!(bench.post(ID).scheduled_time, Some(time("2026-03-10T08:00:00Z")));
    assert_eq!(bench.practice.violations(), []);
}

#[tokio::test]
async fn the_documents_curl_resumes_the_post() {
    let bench = bench_with_the_post(PostStatus::Draft).await;
    assert_eq!(run_json(&bench, "curl/000-resume.sh", &[]).await, documented_answer());
    assert_eq!(bench.post(ID).status, PostStatus::Scheduled);
    assert_eq!(bench.practice.violations(), []);
}

#[tokio::test]
async fn the_documents_curl_creates_a_scheduled_post() {
    let bench = Bench::new().await;
    let answer = run_json(&bench, "curl/002-create.sh", &[]).await;
    let id = answer["postGroupId"].as_str().unwrap();
    let documented: Value = serde_json::from_str(&fixture("create-post.response.json")).unwrap();
    assert_eq!(answer, json!({ "success": documented["success"], "postGroupId": id }));
    assert_eq!(id.len(), documented["postGroupId"].as_str().unwrap().len());
    let post = bench.post(id);
    assert_eq!(post.status, PostStatus::Scheduled);
    assert_eq!(post.scheduled_time, Some(time("2026-03-15T14:30:00Z")));
    assert_eq!(post.content, "Excited to announce our new product launch!");
    assert_eq!(bench.practice.violations(), []);
}

#[tokio::test]
async fn the_documents_curl_creates_a_draft_and_then_schedules_it() {
    let bench = Bench::new().await;
    let draft = run_json(&bench, "curl/002-create-draft.sh", &[]).await;
    let id = draft["postGroupId"].as_str().unwrap();
    assert_eq!((bench.post(id).status, bench.post(id).scheduled_time), (PostStatus::Draft, None));
    let answer = run_json(&bench, "curl/002-schedule-draft.sh", &[("POST_GROUP_ID", id)]).await;
    assert_eq!(
        answer["postGroup"],
        json!({ "_id": id, "status": "scheduled", "scheduledTime": "2026-03-20T09:00:00.000Z" })
    );
    assert_eq!(bench.post(id).status, PostStatus::Scheduled);
    assert_eq!(bench.practice.violations(), []);
}

/// The script needs bash's arrays and the date command of Linux.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn the_documents_script_schedules_a_week() {
    let bench = Bench::new().await;
    let printed = run(&bench, "curl/002-week.sh", "bash", &[]).await;
    assert!(printed.contains("Scheduled day 7: 2026-03-22T10:00:00.000Z"), "{printed}");
    let posts = bench.postpost().posts();
    assert_eq!(posts.len(), 7);
    assert!(posts.iter().all(|post| post.status == PostStatus::Scheduled));
    assert_eq!(bench.practice.violations(), []);
}

#[tokio::test]
async fn the_documents_payloads_are_understood() {
    let bench = bench_with_the_post(PostStatus::Scheduled).await;
    let updated = bench.put(ID, &fixture("update-post.request.json")).await;
    assert_eq!((updated.status, updated.json()), (200, documented_answer()));
    for name in ["create-post.request.json", "create-draft.request.json"] {
        assert_eq!(bench.create(&fixture(name)).await.status, 200, "{name}");
    }
    let scheduled = bench.put(ID, &fixture("schedule-draft.request.json")).await;
    assert_eq!(scheduled.json()["postGroup"]["scheduledTime"], "2026-03-20T09:00:00.000Z");
    assert_eq!(bench.practice.violations(), []);
}
