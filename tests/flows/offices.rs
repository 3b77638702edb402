//! The other services at the desk: an account with one channel at each, and its posts.

use chrono::TimeDelta;
use rundown_core::model::{AccountId, KeepKey, Post, PostId, Problem, ServiceKind, SyncState};
use rundown_core::{ConnectForm, Connected};
use rundown_practice::{Recorded, postato, posteverywhere, postpost, publora};
use secrecy::SecretString;

use crate::desk::{Desk, KEY, at};

pub const PUBLORA_KEY: &str = "sk_publora.0123456789abcdef";
pub const POSTATO_KEY: &str =
    "smcp_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
pub const POSTEVERYWHERE_KEY: &str = "pe_live_0123456789abcdef0123456789abcdef";
pub const BRAND: &str = "wks_01HV7Y3M8Q2K4N6P8R0T2V4X6Z";
pub const AGENCY: &str = "wks_01HV7Y3M8Q2K4N6P8R0T2V4X7A";
const ACCOUNT: &str = "acc_01HV7Y4A1B3C5D7E9F1G3H5J7K";

pub fn form(kind: &str, base: &str, key: &str) -> ConnectForm {
    ConnectForm {
        kind: ServiceKind(kind.to_owned()),
        label: String::new(),
        base_url: format!("https://practice.example{base}"),
        key: SecretString::from(key),
        keep: KeepKey::Keychain,
        workspace: None,
        managed_user: String::new(),
    }
}

pub fn publora_form() -> ConnectForm {
    form("publora", publora::BASE, PUBLORA_KEY)
}

pub fn postato_form() -> ConnectForm {
    form("postato", postato::BASE, POSTATO_KEY)
}

pub fn posteverywhere_form() -> ConnectForm {
    form("posteverywhere", posteverywhere::BASE, POSTEVERYWHERE_KEY)
}

pub async fn connect(desk: &Desk, form: ConnectForm) -> AccountId {
    match desk.app.connect(form).await.unwrap() {
        Connected::Account(account) => account,
        Connected::ChooseWorkspace(workspaces) => panic!("{workspaces:?} are to be chosen from"),
    }
}

/// Connects the four accounts that [`one_post_each`] makes.
pub async fn connect_all(desk: &Desk) {
    desk.connect(KEY).await.unwrap();
    connect(desk, publora_form()).await;
    connect(desk, postato_form()).await;
    connect(desk, posteverywhere_form()).await;
}

/// A Postato key that opens two workspaces, the first with a channel.
pub fn two_workspaces(desk: &Desk) {
    let postato = desk.practice.postato();
    postato.add_key(POSTATO_KEY);
    postato.add_workspace(POSTATO_KEY, BRAND, "Main Brand");
    postato.add_workspace(POSTATO_KEY, AGENCY, "Agency");
    postato.add_account(BRAND, ACCOUNT, "twitter", "@studio", "Studio");
}

/// One scheduled post at each service, each for noon.
pub fn one_post_each(desk: &Desk) -> [String; 4] {
    let (text, noon) = ("One post each".to_owned(), Some(at("12:00")));
    let family = postpost::SeedPost {
        content: text.clone(),
        status: postpost::PostStatus::Scheduled,
        scheduled_time: noon,
        platforms: vec!["linkedin-Tz9W5i6ZYG".to_owned()],
        ..Default::default()
    };
    let publora = desk.practice.publora();
    publora.add_user(PUBLORA_KEY, postpost::Plan::Pro);
    publora.add_connection(PUBLORA_KEY, "linkedin-Tz9W5i6ZYG", "studio", "Studio");
    let postato = desk.practice.postato();
    two_workspaces(desk);
    postato.remove_workspace(POSTATO_KEY, AGENCY);
    let posteverywhere = desk.practice.posteverywhere();
    posteverywhere.add_key(POSTEVERYWHERE_KEY);
    posteverywhere.add_account(POSTEVERYWHERE_KEY, 2280, "linkedin", "Studio");
    [
        desk.practice.postpost().add_post(KEY, family.clone()),
        publora.add_post(PUBLORA_KEY, family),
        postato.add_post(
            BRAND,
            postato::SeedPost {
                account_id: ACCOUNT.to_owned(),
                texts: vec![text.clone()],
                status: postato::PostStatus::Scheduled,
                scheduled_at: noon,
                ..postato::SeedPost::default()
            },
        ),
        posteverywhere.add_post(
            POSTEVERYWHERE_KEY,
            posteverywhere::SeedPost {
                content: text,
                status: posteverywhere::PostStatus::Scheduled,
                scheduled_for: noon,
                account_ids: vec![2280],
                ..posteverywhere::SeedPost::default()
            },
        ),
    ]
}

/// A desk with one account, and its post for noon.
pub struct Office {
    pub desk: Desk,
    pub remote: String,
    pub post: PostId,
}

impl Office {
    pub async fn at_publora() -> Self {
        let desk = Desk::bare();
        let [_, remote, ..] = one_post_each(&desk);
        connect(&desk, publora_form()).await;
        Self::read(desk, remote).await
    }

    pub async fn at_postato() -> Self {
        let desk = Desk::bare();
        let [_, _, remote, _] = one_post_each(&desk);
        connect(&desk, postato_form()).await;
        Self::read(desk, remote).await
    }

    pub async fn at_posteverywhere() -> Self {
        let desk = Desk::bare();
        let [.., remote] = one_post_each(&desk);
        connect(&desk, posteverywhere_form()).await;
        Self::read(desk, remote).await
    }

    async fn read(desk: Desk, remote: String) -> Self {
        desk.pass(TimeDelta::seconds(5)).await;
        desk.practice.clear_requests();
        let post = desk.id(&remote);
        Self { desk, remote, post }
    }

    pub fn shown(&self) -> Post {
        self.desk.app.posts(std::slice::from_ref(&self.post)).unwrap().remove(0)
    }

    pub fn writes(&self) -> Vec<Recorded> {
        let mut requests = self.desk.practice.requests();
        requests.retain(|request| request.method != "GET");
        requests
    }

    pub fn problem(&self) -> Problem {
        match self.shown().sync {
            SyncState::NeedsYou { problem, .. } => problem,
            other => panic!("no problem is shown: {other:?}"),
        }
    }
}
