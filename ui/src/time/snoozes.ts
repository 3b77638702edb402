// How long a post that is due can be put off, with one press.
import { Temporal } from "temporal-polyfill";
import { clockTime } from "./format";
import { toTime } from "./local";

export type Snooze = { label: string; time: string };

/** `due` is the time it was due at. */
export function snoozes(due: string, zone: string, now: number): Snooze[] {
  const from = Temporal.Instant.fromEpochMilliseconds(now);
  const clock = Temporal.Instant.from(due).toZonedDateTimeISO(zone).toPlainTime();
  const tomorrow = from.toZonedDateTimeISO(zone).toPlainDate().add({ days: 1 });
  const sameTime = toTime(tomorrow.toPlainDateTime(clock).toZonedDateTime(zone).toInstant());
  return [
    { label: "10 minutes", time: toTime(from.add({ minutes: 10 })) },
    { label: "1 hour", time: toTime(from.add({ hours: 1 })) },
    { label: `Tomorrow, ${clockTime(sameTime, zone)}`, time: sameTime },
  ];
}
