// What the panels, dialogs and messages do with the focus, with problems, and with texts nobody tidied up.
import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import type { MemoryPost } from "../../src/host/memory";
import { openWindow, scheduledCard, stopClock, useChromium } from "./window";

useChromium();

function panel(page: Page): Locator {
  return page.getByRole("complementary", { name: "Post" });
}

/** The element with the focus: its landmark's name, or what is written on it. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement;
    return element?.getAttribute("aria-label") ?? element?.textContent ?? "";
  });
}

/** Changes a post behind the window's back, and tells the window. */
async function change(page: Page, card: Locator, changes: Partial<MemoryPost>): Promise<void> {
  const id = (await card.getAttribute("data-post")) ?? "";
  await page.evaluate(
    ([post, values]) => {
      const kept = window.rundownMemory?.posts.get(post);
      if (kept) Object.assign(kept, values);
      window.rundownMemory?.changed({ posts: [post], accounts: true, everything: false });
    },
    [id, changes] as const,
  );
}

const MINE = { status: "scheduled", time: "2026-03-20T16:15:00Z", text: null };
const THEIRS = { status: "scheduled", time: "2026-03-20T08:00:00Z", text: null };

test.each([
  { button: "Keep mine", kept: MINE, words: "Kept: Fri 20 March, 17:15" },
  { button: "Keep theirs", kept: THEIRS, words: "Kept: Fri 20 March, 09:00" },
])(
  "a conflict names both sides, and $button settles it without losing the focus",
  async ({ button, kept, words }) => {
    const page = await openWindow();
    const card = await scheduledCard(page);
    const id = (await card.getAttribute("data-post")) ?? "";
    await card.click();
    await change(page, card, {
      wish: MINE,
      confirmed: THEIRS,
      sync: {
        state: "conflict",
        mine: MINE,
        theirs: THEIRS,
        standing: "disputed",
        text: "agreed",
        changedAt: "2026-03-18T07:12:00Z",
      },
    });
    const conflict = panel(page).getByRole("alert");
    await conflict.getByText("Scheduled, Fri 20 March, 17:15").waitFor();
    await conflict.getByText("Scheduled, Fri 20 March, 09:00").waitFor();
    await conflict.getByText("also changed at Publora (last on Wed 18 March, 08:12)").waitFor();
    await conflict.getByRole("button", { name: button }).press("Enter");
    await page.getByRole("status").getByText(words).waitFor();
    await expect
      .poll(() => page.evaluate((post) => window.rundownMemory?.posts.get(post)?.confirmed, id))
      .toMatchObject({ status: kept.status, time: kept.time });
    await expect.poll(() => focused(page)).toBe("Post");
  },
);

test("of a conflict about time and text each is chosen by itself", async () => {
  const page = await openWindow();
  const card = await scheduledCard(page);
  const id = (await card.getAttribute("data-post")) ?? "";
  await card.click();
  await change(page, card, {
    confirmed: THEIRS,
    text: "Their text",
    sync: {
      state: "conflict",
      mine: { ...MINE, text: "My text" },
      theirs: { ...THEIRS, text: "Their text" },
      standing: "disputed",
      text: "disputed",
      changedAt: null,
    },
  });
  const conflict = panel(page).getByRole("alert");
  const keep = conflict.getByRole("button", { name: "Keep as chosen" });
  expect(await keep.isDisabled()).toBe(true);
  const time = conflict.getByRole("radiogroup", { name: "Status and time" });
  await time.getByRole("radio", { name: "Yours Scheduled, Fri 20 March, 17:15" }).press("Space");
  expect(await keep.isDisabled()).toBe(true);
  await conflict
    .getByRole("radiogroup", { name: "Text" })
    .getByRole("radio", { name: "At Publora" })
    .press("Space");
  await keep.press("Enter");
  await page.getByRole("status").getByText("Kept: Fri 20 March, 17:15").waitFor();
  await expect
    .poll(() => page.evaluate((post) => window.rundownMemory?.posts.get(post), id))
    .toMatchObject({ text: "Their text", confirmed: { status: MINE.status, time: MINE.time } });
  await expect.poll(() => focused(page)).toBe("Post");
});

