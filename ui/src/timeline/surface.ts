// The timeline as a drag sees it: boxes measured when asked, times and lane tops computed from them.
import type { Surface } from "./drag";
import { CARD_HEIGHT, LANE_HEIGHT } from "./geometry";
import type { Lane } from "./lanes";
import type { Viewport } from "./viewport.svelte";

/** Pixels of the head that stays above the lanes. */
export const HEAD = 44;
/** Room above the first lane for the clock at the now-line and the ghost's bubble. Pixels. */
export const GUTTER = 22;

type Elements = { root: HTMLElement; rows: HTMLElement };
/** `names` is the width of the lane names, left of the axis. */
type Current = { names: number; lanes: Lane[]; now: number; zone: string };

export function surfaceOf({ root, rows }: Elements, viewport: Viewport, current: () => Current): Surface {
  let lanesTop = 0;
  return {
    view: () => viewport.view(),
    zone: () => current().zone,
    now: () => current().now,
    measure() {
      const frame = root.getBoundingClientRect();
      const edge = rows.getBoundingClientRect();
      lanesTop = edge.top;
      const left = edge.left + current().names;
      const axis = { left, right: left + viewport.width, top: frame.top, bottom: frame.top + HEAD };
      return { frame, axis };
    },
    cardTop(key) {
      const index = current().lanes.findIndex((lane) => lane.key === key);
      return index < 0 ? null : lanesTop + GUTTER + index * LANE_HEIGHT + (LANE_HEIGHT - CARD_HEIGHT) / 2;
    },
    pan: (pixels) => viewport.pan(pixels),
  };
}
