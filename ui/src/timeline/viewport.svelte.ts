// The timeline's window on time, as state: panning shifts one transform, zooming lays everything out again.
import {
  CARD_WIDTH,
  HOUR,
  clampScale,
  duration,
  openingScale,
  pixels,
  timeAt,
  zoomedAround,
  type View,
} from "./geometry";
import { startOfDay, zoned } from "./dates";

/** Beyond this many pixels the origin follows, so that no coordinate grows without bounds. */
const REBASE = 500_000;
/** How much of the screen lies before the time that is shown. */
const BEFORE = 0.28;

export class Viewport {
  /** The time that layout counts its pixels from. It stays while panning, so that panning lays nothing out. */
  origin = $state(0);
  /** Whole pixels from the origin to the left edge. */
  shift = $state(0);
  /** Pixels per hour. */
  scale = $state(0);
  /** Pixels; 0 until measured. */
  width = $state(0);
  /** Whether what lies beyond the screen is drawn, too. */
  looksAround = $state(false);
  /** What slow scrolling has not yet added up to a pixel. */
  #rest = 0;

  readonly start = $derived(this.origin + (this.scale > 0 ? duration(this.shift, this.scale) : 0));
  readonly end = $derived(this.start + (this.scale > 0 ? duration(this.width, this.scale) : 0));

  /** A quarter of the width: what is drawn moves on by it, so that panning never adds many cards at once. */
  readonly quarter = $derived(Math.max(1, Math.ceil(this.width / 4)));
  /** How many quarters the left edge is from the origin. */
  readonly page = $derived(Math.floor(this.shift / this.quarter));
  /** What is drawn, in pixels from the origin: the screen and about half of one on either side. */
  readonly drawn = $derived.by(() => {
    const around = this.looksAround ? 2 : 0;
    return { from: (this.page - around) * this.quarter, to: (this.page + 5 + around) * this.quarter };
  });

  view(): View {
    return { start: this.start, scale: this.scale, width: this.width };
  }

  /** Pixels from the origin. */
  x(time: number): number {
    return pixels(time - this.origin, this.scale);
  }

  /** Times the host has to have ready, in whole hours: the screen and one more on either side, by half screens. */
  wanted(): { from: number; to: number } {
    const half = 2 * this.quarter;
    const left = Math.floor(this.page / 2) * half;
    const from = left - this.width;
    const to = left + half + 2 * this.width;
    return {
      from: Math.floor((this.origin + duration(from, this.scale)) / HOUR) * HOUR,
      to: Math.ceil((this.origin + duration(to, this.scale)) / HOUR) * HOUR,
    };
  }

  /** The first measurement opens on now; later ones keep the left edge and the scale. */
  resize(width: number, now: number, zone: string): void {
    const opening = this.width === 0 && width > 0;
    this.width = width;
    if (!opening) return;
    this.scale = openingScale(width);
    this.showNow(now, zone);
  }

  /** Now, with more room for what is to come; from a midnight where days are shown. */
  showNow(now: number, zone: string): void {
    const third = now - duration(this.width, this.scale) * BEFORE;
    const days = duration(this.width, this.scale) / (24 * HOUR);
    this.#moveTo(days >= 3 ? startOfDay(third, zone) : third);
  }

  /** `time` with some of what came before it. */
  show(time: number): void {
    this.#moveTo(time - duration(this.width, this.scale) * BEFORE);
  }

  pan(px: number): void {
    const whole = Math.round(px + this.#rest);
    this.#rest += px - whole;
    this.shift += whole;
    if (Math.abs(this.shift) > REBASE) this.#moveTo(this.start);
  }

  /** One screen on or back, by whole days where days are shown, so that midnights stay where they are. */
  turn(direction: -1 | 1, zone: string): void {
    const span = this.end - this.start;
    const days = Math.floor(span / (24 * HOUR));
    if (days < 2) return this.pan(direction * (this.width - CARD_WIDTH));
    this.#moveTo(zoned(this.start, zone).add({ days: direction * days }).epochMilliseconds);
  }

  /** Zooms around `x` pixels from the left edge. */
  zoom(factor: number, x = this.width / 2): void {
    if (clampScale(this.scale * factor) === this.scale) return;
    const next = zoomedAround(this.view(), x, factor);
    this.scale = next.scale;
    this.#moveTo(next.start);
  }

  timeAt(x: number): number {
    return timeAt(this.view(), x);
  }

  #moveTo(start: number): void {
    this.origin = start;
    this.shift = 0;
    this.#rest = 0;
  }
}