test("what was asked, accepted and confirmed is told apart", async () => {
  const page = await openWindow();
  const card = await scheduledCard(page);
  await card.click();
  await panel(page).getByText("Confirmed by Publora").waitFor();
  const rows = (): Promise<string[]> =>
    panel(page).locator("dl[aria-label='Your change'] > *").allInnerTexts();
  const open = { wish: MINE, confirmed: THEIRS };
  await change(page, card, {
    ...open,
    sync: { state: "waiting", askedAt: "2026-03-18T09:00:00Z", note: null },
  });
  await expect
    .poll(rows)
    .toEqual([
      "Asked",
      "Scheduled, Fri 20 March, 17:15 10:00",
      "Sent",
      "Not yet",
      "Confirmed",
      "Scheduled, Fri 20 March, 09:00",
    ]);
  const accepted = {
    state: "sending",
    askedAt: "2026-03-18T09:00:00Z",
    progress: "accepted",
    note: null,
  } as const;
  await change(page, card, { ...open, sync: accepted });
  await expect
    .poll(async () => (await rows()).slice(2, 4))
    .toEqual(["Accepted", "By Publora, not confirmed yet"]);
});

test("a draft that may be there twice is offered for deletion, and can be kept", async () => {
  const page = await openWindow();
  const draft = page.getByRole("region", { name: "Drafts" }).locator("[data-post]").first();
  await draft.click();
  await change(page, draft, { isSpare: true });
  const question = panel(page).getByRole("alert");
  await question.getByText("may be there twice").waitFor();
  await question.getByRole("button", { name: "Delete this one…" }).press("Enter");
  await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).press("Enter");
  await question.getByRole("button", { name: "Keep both" }).press("Enter");
  await question.waitFor({ state: "detached" });
  await expect.poll(() => focused(page)).toBe("Post");
});

test("a deletion that does not arrive says that the post still goes out", async () => {
  const page = await openWindow();
  const card = await scheduledCard(page);
  await card.click();
  const asked = { state: "waiting", askedAt: "2026-03-18T09:00:00Z", note: "No connection." } as const;
  await change(page, card, { wish: { status: "deleted", time: null, text: null }, sync: asked });
  await panel(page).getByText("Will be deleted as soon as Publora takes it.").waitFor();
  await panel(page).getByText("Still goes out").waitFor();
  await panel(page).getByText("No connection.").waitFor();
});

test("a post that is paused while a time is chosen for it is not scheduled by that", async () => {
  const page = await openWindow();
  const card = await scheduledCard(page);
  await card.press("m");
  const dialog = page.getByRole("dialog", { name: "Move to" });
  await dialog.waitFor();
  await change(page, card, { confirmed: { status: "draft", time: null } });
  await dialog.getByText("It was paused meanwhile").waitFor();
  await dialog.getByRole("button", { name: "Move" }).click();
  await dialog.getByRole("alert").getByText("so nothing is sent").waitFor();
  const sent = await page.evaluate(() => window.rundownMemory?.calls.map(({ command }) => command));
  expect(sent).not.toContain("resumePost");
  expect(sent).not.toContain("reschedulePost");
});

test("a dismissed problem and a pause by key leave the focus in the panel", async () => {
  const page = await openWindow();
  const card = await scheduledCard(page);
  await card.click();
  await change(page, card, {
    sync: { state: "needs-you", why: "Cannot update post", problem: "refused", wanted: MINE },
  });
  await panel(page).getByRole("button", { name: "Dismiss" }).press("Enter");
  await panel(page).getByRole("alert").waitFor({ state: "detached" });
  await expect.poll(() => focused(page)).toBe("Post");
  await panel(page).getByRole("button", { name: "Pause", exact: true }).press("Enter");
  await panel(page).getByRole("button", { name: "Resume" }).waitFor();
  await expect.poll(() => focused(page)).toBe("Post");
});

test("a draft scheduled by key leaves the focus on the next draft", async () => {
  const page = await openWindow();
  const drafts = page.getByRole("region", { name: "Drafts" }).locator("[data-post]");
  const id = await drafts.first().getAttribute("data-post");
  await drafts.first().press("m");
  await page.getByRole("dialog", { name: "Schedule" }).waitFor();
  await page.keyboard.press("Enter");
  await page
    .getByRole("status")
    .getByText(/^Scheduled for/)
    .waitFor();
  const next = (await drafts.first().getAttribute("data-post")) ?? "";
  expect(next).not.toBe(id);
  await expect
    .poll(() => page.evaluate(() => (document.activeElement as HTMLElement).dataset.post))
    .toBe(next);
});

test("what is wrong with a channel is said beside it in the panel", async () => {
  const page = await openWindow();
  const card = await scheduledCard(page);
  await card.click();
  const problem = "The connection expired on 3 March.";
  await page.evaluate((words) => {
    for (const account of window.rundownMemory?.accounts ?? []) {
      for (const channel of account.channels) channel.problem = words;
    }
    window.rundownMemory?.changed({ posts: [], accounts: true, everything: false });
  }, problem);
  await panel(page).getByText(problem).waitFor();
});

