//! A database that can't be read.

use std::fs;

use rundown_tests::{Result, journey};

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
