//! A soak: a hundred thousand changes through the engine in one run. Memory stays flat, and the
//! database does not grow without end.

use chrono::TimeDelta;

use crate::desk::{Desk, at};

/// One in twenty is looked at.
const LOOKS: usize = 20;
const POSTS: usize = 50;

/// What `cargo xtask simulate --soak N` runs.
#[tokio::test(start_paused = true)]
#[ignore = "minutes: cargo xtask simulate --soak 100000"]
async fn many_changes_leave_memory_flat_and_the_database_bounded() {
    let changes: usize =
        std::env::var("RUNDOWN_CHANGES").map_or(100_000, |text| text.parse().unwrap());
    let desk = Desk::connected().await;
    let mut posts = Vec::new();
    for _ in 0..POSTS {
        let remote = desk.scheduled("20:00").await;
        posts.push(desk.id(&remote));
    }
    let (mut resident, mut stored) = (Vec::new(), Vec::new());
    for change in 0..changes {
        let time =
            at("20:00") + TimeDelta::days(300) + TimeDelta::minutes(i64::try_from(change).unwrap());
        desk.app.reschedule(&posts[change % POSTS], time).unwrap();
        desk.pass(TimeDelta::seconds(1)).await;
        desk.practice.clear_requests();
        if (change + 1) % (changes / LOOKS).max(1) == 0 {
            resident.push(resident_kib());
            stored.push(stored_kib(&desk));
            println!(
                "{:>7} changes: {} KiB resident, {} KiB on disk",
                change + 1,
                resident[resident.len() - 1],
                stored[stored.len() - 1]
            );
        }
    }
    assert_eq!(desk.app.open_change_count().unwrap(), 0);
    // The second half adds next to nothing to what the first has come to.
    let (half, last) = (resident.len() / 2, resident.len() - 1);
    assert!(resident[last] < resident[half] * 5 / 4, "memory grows: {resident:?}");
    assert!(stored[last] < stored[half] * 5 / 4, "the database grows: {stored:?}");
}

fn resident_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

fn stored_kib(desk: &Desk) -> u64 {
    let entries = std::fs::read_dir(desk.folder.path()).unwrap().flatten();
    entries.map(|entry| entry.metadata().unwrap().len()).sum::<u64>() / 1024
}
