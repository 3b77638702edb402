//! Postato as the suite needs it, and what only Postato does: workspaces, and every reading of
//! documents that leave most of its API open.

use rundown_core::model::{Act, Edit, PostStatus, RemoteId, Standing, Step};
use rundown_core::service::{Disposition, ListQuery, Reading, ServiceError};
use rundown_practice::postato::{
    self as practice, AccountList, AccountStatus, Paging, Pausing, SeedPost, Settings, SingleRead,
    Uneditable, UpdateAnswer, UpdateRules,
};
use rundown_practice::{KeySeen, Practice};
use serde_json::json;

use crate::bench::{
    Bench, Channel, Dialect, Order, PlanLimits, ProofOfGone, Way, at, key, standing_after,
};

mod writes;

const WORKSPACE: &str = "wks_01HV7Y3M8Q2K4N6P8R0T2V4X6Z";
const OLD: &str = "2026-03-12T10:00:00Z";
const NEW: &str = "2026-03-13T10:00:00Z";
const LATEST: &str = "2026-03-14T10:00:00Z";

pub struct Postato(practice::Postato);

impl Dialect for Postato {
    const KIND: &str = "postato";
    const KEY: &str = "smcp_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    const PATH: &str = practice::BASE;
    const CHANNELS: [Channel; 2] = [
        Channel {
            id: "acc_01HV7Y4A1B3C5D7E9F1G3H5J7K",
            network: "twitter",
            name: "Studio",
            handle: Some("studio"),
        },
        Channel {
            id: "acc_01HV7Y4A1B3C5D7E9F1G3H5J7M",
            network: "linkedin",
            name: "Studio",
            handle: Some("Studio"),
        },
    ];
    const TARGETS: usize = 1;
    const DATES_CHANGES: bool = false;
    const WORKSPACE: Option<&str> = Some(WORKSPACE);
    const ORDER: Order = Order::NewestMade;
    const PLAN_LIMITS: PlanLimits = PlanLimits::InWords;
    const PROOF_OF_GONE: ProofOfGone = ProofOfGone::DenialAfterAReading;

    fn new(practice: &Practice) -> Self {
        let postato = practice.postato();
        postato.add_key(Self::KEY);
        postato.add_workspace(Self::KEY, WORKSPACE, "Main Brand");
        for (channel, username) in Self::CHANNELS.iter().zip(["@studio", "Studio"]) {
            postato.add_account(WORKSPACE, channel.id, channel.network, username, channel.name);
        }
        Self(postato)
    }

    fn add(&self, text: &str, standing: &Standing) -> RemoteId {
        let post = SeedPost {
            account_id: Self::CHANNELS[0].id.to_owned(),
            texts: vec![text.to_owned()],
            status: word(&standing.status),
            scheduled_at: standing.time,
            ..SeedPost::default()
        };
        RemoteId(self.0.add_post(WORKSPACE, post))
    }

    fn standing(&self, post: &RemoteId) -> Option<Standing> {
        let post = self.0.post(post.as_str())?;
        let status = match post.status {
            practice::PostStatus::Draft => PostStatus::Draft,
            practice::PostStatus::Scheduled => PostStatus::Scheduled,
            practice::PostStatus::Queued => PostStatus::Queued,
            practice::PostStatus::Publishing | practice::PostStatus::Retrying => {
                PostStatus::Publishing
            }
            practice::PostStatus::Published => PostStatus::Published,
            practice::PostStatus::Failed => PostStatus::Failed,
            practice::PostStatus::Cancelled => PostStatus::Cancelled,
            practice::PostStatus::PendingApproval => other("pending_approval"),
            practice::PostStatus::Rejected => other("rejected"),
        };
        Some(Standing { status, time: post.scheduled_at })
    }

    fn text(&self, post: &RemoteId) -> Option<String> {
        let items = self.0.post(post.as_str())?.items;
        Some(items.into_iter().map(|item| item.text).collect::<Vec<_>>().join("\n\n"))
    }

