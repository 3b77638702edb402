import { expect, it } from "vitest";
import { edgeDepth, edgeSpeed } from "./autoscroll";

it("the_middle_scrolls_nothing", () => {
  expect(edgeDepth(350, 700)).toBe(0);
  expect(edgeSpeed(0, 10_000)).toBe(0);
});

it("the_edges_pull_outwards_and_deeper_is_faster", () => {
  expect(edgeDepth(0, 700)).toBe(-1);
  expect(edgeDepth(700, 700)).toBe(1);
  expect(edgeDepth(-200, 700)).toBe(-1);
  expect(edgeSpeed(edgeDepth(690, 700), 5000)).toBeGreaterThan(edgeSpeed(edgeDepth(660, 700), 5000));
  expect(edgeSpeed(edgeDepth(10, 700), 5000)).toBeLessThan(0);
});

it("passing_through_scrolls_nothing_and_speed_builds_up", () => {
  expect(edgeSpeed(-1, 100)).toBeCloseTo(0);
  expect(edgeSpeed(1, 400)).toBeGreaterThan(0);
  expect(edgeSpeed(1, 400)).toBeLessThan(edgeSpeed(1, 2000));
});

it("a_narrow_timeline_keeps_a_middle_to_rest_in", () => {
  expect(edgeDepth(60, 120)).toBe(0);
});
