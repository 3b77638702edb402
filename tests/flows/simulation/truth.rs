//! What is really at the services, in one form for all of them.

use chrono::{DateTime, Utc};
use rundown_practice::{Practice, postato, posteverywhere, postpost};

/// A post as its service has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct There {
    /// The name its adapter registers.
    pub service: &'static str,
    pub remote: String,
    pub status: Is,
    pub time: Option<DateTime<Utc>>,
    pub text: String,
}

/// Where a post stands, as far as the promises go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Is {
    Draft,
    Scheduled,
    /// Published, failed, or on its way there.
    Out,
    Cancelled,
}

/// What somebody else does to a post.
#[derive(Clone, Debug)]
pub enum Change {
    Time(DateTime<Utc>),
    Draft,
    Text(String),
    Gone,
}

pub fn everything(practice: &Practice) -> Vec<There> {
    let family = |service| {
        move |post: postpost::PostState| There {
            service,
            remote: post.id,
            status: match post.status {
                postpost::PostStatus::Draft => Is::Draft,
                postpost::PostStatus::Scheduled => Is::Scheduled,
                _ => Is::Out,
            },
            time: post.scheduled_time,
            text: post.content,
        }
    };
    let mut all: Vec<_> = practice.postpost().posts().into_iter().map(family("postpost")).collect();
    all.extend(practice.publora().posts().into_iter().map(family("publora")));
    all.extend(practice.postato().posts().into_iter().map(|post| There {
        service: "postato",
        remote: post.id,
        status: match post.status {
            postato::PostStatus::Draft => Is::Draft,
            postato::PostStatus::Scheduled => Is::Scheduled,
            postato::PostStatus::Cancelled => Is::Cancelled,
            _ => Is::Out,
        },
        time: post.scheduled_at,
        text: post.items.into_iter().map(|item| item.text).collect(),
    }));
    all.extend(practice.posteverywhere().posts().into_iter().map(|post| There {
        service: "posteverywhere",
        remote: post.id,
        status: match post.status {
            posteverywhere::PostStatus::Draft => Is::Draft,
            posteverywhere::PostStatus::Scheduled => Is::Scheduled,
            _ => Is::Out,
        },
        time: post.scheduled_for,
        text: post.content,
    }));
    all
}

/// Changes a post that is not out as its service's own page would; says whether it is another since.
pub fn change_elsewhere(practice: &Practice, service: &str, remote: &str, change: &Change) -> bool {
    let is_it = |post: &There| post.service == service && post.remote == remote;
    let there = everything(practice).into_iter().find(is_it);
    let can_be = match change {
        Change::Draft => &[Is::Scheduled][..],
        _ => &[Is::Draft, Is::Scheduled],
    };
    if !there.is_some_and(|post| can_be.contains(&post.status)) {
        return false;
    }
    let (time, text) = match change {
        Change::Time(time) => (Some(*time), None),
        Change::Text(text) => (None, Some(text.clone())),
        Change::Draft | Change::Gone => (None, None),
    };
    let (pauses, goes) = (matches!(change, Change::Draft), matches!(change, Change::Gone));
    let family = postpost::Edit {
        status: pauses.then_some(postpost::PostStatus::Draft),
        scheduled_time: time,
        content: text.clone(),
    };
    match (service, goes) {
        ("postpost", true) => practice.postpost().delete_elsewhere(remote),
        ("postpost", false) => practice.postpost().edit_elsewhere(remote, family),
        ("publora", true) => practice.publora().delete_elsewhere(remote),
        ("publora", false) => practice.publora().edit_elsewhere(remote, family),
        ("postato", true) => practice.postato().delete_elsewhere(remote),
        ("postato", false) => practice.postato().edit_elsewhere(
            remote,
            postato::Edit {
                status: pauses.then_some(postato::PostStatus::Draft),
                scheduled_at: time,
                text,
            },
        ),
        ("posteverywhere", true) => practice.posteverywhere().delete_elsewhere(remote),
        ("posteverywhere", false) => practice.posteverywhere().edit_elsewhere(
            remote,
            posteverywhere::Edit {
                status: pauses.then_some(posteverywhere::PostStatus::Draft),
                scheduled_for: time,
                content: text,
            },
        ),
        _ => false,
    }
}
