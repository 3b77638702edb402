//! PostPost as the suite needs it, and what only PostPost does.

use chrono::TimeDelta;
use rundown_core::model::{Edit, PostStatus, RemoteId, Standing};
use rundown_core::service::{Reading, ServiceError};
use rundown_practice::postpost::{self as practice, Plan, SeedPost};
use rundown_practice::{Fault, Match, Practice, What};
use serde_json::json;

use crate::bench::{Bench, Dialect, Way, at, key};

pub struct PostPost(practice::PostPost);

impl Dialect for PostPost {
    const KIND: &str = "postpost";
    const KEY: &str = "sk_practice.0123456789abcdef";
    const PATH: &str = "/postpost/api/v1";
    const CHANNELS: [&str; 2] = ["twitter-123456789", "linkedin-Tz9W5i6ZYG"];

    fn new(practice: &Practice) -> Self {
        let postpost = practice.postpost();
        postpost.add_user(Self::KEY, Plan::Premium);
        for (id, name) in Self::CHANNELS.iter().zip(["@studio", "Studio"]) {
            postpost.add_connection(Self::KEY, id, name, "Studio");
        }
        Self(postpost)
    }

    fn add(&self, text: &str, standing: &Standing) -> RemoteId {
        let post = SeedPost {
            content: text.to_owned(),
            status: word(&standing.status),
            scheduled_time: standing.time,
            platforms: Self::CHANNELS.map(str::to_owned).to_vec(),
            media_urls: Vec::new(),
        };
        RemoteId(self.0.add_post(Self::KEY, post))
    }

    fn standing(&self, post: &RemoteId) -> Option<Standing> {
        let post = self.0.post(post.as_str())?;
        let status = match post.status {
            practice::PostStatus::Draft => PostStatus::Draft,
            practice::PostStatus::Scheduled => PostStatus::Scheduled,
            practice::PostStatus::Published => PostStatus::Published,
            practice::PostStatus::Failed => PostStatus::Failed,
            practice::PostStatus::PartiallyPublished => PostStatus::PartiallyPublished,
        };
        Some(Standing { status, time: post.scheduled_time })
    }

    fn edit_elsewhere(&self, post: &RemoteId, standing: &Standing) {
        let edit = practice::Edit {
            status: Some(word(&standing.status)),
            scheduled_time: standing.time,
            content: None,
        };
        assert!(self.0.edit_elsewhere(post.as_str(), edit));
    }

    fn delete_elsewhere(&self, post: &RemoteId) {
        assert!(self.0.delete_elsewhere(post.as_str()));
    }
}

fn word(status: &PostStatus) -> practice::PostStatus {
    match status {
        PostStatus::Draft => practice::PostStatus::Draft,
        PostStatus::Scheduled => practice::PostStatus::Scheduled,
        other => panic!("no case begins with a post that is {other}"),
    }
}

async fn start() -> Bench<PostPost> {
    Bench::start(Way::Http).await
}

