//! The four services side by side, and the choice of a workspace.

use chrono::TimeDelta;
use rundown_core::model::{Act, PostId, Problem, RemoteId, Standing, SyncState};
use rundown_core::{ConnectForm, Connected, ErrorCode};
use rundown_practice::{Fault, Match, What};
use serde_json::{Value, json};

use crate::desk::{Desk, at};
use crate::offices::{
    AGENCY, BRAND, POSTATO_KEY, PUBLORA_KEY, connect, connect_all, one_post_each, postato_form,
    publora_form, two_workspaces,
};

#[tokio::test(start_paused = true)]
async fn a_key_of_several_workspaces_asks_which_and_keeps_the_one_that_was_chosen() {
    let mut desk = Desk::bare();
    two_workspaces(&desk);
    let asked = desk.app.connect(postato_form()).await.unwrap();
    let Connected::ChooseWorkspace(workspaces) = asked else { panic!("{asked:?}") };
    let names: Vec<_> = workspaces.iter().map(|workspace| workspace.name.as_str()).collect();
    assert_eq!(names, ["Main Brand", "Agency"]);
    assert_eq!(desk.connected_accounts(), [], "nothing is saved yet");

    let unknown = RemoteId("wks_elsewhere".to_owned());
    let error = desk.app.choose_workspace(&unknown).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::NotFound);
    let account = desk.app.choose_workspace(&workspaces[0].id).await.unwrap();
    assert_eq!(account.address.workspace.as_ref(), Some(&workspaces[0]));
    let again = desk.app.choose_workspace(&workspaces[0].id).await.unwrap_err();
    assert_eq!(again.code, ErrorCode::NotFound, "the choice is made once");

    desk.restart().await;
    let state = desk.connected_accounts().remove(0);
    assert_eq!(state.account.address, account.address);
    assert_eq!(state.channels.len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_form_that_is_closed_forgets_the_key_whose_workspace_was_to_be_chosen() {
    let desk = Desk::bare();
    two_workspaces(&desk);
    desk.app.connect(postato_form()).await.unwrap();
    desk.app.cancel_connect();
    let error = desk.app.choose_workspace(&RemoteId(BRAND.to_owned())).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::NotFound);
    assert_eq!(desk.connected_accounts(), []);
}

#[tokio::test(start_paused = true)]
async fn the_only_workspace_of_a_key_is_not_asked_for() {
    let desk = Desk::bare();
    two_workspaces(&desk);
    desk.practice.postato().remove_workspace(POSTATO_KEY, AGENCY);
    let account = connect(&desk, postato_form()).await;
    let state = desk.connected_accounts().remove(0);
    assert_eq!(state.account.id, account);
    assert_eq!(
        state.account.address.workspace.map(|workspace| workspace.name).as_deref(),
        Some("Main Brand")
    );
}

#[tokio::test(start_paused = true)]
async fn a_key_that_opens_no_workspace_is_refused_in_words() {
    let desk = Desk::bare();
    desk.practice.postato().add_key(POSTATO_KEY);
    let error = desk.app.connect(postato_form()).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::Service);
    assert!(error.message.contains("opens no workspace"), "{}", error.message);
}

#[tokio::test(start_paused = true)]
async fn a_managed_user_is_named_in_every_request() {
    let desk = Desk::bare();
    let user = "507f1f77bcf86cd799439011";
    let publora = desk.practice.publora();
    publora.add_user(PUBLORA_KEY, rundown_practice::postpost::Plan::Pro);
    publora.add_managed_user(PUBLORA_KEY, user);
    let form = publora_form();
    connect(&desk, ConnectForm { managed_user: format!(" {user} "), ..form }).await;
    desk.settle().await;
    let requests = desk.practice.requests();
    assert!(requests.len() > 2, "it was read");
    assert!(requests.iter().all(|sent| sent.headers["x-publora-user-id"] == user));
}

