import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createMemoryHost } from "../host/memory";
import type { FormKey, Unsaved as Typed } from "../host";
import { Unsaved } from "./unsaved.svelte";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const NEW: FormKey = { kind: "new" };
const EDIT: FormKey = { kind: "edit", post: "post-1" };

function typed(form: FormKey, text: string): Typed {
  return { form, text, base: "", account: "studio", channels: ["x"], when: null };
}

function opened() {
  const host = createMemoryHost();
  const written = () => host.control.calls.filter(({ command }) => command.endsWith("Unsaved"));
  return { host, unsaved: new Unsaved(host), written };
}

test("what was typed is there again for the same form, and for no other", async () => {
  const { host, unsaved } = opened();
  unsaved.keep(typed(NEW, "Half a thought"));
  await unsaved.flush();
  const next = new Unsaved(host);
  await next.load();
  expect(next.get(NEW)).toEqual(typed(NEW, "Half a thought"));
  expect(next.get(EDIT)).toBeNull();
  next.forget(NEW);
  expect(next.get(NEW)).toBeNull();
  await next.flush();
  expect(await host.unsaved()).toEqual([]);
});

test("it is written at a pause in typing, once, and after two seconds without one", async () => {
  const { unsaved, written } = opened();
  for (const text of ["H", "Ha", "Hal"]) {
    unsaved.keep(typed(NEW, text));
    await vi.advanceTimersByTimeAsync(200);
  }
  expect(written()).toEqual([]);
  await vi.advanceTimersByTimeAsync(400);
  expect(written()).toEqual([{ command: "keepUnsaved", args: [typed(NEW, "Hal")] }]);
  for (let letter = 0; letter < 12; letter++) {
    unsaved.keep(typed(NEW, `Half${".".repeat(letter)}`));
    await vi.advanceTimersByTimeAsync(200);
  }
  expect(written()).toHaveLength(2);
});

test("a full disk is said and does not take the form away; it is tried again", async () => {
  const { host, unsaved } = opened();
  host.control.failNext("keepUnsaved", { code: "storage", message: "The disk is full." });
  unsaved.keep(typed(NEW, "Hello"));
  await unsaved.flush();
  expect(unsaved.problem).toBe("The disk is full.");
  expect(unsaved.get(NEW)?.text).toBe("Hello");
  await vi.advanceTimersByTimeAsync(5_000);
  expect(unsaved.problem).toBeNull();
  expect(await host.unsaved()).toEqual([typed(NEW, "Hello")]);
});

test("what is forgotten right after it was typed stays forgotten", async () => {
  const { host, unsaved } = opened();
  unsaved.keep(typed(NEW, "Hello"));
  void unsaved.flush();
  unsaved.forget(NEW);
  await unsaved.flush();
  expect(await host.unsaved()).toEqual([]);
});