    fn count(&self) -> usize {
        self.0.posts().len()
    }

    fn expect(&self, _: &RemoteId, act: Act) {
        match act {
            Act::PublishNow => self.0.expect_publish(),
            Act::Delete => self.0.expect_cancellation(),
            Act::Retry | Act::Skip => {}
        }
    }

    fn edit_elsewhere(&self, post: &RemoteId, standing: &Standing) {
        let edit = practice::Edit {
            status: Some(word(&standing.status)),
            scheduled_at: standing.time,
            text: None,
        };
        assert!(self.0.edit_elsewhere(post.as_str(), edit));
    }

    fn delete_elsewhere(&self, post: &RemoteId) {
        assert!(self.0.delete_elsewhere(post.as_str()));
    }
}

fn other(word: &str) -> PostStatus {
    PostStatus::Other(word.to_owned())
}

fn word(status: &PostStatus) -> practice::PostStatus {
    match status {
        PostStatus::Draft => practice::PostStatus::Draft,
        PostStatus::Scheduled => practice::PostStatus::Scheduled,
        other => panic!("no case begins with a post that is {other}"),
    }
}

async fn under(reading: Settings) -> Bench<Postato> {
    let bench = Bench::<Postato>::start(Way::Http).await;
    bench.world.0.set_settings(reading);
    bench
}

async fn start() -> Bench<Postato> {
    under(Settings::default()).await
}

#[tokio::test]
async fn each_edit_is_one_patch_of_exactly_what_changes() {
    let bench = start().await;
    let post = bench.scheduled(OLD);
    for edit in [Edit::move_to(at(NEW)), Edit::pause(), Edit::schedule(at(NEW))] {
        bench.service.apply(&post, &edit, &key()).await.unwrap();
    }
    let patch = format!("PATCH /v1/workspaces/{WORKSPACE}/posts/{post}");
    let stamp = "2026-03-13T10:00:00Z";
    assert_eq!(
        bench.sent(),
        [
            (patch.clone(), json!({ "scheduledAt": stamp })),
            (patch.clone(), json!({ "status": "draft" })),
            (patch, json!({ "status": "scheduled", "scheduledAt": stamp })),
        ]
    );
    for request in bench.practice.requests() {
        assert_eq!(request.key, KeySeen::Known);
        assert_eq!(request.headers["content-type"], "application/json");
        assert!(!request.headers.contains_key("idempotency-key"), "none is honoured");
    }
    bench.assert_clean();
}

/// Every reading of the documents, each also without an address for a single post.
fn readings() -> Vec<Settings> {
    let apart = |reading| Settings { single_read: SingleRead::Missing, ..reading };
    let all = Settings::readings();
    all.iter().copied().chain(all.iter().copied().map(apart)).collect()
}

/// What the documents allow this edit to come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Done,
    Refused,
    Ignored,
}

fn fate(reading: &Settings, edit: &Edit) -> Fate {
    match (reading.update_rules, reading.pausing, edit.step) {
        (UpdateRules::Table, ..) | (_, Pausing::Refused, Some(Step::Pause)) => Fate::Refused,
        (_, Pausing::Ignored, Some(Step::Pause)) => Fate::Ignored,
        _ => Fate::Done,
    }
}

#[tokio::test]
async fn under_every_reading_an_edit_is_done_or_honestly_not() {
    for reading in readings() {
        let bench = under(reading).await;
        for edit in [Edit::move_to(at(NEW)), Edit::pause(), Edit::schedule(at(LATEST))] {
            let post = match edit.step {
                Some(Step::Schedule(_)) => bench.draft(),
                _ => bench.scheduled(OLD),
            };
            edit_is_done_or_honestly_not(&bench, &reading, &post, &edit).await;
        }
        bench.assert_clean();
    }
}

