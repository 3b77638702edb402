//! The promises, checked on every request and once all has come to rest.

use std::collections::BTreeMap;
use std::sync::atomic::Ordering;

use chrono::{DateTime, TimeDelta, Utc};
use rundown_core::model::{Post, PostStatus, SyncState, same_text};
use rundown_practice::Recorded;

use super::truth::{self, Is, There};
use super::world::{Wanted, World};
use crate::delays::{HELD_UP, TIMES};
use crate::desk::KEY;
use crate::offices::{POSTATO_KEY, POSTEVERYWHERE_KEY, PUBLORA_KEY};

/// Every service here takes two minutes to be sure of a change.
const LEAD: TimeDelta = TimeDelta::minutes(2);
/// A request takes a moment to arrive.
const ON_THE_WAY: TimeDelta = TimeDelta::seconds(1);

/// Why a request should never have been sent; none where it is right.
pub fn of_request(request: &Recorded, ahead: TimeDelta) -> Option<String> {
    if request.method == "GET" {
        return None;
    }
    let time = time_sent(request)?;
    let is_creation = request.method == "POST"
        && (request.path.ends_with("/create-post") || request.path.ends_with("/posts"));
    if is_creation && !request.headers.contains_key("idempotency-key") {
        return Some(format!("what can be made twice was made to go out: {:?}", request.body));
    }
    // What was held up on the way was right when it was sent.
    let is_held_up = request.headers.contains_key(HELD_UP);
    let ours = if is_held_up { request.at } else { request.at - ahead };
    let later = request.at.max(ours);
    (time < later + LEAD - ON_THE_WAY).then(|| {
        format!(
            "a time that had come was sent: {time} at {later}: {} {}",
            request.method, request.path
        )
    })
}

/// How old what was read of a post may be when it is written.
const READ_WITHIN: TimeDelta = TimeDelta::minutes(6);

/// Whether a request armed a post long enough after it was paused elsewhere to have seen that.
pub fn is_armed_again(request: &Recorded, paused_at: DateTime<Utc>) -> bool {
    request.applied && time_sent(request).is_some() && request.at > paused_at + READ_WITHIN
}

/// The time for which a request wants a post to go out.
pub fn time_sent(request: &Recorded) -> Option<DateTime<Utc>> {
    TIMES.into_iter().find_map(|name| request.body.get(name)?.as_str()?.parse().ok())
}

/// Everything that is not as it was promised, now that nothing is under way.
pub fn at_rest(world: &mut World) -> Vec<String> {
    let mut broken = Vec::new();
    let there = truth::everything(&world.desk.practice);
    let open = world.desk.app.open_changes().unwrap();
    if !open.is_empty() {
        broken.push(format!("{} changes never come to rest: {open:?}", open.len()));
    }
    screen_is_the_truth(world, &there, &mut broken);
    nothing_went_out_twice(&there, &mut broken);
    nothing_was_lost(world, &mut broken);
    no_key_was_seen(world, &mut broken);
    for violation in world.desk.practice.violations() {
        broken.push(format!("no client should send this: {violation:?}"));
    }
    if world.desk.road.most_under_way.load(Ordering::Relaxed) > 1 {
        broken.push("two requests of one account were under way at once".to_owned());
    }
    broken
}

fn screen_is_the_truth(world: &World, there: &[There], broken: &mut Vec<String>) {
    let posts = world.posts();
    for post in &posts {
        let Some(remote) = &post.remote else { continue };
        let service = world.service_of(post);
        if service == "this-computer" {
            continue;
        }
        let is_it = |it: &&There| it.service == service && it.remote == remote.as_str();
        let Some(found) = there.iter().find(is_it) else {
            broken.push(format!("a post is shown that is gone at its service: {post:?}"));
            continue;
        };
        let same_status = match post.confirmed.status {
            PostStatus::Draft => found.status == Is::Draft,
            PostStatus::Scheduled => found.status == Is::Scheduled,
            PostStatus::Cancelled => found.status == Is::Cancelled,
            _ => found.status == Is::Out,
        };
        let same_time = found.status != Is::Scheduled
            || post.confirmed.time.map(|it| it.timestamp()) == found.time.map(|it| it.timestamp());
        if !same_status || !same_time || !same_text(&post.text, &found.text) {
            broken.push(format!("the screen lies:\n  shown {post:?}\n  there {found:?}"));
        }
    }
    for found in there {
        let is_known = posts.iter().any(|post| {
            let remote = post.remote.as_ref().map(|remote| remote.as_str());
            world.service_of(post) == found.service && remote == Some(&found.remote)
        });
        // A post that went out more than a while ago is not asked for.
        if !is_known && matches!(found.status, Is::Draft | Is::Scheduled) {
            broken.push(format!("a post is not shown: {found:?}"));
        }
    }
}

/// A text is given to one post alone.
fn nothing_went_out_twice(there: &[There], broken: &mut Vec<String>) {
    let mut armed: BTreeMap<&str, u32> = BTreeMap::new();
    for found in there {
        let is_made_here = found.text.starts_with("Text ");
        if is_made_here && matches!(found.status, Is::Scheduled | Is::Out) {
            *armed.entry(&found.text).or_default() += 1;
        }
    }
    for (text, count) in armed.into_iter().filter(|(_, count)| *count > 1) {
        broken.push(format!("“{text}” goes out {count} times"));
    }
}

fn nothing_was_lost(world: &World, broken: &mut Vec<String>) {
    let posts = world.posts();
    for (id, wanted) in &world.wanted {
        let Some(post) = posts.iter().find(|post| post.id == *id) else { continue };
        let is_touched = world.touched.contains(id);
        let is_asked = matches!(post.sync, SyncState::NeedsYou { .. } | SyncState::Conflict { .. });
        let wanted = &Wanted {
            text: wanted.text.clone().filter(|_| !world.rewritten.contains(id)),
            ..wanted.clone()
        };
        if is_touched || is_asked || is_as_wanted(post, wanted) {
            continue;
        }
        broken.push(format!(
            "a wish was lost:\n  wanted {wanted:?}\n  is {post:?}\n  history {:?}",
            world.desk.app.post_history(id).unwrap()
        ));
    }
}

fn is_as_wanted(post: &Post, wanted: &Wanted) -> bool {
    if wanted.is_leaving {
        return post.confirmed.status == PostStatus::Cancelled;
    }
    let has_text = wanted.text.as_deref().is_none_or(|text| same_text(&post.text, text));
    let stands = wanted.standing.as_ref().is_none_or(|standing| {
        let went_out = standing.status == PostStatus::Scheduled
            && !matches!(
                post.confirmed.status,
                PostStatus::Draft | PostStatus::Scheduled | PostStatus::Cancelled
            );
        went_out || post.confirmed.same_as(standing)
    });
    has_text && stands
}

fn no_key_was_seen(world: &World, broken: &mut Vec<String>) {
    let mut seen = world.told.clone().into_bytes();
    for entry in std::fs::read_dir(world.desk.folder.path()).unwrap() {
        seen.extend(std::fs::read(entry.unwrap().path()).unwrap());
    }
    let seen = String::from_utf8_lossy(&seen);
    for key in [KEY, PUBLORA_KEY, POSTATO_KEY, POSTEVERYWHERE_KEY] {
        if seen.contains(key) {
            broken.push(format!("a key was seen again: {}…", &key[..8]));
        }
    }
}
