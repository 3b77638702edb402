// Writing, changing and deleting posts in the real window: the dialogs, the keyboard, and where the focus is after.
import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import { openWindow, scheduledCard, showPostOf, useChromium } from "./window";

useChromium();

const panel = (page: Page): Locator => page.getByRole("complementary", { name: "Post" });
const said = (page: Page, words: string | RegExp): Promise<void> =>
  page.getByRole("status").getByText(words).waitFor();

function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (element instanceof HTMLElement && element.dataset.post) return element.dataset.post;
    return element?.getAttribute("aria-label") ?? element?.textContent?.trim() ?? "";
  });
}

async function openForm(page: Page): Promise<Locator> {
  await page.getByRole("button", { name: "New post" }).click();
  const form = page.getByRole("dialog", { name: "New post" });
  await form.waitFor();
  return form;
}

test("a post is written and scheduled by keyboard alone", async () => {
  const page = await openWindow();
  await page.keyboard.press("n");
  const form = page.getByRole("dialog", { name: "New post" });
  await form.waitFor();
  await page.keyboard.type("Hello, harbour");
  await form.getByLabel("Account").selectOption({ label: "Harbour (Publora)" });
  await form.getByLabel("Bluesky · @harbour.example").press("Space");
  await form.getByLabel("Schedule").press("Space");
  await form.getByLabel("Date").fill("2026-03-20");
  await form.getByLabel("Time", { exact: true }).fill("02:30");
  await form.getByRole("button", { name: "Schedule for Fri 20, 02:30" }).waitFor();
  await page.keyboard.press("Control+Enter");
  await form.waitFor({ state: "detached" });
  await said(page, "Scheduled for Fri 20 March, 02:30");
  await panel(page).getByText("Hello, harbour").waitFor();
  const card = page.locator("main [data-post^=new]");
  await expect.poll(() => card.getAttribute("data-sync")).toBe("synced");
  expect(await card.getAttribute("data-remote")).toMatch(/^[0-9a-f]{24}$/);
  expect(await card.getAttribute("data-time")).toBe("2026-03-20T01:30:00Z");
});

test("what is wrong is said at its field, and nothing typed is lost", async () => {
  const page = await openWindow();
  const form = await openForm(page);
  await form.getByRole("button", { name: "Save draft" }).click();
  await form.getByText("Choose at least one channel").waitFor();
  await form.getByLabel("X · @studio").check();
  await form.getByRole("button", { name: "Save draft" }).click();
  await form.getByText("Write a text first.").waitFor();
  expect(
    await form.getByLabel("Text", { exact: true }).evaluate((field) => field === document.activeElement),
  ).toBe(true);
  await form.getByLabel("Text", { exact: true }).fill("Hello");
  await form.getByLabel("Schedule").check();
  await form.getByLabel("Date").fill("2026-03-18");
  await form.getByLabel("Time", { exact: true }).fill("09:00");
  await form.getByRole("button", { name: /^Schedule for/ }).click();
  await form.getByText("Wed 18 March, 09:00 has passed. Pick a later time.").waitFor();
  await page.evaluate(() =>
    window.rundownMemory?.failNext("createPost", { code: "storage", message: "The disk is full." }),
  );
  await form.getByRole("button", { name: "Tomorrow, 09:00" }).click();
  await form.getByRole("button", { name: "Schedule for Thu 19, 09:00" }).click();
  await form.getByText("The disk is full.").waitFor();
  expect(await form.getByLabel("Text", { exact: true }).inputValue()).toBe("Hello");
  await form.getByRole("button", { name: "Schedule for Thu 19, 09:00" }).click();
  await said(page, "Scheduled for Thu 19 March, 09:00");
});

