import { describe, expect, it } from "vitest";
import { BERLIN, placement } from "./fixtures";
import { commandOf, neighbour, nudgeText, spotOf, stepped } from "./keyboard";
import { pack } from "./packing";

const at = (text: string) => Date.parse(text);
const key = (
  name: string,
  held: Partial<Record<"altKey" | "shiftKey" | "ctrlKey" | "metaKey", boolean>> = {},
) => commandOf({ key: name, altKey: false, shiftKey: false, ctrlKey: false, metaKey: false, ...held });

describe("keys", () => {
  it("arrows_go_and_with_alt_they_nudge", () => {
    expect(key("ArrowRight")).toEqual({ do: "go", to: "right" });
    expect(key("ArrowRight", { altKey: true })).toEqual({ do: "nudge", by: { minutes: 15 } });
    expect(key("ArrowLeft", { altKey: true })).toEqual({ do: "nudge", by: { minutes: -15 } });
    expect(key("ArrowRight", { altKey: true, shiftKey: true })).toEqual({ do: "nudge", by: { days: 1 } });
    expect(key("ArrowUp", { altKey: true })).toEqual({ do: "nudge", by: { days: -1 } });
  });

  it("what_belongs_to_the_window_is_left_to_it", () => {
    expect(key("z", { ctrlKey: true })).toBeNull();
    expect(key("ArrowLeft", { metaKey: true })).toBeNull();
    expect(key("Tab")).toBeNull();
    expect(key(" ")).toBeNull();
  });
});

describe("a step", () => {
  it("of_minutes_is_exact_through_a_clock_change", () => {
    const before = at("2026-03-29T00:50:00Z");
    expect(stepped(before, { minutes: 15 }, BERLIN).time - before).toBe(15 * 60_000);
  });

  it("of_a_day_keeps_the_time_on_the_clock", () => {
    expect(stepped(at("2026-03-28T08:00:00Z"), { days: 1 }, BERLIN)).toEqual({
      time: at("2026-03-29T07:00:00Z"),
      note: null,
    });
  });

  it("into_an_hour_the_clocks_skip_says_so", () => {
    const { time, note } = stepped(at("2026-03-28T01:30:00Z"), { days: 1 }, BERLIN);
    expect(time).toBe(at("2026-03-29T01:30:00Z"));
    expect(note).toContain("skip");
  });
});

describe("what is read out", () => {
  const from = at("2026-03-17T08:00:00Z");

  it("tells_both_times_and_that_nothing_was_sent", () => {
    const to = at("2026-03-17T08:15:00Z");
    expect(nudgeText({ from, to }, null, BERLIN)).toBe("from Tue 09:00 to Tue 09:15, not sent yet");
  });

  it("tells_when_it_is_back_at_its_own_time", () => {
    expect(nudgeText({ from, to: from }, null, BERLIN)).toBe("Back at its own time, nothing to send.");
  });
});

describe("going from card to card", () => {
  const lane = (...times: number[]) =>
    pack(
      times.map((time) => placement(time)),
      (time) => time,
    );
  const lanes = [lane(0, 400, 800), [], lane(300, 310, 320, 900)];
  const spot = (time: number) => {
    const found = spotOf(lanes, placement(time).key);
    if (!found) throw new Error("no such card");
    return found;
  };

  it("follows_the_time_in_its_lane_and_stops_at_the_ends", () => {
    expect(neighbour(lanes, spot(400), "right")?.x).toBe(800);
    expect(neighbour(lanes, spot(0), "left")).toBeNull();
    expect(neighbour(lanes, spot(800), "first")?.x).toBe(0);
    expect(neighbour(lanes, spot(0), "last")?.x).toBe(800);
  });

  it("skips_empty_lanes_to_the_nearest_in_time", () => {
    expect(neighbour(lanes, spot(800), "down")?.x).toBe(900);
    expect(neighbour(lanes, spot(900), "up")?.x).toBe(800);
    expect(neighbour(lanes, spot(0), "up")).toBeNull();
  });

  it("finds_a_post_in_its_stack", () => {
    expect(lanes[2]?.[spot(320).index]?.kind).toBe("stack");
  });
});
