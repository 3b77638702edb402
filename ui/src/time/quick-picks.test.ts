import { expect, test } from "vitest";
import type { PostView } from "../host";
import { account } from "../host/memory-demo";
import { nextFreeGap, quickPicks } from "./quick-picks";

const NOW = Date.parse("2026-03-18T09:02:00Z");
const studio = account("studio", "Studio", NOW, [["linkedin", "Studio", "Studio"]]);

function post(id: string, time: string | null, channel = "studio/linkedin"): PostView {
  return {
    id,
    remote: id,
    account: "studio",
    text: id,
    confirmedText: null,
    status: time === null ? "draft" : "scheduled",
    time,
    confirmedStatus: "scheduled",
    confirmedTime: time,
    rememberedTime: null,
    sync: { state: "synced" },
    lockedBecause: null,
    undeletableBecause: null,
    leaving: false,
    targets: [{ channel, status: "scheduled", time: null, link: null, error: null }],
    media: [],
    isSpare: false,
    handOver: null,
  };
}

function context(others: PostView[]) {
  return { zone: "Europe/Berlin", now: NOW, account: studio, others };
}

test("picks keep the hour of the day across a change of the clocks", () => {
  const moved = post("moved", "2026-03-27T08:00:00Z");
  expect(
    Object.fromEntries(quickPicks(moved, moved.time, context([])).map(({ label, time }) => [label, time])),
  ).toEqual({
    "+1 h": "2026-03-27T09:00:00Z",
    "Tomorrow, same time": "2026-03-19T08:00:00Z",
    // 09:00 in Berlin before and after the clocks went forward on the 29th.
    "+1 week": "2026-04-03T07:00:00Z",
    "Next free gap": "2026-03-18T09:30:00Z",
  });
});

test("a draft without a time is offered the next full hour and mornings", () => {
  const draft = post("draft", null);
  expect(quickPicks(draft, null, context([])).map(({ time }) => time)).toEqual([
    "2026-03-18T11:00:00Z",
    "2026-03-19T08:00:00Z",
    "2026-03-25T08:00:00Z",
    "2026-03-18T09:30:00Z",
  ]);
});

test("a free gap keeps an hour from every other post of the channel", () => {
  const others = [post("a", "2026-03-18T09:30:00Z"), post("b", "2026-03-18T11:00:00Z")];
  expect(nextFreeGap(post("moved", null), context(others))).toBe("2026-03-18T12:00:00Z");
});

test("a post of another channel, and the post itself, leave the gap free", () => {
  const others = [post("moved", "2026-03-18T09:30:00Z"), post("other", "2026-03-18T09:30:00Z", "studio/x")];
  expect(nextFreeGap(post("moved", null), context(others))).toBe("2026-03-18T09:30:00Z");
});

test("after 21:00 the gap is tomorrow morning", () => {
  const late = { ...context([]), now: Date.parse("2026-03-18T20:05:00Z") };
  expect(nextFreeGap(post("moved", null), late)).toBe("2026-03-19T07:00:00Z");
});
