// What is typed and not saved, and the texts a post has had, in the real window.
import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import { openWindow, showPostOf, useChromium, violations } from "./window";

useChromium();

const panel = (page: Page): Locator => page.getByRole("complementary", { name: "Post" });
const field = (form: Locator): Locator => form.getByLabel("Text", { exact: true });

async function edit(page: Page): Promise<Locator> {
  await panel(page).getByRole("button", { name: "Edit" }).click();
  const form = page.getByRole("dialog", { name: "Edit" });
  await form.waitFor();
  return form;
}

async function save(page: Page, text: string): Promise<void> {
  const form = await edit(page);
  await field(form).fill(text);
  await form.getByRole("button", { name: "Save" }).click();
  await form.waitFor({ state: "detached" });
  await panel(page).getByText(text).first().waitFor();
}

/** The commands of this name that the window gave, with what it passed. */
function calls(page: Page, name: string): Promise<unknown[]> {
  return page.evaluate(
    (wanted) =>
      (window.rundownMemory?.calls ?? [])
        .filter(({ command }) => command === wanted)
        .map(({ args }) => args[0]),
    name,
  );
}

test("a text changed while it is edited is said in the editor, and either is taken", async () => {
  const page = await openWindow();
  const post = await showPostOf(page, "harbour");
  const before = await page.evaluate((id) => window.rundownMemory?.posts.get(id)?.text, post);
  const form = await edit(page);
  await field(form).fill("Mine");
  const theirs = `${before} and then some`;
  const changeElsewhere = (text: string) =>
    page.evaluate(
      ([id, text]) => {
        const memory = window.rundownMemory;
        const found = memory?.posts.get(id);
        if (found) found.text = text;
        memory?.changed({ posts: [id], accounts: false, everything: false });
      },
      [post, text] as const,
    );
  await changeElsewhere(theirs);
  await form.getByText("was changed while you were writing").waitFor();
  expect(await field(form).inputValue()).toBe("Mine");
  expect(
    await form.getByRole("group", { name: "What was changed meanwhile" }).locator("ins").innerText(),
  ).toBe(" and then some");
  expect(await violations(page)).toEqual([]);
  await form.getByRole("button", { name: "Take the new text" }).click();
  expect(await field(form).inputValue()).toBe(theirs);
  await form.getByRole("button", { name: "Bring my text back" }).click();
  expect(await field(form).inputValue()).toBe("Mine");
  await changeElsewhere("Once more");
  await form.getByRole("button", { name: "Keep mine" }).click();
  expect(await form.getByText("was changed while you were writing").count()).toBe(0);
  await form.getByRole("button", { name: "Save" }).click();
  await form.waitFor({ state: "detached" });
  await panel(page).getByText("Mine", { exact: true }).first().waitFor();
});

test("earlier texts are compared with the one now, copied, and restored with an Undo", async () => {
  const page = await openWindow();
  const post = await showPostOf(page, "harbour");
  const first = await page.evaluate((id) => window.rundownMemory?.posts.get(id)?.text ?? "", post);
  expect(await panel(page).getByRole("button", { name: "Earlier texts…" }).count()).toBe(0);
  await save(page, "A second text");
  await save(page, "A third text");
  await panel(page).getByRole("button", { name: "Earlier texts…" }).click();
  const dialog = page.getByRole("dialog", { name: "Earlier texts" });
  const radios = dialog.getByRole("radio");
  await expect.poll(() => radios.count()).toBe(3);
  expect(await radios.nth(1).isChecked(), "the one before").toBe(true);
  const compared = dialog.getByRole("group", { name: /compared/ });
  expect(await compared.locator("del").innerText()).toBe("second");
  expect(await compared.locator("ins").innerText()).toBe("third");
  expect(await violations(page)).toEqual([]);
  await radios.nth(1).focus();
  await page.keyboard.press("ArrowDown");
  await dialog.getByRole("button", { name: "Restore" }).click();
  await dialog.waitFor({ state: "detached" });
  await expect.poll(() => panel(page).innerText()).toContain(first.trim().split("\n")[0]);
  await page.getByRole("status").getByRole("button", { name: "Undo" }).click();
  await panel(page).getByText("A third text").first().waitFor();
});

test("what is typed is written before the window closes, and a disk that takes nothing is said", async () => {
  const page = await openWindow();
  await page.getByRole("button", { name: "New post" }).click();
  const form = page.getByRole("dialog", { name: "New post" });
  await field(form).fill("Half a thought");
  await page.evaluate(() => window.rundownMemory?.closeWindow());
  await expect.poll(() => calls(page, "windowMayClose")).toHaveLength(1);
  expect(await calls(page, "keepUnsaved")).toMatchObject([{ form: { kind: "new" }, text: "Half a thought" }]);
  await page.evaluate(() =>
    window.rundownMemory?.failNext("keepUnsaved", { code: "storage", message: "The disk is full." }),
  );
  await field(form).fill("Half a thought more");
  await form.getByText("What you type is not kept on disk at the moment").waitFor();
  expect(await field(form).inputValue()).toBe("Half a thought more");
  expect(await violations(page)).toEqual([]);
});
