// What ships: the window without the in-memory host, and nothing the content policy would refuse.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, inject, test } from "vitest";

const folder = inject("production");

function scripts(): string {
  const assets = join(folder, "assets");
  return readdirSync(assets)
    .filter((name) => name.endsWith(".js"))
    .map((name) => readFileSync(join(assets, name), "utf8"))
    .join("\n");
}

test("the in-memory host is left out", () => {
  expect(scripts()).not.toMatch(/rundownMemory|Harbour lights/);
  expect(scripts()).toContain("connect_account");
});

test("the page has no inline script, and every address is relative", () => {
  const page = readFileSync(join(folder, "index.html"), "utf8");
  expect(page).not.toMatch(/<script(?![^>]*\bsrc=)/);
  const addresses = [...page.matchAll(/(?:src|href)="([^"]*)"/g)].map((found) => found[1]);
  expect(addresses.length).toBeGreaterThan(0);
  expect(addresses.filter((address) => !address?.startsWith("./"))).toEqual([]);
});
