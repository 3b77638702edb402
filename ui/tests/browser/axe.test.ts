import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { openWindow, scheduledCard, showPostOf, useChromium, violations } from "./window";

useChromium();

type Dialog = { name: string; walk: (page: Page, look: () => Promise<void>) => Promise<void> };

/** Each in a test of its own: a look takes axe a second, and several where the machine is busy. */
const DIALOGS: Dialog[] = [
  {
    name: "the form for an account, with a problem,",
    async walk(page, look) {
      await page.getByRole("button", { name: "Add account" }).click();
      await page.getByText("Advanced").click();
      await page.getByRole("button", { name: "Connect" }).click();
      await page.getByRole("dialog").getByRole("alert").waitFor();
      await look();
    },
  },
  {
    name: "the dialog for the settings",
    async walk(page, look) {
      await page.getByRole("button", { name: "Settings" }).click();
      await page.getByRole("dialog").waitFor();
      await look();
    },
  },
  ...["Replace key", "Disconnect"].map((item) => ({
    name: `the menu of an account, and “${item}” in it,`,
    async walk(page: Page, look: () => Promise<void>) {
      await page.getByRole("button", { name: "Manage Studio" }).click();
      const choice = page.getByRole("menuitem", { name: item });
      await choice.waitFor();
      await look();
      await choice.click();
      await page.getByRole("dialog").waitFor();
      // Until it is known what would be lost.
      await page.locator("dialog button:disabled").waitFor({ state: "detached" });
      await look();
    },
  })),
  {
    name: "the dialog to move a post, with a problem,",
    async walk(page, look) {
      await (await scheduledCard(page)).click();
      await page.getByRole("button", { name: "Move to…" }).click();
      await page.getByRole("dialog").waitFor();
      await look();
      await page.getByLabel("Time", { exact: true }).fill("no time");
      await page.getByRole("button", { name: "Move", exact: true }).click();
      await page.getByRole("dialog").getByRole("alert").waitFor();
      await look();
    },
  },
  {
    name: "the question before quitting",
    async walk(page, look) {
      await page.evaluate(() =>
        window.rundownMemory?.askQuit(["Friday feature: moved to Fri 20 March, 17:15"]),
      );
      await page.getByRole("dialog", { name: "Quit with unsent changes?" }).waitFor();
      await look();
    },
  },
];

