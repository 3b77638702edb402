import { flushSync } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createMemoryHost, type MemoryHost } from "../host/memory";
import { AppState } from "./app.svelte";
import { started } from "./fixtures";
import { Toasts } from "./toasts.svelte";

const NOW = "2026-03-18T09:02:00Z";
const WEEK = ["2026-03-15T23:00:00Z", "2026-03-22T23:00:00Z"] as const;

let host: MemoryHost;
let app: AppState;
let stop: () => void;

beforeEach(async () => {
  vi.useFakeTimers({ now: Date.parse(NOW) });
  host = createMemoryHost();
  app = new AppState(host);
  stop = await started(app);
  host.control.calls.length = 0;
});

afterEach(() => {
  stop();
  vi.useRealTimers();
});

function called(command: string): unknown[][] {
  return host.control.calls.filter((call) => call.command === command).map((call) => call.args);
}

function scheduled() {
  const found = app.posts.dated.find((post) => post.status === "scheduled");
  if (!found) throw new Error("the demo has scheduled posts");
  return found;
}

test("what the timeline opens on is there before it asks", async () => {
  await app.posts.showRange(...WEEK);
  expect(called("postsInRange")).toEqual([]);
  expect(app.posts.loaded).toBe(true);
  expect(app.posts.dated).not.toEqual([]);
});

test("a range is loaded with as much again on either side, and not asked for twice", async () => {
  await app.posts.showRange("2026-06-07T22:00:00Z", "2026-06-14T22:00:00Z");
  expect(called("postsInRange")).toEqual([["2026-05-31T22:00:00.000Z", "2026-06-21T22:00:00.000Z"]]);
  await app.posts.showRange("2026-06-12T00:00:00Z", "2026-06-19T00:00:00Z");
  expect(called("postsInRange")).toHaveLength(1);
  await app.posts.showRange("2026-06-17T00:00:00Z", "2026-06-24T00:00:00Z");
  expect(called("postsInRange")).toHaveLength(2);
});

test("what happened before the window could hear of it is seen at the second look", async () => {
  const late = createMemoryHost();
  const listen = late.events.changed;
  let heard = (): void => {};
  late.events.changed = (listener) => new Promise((done) => (heard = () => done(listen(listener))));
  const other = new AppState(late);
  const starting = other.start(other.load());
  await vi.advanceTimersByTimeAsync(10);
  const draft = other.posts.drafts[0];
  if (!draft) throw new Error("the demo has drafts");
  late.control.posts.delete(draft.id);
  late.control.changed({ posts: [draft.id], accounts: false, everything: false });
  heard();
  await vi.advanceTimersByTimeAsync(100);
  (await starting)();
  expect(other.posts.get(draft.id)).toBeUndefined();
});

test("a changed event fetches the named posts and no others", async () => {
  await app.posts.showRange(...WEEK);
  const post = scheduled();
  const kept = host.control.posts.get(post.id);
  if (!kept) throw new Error("the twin knows the post");
  kept.text = "edited elsewhere";
  host.control.changed({ posts: [post.id], accounts: false, everything: false });
  await vi.waitFor(() => expect(app.posts.get(post.id)?.text).toBe("edited elsewhere"));
  expect(called("posts")).toEqual([[[post.id]]]);
});

test("a post that no longer exists leaves the screen, and the panel with it", async () => {
  await app.posts.showRange(...WEEK);
  const post = scheduled();
  app.selection.select(post.id);
  host.control.posts.delete(post.id);
  host.control.changed({ posts: [post.id], accounts: false, everything: false });
  await vi.waitFor(() => expect(app.selection.post).toBeNull());
  expect(app.posts.get(post.id)).toBeUndefined();
});

test("very many changed posts are fetched as a range instead of one by one", async () => {
  await app.posts.showRange(...WEEK);
  host.control.changed({
    posts: Array.from({ length: 500 }, (_, index) => `many-${index}`),
    accounts: true,
    everything: false,
  });
  await vi.waitFor(() => expect(called("postsInRange")).toHaveLength(1));
  expect(called("posts").flat(2)).not.toContain("many-0");
});

test("after lost events everything is fetched again", async () => {
  await app.posts.showRange(...WEEK);
  const post = scheduled();
  host.control.posts.delete(post.id);
  host.control.changed({ posts: [], accounts: true, everything: true });
  await vi.waitFor(() => expect(app.posts.get(post.id)).toBeUndefined());
});

