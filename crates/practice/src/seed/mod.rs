//! Worlds to begin with: one to look at, and one to measure with.

mod aurora;
mod fernhill;
mod harbour;
mod northlight;
mod pictures;
mod stage;
mod tidewater;

use chrono::{DateTime, Days, DurationRound, TimeDelta, Utc};

use self::stage::{Fate, Stage};
use crate::postpost::{Plan, PostStatus, SeedPost};
use crate::practice::Practice;
use crate::{postato, posteverywhere, postpost, publora};

/// The key of the demo's design studio, at PostPost.
pub const STUDIO_KEY: &str = "sk_demo_studio.0123456789abcdef0123456789abcdef";
/// The key of the demo's bakery, at PostPost.
pub const HARBOUR_KEY: &str = "sk_demo_harbour.fedcba9876543210fedcba9876543210";
/// The key of the demo's bookshop, at Publora.
pub const FERNHILL_KEY: &str = "sk_demo_fernhill.00112233445566778899aabbccddeeff";
/// The key of the demo's coffee roaster, at Postato.
pub const AURORA_KEY: &str =
    "smcp_de000000000000000000000000000000000000000000000000000000000000a1";
/// The key of the demo's sailing school, at PostEverywhere.
pub const TIDEWATER_KEY: &str = "pe_live_de0000000000000000000000000000b2";

/// The coffee roaster's only workspace.
const AURORA: SeededWorkspace =
    SeededWorkspace { id: "wks_01JNHR5CWG4T8ZK2M6Q9V3X7B1", name: "Torrefação Aurora" };

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
    /// Its workspace, at a service that has them.
    pub workspace: Option<SeededWorkspace>,
}

/// One of the workspaces behind a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeededWorkspace {
    /// Its id.
    pub id: &'static str,
    /// Its name.
    pub name: &'static str,
}

/// An account's channels, posts and drafts.
struct Cast {
    channels: &'static [Channel],
    posts: &'static [Line],
    /// Platforms and text.
    drafts: &'static [(&'static [&'static str], &'static str)],
}

/// Platform, id without it, user name, display name.
type Channel = (&'static str, &'static str, &'static str, &'static str);

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

/// Five accounts of four services with about 100 posts over four weeks around `now`: past ones
/// published, three failed, one partially published, one due in about 40 minutes and no other within
/// three hours, ten drafts. The pictures of its posts are below the address `pictures`, such as
/// [`PICTURES`](crate::PICTURES) of a server that runs. The same `now` always gives the same world.
pub fn demo(practice: &Practice, now: DateTime<Utc>, pictures: &str) -> Vec<SeededAccount> {
    let account =
        |service, base, label, key| SeededAccount { service, base, label, key, workspace: None };
    let studio = account("postpost", postpost::BASE, "Northlight Studio", STUDIO_KEY);
    let harbour = account("postpost", postpost::BASE, "Harbour Bakery", HARBOUR_KEY);
    let fernhill = account("publora", publora::BASE, "Fernhill Books", FERNHILL_KEY);
    let aurora = account("postato", postato::BASE, "Torrefação Aurora", AURORA_KEY);
    let aurora = SeededAccount { workspace: Some(AURORA), ..aurora };
    let tidewater =
        account("posteverywhere", posteverywhere::BASE, "Tidewater Sailing", TIDEWATER_KEY);

    let postpost = practice.postpost();
    northlight::CAST.appear(&stage::family(&postpost, STUDIO_KEY, pictures), now);
    harbour::CAST.appear(&stage::family(&postpost, HARBOUR_KEY, pictures), now);
    fernhill::CAST.appear(&stage::family(&practice.publora(), FERNHILL_KEY, pictures), now);
    aurora::CAST.appear(&stage::postato(practice.postato(), AURORA_KEY, &AURORA), now);
    tidewater::CAST.appear(&stage::posteverywhere(practice.posteverywhere(), TIDEWATER_KEY), now);
    vec![studio, harbour, fernhill, aurora, tidewater]
}

