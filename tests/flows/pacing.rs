//! Requests stay within what each service documents, however much waits, and whichever accounts share
//! a key. The limits are those that the adapters declare; the practice server enforces some as well.

use std::sync::atomic::Ordering;

use chrono::{DateTime, TimeDelta, Utc};
use rundown_core::clock::Clock as _;
use rundown_core::model::{AccountId, PostId, PostStatus, ServiceKind, SyncState};
use rundown_core::service::{Counted, RequestLimit};
use rundown_core::{ConnectForm, NewPostForm};
use rundown_practice::postpost::{Plan, PostStatus as AtService, SeedPost};
use rundown_practice::publora::Generation;
use rundown_practice::{Fault, Match, Recorded, What, posteverywhere};

use crate::desk::{Desk, KEY, LINKEDIN, at, filled, start};
use crate::offices::{
    AGENCY, BRAND, POSTEVERYWHERE_KEY, PUBLORA_KEY, connect, postato_form, posteverywhere_form,
    publora_form, two_workspaces,
};

const USERS: [&str; 2] = ["507f1f77bcf86cd799439011", "507f1f77bcf86cd799439012"];

/// A time on a later day, so that nothing goes out meanwhile.
fn later(index: usize) -> DateTime<Utc> {
    start() + TimeDelta::days(5) + TimeDelta::minutes(i64::try_from(index).unwrap())
}

fn scheduled(index: usize, time: DateTime<Utc>) -> SeedPost {
    SeedPost {
        content: format!("Post {index}"),
        status: AtService::Scheduled,
        scheduled_time: Some(time),
        ..filled(SeedPost::default())
    }
}

/// A Publora whose limit of requests is enforced: what the plan allows, which is less on a small one.
fn strict_publora(desk: &Desk, plan: Plan) {
    let publora = desk.practice.publora();
    publora.set_generation(Generation::Second);
    publora.add_user(PUBLORA_KEY, plan);
    publora.add_connection(PUBLORA_KEY, LINKEDIN, "studio", "Studio");
}

/// A PostEverywhere with so many scheduled posts.
fn posteverywhere_with(desk: &Desk, posts: usize) {
    let service = desk.practice.posteverywhere();
    service.add_key(POSTEVERYWHERE_KEY);
    service.add_account(POSTEVERYWHERE_KEY, 2280, "linkedin", "Studio");
    for index in 0..posts {
        let post = posteverywhere::SeedPost {
            content: format!("Post {index}"),
            status: posteverywhere::PostStatus::Scheduled,
            scheduled_for: Some(later(index)),
            account_ids: vec![2280],
            ..Default::default()
        };
        service.add_post(POSTEVERYWHERE_KEY, post);
    }
}

/// Two accounts of managed users behind one key, each with posts.
async fn two_managed_users(desk: &Desk, plan: Plan, posts: usize) -> Vec<AccountId> {
    strict_publora(desk, plan);
    let publora = desk.practice.publora();
    let mut accounts = Vec::new();
    for user in USERS {
        publora.add_managed_user(PUBLORA_KEY, user);
        publora.add_connection(user, LINKEDIN, "studio", "Studio");
        for index in 0..posts {
            publora.add_post(user, scheduled(index, later(index)));
        }
        let form = ConnectForm { managed_user: user.to_owned(), ..publora_form() };
        accounts.push(connect(desk, form).await);
    }
    desk.pass(TimeDelta::minutes(3)).await;
    desk.practice.clear_requests();
    accounts
}

/// The posts of an account.
fn posts_of(desk: &Desk, account: &AccountId) -> Vec<PostId> {
    let mut posts = desk.posts();
    posts.retain(|post| post.account == *account);
    posts.into_iter().map(|post| post.id).collect()
}

/// Moves each of these by a day.
fn move_all(desk: &Desk, posts: &[PostId]) {
    for (index, post) in posts.iter().enumerate() {
        desk.app.reschedule(post, later(index) + TimeDelta::days(1)).unwrap();
    }
}

/// The requests to a service since they were last cleared.
fn asked(desk: &Desk, kind: &str) -> Vec<Recorded> {
    let mut requests = desk.practice.requests();
    requests.retain(|request| request.path.starts_with(&format!("/{kind}/")));
    requests
}