test("Esc keeps what was typed for the next opening, until it is thrown away", async () => {
  const page = await openWindow();
  const form = await openForm(page);
  await form.getByLabel("LinkedIn · Studio").check();
  await form.getByLabel("Text", { exact: true }).fill("Half a thought\n\n\n\n\n\n\n\nand more");
  await page.keyboard.press("Escape");
  await said(page, "Your text is kept");
  await expect.poll(() => focused(page)).toBe("New post");
  const again = await openForm(page);
  expect(await again.getByLabel("Text", { exact: true }).inputValue()).toMatch(/^Half a thought/);
  expect(await again.getByLabel("LinkedIn · Studio").isChecked()).toBe(true);
  expect(
    await again
      .getByLabel("Text", { exact: true })
      .evaluate((field) => field.scrollHeight - field.clientHeight),
  ).toBe(0);
  await again.getByRole("button", { name: "Start over" }).click();
  expect(await again.getByLabel("Text", { exact: true }).inputValue()).toBe("");
  await again.getByRole("button", { name: "Bring my text back" }).click();
  expect(await again.getByLabel("Text", { exact: true }).inputValue()).toMatch(/^Half a thought/);
  await again.getByLabel("Text", { exact: true }).fill("");
  await page.keyboard.press("Escape");
  const last = await openForm(page);
  expect(await last.getByLabel("Text", { exact: true }).inputValue()).toBe("");
});

test("a text is counted as each network counts, and one that is too long is warned of", async () => {
  const page = await openWindow();
  const form = await openForm(page);
  await form.getByLabel("LinkedIn · Studio").check();
  await form.getByLabel("X · @studio").check();
  await form
    .getByLabel("Text", { exact: true })
    .fill(`https://example.com/${"a".repeat(100)} ${"b".repeat(270)}`);
  const lengths = form.getByRole("list", { name: "Length" });
  await lengths.getByText("391 / 3000").waitFor();
  await lengths.getByText("294 / 280").waitFor();
  await form.getByText("14 over what X takes as a rule.").waitFor();
  await form.getByRole("button", { name: "Save draft" }).click();
  await said(page, "Draft saved");
});

test("an account that takes one channel for each post says so, and makes one for each", async () => {
  const page = await openWindow({ content: "every-service" });
  const form = await openForm(page);
  await form.getByLabel("Account").selectOption({ label: "Agência (Postato)" });
  await form.getByText("this makes one post for each channel").waitFor();
  await form.getByLabel("Instagram · @loja").check();
  await form.getByLabel("Facebook · Loja").check();
  await form.getByLabel("Text", { exact: true }).fill("Olá");
  await form.getByRole("button", { name: "Save draft" }).click();
  await said(page, "2 drafts saved, one for each channel");
  expect(await page.getByRole("region", { name: "Drafts" }).locator("[data-post^=new]").count()).toBe(2);
});

test("a duplicate has the text and the matching channels, says what it lacks, and leaves the post alone", async () => {
  const page = await openWindow({ content: "every-service" });
  const id = await showPostOf(page, "studio");
  await page.evaluate((post) => {
    const kept = window.rundownMemory?.posts.get(post);
    const picture = { kind: "image" as const, hasPicture: false };
    if (kept) Object.assign(kept, { media: [picture, picture], text: "Harbour news" });
    window.rundownMemory?.changed({ posts: [post], accounts: false, everything: false });
  }, id);
  await panel(page).getByText("2 pictures").waitFor();
  await panel(page).getByText("PostPost's API has no way to change a post's text.").waitFor();
  expect(await panel(page).getByRole("button", { name: "Edit" }).count()).toBe(0);
  await panel(page).getByRole("button", { name: "Duplicate" }).click();
  const form = page.getByRole("dialog", { name: "Duplicate" });
  await form.getByText("2 pictures can't be carried over: Rundown can't upload pictures yet.").waitFor();
  expect(await form.getByLabel("Text", { exact: true }).inputValue()).toBe("Harbour news");
  expect(await form.getByRole("checkbox", { checked: true }).count()).toBe(1);
  await form.getByLabel("Account").selectOption({ label: "Launch (PostEverywhere)" });
  expect(await form.getByRole("checkbox", { checked: true }).count()).toBe(1);
  await form.getByRole("button", { name: "Save draft" }).click();
  await said(page, "Draft saved");
  expect(await page.evaluate((post) => window.rundownMemory?.posts.has(post), id)).toBe(true);
});

