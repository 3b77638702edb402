//! The first sync of an account over HTTP, beside a bare client that fetches the same pages one
//! after another and does nothing with them.

use std::{
    fs,
    io::Read,
    process::Stdio,
    sync::{Arc, Mutex},
    time::Instant,
};

use async_trait::async_trait;
use http::{Request, Response};
use rundown_core::{
    App, ConnectForm, Seams,
    clock::{Clock, SystemClock},
    events::Event,
    model::{KeepKey, ServiceKind},
    secrets::SessionSecrets,
};
use rundown_practice::{Fault, Match, Practice, What, postpost, seed};
use rundown_services::{Catalogue, HttpTransport, Transport, TransportError};
use rundown_tests::{API_KEY, Result};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
    sync::broadcast::error::RecvError,
};

use crate::statistics::{median, milliseconds, span};
use crate::table::{Bar, Row};

/// How many posts the service in a process of its own is to have, and how many milliseconds it takes
/// for each answer: `10000 0`.
pub const SERVE: &str = "RUNDOWN_BENCH_SERVE";
const POSTS: usize = 10_000;
const FEW: usize = 1_000;
const ROUNDS: usize = 7;

/// Serves as it is told until nobody holds this process's input any more.
pub async fn serve(told: &str) -> Result {
    let (posts, delay) = told.split_once(' ').ok_or("how many posts, and how slow?")?;
    let practice = Practice::new(rundown_practice::Clock::system());
    seed::bulk(&practice, API_KEY, posts.parse()?, practice.clock().now());
    let delay = delay.parse()?;
    if delay > 0 {
        practice.fault(Fault::always(Match::any(), What::Delay(delay)));
    }
    let running = practice.serve(([127, 0, 0, 1], 0).into()).await?;
    println!("{}", running.url(postpost::BASE));
    tokio::task::spawn_blocking(|| std::io::stdin().read_to_end(&mut Vec::new())).await??;
    running.stop().await;
    Ok(())
}

/// Measures it, with a service that answers at once and with one as far away as a network is.
pub async fn measure() -> Result<[Row; 2]> {
    Ok([beside_a_bare_client(0).await?, beside_a_bare_client(25).await?])
}

async fn beside_a_bare_client(delay: u64) -> Result<Row> {
    let (_few, few) = service(FEW, delay).await?;
    let (_many, many) = service(POSTS, delay).await?;
    let grown_by_few = grown_while(sync(&few)).await?;
    let grown = grown_while(sync(&many)).await?;

    let (mut ours, mut theirs, mut synced) = (Vec::new(), Vec::new(), Synced::default());
    for _ in 0..ROUNDS {
        let started = Instant::now();
        synced = sync(&many).await?;
        ours.push(milliseconds(started.elapsed()));

        let started = Instant::now();
        fetch(&synced.asked).await?;
        theirs.push(milliseconds(started.elapsed()));
    }
    Ok(Row {
        what: format!("First sync of {POSTS} posts, {delay} ms away"),
        ours: median(&ours),
        beside: ("bare client", median(&theirs)),
        bar: Bar::Times(1.5),
        note: format!(
            "medians of {ROUNDS} in turn ({}, and {}), over HTTP from another process, {} requests \
             each, {} posts kept. Progress was told {} times. The resident set grows by {:.1} MiB \
             at most, with {FEW} posts by {:.1} MiB.",
            span(&ours),
            span(&theirs),
            synced.asked.len(),
            synced.posts,
            synced.told,
            grown.max(0.0),
            grown_by_few.max(0.0),
        ),
    })
}

/// A service with that many posts in a process of its own, and its address.
async fn service(posts: usize, delay: u64) -> Result<(Child, String)> {
    let mut child = Command::new(std::env::current_exe()?)
        .env(SERVE, format!("{posts} {delay}"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()?;
    let said = child.stdout.take().ok_or("the service has no output")?;
    let address = BufReader::new(said).lines().next_line().await?;
    Ok((child, address.ok_or("the service did not say where it is")?))
}

/// What a first sync came to.
#[derive(Debug, Default)]
struct Synced {
    /// The addresses that were asked, in order.
    asked: Vec<String>,
    posts: usize,
    /// How often it said how far it was.
    told: usize,
}

/// The network, with a list of what was asked.
#[derive(Debug, Default)]
struct Tap {
    network: HttpTransport,
    asked: Mutex<Vec<String>>,
}

#[async_trait]
impl Transport for Tap {
    async fn send(
        &self,
        request: Request<Vec<u8>>,
    ) -> std::result::Result<Response<Vec<u8>>, TransportError> {
        if let Ok(mut asked) = self.asked.lock() {
            asked.push(request.uri().to_string());
        }
        self.network.send(request).await
    }
}

/// Connects an account with an empty store and waits until everything was read.
async fn sync(base_url: &str) -> Result<Synced> {
    let folder = tempfile::tempdir()?;
    let tap = Arc::new(Tap::default());
    let seams = Seams {
        clock: Arc::new(SystemClock),
        catalogue: Arc::new(Catalogue::new(Arc::clone(&tap) as Arc<dyn Transport>)),
        keychain: Arc::new(SessionSecrets::default()),
    };
    let app = App::open(&folder.path().join("rundown.db"), seams)?;
    let mut events = app.events();
    let form = ConnectForm {
        kind: ServiceKind("postpost".to_owned()),
        label: "Studio".to_owned(),
        base_url: base_url.to_owned(),
        key: API_KEY.into(),
        keep: KeepKey::Session,
        workspace: None,
        managed_user: String::new(),
    };
    app.connect(form).await?;
    let mut synced = Synced::default();
    loop {
        match events.recv().await {
            Ok(Event::AccountsChanged) | Err(RecvError::Lagged(_)) => {
                let progress = app.accounts()?.first().and_then(|account| account.progress);
                match progress {
                    Some(_) => synced.told += 1,
                    None if synced.told > 0 => break,
                    None => {}
                }
            }
            Ok(_) => {}
            Err(error) => return Err(error.into()),
        }
    }
    app.stop();
    let now = SystemClock.now();
    let half_year = chrono::TimeDelta::days(180);
    synced.posts = app.posts_in_range(now - half_year, now + half_year)?.len();
    synced.asked = tap.asked.lock().map(|asked| asked.clone()).unwrap_or_default();
    Ok(synced)
}

/// Fetches every address, one after another.
#[expect(clippy::disallowed_methods, reason = "it is what the app's own client is compared with")]
async fn fetch(addresses: &[String]) -> Result {
    let client = reqwest::Client::builder().no_proxy().build()?;
    for address in addresses {
        let answer = client.get(address).header("x-api-key", API_KEY).send().await?;
        answer.error_for_status()?.bytes().await?;
    }
    Ok(())
}

/// By how many MiB the resident set of this process grows at most while that is done.
async fn grown_while(done: impl Future<Output = Result<Synced>>) -> Result<f64> {
    // Resets the peak (proc(5)).
    fs::write("/proc/self/clear_refs", "5")?;
    let before = resident("VmRSS")?;
    done.await?;
    Ok((resident("VmHWM")? - before) / 1024.0)
}

/// A figure of this process in KiB.
fn resident(name: &str) -> Result<f64> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    let figure = line.and_then(|line| line.split_whitespace().next());
    Ok(figure.ok_or("the system does not say how much memory this takes")?.parse()?)
}