async fn edit_is_done_or_honestly_not(
    bench: &Bench<Postato>,
    reading: &Settings,
    post: &RemoteId,
    edit: &Edit,
) {
    let before = bench.world.standing(post).unwrap();
    let outcome = bench.service.apply(post, edit, &key()).await;
    let truth = bench.world.standing(post).unwrap();
    let case = format!("{edit:?} under {reading:?} came to {outcome:?}");
    match (&outcome, fate(reading, edit)) {
        (Ok(_), Fate::Done) => assert!(truth.same_as(&standing_after(edit)), "{case}"),
        (Ok(_), Fate::Ignored) => assert_eq!(truth, before, "{case}"),
        (Err(error), Fate::Refused) => {
            assert_eq!(truth, before, "{case}");
            assert_eq!(error.disposition(), Disposition::Refused, "{case}");
        }
        _ => panic!("{case}"),
    }
    if let Ok(answer) = &outcome {
        let accepted = &answer.value;
        assert_eq!(accepted.status.is_some(), reading.update_answer == UpdateAnswer::Post);
        // What it confirms is so; what it leaves open is read back.
        if let Some(status) = &accepted.status {
            assert_eq!((status, accepted.time), (&truth.status, truth.time), "{case}");
        }
    }
    let found = bench.read_standing(post, OLD).await;
    assert!(found.same_as(&truth), "{found:?} was read: {case}");
}

#[tokio::test]
async fn under_every_reading_posts_and_channels_are_listed() {
    for reading in readings() {
        let bench = under(reading).await;
        let soon = bench.scheduled(OLD);
        let later = bench.scheduled("2026-04-20T10:00:00Z");
        let draft = bench.draft();
        for n in 0..120 {
            bench.world.add(&format!("Draft {n}"), &Standing::draft());
        }
        let ids = async |query: ListQuery| {
            let posts = bench.everything(&query).await;
            posts.into_iter().map(|post| post.id).collect::<Vec<_>>()
        };
        let from = at("2026-03-12T00:00:00Z");
        let dated = |to: &str| ListQuery::Dated { from, to: at(to) };
        let narrow = ids(dated("2026-03-13T00:00:00Z")).await;
        assert!(narrow.len() == 1 && narrow.contains(&soon), "{reading:?}");
        let wide = ids(dated("2026-12-31T00:00:00Z")).await;
        assert!(wide.len() == 2 && wide.contains(&soon) && wide.contains(&later), "{reading:?}");
        let drafts = ids(ListQuery::Drafts).await;
        assert!(drafts.len() == 121 && drafts.contains(&draft), "{reading:?}");
        assert!(!bench.everything(&ListQuery::RecentlyChanged).await.is_empty());

        let channels = bench.service.channels().await.unwrap().value;
        let networks: Vec<_> = channels.iter().map(|channel| channel.network.as_str()).collect();
        match reading.accounts {
            // What the newest posts name is all that is known.
            AccountList::Missing => assert_eq!(networks, ["twitter"]),
            AccountList::Accounts | AccountList::Items => {
                assert_eq!(networks, ["twitter", "linkedin"]);
            }
        }
        let workspaces = bench.in_workspace(None).workspaces().await.unwrap().value;
        assert_eq!(
            (workspaces[0].id.as_str(), workspaces[0].name.as_str()),
            (WORKSPACE, "Main Brand")
        );
        bench.assert_clean();
    }
}

#[tokio::test]
async fn under_every_reading_a_post_is_followed_until_it_is_out_and_then_left_alone() {
    for reading in readings() {
        let bench = under(reading).await;
        bench.world.0.set_publishing_takes(chrono::TimeDelta::minutes(2));
        let time = "2026-03-10T09:30:00Z";
        let post = bench.scheduled(time);
        for (now, status) in [
            (time, PostStatus::Queued),
            ("2026-03-10T09:31:00Z", PostStatus::Publishing),
            ("2026-03-10T09:32:00Z", PostStatus::Published),
        ] {
            bench.let_it_be(now);
            assert_eq!(bench.read_standing(&post, time).await.status, status, "{reading:?}");
            let error = bench.service.apply(&post, &Edit::pause(), &key()).await.unwrap_err();
            // A 404 may mean that it can't be changed any more: it is never taken for “gone”.
            assert!(matches!(error, ServiceError::Refused { .. }), "{error:?} under {reading:?}");
        }
        let Reading::Found(found) = bench.read(&post, time).await else { panic!() };
        assert!(found.targets[0].link.is_some(), "{reading:?}");
        bench.assert_clean();
    }
}

