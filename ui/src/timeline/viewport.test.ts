import { describe, expect, it } from "vitest";
import { BERLIN, NOW } from "./fixtures";
import { DAY, HOUR } from "./geometry";
import { Viewport } from "./viewport.svelte";

function opened(width = 700): Viewport {
  const viewport = new Viewport();
  viewport.resize(width, NOW, BERLIN);
  viewport.looksAround = true;
  return viewport;
}

describe("opening", () => {
  it("shows_a_week_from_a_midnight_with_now_in_its_first_half", () => {
    const viewport = opened();
    expect(new Date(viewport.start).toISOString()).toBe("2026-03-15T23:00:00.000Z");
    expect(viewport.end - viewport.start).toBe(7 * DAY);
  });

  it("a_wider_window_shows_more_from_the_same_edge", () => {
    const viewport = opened();
    const { start, scale } = viewport;
    viewport.resize(1000, NOW, BERLIN);
    expect([viewport.start, viewport.scale, viewport.width]).toEqual([start, scale, 1000]);
  });
});

describe("before the first paint", () => {
  it("draws_the_screen_and_little_more", () => {
    const viewport = opened();
    viewport.looksAround = false;
    expect(viewport.drawn.from).toBeLessThanOrEqual(viewport.shift);
    expect(viewport.drawn.to).toBeGreaterThanOrEqual(viewport.shift + 700);
    expect(viewport.drawn.to - viewport.drawn.from).toBeLessThan(900);
  });
});

describe("panning", () => {
  it("moves_by_whole_pixels_and_loses_no_fraction", () => {
    const viewport = opened();
    for (let i = 0; i < 10; i++) viewport.pan(0.3);
    expect(viewport.shift).toBe(3);
  });

  it("leaves_the_layout_alone_until_it_has_gone_very_far", () => {
    const viewport = opened();
    const { origin } = viewport;
    viewport.pan(5_000);
    expect(viewport.origin).toBe(origin);
    const before = viewport.start;
    viewport.pan(600_000);
    expect(viewport.origin).not.toBe(origin);
    expect(viewport.shift).toBe(0);
    expect(viewport.start).toBeCloseTo(before + 600_000 * (HOUR / viewport.scale), 0);
  });

  it("always_draws_at_least_half_a_screen_more_than_is_visible", () => {
    const viewport = opened();
    for (let i = 0; i < 50; i++) {
      viewport.pan(-37);
      expect(viewport.drawn.from).toBeLessThanOrEqual(viewport.shift - 340);
      expect(viewport.drawn.to).toBeGreaterThanOrEqual(viewport.shift + 700 + 340);
    }
  });

  it("wants_posts_for_a_screen_on_either_side", () => {
    const viewport = opened();
    viewport.pan(123);
    const { from, to } = viewport.wanted();
    const screen = viewport.end - viewport.start;
    expect(from).toBeLessThanOrEqual(viewport.start - screen);
    expect(to).toBeGreaterThanOrEqual(viewport.end + screen);
  });

  it("a_page_goes_on_by_whole_days_through_a_clock_change", () => {
    const viewport = opened();
    viewport.turn(1, BERLIN);
    expect(new Date(viewport.start).toISOString()).toBe("2026-03-22T23:00:00.000Z");
    viewport.turn(1, BERLIN);
    expect(new Date(viewport.start).toISOString()).toBe("2026-03-29T22:00:00.000Z");
    viewport.turn(-1, BERLIN);
    expect(new Date(viewport.start).toISOString()).toBe("2026-03-22T23:00:00.000Z");
  });
});

describe("zooming", () => {
  it("keeps_the_time_under_the_pointer", () => {
    const viewport = opened();
    viewport.pan(77);
    const before = viewport.timeAt(420);
    viewport.zoom(1.5, 420);
    expect(viewport.timeAt(420)).toBeCloseTo(before, 0);
  });

  it("at_the_end_of_the_range_changes_nothing", () => {
    const viewport = opened();
    viewport.zoom(1e6);
    const { start, scale } = viewport;
    viewport.zoom(2, 10);
    expect([viewport.start, viewport.scale]).toEqual([start, scale]);
  });
});