fn standing(reading: Reading) -> Standing {
    match reading {
        Reading::Found(post) => post.standing,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn each_edit_is_one_put_with_exactly_the_documented_body() {
    let bench = start().await;
    let post = bench.scheduled("2026-03-12T10:00:00Z");
    let time = at("2026-03-13T10:00:00Z");
    for edit in [Edit::MoveTo(time), Edit::Pause, Edit::Schedule(time)] {
        bench.service.apply(&post, &edit, &key()).await.unwrap();
    }
    let sent = bench.practice.requests();
    let bodies: Vec<_> = sent.iter().map(|request| &request.body).collect();
    assert_eq!(
        bodies,
        [
            &json!({ "scheduledTime": "2026-03-13T10:00:00.000Z" }),
            &json!({ "status": "draft" }),
            &json!({ "status": "scheduled", "scheduledTime": "2026-03-13T10:00:00.000Z" }),
        ]
    );
    for request in sent {
        assert_eq!(request.method, "PUT");
        assert_eq!(request.path, format!("/postpost/api/v1/update-post/{post}"));
        assert_eq!(request.headers["content-type"], "application/json");
        assert!(request.headers["user-agent"].starts_with("Rundown/"));
    }
    bench.assert_clean();
}

#[tokio::test]
async fn starters_limits_come_with_their_numbers() {
    let bench = start().await;
    let postpost = bench.practice.postpost();
    postpost.add_user("sk_starter.0123456789", Plan::Starter);
    let service = bench.with_key("sk_starter.0123456789");
    let add = |scheduled_time: Option<&str>| {
        let status = match scheduled_time {
            Some(_) => practice::PostStatus::Scheduled,
            None => practice::PostStatus::Draft,
        };
        let platforms = vec!["linkedin-Tz9W5i6ZYG".to_owned()];
        let scheduled_time = scheduled_time.map(at);
        let post = SeedPost { status, scheduled_time, platforms, ..SeedPost::default() };
        RemoteId(postpost.add_post("sk_starter.0123456789", post))
    };
    let scheduled = ["11", "12", "13"].map(|day| add(Some(&format!("2026-03-{day}T10:00:00Z"))));
    let draft = add(None);

    let resume = Edit::Schedule(at("2026-03-14T10:00:00Z"));
    match service.apply(&draft, &resume, &key()).await.unwrap_err() {
        ServiceError::PlanLimit(limit) => {
            assert_eq!(limit.code.as_deref(), Some("SCHEDULED_POST_LIMIT_REACHED"));
            assert_eq!(limit.metric.as_deref(), Some("posts.scheduled_active"));
            assert_eq!((limit.limit, limit.used, limit.remaining), (Some(3), Some(3), Some(0)));
            assert_eq!(limit.plan.as_deref(), Some("Starter"));
        }
        other => panic!("{other:?}"),
    }

    let too_far = Edit::MoveTo(at("2026-03-18T10:00:00Z"));
    match service.apply(&scheduled[0], &too_far, &key()).await.unwrap_err() {
        ServiceError::PlanLimit(limit) => {
            assert_eq!(limit.code.as_deref(), Some("SCHEDULE_HORIZON_REACHED"));
            assert_eq!(limit.horizon, Some(at("2026-03-17T09:00:00Z")));
            assert_eq!((limit.limit, limit.used, limit.remaining), (Some(7), None, None));
        }
        other => panic!("{other:?}"),
    }
    bench.assert_clean();
}

#[tokio::test]
async fn a_post_under_way_is_read_as_such_and_refused_with_the_services_sentence() {
    let bench = start().await;
    bench.practice.postpost().set_publishing_takes(TimeDelta::minutes(1));
    let time = at("2026-03-10T09:30:00Z");
    let post = bench.scheduled("2026-03-10T09:30:00Z");
    bench.practice.clock().set(time);
    bench.practice.tick();
    let answer = bench.service.read(&post, &[time]).await.unwrap();
    assert_eq!(standing(answer.value).status, PostStatus::Publishing);

    let sentence = "Cannot update post: post is currently in processing status".to_owned();
    let error = bench.service.apply(&post, &Edit::Pause, &key()).await.unwrap_err();
    assert_eq!(error, ServiceError::Refused { status: 400, sentence });
    bench.assert_clean();
}

#[tokio::test]
async fn a_failed_channel_of_a_published_post_says_why() {
    let bench = start().await;
    bench.practice.postpost().fail_next_publication("linkedin");
    let time = at("2026-03-10T09:30:00Z");
    let post = bench.scheduled("2026-03-10T09:30:00Z");
    bench.practice.clock().set(time);
    bench.practice.tick();
    let answer = bench.service.read(&post, &[time]).await.unwrap();
    let Reading::Found(post) = answer.value else { panic!("{answer:?}") };
    assert_eq!(post.standing.status, PostStatus::PartiallyPublished);
    let failed: Vec<_> = post.targets.iter().filter(|target| target.error.is_some()).collect();
    let [failed] = failed.as_slice() else { panic!("{:?}", post.targets) };
    assert_eq!(failed.channel.as_str(), "linkedin-Tz9W5i6ZYG");
    assert_eq!(failed.status, PostStatus::Failed);

    let channels = bench.service.channels().await.unwrap().value;
    assert!(
        channels[1].problem.as_deref().is_some_and(|why| why.contains("last post here failed"))
    );
    bench.assert_clean();
}

#[tokio::test]
async fn a_stale_list_after_a_pause_is_unclear_until_it_has_caught_up() {
    let bench = start().await;
    let time = at("2026-03-12T10:00:00Z");
    let post = bench.scheduled("2026-03-12T10:00:00Z");
    bench.practice.fault(Fault::once(Match::method("PUT"), What::StaleList { seconds: 60 }));
    bench.service.apply(&post, &Edit::Pause, &key()).await.unwrap();
    let answer = bench.service.read(&post, &[time]).await.unwrap();
    assert_eq!(answer.value, Reading::Unclear);
    bench.practice.clock().advance(TimeDelta::seconds(61));
    let answer = bench.service.read(&post, &[time]).await.unwrap();
    assert_eq!(standing(answer.value).status, PostStatus::Draft);
    bench.assert_clean();
}

#[tokio::test]
async fn a_stale_list_after_a_move_shows_the_former_time_until_it_has_caught_up() {
    let bench = start().await;
    let (old, new) = (at("2026-03-12T10:00:00Z"), at("2026-03-14T10:00:00Z"));
    let post = bench.scheduled("2026-03-12T10:00:00Z");
    bench.practice.fault(Fault::once(Match::method("PUT"), What::StaleList { seconds: 60 }));
    bench.service.apply(&post, &Edit::MoveTo(new), &key()).await.unwrap();
    let answer = bench.service.read(&post, &[old, new]).await.unwrap();
    assert_eq!(standing(answer.value), Standing::scheduled(old));
    bench.practice.clock().advance(TimeDelta::seconds(61));
    let answer = bench.service.read(&post, &[old, new]).await.unwrap();
    assert_eq!(standing(answer.value), Standing::scheduled(new));
    bench.assert_clean();
}