#[tokio::test(start_paused = true)]
async fn a_change_that_a_service_put_off_is_asked_for_again_with_another_key() {
    let desk = Desk::bare();
    let [_, remote, ..] = one_post_each(&desk);
    connect(&desk, publora_form()).await;
    desk.pass(TimeDelta::seconds(5)).await;
    desk.practice.publora().set_version_conflict_once();
    let post = desk.id(&remote);
    desk.app.reschedule(&post, at("15:00")).unwrap();
    desk.pass(TimeDelta::minutes(2)).await;
    let shown = desk.app.posts(&[post]).unwrap().remove(0);
    assert_eq!(shown.sync, SyncState::Synced);
    assert!(shown.confirmed.same_as(&Standing::scheduled(at("15:00"))), "{shown:?}");
    let requests = desk.practice.requests();
    let writes = requests.iter().filter(|sent| sent.method == "PUT");
    let keys: Vec<_> = writes.map(|sent| &sent.headers["idempotency-key"]).collect();
    assert_eq!(keys.len(), 2);
    assert_ne!(keys[0], keys[1]);
}

#[tokio::test(start_paused = true)]
async fn four_services_at_once_are_each_asked_in_their_own_words() {
    let desk = Desk::bare();
    let remotes = one_post_each(&desk);
    connect_all(&desk).await;
    desk.pass(TimeDelta::seconds(5)).await;
    let posts: Vec<PostId> = remotes.iter().map(|remote| desk.id(remote)).collect();
    desk.practice.clear_requests();

    let everywhere = |wanted: &Standing| {
        for post in desk.app.posts(&posts).unwrap() {
            assert_eq!(post.sync, SyncState::Synced, "{post:?}");
            assert!(post.confirmed.same_as(wanted), "{post:?}");
            let of_its_own = post.targets.iter().filter_map(|target| target.time);
            let stale: Vec<_> = of_its_own.filter(|time| Some(*time) != wanted.time).collect();
            assert!(stale.is_empty(), "a channel still shows a former time: {post:?}");
        }
    };
    for post in &posts {
        desk.app.reschedule(post, at("15:00")).unwrap();
    }
    desk.pass(TimeDelta::seconds(5)).await;
    everywhere(&Standing::scheduled(at("15:00")));
    for post in &posts {
        desk.app.pause(post).unwrap();
    }
    desk.pass(TimeDelta::seconds(5)).await;
    everywhere(&Standing::draft());
    for post in &posts {
        desk.app.resume(post, at("16:00")).unwrap();
    }
    desk.pass(TimeDelta::seconds(5)).await;
    everywhere(&Standing::scheduled(at("16:00")));

    // Each in the form that its documents show.
    let fields = [
        ("scheduledTime", ".000Z"),
        ("scheduledTime", ".000Z"),
        ("scheduledAt", "Z"),
        ("scheduled_for", ".000Z"),
    ];
    let requests = desk.practice.requests();
    for (remote, (time, end)) in remotes.iter().zip(fields) {
        let writes =
            requests.iter().filter(|sent| sent.method != "GET" && sent.path.contains(remote));
        let bodies: Vec<&Value> = writes.map(|sent| &sent.body).collect();
        let at_three = json!({ time: format!("2026-03-10T15:00:00{end}") });
        let at_four = json!({ time: format!("2026-03-10T16:00:00{end}"), "status": "scheduled" });
        assert_eq!(bodies, [&at_three, &json!({ "status": "draft" }), &at_four]);
    }
}

/// A desk at Publora at which a post for 14:00 is created by a request that this `happens` to.
async fn created_where(text: &str, happens: impl FnOnce(&Desk)) -> (Desk, PostId) {
    let desk = Desk::bare();
    one_post_each(&desk);
    connect(&desk, publora_form()).await;
    desk.pass(TimeDelta::seconds(5)).await;
    desk.practice.clear_requests();
    happens(&desk);
    let post = desk.create(text, Some(at("14:00")));
    desk.pass(TimeDelta::seconds(3)).await;
    (desk, post)
}

