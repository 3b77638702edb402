//! `cargo xtask demo`: connects the practice server's accounts, with keys for this session only.

use std::sync::Arc;

use chrono::TimeDelta;
use rundown_core::clock::{Clock, SystemClock};
use rundown_core::model::{KeepKey, RemoteId, ServiceKind, Workspace};
use rundown_core::{App, ChannelForm, ConnectForm, Error, NewPostForm};
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
        if let Err(error) = fill_this_computer(&app) {
            tracing::error!(%error, "This computer could not be filled");
        }
    });
}

/// Names two channels that no service reaches, and plans a few posts for them around now.
fn fill_this_computer(app: &App) -> Result<(), Error> {
    let Some(state) = app.accounts()?.into_iter().find(|it| it.account.is_this_computer()) else {
        return Ok(());
    };
    let account = state.account.id;
    let mut channels = Vec::new();
    for (network, name) in [("telegram", "Neighbours"), ("reddit", "r/localfood")] {
        let form = ChannelForm { network: network.to_owned(), name: name.to_owned() };
        channels.push(app.add_channel(&account, &form)?.id);
    }
    for (channel, text, ahead) in [
        (0, "The market hall is closed today, we are at the river from ten.", Some(1)),
        (1, "We bake with flour from three farms nearby. Ask us anything on Friday.", Some(180)),
        (0, "Who has a spare gazebo for the summer party?", Some(26 * 60)),
        (1, "What would you plant between the tram tracks?", None),
    ] {
        app.create_post(&NewPostForm {
            account: account.clone(),
            channels: vec![channels[channel].clone()],
            text: text.to_owned(),
            time: ahead.map(|minutes| SystemClock.now() + TimeDelta::minutes(minutes)),
        })?;
    }
    Ok(())
}
