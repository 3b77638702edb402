//! A database that can't be read.

use std::fs;

use rundown_tests::{Result, Spawned, journey};

#[tokio::test]
async fn a_corrupt_database_is_said_and_kept_as_it_was() -> Result {
    const DAMAGED: &str = "This is no database, but it may be the only copy of someone's work.";
    journey("a_corrupt_database", async |j| {
        fs::write(j.profile.home().join("rundown.db"), DAMAGED)?;
        j.open().await?;
        let window = j.window()?;
        let said = window.wait_for_text("main [role=alert]", "was damaged").await?;

        let kept = j.profile.files_containing(DAMAGED)?;
        let [kept] = kept.as_slice() else { return Err(format!("kept: {kept:?}").into()) };
        assert_eq!(fs::read_to_string(kept)?, DAMAGED);
        assert!(said.contains(&kept.display().to_string()), "{said} does not name {kept:?}");
        window.wait_for_text("main", "Add account").await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_database_that_can_not_be_opened_is_said_in_a_message_that_ends_the_app() -> Result {
    journey("a_database_that_can_not_be_opened", async |j| {
        // Root may write to a folder that is read-only; nobody can open a folder as a database.
        fs::create_dir_all(j.profile.home().join("rundown.db"))?;
        for arguments in [&[][..], &["--hidden"]] {
            let mut app = Spawned::start(&j.desktop, &j.profile, arguments)?;
            let message = j.desktop.window_named(app.pid(), "Rundown could not start").await?;
            assert!(app.is_running()?, "it waits to be read");
            j.desktop.close_window(message).await?;
            assert!(!app.wait_for_end().await?, "it did not start, and says so to its caller");
        }
        assert!(j.profile.output().contains("Rundown could not start"));
        assert!(j.profile.home().join("rundown.db").is_dir(), "nothing was put in its place");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_data_folder_that_can_not_be_used_is_said_as_well_and_once() -> Result {
    journey("a_data_folder_that_can_not_be_used", async |j| {
        let home = j.profile.home();
        fs::remove_dir_all(&home)?;
        fs::write(&home, "a file where the folder should be")?;
        let mut app = Spawned::start(&j.desktop, &j.profile, &[])?;
        let message = j.desktop.window_named(app.pid(), "Rundown could not start").await?;

        let mut second = Spawned::start(&j.desktop, &j.profile, &[])?;
        assert!(second.wait_for_end().await?, "it hands over to the first");
        assert!(!j.desktop.has_window(app.pid(), "Rundown").await?, "a window without an app");

        j.desktop.close_window(message).await?;
        assert!(!app.wait_for_end().await?);
        assert!(j.profile.output().contains("could not use its data folder"));
        fs::remove_file(&home)?;
        Ok(())
    })
    .await
}
