//! Rundown's desktop shell: the window, the tray, notifications and the keychain around
//! [`rundown_core::App`]. The only crate that knows Tauri.

mod bridge;
mod closing;
mod commands;
mod demo;
mod failed_start;
mod hand_over;
mod keychain;
mod link;
mod notify;
mod paths;
mod pictures;
mod preferences;
mod process;
mod quit;
mod status;
mod tray;
mod window;
pub mod wire;

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use rundown_core::clock::SystemClock;
use rundown_core::{App, Seams};
use rundown_services::{Catalogue, HttpTransport};
use tauri::{AppHandle, Manager, RunEvent};
use tracing_subscriber::EnvFilter;

use crate::failed_start::FailedStart;
use crate::paths::Paths;
use crate::pictures::Pictures;

/// How long the window's first paint has the computer to itself.
const HEAD_START: Duration = Duration::from_millis(500);

type Failure = Box<dyn std::error::Error>;

/// Runs the app until the user quits it.
pub fn run() -> ExitCode {
    process::prepare();
    tracing_subscriber::fmt()
        .with_env_filter(
            EnvFilter::try_from_env("RUNDOWN_LOG").unwrap_or_else(|_| EnvFilter::new("warn")),
        )
        .with_writer(std::io::stderr)
        .init();
    match build() {
        Ok(app) => {
            app.run(on_run_event);
            ExitCode::SUCCESS
        }
        Err(error) => {
            tracing::error!(%error, "Rundown could not start");
            notify::could_not_start(&error.to_string());
            ExitCode::FAILURE
        }
    }
}

fn build() -> Result<tauri::App, Failure> {
    let paths = Paths::from_env();
    let bindings = commands::bindings();
    let app = tauri::Builder::default()
        .plugin(paths.single_instance())
        .plugin(tauri_plugin_store::Builder::new().build())
        .plugin(tauri_plugin_notification::init())
        .plugin(tauri_plugin_opener::init())
        .plugin(paths.window_state())
        .invoke_handler(bindings.invoke_handler())
        .register_asynchronous_uri_scheme_protocol(
            pictures::SCHEME,
            |context, request, responder| {
                pictures::answer(context.app_handle(), &request, responder);
            },
        )
        .manage(FailedStart::default())
        .manage(quit::State::default())
        .manage(closing::Closing::default())
        .manage(hand_over::Clipboard::default())
        .manage(notify::Shown::default())
        .manage(paths)
        .on_window_event(window::on_event)
        .setup(move |tauri_app| {
            let handle = tauri_app.handle();
            bindings.mount_events(handle);
            match begin(handle) {
                Ok(()) => tray::build(handle),
                Err(error) => failed_start::tell(handle, &error),
            }
            Ok(())
        })
        .build(tauri::generate_context!())?;
    Ok(app)
}

/// Shows the window, unless it is to stay in the tray, and opens the app behind it.
fn begin(handle: &AppHandle) -> Result<(), Failure> {
    handle.state::<Paths>().prepare(handle)?;
    // First, since the web view's processes come up while the rest is opened. The page can ask for
    // nothing before the setup is over.
    if !process::is_hidden_start() {
        window::show(handle)?;
    }
    open(handle)
}

/// Opens the app without a screen and ties it to this one.
fn open(handle: &AppHandle) -> Result<(), Failure> {
    let seams = Seams {
        clock: Arc::new(SystemClock),
        catalogue: Arc::new(Catalogue::new(Arc::<HttpTransport>::default())),
        keychain: Arc::new(keychain::Keychain),
    };
    let database = handle.state::<Paths>().database(handle)?;
    let app = App::open(&database, seams)?;
    handle.manage(Arc::clone(&app));
    handle.manage(Pictures::new(handle.state::<Paths>().pictures(handle)?));
    preferences::apply(handle)?;
    notify::listen(handle)?;
    bridge::connect(handle, &app);
    start(app);
    Ok(())
}

/// Starts the accounts' work once the window has had a moment to itself: what waits to be sent has
/// waited for Rundown to be opened, and the user is looking at the window.
fn start(app: Arc<App>) {
    let head_start = if process::is_hidden_start() { Duration::ZERO } else { HEAD_START };
    tauri::async_runtime::spawn(async move {
        tokio::time::sleep(head_start).await;
        match app.start() {
            Ok(()) => demo::connect_accounts(&app),
            Err(error) => tracing::error!(%error, "the accounts could not be started"),
        }
    });
}

fn on_run_event(handle: &AppHandle, event: RunEvent) {
    match event {
        // The last window closing is no wish to quit where the tray stays; `quit` exits with a code.
        RunEvent::ExitRequested { code: None, api, .. }
            if tray::is_there(handle) || failed_start::is_told(handle) =>
        {
            api.prevent_exit();
        }
        RunEvent::Exit => {
            if let Some(app) = handle.try_state::<Arc<App>>() {
                app.stop();
            }
        }
        _ => {}
    }
}
