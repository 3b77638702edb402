//! A day of looking for news with the window in front, on a clock that runs as fast as it can:
//! how many requests each service gets, beside what its documents allow.

use std::{
    fmt::Write,
    sync::{Arc, Mutex},
    time::Duration,
};

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use http::{Request, Response};
use rundown_core::{
    App, ConnectForm, Seams,
    clock::{Clock, SystemClock},
    model::{KeepKey, ServiceKind},
    secrets::SessionSecrets,
    service::{Counted, RequestLimit, ServiceCatalogue, ServiceInfo},
};
use rundown_practice::{
    Practice, postato,
    posteverywhere::{self, Filters},
    postpost::{self, Plan},
    publora,
};
use rundown_services::{Catalogue, Limits, Transport, TransportError};
use rundown_tests::{Result, RouterTransport};
use tokio::time::Instant;

const POSTS: usize = 10_000;
const DAY: Duration = Duration::from_secs(24 * 60 * 60);
const POSTPOST_KEY: &str = "sk_bench.0123456789abcdef";
const PUBLORA_KEY: &str = "sk_bench.fedcba9876543210";
const POSTATO_KEY: &str = "smcp_0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
const POSTEVERYWHERE_KEY: &str = "pe_live_0123456789abcdef0123456789abcdef";
const WORKSPACE: &str = "wks_01HV7Y3M8Q2K4N6P8R0T2V4X6Z";
const ACCOUNT: &str = "acc_01HV7Y4A1B3C5D7E9F1G3H5J7K";

/// Lets two days go by, and says what they took: one at four services, and one at PostEverywhere
/// where it heeds no filter, so that what goes out soon can only be found by listing everything.
pub async fn measure() -> Result<String> {
    tokio::task::spawn_blocking(|| {
        let four = ["postpost", "publora", "postato", "posteverywhere"];
        let mut told = day(&four, Filters::Honoured)?;
        told += "Where PostEverywhere heeds no filter:\n";
        told += &day(&["posteverywhere"], Filters::Ignored)?;
        Ok(told)
    })
    .await?
}

fn day(services: &[&str], filters: Filters) -> Result<String> {
    tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build()?.block_on(
        async {
            let practice = Practice::new(rundown_practice::Clock::manual(SystemClock.now()));
            practice.posteverywhere().set(|settings| settings.filters = filters);
            fill(&practice);
            let began = practice.clock().now();
            let clock = QuickClock { began: Instant::now(), start: began };
            let wire = Arc::new(Wire {
                router: RouterTransport::new(practice.router(), Limits::default()),
                practice: practice.clone(),
                clock: clock.clone(),
                asked: Mutex::default(),
            });
            let folder = tempfile::tempdir()?;
            let app = App::open(
                &folder.path().join("rundown.db"),
                Seams {
                    clock: Arc::new(clock),
                    catalogue: Arc::new(Catalogue::new(Arc::clone(&wire) as Arc<dyn Transport>)),
                    keychain: Arc::new(SessionSecrets::default()),
                },
            )?;
            app.set_in_front(true);
            for service in services {
                app.connect(form(service)).await?;
            }
            // What connecting itself asks is the user's, not a poll's.
            wire.asked.lock().map_err(|_| "a request failed")?.clear();
            tokio::time::sleep(DAY).await;
            app.stop();
            let asked = wire.asked.lock().map_err(|_| "a request failed")?;
            let known = Catalogue::new(Arc::clone(&wire) as Arc<dyn Transport>).services();
            let of_each = services.iter().filter_map(|kind| {
                let info = known.iter().find(|info| info.kind.0 == *kind)?;
                let prefix = format!("/{kind}/");
                let of_it = asked.iter().filter(|(path, _)| path.starts_with(&prefix));
                Some(line(info, &of_it.map(|(_, at)| *at).collect::<Vec<_>>()))
            });
            Ok(of_each.collect())
        },
    )
}

/// What a service got.
fn line(info: &ServiceInfo, asked: &[DateTime<Utc>]) -> String {
    let mut line = format!("  {}: {} requests in a day", info.name, asked.len());
    let of_all = info.limits.iter().filter(|limit| limit.counts == Counted::All);
    for RequestLimit { requests, per, .. } in of_all {
        let most = most_within(asked, *per);
        let share = requests / 3;
        let met = if most <= share as usize { "met" } else { "NOT MET" };
        let _ = write!(
            line,
            "; at most {most} within {} s, a third is {share}, {met}",
            per.num_seconds()
        );
    }
    line + "\n"
}

/// The most requests within any span of that length.
fn most_within(asked: &[DateTime<Utc>], span: TimeDelta) -> usize {
    let after = |at: DateTime<Utc>| asked.partition_point(|other| *other < at + span);
    asked.iter().enumerate().map(|(index, at)| after(*at) - index).max().unwrap_or(0)
}

