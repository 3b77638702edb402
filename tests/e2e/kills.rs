//! Real crashes: the app is killed with SIGKILL again and again while it sends a hundred changes.
//! Each of them is applied once, whatever moment the kill met.

use std::time::Duration;

use chrono::TimeDelta;
use rundown_practice::postpost::PostStatus;
use rundown_practice::{Fault, Match, What};
use rundown_tests::{Journey, PATIENCE, Result, Spawned, journey, until};

const POSTS: usize = 100;
/// How long the service takes to answer.
const ANSWER: Duration = Duration::from_millis(50);
/// A life in which nothing is sent is one that waits before it looks again.
const IDLE: Duration = Duration::from_secs(3);
/// After the last kill: two reads half a minute apart, for the last change that had not arrived.
const TO_REST: Duration = Duration::from_secs(180);

#[tokio::test]
async fn a_hundred_changes_are_each_applied_once_whenever_the_app_is_killed() -> Result {
    let kills = match std::env::var("RUNDOWN_KILLS") {
        Ok(kills) => kills.parse()?,
        Err(_) => 10,
    };
    journey("kills", async |j| {
        let soon = j.service.this_minute() + TimeDelta::hours(3);
        let posts: Vec<_> = (0..POSTS)
            .map(|place| {
                let time = soon + TimeDelta::minutes(i64::try_from(place).unwrap_or(0));
                j.service.add_scheduled(&format!("Number {place}"), time)
            })
            .collect();
        j.open_connected().await?;
        j.window()?.lane_card(&posts[0]).await?;
        until("the last post in the store", PATIENCE, async || {
            Ok(j.window()?.has_button("Pause all").await?.then_some(()))
        })
        .await?;
        j.service.go_down().await;
        j.window()?.press("Pause all").await?;
        j.window()?.press(&format!("Pause {POSTS} posts")).await?;
        j.window()?.wait_for_text("main", &format!("{POSTS} still go out")).await?;
        j.kill().await?;

        let milliseconds = u64::try_from(ANSWER.as_millis())?;
        j.service.practice.fault(Fault::always(Match::any(), What::DelayAfterApplying(milliseconds)));
        j.service.come_back().await?;
        // As long as all of it takes, whatever the number of lives.
        let longest = 2 * milliseconds * u64::try_from(POSTS)? / kills;
        let mut chance = fastrand::Rng::with_seed(7);
        for _ in 0..kills {
            let app = Spawned::start(&j.desktop, &j.profile, &["--hidden"])?;
            let before = j.service.writes().len();
            let began = tokio::time::Instant::now();
            while j.service.writes().len() == before && began.elapsed() < IDLE {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            tokio::time::sleep(Duration::from_millis(chance.u64(0..=longest))).await;
            // Dropping it is SIGKILL.
            drop(app);
        }
        let left = still_scheduled(j, &posts);
        let _last = Spawned::start(&j.desktop, &j.profile, &["--hidden"])?;
        until("all of them paused", TO_REST, async || {
            Ok((still_scheduled(j, &posts) == 0).then_some(()))
        })
        .await?;
        let writes = j.service.writes();
        for post in &posts {
            let applied = writes.iter().filter(|it| it.applied && it.path.ends_with(post.as_str()));
            assert_eq!(applied.count(), 1, "{post} was changed more than once");
        }
        println!(
            "{kills} kills: {POSTS} changes applied, each once; {} requests, {left} left at the last \
             kill",
            writes.len()
        );
        Ok(())
    })
    .await
}

fn still_scheduled(j: &Journey, posts: &[String]) -> usize {
    let service = j.service.practice.postpost();
    let status = |post: &String| service.post(post).map(|post| post.status);
    posts.iter().filter(|post| status(post) == Some(PostStatus::Scheduled)).count()
}
