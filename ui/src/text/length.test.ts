import { expect, test } from "vitest";
import { graphemes, lengthsOf, loadWeight } from "./length";

test("what a reader takes for one character counts one", () => {
  expect(graphemes("")).toBe(0);
  expect(graphemes("é, e\u0301 and 👩‍👩‍👧‍👦")).toBe(10);
});

test("a text has a length for each network, counted once for two channels of one", () => {
  expect(lengthsOf("Hello", ["linkedin", "twitter", "x", "newnet"], null)).toEqual([
    { network: "LinkedIn", count: 5, limit: 3000 },
    { network: "X", count: 5, limit: 280 },
    { network: "newnet", count: 5, limit: null },
  ]);
});

test.each([
  ["plain words", 11],
  ["日本語", 6],
  ["👩‍👩‍👧‍👦", 2],
  ["https://example.com/a/very/long/way/to/say/where/something/is?and=more", 23],
  ["see example.com now", 31],
])("X weighs %s as %i", async (text, weight) => {
  const weigh = await loadWeight();
  expect(lengthsOf(text, ["twitter", "bluesky"], weigh)).toEqual([
    { network: "X", count: weight, limit: 280 },
    { network: "Bluesky", count: graphemes(text), limit: 300 },
  ]);
});

test("counting for X leaves the built-in objects alone", async () => {
  const before = [RegExp.prototype.exec, String.prototype.replace, Array.prototype.filter, Object.keys];
  (await loadWeight())("https://example.com");
  expect([RegExp.prototype.exec, String.prototype.replace, Array.prototype.filter, Object.keys]).toEqual(
    before,
  );
});
