import { describe, expect, it } from "vitest";
import { HOUR, MAX_SCALE, MIN_SCALE, openingScale, panToReveal, timeAt, xAt, zoomedAround } from "./geometry";

const view = { start: 1_000 * HOUR, scale: 4, width: 700 };

describe("time and pixels", () => {
  it("a_time_drawn_and_read_back_is_the_same_time", () => {
    const time = view.start + 37.25 * HOUR;
    expect(timeAt(view, xAt(view, time))).toBe(time);
  });

  it("an_hour_is_as_wide_as_the_scale_says", () => {
    expect(xAt(view, view.start + HOUR)).toBe(4);
  });
});

describe("zooming", () => {
  it.each([0, 250, 699])("keeps_the_time_under_the_pointer_at_%i", (x) => {
    const before = timeAt(view, x);
    const after = zoomedAround(view, x, 1.7);
    expect(after.scale).toBeCloseTo(6.8);
    expect(timeAt(after, x)).toBeCloseTo(before, 3);
  });

  it("stops_at_either_end_without_moving_away", () => {
    const closest = zoomedAround({ ...view, scale: MAX_SCALE }, 300, 2);
    expect(closest.scale).toBe(MAX_SCALE);
    expect(closest.start).toBe(view.start);
    expect(zoomedAround(view, 300, 0.0001).scale).toBe(MIN_SCALE);
  });

  it("opens_on_a_week_and_on_fewer_days_where_a_week_would_not_be_readable", () => {
    expect(700 / openingScale(700) / 24).toBeCloseTo(7);
    expect(1400 / openingScale(1400) / 24).toBeCloseTo(7);
    expect(350 / openingScale(350) / 24).toBeCloseTo(4);
    expect(100 / openingScale(100) / 24).toBeCloseTo(3);
  });
});

describe("revealing", () => {
  it("leaves_what_is_in_view_where_it_is", () => {
    expect(panToReveal(700, 300, 116)).toBe(0);
  });

  it("pans_just_far_enough_on_either_side", () => {
    expect(panToReveal(700, -40, 116)).toBe(-56);
    expect(panToReveal(700, 650, 116)).toBe(650 + 116 + 16 - 700);
  });

  it("shows_the_left_end_of_what_is_wider_than_the_screen", () => {
    expect(panToReveal(90, 40, 116)).toBe(24);
  });
});