#[tokio::test(start_paused = true)]
async fn a_creation_that_arrives_late_is_not_made_twice_although_it_was_moved_meanwhile() {
    let text = "Late, and once";
    let is_late = |desk: &Desk| desk.road.delays.order(TimeDelta::seconds(50));
    let (desk, post) = created_where(text, is_late).await;
    desk.app.reschedule(&post, at("16:00")).unwrap();
    desk.pass(TimeDelta::minutes(6)).await;
    let made = desk.practice.publora().posts().into_iter().filter(|post| post.content == text);
    let times: Vec<_> = made.map(|post| post.scheduled_time).collect();
    assert_eq!(times, [Some(at("16:00"))], "one post, where it was moved to");
    let creations = desk.requests("POST");
    let keys: Vec<_> = creations.iter().map(|it| &it.headers["idempotency-key"]).collect();
    assert!(keys.len() > 1 && keys.iter().all(|key| *key == keys[0]), "{keys:?}");
}

#[tokio::test(start_paused = true)]
async fn a_creation_that_never_arrived_arms_no_post_that_was_paused_or_deleted_meanwhile() {
    let text = "Not any more";
    let never_arrives = |desk: &Desk| {
        desk.practice.fault(Fault::once(Match::method("POST"), What::CutBeforeApplying));
    };
    for is_deleted in [false, true] {
        let (desk, post) = created_where(text, never_arrives).await;
        match is_deleted {
            true => desk.app.act(&post, Act::Delete).unwrap(),
            false => desk.app.pause(&post).unwrap(),
        };
        desk.pass(TimeDelta::minutes(6)).await;
        let repeated: Vec<_> = desk.requests("POST").into_iter().skip(1).collect();
        let is_armed = repeated.iter().any(|it| it.body.get("scheduledTime").is_some());
        assert!(!is_armed, "{repeated:?}");
        let made = desk.practice.publora().posts().into_iter().filter(|it| it.content == text);
        let times: Vec<_> = made.map(|it| it.scheduled_time).collect();
        assert_eq!(times, if is_deleted { vec![] } else { vec![None] });
    }
}

#[tokio::test(start_paused = true)]
async fn a_creation_without_an_answer_is_not_asked_for_again_after_a_plan_limit() {
    let text = "No room for it";
    let never_arrives = |desk: &Desk| {
        desk.practice.fault(Fault::once(Match::method("POST"), What::CutBeforeApplying));
    };
    let (desk, post) = created_where(text, never_arrives).await;
    desk.practice.fault(Fault::once(Match::method("PUT"), What::PlanLimit403));
    let other = desk.posts().into_iter().find(|it| it.id != post).unwrap();
    desk.app.reschedule(&other.id, at("15:00")).unwrap();
    desk.pass(TimeDelta::minutes(6)).await;
    assert_eq!(desk.requests("POST").len(), 1);
    let shown = desk.app.posts(&[post]).unwrap().remove(0);
    let SyncState::NeedsYou { problem: Problem::PlanLimit, why, .. } = &shown.sync else {
        panic!("{shown:?}")
    };
    assert!(why.contains("Look there before you try again"), "{why}");
}

#[tokio::test(start_paused = true)]
async fn a_creation_that_is_given_up_makes_none_of_the_move_behind_it() {
    let text = "Once, or not at all";
    let never_heard_of = |desk: &Desk| {
        desk.practice.fault(Fault::always(Match::method("POST"), What::CutBeforeApplying));
    };
    let (desk, post) = created_where(text, never_heard_of).await;
    desk.app.reschedule(&post, at("16:00")).unwrap();
    desk.pass(TimeDelta::minutes(30)).await;
    let creations = desk.requests("POST");
    let keys: Vec<_> = creations.iter().map(|it| &it.headers["idempotency-key"]).collect();
    assert!(keys.len() == 3 && keys.iter().all(|key| *key == keys[0]), "{keys:?}");
    let shown = desk.app.posts(&[post]).unwrap().remove(0);
    let SyncState::NeedsYou { problem: Problem::Refused, wanted, .. } = &shown.sync else {
        panic!("{shown:?}")
    };
    assert_eq!((wanted.time(), shown.text.as_str()), (Some(at("16:00")), text));
}
