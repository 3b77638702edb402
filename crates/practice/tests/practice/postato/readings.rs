//! Promises that hold under every reading of the documents.

use rundown_practice::postato::{PostStatus, Settings};
use serde_json::json;

use super::kit::{Bench, LATER, PAUSE, RESUME, creation, ids, time};

/// What the service may do with an update is open; what it may not is publish, lose or double.
#[tokio::test]
async fn no_reading_turns_a_careful_client_into_a_careless_one() {
    for reading in Settings::readings() {
        let bench = Bench::reading(reading).await;
        let created = bench.create(&creation(json!({})), "a").await;
        assert_eq!(created.status, 201, "{reading:?}");
        let id = created.json()["id"].as_str().unwrap().to_owned();
        assert_eq!(ids(&bench.get("/posts?limit=100").await), [id.as_str()], "{reading:?}");
        bench.get(&format!("/posts/{id}")).await;
        bench.get("/accounts").await;
        for body in [LATER, PAUSE, RESUME, r#"{"content":"Later."}"#] {
            let answer = bench.patch(&id, body).await;
            assert!(matches!(answer.status, 200 | 400), "{reading:?} {}", answer.text);
            bench.practice.tick();
            let status = bench.status(&id);
            assert!(matches!(status, PostStatus::Scheduled | PostStatus::Draft), "{reading:?}");
        }
        assert_eq!(bench.practice.violations(), [], "{reading:?}");
        bench.clock.set(time("2026-04-20T14:00:00Z"));
        bench.practice.tick();
        assert_eq!(bench.status(&id), PostStatus::Published, "{reading:?}");
        assert_eq!(bench.postato().posts().len(), 1);
    }
}
