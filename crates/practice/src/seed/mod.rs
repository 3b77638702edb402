//! Worlds to begin with: one to look at, and one to measure with.

mod harbour;
mod northlight;

use chrono::{DateTime, Days, DurationRound, TimeDelta, Utc};

use crate::postpost::{self, Plan, PostPost, PostStatus, SeedPost};
use crate::practice::Practice;

/// The key of the demo's design studio.
pub const STUDIO_KEY: &str = "sk_demo_studio.0123456789abcdef0123456789abcdef";
/// The key of the demo's bakery.
pub const HARBOUR_KEY: &str = "sk_demo_harbour.fedcba9876543210fedcba9876543210";

/// A seeded account, for whoever connects to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeededAccount {
    /// The service's name in Rundown.
    pub service: &'static str,
    /// The service's base address below the practice server's own.
    pub base: &'static str,
    /// What its owner would call it.
    pub label: &'static str,
    /// Its API key.
    pub key: &'static str,
}

/// An account's channels, posts and drafts.
struct Cast {
    /// Platform id, user name, display name.
    channels: &'static [(&'static str, &'static str, &'static str)],
    posts: &'static [Line],
    /// Platforms and text.
    drafts: &'static [(&'static [&'static str], &'static str)],
}

/// A post of the demo: when, on which platforms, what.
type Line = (When, &'static [&'static str], &'static str);

/// A moment told from the seeding, so that the demo is the same every day.
enum When {
    /// A day from today, and a time of day in UTC. Never today.
    Day(i64, u32, u32),
    /// Minutes from now, at a multiple of five.
    Minutes(i64),
    /// As `Day`, but the post failed everywhere.
    Failed(i64, u32, u32),
    /// As `Day`, but the post failed on its last platform.
    Partly(i64, u32, u32),
}

/// Two PostPost accounts on Pro plans with about 60 posts over four weeks around `now`: past ones
/// published, one failed, one partially published, one due in about 40 minutes and no other within
/// three hours, five drafts. The same `now` always gives the same world.
pub fn demo(practice: &Practice, now: DateTime<Utc>) -> Vec<SeededAccount> {
    let accounts = [
        ("Northlight Studio", STUDIO_KEY, northlight::CAST),
        ("Harbour Bakery", HARBOUR_KEY, harbour::CAST),
    ];
    let postpost = practice.postpost();
    let seeded = accounts.map(|(label, key, cast)| {
        let account = SeededAccount { service: "postpost", base: postpost::BASE, label, key };
        seed_cast(&postpost, account.key, &cast, now);
        account
    });
    seeded.to_vec()
}

fn seed_cast(postpost: &PostPost, key: &str, cast: &Cast, now: DateTime<Utc>) {
    postpost.add_user(key, Plan::Pro);
    for (platform_id, username, display_name) in cast.channels {
        postpost.add_connection(key, platform_id, username, display_name);
    }
    let connections = |platforms: &[&str]| -> Vec<String> {
        let ids = cast.channels.iter().map(|(id, ..)| *id);
        ids.filter(|id| platforms.iter().any(|platform| id.starts_with(&format!("{platform}-"))))
            .map(str::to_owned)
            .collect()
    };
    for (when, platforms, text) in cast.posts {
        let time = when.time(now);
        let status = match when {
            When::Failed(..) => PostStatus::Failed,
            When::Partly(..) => PostStatus::PartiallyPublished,
            _ if time <= now => PostStatus::Published,
            _ => PostStatus::Scheduled,
        };
        postpost.add_post(
            key,
            SeedPost {
                content: (*text).to_owned(),
                status,
                scheduled_time: Some(time),
                platforms: connections(platforms),
                media_urls: Vec::new(),
            },
        );
    }
    for (platforms, text) in cast.drafts {
        postpost.add_post(
            key,
            SeedPost {
                content: (*text).to_owned(),
                platforms: connections(platforms),
                ..SeedPost::default()
            },
        );
    }
}

impl When {
    fn time(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        match *self {
            Self::Day(day, hour, minute)
            | Self::Failed(day, hour, minute)
            | Self::Partly(day, hour, minute) => {
                let midnight = now.duration_trunc(TimeDelta::days(1)).unwrap_or(now);
                let of_day = TimeDelta::hours(hour.into()) + TimeDelta::minutes(minute.into());
                midnight + TimeDelta::days(day) + of_day
            }
            Self::Minutes(minutes) => {
                let time = now + TimeDelta::minutes(minutes);
                time.duration_round(TimeDelta::minutes(5)).unwrap_or(time)
            }
        }
    }
}

