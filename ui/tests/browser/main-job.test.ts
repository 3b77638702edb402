import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import { openWindow, scheduledCard, stopClock, tabTo, useChromium } from "./window";

useChromium();

function toast(page: Page, words: string | RegExp): Locator {
  return page.getByRole("status").getByText(words);
}

function panel(page: Page): Locator {
  return page.getByRole("complementary", { name: "Post" });
}

test("the landmarks and buttons have their names", async () => {
  const page = await openWindow();
  for (const landmark of ["banner", "main", "contentinfo"] as const) {
    expect(await page.getByRole(landmark).count()).toBe(1);
  }
  expect(await page.getByRole("navigation", { name: "Accounts" }).count()).toBe(1);
  expect(await page.getByRole("region", { name: "Drafts" }).count()).toBe(1);
  for (const name of ["Previous", "Today", "Next", "Timeline", "Settings", "Add account"]) {
    expect(await page.getByRole("button", { name, exact: true }).count(), name).toBe(1);
  }
  expect(await panel(page).count()).toBe(0);
});

test("by keyboard alone: a post is opened, moved, undone, paused and resumed", async () => {
  const page = await openWindow();
  await tabTo(page, "main [data-post]");
  const id = await page.evaluate(() => {
    // From the first card the keyboard reaches on to a scheduled one, as the arrow keys would.
    const scheduled = [
      ...document.querySelectorAll<HTMLElement>("main [data-post][data-status=scheduled]"),
    ].at(-1);
    scheduled?.focus();
    return scheduled?.dataset.post ?? "";
  });
  const card = page.locator(`main [data-post="${id}"]`);
  const before = await card.getAttribute("data-time");

  await page.keyboard.press("Enter");
  await panel(page).getByText("Scheduled").first().waitFor();

  await page.keyboard.press("m");
  const dialog = page.getByRole("dialog", { name: "Move to…" });
  await dialog.waitFor();
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("2026-03-24");
  await page.keyboard.press("Tab");
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("17:15");
  await dialog.getByText("Tue 24 March, 17:15").waitFor();
  await page.keyboard.press("Enter");
  await toast(page, "Moved to Tue 24 March, 17:15").waitFor();
  const moved = () => page.evaluate((post) => window.rundownMemory?.posts.get(post)?.confirmed.time, id);
  await expect.poll(moved).toBe("2026-03-24T16:15:00Z");

  await page.keyboard.press("ControlOrMeta+z");
  await toast(page, /^Undone: back to/).waitFor();
  await expect.poll(moved).toBe(before);

  await tabTo(page, "aside button.btn:not(.icon)");
  await page.keyboard.press("Enter");
  await toast(page, "Paused. It is kept in Drafts.").waitFor();
  await panel(page).getByRole("button", { name: "Resume" }).focus();
  await page.keyboard.press("Enter");
  await toast(page, /^Scheduled for/).waitFor();
  await expect.poll(moved).toBe(before);
});

test("a time that has passed is refused in words, and nothing is asked of the host", async () => {
  const page = await openWindow();
  await (await scheduledCard(page)).click();
  await panel(page).getByRole("button", { name: "Move to…" }).click();
  await page.getByLabel("Date", { exact: true }).fill("2026-03-18");
  await page.getByLabel("Time", { exact: true }).fill("09:00");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").getByRole("alert").getByText("has passed. Pick a later time.").waitFor();
  expect(await page.evaluate(() => window.rundownMemory?.calls.map((call) => call.command))).not.toContain(
    "reschedulePost",
  );
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
});

test("the hour the clocks skip is explained, and the hour they repeat is asked about", async () => {
  const page = await openWindow();
  await (await scheduledCard(page)).click();
  await panel(page).getByRole("button", { name: "Move to…" }).click();
  const dialog = page.getByRole("dialog");
  await page.getByLabel("Date", { exact: true }).fill("2026-03-29");
  await page.getByLabel("Time", { exact: true }).fill("02:30");
  await dialog.getByText("02:30 does not exist: 03:30 is used instead.").waitFor();
  await page.getByLabel("Date", { exact: true }).fill("2026-10-25");
  await page.getByLabel("The second 02:30 (UTC+1)").check();
  await page.keyboard.press("Enter");
  await expect
    .poll(() =>
      page.evaluate(() => window.rundownMemory?.calls.findLast((call) => call.command === "reschedulePost")),
    )
    .toMatchObject({ args: [expect.anything(), "2026-10-25T01:30:00Z"] });
});

