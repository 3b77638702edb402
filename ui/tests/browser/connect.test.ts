import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import { openWindow, scheduledCard, useChromium, violations } from "./window";

useChromium();

const KEY = "sk_lx3q7a.0f9e8d7c6b5a49382716";

/** Opens two workspaces. */
const WIDE_KEY = "smcp_lx3q7a0f9e8d7c6b5a";

async function openForm(options: Parameters<typeof openWindow>[0] = {}): Promise<Page> {
  const page = await openWindow({ content: "empty", ...options });
  await page.getByRole("button", { name: "Add account" }).click();
  await page.getByRole("dialog", { name: "Add account" }).waitFor();
  return page;
}

async function submit(page: Page, key: string): Promise<void> {
  await page.getByLabel("API key").fill(key);
  await page.getByRole("button", { name: "Connect" }).click();
}

/** The form in its second step. */
async function openChoice(options: Parameters<typeof openWindow>[0] = {}): Promise<Page> {
  const page = await openForm(options);
  await page.getByLabel("Service").selectOption("Postato");
  await page.getByLabel("Account name").fill("Agência");
  await submit(page, WIDE_KEY);
  await page.getByRole("status").getByText("accepted the key").waitFor();
  return page;
}

/** Waits until the dialog is gone, and gives the names of the commands asked since the form was sent first. */
async function commandsAfterClose(page: Page): Promise<string[]> {
  await page.getByRole("dialog").waitFor({ state: "detached" });
  return page.evaluate(() => {
    const names = (window.rundownMemory?.calls ?? []).map((call) => call.command);
    return names.filter((name) => ["connectAccount", "chooseWorkspace", "cancelConnect"].includes(name));
  });
}

/** The accounts at services, as the host has them. */
function connected(page: Page) {
  return page.evaluate(() => (window.rundownMemory?.accounts ?? []).filter(({ builtIn }) => !builtIn));
}

