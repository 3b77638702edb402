//! The window in a test's hand: finding by name, clicking, typing, dragging.
//!
//! Names are those of DESIGN section 6. Typing goes by key actions, because tauri-driver loses the
//! text of WebDriver's Send Keys.

use std::{path::Path, time::Duration};

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use thirtyfour::{Key, WebDriver, WebElement};

use crate::{Axis, Card, PATIENCE, Result, until};

const PAGE: &str = include_str!("page.js");
/// The rules of WCAG 2.2 AA and axe's own advice: the same as in the UI's tests.
const RULES: &str = "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']";
const AXE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../ui/node_modules/axe-core/axe.min.js");

/// A drag is many small moves, as a hand makes them: a single one would skip what a threshold, a
/// snap or an auto-scroll does on the way.
const MOVES: i64 = 16;
const BETWEEN_MOVES: Duration = Duration::from_millis(16);

/// The app's window.
#[derive(Debug)]
pub struct Window {
    session: WebDriver,
}

impl Window {
    pub(crate) fn new(session: WebDriver) -> Self {
        Self { session }
    }

    /// Forgets the session without a word to the driver, which may have nobody to pass it on to.
    pub(crate) fn let_go(self) {
        // It fails only for a session that was closed already.
        let _ = self.session.leak();
    }

    pub(crate) async fn wait_until_loaded(&self) -> Result {
        until("page with a main part", PAGE_LOAD, async || {
            let there: bool = self.ask("return document.querySelector('main') !== null").await?;
            Ok(there.then_some(()))
        })
        .await
    }

    /// Runs a script with what `page.js` defines, and reads its answer.
    ///
    /// # Errors
    /// It throws, or answers something else than a `T`.
    pub async fn ask<T: DeserializeOwned>(&self, script: &str) -> Result<T> {
        self.ask_with(script, Vec::new()).await
    }

    /// The same with `arguments`.
    ///
    /// # Errors
    /// It throws, or answers something else than a `T`.
    pub async fn ask_with<T: DeserializeOwned>(
        &self,
        script: &str,
        arguments: Vec<Value>,
    ) -> Result<T> {
        let answer = self.session.execute(format!("{PAGE}\n{script}"), arguments).await?;
        Ok(serde_json::from_value(answer.json().clone())?)
    }

    /// Asks the app for a command, as the page does.
    ///
    /// # Errors
    /// The app refuses, or answers something else than a `T`.
    pub async fn command<T: DeserializeOwned>(&self, name: &str, arguments: Value) -> Result<T> {
        let script = "const [name, given, done] = arguments;\n\
             window.__TAURI_INTERNALS__.invoke(name, given).then((it) => done({ Ok: it }))\n\
             .catch((error) => done({ Err: JSON.stringify(error) }));";
        let answer = self.session.execute_async(script, vec![json!(name), arguments]).await?;
        let answer: std::result::Result<T, String> = serde_json::from_value(answer.json().clone())?;
        Ok(answer?)
    }

    /// The address of the page.
    ///
    /// # Errors
    /// The window does not answer.
    pub async fn address(&self) -> Result<String> {
        Ok(self.session.current_url().await?.into())
    }

    /// Shows another page in place of the one that is shown.
    ///
    /// # Errors
    /// It can't be loaded.
    pub async fn go_to(&self, address: &str) -> Result {
        self.session.goto(address).await?;
        Ok(())
    }

    /// Clicks the button, menu entry or summary of that name.
    ///
    /// # Errors
    /// None is there and enabled in time; the message names those that are there.
    pub async fn press(&self, name: &str) -> Result {
        self.find("button", name).await?.click().await?;
        Ok(())
    }

    /// Clicks the button that ends the app. Whether it did is for the caller to see.
    ///
    /// # Errors
    /// None is there and enabled in time.
    pub async fn press_to_quit(&self, name: &str) -> Result {
        // The app may be gone before the driver could say that it clicked.
        let _ = self.find("button", name).await?.click().await;
        Ok(())
    }

    /// Whether a button of that name is there and enabled now.
    ///
    /// # Errors
    /// The window does not answer.
    pub async fn has_button(&self, name: &str) -> Result<bool> {
        self.ask_with("return find('button', arguments[0]) !== null", vec![json!(name)]).await
    }

    /// Puts `text` into the field of that label, in place of what it holds.
    ///
    /// # Errors
    /// There is no such field, or the keys do not reach it.
    pub async fn fill(&self, label: &str, text: &str) -> Result {
        let field = self.find("field", label).await?;
        field.click().await?;
        self.press_keys(Key::Control, "a").await?;
        self.type_keys(text).await?;
        until(format!("typed text in “{label}”"), PATIENCE, async || {
            Ok((field.value().await?.as_deref() == Some(text)).then_some(()))
        })
        .await
    }

    /// Ticks the box of that label, if it is not ticked.
    ///
    /// # Errors
    /// There is no such box.
    pub async fn tick(&self, label: &str) -> Result {
        let field = self.find("field", label).await?;
        if !field.is_selected().await? {
            field.click().await?;
        }
        Ok(())
    }

