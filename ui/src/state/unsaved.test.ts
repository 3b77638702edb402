import { beforeEach, expect, test, vi } from "vitest";
import { Unsaved } from "./unsaved";

beforeEach(() => localStorage.clear());

test("what was typed is there again for the same form, and for no other", () => {
  const typed = { text: "Half a thought", account: "studio", channels: ["x"], when: null };
  new Unsaved().keep("new", typed);
  expect(new Unsaved().get("new")).toEqual(typed);
  expect(new Unsaved().get("edit post-1")).toBeNull();
  new Unsaved().forget("new");
  expect(new Unsaved().get("new")).toBeNull();
});

test("what can't be read is as if there were nothing", () => {
  localStorage.setItem("rundown.unsaved new", "{half");
  expect(new Unsaved().get("new")).toBeNull();
  localStorage.setItem("rundown.unsaved new", '"text"');
  expect(new Unsaved().get("new")).toBeNull();
});

test("a full disk does not take the form away", () => {
  vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
    throw new Error("full");
  });
  expect(() => new Unsaved().keep("new", { text: "Hello" })).not.toThrow();
});

test("texts of long ago make room", () => {
  const unsaved = new Unsaved();
  for (let post = 0; post < 60; post++) unsaved.keep(`edit ${post}`, { text: "Hello" });
  expect(unsaved.get("edit 59")).not.toBeNull();
  expect(localStorage.length).toBeLessThanOrEqual(21);
});
