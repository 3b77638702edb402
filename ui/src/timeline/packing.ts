// Where the cards of one lane are drawn: a card alone has the lane's height; cards that would overlap share it in
// two rows; what still does not fit is folded into a counted stack. Nothing ever covers anything else.
import { CARD_HEIGHT, CARD_WIDTH, LANE_HEIGHT } from "./geometry";
import type { Placement } from "./lanes";

const GAP = 4;
export const ROW_HEIGHT = 40;

/** Where in the lane an item stands: alone over the whole height, or in the upper or lower of two rows. */
export type Row = "whole" | "upper" | "lower";
/** `x` is pixels from the origin the caller's `toX` counts from. */
export type Item =
  | { kind: "card"; key: string; x: number; row: Row; placement: Placement }
  | { kind: "stack"; key: string; x: number; row: Row; placements: Placement[] };

export function topOf(row: Row): number {
  if (row === "whole") return (LANE_HEIGHT - CARD_HEIGHT) / 2;
  return row === "upper" ? GAP : LANE_HEIGHT - GAP - ROW_HEIGHT;
}

export function placementsOf(item: Item): Placement[] {
  return item.kind === "card" ? [item.placement] : item.placements;
}

/** Packs placements that are sorted by time. Items come out sorted by x. */
export function pack(placements: Placement[], toX: (time: number) => number): Item[] {
  const items: Item[] = [];
  const reach = CARD_WIDTH + GAP;
  let crowd: { x: number; placement: Placement }[] = [];
  for (const placement of placements) {
    const x = Math.round(toX(placement.time));
    const last = crowd.at(-1);
    if (last && x >= last.x + reach) {
      packCrowd(crowd, reach, items);
      crowd = [];
    }
    crowd.push({ x, placement });
  }
  packCrowd(crowd, reach, items);
  return items;
}

type Slot = { x: number; row: Row; placements: Placement[] };

/** Packs neighbours of which each overlaps the one before it. */
function packCrowd(crowd: { x: number; placement: Placement }[], reach: number, items: Item[]): void {
  const slots: Slot[] = [];
  let upper: Slot | null = null;
  let lower: Slot | null = null;
  for (const { x, placement } of crowd) {
    const slot: Slot = { x, row: crowd.length === 1 ? "whole" : "upper", placements: [placement] };
    if (!upper || x >= upper.x + reach) {
      upper = slot;
    } else if (!lower || x >= lower.x + reach) {
      slot.row = "lower";
      lower = slot;
    } else {
      // Into the slot that began last, so that a stack spans as little time as it can.
      (lower.x >= upper.x ? lower : upper).placements.push(placement);
      continue;
    }
    slots.push(slot);
  }
  for (const { x, row, placements } of slots) {
    const first = placements[0];
    if (!first) continue;
    if (placements.length === 1) items.push({ kind: "card", key: first.key, x, row, placement: first });
    else items.push({ kind: "stack", key: `stack ${first.key}`, x, row, placements });
  }
}

/** The items that lie, even in part, between `from` and `to`. */
export function between(items: Item[], from: number, to: number): Item[] {
  return items.slice(firstAt(items, from - CARD_WIDTH), firstAt(items, to));
}

/** The same items and the nudged post, drawn over them at its new time but kept at its old place in the order. */
export function withNudged(
  items: Item[],
  placements: Placement[],
  nudge: { post: string; to: number },
  toX: (time: number) => number,
): Item[] {
  const all = [...items];
  for (const placement of placements) {
    if (placement.post.id !== nudge.post) continue;
    const place = firstAt(items, Math.round(toX(placement.time)));
    const x = Math.round(toX(nudge.to));
    all.splice(place, 0, { kind: "card", key: placement.key, x, row: "whole", placement });
  }
  return all;
}

/** The index of the first item at or right of `x`. */
export function firstAt(items: Item[], x: number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((items[middle] as Item).x < x) low = middle + 1;
    else high = middle;
  }
  return low;
}
