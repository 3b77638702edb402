// How fast the timeline scrolls under a drag that is held near its edge.

/** Pixels from either edge in which a drag scrolls. */
const ZONE = 56;
/** Pixels per second at the very edge, once it is up to speed. */
const TOP_SPEED = 1100;
/** Passing through the zone, on the way to the drafts, scrolls nothing. Milliseconds. */
const DWELL = 180;
/** From standing to full speed. Milliseconds. */
const RAMP = 700;

/** How deep in the edge zone `x` lies: −1 at or beyond the left edge, 1 at or beyond the right one, 0 between. */
export function edgeDepth(x: number, width: number): number {
  // On a narrow timeline the two zones must leave a middle to rest in.
  const zone = Math.min(ZONE, width / 4);
  if (x < zone) return -Math.min(1, (zone - x) / zone);
  if (x > width - zone) return Math.min(1, (x - width + zone) / zone);
  return 0;
}

/** Pixels per second, negative to the left, after `held` milliseconds at this depth or another on the same side. */
export function edgeSpeed(depth: number, held: number): number {
  const ramp = Math.min(1, Math.max(0, (held - DWELL) / RAMP));
  return Math.sign(depth) * depth * depth * TOP_SPEED * ramp;
}
