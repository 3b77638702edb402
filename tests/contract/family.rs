//! What PostPost and Publora share: one practice dialect speaks for both, and both pass these cases.

use chrono::TimeDelta;
use rundown_core::model::{Act, Edit, PostStatus, RemoteId, Standing};
use rundown_core::service::{
    Disposition, ListQuery, NewPost, NewTarget, Reading, RemotePost, ServiceError,
};
use rundown_practice::postpost::{self as practice, Plan, SeedPost};
use rundown_practice::{Fault, Handle, KeySeen, Match, What};
use serde_json::json;

use crate::bench::{Bench, Channel, Dialect, at, key};

pub const CHANNELS: [Channel; 2] = [
    Channel { id: "twitter-123456789", network: "twitter", name: "Studio", handle: Some("studio") },
    Channel {
        id: "linkedin-Tz9W5i6ZYG",
        network: "linkedin",
        name: "Studio",
        handle: Some("Studio"),
    },
];

/// Adds the account's channels to a user.
pub fn connect<V>(service: &Handle<V>, key: &str) {
    for (channel, username) in CHANNELS.iter().zip(["@studio", "Studio"]) {
        service.add_connection(key, channel.id, username, channel.name);
    }
}

pub fn add<V>(service: &Handle<V>, key: &str, text: &str, standing: &Standing) -> RemoteId {
    let post = SeedPost {
        content: text.to_owned(),
        status: word(&standing.status),
        scheduled_time: standing.time,
        platforms: CHANNELS.map(|channel| channel.id.to_owned()).to_vec(),
        media_urls: Vec::new(),
    };
    RemoteId(service.add_post(key, post))
}

pub fn standing<V>(service: &Handle<V>, post: &RemoteId) -> Option<Standing> {
    let post = service.post(post.as_str())?;
    let status = match post.status {
        practice::PostStatus::Draft => PostStatus::Draft,
        practice::PostStatus::Scheduled => PostStatus::Scheduled,
        practice::PostStatus::Published => PostStatus::Published,
        practice::PostStatus::Failed => PostStatus::Failed,
        practice::PostStatus::PartiallyPublished => PostStatus::PartiallyPublished,
    };
    Some(Standing { status, time: post.scheduled_time })
}

pub fn edit_elsewhere<V>(service: &Handle<V>, post: &RemoteId, standing: &Standing) {
    let edit = practice::Edit {
        status: Some(word(&standing.status)),
        scheduled_time: standing.time,
        content: None,
    };
    assert!(service.edit_elsewhere(post.as_str(), edit));
}

fn word(status: &PostStatus) -> practice::PostStatus {
    match status {
        PostStatus::Draft => practice::PostStatus::Draft,
        PostStatus::Scheduled => practice::PostStatus::Scheduled,
        other => panic!("no case begins with a post that is {other}"),
    }
}

pub async fn each_edit_is_one_put_with_exactly_the_documented_body<D: Dialect>(bench: &Bench<D>) {
    let post = bench.scheduled("2026-03-12T10:00:00Z");
    let time = at("2026-03-13T10:00:00Z");
    for edit in [Edit::move_to(time), Edit::pause(), Edit::schedule(time)] {
        bench.service.apply(&post, &edit, &key()).await.unwrap();
    }
    let put = format!("PUT /update-post/{post}");
    let stamp = "2026-03-13T10:00:00.000Z";
    assert_eq!(
        bench.sent(),
        [
            (put.clone(), json!({ "scheduledTime": stamp })),
            (put.clone(), json!({ "status": "draft" })),
            (put, json!({ "status": "scheduled", "scheduledTime": stamp })),
        ]
    );
    for request in bench.practice.requests() {
        assert_eq!(request.key, KeySeen::Known);
        assert_eq!(request.headers["content-type"], "application/json");
        assert!(request.headers["user-agent"].starts_with("Rundown/"));
    }
}