test("disconnecting names what waits, in a line each, and what needs attention is not counted as waiting", async () => {
  const page = await openWindow({ confirmAfter: 600_000 });
  const card = await scheduledCard(page);
  const id = (await card.getAttribute("data-post")) ?? "";
  const label = await page.evaluate((post) => {
    const memory = window.rundownMemory;
    const owner = memory?.posts.get(post)?.account;
    const [empty, problem] = [...(memory?.posts.values() ?? [])].filter(
      ({ id, account, confirmed }) => id !== post && account === owner && confirmed.status === "scheduled",
    );
    const waiting = {
      wish: { status: "draft", time: null, text: null },
      sync: { state: "waiting" as const, askedAt: "2026-03-18T09:00:00Z", note: null },
    };
    const long = memory?.posts.get(post);
    if (memory && long && empty && problem) {
      Object.assign(long, waiting, { text: "word ".repeat(12_000) });
      Object.assign(empty, waiting, { text: "", media: [] });
      Object.assign(problem, { sync: { state: "needs-you", why: "No." } });
      memory.changed({ posts: [post, empty.id, problem.id], accounts: true, everything: false });
    }
    return memory?.accounts.find((account) => account.id === owner)?.label ?? "";
  }, id);
  await page.getByRole("contentinfo").getByText("2 changes waiting to be sent").waitFor();
  await page.getByRole("button", { name: `Manage ${label}` }).click();
  await page.getByRole("menuitem", { name: "Disconnect" }).click();
  const dialog = page.getByRole("dialog", { name: `Disconnect ${label}?` });
  await dialog.getByText("2 things are at no service yet and will be lost:").waitFor();
  const lines = await dialog.getByRole("listitem").allTextContents();
  expect(lines.toSorted()).toEqual([
    "A post without text: be draft",
    expect.stringMatching(/^“word .{50,60}”: be draft$/),
  ]);
  await dialog.getByRole("button", { name: "Disconnect" }).press("Enter");
  await page.getByRole("status").getByText(`${label} is disconnected.`).waitFor();
  await expect.poll(() => focused(page)).toBe("Accounts");
});

test("a message with Undo stays while it has the focus, and gives the focus back when it goes", async () => {
  const page = await openWindow();
  await stopClock(page);
  const card = await scheduledCard(page);
  await card.focus();
  await page.keyboard.press("Alt+ArrowRight");
  await page.keyboard.press("Enter");
  await page.clock.runFor(500);
  const undo = page.getByRole("button", { name: "Undo" });
  await undo.hover();
  await undo.focus();
  await page.mouse.move(5, 5);
  await page.clock.runFor(60_000);
  expect(await undo.count()).toBe(1);
  await undo.press("Enter");
  await page.clock.runFor(500);
  const undone = page.getByRole("status").getByText(/^Undone: back to/);
  expect(await undone.count()).toBe(1);
  expect(await card.evaluate((element) => element === document.activeElement)).toBe(true);
  await page.clock.runFor(60_000);
  expect(await undone.count()).toBe(0);
});

test("a setting that can't be kept is said in the dialog, which shows what holds", async () => {
  const page = await openWindow();
  await page.getByRole("button", { name: "Settings" }).click();
  const dialog = page.getByRole("dialog", { name: "Settings" });
  const fail = () =>
    page.evaluate(() =>
      window.rundownMemory?.failNext("savePreferences", { code: "storage", message: "The disk is full." }),
    );
  await fail();
  await dialog.getByLabel("Reminders").selectOption("1 hour before");
  await dialog.getByRole("alert").getByText("The disk is full.").waitFor();
  await expect.poll(() => dialog.getByLabel("Reminders").inputValue()).toBe("15");
  await fail();
  await dialog.getByLabel("Dark").click();
  await expect.poll(() => dialog.getByLabel("Like the system").isChecked()).toBe(true);
  await fail();
  const letters = dialog.getByLabel("Letters alone");
  await letters.click();
  await expect.poll(() => letters.isChecked()).toBe(true);
  await page.getByRole("contentinfo").getByText("Reminders 15 min before").waitFor();
});

test("text that runs from right to left does so on the card, in the panel and in the dialog", async () => {
  const page = await openWindow();
  const card = await scheduledCard(page);
  await change(page, card, { text: "مرحبا بالعالم!" });
  await card.getByText("مرحبا").waitFor();
  await card.click();
  await panel(page).getByRole("button", { name: "Move to…" }).click();
  await page.getByRole("dialog").waitFor();
  const directions = await page
    .getByText("مرحبا بالعالم!", { exact: true })
    .evaluateAll((elements) => elements.map((element) => getComputedStyle(element).direction));
  expect(directions).toEqual(["rtl", "rtl", "rtl"]);
});

