//! `cargo xtask demo`: connects the practice server's accounts, with keys for this session only.

use std::sync::Arc;

use rundown_core::model::{KeepKey, RemoteId, ServiceKind, Workspace};
use rundown_core::{App, ConnectForm};
use secrecy::SecretString;
use serde::Deserialize;

/// What `RUNDOWN_DEMO` holds: the line that the practice server prints.
#[derive(Deserialize)]
struct Practice {
    accounts: Vec<PracticeAccount>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PracticeAccount {
    service: String,
    base_url: String,
    label: String,
    key: SecretString,
    workspace: Option<PracticeWorkspace>,
}

#[derive(Deserialize)]
struct PracticeWorkspace {
    id: String,
    name: String,
}

/// Connects the accounts named by `RUNDOWN_DEMO`, if it is set.
pub fn connect_accounts(app: &Arc<App>) {
    let Ok(text) = std::env::var("RUNDOWN_DEMO") else { return };
    let practice: Practice = match serde_json::from_str(&text) {
        Ok(practice) => practice,
        Err(error) => return tracing::error!(%error, "RUNDOWN_DEMO can’t be read"),
    };
    let app = Arc::clone(app);
    tauri::async_runtime::spawn(async move {
        for account in practice.accounts {
            let form = ConnectForm {
                kind: ServiceKind(account.service),
                label: account.label,
                base_url: account.base_url,
                key: account.key,
                keep: KeepKey::Session,
                workspace: account.workspace.map(|workspace| Workspace {
                    id: RemoteId(workspace.id),
                    name: workspace.name,
                }),
                managed_user: String::new(),
            };
            if let Err(error) = app.connect(form).await {
                tracing::error!(%error, "a practice account could not be connected");
            }
        }
    });
}
