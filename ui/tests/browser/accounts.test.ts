// What can be done with an account and its lanes, from their menus, with the pointer and with keys alone.
import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import { openWindow, tabTo, useChromium, violations } from "./window";

useChromium();

const nav = (page: Page): Locator => page.getByRole("navigation", { name: "Accounts" });
const lanes = (page: Page): Locator => page.locator("main [data-channel]");

async function order(page: Page): Promise<(string | null)[]> {
  return nav(page)
    .locator("[data-account]")
    .evaluateAll((elements) => elements.map((element) => element.getAttribute("data-account")));
}

async function openMenu(page: Page, label: string): Promise<Locator> {
  await page.getByRole("button", { name: `Manage ${label}`, exact: true }).click();
  return page.getByRole("menu", { name: `Manage ${label}` });
}

/** Hides the lane of a channel from its header. */
async function hide(page: Page, channel: string): Promise<void> {
  const lane = page.locator(`main [data-channel="${channel}"]`);
  await lane.getByRole("button", { name: /^Manage the lane/ }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("menuitem", { name: "Hide lane" }).press("Enter");
  await lane.waitFor({ state: "detached" });
}

function focusedLabel(page: Page): Promise<string | null> {
  return page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? null);
}

test("an account is renamed from its menu, and the lanes and menus follow", async () => {
  const page = await openWindow();
  await (await openMenu(page, "Studio")).getByRole("menuitem", { name: "Rename…" }).click();
  const dialog = page.getByRole("dialog", { name: "Rename account" });
  const field = dialog.getByLabel("Account name");
  expect(await field.inputValue()).toBe("Studio");
  await page.keyboard.type("Client A");
  await page.keyboard.press("Enter");
  await dialog.waitFor({ state: "detached" });
  await nav(page).getByText("Client A").waitFor();
  expect(await lanes(page).first().getAttribute("aria-label")).toContain("Client A");
  await expect.poll(() => focusedLabel(page)).toBe("Manage Client A");
});

test("a name that can't be kept is said in the dialog, and the name stays", async () => {
  const page = await openWindow();
  await page.evaluate(() =>
    window.rundownMemory?.failNext("renameAccount", { code: "storage", message: "The disk is full." }),
  );
  await (await openMenu(page, "Studio")).getByRole("menuitem", { name: "Rename…" }).click();
  const dialog = page.getByRole("dialog", { name: "Rename account" });
  await dialog.getByLabel("Account name").fill("Client A");
  await dialog.getByRole("button", { name: "Rename" }).click();
  await dialog.getByRole("alert").getByText("The disk is full.").waitFor();
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await nav(page).getByText("Studio", { exact: true }).first().waitFor();
});

test("a colour chosen with keys marks the account, its lanes and their cards", async () => {
  const page = await openWindow();
  await page.getByRole("button", { name: "Manage Studio", exact: true }).focus();
  await page.keyboard.press("Enter");
  await page.locator("[role=menuitem]:focus").getByText("Rename…").waitFor();
  await page.keyboard.press("ArrowDown");
  await expect.poll(() => focusedLabel(page)).toBe("Blue");
  await page.keyboard.press("ArrowDown");
  await page.locator("[role=menuitem]:focus").getByText("Move down").waitFor();
  await page.keyboard.press("ArrowUp");
  await expect.poll(() => focusedLabel(page)).toBe("Slate");
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowDown");
  expect(await page.getByRole("menuitemradio", { name: "Blue" }).first().getAttribute("aria-checked")).toBe(
    "true",
  );
  for (let presses = 0; presses < 5; presses++) await page.keyboard.press("ArrowRight");
  await expect.poll(() => focusedLabel(page)).toBe("Plum");
  await page.keyboard.press("Enter");
  await expect.poll(() => focusedLabel(page)).toBe("Manage Studio");
  await expect
    .poll(() =>
      page.evaluate(() => {
        const plum = getComputedStyle(document.documentElement).getPropertyValue("--account-plum").trim();
        const probe = document.body.appendChild(document.createElement("i"));
        probe.style.color = plum;
        const wanted = getComputedStyle(probe).color;
        probe.remove();
        const lane = document.querySelector('[data-channel="studio/linkedin"]');
        const [header, card] = [lane?.querySelector(".name"), lane?.querySelector("[data-post].card")];
        const mark = document.querySelector('[data-account="studio"] .mark');
        if (!header || !card || !mark) return ["nothing to look at"];
        return [
          getComputedStyle(header).borderLeftColor,
          getComputedStyle(card).borderRightColor,
          getComputedStyle(mark).backgroundColor,
        ].filter((colour) => colour !== wanted);
      }),
    )
    .toEqual([]);
});

