// Posts that the user publishes by hand, the channels they go to, and how accounts say that they are not well.
import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import { openWindow, scheduledCard, useChromium, violations } from "./window";

useChromium();

const nav = (page: Page): Locator => page.getByRole("navigation", { name: "Accounts" });
const panel = (page: Page): Locator => page.getByRole("complementary", { name: "Post" });
const dueBox = (page: Page): Locator =>
  panel(page).getByRole("region", { name: "Due now: publish it by hand" });
const dueCard = (page: Page): Locator => page.locator('main [data-post="due"]');

async function openDue(page: Page): Promise<void> {
  await page.getByRole("contentinfo").getByRole("button", { name: "1 post to publish by hand" }).click();
  await dueBox(page).waitFor();
}

async function openMenu(page: Page, label: string): Promise<Locator> {
  await page.getByRole("button", { name: `Manage ${label}`, exact: true }).click();
  return page.getByRole("menu", { name: `Manage ${label}` });
}

async function items(menu: Locator): Promise<string[]> {
  const all = await menu.getByRole("menuitem").allInnerTexts();
  return all.map((text) => text.trim());
}

async function calls(page: Page, command: string): Promise<unknown[][]> {
  return page.evaluate(
    (name) =>
      window.rundownMemory?.calls.filter(({ command }) => command === name).map(({ args }) => args) ?? [],
    command,
  );
}

test("the status bar names what is due, and opens it in a small window, its card in sight", async () => {
  const page = await openWindow({ content: "every-service", size: { width: 900, height: 600 } });
  await openDue(page);
  const card = dueCard(page);
  await expect.poll(() => card.innerText()).toContain("due");
  expect(await card.getAttribute("data-status")).toBe("scheduled");
  await page.getByRole("button", { name: /A walk along the pier.*Due now, Wed 18 March, 09:47/ }).waitFor();
  const [box, frame] = [await card.boundingBox(), await page.getByRole("main").boundingBox()];
  if (!box || !frame) throw new Error("the card is not on the screen");
  expect(box.y + box.height).toBeLessThanOrEqual(frame.y + frame.height);
  expect(await panel(page).getByRole("button", { name: "Done" }).count()).toBe(1);
});

test("a due post is copied and opened, then marked as done, and nothing is due any more", async () => {
  const page = await openWindow({ content: "every-service" });
  await openDue(page);
  await dueBox(page).getByRole("button", { name: "Copy and open" }).click();
  await page.getByRole("status").getByText("Text copied. Paste it on the page that opened.").waitFor();
  expect(await calls(page, "handOverPost")).toEqual([["due"]]);
  await dueBox(page).getByRole("button", { name: "Done" }).click();
  await dueBox(page).waitFor({ state: "detached" });
  await expect.poll(() => dueCard(page).getAttribute("data-status")).toBe("published");
  await expect.poll(() => page.getByText("to publish by hand").count()).toBe(0);
});

test("a due post is put off with keys alone", async () => {
  const page = await openWindow({ content: "every-service" });
  await openDue(page);
  await dueBox(page).getByRole("button", { name: "Snooze" }).focus();
  await page.keyboard.press("Enter");
  const menu = page.getByRole("menu", { name: "Snooze" });
  await menu.waitFor();
  expect(await items(menu)).toEqual(["10 minutes", "1 hour", "Tomorrow, 09:47"]);
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await page.getByRole("status").getByText("Snoozed to Thu 19 March, 09:47").waitFor();
  expect(await calls(page, "reschedulePost")).toEqual([["due", "2026-03-19T08:47:00Z"]]);
  await dueBox(page).waitFor({ state: "detached" });
  await panel(page).getByRole("button", { name: "Copy and open" }).waitFor();
  expect(await panel(page).getByRole("button", { name: "Snooze" }).count()).toBe(0);
});

test("a due post is skipped", async () => {
  const page = await openWindow({ content: "every-service" });
  await openDue(page);
  await dueBox(page).getByRole("button", { name: "Skip" }).click();
  await expect.poll(() => dueCard(page).getAttribute("data-status")).toBe("cancelled");
});

