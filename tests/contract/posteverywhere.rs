//! PostEverywhere as the suite needs it, and what only PostEverywhere does: its many settings, the
//! second way to resume, and destinations with times of their own.

use std::time::Duration;

use chrono::TimeDelta;
use rundown_core::model::{Act, Edit, PostStatus, RemoteId, Standing};
use rundown_core::service::{Accepted, Allowance, Disposition, ListQuery, Reading, ServiceError};
use rundown_practice::posteverywhere::{
    self as practice, AccountIdField, DestinationTimes, Filters, ListShape, PastTime,
    PatchedStatus, PausedTime, SeedPost, Settings, Totals,
};
use rundown_practice::{Fault, KeySeen, Match, Practice, What};
use serde_json::json;

use crate::bench::{Bench, Channel, Dialect, PlanLimits, Way, at, key, standing_after};

mod writes;

const ACCOUNTS: [u64; 2] = [2280, 2282];
const OLD: &str = "2026-03-12T10:00:00Z";
const NEW: &str = "2026-03-13T10:00:00Z";
const STAMP: &str = "2026-03-13T10:00:00.000Z";

pub struct PostEverywhere(practice::PostEverywhere);

impl Dialect for PostEverywhere {
    const KIND: &str = "posteverywhere";
    const KEY: &str = "pe_live_0123456789abcdef0123456789abcdef";
    const PATH: &str = practice::BASE;
    const CHANNELS: [Channel; 2] = [
        Channel { id: "2280", network: "instagram", name: "studio", handle: Some("studio") },
        Channel { id: "2282", network: "linkedin", name: "Studio", handle: None },
    ];
    const PLAN_LIMITS: PlanLimits = PlanLimits::ByCode;

    fn new(practice: &Practice) -> Self {
        let posteverywhere = practice.posteverywhere();
        posteverywhere.add_key(Self::KEY);
        for ((id, channel), name) in
            ACCOUNTS.into_iter().zip(Self::CHANNELS).zip(["@studio", "Studio"])
        {
            posteverywhere.add_account(Self::KEY, id, channel.network, name);
        }
        Self(posteverywhere)
    }

    fn add(&self, text: &str, standing: &Standing) -> RemoteId {
        let post = SeedPost {
            content: text.to_owned(),
            status: word(&standing.status),
            scheduled_for: standing.time,
            account_ids: ACCOUNTS.to_vec(),
            ..SeedPost::default()
        };
        RemoteId(self.0.add_post(Self::KEY, post))
    }

    fn standing(&self, post: &RemoteId) -> Option<Standing> {
        let post = self.0.post(post.as_str())?;
        let status = match post.status {
            practice::PostStatus::Draft => PostStatus::Draft,
            practice::PostStatus::Scheduled => PostStatus::Scheduled,
            practice::PostStatus::Publishing => PostStatus::Publishing,
            practice::PostStatus::Published => PostStatus::Published,
            practice::PostStatus::PartiallyFailed => PostStatus::PartiallyPublished,
            practice::PostStatus::Failed => PostStatus::Failed,
        };
        Some(Standing { status, time: post.scheduled_for })
    }

    fn text(&self, post: &RemoteId) -> Option<String> {
        Some(self.0.post(post.as_str())?.content)
    }

    fn count(&self) -> usize {
        self.0.posts().len()
    }

    fn expect(&self, post: &RemoteId, act: Act) {
        if act == Act::PublishNow {
            self.0.expect_publish_now(post.as_str());
        }
    }