impl Cast {
    /// Adds the channels, posts and drafts to an account.
    fn appear(&self, stage: &impl Stage, now: DateTime<Utc>) {
        for channel in self.channels {
            stage.add_channel(channel);
        }
        let on = |platforms: &[&str]| -> Vec<&Channel> {
            self.channels.iter().filter(|(platform, ..)| platforms.contains(platform)).collect()
        };
        for (when, platforms, text) in self.posts {
            let time = when.time(now);
            let fate = match when {
                When::Failed(..) => Fate::Failed,
                When::Partly(..) => Fate::PartlyPublished,
                _ if time <= now => Fate::Published,
                _ => Fate::Scheduled,
            };
            stage.add_post(text, fate, Some(time), &on(platforms));
        }
        for (platforms, text) in self.drafts {
            stage.add_post(text, Fate::Draft, None, &on(platforms));
        }
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

    /// A post as its service has it.
    #[derive(Debug, PartialEq)]
    struct Seen {
        service: &'static str,
        text: String,
        status: &'static str,
        time: Option<DateTime<Utc>>,
        channels: usize,
    }

    fn seeded(hour: u32) -> (DateTime<Utc>, Vec<Seen>) {
        let now = Utc.with_ymd_and_hms(2026, 3, 4, hour, 17, 31).unwrap();
        let practice = Practice::new(Clock::manual(now));
        demo(&practice, now, "http://127.0.0.1:4100/pictures");
        let of_family = |service: &'static str, posts: Vec<postpost::PostState>| {
            posts.into_iter().map(move |post| Seen {
                service,
                text: post.content,
                status: post.status.word(),
                time: post.scheduled_time,
                channels: post.platforms.len(),
            })
        };
        let of_postato = practice.postato().posts().into_iter().map(|post| Seen {
            service: "postato",
            text: post.items[0].text.clone(),
            status: post.status.word(postato::Words::Guides),
            time: post.scheduled_at,
            channels: 1,
        });
        let of_posteverywhere = practice.posteverywhere().posts().into_iter().map(|post| Seen {
            service: "posteverywhere",
            text: post.content,
            status: post.status.word(),
            time: post.scheduled_for,
            channels: post.destinations.len(),
        });
        let seen = of_family("postpost", practice.postpost().posts())
            .chain(of_family("publora", practice.publora().posts()))
            .chain(of_postato)
            .chain(of_posteverywhere);
        (now, seen.collect())
    }

    #[test]
    fn the_demo_is_four_weeks_of_about_a_hundred_posts_at_any_hour_of_the_day() {
        for hour in [0, 9, 23] {
            let (now, posts) = seeded(hour);
            let count = |status: &str| posts.iter().filter(|post| post.status == status).count();
            assert!((100..=112).contains(&posts.len()), "{} posts", posts.len());
            assert_eq!((count("draft"), count("failed"), count("partially_published")), (10, 3, 1));
            assert!(count("published") >= 35);
            assert!(count("scheduled") >= 35);
            for post in &posts {
                assert!(post.channels > 0, "{post:?}");
                let Some(time) = post.time else {
                    assert_eq!(post.status, "draft", "{post:?}");
                    continue;
                };
                assert!((time - now).abs() <= TimeDelta::days(15), "{post:?}");
                assert_eq!(post.status == "scheduled", time > now, "{post:?}");
            }
            for service in ["publora", "postato", "posteverywhere"] {
                let own: Vec<_> = posts.iter().filter(|post| post.service == service).collect();
                assert!((12..=15).contains(&own.len()), "{service} has {} posts", own.len());
                assert!(own.iter().any(|post| post.status == "draft"), "{service}");
            }
        }
    }

    #[test]
    fn one_demo_post_is_due_within_the_hour_and_the_next_not_for_a_while() {
        for hour in [0, 9, 20, 23] {
            let (now, posts) = seeded(hour);
            let mut ahead: Vec<_> = posts
                .iter()
                .filter(|post| post.status == "scheduled")
                .filter_map(|post| post.time)
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
    fn every_text_of_the_demo_fits_its_networks_and_no_channel_is_without_a_post() {
        for cast in [northlight::CAST, harbour::CAST, fernhill::CAST, aurora::CAST, tidewater::CAST]
        {
            for (_, platforms, text) in cast.posts {
                assert!(!platforms.contains(&"twitter") || text.chars().count() <= 280, "{text}");
            }
            for (platform, ..) in cast.channels {
                let goes_there = |(_, platforms, _): &Line| platforms.contains(platform);
                assert!(cast.posts.iter().any(goes_there), "{platform}");
            }
        }
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