#[tokio::test]
async fn an_update_that_is_denied_says_that_it_may_be_too_late() {
    let bench = under(Settings { uneditable: Uneditable::NotFound, ..Settings::default() }).await;
    let time = "2026-03-10T09:30:00Z";
    let post = bench.scheduled(time);
    bench.let_it_be(time);
    let error = bench.service.apply(&post, &Edit::pause(), &key()).await.unwrap_err();
    assert!(error.to_string().contains("no longer be changed"), "{error}");
    bench.assert_clean();
}

#[tokio::test]
async fn a_post_without_an_address_of_its_own_is_never_taken_for_gone() {
    let reading = Settings { single_read: SingleRead::Missing, ..Settings::default() };
    let bench = under(reading).await;
    let (post, other) = (bench.scheduled(OLD), bench.scheduled(OLD));
    assert!(matches!(bench.read(&other, OLD).await, Reading::Found(_)));
    bench.world.delete_elsewhere(&post);
    assert_eq!(bench.read(&post, OLD).await, Reading::Unclear);
    bench.assert_clean();
}

#[tokio::test]
async fn a_long_list_comes_whole_by_cursor_too() {
    let bench = under(Settings { paging: Paging::Cursor, ..Settings::default() }).await;
    for n in 0..250 {
        bench.world.add(&format!("Draft {n}"), &Standing::draft());
    }
    let mut ids: Vec<_> =
        bench.everything(&ListQuery::Drafts).await.into_iter().map(|post| post.id.0).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 250);
    bench.assert_clean();
}

#[tokio::test]
async fn another_workspace_of_the_key_has_its_own_channels_and_posts() {
    const OTHER: &str = "wks_01HV7Y3M8Q2K4N6P8R0T2V4X70";
    let bench = start().await;
    let post = bench.scheduled(OLD);
    bench.world.0.add_workspace(Postato::KEY, OTHER, "Second Brand");
    let service = bench.in_workspace(Some(OTHER));
    let workspaces = service.workspaces().await.unwrap().value;
    let ids: Vec<_> = workspaces.iter().map(|workspace| workspace.id.as_str()).collect();
    assert_eq!(ids, [WORKSPACE, OTHER]);
    assert_eq!(service.channels().await.unwrap().value, []);
    assert_eq!(service.list(&ListQuery::Drafts, None).await.unwrap().value.posts, []);
    assert_eq!(service.read(&post, &[at(OLD)]).await.unwrap().value, Reading::Unclear);
    bench.assert_clean();
}

#[tokio::test]
async fn without_a_workspace_nothing_is_sent() {
    let bench = start().await;
    let service = bench.in_workspace(None);
    let error = service.list(&ListQuery::Drafts, None).await.unwrap_err();
    assert!(matches!(error, ServiceError::Refused { status: 0, .. }), "{error:?}");
    assert_eq!(bench.practice.requests(), []);
}

#[tokio::test]
async fn what_is_wrong_with_a_channel_is_told() {
    let bench = start().await;
    let [first, second] = Postato::CHANNELS.map(|channel| channel.id);
    assert!(bench.world.0.set_account_status(first, AccountStatus::TokenExpired));
    assert!(bench.world.0.set_account_status(second, AccountStatus::Suspended));
    let channels = bench.service.channels().await.unwrap().value;
    let problem = |n: usize| channels[n].problem.clone().unwrap_or_default();
    assert!(problem(0).contains("Reconnect it at Postato"), "{}", problem(0));
    assert!(problem(1).contains("suspended"), "{}", problem(1));
    bench.assert_clean();
}