function hasFocus(field: Locator): Promise<boolean> {
  return field.evaluate((element) => element === document.activeElement);
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

test.each([
  ["PostPost", "https://api.postpost.dev/api/v1", "sk_…", 0],
  ["Publora", "https://api.publora.com/api/v1", "sk_…", 1],
  ["Postato", "https://api.postato.com.br", "smcp_…", 0],
  ["PostEverywhere", "https://app.posteverywhere.ai/api/v1", "pe_live_…", 0],
])("the form follows the service: %s at %s", async (name, address, hint, managedUserFields) => {
  const page = await openForm();
  await page.getByText("Advanced").click();
  await page.getByLabel("Service").selectOption(name);
  expect(await page.getByLabel("Server address").inputValue()).toBe(address);
  expect(await page.getByLabel("API key").getAttribute("placeholder")).toBe(hint);
  expect(await page.getByLabel("Account name").getAttribute("placeholder")).toBe(name);
  expect(await page.getByLabel("Managed user").count()).toBe(managedUserFields);
});

test("a form that is open before the services are known has the first of them when they come", async () => {
  const page = await openForm({ held: ["services"] });
  expect(await page.getByLabel("Service").inputValue()).toBe("");
  await page.evaluate(() => window.rundownMemory?.release("services"));
  await expect.poll(() => page.getByLabel("Service").inputValue()).toBe("postpost");
  await submit(page, KEY);
  await page.getByRole("status").getByText("PostPost is connected.").waitFor();
});

test("another service takes nothing over that was meant for the first", async () => {
  const page = await openForm();
  await page.getByText("Advanced").click();
  await page.getByLabel("Service").selectOption("Publora");
  await page.getByLabel("Server address").fill("https://scheduler.example");
  await page.getByLabel("Managed user").fill("client-7");
  await submit(page, "wrong");
  await alert(page).getByText("Publora refused the key").waitFor();
  await page.getByLabel("Service").selectOption("PostPost");
  expect(await alert(page).count()).toBe(0);
  expect(await page.getByLabel("Server address").inputValue()).toBe("https://api.postpost.dev/api/v1");
  await page.getByLabel("Service").selectOption("Publora");
  expect(await page.getByLabel("Managed user").inputValue()).toBe("");
});

test("a managed user goes with the key", async () => {
  const page = await openForm();
  await page.getByLabel("Service").selectOption("Publora");
  await page.getByText("Advanced").click();
  await page.getByLabel("Managed user").fill(" client-7 ");
  await submit(page, KEY);
  await page.getByRole("status").getByText("Publora is connected.").waitFor();
  const forms = await page.evaluate(() =>
    window.rundownMemory?.calls.filter(({ command }) => command === "connectAccount").map(({ args }) => args),
  );
  expect(forms).toMatchObject([[{ service: "publora", managedUser: "client-7" }]]);
});

test("where the key opens two workspaces, the one that is chosen is connected", async () => {
  const page = await openChoice();
  const workspace = page.getByLabel("Workspace");
  expect(await hasFocus(workspace)).toBe(true);
  expect(await workspace.inputValue()).toBe("");
  for (const field of ["Service", "Account name", "API key"]) {
    expect(await page.getByLabel(field).isDisabled()).toBe(true);
  }
  expect(await page.getByLabel("API key").inputValue()).toBe("");
  expect(await traces(page, WIDE_KEY)).toEqual([]);
  await workspace.selectOption("Cliente B");
  await page.getByRole("button", { name: "Connect" }).click();
  await page.getByRole("status").getByText("Agência is connected.").waitFor();
  expect(await commandsAfterClose(page)).toEqual(["connectAccount", "chooseWorkspace"]);
  const accounts = page.getByRole("navigation", { name: "Accounts" });
  await accounts.getByText("Cliente B", { exact: true }).waitFor();
  await accounts.getByRole("button", { name: "Manage Agência · Cliente B" }).waitFor();
  await page
    .getByRole("group", { name: /Agência · Cliente B, \d+ posts in view/ })
    .first()
    .waitFor();
  expect(await traces(page, WIDE_KEY)).toEqual([]);
});

test("where the key opens one workspace, nothing is asked", async () => {
  const page = await openForm();
  await page.getByLabel("Service").selectOption("Postato");
  await submit(page, `${WIDE_KEY}-one`);
  await page.getByRole("status").getByText("Postato is connected.").waitFor();
  expect(await commandsAfterClose(page)).toEqual(["connectAccount"]);
  await page.getByRole("navigation", { name: "Accounts" }).getByText("Cliente A", { exact: true }).waitFor();
});

test("no workspace is connected before one is chosen", async () => {
  const page = await openChoice();
  await page.getByRole("button", { name: "Connect" }).click();
  await alert(page).getByText("Choose a workspace first.").waitFor();
  expect(await hasFocus(page.getByLabel("Workspace"))).toBe(true);
});

test.each(["Cancel", "Escape"])("%s in the second step has the key forgotten", async (way) => {
  const page = await openChoice();
  if (way === "Escape") await page.keyboard.press("Escape");
  else await page.getByRole("button", { name: "Cancel" }).click();
  expect(await commandsAfterClose(page)).toEqual(["connectAccount", "cancelConnect"]);
  expect(await connected(page)).toEqual([]);
  expect(await traces(page, WIDE_KEY)).toEqual([]);
});

test("a form closed while the key is checked has it forgotten when the workspaces come", async () => {
  const page = await openForm({ held: ["connectAccount"] });
  await page.getByLabel("Service").selectOption("Postato");
  await submit(page, WIDE_KEY);
  await page.getByRole("status").getByText("Checking the key with Postato").waitFor();
  await page.getByRole("button", { name: "Cancel" }).click();
  expect(await commandsAfterClose(page)).toEqual(["connectAccount"]);
  await page.evaluate(() => window.rundownMemory?.release("connectAccount"));
  await expect.poll(() => commandsAfterClose(page)).toEqual(["connectAccount", "cancelConnect"]);
});

test("a workspace that is refused is said in place, and another one can be chosen", async () => {
  const page = await openChoice();
  await page.evaluate(() =>
    window.rundownMemory?.failNext("chooseWorkspace", {
      code: "already-connected",
      message: "This account is connected already, as “Studio”.",
    }),
  );
  await page.getByLabel("Workspace").selectOption("Cliente A");
  await page.getByRole("button", { name: "Connect" }).click();
  await alert(page).getByText("connected already").waitFor();
  expect(await alert(page).textContent()).not.toContain("paste");
  expect(await hasFocus(page.getByLabel("Workspace"))).toBe(true);
  expect(await page.getByLabel("API key").inputValue()).toBe("");
  await page.getByLabel("Workspace").selectOption("Cliente B");
  expect(await alert(page).count()).toBe(0);
  await page.getByRole("button", { name: "Connect" }).click();
  await page.getByRole("status").getByText("Agência is connected.").waitFor();
});

test("where the host no longer has the key, the form asks for it again", async () => {
  const page = await openChoice();
  await page.evaluate(() =>
    window.rundownMemory?.failNext("chooseWorkspace", { code: "not-found", message: "It took too long." }),
  );
  await page.getByLabel("Workspace").selectOption("Cliente A");
  await page.getByRole("button", { name: "Connect" }).click();
  await alert(page).getByText("It took too long. The key was not kept: paste it again.").waitFor();
  expect(await page.getByLabel("Workspace").count()).toBe(0);
  expect(await hasFocus(page.getByLabel("API key"))).toBe(true);
});

test("a keychain that is missing in the second step leads back to the key", async () => {
  const page = await openChoice();
  await page.evaluate(() => {
    if (window.rundownMemory) window.rundownMemory.status.keychain = "absent";
  });
  await page.getByLabel("Workspace").selectOption("Cliente A");
  await page.getByRole("button", { name: "Connect" }).click();
  await page.getByRole("button", { name: "Keep for this session only" }).click();
  await page.getByText("Paste the key again.").waitFor();
  expect(await hasFocus(page.getByLabel("API key"))).toBe(true);
  await submit(page, WIDE_KEY);
  await page.getByLabel("Workspace").selectOption("Cliente A");
  await page.getByRole("button", { name: "Connect" }).click();
  await page.getByText("The key is kept until Rundown quits.").waitFor();
});

test.each(["light", "dark"] as const)("the second step is clean in %s", async (theme) => {
  const page = await openChoice({ theme });
  await page.getByText("Advanced").click();
  expect(await violations(page)).toEqual([]);
  await page.getByRole("button", { name: "Connect" }).click();
  await alert(page).waitFor();
  expect(await violations(page)).toEqual([]);
});

test("the empty window names every service", async () => {
  const page = await openWindow({ content: "empty" });
  await page.getByText("at PostPost, Publora, Postato or PostEverywhere").waitFor();
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
    expect((await connected(page)).map((account) => account.keyKeptIn)).toEqual(["session"]);
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
  await dialog.getByText("1 thing is at no service yet and will be lost:").waitFor();
  await dialog.getByText(text.split("\n")[0] ?? "").waitFor();
  await dialog.getByRole("button", { name: "Disconnect" }).click();
  await page.getByRole("status").getByText(`${label} is disconnected.`).waitFor();
});
