import { expect, test } from "vitest";
import { openWindow, scheduledCard, useChromium, violations } from "./window";

useChromium();

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
        theirs: { status: "draft", time: null, text: null },
      },
    ]) {
      await page.evaluate((state) => {
        const control = window.rundownMemory;
        const id =
          document.querySelector("[data-sync=waiting],[data-sync=needs-you]")?.getAttribute("data-post") ??
          "";
        const post = control?.posts.get(id);
        if (post) post.sync = state;
        control?.changed({ posts: [id], accounts: false, everything: false });
      }, sync);
      await panel.getByRole("alert").waitFor();
      expect(await violations(page)).toEqual([]);
    }
  });

  test(`every dialog is clean in ${theme}`, async () => {
    const page = await openWindow({ theme });
    await page.getByRole("button", { name: "Add account" }).click();
    await page.getByText("Advanced").click();
    await page.getByRole("button", { name: "Connect" }).click();
    await page.getByRole("dialog").getByRole("alert").waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press("Escape");

    await page.getByRole("button", { name: "Settings" }).click();
    expect(await violations(page)).toEqual([]);
    await page.getByRole("button", { name: "Done" }).click();

    for (const item of ["Replace key", "Disconnect"]) {
      await page.getByRole("button", { name: "Manage Studio" }).click();
      expect(await violations(page)).toEqual([]);
      await page.getByRole("menuitem", { name: item }).click();
      await page.getByRole("dialog").waitFor();
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press("Escape");
    }

    await (await scheduledCard(page)).click();
    await page.getByRole("button", { name: "Move to…" }).click();
    expect(await violations(page)).toEqual([]);
    await page.getByLabel("Time", { exact: true }).fill("no time");
    await page.getByRole("button", { name: "Move", exact: true }).click();
    await page.getByRole("dialog").getByRole("alert").waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press("Escape");

    await page.evaluate(() =>
      window.rundownMemory?.askQuit(["Friday feature: moved to Fri 20 March, 17:15"]),
    );
    await page.getByRole("dialog", { name: "Quit with unsent changes?" }).waitFor();
    expect(await violations(page)).toEqual([]);
  });
}