test("quick picks and the calendar fill in the fields", async () => {
  const page = await openWindow();
  await (await scheduledCard(page)).click();
  await panel(page).getByRole("button", { name: "Move to…" }).click();
  const [date, time] = [page.getByLabel("Date", { exact: true }), page.getByLabel("Time", { exact: true })];
  const before = await time.inputValue();
  await page.getByRole("button", { name: "Tomorrow, same time" }).click();
  expect([await date.inputValue(), await time.inputValue()]).toEqual(["2026-03-19", before]);
  await page.getByRole("button", { name: "Friday 20 March" }).click();
  expect(await date.inputValue()).toBe("2026-03-20");
  await page.keyboard.press("ArrowDown");
  expect(await date.inputValue()).toBe("2026-03-27");
  await time.press("ArrowUp");
  expect(await time.inputValue()).not.toBe(before);
});

test("while a change waits, the panel says what still goes out", async () => {
  const page = await openWindow({ confirmAfter: 600_000 });
  await (await scheduledCard(page)).click();
  await panel(page).getByRole("button", { name: "Pause", exact: true }).click();
  await panel(page)
    .getByText(/^Still goes out .*your change has not reached Publora yet/)
    .waitFor();
  await page.getByRole("contentinfo").getByText("1 change waiting to be sent").waitFor();
});

test("a refusal stands in the panel in the service's own words until it is dismissed", async () => {
  const page = await openWindow();
  await (await scheduledCard(page)).click();
  await page.evaluate(() => window.rundownMemory?.refuseNext("Cannot update <b>published</b> post"));
  await panel(page).getByRole("button", { name: "Pause", exact: true }).click();
  const problem = panel(page).getByRole("alert");
  await problem.getByText("Cannot update <b>published</b> post").waitFor();
  await problem.getByRole("button", { name: "Dismiss" }).click();
  await problem.waitFor({ state: "detached" });
});

test("the text of a post is text", async () => {
  const page = await openWindow();
  const card = await scheduledCard(page);
  const id = await card.getAttribute("data-post");
  const text = '<img src=x onerror="document.title=1"> & <script>1</script>';
  await page.evaluate(
    ([post, words]) => {
      const kept = window.rundownMemory?.posts.get(post ?? "");
      if (kept) kept.text = words ?? "";
      window.rundownMemory?.changed({ posts: [post ?? ""], accounts: false, everything: false });
    },
    [id, text],
  );
  await card.click();
  await expect
    .poll(() => panel(page).getByRole("group", { name: "Text of the post" }).textContent())
    .toBe(text);
  expect(await page.locator("img").count()).toBe(0);
});

test("Esc closes the panel and gives the focus back to the card", async () => {
  const page = await openWindow();
  const card = await scheduledCard(page);
  await card.click();
  await panel(page).getByRole("button", { name: "Move to…" }).focus();
  await page.keyboard.press("Escape");
  await panel(page).waitFor({ state: "detached" });
  await expect.poll(() => card.evaluate((element) => element.contains(document.activeElement))).toBe(true);
});

test("a message with Undo stays while the pointer is on it", async () => {
  const page = await openWindow();
  await stopClock(page);
  await (await scheduledCard(page)).click();
  await panel(page).getByRole("button", { name: "Pause", exact: true }).click();
  await page.clock.runFor(500);
  const message = toast(page, "Paused. It is kept in Drafts.");
  await message.hover();
  await page.clock.runFor(60_000);
  expect(await message.count()).toBe(1);
  await page.mouse.move(5, 5);
  await page.clock.runFor(60_000);
  expect(await message.count()).toBe(0);
});

test("quitting names what waits; Stay answers no", async () => {
  const page = await openWindow();
  await page.evaluate(() => window.rundownMemory?.askQuit(["Friday feature: moved to Fri 20 March, 17:15"]));
  const dialog = page.getByRole("dialog", { name: "Quit with unsent changes?" });
  await dialog.getByText("Friday feature: moved to Fri 20 March, 17:15").waitFor();
  await dialog.getByRole("button", { name: "Stay" }).click();
  await dialog.waitFor({ state: "detached" });
  expect(
    await page.evaluate(() => window.rundownMemory?.calls.find((call) => call.command === "answerQuit")),
  ).toEqual({
    command: "answerQuit",
    args: [false],
  });
});

test("the settings are kept as they are changed, and the theme is put on the window", async () => {
  const page = await openWindow();
  await page.getByRole("button", { name: "Settings" }).click();
  await page.getByLabel("Reminders").selectOption("30 minutes before");
  await page.getByLabel("Dark").check();
  await page.getByRole("contentinfo").getByText("Reminders 30 min before").waitFor();
  expect(await page.locator("html").getAttribute("data-theme")).toBe("dark");
});

test("the window never scrolls sideways, down to 900 by 600 with a post open", async () => {
  const page = await openWindow({ size: { width: 900, height: 600 } });
  await (await scheduledCard(page)).click();
  await panel(page).waitFor();
  const overflow = await page.evaluate(() => [
    document.documentElement.scrollWidth - innerWidth,
    document.documentElement.scrollHeight - innerHeight,
  ]);
  expect(overflow).toEqual([0, 0]);
});
