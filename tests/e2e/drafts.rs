//! What is typed is there again, whatever becomes of the window: closed in the middle of a word, quit
//! from the tray, or killed after a pause in typing.

use rundown_tests::{PATIENCE, Result, Tray, Window, journey, until};
use serde_json::{Value, json};

#[tokio::test]
async fn what_is_typed_outlives_a_closed_window_a_quit_and_a_kill() -> Result {
    journey("drafts", async |j| {
        j.open_connected().await?;
        let pid = j.app()?.pid();
        let (tray, window) =
            (Tray::of_process(pid).await?, j.desktop.window_of_process(pid).await?);
        begin(j.window()?, "Closed in the middle of a wor").await?;
        j.desktop.close_window(window).await?;
        tray.choose("Quit").await?;
        j.wait_for_end().await?;

        j.open().await?;
        found_again(j.window()?, "Closed in the middle of a wor").await?;
        let tray = Tray::of_process(j.app()?.pid()).await?;
        j.window()?.fill("Text", "Quit in the middle of a wor").await?;
        tray.choose("Quit").await?;
        j.wait_for_end().await?;

        j.open().await?;
        found_again(j.window()?, "Quit in the middle of a wor").await?;
        j.window()?.fill("Text", "Killed after a pause").await?;
        until("what is typed to be on disk", PATIENCE, async || {
            let kept: Value = j.window()?.command("unsaved", json!({})).await?;
            Ok((kept[0]["text"] == "Killed after a pause").then_some(()))
        })
        .await?;
        j.kill().await?;

        j.open().await?;
        found_again(j.window()?, "Killed after a pause").await?;
        assert_eq!(j.service.writes().len(), 0, "nothing was sent");
        Ok(())
    })
    .await
}

async fn begin(window: &Window, text: &str) -> Result {
    window.press("New post").await?;
    window.wait_for_text("dialog", "Channels").await?;
    window.fill("Text", text).await
}

async fn found_again(window: &Window, text: &str) -> Result {
    window.press("New post").await?;
    window.wait_for_text("dialog", "what you wrote before").await?;
    let typed: String =
        window.ask("return document.querySelector('dialog textarea').value").await?;
    assert_eq!(typed, text);
    Ok(())
}
