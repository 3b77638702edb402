import { expect, it } from "vitest";
import { BERLIN } from "./fixtures";
import { HOUR, MINUTE } from "./geometry";
import { snap, snapStep } from "./snap";

const at = (text: string) => Date.parse(text);

it("steps_get_finer_with_the_zoom", () => {
  expect([120, 40, 10, 4.4, 2, 1].map(snapStep)).toEqual([5, 5, 15, 15, 30, 60]);
});

it("goes_to_the_nearest_step", () => {
  expect(snap(at("2026-03-20T16:10:00Z"), 15, BERLIN)).toBe(at("2026-03-20T16:15:00Z"));
  expect(snap(at("2026-03-20T16:07:00Z"), 15, BERLIN)).toBe(at("2026-03-20T16:00:00Z"));
});

it("counts_full_hours_on_the_clock_of_the_zone", () => {
  expect(snap(at("2026-03-20T16:40:00Z"), 60, "Asia/Kolkata")).toBe(at("2026-03-20T16:30:00Z"));
  expect(snap(at("2026-03-20T16:40:00Z"), 60, "Asia/Kathmandu")).toBe(at("2026-03-20T16:15:00Z"));
});

it("stays_on_whole_steps_on_either_side_of_a_clock_change", () => {
  for (const day of ["2026-03-29", "2026-10-25"]) {
    for (let time = at(`${day}T00:00:00Z`); time < at(`${day}T04:00:00Z`); time += 7 * MINUTE) {
      expect(snap(time, 60, BERLIN) % HOUR).toBe(0);
    }
  }
});
