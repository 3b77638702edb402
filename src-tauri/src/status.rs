//! What the status bar and the banners show.

use rundown_core::App;
use rundown_core::clock::{Clock, SystemClock};
use rundown_core::model::HealthState;
use rundown_core::secrets::SecretStoreState;
use tauri::AppHandle;

use crate::tray;
use crate::wire::{Error, KeychainWord, NextPost, StatusView, rfc3339};

/// How many due posts are named.
const DUE_SHOWN: u32 = 20;

/// The app as a whole, now.
pub async fn status_view(app: &App, handle: &AppHandle) -> Result<StatusView, Error> {
    let mut services = app.accounts()?;
    services.retain(|state| !state.account.is_this_computer());
    let reachable =
        |state: HealthState| !matches!(state, HealthState::Unreachable | HealthState::Checking);
    Ok(StatusView {
        online: services.is_empty()
            || services.iter().any(|state| reachable(state.account.health.state)),
        waiting: app.open_change_count()?,
        next: app.next_posts(1)?.pop().map(NextPost::from),
        due: app.due_by_hand(DUE_SHOWN)?.into_iter().map(NextPost::from).collect(),
        now: rfc3339(SystemClock.now()),
        keychain: match app.keychain_state().await {
            SecretStoreState::Ready => KeychainWord::Ready,
            SecretStoreState::Locked => KeychainWord::Locked,
            SecretStoreState::Absent => KeychainWord::Absent,
        },
        storage_notice: app.set_aside().map(|aside| {
            format!(
                "The database could not be used: {}. It was kept, unchanged, as {}. Rundown began a \
                 new one: connect your accounts again to see your posts. Those of This computer are \
                 only in that file.",
                aside.reason,
                aside.path.display()
            )
        }),
        has_tray: tray::is_there(handle),
    })
}