    /// The labels of the boxes that can be ticked, once there are any.
    ///
    /// # Errors
    /// There are none in time.
    pub async fn boxes(&self) -> Result<Vec<String>> {
        let script = "return all('field').filter((one) => one.type === 'checkbox').map(nameOf)";
        until("a box to tick", PATIENCE, async || {
            let labels: Vec<String> = self.ask(script).await?;
            Ok((!labels.is_empty()).then_some(labels))
        })
        .await
    }

    /// Chooses the option of that text in the list of that label.
    ///
    /// # Errors
    /// There is no such list, or it has no such option.
    pub async fn choose(&self, label: &str, option: &str) -> Result {
        self.find("field", label).await?;
        let script = "return choose(arguments[0], arguments[1])";
        match self.ask_with(script, vec![json!(label), json!(option)]).await? {
            true => Ok(()),
            false => Err(format!("“{label}” has no option “{option}”").into()),
        }
    }

    /// Types into what has the focus.
    ///
    /// # Errors
    /// The window does not answer.
    pub async fn type_keys(&self, text: &str) -> Result {
        let none = Some(Duration::ZERO);
        self.session.action_chain_with_delay(none, none).send_keys(text).perform().await?;
        Ok(())
    }

    /// Presses `keys` while `modifier` is held.
    ///
    /// # Errors
    /// The window does not answer.
    pub async fn press_keys(&self, modifier: Key, keys: &str) -> Result {
        let none = Some(Duration::ZERO);
        let chain = self.session.action_chain_with_delay(none, none);
        chain.key_down(modifier.clone()).send_keys(keys).key_up(modifier).perform().await?;
        Ok(())
    }

    /// All texts that are announced as errors now.
    ///
    /// # Errors
    /// The window does not answer.
    pub async fn alerts(&self) -> Result<Vec<String>> {
        self.ask(
            "return [...document.querySelectorAll('[role=alert]')].map((one) => one.textContent)",
        )
        .await
    }

    /// The text of the first shown element that `selector` finds, waiting until it contains `text`.
    ///
    /// # Errors
    /// It does not say so in time; the message has what it says instead.
    pub async fn wait_for_text(&self, selector: &str, text: &str) -> Result<String> {
        let script =
            "return [...document.querySelectorAll(arguments[0])].map((one) => one.textContent)";
        let texts = async || self.ask_with::<Vec<String>>(script, vec![json!(selector)]).await;
        let found = until(format!("“{text}” in {selector}"), PATIENCE, async || {
            Ok(texts().await?.into_iter().find(|shown| shown.contains(text)))
        });
        match found.await {
            Ok(found) => Ok(found),
            Err(error) => Err(format!("{error}; there was {:?}", texts().await?).into()),
        }
    }

    /// Waits until `selector` finds nothing.
    ///
    /// # Errors
    /// It is still there in time.
    pub async fn wait_until_gone(&self, selector: &str) -> Result {
        until(format!("page without {selector}"), PATIENCE, async || {
            let script = "return document.querySelector(arguments[0]) === null";
            let gone: bool = self.ask_with(script, vec![json!(selector)]).await?;
            Ok(gone.then_some(()))
        })
        .await
    }

    /// Every card that is shown, in lanes and among the drafts.
    ///
    /// # Errors
    /// The window does not answer.
    pub async fn cards(&self) -> Result<Vec<Card>> {
        self.ask("return cards()").await
    }

    /// The first card of that post, waiting until `is_so` holds for it.
    ///
    /// # Errors
    /// It is not so in time; the message has the card as it is.
    pub async fn card(
        &self,
        remote: &str,
        what: &str,
        is_so: impl Fn(&Card) -> bool,
    ) -> Result<Card> {
        let of_post = async || -> Result<Vec<Card>> {
            Ok(self.cards().await?.into_iter().filter(|card| card.remote == remote).collect())
        };
        let found = until(format!("card of {remote} that is {what}"), PATIENCE, async || {
            Ok(of_post().await?.into_iter().find(&is_so))
        });
        match found.await {
            Ok(card) => Ok(card),
            Err(error) => Err(format!("{error}; there was {:?}", of_post().await?).into()),
        }
    }

    /// The card of that post in a lane.
    ///
    /// # Errors
    /// There is none in time.
    pub async fn lane_card(&self, remote: &str) -> Result<Card> {
        self.card(remote, "in a lane", |card| card.channel.is_some()).await
    }

    /// Clicks the card, which opens its post.
    ///
    /// # Errors
    /// There is no such card.
    pub async fn open_post(&self, remote: &str) -> Result {
        let card = self.card(remote, "shown", |_| true).await?;
        let (x, y) = self.grip(&card).await?;
        self.pointer().move_to(x, y).click().perform().await?;
        until("panel of the post", PATIENCE, async || {
            let there: bool = self.ask("return find('region', 'Post') !== null").await?;
            Ok(there.then_some(()))
        })
        .await
    }

