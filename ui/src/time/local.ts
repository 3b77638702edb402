// From a local date and time to an instant, saying what a change of the clocks did to it.
import { Temporal } from "temporal-polyfill";
import { utcOffset } from "./format";

/** What a local date and time means in a zone. Instants are RFC 3339 UTC strings. */
export type Resolved =
  | { kind: "once"; time: string }
  /** The clocks skip it: `time` is as much later as the clocks jump. */
  | { kind: "skipped"; time: string; note: string }
  /** The clocks show it twice: the user picks. */
  | { kind: "twice"; earlier: string; later: string; earlierLabel: string; laterLabel: string };

/** RFC 3339 UTC without fractions where there are none: "2026-03-20T16:15:00Z". */
export function toTime(instant: Temporal.Instant): string {
  return instant.toString({ smallestUnit: "second" });
}

/** `time` as its local date and time, to the minute. */
export function toLocal(time: string, zone: string): { date: Temporal.PlainDate; clock: Temporal.PlainTime } {
  const local = Temporal.Instant.from(time).toZonedDateTimeISO(zone);
  return {
    date: local.toPlainDate(),
    clock: local.toPlainTime().round({ smallestUnit: "minute", roundingMode: "floor" }),
  };
}

export function resolveLocal(date: Temporal.PlainDate, clock: Temporal.PlainTime, zone: string): Resolved {
  const wanted = date.toPlainDateTime(clock);
  const earlier = wanted.toZonedDateTime(zone, { disambiguation: "earlier" });
  const later = wanted.toZonedDateTime(zone, { disambiguation: "later" });
  const [earlierTime, laterTime] = [toTime(earlier.toInstant()), toTime(later.toInstant())];
  if (earlierTime === laterTime) return { kind: "once", time: earlierTime };
  if (!later.toPlainDateTime().equals(wanted)) {
    const [skipped, used] = [hourAndMinute(clock), hourAndMinute(later.toPlainTime())];
    return {
      kind: "skipped",
      time: laterTime,
      note: `The clocks go forward that night and ${skipped} does not exist: ${used} is used instead.`,
    };
  }
  return {
    kind: "twice",
    earlier: earlierTime,
    later: laterTime,
    earlierLabel: `The first ${hourAndMinute(clock)} (${utcOffset(earlierTime, zone)})`,
    laterLabel: `The second ${hourAndMinute(clock)} (${utcOffset(laterTime, zone)})`,
  };
}

/** "09:05" */
export function hourAndMinute(clock: Temporal.PlainTime): string {
  return clock.toString({ smallestUnit: "minute" });
}
