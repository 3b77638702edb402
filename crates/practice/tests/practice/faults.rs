//! Every way in which the server misbehaves on order.

use std::io;

use axum::body::Body;
use axum::http::Request;
use chrono::TimeDelta;
use rundown_practice::postpost::PostStatus;
use rundown_practice::{Cut, Fault, Match, What};
use serde_json::{Value, json};
use tokio::io::AsyncReadExt;

use super::kit::{Bench, KEY, time, write};

const LATER: &str = r#"{"scheduledTime":"2026-03-15T14:00:00.000Z"}"#;
const PAUSE: &str = r#"{"status":"draft"}"#;

async fn bench(what: What) -> (Bench, String) {
    let bench = Bench::new().await;
    let id = bench.scheduled("2026-03-10T08:00:00Z");
    bench.practice.fault(Fault::once(Match::method("PUT"), what));
    (bench, id)
}

#[track_caller]
fn assert_moved(bench: &Bench, id: &str, moved: bool) {
    let expected = if moved { "2026-03-15T14:00:00Z" } else { "2026-03-10T08:00:00Z" };
    assert_eq!(bench.post(id).scheduled_time, Some(time(expected)));
    assert_eq!(bench.practice.requests()[0].applied, moved);
}

#[tokio::test]
async fn ordered_refusals_answer_once_and_apply_nothing() {
    for (what, status, error) in [
        (What::Unauthorized401, 401, "Invalid API key"),
        (What::PlanLimit403, 403, "Scheduled post limit reached"),
        (What::NotFound404, 404, "Post group not found"),
        (What::TooMany429 { retry_after_secs: 7 }, 429, "Too many requests"),
        (What::Internal500, 500, "Internal server error"),
    ] {
        let (bench, id) = bench(what.clone()).await;
        assert_eq!(bench.get("/list-posts").await.status, 200);
        let refused = bench.put(&id, LATER).await;
        refused.refused(status, error);
        let retry_after = refused.headers.get("retry-after").map(String::as_str);
        assert_eq!(retry_after, (status == 429).then_some("7"));
        if what == What::PlanLimit403 {
            assert_eq!(refused.json()["code"], "SCHEDULED_POST_LIMIT_REACHED");
            assert_eq!(refused.json()["limit"], 3);
        }
        assert_eq!(bench.practice.requests()[1].status, Some(status));
        assert_eq!(bench.post(&id).scheduled_time, Some(time("2026-03-10T08:00:00Z")));
        assert_eq!(bench.put(&id, LATER).await.status, 200);
    }
}

#[tokio::test]
async fn a_standing_fault_stays_until_it_is_cleared() {
    let bench = Bench::new().await;
    bench.practice.fault(Fault::always(Match::any(), What::Internal500));
    for _ in 0..3 {
        assert_eq!(bench.get("/list-posts").await.status, 500);
    }
    bench.practice.clear_faults();
    assert_eq!(bench.get("/list-posts").await.status, 200);
}

#[tokio::test]
async fn a_bad_gateway_answers_in_html() {
    let (bench, id) = bench(What::BadGatewayHtml502).await;
    let answer = bench.put(&id, LATER).await;
    assert_eq!((answer.status, answer.headers["content-type"].as_str()), (502, "text/html"));
    assert!(answer.text.starts_with("<html>"));
    assert_moved(&bench, &id, false);
}

#[tokio::test]
async fn a_503_may_come_after_the_write_was_applied() {
    let (bench, id) = bench(What::Unavailable503AfterApplying).await;
    bench.put(&id, LATER).await.refused(503, "Service temporarily unavailable");
    assert_moved(&bench, &id, true);
}

#[tokio::test]
async fn bad_json_breaks_off_in_the_middle_of_the_usual_answer() {
    let (bench, id) = bench(What::BadJson).await;
    let answer = bench.put(&id, LATER).await;
    assert_eq!(answer.status, 200);
    assert!(answer.text.starts_with('{'));
    assert!(serde_json::from_str::<Value>(&answer.text).is_err());
    assert_moved(&bench, &id, true);
}

#[tokio::test]
async fn a_cut_connection_gives_no_status_whether_applied_or_not() {
    for (what, moved) in [(What::CutBeforeApplying, false), (What::CutAfterApplying, true)] {
        let (bench, id) = bench(what).await;
        let error = bench.try_put(&id, LATER).await.unwrap_err();
        assert!(
            matches!(error.kind(), io::ErrorKind::UnexpectedEof | io::ErrorKind::ConnectionReset),
            "{error}"
        );
        assert_moved(&bench, &id, moved);
        assert_eq!(bench.practice.requests()[0].status, None);
        assert_eq!(bench.put(&id, LATER).await.status, 200);
    }
}

#[tokio::test]
async fn in_the_process_a_cut_is_a_marked_response() {
    use tower_service::Service;

    let (bench, id) = bench(What::CutAfterApplying).await;
    let request = Request::put(format!("/postpost/api/v1/update-post/{id}"))
        .header("content-type", "application/json")
        .header("x-api-key", KEY)
        .body(Body::from(LATER))
        .unwrap();
    let response = bench.practice.router().call(request).await.unwrap();
    assert_eq!(response.extensions().get::<Cut>(), Some(&Cut));
    assert_moved(&bench, &id, true);
}

