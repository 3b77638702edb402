import { describe, expect, test } from "vitest";
import type { PostView, SideView } from "../host";
import { account } from "../host/memory-demo";
import { accountName } from "./account";
import { channelLabel, networkColor, networkName } from "./channel";
import { historyWords } from "./history";
import { mediaWords } from "./media";
import { postLabel, statusLabel, statusTone } from "./status";
import { stillStands } from "./unsent";

const NOW = Date.parse("2026-03-18T09:02:00Z");
const ZONE = "Europe/Berlin";

function post(change: Partial<PostView>): PostView {
  return {
    id: "1",
    remote: "1",
    account: "studio",
    text: "",
    confirmedText: null,
    status: "scheduled",
    time: "2026-03-20T16:15:00Z",
    confirmedStatus: "scheduled",
    confirmedTime: "2026-03-18T09:00:00Z",
    rememberedTime: null,
    sync: { state: "waiting", askedAt: "2026-03-18T09:00:00Z", note: null },
    lockedBecause: null,
    undeletableBecause: null,
    leaving: false,
    targets: [],
    media: [],
    isSpare: false,
    handOver: null,
    ...change,
  };
}

describe("what still holds while a change waits", () => {
  test("is the confirmed time", () => {
    expect(stillStands(post({}), "PostPost", ZONE, NOW)).toBe(
      "Still goes out at 10:00: your change has not reached PostPost yet.",
    );
    expect(stillStands(post({ confirmedTime: "2026-03-19T09:00:00Z" }), "PostPost", ZONE, NOW)).toBe(
      "Still goes out Thu 19 March, 10:00: your change has not reached PostPost yet.",
    );
  });

  test("is a draft where the service still has one", () => {
    const draft = post({ confirmedStatus: "draft", confirmedTime: null });
    expect(stillStands(draft, "PostPost", ZONE, NOW)).toContain("Still a draft at PostPost");
  });

  test("is the failure of a post that is being tried again", () => {
    const failed = post({ status: "publishing", confirmedStatus: "failed" });
    expect(stillStands(failed, "PostPost", ZONE, NOW)).toBe(
      "Still failed at PostPost: your change has not reached PostPost yet.",
    );
  });

  test("is nothing to say once the change has arrived", () => {
    expect(stillStands(post({ sync: { state: "synced" } }), "PostPost", ZONE, NOW)).toBeNull();
  });
});

test("what still holds while a creation or a text waits is said as it is", () => {
  expect(stillStands(post({ remote: null }), "PostPost", ZONE, NOW)).toBe(
    "Not at PostPost yet: it is still to be created there.",
  );
  const edited = post({ confirmedTime: "2026-03-20T16:15:00Z", confirmedText: "Old" });
  expect(stillStands(edited, "PostPost", ZONE, NOW)).toBe(
    "PostPost still has the former text: your change has not reached PostPost yet.",
  );
});

test("history has a word for everything that can be asked for", () => {
  const at = "2026-03-18T09:00:00Z";
  const time = "2026-03-20T16:15:00Z";
  const words = (wanted: Partial<SideView>, more: object = {}) =>
    historyWords(
      { at, wanted: { status: "draft", time: null, text: null, ...wanted }, outcome: "done", detail: null },
      { zone: ZONE, now: NOW, first: false, post: post({}), account: undefined, ...more },
    );
  const agency = account("agency", "Agência", NOW, []);
  const cancels = { account: { ...agency, capabilities: { ...agency.capabilities, delete: "cancels" } } };
  const byHand = { account: { ...agency, capabilities: { ...agency.capabilities, publishNow: "by-hand" } } };
  const made = { first: true, post: post({ remote: null }) };
  expect([
    words({ status: "scheduled", time, text: "New" }),
    words({ text: "New" }),
    words({ status: "deleted" }),
    words({ status: "deleted" }, cancels),
    words({ status: "published" }),
    words({ status: "published" }, byHand),
    words({ status: "retried" }),
    words({ status: "skipped" }),
    words({}, made),
    words({ status: "scheduled", time }, made),
    words({}, { first: true }),
    words({ status: "under_review" }),
  ]).toEqual(
    [
      "New text, for Fri 20 March, 17:15",
      "New text",
      "Delete",
      "Cancel for good",
      "Publish now",
      "Mark as done",
      "Try again",
      "Skip",
      "Create as a draft",
      "Create for Fri 20 March, 17:15",
      "As a draft",
      "under_review",
    ].map((asked) => `${asked} · confirmed`),
  );
});

test("pictures and videos are counted apart", () => {
  const [image, video] = (["image", "video"] as const).map((kind) => ({ kind, hasPicture: false }));
  if (!image || !video) throw new Error("there are two");
  expect(mediaWords([image, video, image])).toBe("2 pictures, 1 video");
  expect(mediaWords([])).toBe("");
});

test("history says what was asked for and what became of it", () => {
  const context = { zone: ZONE, now: NOW, first: false, post: post({}), account: undefined };
  const at = "2026-03-18T09:00:00Z";
  const moved = { status: "scheduled", time: "2026-03-20T16:15:00Z", text: null };
  expect(historyWords({ at, wanted: moved, outcome: "done", detail: null }, context)).toBe(
    "To Fri 20 March, 17:15 · confirmed",
  );
  const paused = { status: "draft", time: null, text: null };
  expect(historyWords({ at, wanted: paused, outcome: "ignored", detail: null }, context)).toBe(
    "Pause · ignored by the service",
  );
});

test("a status or a network nobody here knows keeps its own word", () => {
  expect([statusLabel("under_review"), statusTone("under_review")]).toEqual(["under_review", "plain"]);
  expect([networkName("newnet"), networkColor("newnet")]).toEqual(["newnet", "var(--ink-3)"]);
});

test("a draft with a remembered time is called paused", () => {
  expect(postLabel({ status: "draft", rememberedTime: "2026-03-20T16:15:00Z" })).toBe("Paused");
  expect(postLabel({ status: "draft", rememberedTime: null })).toBe("Draft");
});

test("a channel is called by its network and handle", () => {
  const channel = {
    id: "1",
    network: "twitter",
    name: "Studio",
    handle: "@studio",
    problem: null,
    hidden: false,
  };
  expect(channelLabel(channel)).toBe("X · @studio");
  expect(channelLabel({ ...channel, handle: null })).toBe("X · Studio");
});

test("an account is called by its label, and by its workspace where it has one", () => {
  const agency = account("agency", "Agência", NOW, []);
  expect(accountName(agency)).toBe("Agência");
  expect(accountName({ ...agency, workspace: "Cliente A" })).toBe("Agência · Cliente A");
});
