// A Chromium with the window in it, on the in-memory host, at a time that never changes between runs.
import { chromium, type Browser, type Locator, type Page } from "playwright-core";
import axe from "axe-core";
import { afterAll, afterEach, beforeAll, expect, inject } from "vitest";

/** Wednesday, 10:02 in Berlin. */
export const NOW = "2026-03-18T09:02:00Z";

type Options = {
  content?: "full" | "empty" | "every-service" | "every-health";
  theme?: "light" | "dark";
  size?: { width: number; height: number };
  /** Commands that get no answer before the test releases them. */
  held?: string[];
  /** How long the service takes to confirm a change, in milliseconds. */
  confirmAfter?: number;
  /** How long a deletion can be taken back, in milliseconds. */
  grace?: number;
};

let browser: Browser;
const complaints: string[] = [];

/** Call at the top of a test file: the one Chromium, and no test passes with an error in the console. */
export function useChromium(): void {
  beforeAll(async () => {
    browser = await chromium.connect(inject("chromium"));
  });
  afterAll(() => browser.close());
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
    expect(complaints.splice(0)).toEqual([]);
  });
}

export async function openWindow(options: Options = {}): Promise<Page> {
  const context = await browser.newContext({
    viewport: options.size ?? { width: 1440, height: 900 },
    colorScheme: options.theme ?? "light",
    timezoneId: "Europe/Berlin",
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  page.setDefaultTimeout(inject("step"));
  page.on("console", (message) => {
    // A browser asks for a favicon; a web view does not.
    if (message.type() === "error" && !message.location().url.endsWith("/favicon.ico")) {
      complaints.push(message.text());
    }
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  const address = new URL(inject("address"));
  const parameters = new URLSearchParams({
    memory: "",
    now: NOW,
    content: options.content ?? "full",
    latency: "1",
    "confirm-after": String(options.confirmAfter ?? 20),
    grace: String(options.grace ?? 10_000),
  });
  options.held?.forEach((command) => parameters.append("hold", command));
  address.search = parameters.toString();
  await page.goto(address.href);
  const ready =
    options.content === "empty"
      ? page.getByRole("main").getByRole("button", { name: "Add account" })
      : page.locator("main [data-post]").first();
  await ready.waitFor();
  return page;
}

/** The soonest scheduled post whose card lies in full view, by its id: its other attributes change. */
export async function scheduledCard(page: Page): Promise<Locator> {
  const id = await page.evaluate(() => {
    const main = document.querySelector("main")?.getBoundingClientRect();
    return [...document.querySelectorAll<HTMLElement>("main [data-post][data-status=scheduled]")]
      .map((card) => ({
        id: card.dataset.post,
        time: card.dataset.time ?? "",
        at: card.getBoundingClientRect(),
      }))
      .filter(({ at }) => main && at.left > main.left && at.right < main.right && at.bottom < main.bottom)
      .sort((one, other) => one.time.localeCompare(other.time))[0]?.id;
  });
  if (id === undefined) throw new Error("no scheduled post is in full view");
  return page.locator(`main [data-post="${id}"]`);
}

/** From here on the window's clock stands still, and only `page.clock.runFor` moves it. */
export async function stopClock(page: Page): Promise<void> {
  await page.clock.install();
  // A clock stops at a time to come.
  await page.clock.pauseAt(Date.now() + 60_000);
}

/** Opens the panel of a post of this account that is still ahead. Resolves to the post's id. */
export async function showPostOf(page: Page, account: string): Promise<string> {
  const id = await page.evaluate((owner) => {
    const memory = window.rundownMemory;
    const found = [...(memory?.posts.values() ?? [])].find(
      ({ account, confirmed }) =>
        account === owner && confirmed.status === "scheduled" && (confirmed.time ?? "") > "2026-03-18T12",
    );
    if (found) memory?.showPost(found.id);
    return found?.id;
  }, account);
  if (id === undefined) throw new Error(`${account} has no post ahead`);
  await page.locator(`main [data-post="${id}"][aria-current]`).first().waitFor({ state: "attached" });
  return id;
}

/** What axe has to say, one line for each element; an empty list is a clean page. */
export async function violations(page: Page): Promise<string[]> {
  // Evaluated, not added as a script: the content policy allows no script but the window's own.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  return page.evaluate(async () => {
    // The shortest of transitions ends with a frame, and until then colours are still the former ones.
    for (let frames = 0; frames < 2; frames++) await new Promise(requestAnimationFrame);
    const loaded = (window as unknown as { axe: typeof axe }).axe;
    const { violations } = await loaded.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.html.slice(0, 160)} (${node.failureSummary ?? ""})`),
    );
  });
}

/** Presses Tab until the focus is on what the selector names. */
export async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 200; presses++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
  }
  throw new Error(`Tab never reached ${selector}`);
}