/// Adds `count` posts, spread evenly over 90 days to either side of `now`, to the user with that
/// key; answers their ids by time. A user that is new gets a Premium plan, one without connections
/// gets six. Past posts are published, future ones scheduled, every tenth of those a draft with a
/// time.
pub fn bulk(practice: &Practice, key: &str, count: usize, now: DateTime<Utc>) -> Vec<String> {
    let postpost = practice.postpost();
    if !postpost.has_user(key) {
        postpost.add_user(key, Plan::Premium);
    }
    if postpost.connections(key).is_empty() {
        for platform in ["linkedin", "twitter", "instagram", "bluesky", "mastodon", "threads"] {
            postpost.add_connection(key, &format!("{platform}-bulk1"), "bulk", "Bulk");
        }
    }
    let connections = postpost.connections(key);
    let start = now - Days::new(90);
    let step = TimeDelta::days(180) / i32::try_from(count.max(1)).unwrap_or(i32::MAX);
    let ids = (0..count).map(|index| {
        let time = start + step * i32::try_from(index).unwrap_or(i32::MAX);
        let status = match time > now {
            false => PostStatus::Published,
            true if index % 10 == 0 => PostStatus::Draft,
            true => PostStatus::Scheduled,
        };
        let first = connections[index % connections.len()].clone();
        let second = (index % 4 == 0).then(|| connections[(index + 1) % connections.len()].clone());
        let mut platforms = vec![first];
        platforms.extend(second.filter(|id| *id != platforms[0]));
        let content = format!("Post {index}: {}", WORDS[index % WORDS.len()]);
        let media_urls = Vec::new();
        let scheduled_time = Some(time);
        postpost.add_post(key, SeedPost { content, status, scheduled_time, platforms, media_urls })
    });
    ids.collect()
}

const WORDS: [&str; 5] = [
    "what we learned this week, in three short points.",
    "the doors are open again tomorrow at nine.",
    "a question for everyone who plans ahead: how far?",
    "new on the blog, and worth the four minutes it takes.",
    "thank you. That is the whole post.",
];

#[cfg(test)]
mod tests {
    use chrono::TimeZone;

    use super::*;
    use crate::Clock;
    use crate::postpost::PostState;

    fn seeded(hour: u32) -> (DateTime<Utc>, Vec<PostState>) {
        let now = Utc.with_ymd_and_hms(2026, 3, 4, hour, 17, 31).unwrap();
        let practice = Practice::new(Clock::manual(now));
        demo(&practice, now);
        (now, practice.postpost().posts())
    }

    #[test]
    fn the_demo_is_four_weeks_of_about_sixty_posts_at_any_hour_of_the_day() {
        for hour in [0, 9, 23] {
            let (now, posts) = seeded(hour);
            let count = |status| posts.iter().filter(|post| post.status == status).count();
            assert!((55..=68).contains(&posts.len()), "{} posts", posts.len());
            assert_eq!(count(PostStatus::Draft), 5);
            assert_eq!(count(PostStatus::Failed), 1);
            assert_eq!(count(PostStatus::PartiallyPublished), 1);
            assert!(count(PostStatus::Published) >= 20);
            assert!(count(PostStatus::Scheduled) >= 20);
            for post in &posts {
                assert!(!post.platforms.is_empty(), "{:?}", post.content);
                let Some(time) = post.scheduled_time else { continue };
                assert!((time - now).abs() <= TimeDelta::days(15), "{time}");
                assert_eq!(post.status == PostStatus::Scheduled, time > now, "{time}");
            }
        }
    }

    #[test]
    fn one_demo_post_is_due_within_the_hour_and_the_next_not_for_a_while() {
        for hour in [0, 9, 20, 23] {
            let (now, posts) = seeded(hour);
            let mut ahead: Vec<_> = posts
                .iter()
                .filter(|post| post.status == PostStatus::Scheduled)
                .filter_map(|post| post.scheduled_time)
                .map(|time| (time - now).num_minutes())
                .collect();
            ahead.sort_unstable();
            assert!((35..=45).contains(&ahead[0]), "first in {} min", ahead[0]);
            assert!(ahead[1] >= 180, "second in {} min", ahead[1]);
        }
    }

    #[test]
    fn the_demo_is_the_same_each_time() {
        assert_eq!(seeded(9).1, seeded(9).1);
    }

    #[test]
    fn bulk_posts_lie_evenly_around_now_and_within_their_plan() {
        let now = Utc.with_ymd_and_hms(2026, 3, 4, 9, 0, 0).unwrap();
        let practice = Practice::new(Clock::manual(now));
        let ids = bulk(&practice, "sk_bulk", 2_000, now);
        assert_eq!(ids.len(), 2_000);
        let posts: Vec<_> = ids.iter().map(|id| practice.postpost().post(id).unwrap()).collect();
        let times: Vec<_> = posts.iter().filter_map(|post| post.scheduled_time).collect();
        assert!(times.is_sorted());
        assert_eq!(times[0], now - TimeDelta::days(90));
        assert!(*times.last().unwrap() < now + TimeDelta::days(90));
        let scheduled = posts.iter().filter(|post| post.status == PostStatus::Scheduled).count();
        assert!((850..=950).contains(&scheduled), "{scheduled}");
    }
}