test("an older answer never overwrites a newer one", async () => {
  await app.posts.showRange(...WEEK);
  const post = scheduled();
  const range = app.posts.showRange("2026-04-20T00:00:00Z", "2026-04-27T00:00:00Z");
  const kept = host.control.posts.get(post.id);
  if (kept) kept.text = "newer";
  await Promise.all([range, app.posts.refetch([post.id])]);
  expect(app.posts.get(post.id)?.text).toBe("newer");
});

test("the window goes by the host's clock", async () => {
  const late = createMemoryHost({ now: () => Date.parse("2030-01-01T00:00:00Z") });
  const other = new AppState(late);
  await other.status.load();
  expect(other.status.now).toBe(Date.parse("2030-01-01T00:00:00Z"));
});

test("the theme is put on the document, and the system's takes it off again", async () => {
  await app.preferences.save({ theme: "dark" });
  expect(document.documentElement.dataset.theme).toBe("dark");
  await app.preferences.save({ theme: "system" });
  expect(document.documentElement.dataset.theme).toBeUndefined();
});

test("a setting that could not be kept does not look as if it were", async () => {
  host.control.failNext("savePreferences", { code: "storage", message: "The disk is full." });
  await expect(app.preferences.save({ theme: "dark" })).rejects.toMatchObject({ code: "storage" });
  expect(app.preferences.values.theme).toBe("system");
});

test("data that can't be read is said, and can be tried again", async () => {
  const broken = createMemoryHost();
  broken.control.failNext("accounts", {
    code: "storage",
    message: "The database is newer than this Rundown.",
  });
  const other = new AppState(broken);
  const end = await started(other);
  expect(other.failure?.message).toBe("The database is newer than this Rundown.");
  await other.load();
  expect(other.failure).toBeNull();
  expect(other.accounts.list).toHaveLength(2);
  end();
});

test("the tray's post is opened although its week was never loaded", async () => {
  const timeline = { showNow: vi.fn(), page: vi.fn(), zoom: vi.fn(), focusPost: vi.fn(), showPost: vi.fn() };
  app.timeline = timeline;
  host.control.showPost("post-57");
  await vi.waitFor(() => expect(app.selection.post).toBe("post-57"));
  expect(timeline.showPost).toHaveBeenCalledWith("post-57", app.posts.get("post-57")?.time);
});

test("a question asked at quitting opens, also when it was asked before the window was", async () => {
  host.control.askQuit(["Moved: Friday feature"]);
  await vi.waitFor(() => expect(app.dialogs.quit?.changes).toEqual(["Moved: Friday feature"]));
  const later = new AppState(host);
  const end = await started(later);
  expect(later.dialogs.quit?.changes).toEqual(["Moved: Friday feature"]);
  end();
});

test("a plain message leaves by itself, but not while it is hovered or focused", () => {
  const toasts = new Toasts();
  toasts.info("Moved");
  toasts.hold();
  vi.advanceTimersByTime(60_000);
  expect(toasts.list).toHaveLength(1);
  toasts.release();
  vi.advanceTimersByTime(60_000);
  expect(toasts.list).toHaveLength(0);
});

test("an error stays until it is dismissed", () => {
  const toasts = new Toasts();
  toasts.error("PostPost refused it.");
  vi.advanceTimersByTime(600_000);
  expect(toasts.list).toHaveLength(1);
});

test("a refused drop is said once, and leaves by itself", () => {
  const toasts = new Toasts();
  toasts.refused("It has passed.");
  toasts.refused("It has passed.");
  expect(toasts.list.map((toast) => toast.level)).toEqual(["error"]);
  vi.advanceTimersByTime(60_000);
  expect(toasts.list).toHaveLength(0);
});

test("only the last step's message offers Undo", () => {
  const toasts = new Toasts();
  toasts.info("Moved once", { undo: true });
  toasts.info("Moved twice", { undo: true });
  expect(toasts.list.map((toast) => toast.undo)).toEqual([false, true]);
});

test("the same announcement twice is a change of text, or nobody would hear it", () => {
  app.announcer.say("Moved");
  flushSync();
  const first = app.announcer.text;
  app.announcer.say("Moved");
  expect(app.announcer.text).not.toBe(first);
  expect(app.announcer.text.trim()).toBe("Moved");
});