pub async fn starters_limits_come_with_their_numbers<D: Dialect, V>(
    bench: &Bench<D>,
    service: &Handle<V>,
) {
    const STARTER: &str = "sk_starter.0123456789";
    service.add_user(STARTER, Plan::Starter);
    let adapter = bench.with_key(STARTER);
    let add = |scheduled_time: Option<&str>| {
        let status = match scheduled_time {
            Some(_) => practice::PostStatus::Scheduled,
            None => practice::PostStatus::Draft,
        };
        let platforms = vec!["linkedin-Tz9W5i6ZYG".to_owned()];
        let scheduled_time = scheduled_time.map(at);
        let content = "Hello".to_owned();
        let post = SeedPost { content, status, scheduled_time, platforms, ..SeedPost::default() };
        RemoteId(service.add_post(STARTER, post))
    };
    let scheduled = ["11", "12", "13"].map(|day| add(Some(&format!("2026-03-{day}T10:00:00Z"))));
    let draft = add(None);

    let resume = Edit::schedule(at("2026-03-14T10:00:00Z"));
    match adapter.apply(&draft, &resume, &key()).await.unwrap_err() {
        ServiceError::PlanLimit(limit) => {
            assert_eq!(limit.code.as_deref(), Some("SCHEDULED_POST_LIMIT_REACHED"));
            assert_eq!(limit.metric.as_deref(), Some("posts.scheduled_active"));
            assert_eq!((limit.limit, limit.used, limit.remaining), (Some(3), Some(3), Some(0)));
            assert_eq!(limit.plan.as_deref(), Some("Starter"));
        }
        other => panic!("{other:?}"),
    }

    let too_far = Edit::move_to(at("2026-03-18T10:00:00Z"));
    match adapter.apply(&scheduled[0], &too_far, &key()).await.unwrap_err() {
        ServiceError::PlanLimit(limit) => {
            assert_eq!(limit.code.as_deref(), Some("SCHEDULE_HORIZON_REACHED"));
            assert_eq!(limit.horizon, Some(at("2026-03-17T09:00:00Z")));
            assert_eq!((limit.limit, limit.used, limit.remaining), (Some(7), None, None));
        }
        other => panic!("{other:?}"),
    }
}

pub async fn a_failed_channel_of_a_published_post_says_why<D: Dialect, V>(
    bench: &Bench<D>,
    service: &Handle<V>,
) {
    service.fail_next_publication("linkedin");
    let time = "2026-03-10T09:30:00Z";
    let post = bench.scheduled(time);
    bench.let_it_be(time);
    let reading = bench.read(&post, time).await;
    let Reading::Found(post) = reading else { panic!("{reading:?}") };
    assert_eq!(post.standing.status, PostStatus::PartiallyPublished);
    let failed: Vec<_> = post.targets.iter().filter(|target| target.error.is_some()).collect();
    let [failed] = failed.as_slice() else { panic!("{:?}", post.targets) };
    assert_eq!(failed.channel.as_str(), "linkedin-Tz9W5i6ZYG");
    assert_eq!(failed.status, PostStatus::Failed);

    let channels = bench.service.channels().await.unwrap().value;
    assert!(
        channels[1].problem.as_deref().is_some_and(|why| why.contains("last post here failed"))
    );
}

/// The cases of creating and deleting that both siblings pass, each on a bench that `start` makes.
macro_rules! cases_of_writing {
    ($start:ident) => {
        $crate::family::cases_of_writing!($start, with its world:
            a_new_draft_is_one_request_and_is_read_as_it_was_meant,
            a_new_posts_text_arrives_as_it_is,
            a_channel_outside_the_plan_is_named_when_a_draft_is_created,
        );
        $crate::family::cases_of_writing!($start, alone:
            a_creation_without_an_answer_is_found_among_the_newest,
            a_deleted_post_is_gone_and_a_second_deletion_says_so,
            a_deletion_in_trouble_leaves_the_outcome_open,
            what_cannot_be_done_sends_nothing,
        );
    };
    ($start:ident, with its world: $($case:ident),+ $(,)?) => {
        $(
            #[tokio::test]
            async fn $case() {
                let bench = $start().await;
                $crate::family::$case(&bench, &bench.world.0).await;
                bench.assert_clean();
            }
        )+
    };
    ($start:ident, alone: $($case:ident),+ $(,)?) => {
        $(
            #[tokio::test]
            async fn $case() {
                let bench = $start().await;
                $crate::family::$case(&bench).await;
                bench.assert_clean();
            }
        )+
    };
}
pub(crate) use cases_of_writing;