fn form(service: &str) -> ConnectForm {
    let (base, key) = match service {
        "postpost" => (postpost::BASE, POSTPOST_KEY),
        "publora" => (publora::BASE, PUBLORA_KEY),
        "postato" => (postato::BASE, POSTATO_KEY),
        _ => (posteverywhere::BASE, POSTEVERYWHERE_KEY),
    };
    ConnectForm {
        kind: ServiceKind(service.to_owned()),
        label: String::new(),
        base_url: format!("https://practice.example{base}"),
        key: key.into(),
        keep: KeepKey::Session,
        workspace: None,
        managed_user: String::new(),
    }
}

/// Gives each service 10,000 posts, spread over 90 days to either side of now.
fn fill(practice: &Practice) {
    let now = practice.clock().now();
    let step = TimeDelta::days(180) / 10_000;
    let times = || (0..POSTS).map(move |index| now - TimeDelta::days(90) + step * index as i32);
    let channel = "linkedin-Tz9W5i6ZYG".to_owned();
    let (postpost, publora) = (practice.postpost(), practice.publora());
    postpost.add_user(POSTPOST_KEY, Plan::Premium);
    postpost.add_connection(POSTPOST_KEY, &channel, "studio", "Studio");
    publora.add_user(PUBLORA_KEY, Plan::Premium);
    publora.add_connection(PUBLORA_KEY, &channel, "studio", "Studio");
    let postato = practice.postato();
    postato.add_key(POSTATO_KEY);
    postato.add_workspace(POSTATO_KEY, WORKSPACE, "Main Brand");
    postato.add_account(WORKSPACE, ACCOUNT, "twitter", "@studio", "Studio");
    let posteverywhere = practice.posteverywhere();
    posteverywhere.add_key(POSTEVERYWHERE_KEY);
    posteverywhere.add_account(POSTEVERYWHERE_KEY, 2280, "linkedin", "Studio");
    for time in times() {
        let is_ahead = time > now;
        let of_family = |ahead, past| postpost::SeedPost {
            content: "A post like any other.".to_owned(),
            status: if is_ahead { ahead } else { past },
            scheduled_time: Some(time),
            platforms: vec![channel.clone()],
            ..Default::default()
        };
        let (ahead, past) = (postpost::PostStatus::Scheduled, postpost::PostStatus::Published);
        postpost.add_post(POSTPOST_KEY, of_family(ahead, past));
        publora.add_post(PUBLORA_KEY, of_family(ahead, past));
        let (ahead, past) = (postato::PostStatus::Scheduled, postato::PostStatus::Published);
        postato.add_post(
            WORKSPACE,
            postato::SeedPost {
                account_id: ACCOUNT.to_owned(),
                texts: vec!["A post like any other.".to_owned()],
                status: if is_ahead { ahead } else { past },
                scheduled_at: Some(time),
                ..Default::default()
            },
        );
        let (ahead, past) =
            (posteverywhere::PostStatus::Scheduled, posteverywhere::PostStatus::Published);
        posteverywhere.add_post(
            POSTEVERYWHERE_KEY,
            posteverywhere::SeedPost {
                content: "A post like any other.".to_owned(),
                status: if is_ahead { ahead } else { past },
                scheduled_for: Some(time),
                account_ids: vec![2280],
                ..Default::default()
            },
        );
    }
}

/// Goes by the runtime's paused time, which runs ahead whenever nothing is left to do.
#[derive(Clone, Debug)]
struct QuickClock {
    began: Instant,
    start: DateTime<Utc>,
}

#[async_trait]
impl Clock for QuickClock {
    fn now(&self) -> DateTime<Utc> {
        self.start + TimeDelta::from_std(self.began.elapsed()).unwrap_or_default()
    }

    async fn sleep_towards(&self, time: DateTime<Utc>) {
        let left = (time - self.now()).to_std().unwrap_or(Duration::ZERO);
        tokio::time::sleep(left.min(Duration::from_secs(30))).await;
    }
}

/// The way to the practice services, at their time, with a list of what was asked when.
struct Wire {
    router: RouterTransport,
    practice: Practice,
    clock: QuickClock,
    asked: Mutex<Vec<(String, DateTime<Utc>)>>,
}

#[async_trait]
impl Transport for Wire {
    async fn send(
        &self,
        request: Request<Vec<u8>>,
    ) -> std::result::Result<Response<Vec<u8>>, TransportError> {
        let now = self.clock.now();
        self.practice.clock().set(now);
        self.practice.tick();
        if let Ok(mut asked) = self.asked.lock() {
            asked.push((request.uri().path().to_owned(), now));
        }
        self.practice.clear_requests();
        self.router.send(request).await
    }
}
