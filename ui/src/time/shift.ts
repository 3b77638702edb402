// Later by as long as a pause was, by the clock on the wall: a post for nine in the morning stays one over a change of
// the clocks.
import { Temporal } from "temporal-polyfill";
import { toTime } from "./local";

/** Shifted posts keep to times that a person would choose. Minutes. */
const STEP = 5;

/** How long a pause is until now, rounded up. */
export function pauseLength(pausedAt: string, now: number, zone: string): Temporal.Duration {
  const end = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone).toPlainDateTime();
  return onTheWall(pausedAt, zone).until(end, {
    largestUnit: "minute",
    smallestUnit: "minute",
    roundingIncrement: STEP,
    roundingMode: "ceil",
  });
}

/** When a post goes out that is shifted by as long as it was paused. */
export function shiftedTime(time: string, pausedAt: string, now: number, zone: string): string {
  const shifted = onTheWall(time, zone).add(pauseLength(pausedAt, now, zone));
  return toTime(shifted.toZonedDateTime(zone).toInstant());
}

function onTheWall(time: string, zone: string): Temporal.PlainDateTime {
  return Temporal.Instant.from(time).toZonedDateTimeISO(zone).toPlainDateTime();
}