test("at 200 % a card of the timeline still has room beside the open post", async () => {
  const page = await openWindow({ size: { width: 640, height: 400 } });
  await page.locator("main [data-post][data-status=scheduled]").first().press("Enter");
  await panel(page).waitFor();
  const room = await page.evaluate(() => {
    const [track, card] = [".track", "main [data-post]"].map((name) => document.querySelector(name));
    return (track?.clientWidth ?? 0) - (card?.clientWidth ?? 0);
  });
  expect(room).toBeGreaterThan(0);
});

test("Move to… on a post of an opened stack gives the focus back to the stack", async () => {
  const page = await openWindow();
  const card = await scheduledCard(page);
  const id = (await card.getAttribute("data-post")) ?? "";
  await page.evaluate((post) => {
    const memory = window.rundownMemory;
    const pattern = memory?.posts.get(post);
    if (!memory || !pattern) return;
    for (let minute = 10; minute < 60; minute += 10) {
      const confirmed = { status: "scheduled", time: `2026-03-19T10:${minute}:00Z`, text: null };
      memory.posts.set(`crowd-${minute}`, { ...pattern, id: `crowd-${minute}`, confirmed });
    }
    memory.changed({ posts: [...memory.posts.keys()], accounts: true, everything: false });
  }, id);
  const stack = page.locator("main [data-stack][data-posts*=crowd]").first();
  await stack.press("Enter");
  const entry = page.getByRole("dialog", { name: /posts/ }).locator("[data-post]").nth(1);
  await entry.press("m");
  await page.getByRole("dialog", { name: "Move to…" }).waitFor();
  await page.keyboard.press("Escape");
  await expect.poll(() => stack.evaluate((element) => element === document.activeElement)).toBe(true);
});

test("a post deleted in the middle of its drag is let go of, and said", async () => {
  const page = await openWindow();
  const card = await scheduledCard(page);
  const id = (await card.getAttribute("data-post")) ?? "";
  const at = await card.boundingBox();
  if (!at) throw new Error("the card has no box");
  await page.mouse.move(at.x + 20, at.y + 20);
  await page.mouse.down();
  await page.mouse.move(at.x + 150, at.y + 20, { steps: 4 });
  await page.evaluate((post) => {
    window.rundownMemory?.posts.delete(post);
    window.rundownMemory?.changed({ posts: [post], accounts: false, everything: false });
  }, id);
  await page
    .getByRole("alert")
    .getByText("The post was changed or deleted meanwhile. Nothing was sent.")
    .waitFor();
  await page.mouse.up();
  const asked = await page.evaluate(() => window.rundownMemory?.calls.map(({ command }) => command));
  expect(asked).not.toContain("reschedulePost");
});

test("a draft whose lane is scrolled out of sight stays in sight while it is dragged, and lands where it says", async () => {
  const page = await openWindow();
  await page.evaluate(() => {
    const account = window.rundownMemory?.accounts[0];
    for (let number = 0; account && number < 20; number++) {
      account.channels.push({
        id: `more-${number}`,
        network: "mastodon",
        name: `Channel ${number}`,
        handle: null,
        problem: null,
        hidden: false,
      });
    }
    window.rundownMemory?.changed({ posts: [], accounts: true, everything: false });
  });
  const last = page.locator('[data-channel="more-19"]');
  await last.scrollIntoViewIfNeeded();
  const draft = page.getByRole("region", { name: "Drafts" }).locator("[data-post]").first();
  const [from, over] = [await draft.boundingBox(), await last.boundingBox()];
  if (!from || !over) throw new Error("nothing to drag, or nowhere");
  await page.mouse.move(from.x + 20, from.y + 10);
  await page.mouse.down();
  await page.mouse.move(from.x + 40, from.y + 10, { steps: 3 });
  const to = { x: over.x + over.width - 200, y: over.y + 20 };
  await page.mouse.move(to.x, to.y, { steps: 5 });
  const ghost = page.locator(".ghost[popover]");
  // The ghost follows with the next frame, to the nearest time it snaps to.
  await expect.poll(async () => Math.abs(((await ghost.boundingBox())?.x ?? NaN) - to.x)).toBeLessThan(40);
  const main = await page.getByRole("main").boundingBox();
  const box = await ghost.boundingBox();
  expect(box?.y).toBeGreaterThan(main?.y ?? NaN);
  const said = /(\w+ \d+), (\d\d:\d\d)/.exec((await ghost.textContent()) ?? "");
  await page.mouse.up();
  await page.getByRole("status").getByText(`Scheduled for ${said?.[1]} March, ${said?.[2]}`).waitFor();
});
