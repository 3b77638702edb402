import { describe, expect, it } from "vitest";
import { placement } from "./fixtures";
import { CARD_WIDTH } from "./geometry";
import type { Placement } from "./lanes";
import { between, pack, placementsOf, topOf, withNudged, type Item } from "./packing";

/** Placements at these pixels: one pixel is one millisecond here. */
const at = (...xs: number[]): Placement[] => xs.map((x, index) => placement(x, { key: `${index} at ${x}` }));
const same = (time: number) => time;
const shape = (items: Item[]) => items.map((item) => [item.x, item.row, placementsOf(item).length]);

describe("packing a lane", () => {
  it("a_card_alone_has_the_whole_height", () => {
    expect(shape(pack(at(0, 400), same))).toEqual([
      [0, "whole", 1],
      [400, "whole", 1],
    ]);
  });

  it("cards_that_would_overlap_share_the_height_in_two_rows", () => {
    expect(shape(pack(at(0, 100, 200, 500), same))).toEqual([
      [0, "upper", 1],
      [100, "lower", 1],
      [200, "upper", 1],
      [500, "whole", 1],
    ]);
  });

  it("what_does_not_fit_folds_into_a_counted_stack", () => {
    expect(shape(pack(at(0, 10, 20, 30, 40), same))).toEqual([
      [0, "upper", 1],
      [10, "lower", 4],
    ]);
  });

  it("posts_at_the_very_same_time_are_all_kept", () => {
    const items = pack(at(50, 50, 50), same);
    expect(items.flatMap(placementsOf)).toHaveLength(3);
    expect(new Set(items.map((item) => item.key)).size).toBe(items.length);
  });

  it("no_card_covers_another_and_none_is_lost", () => {
    let seed = 7;
    const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
    for (let round = 0; round < 50; round++) {
      const xs = Array.from({ length: 60 }, () => Math.floor(random() * 3000)).sort((a, b) => a - b);
      const items = pack(at(...xs), same);
      expect(items.flatMap(placementsOf)).toHaveLength(60);
      for (const rows of [
        ["whole", "upper"],
        ["whole", "lower"],
      ]) {
        const row = items.filter((item) => rows.includes(item.row));
        row.slice(1).forEach((item, index) => {
          expect(item.x).toBeGreaterThanOrEqual((row[index]?.x ?? 0) + CARD_WIDTH);
        });
      }
    }
  });

  it("the_rows_lie_below_each_other", () => {
    expect(topOf("upper") + 40).toBeLessThan(topOf("lower"));
  });
});

describe("what is drawn", () => {
  const items = pack(at(0, 400, 800, 1200), same);

  it("is_what_lies_even_in_part_on_screen", () => {
    expect(between(items, 450, 1199).map(({ x }) => x)).toEqual([400, 800]);
    expect(between(items, 2000, 3000)).toEqual([]);
  });

  it("keeps_a_nudged_post_at_its_old_place_in_the_order_so_that_it_keeps_the_focus", () => {
    const moved = placement(500, { key: "moved" });
    const all = withNudged(items, [moved], { post: moved.post.id, to: 1500 }, same);
    expect(all.map(({ key }) => key)).toEqual(
      [items[0], items[1]].map((item) => item?.key).concat(["moved", items[2]?.key, items[3]?.key]),
    );
    expect(all[2]?.x).toBe(1500);
  });
});
