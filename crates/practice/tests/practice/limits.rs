//! The plan limits of "Scheduling Posts".

use rundown_practice::postpost::{Plan, PostStatus, SeedPost};
use serde_json::{Value, json};

use super::kit::{Answer, Bench, KEY, LINKEDIN, TWITTER, time};

async fn bench(plan: Plan) -> Bench {
    let bench = Bench::new().await;
    bench.postpost().set_plan(KEY, plan);
    bench
}

fn seed(bench: &Bench, status: PostStatus, at: &str, platforms: &[&str]) -> String {
    let post = SeedPost {
        content: "Hello".to_owned(),
        status,
        scheduled_time: Some(time(at)),
        platforms: platforms.iter().map(|id| (*id).to_owned()).collect(),
        media_urls: Vec::new(),
    };
    bench.postpost().add_post(KEY, post)
}

async fn create(bench: &Bench, at: Option<&str>, platforms: &[&str]) -> Answer {
    let body = json!({ "content": "x", "platforms": platforms, "scheduledTime": at });
    let body = if at.is_some() { body } else { json!({ "content": "x", "platforms": platforms }) };
    bench.create(&body.to_string()).await
}

#[tokio::test]
async fn starter_schedules_three_platform_posts_at_a_time() {
    let bench = bench(Plan::Starter).await;
    let two = create(&bench, Some("2026-03-05T09:00:00Z"), &[LINKEDIN, "bluesky-1"]).await;
    assert_eq!(two.status, 200);
    let refused = create(&bench, Some("2026-03-05T09:00:00Z"), &[LINKEDIN, "bluesky-1"]).await;
    assert_eq!(refused.status, 403);
    assert_eq!(
        refused.json(),
        json!({
            "error": "Scheduled post limit reached",
            "code": "SCHEDULED_POST_LIMIT_REACHED",
            "metric": "posts.scheduled_active",
            "message":
                "Scheduled post limit reached. Your Starter plan allows 3 scheduled posts at a time.",
            "limit": 3,
            "used": 2,
            "requested": 2,
            "remaining": 1,
            "periodStart": "2026-03-01T00:00:00.000Z",
            "periodEnd": "2026-04-01T00:00:00.000Z",
            "planName": "Starter",
        })
    );
    let one = create(&bench, Some("2026-03-05T09:00:00Z"), &[LINKEDIN]).await;
    assert_eq!(one.status, 200);
}

#[tokio::test]
async fn a_paused_post_may_find_its_place_taken_when_it_is_resumed() {
    let bench = bench(Plan::Starter).await;
    let at = "2026-03-05T09:00:00Z";
    let paused = seed(&bench, PostStatus::Draft, at, &[LINKEDIN]);
    for _ in 0..3 {
        seed(&bench, PostStatus::Scheduled, at, &[LINKEDIN]);
    }
    let resume = json!({ "status": "scheduled", "scheduledTime": at }).to_string();
    let refused = bench.put(&paused, &resume).await;
    assert_eq!((refused.status, refused.json()["remaining"].clone()), (403, json!(0)));
    assert_eq!(bench.post(&paused).status, PostStatus::Draft);
    assert_eq!(bench.practice.violations(), []);
}

#[tokio::test]
async fn a_reschedule_takes_no_further_place() {
    let bench = bench(Plan::Starter).await;
    let ids: Vec<_> = (0..3)
        .map(|_| seed(&bench, PostStatus::Scheduled, "2026-03-05T09:00:00Z", &[LINKEDIN]))
        .collect();
    let body = r#"{"scheduledTime":"2026-03-06T09:00:00Z"}"#;
    assert_eq!(bench.put(&ids[0], body).await.status, 200);
}

#[tokio::test]
async fn starter_reaches_seven_days_ahead() {
    let bench = bench(Plan::Starter).await;
    let edge = create(&bench, Some("2026-03-09T09:00:00Z"), &[LINKEDIN]).await;
    assert_eq!(edge.status, 200);
    let refused = create(&bench, Some("2026-03-09T09:00:01Z"), &[LINKEDIN]).await;
    assert_eq!(refused.status, 403);
    let body = refused.json();
    assert_eq!(body["code"], "SCHEDULE_HORIZON_REACHED");
    assert_eq!(body["metric"], "posts.schedule_horizon_days");
    assert_eq!(body["scheduledTime"], "2026-03-09T09:00:01.000Z");
    assert_eq!(body["maxScheduledDate"], "2026-03-09T09:00:00.000Z");
    for absent in ["used", "requested", "remaining", "periodStart", "periodEnd"] {
        assert_eq!(body[absent], Value::Null, "{absent}");
    }
    let id = edge.json()["postGroupId"].as_str().unwrap().to_owned();
    let moved = bench.put(&id, r#"{"scheduledTime":"2026-03-20T09:00:00Z"}"#).await;
    assert_eq!((moved.status, moved.json()["code"].clone()), (403, body["code"].clone()));
}

#[tokio::test]
async fn starter_refuses_twitter_even_for_a_draft() {
    let bench = bench(Plan::Starter).await;
    let refused = create(&bench, None, &[LINKEDIN, TWITTER]).await;
    assert_eq!(refused.status, 403);
    let body = refused.json();
    assert_eq!(body["code"], "PLATFORM_NOT_AVAILABLE");
    assert_eq!(body["disallowedPlatforms"], json!(["twitter"]));
    assert!(body["allowedPlatforms"].as_array().unwrap().contains(&json!("linkedin")));
    assert_eq!(create(&bench, None, &[LINKEDIN]).await.status, 200);
}

#[tokio::test]
async fn starter_publishes_fifteen_platform_posts_a_month() {
    let bench = bench(Plan::Starter).await;
    for _ in 0..15 {
        seed(&bench, PostStatus::Published, "2026-03-01T09:00:00Z", &[LINKEDIN]);
    }
    seed(&bench, PostStatus::Published, "2026-02-28T09:00:00Z", &[LINKEDIN]);
    let refused = create(&bench, Some("2026-03-05T09:00:00Z"), &[LINKEDIN]).await;
    assert_eq!(refused.status, 403);
    let body = refused.json();
    assert_eq!(body["code"], "POST_LIMIT_REACHED");
    assert_eq!(body["metric"], "posts.platform_monthly");
    assert_eq!((&body["limit"], &body["used"]), (&json!(15), &json!(15)));
    assert_eq!(create(&bench, None, &[LINKEDIN]).await.status, 200);
}

#[tokio::test]
async fn pro_and_premium_count_each_connection_by_itself_without_a_horizon() {
    for (plan, limit) in [(Plan::Pro, 100), (Plan::Premium, 500)] {
        let bench = bench(plan).await;
        for _ in 0..limit {
            seed(&bench, PostStatus::Scheduled, "2026-09-05T09:00:00Z", &[LINKEDIN]);
        }
        let refused = create(&bench, Some("2026-09-06T09:00:00Z"), &[LINKEDIN, TWITTER]).await;
        assert_eq!(refused.status, 403);
        let body = refused.json();
        assert_eq!((&body["limit"], &body["scope"]), (&json!(limit), &json!("connection")));
        assert_eq!((&body["used"], &body["remaining"]), (&Value::Null, &Value::Null));
        assert_eq!(
            body["blockedPlatforms"],
            json!([{ "platformSelection": LINKEDIN, "used": limit, "remaining": 0 }])
        );
        let other = create(&bench, Some("2026-09-06T09:00:00Z"), &[TWITTER]).await;
        assert_eq!(other.status, 200);
    }
}
