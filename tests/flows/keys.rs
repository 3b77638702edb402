//! Keys: where they are kept, what happens without them, and that none is ever seen again.

use std::path::Path;
use std::sync::atomic::Ordering;

use chrono::TimeDelta;
use rundown_core::ErrorCode;
use rundown_core::model::{HealthState, KeepKey};
use rundown_core::secrets::SecretStore;
use rundown_practice::postpost::{Plan, PostStatus, SeedPost};
use rundown_practice::{Fault, Match, What};
use secrecy::SecretString;

use crate::desk::{Desk, KEY, LINKEDIN, at, filled};

fn holds(folder: &Path, key: &str) -> bool {
    std::fs::read_dir(folder).unwrap().any(|entry| {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        bytes.windows(key.len()).any(|window| window == key.as_bytes())
    })
}

#[tokio::test(start_paused = true)]
async fn a_key_is_in_no_file_event_or_error() {
    let mut desk = Desk::connected().await;
    let post = desk.scheduled("12:00").await;
    let mut said = Vec::new();
    for what in [What::Unauthorized401, What::Garbage, What::CutAfterApplying, What::PlanLimit403] {
        desk.practice.fault(Fault::once(Match::method("PUT"), what));
        desk.app.reschedule(&desk.id(&post), at("14:00")).unwrap();
        desk.pass(TimeDelta::minutes(1)).await;
        let replaced = desk
            .app
            .replace_key(&desk.account().id, &SecretString::from(KEY), KeepKey::Keychain)
            .await;
        replaced.unwrap();
        desk.app.reschedule(&desk.id(&post), at("12:00")).unwrap();
        desk.pass(TimeDelta::minutes(1)).await;
        said.push(format!("{:?}", desk.app.accounts()));
        said.push(format!("{:?}", desk.app.post_history(&desk.id(&post))));
    }
    let wrong = format!("{KEY}x");
    said.push(format!("{0:?} {0}", desk.connect(&wrong).await.unwrap_err()));
    said.push(format!("{0:?} {0}", desk.connect(KEY).await.unwrap_err()));
    let with_key = format!("https://{KEY}@practice.example/");
    said.push(format!("{0:?} {0}", desk.connect_at(KEY, &with_key).await.unwrap_err()));
    said.push(format!("{:?}", desk.news()));
    said.push(format!("{:?}", desk.posts()));
    assert!(said.len() > 10);
    for text in said {
        assert!(!text.contains(KEY), "{text}");
    }
    assert!(holds(desk.folder.path(), LINKEDIN), "the files are those that are written to");
    assert!(!holds(desk.folder.path(), KEY));
}

#[tokio::test(start_paused = true)]
async fn a_key_kept_for_the_session_is_gone_after_a_restart_and_can_be_given_again() {
    let mut desk = Desk::bare();
    desk.keychain.is_absent.store(true, Ordering::Relaxed);
    assert_eq!(desk.connect(KEY).await.unwrap_err().code, ErrorCode::NoKeychain);
    assert_eq!(desk.connected_accounts(), []);
    let account = desk.connect_for_this_session().await.unwrap();
    desk.settle().await;
    let post = desk.scheduled("12:00").await;
    desk.restart().await;
    assert_eq!(desk.account().health.state, HealthState::NeedsKey);
    desk.app.reschedule(&desk.id(&post), at("14:00")).unwrap();
    desk.pass(TimeDelta::minutes(5)).await;
    assert_eq!(desk.practice.requests(), []);
    assert!(!holds(desk.folder.path(), KEY));

    desk.app.replace_key(&account, &SecretString::from(KEY), KeepKey::Session).await.unwrap();
    desk.pass(TimeDelta::seconds(5)).await;
    assert_eq!(desk.puts().len(), 1);
    assert_eq!(desk.account().health.state, HealthState::Ok);
}

#[tokio::test(start_paused = true)]
async fn an_account_whose_keychain_is_gone_can_take_a_key_for_the_session_or_be_removed() {
    let desk = Desk::connected().await;
    desk.keychain.is_absent.store(true, Ordering::Relaxed);
    let account = desk.account().id;
    desk.app.replace_key(&account, &SecretString::from(KEY), KeepKey::Session).await.unwrap();
    assert_eq!(desk.account().key_kept, KeepKey::Session);

    let desk = Desk::connected().await;
    desk.keychain.is_absent.store(true, Ordering::Relaxed);
    desk.app.disconnect(&desk.account().id).await.unwrap();
    assert_eq!(desk.connected_accounts(), []);
}

#[tokio::test(start_paused = true)]
async fn a_keychain_that_is_locked_keeps_an_account_from_being_connected_or_removed() {
    let desk = Desk::bare();
    desk.keychain.is_locked.store(true, Ordering::Relaxed);
    assert_eq!(desk.connect(KEY).await.unwrap_err().code, ErrorCode::KeychainLocked);
    assert_eq!(desk.connected_accounts(), []);

    desk.keychain.is_locked.store(false, Ordering::Relaxed);
    let account = desk.connect(KEY).await.unwrap();
    desk.keychain.is_locked.store(true, Ordering::Relaxed);
    let removed = desk.app.disconnect(&account).await;
    assert_eq!(removed.unwrap_err().code, ErrorCode::KeychainLocked);
    desk.keychain.is_locked.store(false, Ordering::Relaxed);
    assert!(desk.keychain.get(&account).await.unwrap().is_some(), "nothing was removed");
    assert_eq!(desk.connected_accounts().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_key_replaced_while_the_old_one_is_being_refused_is_used() {
    const NEW: &str = "sk_new.0123456789";
    let desk = Desk::connected().await;
    let post = desk.scheduled("12:00").await;
    desk.practice.fault(Fault::once(Match::method("PUT"), What::Delay(10_000)));
    desk.app.reschedule(&desk.id(&post), at("14:00")).unwrap();
    desk.pass(TimeDelta::seconds(1)).await;
    let service = desk.practice.postpost();
    service.add_user(NEW, Plan::Pro);
    service.add_connection(NEW, LINKEDIN, "studio", "Studio");
    let (account, new) = (desk.account(), SecretString::from(NEW));
    desk.app.replace_key(&account.id, &new, account.key_kept).await.unwrap();
    let same = SeedPost {
        status: PostStatus::Scheduled,
        scheduled_time: Some(at("12:00")),
        ..filled(SeedPost::default())
    };
    service.add_post_with_id(NEW, &post, same);
    service.remove_user(KEY);
    desk.pass(TimeDelta::minutes(1)).await;
    assert_eq!(desk.account().health.state, HealthState::Ok);
    assert_eq!(desk.shown(&post).confirmed.time, Some(at("14:00")));
}
