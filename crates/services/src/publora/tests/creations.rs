//! New posts: what is sent and under which key, and where the answer says that they stand.

use rundown_core::model::{IdempotencyKey, PostStatus};
use rundown_core::service::{Accepted, Created, Disposition, SchedulingService, ServiceError};
use serde_json::json;

use super::*;

const TIME: &str = "2026-03-01T14:00:00Z";

async fn creation(response: Response<Vec<u8>>) -> Result<Created, ServiceError> {
    let (publora, _) = publora(vec![response]);
    let post = new_post("Hello", &["twitter-123456789"], Some(TIME));
    Ok(publora.create(&post, &key()).await?.value)
}

#[tokio::test]
async fn a_new_post_is_sent_as_it_is_to_be_and_under_a_key_for_that_body() {
    let (publora, transport) = publora(vec![ok(&fixture("current/create-post")); 2]);
    let channels = ["twitter-123456789", "bluesky-did:plc:abc123"];
    let change = key();
    for time in [Some(TIME), None] {
        let answer = publora.create(&new_post("Hello", &channels, time), &change).await.unwrap();
        assert_eq!(answer.value.id, id());
        assert_eq!(answer.heard.date, Some(at("2026-03-10T09:00:00Z")));
    }
    let stamp = "2026-03-01T14:00:00.000Z";
    assert_eq!(
        bodies(&transport),
        [
            json!({ "content": "Hello", "platforms": channels, "scheduledTime": stamp }),
            json!({ "content": "Hello", "platforms": channels }),
        ]
    );
    for request in transport.requests() {
        let headers = request.headers();
        assert_eq!(request.method(), "POST");
        assert_eq!(request.uri().path(), "/api/v1/create-post");
        assert_eq!(headers["x-publora-key"], KEY);
        assert_eq!(headers["content-type"], "application/json");
        assert_eq!(headers["idempotency-key"], change.for_body(request.body()).as_str());
    }
}

#[tokio::test]
async fn the_same_creation_asked_for_again_has_the_same_key_and_body() {
    let (publora, transport) = publora(vec![ok(&fixture("current/create-post")); 2]);
    let (post, change) = (new_post("Hello", &["twitter-1"], Some(TIME)), key());
    let stored = IdempotencyKey::from(change.as_str().to_owned());
    for key in [&change, &stored] {
        publora.create(&post, key).await.unwrap();
    }
    let [first, second] = <[_; 2]>::try_from(transport.requests()).unwrap();
    assert_eq!(first.headers()["idempotency-key"], second.headers()["idempotency-key"]);
    assert_eq!(first.body(), second.body());
}

#[tokio::test]
async fn a_time_in_the_answer_means_scheduled_null_a_draft_and_silence_nothing() {
    const EFFECTIVE: &str = "2026-03-01T14:02:11.412Z";
    let warnings = json!([{ "code": "SCHEDULED_TIME_COERCED", "effective": EFFECTIVE }]);
    let scheduled = |time| Accepted {
        status: Some(PostStatus::Scheduled),
        time: Some(at(time)),
        ..Accepted::default()
    };
    let draft = Accepted { status: Some(PostStatus::Draft), ..Accepted::default() };
    let contradicted = Accepted { time: Some(at(EFFECTIVE)), ..Accepted::default() };
    let silent = Accepted::default();
    for (body, accepted) in [
        (fixture("current/create-post"), scheduled(TIME)),
        (fixture("current/create-post-coerced"), scheduled(EFFECTIVE)),
        (json!({ "postGroupId": ID, "warnings": warnings }), scheduled(EFFECTIVE)),
        (
            json!({ "postGroupId": ID, "scheduledTime": "soon", "warnings": warnings }),
            scheduled(EFFECTIVE),
        ),
        (json!({ "postGroupId": ID, "scheduledTime": null }), draft),
        (json!({ "postGroupId": ID, "scheduledTime": null, "warnings": warnings }), contradicted),
        (fixture("gen2/create-post"), silent.clone()),
        (json!({ "postGroupId": ID, "scheduledTime": "soon" }), silent.clone()),
        (json!({ "postGroupId": ID, "scheduledTime": 1_772_373_600 }), silent),
    ] {
        let created = Created { id: id(), accepted };
        assert_eq!(creation(ok(&body)).await, Ok(created), "{body}");
    }
}

#[tokio::test]
async fn a_text_goes_as_it_is() {
    for text in texts() {
        let (publora, transport) = publora(vec![ok(&fixture("current/create-post"))]);
        publora.create(&new_post(&text, &["twitter-1"], None), &key()).await.unwrap();
        assert_eq!(bodies(&transport)[0]["content"], json!(text));
    }
}

#[tokio::test]
async fn every_documented_refusal_keeps_its_sentence() {
    let past = "Scheduled time is in the past. Server time is 2026-09-01T14:02:11.412Z UTC.";
    let reused = "Idempotency key was already used with a different request body";
    for (status, sentence, code) in [
        (400, "Content is required", None),
        (400, "Invalid platform ID format: bluesky-did:plc:abc123", None),
        (400, "Invalid scheduled time format", None),
        (400, "Invalid scheduled time", None),
        (400, past, Some("SCHEDULED_TIME_IN_PAST")),
        (400, "Platforms must not contain duplicates", Some("INVALID_PLATFORMS")),
        (400, "Unknown platformSettings path: x", Some("PLATFORM_SETTING_UNKNOWN")),
        (403, "Subscription required", None),
        (422, reused, Some("IDEMPOTENCY_KEY_CONFLICT")),
    ] {
        let body = json!({ "error": sentence, "code": code });
        let error = creation(scripted::json(status, &body)).await;
        let sentence = sentence.to_owned();
        assert_eq!(error, Err(ServiceError::Refused { status, sentence }));
    }
    let error = creation(scripted::json(403, &fixture("current/limit-exceeded"))).await;
    assert!(matches!(error, Err(ServiceError::PlanLimit(_))), "{error:?}");
}

#[tokio::test]
async fn a_creation_that_may_have_made_a_post_leaves_the_outcome_open() {
    let in_flight = json!({
        "error": "A request with this idempotency key is still in flight",
        "code": "IDEMPOTENCY_IN_FLIGHT",
    });
    for response in [
        scripted::json(409, &in_flight),
        scripted::json(500, &json!({ "error": "Failed to create post group" })),
        ok(&json!({ "success": true, "scheduledTime": TIME })),
        ok(&json!({ "success": true, "postGroupId": null, "scheduledTime": null })),
        scripted::text(200, "text/html", "<title>Welcome</title>"),
    ] {
        let error = creation(response).await.unwrap_err();
        assert_eq!(error.disposition(), Disposition::Unknown, "{error}");
    }
}

#[tokio::test]
async fn a_creation_at_a_wrong_address_says_so_instead_of_denying_a_post() {
    let error = creation(scripted::json(404, &json!({ "error": "No such route" }))).await;
    assert_eq!(
        error.unwrap_err().to_string(),
        "There is no Publora at this server address: No such route"
    );
}
