//! The tray: what is due by hand, what goes out next, Open, Quit. Everything is in the menu, since a
//! tray on Linux may send no clicks.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Local, TimeDelta, Utc};
use rundown_core::clock::{Clock, SystemClock};
use rundown_core::model::PostId;
use rundown_core::{App, NextPost, Pause};
use tauri::menu::{Menu, MenuBuilder, MenuItemBuilder};
use tauri::tray::TrayIconBuilder;
use tauri::{AppHandle, Manager, Wry};

use crate::{Failure, quit, window};

const ID: &str = "rundown";
const OPEN: &str = "open";
const PAUSES: &str = "pauses";
const QUIT: &str = "quit";
const POST: &str = "post:";
/// How many posts the menu lists.
const POSTS: u32 = 5;

/// The lines that the menu shows, so that it is only rebuilt for news.
#[derive(Default)]
struct Shown(Mutex<Option<Vec<(String, String)>>>);

/// Puts the icon into the tray. Where there is none, Rundown works without.
pub fn build(handle: &AppHandle) {
    handle.manage(Shown::default());
    if let Err(error) = try_build(handle) {
        tracing::warn!(%error, "there is no tray");
    }
}

fn try_build(handle: &AppHandle) -> Result<(), Failure> {
    let lines = lines(handle)?;
    let mut builder = TrayIconBuilder::with_id(ID)
        .tooltip("Rundown")
        .menu(&menu(handle, &lines)?)
        .on_menu_event(|handle, event| on_menu(handle, event.id().as_ref()));
    if let Some(icon) = handle.default_window_icon() {
        builder = builder.icon(icon.clone());
    }
    builder.build(handle)?;
    Ok(())
}

/// Whether a tray shows our icon, asked anew each time: panels come and go.
pub fn is_there(handle: &AppHandle) -> bool {
    handle.tray_by_id(ID).is_some() && has_watcher()
}

/// On Linux an icon is seen only where something watches for them.
#[cfg(target_os = "linux")]
fn has_watcher() -> bool {
    use std::sync::OnceLock;

    use zbus::blocking::Connection;
    use zbus::blocking::fdo::DBusProxy;

    static BUS: OnceLock<Option<Connection>> = OnceLock::new();

    let Some(bus) = BUS.get_or_init(|| Connection::session().ok()) else { return false };
    let ask = || -> Result<bool, zbus::Error> {
        Ok(DBusProxy::new(bus)?.name_has_owner("org.kde.StatusNotifierWatcher".try_into()?)?)
    };
    ask().unwrap_or(false)
}

#[cfg(not(target_os = "linux"))]
fn has_watcher() -> bool {
    true
}

/// Shows what goes out next, and how soon.
pub fn refresh(handle: &AppHandle) {
    if let Err(error) = try_refresh(handle) {
        tracing::warn!(%error, "the tray menu could not be renewed");
    }
}

fn try_refresh(handle: &AppHandle) -> Result<(), Failure> {
    let Some(tray) = handle.tray_by_id(ID) else { return Ok(()) };
    let lines = lines(handle)?;
    let shown = handle.state::<Shown>();
    let mut shown = shown.0.lock().unwrap_or_else(PoisonError::into_inner);
    if shown.as_ref() != Some(&lines) {
        tray.set_menu(Some(menu(handle, &lines)?))?;
        *shown = Some(lines);
    }
    Ok(())
}

/// The id and text of each line above Open and Quit.
fn lines(handle: &AppHandle) -> Result<Vec<(String, String)>, Failure> {
    let app = handle.state::<Arc<App>>();
    let now = SystemClock.now();
    let id = |post: &NextPost| format!("{POST}{}", post.post);
    let due = app.due_by_hand(POSTS)?;
    let mut lines: Vec<_> = due.iter().map(|post| (id(post), due_line(post))).collect();
    let posts = app.next_posts(POSTS)?;
    lines.extend(posts.iter().map(|post| (id(post), line(post, now))));
    if lines.is_empty() {
        lines.push(("nothing".to_owned(), "Nothing is scheduled".to_owned()));
    }
    let waiting = app.open_change_count()?;
    if waiting > 0 {
        let changes = if waiting == 1 { "change waits" } else { "changes wait" };
        lines.push(("waiting".to_owned(), format!("{waiting} {changes} to be sent")));
    }
    lines.push((PAUSES.to_owned(), pauses_line(&app.pauses()?)));
    Ok(lines)
}

fn menu(handle: &AppHandle, lines: &[(String, String)]) -> Result<Menu<Wry>, tauri::Error> {
    let mut menu = MenuBuilder::new(handle);
    for (id, text) in lines {
        let item = MenuItemBuilder::with_id(id, text)
            .enabled(id.starts_with(POST) || id == PAUSES)
            .build(handle)?;
        menu = menu.item(&item);
    }
    menu.separator().text(OPEN, "Open Rundown").text(QUIT, "Quit").build()
}

fn on_menu(handle: &AppHandle, id: &str) {
    match id {
        OPEN => {
            if let Err(error) = window::show(handle) {
                tracing::error!(%error, "the window could not be shown");
            }
        }
        PAUSES => window::show_pauses(handle),
        QUIT => quit::ask(handle),
        other => {
            if let Some(post) = other.strip_prefix(POST) {
                window::show_post(handle, &PostId::from(post.to_owned()));
            }
        }
    }
}

fn line(post: &NextPost, now: DateTime<Utc>) -> String {
    format!("{} ({}) · {}", local(post.time), countdown(post.time - now), what(post))
}

/// A post that is the user's to publish, and has been since its time.
fn due_line(post: &NextPost) -> String {
    format!("Due now: {} · {}", local(post.time), what(post))
}

/// What is paused as a whole, or how to do that.
fn pauses_line(pauses: &[Pause]) -> String {
    let posts: Vec<_> = pauses.iter().flat_map(|pause| &pause.posts).collect();
    if pauses.is_empty() {
        return "Pause all…".to_owned();
    }
    match posts.iter().filter(|post| post.standing.still_goes_out()).count() {
        0 => "Resume…".to_owned(),
        left => format!("Resume… ({left} of {} still go out)", posts.len()),
    }
}

fn local(time: DateTime<Utc>) -> String {
    time.with_timezone(&Local).format("%a %H:%M").to_string()
}

fn what(post: &NextPost) -> String {
    const LONGEST: usize = 40;
    let mut text: String = post.excerpt.chars().take(LONGEST).collect();
    if post.excerpt.chars().count() > LONGEST {
        text.push('…');
    }
    // A menu takes an underscore for the sign of a shortcut.
    format!("{} · {}", post.channels, text).replace('_', "__")
}

/// “in 5 h 58 min”.
fn countdown(left: TimeDelta) -> String {
    let minutes = left.num_minutes().max(0);
    match (minutes / 1440, minutes / 60 % 24, minutes % 60) {
        (0, 0, 0) => "now".to_owned(),
        (0, 0, minutes) => format!("in {minutes} min"),
        (0, hours, minutes) => format!("in {hours} h {minutes} min"),
        (days, hours, _) => format!("in {days} d {hours} h"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_countdown_names_its_two_largest_units() {
        assert_eq!(countdown(TimeDelta::seconds(20)), "now");
        assert_eq!(countdown(TimeDelta::minutes(14)), "in 14 min");
        assert_eq!(countdown(TimeDelta::minutes(358)), "in 5 h 58 min");
        assert_eq!(countdown(TimeDelta::hours(27)), "in 1 d 3 h");
    }
}
