//! Many things going wrong at once, chosen by chance that always falls the same way.

use std::sync::atomic::Ordering;

use chrono::TimeDelta;
use rundown_core::model::{PostStatus, SyncState};
use rundown_practice::postpost::{Edit, PostStatus as AtService};
use rundown_practice::{Fault, Match, What};

use crate::desk::{Desk, at};

/// A small generator of numbers (Marsaglia's xorshift).
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }

    fn fault(&mut self) -> What {
        match self.below(10) {
            0 => What::Delay(5_000),
            1 => What::DelayAfterApplying(5_000),
            2 => What::CutBeforeApplying,
            3 => What::CutAfterApplying,
            4 => What::Internal500,
            5 => What::Unavailable503AfterApplying,
            6 => What::BadJson,
            7 => What::TooMany429 { retry_after_secs: 40 },
            8 => What::StaleList { seconds: 60 },
            _ => What::Garbage,
        }
    }
}

/// Three posts, wishes, faults, edits elsewhere, crashes and sleep; then everything works again.
async fn storm(seed: u64) -> (Desk, Vec<String>) {
    let mut chance = Chance((seed + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let mut desk = Desk::connected().await;
    let posts =
        vec![desk.scheduled("20:00").await, desk.scheduled("21:00").await, desk.draft().await];
    for _ in 0..60 {
        let post = &posts[usize::try_from(chance.below(3)).unwrap()];
        let id = desk.id(post);
        let time = at("18:00") + TimeDelta::minutes(chance.below(300).cast_signed());
        // A refusal is an answer too: the post may stand where the wish makes no sense.
        match chance.below(12) {
            0 | 1 => drop(desk.app.reschedule(&id, time)),
            2 => drop(desk.app.pause(&id)),
            3 => drop(desk.app.resume(&id, time)),
            4 => drop(desk.app.undo()),
            5 => desk.app.refresh(),
            6 => desk.take_down(),
            7 | 8 => desk.bring_up(),
            9 => {
                let on =
                    [Match::method("PUT"), Match::any()][usize::from(chance.below(2) == 0)].clone();
                desk.practice.fault(Fault::once(on, chance.fault()));
            }
            10 => match chance.below(4) {
                0 => desk.restart().await,
                1 => desk.clock.jump(TimeDelta::minutes(10)),
                2 => {
                    let edit = Edit { scheduled_time: Some(time), ..Edit::default() };
                    desk.practice.postpost().edit_elsewhere(post, edit);
                }
                _ => {
                    let edit = Edit { status: Some(AtService::Draft), ..Edit::default() };
                    desk.practice.postpost().edit_elsewhere(post, edit);
                }
            },
            _ => {}
        }
        desk.pass(TimeDelta::milliseconds(chance.below(20_000).cast_signed())).await;
    }
    desk.practice.clear_faults();
    desk.bring_up();
    desk.pass(TimeDelta::minutes(15)).await;
    (desk, posts)
}

#[tokio::test(start_paused = true)]
async fn after_every_storm_the_screen_agrees_with_the_service_and_nothing_went_out() {
    for seed in 0..12 {
        let (desk, posts) = storm(seed).await;
        assert_eq!(desk.app.open_change_count().unwrap(), 0, "storm {seed}: all has come to rest");
        for post in &posts {
            let (shown, there) = (desk.shown(post), desk.at_service(post));
            let status = match there.status {
                AtService::Draft => PostStatus::Draft,
                AtService::Scheduled => PostStatus::Scheduled,
                out => panic!("storm {seed}: {out:?}, which nobody asked for"),
            };
            assert_eq!(shown.shown().status, status, "storm {seed}");
            assert_eq!(shown.confirmed.time, there.scheduled_time, "storm {seed}");
            let is_told = matches!(
                shown.sync,
                SyncState::Synced | SyncState::NeedsYou { .. } | SyncState::Conflict { .. }
            );
            assert!(is_told, "storm {seed}: {:?}", shown.sync);
        }
        assert_eq!(desk.road.most_under_way.load(Ordering::Relaxed), 1, "storm {seed}");
    }
}