test("this computer has no key and can't be disconnected, and its channels are named by the user", async () => {
  const page = await openWindow({ content: "every-service" });
  const menu = await openMenu(page, "This computer");
  expect(await items(menu)).toEqual(["Add channel…", "Rename…", "Move up", "Move down", "Pause all…"]);
  await menu.getByRole("menuitem", { name: "Add channel…" }).click();
  const dialog = page.getByRole("dialog", { name: "Add channel" });
  await dialog.getByLabel("Network").selectOption({ label: "Telegram" });
  await dialog.getByLabel("Handle or name").fill("friends");
  await page.keyboard.press("Enter");
  await dialog.getByRole("alert").getByText("There is a channel of this name already.").waitFor();
  const field = dialog.getByLabel("Handle or name");
  expect(await field.evaluate((element) => document.activeElement === element)).toBe(true);
  await dialog.getByLabel("Network").selectOption({ label: "Other" });
  await dialog.getByLabel("Name of the network").fill("Forum");
  await page.keyboard.press("Enter");
  await dialog.waitFor({ state: "detached" });
  await nav(page).getByText("forum · friends").waitFor();

  await (await openMenu(page, "forum · friends")).getByRole("menuitem", { name: "Rename channel…" }).click();
  const rename = page.getByRole("dialog", { name: "Rename channel" });
  expect(await rename.getByLabel("Name of the network").inputValue()).toBe("forum");
  await page.keyboard.type("Neighbours");
  await page.keyboard.press("Enter");
  await nav(page).getByText("forum · Neighbours").waitFor();

  await page.getByRole("button", { name: /^Manage the lane forum · Neighbours/ }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("menuitem", { name: "Remove channel…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await nav(page).getByText("forum · Neighbours").waitFor({ state: "detached" });
});

test("a channel with posts is not removed, and the dialog says why", async () => {
  const page = await openWindow({ content: "every-service" });
  await (
    await openMenu(page, "Telegram · Friends")
  )
    .getByRole("menuitem", { name: "Remove channel…" })
    .click();
  const dialog = page.getByRole("dialog", { name: "Remove Telegram · Friends?" });
  await dialog.getByRole("button", { name: "Remove" }).click();
  await dialog.getByRole("alert").getByText("still planned for this channel").waitFor();
});

test("with nothing connected, a first post leads to a first channel and back with its text", async () => {
  const page = await openWindow({ content: "empty" });
  await nav(page).getByText("For posts that no service can publish.").waitFor();
  await page.getByRole("button", { name: "New post" }).click();
  const form = page.getByRole("dialog", { name: "New post" });
  await form.getByLabel("Text", { exact: true }).fill("Who brings the cake?");
  await form.getByText("Add a channel first").waitFor();
  await form.getByRole("button", { name: "Add channel…" }).click();
  const dialog = page.getByRole("dialog", { name: "Add channel" });
  await dialog.getByLabel("Handle or name").fill("@me");
  await dialog.getByRole("button", { name: "Add channel" }).click();
  await form.waitFor();
  expect(await form.getByLabel("Text", { exact: true }).inputValue()).toBe("Who brings the cake?");
  expect(await form.getByLabel("X · @me").isChecked()).toBe(true);
  await form.getByRole("button", { name: "Save draft" }).click();
  await page.getByRole("status").getByText("Draft saved").waitFor();
});

test("accounts say what is wrong, until when they wait, what the plan allows and how far a reading is", async () => {
  const page = await openWindow({ content: "every-health" });
  const at = (id: string) => nav(page).locator(`[data-account="${id}"]`);
  await at("limited").getByText("Waits until 10:05.").waitFor();
  await at("capped").getByText("30 of 30 posts used on the plan Starter.").waitFor();
  await at("capped").getByText("Posts up to Fri 20 March").waitFor();
  await at("capped").getByText("LinkedIn wants to be connected again.").waitFor();
  const reading = at("reading").getByRole("status");
  await reading.getByText("Reading… 1,200 of 10,000 posts").waitFor();
  await page.evaluate(() => {
    const control = window.rundownMemory;
    const found = control?.accounts.find(({ id }) => id === "reading");
    Object.assign(found ?? {}, { syncedPosts: 5_200, totalPosts: null });
    control?.changed({ posts: [], accounts: true, everything: false });
  });
  await reading.getByText("Reading… 5,200 posts").waitFor();
  await at("capped").getByRole("button", { name: "Details of Capped" }).click();
  const dialog = page.getByRole("dialog", { name: "Capped" });
  await dialog.getByText("Last answered 1 min ago.").waitFor();
  await dialog.getByText("choose a larger plan").waitFor();
});

test("beyond what a plan allows nothing can be dropped or asked for, and the reason is there", async () => {
  const page = await openWindow();
  await page.evaluate(() => {
    const control = window.rundownMemory;
    control?.accounts.forEach(({ capabilities }) => (capabilities.horizon = "2026-03-20T22:00:00Z"));
    control?.changed({ posts: [], accounts: true, everything: false });
  });
  const lane = page.getByRole("group", { name: /posts? in view, posts up to Fri 20 March$/ }).first();
  await lane.getByText("Posts up to Fri 20 March").waitFor();
  const card = await scheduledCard(page);
  const [box, main] = [await card.boundingBox(), await page.getByRole("main").boundingBox()];
  if (!box || !main) throw new Error("no card to drag");
  await page.mouse.move(box.x + 8, box.y + 8);
  await page.mouse.down();
  await page.mouse.move(main.x + main.width - 70, box.y + 8, { steps: 5 });
  await page.mouse.up();
  await page
    .getByText(/schedules no later than Fri 20 March, 23:00/)
    .first()
    .waitFor();
  expect(await calls(page, "reschedulePost")).toEqual([]);
  await card.click();
  await panel(page).getByRole("button", { name: "Move to…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText(/schedules no later than Fri 20 March, 23:00/).waitFor();
  expect(await dialog.getByRole("button", { name: "Saturday 21 March" }).isDisabled()).toBe(true);
});

for (const theme of ["light", "dark"] as const) {
  test(`a due post, its snoozes and the forms for a channel are clean in ${theme}`, async () => {
    const page = await openWindow({ content: "every-service", theme });
    await openDue(page);
    await dueBox(page).getByRole("button", { name: "Snooze" }).click();
    await page.getByRole("menu", { name: "Snooze" }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await (await openMenu(page, "This computer")).getByRole("menuitem", { name: "Add channel…" }).click();
    await page.getByLabel("Network").selectOption({ label: "Other" });
    await page.getByRole("dialog").getByRole("button", { name: "Add channel" }).click();
    await page.getByRole("alert").waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await (await openMenu(page, "Telegram · Friends")).getByRole("menuitem", { name: "Remove" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
    await page.getByRole("alert").waitFor();
    expect(await violations(page)).toEqual([]);
  });

  test(`accounts that are not well, and their details, are clean in ${theme}`, async () => {
    const page = await openWindow({ content: "every-health", theme });
    expect(await violations(page)).toEqual([]);
    await page.getByRole("button", { name: "Details of Capped" }).click();
    await page.getByRole("dialog").waitFor();
    expect(await violations(page)).toEqual([]);
  });
}