test("a text is edited with E, and the card says what waits", async () => {
  const page = await openWindow({ content: "every-service", confirmAfter: 600_000 });
  const id = await showPostOf(page, "harbour");
  const card = page.locator(`main [data-post="${id}"]`).first();
  await card.focus();
  await page.keyboard.press("e");
  const form = page.getByRole("dialog", { name: "Edit" });
  await form.getByText("Harbour (Publora)").waitFor();
  await form.getByLabel("Text", { exact: true }).fill("Another text");
  await page.keyboard.press("Control+Enter");
  await said(page, "Text changed");
  await expect.poll(() => focused(page)).toBe(id);
  await expect.poll(() => card.getAttribute("data-sync")).toBe("waiting");
  await panel(page).getByText("Publora still has the former text").waitFor();
  await page.keyboard.press("Control+z");
  await said(page, "Undone: the former text is back");
});

test("a deletion is confirmed, struck out while it can be undone, and undone from the panel", async () => {
  const page = await openWindow();
  const card = await scheduledCard(page);
  await card.click();
  await panel(page).getByRole("button", { name: "Delete…" }).click();
  const question = page.getByRole("dialog", { name: "Delete this post?" });
  await question
    .getByText(/would go out .* deletes it for good\. You have ten seconds to undo it\./)
    .waitFor();
  await question.getByRole("button", { name: "Delete", exact: true }).click();
  await said(page, "Deleting…");
  await panel(page).getByText("Will be deleted in a moment.").waitFor();
  await expect.poll(() => card.textContent()).toMatch(/being deleted$/);
  expect(
    await card.evaluate(
      (node) => getComputedStyle(node.querySelector(".text") as Element).textDecorationLine,
    ),
  ).toBe("line-through");
  await panel(page).getByRole("button", { name: "Undo" }).press("Enter");
  await said(page, "Undone: the post is not deleted");
  await panel(page).getByRole("button", { name: "Pause", exact: true }).waitFor();
  await expect.poll(() => focused(page)).toBe("Post");
});

test("a post that is deleted takes its panel with it and leaves the focus in the window's main part", async () => {
  const page = await openWindow({ grace: 300 });
  await (await scheduledCard(page)).click();
  await panel(page).getByRole("button", { name: "Delete…" }).press("Enter");
  await page.getByRole("dialog").getByRole("button", { name: "Delete", exact: true }).press("Enter");
  await panel(page).waitFor({ state: "detached" });
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe("MAIN");
  await page.getByText("Deleting…").waitFor({ state: "detached" });
});