/// A post that is to be created on both channels.
pub fn new_post(text: &str, time: Option<&str>) -> NewPost {
    let target = |channel: Channel| NewTarget {
        channel: RemoteId(channel.id.to_owned()),
        network: channel.network.to_owned(),
    };
    NewPost { text: text.to_owned(), channels: CHANNELS.map(target).to_vec(), time: time.map(at) }
}

/// Texts that a careless hand would change, up to the longest that a network takes.
pub fn texts() -> Vec<String> {
    let longest = "a🚀é".repeat(63_206 / 3) + "äß";
    assert_eq!(longest.chars().count(), 63_206);
    let short = [
        "👩‍👩‍👧‍👦 🏳️‍🌈 🇺🇦",
        "שלום \u{202e}مرحبا\u{202c} world",
        "<script>alert(\"1\")</script> &amp; <b>bold</b>",
        "  two\r\nlines\tand a \\ \"quote\" \u{2028} ",
    ];
    short.into_iter().map(str::to_owned).chain([longest]).collect()
}

/// What looking for a post finds.
pub async fn found<D: Dialect>(bench: &Bench<D>, post: &RemoteId) -> RemotePost {
    match bench.service.read(post, &[]).await.unwrap().value {
        Reading::Found(post) => post,
        other => panic!("{other:?}"),
    }
}

pub async fn a_new_draft_is_one_request_and_is_read_as_it_was_meant<D: Dialect, V>(
    bench: &Bench<D>,
    service: &Handle<V>,
) {
    let created = bench.service.create(&new_post("Hello", None), &key()).await.unwrap().value;
    let ids = CHANNELS.map(|channel| channel.id);
    let body = json!({ "content": "Hello", "platforms": ids });
    assert_eq!(bench.sent(), [("POST /create-post".to_owned(), body)]);
    let made = service.post(created.id.as_str()).unwrap();
    assert_eq!((made.status, made.content.as_str()), (practice::PostStatus::Draft, "Hello"));

    let post = found(bench, &created.id).await;
    assert_eq!((post.standing, post.text.as_str()), (Standing::draft(), "Hello"));
    let channels: Vec<_> = post.targets.iter().map(|target| target.channel.as_str()).collect();
    assert_eq!(channels, ids);
    assert_eq!(bench.everything(&ListQuery::Drafts).await.len(), 1);

    // The second request that a draft takes to go out.
    let time = at("2026-03-12T10:00:00Z");
    bench.service.apply(&created.id, &Edit::schedule(time), &key()).await.unwrap();
    assert_eq!(bench.world.standing(&created.id), Some(Standing::scheduled(time)));
}

pub async fn a_new_posts_text_arrives_as_it_is<D: Dialect, V>(
    bench: &Bench<D>,
    service: &Handle<V>,
) {
    for text in texts() {
        let created = bench.service.create(&new_post(&text, None), &key()).await.unwrap().value;
        assert_eq!(service.post(created.id.as_str()).unwrap().content, text);
        assert_eq!(found(bench, &created.id).await.text, text);
    }
}

pub async fn a_creation_without_an_answer_is_found_among_the_newest<D: Dialect>(bench: &Bench<D>) {
    bench.practice.fault(Fault::once(Match::method("POST"), What::CutAfterApplying));
    let error = bench.service.create(&new_post("Hello", None), &key()).await.unwrap_err();
    assert!(matches!(error, ServiceError::Interrupted { .. }), "{error:?}");
    for query in [ListQuery::RecentlyChanged, ListQuery::Drafts] {
        let listed = bench.everything(&query).await;
        assert_eq!(listed.len(), 1, "{query:?}");
        assert_eq!(listed[0].text, "Hello");
    }
}

