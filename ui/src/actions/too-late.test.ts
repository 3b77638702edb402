import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createMemoryHost } from "../host/memory";
import { AppState } from "../state/app.svelte";
import { atNextPossible, keepAsDraft, nextPossible, nextPossibleLabel } from "./too-late";
import { tryAgain } from "./try-again";

const NOW = Date.parse("2026-03-18T09:02:00Z");

beforeEach(() => void vi.useFakeTimers({ now: NOW }));
afterEach(() => void vi.useRealTimers());

async function opened(problem: "too-late" | "shifted", status = "scheduled", text: string | null = null) {
  const host = createMemoryHost({ confirmAfter: 0 });
  const app = new AppState(host);
  const kept = [...host.control.posts.values()].find((post) => post.confirmed.status === "scheduled");
  if (!kept) throw new Error("the demo has scheduled posts");
  const wanted = { status: "scheduled", time: "2026-03-18T09:03:00Z", text };
  kept.confirmed = { status, time: status === "draft" ? null : kept.confirmed.time };
  kept.sync = { state: "needs-you", why: "It came too late.", problem, wanted };
  await app.load();
  const post = () => {
    const found = app.posts.get(kept.id);
    if (!found) throw new Error("it is there");
    return found;
  };
  return { app, host, post };
}

test("the next possible time leaves the lead and a minute, on a five-minute step", async () => {
  const { app, post } = await opened("too-late");
  expect(nextPossible(app, post())).toBe("2026-03-18T09:05:00Z");
  expect(nextPossibleLabel(app, post())).toMatch(/^Next possible time \(\d\d:\d\d\)$/);
  await atNextPossible.run(app, post());
  expect(post().time).toBe("2026-03-18T09:05:00Z");
});

test("a draft whose resume came too late stays one, and a scheduled post is paused", async () => {
  const draft = await opened("too-late", "draft");
  await keepAsDraft.run(draft.app, draft.post());
  expect(draft.host.control.calls.map(({ command }) => command)).toContain("dismissProblem");
  const armed = await opened("too-late");
  await keepAsDraft.run(armed.app, armed.post());
  expect(armed.post().status).toBe("draft");
});

test("a text that came too late is kept in the draft", async () => {
  const { app, host, post } = await opened("too-late", "draft", "Better words");
  await keepAsDraft.run(app, post());
  expect(host.control.calls.map(({ command }) => command)).toContain("pausePost");
  expect(post().text).toBe("Better words");
});

test("only what the service answered is tried again, not what came too late", async () => {
  const late = await opened("too-late");
  expect(tryAgain.applies(late.app, late.post())).toBe(false);
  const shifted = await opened("shifted");
  expect(tryAgain.applies(shifted.app, shifted.post())).toBe(true);
});