    fn edit_elsewhere(&self, post: &RemoteId, standing: &Standing) {
        let edit = practice::Edit {
            status: Some(word(&standing.status)),
            scheduled_for: standing.time,
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

async fn with(change: impl FnOnce(&mut Settings)) -> Bench<PostEverywhere> {
    let bench = Bench::<PostEverywhere>::start(Way::Http).await;
    bench.world.0.set(change);
    bench
}

async fn start() -> Bench<PostEverywhere> {
    with(|_| {}).await
}

fn scheduled(time: &str) -> Accepted {
    Accepted { status: Some(PostStatus::Scheduled), time: Some(at(time)), ..Accepted::default() }
}

/// Every way in which the service may behave that no client can see beforehand and that leaves it
/// able to do what is asked.
const SETTINGS: [fn(&mut Settings); 10] = [
    |_| {},
    |settings| settings.filters = Filters::Ignored,
    |settings| settings.totals = Totals::Missing,
    |settings| (settings.filters, settings.totals) = (Filters::Ignored, Totals::Missing),
    |settings| settings.list_shape = ListShape::Older,
    |settings| settings.patched_status = PatchedStatus::Refused,
    |settings| settings.paused_time = PausedTime::Cleared,
    |settings| settings.past_time = PastTime::Refuse,
    |settings| settings.destination_times = DestinationTimes::Absent,
    |settings| settings.account_id_field = AccountIdField::AccountId,
];

#[tokio::test]
async fn each_edit_is_one_patch_of_exactly_what_changes() {
    let bench = start().await;
    let post = bench.scheduled(OLD);
    for edit in [Edit::move_to(at(NEW)), Edit::pause(), Edit::schedule(at(NEW))] {
        bench.service.apply(&post, &edit, &key()).await.unwrap();
    }
    let patch = format!("PATCH /posts/{post}");
    assert_eq!(
        bench.sent(),
        [
            (patch.clone(), json!({ "scheduled_for": STAMP })),
            (patch.clone(), json!({ "status": "draft" })),
            (patch, json!({ "status": "scheduled", "scheduled_for": STAMP })),
        ]
    );
    for request in bench.practice.requests() {
        assert_eq!(request.key, KeySeen::Known);
        assert_eq!(request.headers["content-type"], "application/json");
        assert!(!request.headers.contains_key("idempotency-key"), "none is documented");
    }
    bench.assert_clean();
}

#[tokio::test]
async fn lists_have_what_was_asked_for_under_every_setting() {
    for change in SETTINGS {
        let bench = with(change).await;
        let first = at("2026-03-11T00:00:00Z");
        for n in 0..130 {
            let time = first + TimeDelta::hours(n);
            bench.world.add(&format!("Post {n}"), &Standing::scheduled(time));
        }
        let draft = bench.draft();
        let (from, to) = (first + TimeDelta::hours(20), first + TimeDelta::hours(24));
        let dated = bench.everything(&ListQuery::Dated { from, to }).await;
        let mut texts: Vec<_> = dated.into_iter().map(|post| post.text).collect();
        texts.sort();
        assert_eq!(texts, ["Post 20", "Post 21", "Post 22", "Post 23", "Post 24"]);
        let drafts = bench.everything(&ListQuery::Drafts).await;
        assert_eq!(drafts.into_iter().map(|post| post.id).collect::<Vec<_>>(), [draft]);
        assert_eq!(bench.everything(&ListQuery::RecentlyChanged).await.len(), 131);
        let channels = bench.service.channels().await.unwrap().value;
        let ids: Vec<_> = channels.iter().map(|channel| channel.id.as_str()).collect();
        assert_eq!(ids, ["2280", "2282"]);
        bench.assert_clean();
    }
}

#[tokio::test]
async fn a_post_is_moved_paused_and_resumed_under_every_setting() {
    for change in SETTINGS {
        let bench = with(change).await;
        let post = bench.scheduled(OLD);
        let resume = at("2026-03-14T10:00:00Z");
        for edit in [Edit::move_to(at(NEW)), Edit::pause(), Edit::schedule(resume)] {
            let wanted = standing_after(&edit);
            let outcome = bench.service.apply(&post, &edit, &key()).await;
            if edit == Edit::pause()
                && bench.world.0.settings().patched_status == PatchedStatus::Refused
            {
                // There is no other way to pause a post: it is told, and nothing was done.
                assert_eq!(outcome.unwrap_err().disposition(), Disposition::Refused);
                assert_eq!(bench.world.standing(&post), Some(Standing::scheduled(at(NEW))));
                bench.world.edit_elsewhere(&post, &Standing::draft());
                continue;
            }
            let accepted = outcome.unwrap().value;
            assert_eq!(accepted.status.as_ref(), Some(&wanted.status));
            let confirmed = Standing { status: wanted.status.clone(), time: accepted.time };
            assert!(confirmed.same_as(&wanted), "{edit:?} was answered with {accepted:?}");
            assert!(bench.world.standing(&post).unwrap().same_as(&wanted), "{edit:?}");
            assert!(bench.read_standing(&post, OLD).await.same_as(&wanted), "{edit:?}");
        }
        bench.assert_clean();
    }
}

#[tokio::test]
async fn a_draft_that_a_patch_leaves_one_is_scheduled_by_its_own_address() {
    for patched_status in [PatchedStatus::Refused, PatchedStatus::Ignored] {
        let bench = with(|settings| settings.patched_status = patched_status).await;
        let post = bench.draft();
        let edit = Edit::schedule(at(NEW));
        let accepted = bench.service.apply(&post, &edit, &key()).await.unwrap().value;
        assert_eq!(accepted, scheduled(NEW));
        assert_eq!(bench.world.standing(&post), Some(Standing::scheduled(at(NEW))));
        assert_eq!(
            bench.sent(),
            [
                (
                    format!("PATCH /posts/{post}"),
                    json!({ "status": "scheduled", "scheduled_for": STAMP }),
                ),
                (format!("POST /posts/{post}/schedule"), json!({ "scheduled_for": STAMP })),
            ]
        );
        bench.assert_clean();
    }
}

#[tokio::test]
async fn a_pause_that_is_ignored_is_told_as_it_is() {
    let bench = with(|settings| settings.patched_status = PatchedStatus::Ignored).await;
    let post = bench.scheduled(OLD);
    let accepted = bench.service.apply(&post, &Edit::pause(), &key()).await.unwrap().value;
    assert_eq!(accepted, scheduled(OLD));
    assert_eq!(bench.sent().len(), 1);
    bench.assert_clean();
}

#[tokio::test]
async fn a_resume_whose_first_request_broke_is_not_followed_by_the_second() {
    let bench = with(|settings| settings.patched_status = PatchedStatus::Ignored).await;
    for what in [What::CutAfterApplying, What::Internal500, What::BadGatewayHtml502] {
        bench.practice.clear_requests();
        let post = bench.draft();
        bench.practice.fault(Fault::once(Match::method("PATCH"), what));
        let edit = Edit::schedule(at(NEW));
        let error = bench.service.apply(&post, &edit, &key()).await.unwrap_err();
        assert_eq!(error.disposition(), Disposition::Unknown);
        assert_eq!(bench.sent().len(), 1);
        assert_eq!(bench.world.standing(&post).unwrap().status, PostStatus::Draft);
    }
    bench.assert_clean();
}

#[tokio::test]
async fn a_destination_that_was_left_behind_is_seen_in_the_answer_and_in_every_reading() {
    let bench = start().await;
    let post = bench.scheduled(OLD);
    bench.world.0.leave_behind_next(2282);
    let edit = Edit::move_to(at(NEW));
    let accepted = bench.service.apply(&post, &edit, &key()).await.unwrap().value;
    assert_eq!(accepted, scheduled(OLD), "one destination still goes out then");
    let truth = bench.world.0.post(post.as_str()).unwrap();
    assert_eq!(truth.scheduled_for, Some(at(NEW)));

    assert_eq!(bench.read_standing(&post, NEW).await, Standing::scheduled(at(OLD)));
    let Reading::Found(found) = bench.read(&post, NEW).await else { panic!() };
    let times: Vec<_> = found.targets.iter().map(|target| target.time).collect();
    assert_eq!(times, [Some(at(NEW)), Some(at(OLD))]);
    let listed = bench.everything(&ListQuery::RecentlyChanged).await;
    assert_eq!(listed[0].standing, Standing::scheduled(at(OLD)));

    let again = bench.service.apply(&post, &edit, &key()).await.unwrap().value;
    assert_eq!(again, scheduled(NEW), "asked for again, it follows");
    bench.assert_clean();
}

#[tokio::test]
async fn a_destination_left_behind_is_found_in_a_list_of_its_own_time() {
    let bench = with(|settings| settings.filters = Filters::Ignored).await;
    let post = bench.scheduled(OLD);
    bench.world.0.leave_behind_next(2282);
    bench.service.apply(&post, &Edit::move_to(at(NEW)), &key()).await.unwrap();
    for time in [OLD, NEW] {
        let (from, to) = (at(time), at(time) + TimeDelta::minutes(1));
        let listed = bench.everything(&ListQuery::Dated { from, to }).await;
        assert!(listed.len() == 1 && listed[0].id == post, "{listed:?}");
    }
    bench.assert_clean();
}

#[tokio::test]
async fn a_post_under_way_is_read_as_such_and_refused_with_the_services_sentence() {
    let bench = start().await;
    bench.world.0.set_publishing_takes(TimeDelta::minutes(1));
    let time = "2026-03-10T09:30:00Z";
    let post = bench.scheduled(time);
    bench.let_it_be(time);
    assert_eq!(bench.read_standing(&post, time).await.status, PostStatus::Publishing);
    let sentence = "Cannot update a post in publishing status.".to_owned();
    let refused = ServiceError::Refused { status: 409, sentence };
    for edit in [Edit::pause(), Edit::schedule(at(NEW))] {
        assert_eq!(bench.service.apply(&post, &edit, &key()).await.unwrap_err(), refused);
    }
    assert_eq!(bench.sent().len(), 2, "none was followed by another request");
    bench.assert_clean();
}

#[tokio::test]
async fn a_failed_destination_of_a_published_post_says_why() {
    let bench = start().await;
    bench.world.0.fail_next_publication("linkedin");
    let time = "2026-03-10T09:30:00Z";
    let post = bench.scheduled(time);
    bench.let_it_be(time);
    let Reading::Found(post) = bench.read(&post, time).await else { panic!() };
    assert_eq!(post.standing.status, PostStatus::PartiallyPublished);
    let statuses: Vec<_> = post.targets.iter().map(|target| &target.status).collect();
    assert_eq!(statuses, [&PostStatus::Published, &PostStatus::Failed]);
    assert!(post.targets[0].link.is_some());
    assert_eq!(post.targets[1].error.as_deref(), Some("The account has to be reconnected."));
    bench.assert_clean();
}

#[tokio::test]
async fn the_limit_of_requests_is_told_and_heeded() {
    let bench = start().await;
    let renewed_at = at("2026-03-10T09:01:00Z");
    for remaining in (0..60).rev() {
        let heard = bench.service.channels().await.unwrap().heard;
        assert_eq!(heard.allowance, Some(Allowance { remaining, renewed_at }));
    }
    bench.assert_clean();
    bench.practice.clock().advance(TimeDelta::seconds(15));
    let error = bench.service.channels().await.unwrap_err();
    let retry_after = Some(Duration::from_secs(45));
    assert_eq!(error.disposition(), Disposition::Later { retry_after });
}