#[tokio::test]
async fn a_delay_is_before_applying_unless_it_is_said_to_be_after() {
    for (what, moved) in [(What::Delay(60_000), false), (What::DelayAfterApplying(60_000), true)] {
        let (bench, id) = bench(what).await;
        let handled = async {
            while bench.practice.requests().is_empty() {
                tokio::task::yield_now().await;
            }
        };
        tokio::select! {
            answered = bench.try_put(&id, LATER) => panic!("it was answered: {answered:?}"),
            () = handled => {}
        }
        assert_moved(&bench, &id, moved);
    }
    let (bench, id) = bench(What::Delay(50)).await;
    assert_eq!(bench.put(&id, LATER).await.status, 200);
    assert_moved(&bench, &id, true);
}

#[tokio::test]
async fn a_shifted_time_is_stored_and_answered() {
    let (bench, id) = bench(What::TimeShifted { minutes: 7 }).await;
    let answer = bench.put(&id, LATER).await.json();
    assert_eq!(answer["postGroup"]["scheduledTime"], "2026-03-15T14:07:00.000Z");
    assert_eq!(bench.post(&id).scheduled_time, Some(time("2026-03-15T14:07:00Z")));
}

#[tokio::test]
async fn an_ignored_status_is_answered_with_200_and_the_old_status() {
    let both = r#"{"status":"draft","scheduledTime":"2026-03-15T14:00:00.000Z"}"#;
    for (body, time_applied, shown, applied) in [
        (PAUSE, false, "2026-03-10T08:00:00.000Z", false),
        (PAUSE, true, "2026-03-10T08:00:00.000Z", false),
        (both, false, "2026-03-10T08:00:00.000Z", false),
        (both, true, "2026-03-15T14:00:00.000Z", true),
    ] {
        let (bench, id) = bench(What::StatusIgnored { time_applied }).await;
        let answer = bench.put(&id, body).await;
        assert_eq!(answer.status, 200);
        assert_eq!(
            answer.json()["postGroup"],
            json!({ "_id": id, "status": "scheduled", "scheduledTime": shown })
        );
        assert_eq!(bench.post(&id).status, PostStatus::Scheduled);
        assert_eq!(bench.practice.requests()[0].applied, applied, "{body} {time_applied}");
    }
}

#[tokio::test]
async fn a_stale_list_shows_the_former_value_for_a_minute_after_a_write() {
    let (bench, id) = bench(What::StaleList { seconds: 60 }).await;
    assert_eq!(bench.put(&id, PAUSE).await.json()["postGroup"]["status"], "draft");
    let listed = async || bench.get("/list-posts").await.json()["posts"][0]["status"].clone();
    assert_eq!(listed().await, "scheduled");
    bench.clock.advance(TimeDelta::seconds(59));
    assert_eq!(listed().await, "scheduled");
    let single = bench.get(&format!("/get-post/{id}")).await.json();
    assert_eq!(single["posts"][0]["status"], "draft");
    bench.clock.advance(TimeDelta::seconds(1));
    assert_eq!(listed().await, "draft");
}

#[tokio::test]
async fn a_stale_list_still_shows_the_deleted_and_not_yet_the_created() {
    let bench = Bench::new().await;
    let id = bench.scheduled("2026-03-10T08:00:00Z");
    for method in ["DELETE", "POST"] {
        bench.practice.fault(Fault::once(Match::method(method), What::StaleList { seconds: 60 }));
    }
    bench.delete(&id).await;
    let body = r#"{"content":"x","platforms":["twitter-1"]}"#;
    let created = bench.create(body).await.json()["postGroupId"].clone();
    let listed = async || bench.get("/list-posts").await.json()["posts"].clone();
    let before = listed().await;
    assert_eq!((before.as_array().unwrap().len(), &before[0]["postGroupId"]), (1, &json!(id)));
    bench.clock.advance(TimeDelta::seconds(60));
    let after = listed().await;
    assert_eq!((after.as_array().unwrap().len(), &after[0]["postGroupId"]), (1, &created));
}

#[tokio::test]
async fn garbage_is_text_with_a_200() {
    let (bench, id) = bench(What::Garbage).await;
    let answer = bench.put(&id, LATER).await;
    assert_eq!((answer.status, answer.headers["content-type"].as_str()), (200, "text/plain"));
    assert!(serde_json::from_str::<Value>(&answer.text).is_err());
    assert_moved(&bench, &id, false);
}

#[tokio::test]
async fn a_redirect_keeps_the_method_and_names_the_other_address() {
    let to = "http://127.0.0.1:9/elsewhere";
    let (bench, id) = bench(What::Redirect { to: to.to_owned() }).await;
    let answer = bench.put(&id, LATER).await;
    assert_eq!((answer.status, answer.headers["location"].as_str()), (307, to));
    assert_moved(&bench, &id, false);
}

#[tokio::test]
async fn a_huge_body_is_as_long_as_ordered() {
    let bench = Bench::new().await;
    bench.practice.fault(Fault::once(Match::any(), What::HugeBody { bytes: 10_000_000 }));
    let answer = bench.get("/list-posts").await;
    assert_eq!(answer.status, 200);
    assert!(answer.text.len() >= 10_000_000, "{}", answer.text.len());
}

#[tokio::test]
async fn a_never_ending_body_keeps_dripping() {
    let bench = Bench::new().await;
    bench.practice.fault(Fault::once(Match::any(), What::NeverEnding));
    let path = "/postpost/api/v1/list-posts";
    let key = [("x-api-key", KEY)];
    let mut stream = write(bench.running.addr, "GET", path, &key, "").await.unwrap();
    let mut bytes = [0; 1024];
    for _ in 0..10 {
        assert!(stream.read(&mut bytes).await.unwrap() > 0);
    }
}
