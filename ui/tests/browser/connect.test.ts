import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { openWindow, scheduledCard, useChromium } from "./window";

useChromium();

const KEY = "sk_lx3q7a.0f9e8d7c6b5a49382716";

async function openForm(): Promise<Page> {
  const page = await openWindow({ content: "empty" });
  await page.getByRole("button", { name: "Add account" }).click();
  await page.getByRole("dialog", { name: "Add account" }).waitFor();
  return page;
}

async function submit(page: Page, key: string): Promise<void> {
  await page.getByLabel("API key").fill(key);
  await page.getByRole("button", { name: "Connect" }).click();
}

function alert(page: Page) {
  return page.getByRole("dialog").getByRole("alert");
}

/** Everywhere a page can keep a string: attributes, text, field values, storage, the address. */
function traces(page: Page, key: string): Promise<string[]> {
  return page.evaluate((secret) => {
    const found: string[] = [];
    const look = (where: string, text: string | null) => void (text?.includes(secret) && found.push(where));
    look("markup", document.documentElement.outerHTML);
    for (const field of document.querySelectorAll("input, textarea, select")) {
      look("field", (field as HTMLInputElement).value);
    }
    look("localStorage", JSON.stringify(localStorage));
    look("sessionStorage", JSON.stringify(sessionStorage));
    look("address", location.href + JSON.stringify(history.state));
    look("host calls", JSON.stringify(window.rundownMemory?.calls));
    return found;
  }, key);
}

test("an account is connected, its posts appear, and the key is in no place of the page", async () => {
  const page = await openForm();
  await page.getByLabel("Account name").fill("Studio");
  await submit(page, KEY);
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await page.locator("main [data-post]").first().waitFor();
  await page.getByRole("navigation", { name: "Accounts" }).getByText("Studio", { exact: true }).waitFor();
  expect(await traces(page, KEY)).toEqual([]);
});

test("an empty key is refused before anything is asked", async () => {
  const page = await openForm();
  await page.getByRole("button", { name: "Connect" }).click();
  expect(await alert(page).textContent()).toContain("Paste the API key first.");
  expect(
    await page.evaluate(() => window.rundownMemory?.calls.some((call) => call.command === "connectAccount")),
  ).toBe(false);
});

test.each([
  ["wrong", "Invalid API key"],
  ["smcp_123", "the key of another service"],
])("the key %s is refused in words, and asked for again", async (key, words) => {
  const page = await openForm();
  await page.getByLabel("Account name").fill("Studio");
  await submit(page, key);
  await alert(page).getByText(words).waitFor();
  expect(await page.getByLabel("API key").inputValue()).toBe("");
  expect(await page.getByLabel("API key").evaluate((field) => field === document.activeElement)).toBe(true);
  expect(await page.getByLabel("Account name").inputValue()).toBe("Studio");
  expect(await traces(page, key)).toEqual([]);
  await submit(page, KEY);
  await page.getByRole("dialog").waitFor({ state: "detached" });
});

test.each([
  ["http://scheduler.example", "must start with https://"],
  ["https://unreachable.example/api", "can't be reached"],
])("the address %s is named, kept, and has the focus", async (address, words) => {
  const page = await openForm();
  await page.getByText("Advanced").click();
  await page.getByLabel("Server address").fill(address);
  await submit(page, KEY);
  await alert(page).getByText(words).waitFor();
  const field = page.getByLabel("Server address");
  expect(await field.inputValue()).toBe(address);
  expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);
  expect(await traces(page, KEY)).toEqual([]);
});

test("the server address starts as the service's own", async () => {
  const page = await openForm();
  await page.getByText("Advanced").click();
  expect(await page.getByLabel("Server address").inputValue()).toBe("https://api.postpost.dev/api/v1");
});

test("offline, the service's own address is not blamed: the key is asked for again", async () => {
  const page = await openForm();
  await page.evaluate(() => window.rundownMemory?.setOnline(false));
  await submit(page, KEY);
  await alert(page).getByText("paste it again").waitFor();
  // A key that is pasted where the focus is must not land in a field that shows it.
  expect(await page.getByLabel("API key").evaluate((field) => field === document.activeElement)).toBe(true);
  expect(await page.getByLabel("Server address").isVisible()).toBe(false);
});

test.each([
  ["absent", "Install GNOME Keyring"],
  ["locked", "The keychain is locked"],
] as const)(
  "with an %s keychain the key can be kept for the session, and only when asked to",
  async (keychain, words) => {
    const page = await openForm();
    await page.evaluate((state) => {
      if (window.rundownMemory) window.rundownMemory.status.keychain = state;
    }, keychain);
    await submit(page, KEY);
    await alert(page).getByText(words).waitFor();
    await page.getByRole("button", { name: "Keep for this session only" }).click();
    await page.getByText("Paste the key again.").waitFor();
    await submit(page, KEY);
    await page.getByText("The key is kept until Rundown quits.").waitFor();
    expect(
      await page.evaluate(() => window.rundownMemory?.accounts.map((account) => account.keyKeptIn)),
    ).toEqual(["session"]);
  },
);

test("the key of an account is replaced, and a wrong one is not", async () => {
  const page = await openWindow();
  await page.getByRole("button", { name: "Manage Studio" }).click();
  await page.getByRole("menuitem", { name: "Replace key" }).click();
  const dialog = page.getByRole("dialog");
  await page.getByLabel("API key").fill("wrong");
  await dialog.getByRole("button", { name: "Replace key" }).click();
  await alert(page).getByText("Invalid API key").waitFor();
  await page.getByLabel("API key").fill(KEY);
  await dialog.getByRole("button", { name: "Replace key" }).click();
  await page.getByRole("status").getByText("Studio has its new key.").waitFor();
  expect(await traces(page, KEY)).toEqual([]);
});

test("disconnecting names the changes that would be lost", async () => {
  const page = await openWindow({ confirmAfter: 600_000 });
  await (await scheduledCard(page)).click();
  const panel = page.getByRole("complementary", { name: "Post" });
  const text = (await panel.getByRole("group", { name: "Text of the post" }).textContent()) ?? "";
  await panel.getByRole("button", { name: "Pause", exact: true }).click();
  await page.getByText("1 change waiting to be sent").waitFor();
  const label = await page.evaluate(() => {
    const waiting = [...(window.rundownMemory?.posts.values() ?? [])].find((post) => post.wish !== null);
    return window.rundownMemory?.accounts.find((account) => account.id === waiting?.account)?.label;
  });
  await page.getByRole("button", { name: `Manage ${label}` }).click();
  await page.getByRole("menuitem", { name: "Disconnect" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("1 change has not been sent and will be lost:").waitFor();
  await dialog.getByText(text.split("\n")[0] ?? "").waitFor();
  await dialog.getByRole("button", { name: "Disconnect" }).click();
  await page.getByRole("status").getByText(`${label} is disconnected.`).waitFor();
});