for (const theme of ["light", "dark"] as const) {
  test(`the empty window is clean in ${theme}`, async () => {
    const page = await openWindow({ theme, content: "empty" });
    expect(await violations(page)).toEqual([]);
  });

  test(`the full window with a post open is clean in ${theme}`, async () => {
    const page = await openWindow({ theme });
    expect(await violations(page)).toEqual([]);
    await (await scheduledCard(page)).click();
    await page.getByRole("complementary", { name: "Post" }).waitFor();
    expect(await violations(page)).toEqual([]);
  });

  test(`a waiting change, a problem, a conflict and messages are clean in ${theme}`, async () => {
    const page = await openWindow({ theme, confirmAfter: 600_000 });
    await (await scheduledCard(page)).click();
    const panel = page.getByRole("complementary", { name: "Post" });
    await panel.getByRole("button", { name: "Pause", exact: true }).click();
    await page.getByRole("status").getByText("Paused.").waitFor();
    await page.evaluate(() => {
      const control = window.rundownMemory;
      control?.notice({ level: "error", message: "PostPost could not be reached.", post: null });
      if (control)
        Object.assign(control.status, { storageNotice: "The database was set aside.", keychain: "locked" });
      control?.changed({ posts: [], accounts: true, everything: false });
    });
    await page.getByText("The database was set aside.").waitFor();
    expect(await violations(page)).toEqual([]);
    for (const sync of [
      {
        state: "needs-you" as const,
        why: "Cannot update a published post",
        problem: "refused" as const,
        wanted: { status: "scheduled", time: "2026-03-20T16:15:00Z", text: null },
      },
      {
        state: "conflict" as const,
        mine: { status: "scheduled", time: "2026-03-20T16:15:00Z", text: null },
        theirs: { status: "draft", time: null, text: "Their text" },
        standing: "disputed" as const,
        text: "agreed" as const,
        changedAt: "2026-03-18T07:12:00Z",
      },
      {
        state: "conflict" as const,
        mine: { status: "scheduled", time: "2026-03-20T16:15:00Z", text: "My text" },
        theirs: { status: "draft", time: null, text: "Their text" },
        standing: "disputed" as const,
        text: "disputed" as const,
        changedAt: null,
      },
      {
        state: "sending" as const,
        askedAt: "2026-03-18T07:12:00Z",
        progress: "accepted" as const,
        note: null,
      },
    ]) {
      await page.evaluate((state) => {
        const control = window.rundownMemory;
        const id =
          document
            .querySelector("[data-sync=waiting],[data-sync=needs-you],[data-sync=conflict]")
            ?.getAttribute("data-post") ?? "";
        const post = control?.posts.get(id);
        if (post) post.sync = state;
        control?.changed({ posts: [id], accounts: false, everything: false });
      }, sync);
      const shows =
        sync.state === "sending" ? panel.getByText("Accepted", { exact: true }) : panel.getByRole("alert");
      await shows.waitFor();
      expect(await violations(page)).toEqual([]);
    }
  });

  test.each(DIALOGS)(`$name is clean in ${theme}`, async ({ walk }) => {
    const page = await openWindow({ theme });
    await walk(page, async () => expect(await violations(page)).toEqual([]));
  });

  test(`the form for a new post, with problems, is clean in ${theme}`, async () => {
    const page = await openWindow({ theme, content: "every-service" });
    await page.keyboard.press("n");
    const form = page.getByRole("dialog", { name: "New post" });
    await form.getByLabel("Account").selectOption({ label: "Agência (Postato)" });
    await form.getByRole("button", { name: "Save draft" }).click();
    await form.getByRole("alert").waitFor();
    expect(await violations(page)).toEqual([]);
    await form.getByLabel("Instagram · @loja").check();
    await form.getByLabel("Text", { exact: true }).fill("word ".repeat(500));
    await form.getByLabel("Schedule").check();
    await form.getByLabel("Time", { exact: true }).fill("no time");
    await form.getByText("300 over what Instagram takes").waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.getByRole("status").getByText("Your text is kept").waitFor();
    await page.keyboard.press("n");
    await form.getByText("This is what you wrote before.").waitFor();
    expect(await violations(page)).toEqual([]);
  });

  test.each(["Edit", "Publish now…", "Delete…"])(`the dialog of “%s” is clean in ${theme}`, async (name) => {
    const page = await openWindow({ theme, content: "every-service" });
    await showPostOf(page, "launch");
    await page.getByRole("complementary", { name: "Post" }).getByRole("button", { name }).click();
    await page.getByRole("dialog").waitFor();
    expect(await violations(page)).toEqual([]);
  });

  test(`a post by hand, one that is refused a pause, and one being cancelled are clean in ${theme}`, async () => {
    const page = await openWindow({ theme, content: "every-service" });
    const panel = page.getByRole("complementary", { name: "Post" });
    await showPostOf(page, "by-hand");
    await panel.getByRole("button", { name: "Done" }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.evaluate(() => window.rundownMemory?.refuseNext("No drafts here."));
    await showPostOf(page, "agency");
    await panel.getByRole("button", { name: "Pause", exact: true }).click();
    await panel.getByRole("button", { name: "Cancel post…" }).click();
    await page.getByRole("dialog").waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole("dialog").getByRole("button", { name: "Cancel post" }).click();
    await panel.getByText("Will be cancelled for good in a moment.").waitFor();
    expect(await violations(page)).toEqual([]);
    await page
      .getByRole("region", { name: "Drafts" })
      .getByRole("button", { name: /only here/ })
      .click();
    await panel.getByText("Only on this computer").waitFor();
    expect(await violations(page)).toEqual([]);
  });
}