fn most_within(times: &[DateTime<Utc>], span: TimeDelta) -> usize {
    let until = |at: DateTime<Utc>| times.partition_point(|other| *other < at + span);
    times.iter().enumerate().map(|(index, at)| until(*at) - index).max().unwrap_or(0)
}

/// No span has more requests than the service's documents allow, and none was refused for it.
fn assert_within_limits(desk: &Desk, kind: &str) {
    let requests = asked(desk, kind);
    assert!(requests.iter().all(|request| request.status != Some(429)), "{kind} refused some");
    let info = desk.app.services().into_iter().find(|it| it.kind == ServiceKind(kind.to_owned()));
    let limits = info.unwrap().limits;
    assert!(!limits.is_empty());
    for limit in limits {
        let is_counted = |request: &&Recorded| match limit.counts {
            Counted::All => true,
            Counted::Creations => {
                let ends = ["/posts", "/create-post"];
                request.method == "POST" && ends.iter().any(|end| request.path.ends_with(end))
            }
        };
        let times: Vec<_> = requests.iter().filter(is_counted).map(|request| request.at).collect();
        let most = most_within(&times, limit.per);
        assert!(most <= usize::try_from(limit.requests).unwrap(), "{kind}: {most} of {limit:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_long_queue_is_sent_within_the_limits_that_its_service_documents() {
    let desk = Desk::bare();
    strict_publora(&desk, Plan::Premium);
    for index in 0..90 {
        desk.practice.publora().add_post(PUBLORA_KEY, scheduled(index, later(index)));
    }
    posteverywhere_with(&desk, 90);
    connect(&desk, publora_form()).await;
    connect(&desk, posteverywhere_form()).await;
    *desk.road.latency.lock().unwrap() = Some(fastrand::Rng::with_seed(4));
    desk.app.set_in_front(true);
    desk.pass(TimeDelta::minutes(10)).await;
    let posts: Vec<_> = desk.posts().into_iter().map(|post| post.id).collect();
    assert_eq!(posts.len(), 180);
    move_all(&desk, &posts);
    // 90 reads, each a get-post and a list, and 90 writes take Publora's key nine minutes and more.
    desk.pass(TimeDelta::minutes(13)).await;
    assert_eq!(desk.app.open_change_count().unwrap(), 0);
    assert!(desk.posts().iter().all(|post| post.sync == SyncState::Synced), "each was moved");
    assert_within_limits(&desk, "publora");
    assert_within_limits(&desk, "posteverywhere");
    assert_eq!(desk.road.most_under_way.load(Ordering::Relaxed), 1, "one at a time with each key");
}

#[tokio::test(start_paused = true)]
async fn new_posts_are_created_within_the_limit_of_creations_and_hold_up_nothing_else() {
    let desk = Desk::bare();
    two_workspaces(&desk);
    let agency = "acc_01HV7Y4A1B3C5D7E9F1G3H5J7M";
    desk.practice.postato().add_account(AGENCY, agency, "twitter", "@agency", "Agency");
    let mut accounts = Vec::new();
    for (id, name) in [(BRAND, "Main Brand"), (AGENCY, "Agency")] {
        let id = rundown_core::model::RemoteId(id.to_owned());
        let workspace = Some(rundown_core::model::Workspace { id, name: name.to_owned() });
        accounts.push(connect(&desk, ConnectForm { workspace, ..postato_form() }).await);
    }
    desk.pass(TimeDelta::minutes(1)).await;
    let channels: Vec<_> =
        desk.connected_accounts().into_iter().flat_map(|state| state.channels).collect();
    for index in 0..90 {
        for account in &accounts {
            let channel = channels.iter().find(|channel| channel.account == *account).unwrap();
            let form = NewPostForm {
                account: account.clone(),
                channels: vec![channel.id.clone()],
                text: format!("Post {index}"),
                time: Some(later(index)),
            };
            desk.app.create_post(&form).unwrap();
        }
    }
    desk.pass(TimeDelta::seconds(30)).await;
    let made = desk.practice.postato().posts();
    assert_eq!(made.len(), 120, "both workspaces together");
    let moved = desk.posts().into_iter().find(|it| it.remote.is_some()).unwrap();
    desk.app.pause(&moved.id).unwrap();
    desk.settle().await;
    let moved = desk.app.posts(&[moved.id]).unwrap().remove(0);
    assert_eq!(moved.confirmed.status, PostStatus::Draft, "it does not wait for the new ones");
    desk.pass(TimeDelta::minutes(2)).await;
    assert_eq!(desk.app.open_change_count().unwrap(), 0);
    assert_eq!(desk.practice.postato().posts().len(), 180);
    assert_within_limits(&desk, "postato");
}

#[tokio::test(start_paused = true)]
async fn two_accounts_on_one_key_stay_within_its_limit_together() {
    let desk = Desk::bare();
    let accounts = two_managed_users(&desk, Plan::Premium, 20).await;
    for account in &accounts {
        move_all(&desk, &posts_of(&desk, account));
    }
    desk.app.set_in_front(true);
    desk.pass(TimeDelta::seconds(30)).await;
    let waiting = |account: &AccountId| {
        let open = desk.app.open_changes().unwrap();
        open.iter().filter(|(_, post)| post.account == *account).count()
    };
    assert!(waiting(&accounts[0]).abs_diff(waiting(&accounts[1])) <= 3, "they take turns");
    desk.pass(TimeDelta::minutes(8)).await;
    assert_eq!(desk.app.open_change_count().unwrap(), 0);
    assert_within_limits(&desk, "publora");
}

#[tokio::test(start_paused = true)]
async fn what_a_service_asks_of_one_account_holds_for_all_on_its_key() {
    let desk = Desk::bare();
    let accounts = two_managed_users(&desk, Plan::Premium, 1).await;
    let [first, second] = [0, 1].map(|index: usize| posts_of(&desk, &accounts[index]).remove(0));
    desk.practice.fault(Fault::once(Match::any(), What::TooMany429 { retry_after_secs: 90 }));
    desk.app.pause(&first).unwrap();
    desk.settle().await;
    desk.app.pause(&second).unwrap();
    desk.pass(TimeDelta::seconds(88)).await;
    assert_eq!(asked(&desk, "publora").len(), 1, "only the one that was refused");
    desk.pass(TimeDelta::seconds(10)).await;
    for post in desk.app.posts(&[first, second]).unwrap() {
        assert_eq!(post.confirmed.status, PostStatus::Draft);
    }
}

#[tokio::test(start_paused = true)]
async fn a_pause_finds_a_slot_where_moves_have_used_up_what_a_key_may_ask() {
    let desk = Desk::bare();
    let accounts = two_managed_users(&desk, Plan::Premium, 20).await;
    let (moved, mut paused) = (posts_of(&desk, &accounts[0]), posts_of(&desk, &accounts[1]));
    // Read a moment ago, so that nothing but its write is needed.
    desk.app.refresh();
    desk.pass(TimeDelta::minutes(2)).await;
    desk.practice.clear_requests();
    move_all(&desk, &moved);
    move_all(&desk, &paused.split_off(1));
    desk.pass(TimeDelta::seconds(20)).await;
    let count = asked(&desk, "publora").len();
    assert!(count < 30 && desk.app.open_change_count().unwrap() > 5, "{count}: they wait");
    desk.app.pause(&paused[0]).unwrap();
    desk.settle().await;
    let post = desk.app.posts(&paused).unwrap().remove(0);
    assert_eq!(post.confirmed.status, PostStatus::Draft);
    assert_within_limits(&desk, "publora");
}

#[tokio::test(start_paused = true)]
async fn an_account_that_waits_for_its_limit_slows_no_other() {
    let desk = Desk::bare();
    let accounts = two_managed_users(&desk, Plan::Premium, 20).await;
    desk.connect(KEY).await.unwrap();
    let other = desk.scheduled("12:00").await;
    for account in &accounts {
        move_all(&desk, &posts_of(&desk, account));
    }
    desk.pass(TimeDelta::seconds(20)).await;
    let waiting = desk.app.open_change_count().unwrap();
    assert!(waiting > 5, "{waiting}");
    desk.app.reschedule(&desk.id(&other), at("14:00")).unwrap();
    desk.settle().await;
    assert_eq!(desk.shown(&other).confirmed.time, Some(at("14:00")));
}

#[tokio::test(start_paused = true)]
async fn a_start_in_the_middle_of_a_queue_goes_by_what_the_service_says_is_left() {
    let mut desk = Desk::bare();
    let accounts = two_managed_users(&desk, Plan::Starter, 20).await;
    for account in &accounts {
        move_all(&desk, &posts_of(&desk, account));
    }
    desk.pass(TimeDelta::seconds(10)).await;
    desk.restart().await;
    desk.pass(TimeDelta::minutes(10)).await;
    assert_eq!(desk.app.open_change_count().unwrap(), 0);
    let refused = asked(&desk, "publora").into_iter().filter(|it| it.status == Some(429)).count();
    assert!(refused <= 1, "{refused}: of each start's first requests one may be too many");
}

#[tokio::test(start_paused = true)]
async fn the_wishes_for_a_post_arrive_in_their_order_also_while_its_lane_waits() {
    let desk = Desk::bare();
    let accounts = two_managed_users(&desk, Plan::Premium, 12).await;
    *desk.road.latency.lock().unwrap() = Some(fastrand::Rng::with_seed(7));
    let posts = posts_of(&desk, &accounts[0]);
    for round in 1..=4 {
        for (index, post) in posts.iter().enumerate() {
            desk.app.reschedule(post, later(index) + TimeDelta::days(round)).unwrap();
        }
        desk.pass(TimeDelta::seconds(25)).await;
    }
    desk.pass(TimeDelta::minutes(5)).await;
    for (index, post) in desk.app.posts(&posts).unwrap().into_iter().enumerate() {
        assert_eq!(post.confirmed.time, Some(later(index) + TimeDelta::days(4)));
        let remote = post.remote.unwrap();
        let mut sent = asked(&desk, "publora");
        sent.retain(|it| it.method == "PUT" && it.path.ends_with(remote.as_str()));
        let times: Vec<_> =
            sent.iter().map(|it| it.body["scheduledTime"].as_str().unwrap()).collect();
        assert!(times.is_sorted() && !times.is_empty(), "{times:?}");
    }
    assert!(desk.road.most_under_way.load(Ordering::Relaxed) <= 2, "one for each account");
    assert_within_limits(&desk, "publora");
}

/// How long so many requests take at least, where a limit is used to the full from the first moment.
fn least(requests: usize, limit: &RequestLimit) -> TimeDelta {
    let allowed = usize::try_from(limit.requests).unwrap();
    let windows = requests.saturating_sub(allowed).div_ceil(allowed);
    limit.per * i32::try_from(windows).unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_thousand_changes_take_little_longer_than_the_limits_allow() {
    const POSTS: [usize; 2] = [600, 400];
    let desk = Desk::bare();
    strict_publora(&desk, Plan::Premium);
    for index in 0..POSTS[0] {
        desk.practice.publora().add_post(PUBLORA_KEY, scheduled(index, later(index)));
    }
    posteverywhere_with(&desk, POSTS[1]);
    // A read at Publora is a get-post and a list; at PostEverywhere it is one request.
    let needed = [
        (connect(&desk, publora_form()).await, "publora", 3 * POSTS[0]),
        (connect(&desk, posteverywhere_form()).await, "posteverywhere", 2 * POSTS[1]),
    ];
    // What connecting took counts no longer then, within the hour.
    desk.pass(TimeDelta::hours(2)).await;
    desk.practice.clear_requests();
    for (account, ..) in &needed {
        move_all(&desk, &posts_of(&desk, account));
    }
    let began = desk.clock.now();
    let is_open = |account: &AccountId| {
        desk.app.open_changes().unwrap().iter().any(|(_, post)| post.account == *account)
    };
    let mut ended = [None; 2];
    while ended.contains(&None) {
        desk.pass(TimeDelta::seconds(20)).await;
        for (place, (account, ..)) in needed.iter().enumerate() {
            if ended[place].is_none() && !is_open(account) {
                ended[place] = Some(desk.clock.now() - began);
            }
        }
    }
    for ((_, kind, requests), took) in needed.iter().zip(ended) {
        let info = desk.app.services().into_iter().find(|it| it.kind.0 == *kind).unwrap();
        let all = info.limits.iter().filter(|limit| limit.counts == Counted::All);
        let least = all.map(|limit| least(*requests, limit)).max().unwrap();
        let (took, least) = (took.unwrap().num_seconds(), least.num_seconds());
        println!("{kind}: {took} s for what takes {least} s at least");
        assert!(took * 10 <= least * 13, "{kind}: {took} s for what takes {least} s at least");
    }
    assert_within_limits(&desk, "publora");
    assert_within_limits(&desk, "posteverywhere");
}
