// What all files share, made once and within no test's time limit: both builds of the window, the in-memory one served
// under the content policy of the app, and a Chromium that has opened it.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { preview } from "vite";
import type { TestProject } from "vitest/node";
import { say } from "../failures";

/** The app's own policy is in tauri.conf.json; what is refused here would be refused there. */
const POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:";

/** How long a Chromium may take that nothing of is in memory yet. Milliseconds. */
const COLD = 120_000;

declare module "vitest" {
  interface ProvidedContext {
    /** Where the in-memory window is served. */
    address: string;
    /** Where the Chromium listens. */
    chromium: string;
    /** What ships, built. */
    production: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const open: (() => Promise<void> | void)[] = [];
  const closeAll = async () => {
    for (const close of open.splice(0).reverse()) await close();
  };
  try {
    const production = mkdtempSync(join(tmpdir(), "rundown-window-"));
    open.push(() => rmSync(production, { recursive: true }));
    build("--outDir", production);
    build("--mode", "memory");
    const server = await preview({
      mode: "memory",
      logLevel: "error",
      preview: { port: 0, headers: { "Content-Security-Policy": POLICY } },
    });
    open.push(() => server.close());
    const address = server.resolvedUrls?.local[0];
    if (!address) throw new Error("the preview server has no address");
    const { endpoint, close } = await startChromium();
    open.push(close);
    await openOnce(endpoint, address);
    project.provide("address", address);
    project.provide("chromium", endpoint);
    project.provide("production", production);
  } catch (error) {
    // No test ran, so no reporter will name it.
    say(`FAILED before the browser tests: ${String(error).split("\n", 1).join()}\n`);
    await closeAll();
    throw error;
  }
  return closeAll;
}

function build(...options: string[]): void {
  // A process of its own: vitest's NODE_ENV would make it a development build.
  const env = { ...process.env };
  delete env.NODE_ENV;
  delete env.VITEST;
  execFileSync(process.execPath, ["node_modules/vite/bin/vite.js", "build", ...options], {
    env,
    stdio: ["ignore", "ignore", "inherit"],
  });
}

/** Should it end before it is closed, every test from there on fails: why it ended is said with them. */
async function startChromium(): Promise<{ endpoint: string; close: () => Promise<void> }> {
  const server = await chromium.launchServer({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    timeout: COLD,
  });
  let closing = false;
  let last = "";
  server.process().stderr?.on("data", (said: Buffer) => (last = (last + said.toString()).slice(-1_500)));
  server.process().once("exit", (code, signal) => {
    if (!closing) say(`FAILED because Chromium ended (${signal ?? code ?? "unknown"}), saying:\n${last}\n`);
  });
  return {
    endpoint: server.wsEndpoint(),
    async close() {
      closing = true;
      await server.close();
    },
  };
}

async function openOnce(chromiumAddress: string, address: string): Promise<void> {
  const browser = await chromium.connect(chromiumAddress);
  const page = await browser.newPage();
  await page.goto(address, { timeout: COLD });
  await browser.close();
}