test("a post goes out now only after a plain warning", async () => {
  const page = await openWindow({ content: "every-service" });
  const id = await showPostOf(page, "launch");
  await panel(page).getByRole("button", { name: "Publish now…" }).click();
  const question = page.getByRole("dialog", { name: "Publish this post now?" });
  await question
    .getByText(/It goes out at once on (X @launch|LinkedIn Launch)\. This can't be undone\./)
    .waitFor();
  await question.getByRole("button", { name: "Cancel" }).click();
  await expect.poll(() => focused(page)).toBe("Publish now…");
  await page.keyboard.press("Enter");
  await question.getByRole("button", { name: "Publish now" }).click();
  await said(page, "Publishing…");
  await expect
    .poll(() => page.locator(`main [data-post="${id}"]`).first().getAttribute("data-status"))
    .toBe("published");
  await panel(page)
    .getByRole("button", { name: /^Open on/ })
    .waitFor();
  expect(await panel(page).getByRole("button", { name: "Publish now…" }).count()).toBe(0);
});

test("without a connection there is no Publish now, and a deletion says what still goes out", async () => {
  const page = await openWindow({ content: "every-service" });
  await showPostOf(page, "launch");
  await panel(page).getByRole("button", { name: "Publish now…" }).waitFor();
  await page.evaluate(() => window.rundownMemory?.setOnline(false));
  await panel(page).getByRole("button", { name: "Publish now…" }).waitFor({ state: "detached" });
  await panel(page).getByRole("button", { name: "Delete…" }).click();
  await page
    .getByRole("dialog")
    .getByText(/can't be reached now\. Until it can be, the post still goes out/)
    .waitFor();
});

test("where a pause is refused by a service that can only cancel, cancelling is offered and its text kept", async () => {
  const page = await openWindow({ content: "every-service", grace: 300 });
  const id = await showPostOf(page, "agency");
  await page.evaluate(() => window.rundownMemory?.refuseNext("Drafts can't be made of this.", "ignored"));
  await panel(page).getByRole("button", { name: "Pause", exact: true }).click();
  await panel(page).getByRole("button", { name: "Cancel post…" }).click();
  const question = page.getByRole("dialog", { name: "Cancel this post?" });
  await question.getByText(/Cancelling is final there/).waitFor();
  await question.getByRole("button", { name: "Cancel post" }).click();
  await said(page, "Its text is kept in Drafts");
  await expect
    .poll(() => page.evaluate((post) => window.rundownMemory?.posts.get(post)?.confirmed.status, id))
    .toBe("cancelled");
  const draft = page.getByRole("region", { name: "Drafts" }).getByRole("button", { name: /only here/ });
  await draft.click();
  await panel(page).getByText("Only on this computer: Postato does not have it.").waitFor();
});

test("a conflict about the text shows both texts", async () => {
  const page = await openWindow();
  const id = await showPostOf(page, "harbour");
  await page.evaluate((post) => {
    const kept = window.rundownMemory?.posts.get(post);
    if (!kept) return;
    const standing = { ...kept.confirmed, text: null };
    const mine = { ...standing, text: "My text" };
    Object.assign(kept, {
      wish: mine,
      text: "Their text",
      sync: {
        state: "conflict",
        mine,
        theirs: { ...standing, text: "Their text" },
        standing: "agreed",
        text: "disputed",
        changedAt: null,
      },
    });
    window.rundownMemory?.changed({ posts: [post], accounts: false, everything: false });
  }, id);
  const conflict = panel(page).getByRole("alert");
  await conflict.getByRole("group", { name: "Your text" }).getByText("My text").waitFor();
  await conflict.getByRole("group", { name: "Text at Publora" }).getByText("Their text").waitFor();
});

test.each([
  { width: 1440, height: 900 },
  { width: 900, height: 600 },
])("the form fits a window of $width by $height with its buttons in sight", async (size) => {
  const page = await openWindow({ size });
  const form = await openForm(page);
  await form.getByLabel("X · @studio").check();
  await form.getByLabel("Text", { exact: true }).fill("A line of text\n".repeat(60));
  await form.getByLabel("Schedule").check();
  await form.getByLabel("Time", { exact: true }).fill("08:00");
  await form.getByLabel("Date").fill("2026-03-18");
  await form.getByRole("button", { name: /^Schedule for/ }).click();
  const problem = await form.getByText("has passed. Pick a later time.").boundingBox();
  const box = await form.boundingBox();
  const button = await form.getByRole("button", { name: /^Schedule for/ }).boundingBox();
  if (!box || !button || !problem) throw new Error("all are on the screen");
  expect(problem.y + problem.height).toBeLessThan(button.y);
  expect(button.y + button.height).toBeLessThanOrEqual(box.y + box.height);
  expect(box.y + box.height).toBeLessThanOrEqual(size.height);
  expect(await form.evaluate((node) => node.scrollWidth - node.clientWidth)).toBe(0);
});
