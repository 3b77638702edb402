//! Connecting accounts, and what keeps one from being connected.

use std::sync::atomic::Ordering;

use chrono::TimeDelta;
use rundown_core::events::Event;
use rundown_core::model::{AccountId, Colour, Form, HealthState, KeepKey, Unsaved};
use rundown_core::secrets::SecretStore;
use rundown_core::{Direction, ErrorCode, Lost};
use rundown_practice::postpost::{Plan, SeedPost};
use rundown_practice::{Fault, Match, What};
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;

use crate::desk::{Desk, KEY, at};
use crate::offices::Office;

async fn refused(desk: &Desk, key: &str) -> ErrorCode {
    let code = desk.connect(key).await.unwrap_err().code;
    assert_eq!(desk.connected_accounts(), [], "nothing is saved");
    code
}

#[tokio::test(start_paused = true)]
async fn a_connected_account_shows_its_channels_and_keeps_its_key_in_the_keychain() {
    let desk = Desk::bare();
    let account = desk.connect(&format!("  {KEY}\n")).await.unwrap();
    let state = desk.connected_accounts().remove(0);
    assert_eq!(state.channels.len(), 2);
    assert_eq!(state.account.health.state, HealthState::Ok);
    let kept = desk.keychain.get(&account).await.unwrap().unwrap();
    assert_eq!(kept.expose_secret(), KEY);
}

#[tokio::test(start_paused = true)]
async fn a_wrong_or_empty_key_is_refused_before_anything_is_saved() {
    let desk = Desk::bare();
    assert_eq!(refused(&desk, "").await, ErrorCode::EmptyKey);
    assert_eq!(refused(&desk, "sk_wrong.0").await, ErrorCode::KeyRefused);
}

#[tokio::test(start_paused = true)]
async fn a_key_of_another_service_is_refused_unsent() {
    let desk = Desk::bare();
    assert_eq!(refused(&desk, "smcp_0123456789abcdef").await, ErrorCode::WrongKeyKind);
    assert_eq!(refused(&desk, "pe_live_0123456789abcdef").await, ErrorCode::WrongKeyKind);
    assert_eq!(desk.practice.requests(), []);
}

#[tokio::test(start_paused = true)]
async fn an_address_that_is_no_postpost_is_named() {
    let desk = Desk::bare();
    desk.practice.fault(Fault::always(Match::any(), What::Garbage));
    assert_eq!(refused(&desk, KEY).await, ErrorCode::NotThisService);
    desk.practice.clear_faults();
    let elsewhere = What::Redirect { to: "https://elsewhere.example/".to_owned() };
    desk.practice.fault(Fault::once(Match::any(), elsewhere));
    assert_eq!(refused(&desk, KEY).await, ErrorCode::NotThisService);
    desk.take_down();
    assert_eq!(refused(&desk, KEY).await, ErrorCode::Unreachable);
    desk.bring_up();
    let plain = desk.connect_at(KEY, "http://practice.example/postpost/api/v1").await;
    assert_eq!(plain.unwrap_err().code, ErrorCode::BadAddress);
    assert_eq!(desk.requests("PUT"), []);
}

#[tokio::test(start_paused = true)]
async fn the_same_account_is_not_connected_twice() {
    let desk = Desk::connected().await;
    assert_eq!(desk.connect(KEY).await.unwrap_err().code, ErrorCode::AlreadyConnected);
}

#[tokio::test(start_paused = true)]
async fn a_key_of_another_account_does_not_replace_this_ones() {
    let desk = Desk::connected().await;
    let other = "sk_other.0123";
    desk.practice.postpost().add_user(other, Plan::Pro);
    desk.practice.postpost().add_connection(other, "linkedin-Other", "other", "Other");
    let account = desk.connected_accounts().remove(0).account.id;
    let replaced =
        desk.app.replace_key(&account, &SecretString::from(other), KeepKey::Keychain).await;
    assert_eq!(replaced.unwrap_err().code, ErrorCode::DifferentAccount);
    let kept = desk.keychain.get(&account).await.unwrap().unwrap();
    assert_eq!(kept.expose_secret(), KEY);
}

#[tokio::test(start_paused = true)]
async fn a_locked_keychain_lets_the_lane_wait_and_nothing_is_lost() {
    let mut desk = Desk::connected().await;
    let post = desk.scheduled("12:00").await;
    desk.keychain.is_locked.store(true, Ordering::Relaxed);
    desk.restart().await;
    let health = desk.connected_accounts().remove(0).account.health;
    assert_eq!(health.state, HealthState::KeychainLocked);
    desk.app.reschedule(&desk.id(&post), at("14:00")).unwrap();
    desk.pass(TimeDelta::minutes(5)).await;
    assert_eq!(desk.requests("PUT"), []);
    desk.keychain.is_locked.store(false, Ordering::Relaxed);
    desk.pass(TimeDelta::minutes(2)).await;
    assert_eq!(desk.puts(), [json!({"scheduledTime": "2026-03-10T14:00:00.000Z"})]);
}

