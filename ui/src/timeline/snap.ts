// Where a dragged post comes to rest: whole steps of wall-clock time, finer as the zoom grows.

import { zoned } from "./dates";
import { MINUTE } from "./geometry";

/** The step in minutes at `scale` pixels per hour. */
export function snapStep(scale: number): 5 | 15 | 30 | 60 {
  if (scale >= 40) return 5;
  if (scale >= 3) return 15;
  if (scale >= 1.2) return 30;
  return 60;
}

/**
 * The nearest multiple of `step` minutes on the clock of `zone`.
 * Counted on the wall clock, so that a zone at UTC+5:30 still snaps to its own full hours.
 */
export function snap(time: number, step: number, zone: string): number {
  const offset = zoned(time, zone).offsetNanoseconds / 1e6;
  const size = step * MINUTE;
  return Math.round((time + offset) / size) * size - offset;
}
