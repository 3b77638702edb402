// Activity: every change, what became of it, and what can be done about it.
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { openWindow, scheduledCard, useChromium, violations } from "./window";

useChromium();

async function pauseOffline(page: Page): Promise<void> {
  await page.evaluate(() => window.rundownMemory?.setOnline(false));
  await (await scheduledCard(page)).click();
  await page.getByRole("complementary", { name: "Post" }).getByRole("button", { name: "Pause" }).click();
}

test("what waits is opened from the status bar, and discarded without a request", async () => {
  const page = await openWindow();
  await pauseOffline(page);
  await page.getByRole("contentinfo").getByRole("button", { name: "1 change waiting to be sent" }).click();
  const dialog = page.getByRole("dialog", { name: "Activity" });
  const entry = dialog.getByRole("listitem");
  await entry.getByText("waiting").waitFor();
  expect(await entry.getByText("Pause").count()).toBe(1);
  await entry.getByRole("button", { name: "Discard" }).press("Enter");
  await dialog.getByText("There is nothing of this kind.").waitFor();
  await dialog.getByLabel("Show").selectOption("Taken back");
  await entry.getByText("Given up before it was sent.").waitFor();
  await dialog.getByRole("button", { name: "Close" }).click();
  expect(await page.getByText("waiting to be sent").count()).toBe(0);
});

test("what was refused says what the service said, and is asked for again", async () => {
  const page = await openWindow();
  await page.evaluate(() => window.rundownMemory?.refuseNext("Cannot update post"));
  await (await scheduledCard(page)).click();
  await page.getByRole("complementary", { name: "Post" }).getByRole("button", { name: "Pause" }).click();
  await page.getByRole("complementary", { name: "Post" }).getByRole("alert").waitFor();
  await page.getByRole("button", { name: "Activity" }).click();
  const dialog = page.getByRole("dialog", { name: "Activity" });
  await dialog.getByLabel("Show").selectOption("Needs you");
  await dialog.getByRole("listitem").getByText("Cannot update post").waitFor();
  await dialog.getByRole("button", { name: "Retry now" }).click();
  await dialog.getByText("There is nothing of this kind.").waitFor();
  await dialog.getByLabel("Show").selectOption("Everything");
  await dialog.getByText("confirmed").first().waitFor();
});

test.each(["light", "dark"] as const)("an empty and a full list are clean in %s", async (theme) => {
  const page = await openWindow({ theme, size: { width: 900, height: 600 } });
  await page.getByRole("button", { name: "Activity" }).click();
  const dialog = page.getByRole("dialog", { name: "Activity" });
  await dialog.getByLabel("Show").selectOption("Needs you");
  await dialog.getByText("There is nothing of this kind.").waitFor();
  expect(await violations(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Close" }).click();
  await pauseOffline(page);
  await page.getByRole("button", { name: "Activity" }).click();
  await dialog.getByRole("listitem").first().waitFor();
  expect(await violations(page)).toEqual([]);
});
