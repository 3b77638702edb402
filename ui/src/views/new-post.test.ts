import { describe, expect, test } from "vitest";
import { account, post, targets } from "../timeline/fixtures";
import { begin, fieldOf, leftBehind, matching } from "./new-post";

const studio = account();
const other = account({
  id: "other",
  channels: [
    { id: "x-2", network: "twitter", name: "Other", handle: "@other", problem: null, hidden: false },
    { id: "bluesky-2", network: "bluesky", name: "Other", handle: null, problem: null, hidden: false },
  ],
});
const single = account({ id: "single", channels: studio.channels.slice(0, 1) });

describe("the form for a new post begins", () => {
  test("empty, at the first account, with its channel where it has but one", () => {
    expect(begin([studio, other], undefined, null)).toEqual({ account: "studio", channels: [], text: "" });
    expect(begin([single], undefined, null).channels).toEqual(["linkedin-1"]);
  });

  test("with the account, channels and text of the post it is like", () => {
    const like = post({ account: "other", targets: targets("x-2", "gone"), text: "Hello" });
    expect(begin([studio, other], like, null)).toEqual({
      account: "other",
      channels: ["x-2"],
      text: "Hello",
    });
  });

  test("with the channels of the same networks where the post's own account takes no new ones", () => {
    const like = post({ account: "gone", targets: targets("x-9"), text: "Hello" });
    expect(begin([studio, other], like, null, ["twitter"]).channels).toEqual(["x-1"]);
    expect(begin([studio, other], like, null, ["mastodon"]).channels).toEqual([]);
  });

  test("with what was typed before, as far as its channels are still there", () => {
    const kept = { text: "Half", account: "other", channels: ["bluesky-2", "gone"] };
    expect(begin([studio, other], undefined, kept)).toEqual({
      account: "other",
      channels: ["bluesky-2"],
      text: "Half",
    });
  });
});

test("another account's channels match by their networks, whatever its service calls them", () => {
  expect(matching(other, ["x", "linkedin"])).toEqual(["x-2"]);
});

test("what can't be carried over is counted and named", () => {
  const of = (...kinds: ("image" | "video" | "other")[]) =>
    leftBehind(post({ media: kinds.map((kind) => ({ kind, hasPicture: false })) }));
  expect(of()).toBeNull();
  expect(of("image", "image")).toBe("2 pictures can't be carried over: Rundown can't upload pictures yet.");
  expect(of("video")).toBe("1 video can't be carried over: Rundown can't upload videos yet.");
  expect(of("other")).toBe("1 attachment can't be carried over: Rundown can't upload attachments yet.");
});

test("a refusal is said at the field it is about", () => {
  expect((["empty-text", "no-channel", "past-time", "too-late", "storage"] as const).map(fieldOf)).toEqual([
    "text",
    "channels",
    "time",
    "time",
    null,
  ]);
});
