// Time to pixels and back: the visible window of the timeline, zoomed and panned.
// Times are epoch milliseconds; x is CSS pixels from the left edge of the time axis.

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export const CARD_WIDTH = 120;
export const CARD_HEIGHT = 66;
export const LANE_HEIGHT = 92;

/** Pixels per hour: from about four months on a small window to about three hours. */
export const MIN_SCALE = 0.25;
export const MAX_SCALE = 240;

/** What the axis shows: `start` at its left edge, `scale` pixels per hour, `width` pixels wide. */
export type View = { start: number; scale: number; width: number };

export function pixels(duration: number, scale: number): number {
  return (duration / HOUR) * scale;
}

export function duration(px: number, scale: number): number {
  return (px / scale) * HOUR;
}

export function xAt(view: View, time: number): number {
  return pixels(time - view.start, view.scale);
}

export function timeAt(view: View, x: number): number {
  return view.start + duration(x, view.scale);
}

export function endOf(view: View): number {
  return timeAt(view, view.width);
}

export function clampScale(scale: number): number {
  return Math.min(MAX_SCALE, Math.max(MIN_SCALE, scale));
}

export function panned(view: View, px: number): View {
  return { ...view, start: timeAt(view, px) };
}

/** Zooms by `factor` so that the time under `x` stays under `x`. */
export function zoomedAround(view: View, x: number, factor: number): View {
  const scale = clampScale(view.scale * factor);
  return { ...view, scale, start: timeAt(view, x) - duration(x, scale) };
}

/** The scale that opens the timeline: a week, or fewer days where a day would get narrower than its label. */
export function openingScale(width: number): number {
  const days = Math.min(7, Math.max(3, Math.floor(width / 84)));
  return clampScale(width / (days * 24));
}

/** How far to pan so that something from `x` to `x + size` is in view; 0 when it is. */
export function panToReveal(width: number, x: number, size: number, margin = 16): number {
  if (x < margin) return x - margin;
  const over = x + size + margin - width;
  return over > 0 ? Math.min(over, x - margin) : 0;
}
