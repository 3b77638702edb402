//! What the status bar and the banners show.

use rundown_core::App;
use rundown_core::clock::{Clock, SystemClock};
use rundown_core::model::HealthState;
use rundown_core::secrets::SecretStoreState;
use tauri::AppHandle;

use crate::tray;
use crate::wire::{Error, KeychainWord, NextPost, StatusView, rfc3339};

/// The app as a whole, now.
pub async fn status_view(app: &App, handle: &AppHandle) -> Result<StatusView, Error> {
    let accounts = app.accounts()?;
    let reachable =
        |state: HealthState| !matches!(state, HealthState::Unreachable | HealthState::Checking);
    let next = app.next_posts(1)?.pop().map(|post| NextPost {
        post: post.post.to_string(),
        channel: post.channels,
        time: rfc3339(post.time),
    });
    Ok(StatusView {
        online: accounts.is_empty()
            || accounts.iter().any(|state| reachable(state.account.health.state)),
        waiting: app.open_change_count()?,
        next,
        now: rfc3339(SystemClock.now()),
        keychain: match app.keychain_state().await {
            SecretStoreState::Ready => KeychainWord::Ready,
            SecretStoreState::Locked => KeychainWord::Locked,
            SecretStoreState::Absent => KeychainWord::Absent,
        },
        storage_notice: app.set_aside().map(|aside| {
            format!(
                "The database could not be used: {}. It was kept, unchanged, as {}. Rundown began a \
                 new one: connect your accounts again to see your posts.",
                aside.reason,
                aside.path.display()
            )
        }),
        has_tray: tray::is_there(handle),
    })
}
