// Drags in Chromium: the built window on the in-memory host with many posts, and the page of plain
// divs. Arguments: the folder of this file, how many posts, drags, moves of a drag, and pixels.
// Prints {ours, plain, cards}: the lengths of the frames, and how many cards were in view.
//
// It is handed to node on its input, in ui/, where the packages are.
import { readFile } from "node:fs/promises";
import { chromium } from "playwright-core";
import { preview } from "vite";

const [folder, ...numbers] = process.argv.slice(2);
const [POSTS, DRAGS, MOVES, PIXELS] = numbers.map(Number);
const BETWEEN_MOVES = 16;
const DAYS = 180;

const script = await readFile(`${folder}/page.js`, "utf8");
// An isolated page has a clock of microseconds; without it, rounding alone would pass for jitter.
const ISOLATED = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};
const server = await preview({
  mode: "memory",
  logLevel: "error",
  preview: { port: 0, headers: ISOLATED },
});
const [address] = server.resolvedUrls.local;
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});

async function open(url) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 820 } });
  await page.route("**/plain.html?", (route) =>
    route.fulfill({ path: `${folder}/plain.html`, headers: { ...ISOLATED, "Content-Type": "text/html" } }),
  );
  await page.goto(url);
  await addScript(page);
  return page;
}

async function addScript(page) {
  await page.addScriptTag({ content: script });
  await page.evaluate(() => recordFrames());
}

async function drag(page, { x, y }) {
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let move = 1; move <= MOVES; move++) {
    const due = performance.now() + BETWEEN_MOVES;
    await page.mouse.move(x + (PIXELS * move) / MOVES, y);
    await new Promise((done) => setTimeout(done, Math.max(0, due - performance.now())));
  }
  await page.mouse.up();
  return page.evaluate(() => takeFrames());
}

/** Gives the in-memory host six lanes, and posts spread evenly over them and to either side of now. */
async function fill(page) {
  await page.locator("main [data-post]").first().waitFor();
  await page.evaluate(
    ([count, days]) => {
      const { posts, accounts, changed } = window.rundownMemory;
      for (const owner of accounts) {
        const id = `${owner.id}/mastodon`;
        owner.channels.push({ ...owner.channels[0], id, network: "mastodon" });
      }
      const lanes = accounts.flatMap((owner) => owner.channels.map(({ id }) => [owner.id, id]));
      const [pattern] = posts.values();
      posts.clear();
      const start = Date.now() - (days / 2) * 86_400_000;
      for (let index = 0; index < count; index++) {
        const at = start + (index * days * 86_400_000) / count;
        const status = at > Date.now() ? "scheduled" : "published";
        const time = new Date(at).toISOString().replace(/\.\d+/, "");
        const id = `bulk-${index}`;
        const [account, channel] = lanes[index % lanes.length];
        const targets = [{ ...pattern.targets[0], channel, status, time: null, error: null }];
        const confirmed = { status, time };
        const remote = index.toString(16).padStart(24, "0");
        posts.set(id, { ...pattern, id, remote, account, confirmed, targets, text: `Post ${index}` });
      }
      changed({ posts: [], accounts: true, everything: true });
    },
    [POSTS, DAYS],
  );
  await page.locator('main [data-post^="bulk-"]').first().waitFor();
}

async function dragOurs(page) {
  const card = await page.evaluate((room) => cardWithRoom(room), PIXELS);
  if (card === null) throw new Error("no scheduled card has room for the drag");
  const frames = await drag(page, card);
  const isBack = ({ remote, time }) => isSyncedAt(remote, time);
  await page.waitForFunction(({ remote, time }) => !isSyncedAt(remote, time), card);
  await page.keyboard.press("Control+z");
  await page.waitForFunction(isBack, card);
  return frames;
}

try {
  const window = await open(`${address}?memory&latency=1&confirm-after=20`);
  await fill(window);
  const cards = await window.evaluate(() => cardsInView());
  const plainPage = await open(`${address}plain.html?#${cards}`);
  const [ours, plain] = [[], []];
  // The first of each only warms up.
  for (let run = 0; run <= DRAGS; run++) {
    await plainPage.bringToFront();
    const floor = await drag(plainPage, await plainPage.evaluate(() => plainGrip()));
    await plainPage.reload();
    await addScript(plainPage);
    await window.bringToFront();
    const frames = await dragOurs(window);
    if (run > 0) {
      plain.push(...floor);
      ours.push(...frames);
    }
  }
  process.stdout.write(JSON.stringify({ ours, plain, cards }));
} finally {
  await browser.close();
  await server.close();
}
