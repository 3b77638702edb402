//! A disk that is really full: a file system of two megabytes, where mounting one is allowed.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use chrono::TimeDelta;
use rundown_core::ErrorCode;
use rundown_core::model::SyncState;
use serde_json::json;

use crate::desk::{Desk, KEY, at};

/// A small file system, unmounted when dropped.
struct SmallDisk(PathBuf);

impl SmallDisk {
    /// # Errors
    /// Mounting is not allowed here.
    fn mount(at: &Path) -> Result<Self, String> {
        let small = ["-t", "tmpfs", "-o", "size=2m", "rundown-test"];
        let mounted = Command::new("mount").args(small).arg(at).output();
        let mounted = mounted.map_err(|error| format!("mount: {error}"))?;
        match mounted.status.success() {
            true => Ok(Self(at.to_owned())),
            false => Err(String::from_utf8_lossy(&mounted.stderr).into_owned()),
        }
    }

    /// Leaves no room.
    fn fill(&self) {
        let mut filler = fs::File::create(self.0.join("filler")).unwrap();
        while filler.write_all(&[0; 512]).is_ok() {}
    }

    fn remount(&self, how: &str) {
        let options = format!("remount,{how}");
        let status = Command::new("mount").args(["-o", &options]).arg(&self.0).status().unwrap();
        assert!(status.success(), "{status}");
    }

    fn make_room(&self) {
        fs::remove_file(self.0.join("filler")).unwrap();
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

#[tokio::test(start_paused = true)]
async fn on_a_full_disk_nothing_is_sent_that_could_not_be_counted_and_all_goes_on_with_room() {
    let folder = tempfile::tempdir().unwrap();
    let disk = match SmallDisk::mount(folder.path()) {
        Ok(disk) => disk,
        Err(why) => return println!("not tried: {why}"),
    };
    let mut desk = Desk::in_folder(folder);
    desk.connect(KEY).await.unwrap();
    desk.settle().await;
    let (waiting, refused) = (desk.scheduled("12:00").await, desk.scheduled("13:00").await);
    desk.take_down();
    desk.app.reschedule(&desk.id(&waiting), at("15:00")).unwrap();
    disk.fill();
    desk.bring_up();
    desk.pass(TimeDelta::minutes(5)).await;
    assert!(desk.puts().is_empty(), "an attempt that can't be counted is not made");
    let error = desk.app.reschedule(&desk.id(&refused), at("16:00")).unwrap_err();
    assert_eq!(error.code, ErrorCode::Storage);
    assert!(error.message.contains("disk is full"), "{}", error.message);
    let said = desk.app.disk_trouble().borrow().clone();
    assert!(said.is_some_and(|said| said.contains("disk is full")));
    assert!(matches!(desk.shown(&waiting).sync, SyncState::Waiting { .. }), "it is kept");
    assert_eq!(desk.shown(&refused).shown().time, Some(at("13:00")), "nothing half-written");

    disk.make_room();
    desk.pass(TimeDelta::minutes(6)).await;
    assert_eq!(desk.puts(), [json!({"scheduledTime": "2026-03-10T15:00:00.000Z"})]);
    assert_eq!(*desk.app.disk_trouble().borrow(), None);
    desk.restart().await;
    desk.pass(TimeDelta::minutes(1)).await;
    assert_eq!(desk.shown(&waiting).sync, SyncState::Synced);
    assert_eq!(desk.puts().len(), 1);
    desk.app.stop();
    drop(disk);
}

#[tokio::test(start_paused = true)]
async fn a_start_on_a_disk_that_can_not_be_written_is_refused_and_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let disk = match SmallDisk::mount(folder.path()) {
        Ok(disk) => disk,
        Err(why) => return println!("not tried: {why}"),
    };
    let desk = Desk::bare();
    let start = || desk.open_in(folder.path()).map(drop);
    start().unwrap();
    let database = folder.path().join("rundown.db");
    let kept = fs::read(&database).unwrap();

    disk.remount("ro");
    let error = start().unwrap_err();
    assert_eq!(error.code, ErrorCode::Storage);
    assert!(error.message.contains("written"), "{}", error.message);

    disk.remount("rw");
    disk.fill();
    let error = start().unwrap_err();
    assert!(error.message.contains("disk is full"), "{}", error.message);
    assert_eq!(fs::read(&database).unwrap(), kept, "nothing was put in its place");

    disk.make_room();
    start().unwrap();
}