#[tokio::test(start_paused = true)]
async fn disconnecting_removes_the_key_and_everything_kept_here() {
    let desk = Desk::connected().await;
    let post = desk.scheduled("12:00").await;
    let account = desk.connected_accounts().remove(0).account.id;
    desk.app.disconnect(&account).await.unwrap();
    assert_eq!(desk.connected_accounts(), []);
    assert_eq!(desk.posts(), []);
    assert!(desk.keychain.get(&account).await.unwrap().is_none());
    assert_eq!(
        desk.at_service(&post).scheduled_time,
        Some(at("12:00")),
        "nothing is touched there"
    );
}

#[tokio::test(start_paused = true)]
async fn a_damaged_database_is_said_kept_aside_and_begun_anew() {
    let garbage = b"what is left of a database after a bad night".repeat(200);
    let desk = Desk::with_database(Some(&garbage));
    let aside = desk.app.set_aside().expect("it is said");
    assert_eq!(std::fs::read(&aside.path).unwrap(), garbage);
    desk.connect(KEY).await.unwrap();
    desk.settle().await;
    desk.scheduled("12:00").await;
    assert_eq!(desk.posts().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn disconnecting_while_a_change_is_under_way_leaves_nothing_behind() {
    let desk = Desk::connected().await;
    let post = desk.scheduled("12:00").await;
    desk.practice.fault(Fault::once(Match::method("PUT"), What::DelayAfterApplying(5_000)));
    desk.app.reschedule(&desk.id(&post), at("14:00")).unwrap();
    desk.pass(TimeDelta::seconds(1)).await;
    desk.app.disconnect(&desk.account().id).await.unwrap();
    desk.pass(TimeDelta::minutes(1)).await;
    assert_eq!(desk.app.open_change_count().unwrap(), 0);
    assert_eq!(desk.posts(), []);
    let requests = desk.practice.requests().len();
    desk.pass(TimeDelta::minutes(30)).await;
    assert_eq!(desk.practice.requests().len(), requests, "no lane goes on");

    desk.connect(KEY).await.unwrap();
    desk.settle().await;
    assert_eq!(desk.shown(&post).shown().time, Some(at("14:00")));
}

/// A second account at the same service.
async fn another(desk: &Desk, name: &str) -> AccountId {
    let key = format!("sk_{name}.0123");
    desk.practice.postpost().add_user(&key, Plan::Pro);
    desk.practice.postpost().add_connection(&key, &format!("linkedin-{name}"), name, name);
    desk.connect(&key).await.unwrap()
}

fn order(desk: &Desk) -> Vec<AccountId> {
    desk.connected_accounts().into_iter().map(|state| state.account.id).collect()
}

#[tokio::test(start_paused = true)]
async fn accounts_of_one_kind_have_names_and_colours_of_their_own_that_outlive_a_restart() {
    let mut desk = Desk::connected().await;
    let (first, second) = (desk.account().id, another(&desk, "Other").await);
    let colours = |desk: &Desk| -> Vec<_> {
        desk.connected_accounts().into_iter().map(|state| state.account.colour).collect()
    };
    assert_eq!(colours(&desk), [Some(Colour::Blue), Some(Colour::Green)]);
    desk.app.rename_account(&second, "  Other brand ").unwrap();
    desk.app.colour_account(&first, Colour::Plum).unwrap();
    desk.restart().await;
    let labels: Vec<_> =
        desk.connected_accounts().into_iter().map(|state| state.account.label).collect();
    assert_eq!(labels, ["Studio", "Other brand"]);
    assert_eq!(colours(&desk), [Some(Colour::Plum), Some(Colour::Green)]);
}

#[tokio::test(start_paused = true)]
async fn an_account_without_a_name_is_called_after_its_service() {
    let desk = Desk::connected().await;
    desk.app.rename_account(&desk.account().id, " \t").unwrap();
    assert_eq!(desk.account().label, "PostPost");
}

#[tokio::test(start_paused = true)]
async fn an_account_moves_up_and_down_and_stays_at_the_ends() {
    let mut desk = Desk::connected().await;
    let (a, b) = (desk.account().id, another(&desk, "b").await);
    let c = another(&desk, "c").await;
    let go = |desk: &Desk, id: &AccountId, direction| desk.app.move_account(id, direction).unwrap();
    go(&desk, &c, Direction::Up);
    assert_eq!(order(&desk), [a.clone(), c.clone(), b.clone()]);
    go(&desk, &a, Direction::Down);
    assert_eq!(order(&desk), [c.clone(), a.clone(), b.clone()]);
    go(&desk, &c, Direction::Up);
    go(&desk, &b, Direction::Down);
    desk.restart().await;
    assert_eq!(order(&desk), [c.clone(), a.clone(), b.clone()]);
    desk.app.disconnect(&a).await.unwrap();
    go(&desk, &b, Direction::Up);
    assert_eq!(order(&desk), [b, c]);
    let gone = desk.app.move_account(&a, Direction::Up).unwrap_err();
    assert_eq!(gone.code, ErrorCode::NotFound);
}

#[tokio::test(start_paused = true)]
async fn a_hidden_lane_stays_hidden_when_its_channel_is_read_again() {
    let mut desk = Desk::connected().await;
    let post = desk.scheduled("12:00").await;
    let channel = desk.shown(&post).targets[0].channel.clone();
    desk.app.hide_channel(&channel).unwrap();
    assert!(desk.news().contains(&Event::AccountsChanged));
    desk.restart().await;
    desk.pass(TimeDelta::hours(7)).await;
    let hidden = |desk: &Desk| -> Vec<_> {
        let channels = desk.connected_accounts().remove(0).channels.into_iter();
        channels.filter(|channel| channel.hidden).map(|channel| channel.id).collect()
    };
    assert_eq!(hidden(&desk), std::slice::from_ref(&channel));
    desk.app.show_channel(&channel).unwrap();
    assert_eq!(hidden(&desk), []);
    desk.app.disconnect(&desk.account().id).await.unwrap();
    assert_eq!(desk.app.hide_channel(&channel).unwrap_err().code, ErrorCode::NotFound);
}

#[tokio::test(start_paused = true)]
async fn what_disconnecting_would_lose_is_named_and_of_that_account_alone() {
    let desk = Desk::connected().await;
    let post = desk.scheduled("12:00").await;
    let other = another(&desk, "Other").await;
    desk.settle().await;
    desk.take_down();
    desk.app.reschedule(&desk.id(&post), at("14:00")).unwrap();
    let account = desk.shown(&post).account;
    let lost = desk.app.lost_by_disconnecting(&account).unwrap();
    assert_eq!(lost.len(), 1);
    assert_eq!(lost[0].post.id, desk.id(&post));
    let Lost::Change(wanted) = &lost[0].what else { panic!("{lost:?}") };
    assert_eq!(wanted.time(), Some(at("14:00")));
    assert_eq!(desk.app.lost_by_disconnecting(&other).unwrap(), []);
}

#[tokio::test(start_paused = true)]
async fn a_text_that_is_typed_or_to_be_decided_is_named_among_what_disconnecting_loses() {
    let office = Office::at_publora().await;
    let (desk, post) = (&office.desk, &office.post);
    let account = desk.account().id;
    desk.practice.fault(Fault::once(Match::method("PUT"), What::PlanLimit403));
    desk.app.edit_text(post, "Refused".to_owned()).unwrap();
    desk.pass(TimeDelta::seconds(5)).await;
    let form = Form::Edit(post.clone());
    let typed = Unsaved {
        form,
        text: "Typed".to_owned(),
        base: office.shown().text,
        account: None,
        channels: Vec::new(),
        when: None,
    };
    desk.app.keep_unsaved(&typed).unwrap();
    let lost = desk.app.lost_by_disconnecting(&account).unwrap();
    let what: Vec<_> = lost.into_iter().map(|loss| (loss.post.id, loss.what)).collect();
    let [(_, Lost::Question(wanted)), typed] = what.as_slice() else { panic!("{what:?}") };
    assert_eq!(wanted.text.as_deref(), Some("Refused"));
    assert_eq!(*typed, (post.clone(), Lost::Typed));
}

#[tokio::test(start_paused = true)]
async fn a_picture_is_where_the_service_says_and_a_video_or_a_missing_one_is_nowhere() {
    let desk = Desk::connected().await;
    let urls = ["https://cdn.example/a.png", "https://cdn.example/b.mp4"].map(str::to_owned);
    let post = desk.post(SeedPost { media_urls: urls.to_vec(), ..SeedPost::default() }).await;
    let id = desk.id(&post);
    let picture = desk.app.picture_address(&id, 0).unwrap();
    assert_eq!((picture.account, picture.url.as_str()), (desk.account().id, urls[0].as_str()));
    assert_eq!(picture.told_by.host_str(), Some("practice.example"));
    for index in [1, 2, usize::MAX] {
        assert_eq!(desk.app.picture_address(&id, index).unwrap_err().code, ErrorCode::NotFound);
    }
}