test("an account moves up and down with keys, keeps the focus, and can't leave the list", async () => {
  const page = await openWindow();
  expect(await order(page)).toEqual(["studio", "harbour"]);
  await page.getByRole("button", { name: "Manage Studio", exact: true }).focus();
  await page.keyboard.press("Enter");
  expect(await page.getByRole("menuitem", { name: "Move up" }).isDisabled()).toBe(true);
  await page.getByRole("menuitem", { name: "Move down" }).press("Enter");
  await expect.poll(() => order(page)).toEqual(["harbour", "studio"]);
  await expect.poll(() => focusedLabel(page)).toBe("Manage Studio");
  expect(await lanes(page).first().getAttribute("data-channel")).toBe("harbour/instagram");
  await page.keyboard.press("Enter");
  expect(await page.getByRole("menuitem", { name: "Move down" }).isDisabled()).toBe(true);
  await page.getByRole("menuitem", { name: "Move up" }).press("Enter");
  await expect.poll(() => order(page)).toEqual(["studio", "harbour"]);
});

test("a hidden lane leaves the timeline, is counted, and comes back by Undo", async () => {
  const page = await openWindow();
  const before = await lanes(page).count();
  await hide(page, "studio/linkedin");
  expect(await lanes(page).count()).toBe(before - 1);
  await expect.poll(() => page.evaluate(() => document.activeElement?.closest("main") !== null)).toBe(true);
  await page.getByRole("main").getByText("1 lane is hidden.").waitFor();
  await page.getByRole("status").getByText("LinkedIn · Studio is hidden. Its posts still go out.").waitFor();
  await page.getByRole("button", { name: "Undo" }).click();
  await page.locator('main [data-channel="studio/linkedin"]').waitFor();
  expect(await page.getByText("1 lane is hidden.").count()).toBe(0);
});

test("hidden lanes are listed under their account with a way back, and below the timeline", async () => {
  const page = await openWindow();
  await hide(page, "studio/linkedin");
  await hide(page, "studio/twitter");
  await page.getByRole("main").getByText("2 lanes are hidden.").waitFor();
  await nav(page).getByRole("button", { name: "Show LinkedIn · Studio" }).press("Enter");
  await page.locator('main [data-channel="studio/linkedin"]').waitFor();
  await page.getByRole("main").getByRole("button", { name: "Show it" }).click();
  await page.locator('main [data-channel="studio/twitter"]').waitFor();
});

test("with every lane hidden the timeline says so, and shows them again", async () => {
  const page = await openWindow();
  const channels = await lanes(page).evaluateAll((all) =>
    all.map((lane) => (lane as HTMLElement).dataset.channel),
  );
  for (const channel of channels) await hide(page, channel ?? "");
  await page.getByRole("main").getByText(`${channels.length} lanes are hidden.`).waitFor();
  await page.getByRole("button", { name: "Show them" }).click();
  await expect.poll(() => lanes(page).count()).toBe(channels.length);
});

test("the menu of a lane is reached by Tab and seen then", async () => {
  const page = await openWindow();
  await tabTo(page, "main [data-channel] button[aria-haspopup=menu]");
  const opacity = () =>
    page.evaluate(() => {
      const menu = document.activeElement?.parentElement;
      return menu ? getComputedStyle(menu).opacity : null;
    });
  await expect.poll(opacity).toBe("1");
});

test("a post says how many attachments it has, on its card and to those who listen", async () => {
  const page = await openWindow();
  const card = page.locator("main [data-post][data-status=scheduled].card").first();
  const id = (await card.getAttribute("data-post")) ?? "";
  await page.evaluate((post) => {
    const kept = window.rundownMemory?.posts.get(post);
    if (kept) kept.media = Array(3).fill({ kind: "image", hasPicture: true });
    window.rundownMemory?.changed({ posts: [post], accounts: false, everything: false });
  }, id);
  const same = page.locator(`main [data-post="${id}"]`);
  await same.getByText("3 attachments").waitFor();
  expect(await same.locator(".attachments").textContent()).toBe("3");
});

for (const theme of ["light", "dark"] as const) {
  test(`menus, swatches, the name's dialog and hidden lanes are clean in ${theme}`, async () => {
    const page = await openWindow({ theme });
    const menu = await openMenu(page, "Studio");
    expect(await violations(page)).toEqual([]);
    await menu.getByRole("menuitem", { name: "Rename…" }).click();
    await page.getByRole("dialog", { name: "Rename account" }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page
      .locator('main [data-channel="studio/linkedin"]')
      .getByRole("button", { name: /^Manage the lane/ })
      .focus();
    await page.keyboard.press("Enter");
    expect(await violations(page)).toEqual([]);
    await page.getByRole("menuitem", { name: "Hide lane" }).press("Enter");
    await nav(page).getByRole("button", { name: "Show LinkedIn · Studio" }).waitFor();
    expect(await violations(page)).toEqual([]);
  });
}