    /// The time axis as it stands.
    ///
    /// # Errors
    /// There is none in time.
    pub async fn axis(&self) -> Result<Axis> {
        until("time axis", PATIENCE, async || self.ask("return axis()").await).await
    }

    /// Drags the post's card along its lane to `time`, with the button held from the first pixel to
    /// the last, and lets go there.
    ///
    /// # Errors
    /// There is no such card, or the axis does not show the time.
    pub async fn drag_to_time(&self, remote: &str, time: chrono::DateTime<chrono::Utc>) -> Result {
        let card = self.lane_card(remote).await?;
        let from = card.time.ok_or("a card without a time can't be dragged along the axis")?;
        let axis = self.axis().await?;
        let (x, y) = self.grip(&card).await?;
        self.drag((x, y), (x + axis.x_of(time)? - axis.x_of(from)?, y)).await
    }

    /// Drags the post's card into the region of that name, such as “Drafts”.
    ///
    /// # Errors
    /// There is no such card or region.
    pub async fn drag_to_region(&self, remote: &str, region: &str) -> Result {
        let card = self.lane_card(remote).await?;
        let region = self.find("region", region).await?.rect().await?;
        let (x, y) = region.center();
        self.drag(self.grip(&card).await?, (x as i64, y as i64)).await
    }

    /// Where a hand would take the card.
    async fn grip(&self, card: &Card) -> Result<(i64, i64)> {
        let (x, y) = card.middle();
        let arguments = vec![json!(x), json!(y), json!(card.remote)];
        let other: Option<String> =
            self.ask_with("return inTheWay(...arguments)", arguments).await?;
        match other {
            None => Ok((x, y)),
            Some(other) => Err(format!("the card “{}” lies behind {other}", card.name).into()),
        }
    }

    async fn drag(&self, from: (i64, i64), to: (i64, i64)) -> Result {
        self.drag_in(MOVES, from, to).await
    }

    /// Drags from one place to another in that many moves, with the button held, and lets go there.
    /// Places are in pixels from the window's corner; a move takes 16 ms.
    ///
    /// # Errors
    /// The window does not answer.
    pub async fn drag_in(&self, moves: i64, from: (i64, i64), to: (i64, i64)) -> Result {
        let mut chain = self.pointer().move_to(from.0, from.1).click_and_hold();
        for step in 1..=moves {
            let along = |from: i64, to: i64| from + (to - from) * step / moves;
            chain = chain.move_to(along(from.0, to.0), along(from.1, to.1));
        }
        chain.release().perform().await?;
        Ok(())
    }

    fn pointer(&self) -> thirtyfour::action_chain::ActionChain {
        self.session.action_chain_with_delay(Some(Duration::ZERO), Some(BETWEEN_MOVES))
    }

    async fn find(&self, role: &str, name: &str) -> Result<WebElement> {
        let script = format!("{PAGE}\nreturn find(arguments[0], arguments[1])");
        let arguments = vec![json!(role), json!(name)];
        let found = until(format!("{role} named “{name}”"), PATIENCE, async || {
            let answer = self.session.execute(script.as_str(), arguments.clone()).await?;
            Ok(if answer.json().is_null() { None } else { Some(answer.element()?) })
        });
        match found.await {
            Ok(element) => Ok(element),
            Err(error) => {
                let names: Vec<String> =
                    self.ask_with("return namesOf(arguments[0])", vec![json!(role)]).await?;
                Err(format!("{error}; there are {names:?}").into())
            }
        }
    }

    /// Keeps a picture of the window.
    ///
    /// # Errors
    /// It can't be taken or written.
    pub async fn picture(&self, file: &Path) -> Result {
        let bytes = self.session.screenshot_as_png().await?;
        if let Some(folder) = file.parent() {
            tokio::fs::create_dir_all(folder).await?;
        }
        tokio::fs::write(file, bytes).await?;
        Ok(())
    }

    /// What axe finds wrong with the page as it is shown, a line each.
    ///
    /// # Errors
    /// axe is not there (`npm ci` in `ui/` brings it) or does not run.
    pub async fn accessibility_problems(&self) -> Result<Vec<String>> {
        let axe =
            tokio::fs::read_to_string(AXE).await.map_err(|error| format!("{AXE}: {error}"))?;
        let script = format!(
            "{axe}\nconst done = arguments[arguments.length - 1];\n\
             axe.run(document, {{ runOnly: {RULES} }}).then(({{ violations }}) => done(violations.flatMap((rule) =>\n\
             rule.nodes.map((node) => `${{rule.id}}: ${{node.target}}: ${{rule.help}}`))))\n\
             .catch((error) => done([String(error)]));"
        );
        let answer = self.session.execute_async(script, Vec::new()).await?;
        Ok(serde_json::from_value(answer.json().clone())?)
    }
}

/// A debug build on a busy machine takes its time.
const PAGE_LOAD: Duration = Duration::from_secs(60);
