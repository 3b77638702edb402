import { expect, test } from "vitest";
import type { PausedWord, PauseView } from "../host";
import { pauseBrief, pauseWords, standingWords } from "./pauses";

function paused(standings: PausedWord[], phase: PauseView["phase"] = "paused"): PauseView[] {
  const posts = standings.map((standing, index) => ({
    post: String(index),
    time: "2026-03-20T08:00:00Z",
    hasPassed: false,
    pausedAt: "2026-03-18T09:00:00Z",
    excerpt: "Hello",
    channels: "X @studio",
    standing,
    note: null,
  }));
  return [{ account: "studio", pausedAt: "2026-03-18T09:00:00Z", phase, posts }];
}

test.each<[PauseView[], string]>([
  [paused(["paused", "pausing", "goes-out"], "pausing"), "Pausing: 1 of 3 paused, 2 still go out."],
  [
    paused(["paused", "paused"], "looking"),
    "2 of 2 paused. Looking for posts that were made elsewhere meanwhile…",
  ],
  [paused(["paused", "goes-out"]), "Paused: 1 post. 1 still goes out."],
  [paused([]), "Paused. Nothing was scheduled."],
  [
    paused(["resumed", "resuming", "not-resumed", "paused"]),
    "1 of 4 posts goes out again, 1 on the way, 1 could not be resumed, 1 still paused.",
  ],
])("a pause is told to the post: %#", (pauses, words) => {
  expect(pauseWords(pauses)).toBe(words);
});

test("why a post was not paused or resumed is told with it", () => {
  const [post] = paused(["goes-out"])[0]?.posts ?? [];
  if (!post) throw new Error("there is one");
  expect(standingWords({ ...post, note: "Postato can’t pause posts." })).toBe(
    "Still goes out: Postato can’t pause posts.",
  );
  expect(standingWords({ ...post, standing: "over", note: "published" })).toBe(
    "No longer scheduled (published)",
  );
});

test("the status bar counts what is paused, and is silent once nothing is", () => {
  expect(pauseBrief(paused(["paused", "pausing"], "pausing"))).toBe("Pausing: 1 of 2");
  expect(pauseBrief(paused(["paused", "not-resumed", "resumed"]))).toBe("2 posts paused");
  expect(pauseBrief(paused(["resumed"]))).toBeNull();
  expect(pauseBrief([])).toBeNull();
});