pub async fn a_channel_outside_the_plan_is_named_when_a_draft_is_created<D: Dialect, V>(
    bench: &Bench<D>,
    service: &Handle<V>,
) {
    service.set_plan(D::KEY, Plan::Starter);
    let error = bench.service.create(&new_post("Hello", None), &key()).await.unwrap_err();
    let ServiceError::PlanLimit(limit) = error else { panic!("{error:?}") };
    assert_eq!(limit.code.as_deref(), Some("PLATFORM_NOT_AVAILABLE"));
    assert!(limit.sentence.contains("twitter"), "{}", limit.sentence);
    assert_eq!(service.posts(), []);
}

pub async fn a_deleted_post_is_gone_and_a_second_deletion_says_so<D: Dialect>(bench: &Bench<D>) {
    for standing in [Standing::scheduled(at("2026-03-12T10:00:00Z")), Standing::draft()] {
        let post = bench.world.add("Hello", &standing);
        let other = bench.draft();
        bench.service.act(&post, Act::Delete, &key()).await.unwrap();
        assert_eq!(bench.world.standing(&post), None);
        assert_eq!(bench.service.read(&post, &[]).await.unwrap().value, Reading::Gone);
        let error = bench.service.act(&post, Act::Delete, &key()).await.unwrap_err();
        assert_eq!(error, ServiceError::NotFound { sentence: "Post group not found".to_owned() });
        assert_eq!(bench.world.standing(&other), Some(Standing::draft()));
    }
    let delete = |(line, body): (String, serde_json::Value)| {
        assert!(line.starts_with("DELETE /delete-post/"), "{line}");
        assert_eq!(body, json!(null));
    };
    bench.sent().into_iter().for_each(delete);
    for request in bench.practice.requests() {
        assert!(!request.headers.contains_key("idempotency-key"), "none is documented");
    }
}

pub async fn a_deletion_in_trouble_leaves_the_outcome_open<D: Dialect>(bench: &Bench<D>) {
    for (what, is_gone) in [
        (What::Internal500, false),
        (What::CutBeforeApplying, false),
        (What::CutAfterApplying, true),
        (What::Unavailable503AfterApplying, true),
        (What::BadJson, true),
    ] {
        let post = bench.draft();
        bench.practice.fault(Fault::once(Match::method("DELETE"), what.clone()));
        let error = bench.service.act(&post, Act::Delete, &key()).await.unwrap_err();
        assert_eq!(error.disposition(), Disposition::Unknown, "{what:?}");
        let reading = bench.service.read(&post, &[]).await.unwrap().value;
        assert_eq!(reading == Reading::Gone, is_gone, "{what:?}");
    }
}

pub async fn what_cannot_be_done_sends_nothing<D: Dialect>(bench: &Bench<D>) {
    let post = bench.scheduled("2026-03-12T10:00:00Z");
    for act in [Act::PublishNow, Act::Retry, Act::Skip] {
        let error = bench.service.act(&post, act, &key()).await.unwrap_err();
        assert!(matches!(error, ServiceError::Refused { status: 0, .. }), "{error:?}");
    }
    assert_eq!(bench.practice.requests(), []);
}

/// What the service says to the pause of a post that it is publishing.
pub async fn refusal_of_a_post_under_way<D: Dialect, V>(
    bench: &Bench<D>,
    service: &Handle<V>,
) -> ServiceError {
    service.set_publishing_takes(TimeDelta::minutes(1));
    let time = "2026-03-10T09:30:00Z";
    let post = bench.scheduled(time);
    bench.let_it_be(time);
    assert_eq!(bench.read_standing(&post, time).await.status, PostStatus::Publishing);
    bench.service.apply(&post, &Edit::pause(), &key()).await.unwrap_err()
}
