// Pause all and resume all, as the window asks and tells.
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { openWindow, useChromium, violations } from "./window";

useChromium();

const statuses = (page: Page): Promise<string[]> =>
  page.evaluate(() => [...(window.rundownMemory?.posts.values() ?? [])].map((post) => post.confirmed.status));

async function pauseAll(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Pause all", exact: true }).click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /^Pause \d+ posts$/ })
    .press("Enter");
}

test("everything is paused from the banner, and goes out again as it was", async () => {
  const page = await openWindow();
  const before = await statuses(page);
  await pauseAll(page);
  const banner = page.getByRole("main").getByRole("status");
  await banner.getByText(/^Paused: \d+ posts\.$/).waitFor();
  expect(await statuses(page)).not.toContain("scheduled");

  await page.getByRole("button", { name: "Resume…" }).click();
  const dialog = page.getByRole("dialog", { name: "Resume what is paused" });
  await dialog.getByRole("radio", { name: "As they were, each at its time" }).waitFor();
  await dialog.getByRole("button", { name: /^Resume \d+ posts$/ }).click();
  await banner.getByText(/go out again/).waitFor();
  await expect.poll(() => statuses(page)).toEqual(before);
  await page.getByRole("button", { name: "Done" }).click();
  await banner.getByText(/go out again/).waitFor({ state: "detached" });
});

test("while it is on its way, what still goes out is counted, and can be taken back unsent", async () => {
  const page = await openWindow();
  const before = await statuses(page);
  await page.evaluate(() => window.rundownMemory?.setOnline(false));
  await pauseAll(page);
  await page.getByText(/^Pausing: 0 of \d+ paused, \d+ still go out\.$/).waitFor();
  await page.getByRole("button", { name: "Resume…" }).click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /^Resume \d+ posts$/ })
    .click();
  await expect
    .poll(() =>
      page.evaluate(() => [...(window.rundownMemory?.posts.values() ?? [])].every((it) => !it.wish)),
    )
    .toBe(true);
  expect(await statuses(page)).toEqual(before);
});

test("one by one, only what is ticked goes out again", async () => {
  const page = await openWindow();
  await pauseAll(page);
  await page.getByText(/^Paused: \d+ posts\.$/).waitFor();
  await page.getByRole("button", { name: "Resume…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("radio", { name: "One by one" }).check();
  const submit = dialog.getByRole("button", { name: /^Resume \d+ posts?$/ });
  expect(await submit.isDisabled()).toBe(true);
  const rows = dialog.getByRole("region", { name: "To go out again" });
  await rows.getByRole("checkbox").first().check();
  await submit.click();
  await expect
    .poll(async () => (await statuses(page)).filter((status) => status === "scheduled").length)
    .toBe(1);
});

test("accounts are resumed by themselves, shifted, and the status bar counts what stays", async () => {
  const page = await openWindow();
  await pauseAll(page);
  const footer = page.getByRole("contentinfo");
  await footer.getByRole("button", { name: /^\d+ posts paused$/ }).click();
  const dialog = page.getByRole("dialog", { name: "Resume what is paused" });
  const before = await dialog.getByRole("region", { name: "To go out again" }).getByRole("listitem").count();
  await dialog.getByRole("checkbox", { name: /^Studio/ }).uncheck();
  await dialog.getByRole("radio", { name: /^Shifted/ }).check();
  const rows = dialog.getByRole("region", { name: "To go out again" }).getByRole("listitem");
  const resumed = await rows.count();
  expect(resumed).toBeLessThan(before);
  await dialog.getByRole("button", { name: /^Resume \d+ posts?$/ }).click();
  await footer.getByRole("button", { name: `${before - resumed} posts paused` }).waitFor();
  const back = (): Promise<string[]> =>
    page.evaluate(() =>
      [...(window.rundownMemory?.posts.values() ?? [])]
        .filter((it) => it.confirmed.status === "scheduled")
        .map(({ account }) => account),
    );
  await expect.poll(back).toHaveLength(resumed);
  expect(new Set(await back())).toEqual(new Set(["harbour"]));
});

test("the tray's line asks what to pause, and then how to resume", async () => {
  const page = await openWindow();
  await page.evaluate(() => window.rundownMemory?.showPauses());
  const ask = page.getByRole("dialog", { name: "Pause everything?" });
  await ask.getByRole("button", { name: /^Pause \d+ posts$/ }).click();
  await page.getByText(/^Paused: \d+ posts\.$/).waitFor();
  await page.evaluate(() => window.rundownMemory?.showPauses());
  await page.getByRole("dialog", { name: "Resume what is paused" }).waitFor();
});

test.each(["light", "dark"] as const)("both dialogs and the banner are clean in %s", async (theme) => {
  const page = await openWindow({ theme, size: { width: 900, height: 600 }, content: "every-service" });
  await page.getByRole("button", { name: "Pause all", exact: true }).click();
  await page.getByRole("dialog").getByRole("checkbox").first().waitFor();
  expect(await violations(page)).toEqual([]);
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /^Pause \d+ posts$/ })
    .click();
  await page.getByRole("button", { name: "Resume…" }).click();
  await page.getByRole("dialog").getByRole("radio").first().waitFor();
  expect(await violations(page)).toEqual([]);
  const buttons = page.getByRole("dialog").locator(".buttons");
  const box = await buttons.boundingBox();
  expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(600);
});
