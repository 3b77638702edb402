//! What the status bar and the banners show.

use rundown_core::clock::{Clock, SystemClock};
use rundown_core::model::HealthState;
use rundown_core::secrets::SecretStoreState;
use rundown_core::{App, Salvaged, SetAside};
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
        storage_notice: app
            .disk_trouble()
            .borrow()
            .clone()
            .or_else(|| app.set_aside().map(set_aside_notice)),
        has_tray: tray::is_there(handle),
    })
}

/// What became of a database that was damaged.
fn set_aside_notice(aside: &SetAside) -> String {
    let kept = aside.path.display();
    match aside.salvaged {
        Salvaged { accounts: 0, posts: 0, .. } => format!(
            "The database was damaged, and nothing of it could be read. It was kept, unchanged, as \
             {kept}. Rundown began a new one: connect your accounts again to see your posts. Those \
             of This computer are only in that file."
        ),
        Salvaged { accounts, posts, open_changes } => format!(
            "The database was damaged. What was intact is here again: {}, {} and {}. The damaged \
             file was kept, unchanged, as {kept}. Check what you changed last; an account that is \
             missing can be connected again.",
            counted(accounts, "account"),
            counted(posts, "post"),
            counted(open_changes, "waiting change"),
        ),
    }
}

fn counted(count: u32, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}
